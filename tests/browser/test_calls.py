"""Calls as they are played: by the keyboard alone, without scripts, left and taken up again, and read out.

What axe says of a call's states, and what Tab comes to in them, is asked of the scenes (`scenes.py`).
"""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from api.library.graph import Deed, EndType
from api.library.rules import Right
from api.library.values import Mark
from api.scenarios.rules import Call, play
from tests.browser.coming import CHAT, LIFE, THREAT
from tests.browser.served import DESK, HEIGHT, PHONE, Visits, follow, settle
from tests.browser.test_keyboard import go_to, leave, press
from tests.scenarios.ways import good_way, scenario, way

HOME = "home"
GOOD = (Mark.GOOD,)
CALLED = good_way(THREAT, EndType.READINESS_CALLED, HOME)
OFF = "Liv kan være i fare: bliv på linjen. Du kan blive afløst."


def begin(page: Page, unit: str, view: str = "") -> None:
    page.goto(f"/learn/{unit}")
    button = f"button[value='{view}']" if view else "button"
    follow(page.locator(f"form[action='/learn/{unit}/attempts'] {button}"))


def choice(page: Page, number: int) -> Locator:
    return page.locator(f"button[name=choice][value='{number}']")


def moved_on(page: Page, place: int) -> None:
    """The next moment is there, whole: with htmx in its place, without scripts on a page of its own."""
    expect(page.locator(f"input[name=place][value='{place + 1}'], .path").first).to_be_attached()
    page.wait_for_load_state()
    settle(page)


def make(page: Page, moves: tuple[int, ...], *, begun: int = 0) -> None:
    for place, number in enumerate(moves, begun + 1):
        choice(page, number).click()
        moved_on(page, place)


def called(page: Page) -> None:
    """The end of the evening at home: the readiness plan was used, after hanging up rightly."""
    expect(page.locator("#now .end-type.success")).to_have_text("Beredskabet blev brugt")
    expect(page.locator(".axis")).to_have_count(3)
    expect(page.locator(".axis").nth(2)).to_contain_text("afsluttet")
    expect(page.locator(".path li")).to_have_count(len(CALLED))


def test_the_way_at_home_hangs_up_rightly() -> None:
    """What the tests below play: at 21:40 the call is ended by the one who was threatened, and somebody is called."""
    over = play(scenario(THREAT), CALLED, HOME)
    deeds = [turn.choice.deed for turn in over.turns if turn.choice]
    assert Deed.HANG_UP in deeds
    assert over.moment.end is EndType.READINESS_CALLED
    assert any("21.40" in view.title for view in scenario(THREAT).views if view.key == HOME)


def test_a_threat_at_home_by_the_keyboard_alone(own_visits: Visits) -> None:
    page = own_visits.visit("learner", f"/learn/{THREAT}", reduced_motion="reduce")
    expect(page.locator(".content-note")).to_contain_text(scenario(THREAT).content_note)
    leave(page, page.locator(f"button[name=view][value='{HOME}']"))
    expect(page.locator("#now h2")).to_contain_text("21.40")
    for place, number in enumerate(CALLED, 1):
        press(page, choice(page, number), "Space" if place % 2 else "Enter")
        moved_on(page, place)
        expect(page.locator("#now h2")).to_be_focused()
    called(page)
    go_to(page, page.locator("#text"))
    page.keyboard.type("Pause, ordene ned, og så et menneske.")
    leave(page, page.locator(".own-words form button"))
    expect(page.locator(".hers")).to_have_text("Pause, ordene ned, og så et menneske.")
    expect(page.locator(".beside section").nth(1)).to_be_visible()
    leave(page, page.locator("#path-title ~ form button").nth(1))
    expect(page.locator("input[name=place]")).to_have_value("2")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_same_without_scripts(own_visits: Visits, width: int) -> None:
    page = own_visits.visit("learner", java_script_enabled=False, viewport={"width": width, "height": HEIGHT})
    begin(page, THREAT, HOME)
    follow(choice(page, 0))
    expect(page.locator(".breath-taken")).to_be_visible()
    make(page, CALLED, begun=1)
    expect(page.locator("#now .end-type.success")).to_have_text("Beredskabet blev brugt")
    expect(page.locator(".path li")).to_have_count(len(CALLED) + 1)
    follow(page.locator(".own-words form button"))
    expect(page.locator("#text-problem")).to_be_visible()
    page.locator("#text").fill("Pause først.")
    follow(page.locator(".own-words form button"))
    expect(page.locator(".hers")).to_have_text("Pause først.")


def amid(call: Call) -> bool:
    """Both have written, and one of them waits."""
    return len(call.turns) > 3 and call.moment.thread is not None and not call.ended


