"""Each kind of check through the doors: by a plain form, by htmx and as JSON; and what only a trainer sees."""

import html
import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.lessons.rules import Sent
from api.words import words
from tests.conftest import ON_SQLITE, House
from tests.forms import FormOnPage, Page
from tests.lessons.kinds import COLOURS, KEPT, RIGHT, STEPS, WRONG, teach
from web.rendering import environment

pytestmark = [pytest.mark.doors, ON_SQLITE]

HTMX = {"HX-Request": "true"}
WHERE = {
    "one": "pick",
    "many": "pick",
    "turn": "pick",
    "colours": "lay",
    "steps": "lay",
    "recalled": "write",
    "own": "write",
}
ANSWERS = "/learn/kinds/answers"
ACUTE = "Jeg har lyst til at tage mit eget liv."
SAID = {
    "many": "Vælg mindst ét af svarene.",
    "colours": "Vælg først en kasse til hver af dem.",
    "steps": "Giv dem først hver sin plads.",
    "recalled": "Skriv først en linje med dine egne ord, højst 2.000 tegn. Kun du kan læse den.",
    "own": "Skriv først en linje med dine egne ord, højst 2.000 tegn. Kun du kan læse den.",
}


@pytest.fixture
def taught(house: House) -> House:
    return teach(house)


@pytest.fixture
def learner(taught: House) -> TestClient:
    return taught.visitor("new")


def address(check: str) -> str:
    return f"/learn/kinds/section/{WHERE[check]}"


def form(page: str, check: str) -> FormOnPage:
    return Page(page).form(ANSWERS, check=check)


def fields(sent: Sent) -> dict[str, str]:
    """What a browser sends for an answer."""
    found = {f"n{number}": str(value) for number, value in sent.numbers.items()}
    return found | ({"option": str(sent.option)} if sent.option else {}) | ({"text": sent.text} if sent.text else {})


def post(browser: TestClient, check: str, sent: Sent, headers: dict[str, str] | None = None) -> Any:
    key = form(browser.get(address(check)).text, check).fields["sent_as"]
    data = {"check": check, "sent_as": key, **fields(sent)}
    return browser.post(ANSWERS, data=data, headers=headers or {})


def part(page: str, check: str) -> str:
    """The check's own form, as it stands on a page."""
    [found] = re.findall(rf'<form [^>]*id="check-{check}".*?</form>', page, re.DOTALL)
    return str(found)


def text(page: str) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


@pytest.mark.parametrize("check", RIGHT)
def test_a_plain_form_leads_back_to_the_check_as_it_now_stands(learner: TestClient, check: str) -> None:
    answer = post(learner, check, RIGHT[check])
    assert (answer.status_code, answer.headers["location"]) == (303, f"{address(check)}#check-{check}")
    shown = part(learner.get(address(check)).text, check)
    assert {
        "one": "Ja.", "many": "Rigtigt. Det er lige dem.", "turn": "Her vender det.",
        "colours": "Rigtigt. De står alle, hvor de skal.", "steps": "Rigtigt. De står alle, hvor de skal.",
        "recalled": "Hold det op mod dette Sig det, advar én gang, afslut.", "own": "Gemt. Du kan ændre det.",
    }[check] in text(shown)  # fmt: skip


@pytest.mark.parametrize("check", RIGHT)
def test_htmx_gets_the_check_and_the_way_onward(learner: TestClient, check: str) -> None:
    answer = post(learner, check, RIGHT[check], HTMX)
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith("<form")
    assert 'id="onward" hx-swap-oob="true"' in answer.text
    plain = part(learner.get(address(check)).text, check)
    key = re.compile(r'name="sent_as" value="[^"]*"| aria-describedby="verdict-[^"]*"| autofocus')
    assert key.sub("", part(answer.text, check)) == key.sub("", plain)


@pytest.mark.parametrize(("check", "things"), [("colours", COLOURS), ("steps", STEPS)])
def test_things_to_place_are_numbered_as_they_stand(learner: TestClient, check: str, things: tuple[str, ...]) -> None:
    shown = part(learner.get(address(check)).text, check)
    assert re.findall(r'<select name="n([0-9]+)" id="n-[a-z]+-([0-9]+)"', shown) == [("1", "1"), ("2", "2"), ("3", "3")]
    assert [html.unescape(one) for one in re.findall(r"<label for[^>]*>(.*?)</label>", shown)] == list(things)


