"""A call through the pages: what stands there before, during and after it, with plain forms and with htmx."""

import html
import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.library.graph import EndType
from api.library.rules import Right
from api.scenarios.rules import Call, play
from tests.conftest import House
from tests.forms import Page, follow
from tests.scenarios.ways import good_way, scenario, way
from tests.stored import rows

pytestmark = pytest.mark.doors

BILL, THREAT, CHAT, LIFE = "s1-the-bill", "s3-i-know-where-you-live", "s7-five-answers", "s11-it-might-as-well-be"
HTMX = {"HX-Request": "true"}
ACUTE = "Jeg har lyst til at tage mit eget liv."


class Caller:
    """Somebody who plays one call: by default the learner, in Danish."""

    def __init__(self, house: House, unit: str, view: str = "", *, name: str = "learner") -> None:
        self.browser: TestClient = house.visitor(name)
        self.unit, self.view = unit, view

    def begin(self) -> str:
        answer = self.browser.post(f"/learn/{self.unit}/attempts", data={"view": self.view})
        return str(follow(self.browser, answer).text)

    def send(self, choice: int | str, headers: dict[str, str] | None = None) -> Any:
        fields = Page(self.page()).form(f"/learn/{self.unit}/moves").fields
        data = {**fields, "choice": str(choice)}
        return self.browser.post(f"/learn/{self.unit}/moves", data=data, headers=headers or {})

    def play(self, moves: tuple[int, ...]) -> str:
        for move in moves:
            assert self.send(move).status_code == 303
        return self.page()

    def page(self) -> str:
        return str(self.browser.get(f"/learn/{self.unit}").text)

    def form(self, name: str) -> Any:
        return Page(self.page()).form(f"/learn/{self.unit}/{name}")

    def write(self, text: str) -> Any:
        data = {**self.form("words").fields, "text": text}
        return self.browser.post(f"/learn/{self.unit}/words", data=data)


def text(page: str) -> str:
    """What is read, on one line."""
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


@pytest.fixture
def ended(house: House) -> Caller:
    """The learner after the call about the bill."""
    caller = Caller(house, BILL)
    caller.begin()
    caller.play(good_way(BILL, EndType.AGREED))
    return caller


def test_before_the_call_stands_what_it_is_about_and_a_way_past_it(house: House, database_url: str) -> None:
    caller = Caller(house, THREAT)
    page = caller.page()
    call = scenario(THREAT)
    assert call.objective in text(page)
    assert call.content_note in text(page)
    assert "Det tæller det samme som at spille den" in text(page)
    answer = caller.form("skip").send(caller.browser)
    assert answer.url.path == "/plan"
    stored = rows(database_url, "progress", "attempt")
    assert [row["unit"] for row in stored["progress"] if row["person_id"] == house.actor("learner").id] == [THREAT]
    assert stored["attempt"] == []
    page = caller.page()
    assert "Det her skridt er færdigt på din plan" in text(page)
    assert f"/learn/{THREAT}/skip" not in page


def test_a_call_without_a_content_note_cannot_be_left_out(house: House) -> None:
    caller = Caller(house, BILL)
    assert f"/learn/{BILL}/skip" not in caller.page()
    assert caller.browser.post(f"/learn/{BILL}/skip").status_code == 409


@pytest.mark.parametrize("view", ["home", "office"])
def test_a_call_begins_as_the_one_chosen_and_offers_the_other_at_the_end(house: House, view: str) -> None:
    caller = Caller(house, THREAT, view)
    assert caller.form("attempts").buttons == [("view", "home"), ("view", "office")]
    opening = next(moment for moment in scenario(THREAT).moments if moment.view == view)
    assert opening.title in text(caller.begin())
    caller.play(good_way(THREAT, EndType.READINESS_CALLED, view))
    assert caller.form("attempts").buttons == [("view", "home"), ("view", "office")]
    other = next(one.title for one in scenario(THREAT).views if one.key != view)
    assert f"Prøv som: {other}" in text(caller.page())


def test_a_view_that_is_none_is_refused(house: House, database_url: str) -> None:
    answer = Caller(house, THREAT).browser.post(f"/learn/{THREAT}/attempts", data={"view": "nobody"})
    assert answer.status_code == 422
    assert rows(database_url, "attempt")["attempt"] == []