def seen(page: Page) -> str:
    return page.locator("#call").inner_text()


def test_a_chat_closed_in_the_middle_is_there_again(own_visits: Visits) -> None:
    moves = way(CHAT, amid)
    page = own_visits.visit("learner", reduced_motion="reduce")
    begin(page, CHAT)
    make(page, moves)
    left, told = seen(page), page.locator("#told").inner_text()
    assert all(thread.title in left for thread in scenario(CHAT).threads)
    page.context.close()
    again = own_visits.visit("learner", f"/learn/{CHAT}", reduced_motion="reduce")
    assert seen(again) == left
    assert again.locator("#told").inner_text() == told
    expect(again.locator("input[name=place]")).to_have_value(str(len(moves) + 1))
    numbers = [one.get_attribute("value") for one in again.locator(".options button").all()]
    assert numbers == [str(one.number) for one in play(scenario(CHAT), moves).choices]


def test_on_a_phone_the_one_to_answer_comes_first(visits: Visits) -> None:
    page = visits.visit("learner2", viewport={"width": PHONE, "height": HEIGHT}, reduced_motion="reduce")
    begin(page, CHAT)
    make(page, way(CHAT, lambda call: amid(call) and call.moment.thread == 1))
    first, second = page.locator(".thread").all()
    expect(first).to_have_class(re.compile(r"\bnow\b"))
    expect(first.locator(".options")).to_be_visible()
    above, below = first.bounding_box(), second.bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]
    expect(second.locator(".waits")).to_be_visible()
    expect(second.locator("> .waiting .said")).to_have_count(1)


def test_a_life_in_danger_keeps_the_line_open_and_offers_relief(visits: Visits) -> None:
    page = visits.visit("learner", reduced_motion="reduce")
    begin(page, LIFE)
    danger = way(LIFE, lambda call: call.right is Right.OFF, marks=GOOD)
    relief = way(LIFE, lambda call: any(one.deed is Deed.RELIEF for one in call.choices), begun=danger, marks=GOOD)
    make(page, danger)
    expect(page.locator(".limit.off")).to_have_text(OFF)
    expect(page.locator("#told")).to_contain_text(OFF)  # when it becomes so, it is read out
    make(page, relief[len(danger) :], begun=len(danger))
    expect(page.locator(".limit")).to_have_text(OFF)
    stood = play(scenario(LIFE), relief)
    relieved = next(one for one in stood.choices if one.deed is Deed.RELIEF)
    expect(choice(page, relieved.number)).to_be_visible()
    assert all(one.deed is not Deed.HANG_UP or one.mark is not Mark.GOOD for one in stood.choices)


def test_the_ladder_and_the_meters_are_read_out(visits: Visits) -> None:
    page = visits.visit("learner3", reduced_motion="reduce")
    begin(page, THREAT, HOME)
    ladder = page.get_by_role("img", name=re.compile(r"^Konflikttrappen.* Trin 4: Åben fjendtlighed$"))
    expect(ladder).to_have_count(1)
    calm = page.get_by_role("meter", name="Din ro")
    expect(calm).to_have_attribute("value", str(dict(scenario(THREAT).state)["calm"]))
    expect(page.get_by_role("complementary")).to_contain_text("Grænse: ikke sagt. Du må lægge på, når du har advaret.")
    said = page.get_by_role("status").element_handle()
    make(page, CALLED[:1])
    after = play(scenario(THREAT), CALLED[:1], HOME)
    told = page.get_by_role("status")
    expect(told).to_contain_text("trin 4: Åben fjendtlighed.")
    expect(told).to_contain_text(f"Din ro {after.state['calm']}, op fra 70.")
    expect(told).to_contain_text("Du må lægge på nu, uden at advare.")
    assert said.evaluate("one => one.isConnected")  # the same element speaks again, so that it is heard
    make(page, CALLED[1:], begun=1)
    expect(page.get_by_role("img", name=re.compile("^Trappen, valg for valg"))).to_have_count(1)


def test_the_reply_is_in_sight_and_nothing_waits_for_the_typing(visits: Visits) -> None:
    page = visits.visit("learner4", viewport={"width": PHONE, "height": HEIGHT})
    begin(page, CHAT)
    make(page, way(CHAT, lambda call: len(call.turns) == 1))
    expect(page.locator(".last.typing")).to_be_visible()
    expect(page.locator(".options button").first).to_be_enabled()
    expect(page.locator("#last .mine")).to_be_in_viewport(ratio=1)
    expect(page.locator(".gauges")).to_be_in_viewport(ratio=1)
