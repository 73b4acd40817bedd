"""What pages save themselves says what it would otherwise say: pieces kept in memory (`web/kept.py`), to everybody on every
day, and sentences put in when a template is compiled (`web/spoken.py`).
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.enrolments.queries import _roads
from api.words import words
from tests.conftest import House
from web.enrolments.road import _drawn
from web.kept import MOST, Keep
from web.rendering import environment
from web.spoken import SpokenLoader

CAST = ("learner", "live", "learner1", "learner4", "learner8", "south", "new", "trainer", "manager", "other-manager")
BILL, THREAT, CHAT = "s1-the-bill", "s3-i-know-where-you-live", "s7-five-answers"
PAGES = (
    "/plan", "/team", "/team?standing=late", "/account", "/learn/1-1-right-and-net/end",
    f"/learn/{BILL}", f"/learn/{THREAT}", f"/learn/{CHAT}",
)  # fmt: skip
LESSONS = ("1-1-right-and-net", "1-2-what-is-a-conflict", "b1-day-before-go-live")
ONE_TIME = re.compile(r'name="sent_as" value="[^"]*"')  # a new key on every page
SECTION = re.compile(r"/learn/[a-z0-9-]+/section/[a-z0-9-]+")
CHECK = re.compile(r'name="check" value="([^"]+)"')
ATTEMPT = re.compile(r'name="attempt" value="([^"]+)"')
CHOICE = re.compile(r'name="choice" value="([^"]+)"')


def store(language: str) -> dict[object, str]:
    keep = environment(language).extensions["web.kept.Keep"]
    assert isinstance(keep, Keep)
    return keep.kept


def forget() -> None:
    for language in ("da", "en"):
        store(language).clear()
    _drawn.clear()
    _roads.clear()


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    forget()
    yield
    forget()


def sections(visitor: TestClient) -> list[str]:
    """Addresses of the lesson pages this person may open."""
    found: list[str] = []
    for lesson in LESSONS:
        visitor.post(f"/learn/{lesson}")  # begins, where it may
        page = visitor.get(f"/learn/{lesson}", follow_redirects=True).text
        found += sorted(set(SECTION.findall(page)))[:3]
    return found


def seen(visitors: dict[str, TestClient], addresses: dict[str, list[str]], *, anew: bool) -> dict[tuple[str, str], str]:
    """Everything everybody sees: with what is kept, or with nothing kept before each page."""
    found = {}
    for name, visitor in visitors.items():
        for address in (*PAGES, *addresses[name]):
            if anew:
                forget()
            answer = visitor.get(address)
            found[name, address] = f"{answer.status_code} {ONE_TIME.sub('', answer.text)}"
    return found


def take_part(learner: TestClient, addresses: list[str]) -> None:
    """Leaves traces: sections read, right and wrong answers, a call begun and a move made."""
    learner.post("/learn/1-1-right-and-net")
    for address in addresses:
        for number, check in enumerate(CHECK.findall(learner.get(address).text)):
            form = {"check": check, "option": 1 + number % 2, "sent_as": f"k{number}"}
            learner.post(f"{address.partition('/section/')[0]}/answers", data=form, headers={"hx-request": "true"})
        learner.post(address)
    for unit, view, moves in CALLS["learner"]:
        call(learner, unit, view, moves)


# Different ways through the same calls, so that one person's must not show up on another's screen.
CALLS = {
    "learner": ((BILL, "", 9), (THREAT, "home", 3), (CHAT, "", 4)),
    "live": ((BILL, "", 2), (THREAT, "office", 2), (CHAT, "", 6)),
    "trainer": ((BILL, "", 3), (THREAT, "home", 4), (CHAT, "", 2)),
}


def call(visitor: TestClient, unit: str, view: str, moves: int) -> None:
    """Takes a call so far, by choices that hang on who plays; each answer to htmx is as one made anew."""
    visitor.post(f"/learn/{unit}/attempts", data={"view": view})
    for place in range(1, moves + 1):
        page = visitor.get(f"/learn/{unit}").text
        attempt, choices = ATTEMPT.search(page), CHOICE.findall(page)
        if not choices:
            return
        form = {"attempt": attempt[1] if attempt else "", "place": place, "choice": choices[moves % len(choices)]}
        answers = []
        for anew in (False, False, True):  # the same move again counts once
            if anew:
                forget()
            answer = visitor.post(f"/learn/{unit}/moves", data=form, headers={"hx-request": "true"})
            assert answer.status_code == 200
            answers.append(answer.text)
        assert answers == [answers[0]] * 3


@pytest.mark.doors
def test_kept_pages_are_as_pages_made_anew(house: House) -> None:
    visitors = {name: house.visitor(name) for name in CAST}
    for name in ("live", "manager"):
        visitors[name].post("/account", data={"language": "en"})
    addresses = {name: sections(visitor) for name, visitor in visitors.items()}
    assert addresses["learner"]
    for day in range(2):
        seen(visitors, addresses, anew=False)
        take_part(visitors["learner"], addresses["learner"])
        for name in ("live", "trainer"):
            for unit, view, moves in CALLS[name]:
                call(visitors[name], unit, view, moves)
        kept = seen(visitors, addresses, anew=False)
        assert store("da")
        assert store("en")
        assert kept == seen(visitors, addresses, anew=True), f"day {day}"
        house.clock.pass_by(days=5)


@pytest.mark.parametrize("first", ["da", "en"])
def test_a_road_speaks_the_language_of_whoever_reads_it(first: str, house: House) -> None:
    trainer = house.visitor("trainer")
    trainer.post("/account", data={"language": "en"})
    [address] = re.findall(r'"(/enrolments/\w{26})">Nadia Lind', trainer.get("/enrolments").text)[:1]
    said = {"da": "Konfliktugen", "en": "The conflict week"}
    for language in (first, *({"da", "en"} - {first})):
        trainer.post("/account", data={"language": language})
        page = trainer.get(address).text
        assert [one for one in said if f"<h2>{said[one]}" in page] == [language]


def test_what_is_kept_has_an_end() -> None:
    shown = environment("da").from_string("{% keep number %}<{{ number }}>{% endkeep %}")
    long = "x" * (MOST // 10)
    for number in range(25):
        assert shown.render(number=f"{number}{long}") == f"<{number}{long}>"
    assert sum(map(len, store("da").values())) <= MOST + 2 * len(long)
    assert shown.render(number=3) == "<3>"


def test_what_is_not_named_is_what_would_be_shown_wrongly() -> None:
    """Why every value must be named: the second person would see the first one's."""
    shown = environment("da").from_string("{% keep day %}{{ day }} {{ who }}{% endkeep %}")
    assert [shown.render(day=1, who="A"), shown.render(day=1, who="B")] == ["1 A", "1 A"]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(
    "text",
    [
        '{{ _("Done") }}',
        '{{ _("Hi %(name)s", name=who) }}',
        '{{ _("Hi %(name)s", name=_("Done")) }}',
        "{% trans name=who %}Hi {{ name }}{% endtrans %}",
        "{% trans %}Done{% endtrans %}",
        '{% set said = _("Hi %(name)s", name=who) %}<i>{{ said }}</i>',
        '{{ [_("Done"), who]|join("+") }}',
        '{{ who ~ _("Done") if _("Done") else "" }}',
        '{{ _("100 %% of %(all)s", all=3) }}',
        "{% trans count=2 %}{{ count }} person{% pluralize %}{{ count }} people{% endtrans %}",
        "{{ _(who) }}",
    ],
)
def test_a_sentence_said_when_compiled_is_the_one_said_when_shown(text: str, language: str, tmp_path: Path) -> None:
    (tmp_path / "said.html").write_text(text, encoding="utf-8")
    env = environment(language)
    said = SpokenLoader(tmp_path, words(language)).load(env, "said.html", env.globals)
    assert said.render(who="<b>&") == env.from_string(text).render(who="<b>&")