def test_a_breath_can_be_taken_once_in_a_moment(house: House, database_url: str) -> None:
    caller = Caller(house, BILL)
    first = caller.begin()
    assert ("choice", "0") in caller.form("moves").buttons
    assert "Træk vejret" in text(first)
    page = caller.play((0,))
    assert "Du trak vejret." in text(page)
    assert scenario(BILL).opening.title in text(page)
    assert ("choice", "0") not in caller.form("moves").buttons
    assert caller.send(0).status_code == 422
    assert [row["choice"] for row in rows(database_url, "move")["move"]] == [0]


def test_a_move_without_a_choice_is_none(house: House, database_url: str) -> None:
    """Not a breath either, which is 0."""
    caller = Caller(house, BILL)
    caller.begin()
    answer = caller.browser.post(f"/learn/{BILL}/moves", data=caller.form("moves").fields)
    assert answer.status_code == 422
    assert rows(database_url, "move")["move"] == []


def test_a_full_head_is_said_in_one_line(house: House) -> None:
    caller = Caller(house, THREAT, "home")
    assert "Du er kørt op" not in caller.begin()
    moves = way(THREAT, lambda call: call.stood.calm < 30 and not call.ended, view="home")
    assert "Du er kørt op, og nogle svar kan du ikke finde lige nu. Træk vejret, det hjælper." in text(
        caller.play(moves)
    )
    assert "Du er kørt op" not in caller.play((0,))


def stands(unit: str, right: Right, boundary: int) -> tuple[int, ...]:
    return way(unit, lambda call: call.right is right and call.state["boundary"] == boundary and not call.ended)


@pytest.mark.parametrize(
    ("unit", "right", "boundary", "said"),
    [
        (THREAT, Right.AFTER_WARNING, 0, "Grænse: ikke sagt. Du må lægge på, når du har advaret."),
        (THREAT, Right.OPEN, 1, "Grænse: sagt. Du må lægge på nu, uden at advare."),
        (LIFE, Right.OFF, 0, "Liv kan være i fare: bliv på linjen. Du kan blive afløst."),
        (CHAT, Right.OPEN, 2, "Grænse: advaret. Du må afslutte chatten nu."),
    ],
)
def test_one_line_says_what_was_said_and_whether_one_may_hang_up(
    house: House, unit: str, right: Right, boundary: int, said: str
) -> None:
    caller = Caller(house, unit)
    caller.begin()
    page = text(caller.play(stands(unit, right, boundary)))
    assert said in page
    assert right is not Right.OFF or "Grænse" not in page


def test_trust_and_the_matter_are_shown_when_it_is_over(house: House) -> None:
    caller = Caller(house, BILL)
    page = text(caller.begin())
    assert "Din ro" in page
    assert not re.search(r"\b(Tillid|Sag)\b", page)
    moves = good_way(BILL, EndType.AGREED)
    over = play(scenario(BILL), moves)
    page = text(caller.play(moves))
    start = dict(scenario(BILL).state)
    assert f"Tillid {start['trust']} → til {over.state['trust']}" in page
    assert f"Trin {start['ladder']} → til {over.state['ladder']}" in page
    assert f"Ro {start['calm']} → til {over.state['calm']}" in page
    assert f"Sagen løst (ud af 3) 0 → til {over.state['solved']}" in page
    for axis in over.moment.axes:
        assert axis.label in page


def test_what_was_written_down_stands_on_the_pad(house: House) -> None:
    caller = Caller(house, THREAT, "home")
    assert "Intet skrevet ned endnu." in caller.begin()
    page = text(caller.play(way(THREAT, lambda call: bool(call.noted), view="home")))
    assert f"Dine noter {scenario(THREAT).facts[0].title}" in page
    assert f"Skrevet ned: {scenario(THREAT).facts[0].title}." in page