@pytest.mark.parametrize("check", [check for check in RIGHT if check not in ("one", "turn")])
def test_the_keyboard_comes_to_what_was_said_to_the_answer(learner: TestClient, check: str) -> None:
    shown = part(post(learner, check, RIGHT[check], HTMX).text, check)
    [button] = re.findall(r"<button [^>]*>", shown)
    assert " autofocus" in button
    assert f'aria-describedby="verdict-{check}"' in button
    assert shown.count(f'id="verdict-{check}"') == 1
    assert "aria-describedby" not in re.findall(r"<button [^>]*>", part(learner.get(address(check)).text, check))[0]


@pytest.mark.parametrize("check", WRONG)
def test_a_wrong_answer_tells_why_and_gives_nothing_away(learner: TestClient, check: str) -> None:
    shown = part(post(learner, check, WRONG[check], HTMX).text, check)
    told = {
        "one": (["Nej."], ["Ja."]), "many": (["Ja, navnet.", "Det frister."], ["Ja, stilheden.", "Det sårer."]),
        "turn": (["Hun spørger.", "Ikke her"], ["Her vender det."]),
        "colours": (["Vred på sagen.", "En trussel.", "Et andet sted"], ["Utålmodig."]),
        "steps": (["Så er det nok."], ["Først ordene.", "Så én gang."]),
    }[check]  # fmt: skip
    assert [why for why in told[0] if why not in text(shown)] == []
    assert [why for why in told[1] if why in text(shown)] == []
    assert shown.count("chosen") == (2 if check == "many" else 0 if check in ("colours", "steps") else 1)


@pytest.mark.parametrize("check", ["many", "colours", "steps"])
def test_once_it_was_right_every_why_is_told(learner: TestClient, check: str) -> None:
    post(learner, check, RIGHT[check])
    shown = text(part(post(learner, check, WRONG[check], HTMX).text, check))
    whys = {"many": ("Ja, stilheden.", "Det sårer."), "colours": ("Utålmodig.",), "steps": ("Først ordene.",)}[check]
    assert [why for why in whys if why not in shown] == []


ENTERED = [
    ("many", Sent(), ()),
    ("colours", Sent(numbers={1: 2, 3: 1}), ("n1=2", "n3=1")),
    ("steps", Sent(numbers={1: 3, 2: 3, 3: 1}), ("n1=3", "n2=3", "n3=1")),
    ("recalled", Sent(text="  "), ()),
    ("own", Sent(text="<b>Nej</b> " * 200), ("&lt;b&gt;Nej",)),
]


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
@pytest.mark.parametrize(("check", "sent", "kept"), ENTERED)
def test_what_is_no_answer_yet_comes_back_with_the_sentence_and_what_was_entered(
    learner: TestClient, check: str, sent: Sent, kept: tuple[str, ...], htmx: bool
) -> None:
    answer = post(learner, check, sent, HTMX if htmx else {})
    assert answer.status_code == 422
    assert answer.text.lstrip().startswith("<form" if htmx else "<!doctype html>")
    shown = part(answer.text, check)
    place = f"text-{check}-problem" if check in ("recalled", "own") else f"problem-{check}"
    assert f'id="{place}" role="alert">{SAID[check]}' in shown
    assert shown.count("autofocus") == 1
    assert f'aria-describedby="{place}' in shown
    for one in kept:
        name, equals, value = one.partition("=")
        if equals:
            select = re.search(rf'name="{name}".*?</select>', shown, re.DOTALL)
            assert select
            assert f'value="{value}" selected' in select[0]
        else:
            assert one in shown
    assert 'class="why' not in shown
    assert answer.text.count('role="alert"') == (1 if htmx else 2)  # a page has a place for refusals, too
    assert form(answer.text, check).fields["sent_as"]


def test_only_what_has_no_place_of_its_own_is_to_mend(learner: TestClient) -> None:
    shown = part(post(learner, "steps", Sent(numbers={1: 3, 2: 3, 3: 1}), HTMX).text, "steps")
    assert shown.count('aria-invalid="true"') == 2
    shown = part(post(learner, "colours", Sent(numbers={1: 1, 2: 1}), HTMX).text, "colours")
    assert shown.count('aria-invalid="true"') == 1


CRAFTED = [
    ("colours", dict.fromkeys((1, 2, 3), 99), 3),
    ("steps", dict.fromkeys((1, 2, 3), 99), 3),
    ("steps", {1: 1, 2: 2, 3: 4}, 1),
    ("colours", {1: 1, 2: 1, 3: 1, 9: 1}, 0),  # an item that is not there, and all the others in a place
]


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
@pytest.mark.parametrize(("check", "numbers", "wrong"), CRAFTED)
def test_a_place_that_is_not_there_is_to_mend(
    learner: TestClient, check: str, numbers: dict[int, int], wrong: int, htmx: bool
) -> None:
    answer = post(learner, check, Sent(numbers=numbers), HTMX if htmx else {})
    assert answer.status_code == 422
    shown = part(answer.text, check)
    assert shown.count(SAID[check]) == 1
    assert shown.count('aria-invalid="true"') == wrong
    assert shown.count("autofocus") == 1


