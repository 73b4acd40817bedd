"""Every source once, with all that stands on it; and when it is to be read again."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.library import published_themes, queries, sources
from api.library.rules import is_stale
from api.library.values import Kind
from tests.conftest import TODAY, House
from tests.course import put_up, small_course
from tests.library.theme_text import both

CHECKED = date(2026, 11, 22)
FRESH, STALE = date(2027, 5, 22), date(2027, 5, 23)


@pytest.mark.parametrize(
    ("checked", "last_fresh"),
    [
        (CHECKED, FRESH),
        (date(2026, 5, 25), TODAY),
        (date(2026, 6, 30), date(2026, 12, 30)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 6, 30)),
        (date(2026, 1, 1), date(2026, 7, 1)),
        (date(2026, 7, 1), date(2027, 1, 1)),
    ],
)
def test_a_source_is_fresh_for_six_months_and_stale_the_day_after(checked: date, last_fresh: date) -> None:
    assert not is_stale(checked, last_fresh)
    assert is_stale(checked, last_fresh + timedelta(days=1))


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_it_is_never_stale_sooner_nor_later_than_half_a_year(checked: date) -> None:
    assert not is_stale(checked, checked - timedelta(days=1))
    assert not is_stale(checked, checked + timedelta(days=180))
    assert is_stale(checked, checked + timedelta(days=185))


def course(changes: dict[str, tuple[str, str]]) -> dict[str, str]:
    """The small course and a theme; each file whose name begins as said has one thing changed."""
    files = small_course() | both("33-ours")
    files = {path: source.replace("number: 3\n", "number: 33\n") for path, source in files.items()}
    for name, (old, new) in changes.items():
        for path in (one for one in files if one.rsplit("/", 1)[-1].startswith(name)):
            assert old in files[path]
            files[path] = files[path].replace(old, new)
    return files


def of(house: House, title: str, name: str = "trainer") -> list[sources.Listed]:
    return [one for one in house.read(sources.listed, house.actor(name)) if one.title == title]


def test_a_source_stands_once_with_all_that_uses_it(house: House) -> None:
    swap = ("title: Konflikttrappen", "title: Trappen i bogen")
    scenario = ("{title: Konflikttrappen", "{title: Trappen i bogen")
    put_up(house, course({"calm": swap, "safe": swap, "short-call": scenario}))
    [one] = of(house, "Trappen i bogen")
    assert (one.publisher, one.year, one.url, one.checked) == ("BFA Handel", None, None, CHECKED)
    assert [(use.kind, use.key, use.number) for use in one.uses] == [
        (Kind.LESSON, "calm", "1.1"),
        (Kind.LESSON, "safe", "1.1"),
        (Kind.SCENARIO, "short-call", "S9"),
    ]


def test_an_address_is_one_source_whatever_it_is_called_and_the_oldest_check_counts(house: House) -> None:
    checked, url = "    checked: 2026-11-22", "    url: https://bfakontor.dk/ours\n"
    changes = {
        "calm": (checked, f"{url}    checked: 2026-11-20"),
        "safe": (checked, f"    year: 2024\n{url}    checked: 2026-01-02"),
        "33": ("    url: https://bfakontor.dk/x\n", url),
    }
    put_up(house, course(changes))
    found = [one for one in house.read(sources.listed, house.actor("trainer")) if one.url and one.url.endswith("/ours")]
    [one] = found
    assert (one.title, one.year, one.checked) == ("Konflikttrappen", 2024, date(2026, 1, 2))
    assert [(use.key, use.checked.day) for use in one.uses] == [("calm", 20), ("safe", 2), ("33-ours", 22)]


def test_the_whole_course_is_there(house: House) -> None:
    learner = house.actor("learner")
    found = house.read(sources.listed, learner)
    used = {(use.kind, use.key) for one in found for use in one.uses}
    themes = {(Kind.THEME, card.key) for card in house.read(published_themes.theme_cards, "da")}
    units = {(card.kind, card.key) for card in house.read(queries.unit_cards, "da", "").values()}
    assert used == units | themes
    assert len(themes) == 10
    assert [one.title.casefold() for one in found] == sorted(one.title.casefold() for one in found)
    addresses = [one.url for one in found if one.url]
    assert len(addresses) == len(set(addresses))
    assert house.read(sources.listed, learner) is found, "worked out once"


@pytest.mark.parametrize(
    ("name", "told"),
    [("trainer", True), ("admin", True), ("manager", False), ("safety", False), ("learner", False)],
)
def test_who_keeps_the_course_is_told_how_many(house: House, name: str, told: bool) -> None:
    actor = house.actor(name)
    everything = len(house.read(sources.listed, actor))
    assert house.read(sources.stale, actor, FRESH) == 0
    assert house.read(sources.stale, actor, STALE) == (everything if told else 0)


def test_one_stale_source_is_one(house: House) -> None:
    names = "    publisher: BFA Handel\n    checked: "
    old = (f"Konflikttrappen\n{names}2026-11-22", f"En gammel bog\n{names}2026-05-01")
    put_up(house, course({"calm": old}))
    assert house.read(sources.stale, house.actor("trainer"), TODAY) == 1
    assert of(house, "En gammel bog")[0].checked == date(2026, 5, 1)


@pytest.mark.doors
@pytest.mark.parametrize(("name", "path"), [("trainer", "/enrolments"), ("admin", "/enrolments")])
def test_the_first_page_says_how_many_and_leads_there(house: House, name: str, path: str) -> None:
    before = house.visitor(name).get(path).text
    assert 'href="/sources">Se hvilke' not in before
    house.clock.pass_by(days=181)
    page = house.visitor(name).get(path).text
    count = house.read(sources.stale, house.actor(name), STALE + timedelta(days=9))
    assert f"{count} kilder er sidst tjekket for over seks måneder siden. " in page
    assert 'href="/sources">Se hvilke' in page


@pytest.mark.doors
def test_a_manager_is_not_asked_to_read_sources(house: House) -> None:
    house.clock.pass_by(days=181)
    assert "Se hvilke" not in house.visitor("manager").get("/team").text


@pytest.mark.doors
def test_the_page_puts_what_is_old_first_and_links_what_one_may_open(house: House) -> None:
    old = "    year: 1999\n    url: https://x.dk/gammel\n    checked: 2026-05-01"
    put_up(house, course({"calm": ("    checked: 2026-11-22", old)}))
    trainer, learner = house.visitor("trainer").get("/sources").text, house.visitor("learner").get("/sources").text
    assert "1 kilde er sidst tjekket for over seks måneder siden" in trainer
    assert trainer.index("https://x.dk/gammel") < trainer.index("Tjekket inden for seks måneder")
    assert "Sidst tjekket" in learner
    assert 'href="/learn/calm"' in trainer
    assert 'href="/learn/' not in learner
    assert learner.count('href="/themes/7-sales"') >= 1


@pytest.mark.doors
def test_json_says_the_same(house: House) -> None:
    answer = house.visitor("trainer").get("/api/v1/sources").json()["sources"]
    listed = house.read(sources.listed, house.actor("trainer"))
    assert [one["title"] for one in answer] == [one.title for one in listed]
    assert not any(one["stale"] for one in answer)
    first = answer[0]
    assert first["checked"] == "2026-11-22"
    assert set(first["uses"][0]) == {"kind", "key", "number", "title"}
    house.clock.pass_by(days=181)
    assert all(one["stale"] for one in house.visitor("trainer").get("/api/v1/sources").json()["sources"])