def test_htmx_gets_the_call_and_the_sentence_to_read_out(house: House) -> None:
    caller = Caller(house, BILL)
    caller.begin()
    moves = way(BILL, lambda call: len(call.turns) > 1 and call.state["ladder"] > call.turns[-2].state["ladder"])
    caller.play(moves[:-1])
    answer = caller.send(moves[-1], HTMX)
    assert answer.text.lstrip().startswith('<div id="call">')
    assert "<html" not in answer.text
    [told] = re.findall(r'id="told" role="status" hx-swap-oob="innerHTML">(.*?)</p>', answer.text, re.DOTALL)
    over = play(scenario(BILL), moves)
    assert f"Trin {over.state['ladder']}: " in told
    assert f", op fra {over.turns[-2].state['ladder']}." in told
    assert "hx-swap-oob" not in caller.page()
    assert told.strip() in caller.page()


def test_back_to_a_moment_begins_a_new_attempt_there(ended: Caller, database_url: str) -> None:
    form = ended.form("back")
    assert [int(place) for _name, place in form.buttons] == list(range(1, len(form.buttons) + 1))
    page = form.send(ended.browser, ("place", "3")).text
    assert ended.form("moves").fields["place"] == "3"
    made = play(scenario(BILL), good_way(BILL, EndType.AGREED)[:2])
    assert made.moment.title in text(page)
    assert len(rows(database_url, "attempt")["attempt"]) == 2
    ended.form("back").send(ended.browser, ("place", "1"))  # in mid-call, from what was said earlier
    assert ended.form("moves").fields["place"] == "1"


def test_own_words_come_before_the_other_answer(ended: Caller, database_url: str) -> None:
    call = scenario(BILL)
    answer = text(call.answer)[:60]
    assert answer not in text(ended.page())
    assert "Kun du kan læse det her. Ingen læser med" in text(ended.page())
    for wrong, said in ((" ", "Skriv først en linje"), ("a" * 2001, "Det er mere, end der er plads til")):
        refused = ended.write(wrong)
        assert refused.status_code == 422
        assert said in refused.text
        assert 'aria-invalid="true" aria-describedby="text-problem text-hint"' in refused.text
        assert wrong in refused.text
        assert answer not in text(refused.text)
    assert rows(database_url, "reflection")["reflection"] == []
    page = text(follow(ended.browser, ended.write("Hun hørte <b>sit</b> beløb.")).text)
    assert "Du skrev Hun hørte <b>sit</b> beløb." in page
    assert answer in page
    assert "&lt;b&gt;sit" in ended.page()


@pytest.mark.parametrize("written", [ACUTE, ACUTE + "x" * 2000], ids=["kept", "too long"])
def test_words_that_sound_acute_bring_help_above_everything(ended: Caller, written: str) -> None:
    assert 'href="tel:112"' not in ended.page()
    page = follow(ended.browser, ended.write(written)).text
    assert re.search(r'<div id="call">\s*<section class="panel urgent" id="help"', page)
    assert 'href="tel:112"' in page
    assert 'href="tel:00000000"' in page
    assert "beredskabskort" in page


def test_the_first_and_the_best_try_stand_beside_this_one(ended: Caller) -> None:
    assert "Det var din første gang igennem." in text(ended.page())
    ended.begin()
    worse = way(BILL, lambda call: call.ended and not call.succeeded)
    page = text(ended.play(worse))
    assert "Dit første, og dit bedste indtil nu" in page
    assert "Dette forsøg " in page
    assert "Kun du ser det her." in page


def waited(call: Call) -> bool:
    """One customer writes, the other has waited for a move."""
    talks = enumerate(call.stood.talks)
    return call.moment.thread is not None and any(
        talk.waiting == 1 and place != call.moment.thread for place, talk in talks
    )


def test_a_chat_of_two_says_who_waits_and_how_long(house: House) -> None:
    caller = Caller(house, CHAT)
    first, second = (one.title for one in scenario(CHAT).threads)
    page = text(caller.begin())
    assert f"{first} Du skriver her" in page
    assert f"{second} Har ikke skrevet endnu" in page
    assert "Hvad skriver du?" in page
    page = text(caller.play(way(CHAT, waited)))
    assert "Har ventet i cirka 45 sekunder" in page


def test_the_page_of_a_call_that_ended_has_no_way_to_move(ended: Caller) -> None:
    assert f"/learn/{BILL}/moves" not in ended.page()
    assert 'name="choice"' not in ended.page()