def test_a_refused_answer_leaves_the_one_before(learner: TestClient) -> None:
    post(learner, "own", RIGHT["own"])
    assert post(learner, "own", Sent(text=" ")).status_code == 422
    assert KEPT["own"] in part(learner.get(address("own")).text, "own")


@pytest.mark.parametrize("check", ["one", "turn"])
def test_without_an_option_the_check_says_so(learner: TestClient, check: str) -> None:
    answer = post(learner, check, Sent())
    assert answer.status_code == 422
    assert "Vælg et af svarene." in text(part(answer.text, check))


def test_what_is_not_the_forms_own_is_refused(learner: TestClient) -> None:
    for changed in ({"check": "nope"}, {"sent_as": ""}, {"text": "a\0b"}):
        answer = learner.post(ANSWERS, data={"check": "own", "sent_as": "a", "text": "x"} | changed)
        assert answer.status_code in (404, 422)
        assert "<form" not in answer.text


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
@pytest.mark.parametrize("check", ["recalled", "own"])
def test_words_that_sound_acute_show_help_above_everything(learner: TestClient, check: str, htmx: bool) -> None:
    answer = post(learner, check, Sent(text=ACUTE), HTMX if htmx else {})
    shown = part(answer.text if htmx else learner.get(address(check)).text, check)
    assert shown.index("panel urgent") < shown.index("check-eyebrow")
    assert 'href="tel:112"' in shown
    assert 'href="tel:00000000"' in shown
    assert ("autofocus" in shown) == htmx
    # Also where the words are no answer yet.
    answer = post(learner, check, Sent(text=ACUTE * 60), HTMX)
    assert answer.status_code == 422
    assert "panel urgent" in answer.text


def test_own_words_stay_in_no_memory_of_pages(learner: TestClient) -> None:
    post(learner, "own", Sent(text="Kun mine ord"))
    assert "Kun mine ord" in learner.get(address("own")).text
    keep: Any = environment("da").extensions["web.kept.Keep"]
    assert [one for one in keep.kept.items() if "Kun mine ord" in str(one)] == []


def test_who_only_looks_gets_an_answer_in_place_and_is_told_it_is_not_kept(taught: House) -> None:
    trainer = taught.visitor("trainer")
    for check, sent in RIGHT.items():
        answer = post(trainer, check, sent)
        assert answer.status_code == 200
        assert part(answer.text, check).count("autofocus") == 1
    assert "bliver ikke gemt" in text(part(answer.text, "own"))
    assert KEPT["own"] in answer.text
    assert KEPT["own"] not in trainer.get(address("own")).text


@pytest.mark.parametrize(
    ("role", "sees"),
    [("trainer", True), ("admin", True), ("manager", False), ("safety", False), ("new", False)],
)
def test_the_trainers_notes_are_seen_by_trainers_and_administrators_alone(taught: House, role: str, sees: bool) -> None:
    somebody = taught.visitor(role)
    pages = [somebody.get("/learn/kinds").text]
    assert (("HEMMELIGT" in pages[0]), ("Ses kun af undervisere" in pages[0])) == (sees, sees)
    somebody.post("/learn/kinds")
    pages = [somebody.get(f"/learn/kinds/section/{one}").text for one in ("pick", "lay", "write")]
    pages += [somebody.get("/learn/kinds/end").text, somebody.get("/api/v1/lessons/kinds").text]
    pages.append(somebody.get("/learn/kinds/section/trainer").text)
    assert [page for page in pages if "HEMMELIGT" in page or "Til træneren" in page] == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_overview_says_what_may_be_hard_and_where_it_is_practised(taught: House, language: str) -> None:
    somebody = taught.visitor("new")
    somebody.post("/account", data={"language": language})
    page = somebody.get("/learn/kinds").text
    assert "Der bliver talt om trusler." in page
    for sentence in (
        "Before you begin",
        "You may take it together with your trainer. Just say so.",
        "Practise it in a call",
    ):
        assert words(language).gettext(sentence) in page
    assert Page(page).links["/learn/short-call"]
    assert "Der bliver talt om trusler." not in somebody.get("/learn/calm").text


def test_after_the_last_section_the_calls_stand_first(learner: TestClient) -> None:
    for one in ("pick", "lay", "write"):
        learner.post(f"/learn/kinds/section/{one}")
    assert "/learn/short-call" not in Page(learner.get("/learn/kinds/end").text).links
    for check, sent in RIGHT.items():
        post(learner, check, sent)
    assert "/learn/short-call" in Page(learner.get("/learn/kinds/end").text).links
