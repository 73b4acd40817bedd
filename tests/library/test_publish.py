"""Publishing: revisions by hash, a broken file leaves the last good one served, and who has begun keeps hers."""

from typing import Any

import pytest

from api.errors import NotFound
from api.lessons import actions as lessons
from api.lessons import queries as desks
from api.library import queries as library
from api.library.tables import CurrentRevision, Revision, RevisionText
from api.library.values import Kind
from tests.conftest import TODAY, House
from tests.course import put_up, small_course
from tests.enrolments.taking import enrol
from tests.rows import everything, rows

CALM = "lessons/practice/calm.da.md"


def edited(old: str, new: str, *paths: str) -> dict[str, str]:
    """The small course with one place changed in one file, or in several."""
    files = small_course()
    for path in paths or (CALM,):
        assert files[path].count(old) == 1, f"{files[path].count(old)} times: {old}"
        files[path] = files[path].replace(old, new)
    return files


def revisions(house: House, key: str, kind: Kind = Kind.LESSON) -> list[Any]:
    return sorted(rows(house, Revision, kind=kind.value, key=key), key=lambda one: int(one.number))


def served(house: House, key: str, kind: Kind = Kind.LESSON) -> str:
    [pointer] = rows(house, CurrentRevision, kind=kind.value, key=key)
    return str(pointer.revision_id)


def title(house: House, key: str = "calm") -> str:
    """The title that somebody new to a lesson is shown."""
    return str(house.read(lambda db: library.lesson(db, library.current_unit(db, key, "").revision_id, "da")).title)


def test_the_first_time_everything_is_published_units_before_plans(house: House) -> None:
    published = put_up(house)
    assert published.findings == []
    assert published.changed == ["after-live", "calm", "meeting", "safe", "short-call", "practice", "short"]
    [only] = revisions(house, "calm")
    assert (only.number, only.published_at) == (1, house.clock())
    assert served(house, "calm") == only.id
    assert [(one.language, one.path) for one in rows(house, RevisionText, revision_id=only.id)] == [
        ("da", CALM),
        ("en", "lessons/practice/calm.en.md"),
    ]


def test_publishing_again_changes_nothing(house: House) -> None:
    put_up(house)
    before = everything(house)
    house.clock.pass_by(days=1)
    assert put_up(house).changed == []
    assert everything(house) == before


def test_a_changed_file_becomes_a_new_revision_and_the_old_one_stays(house: House) -> None:
    put_up(house)
    [first] = revisions(house, "calm")
    house.clock.pass_by(days=1)
    assert put_up(house, edited("title: Ro på", "title: Helt rolig")).changed == ["calm"]
    assert [one.number for one in revisions(house, "calm")] == [1, 2]
    assert revisions(house, "calm")[0] == first
    assert served(house, "calm") == revisions(house, "calm")[1].id
    assert title(house) == "Helt rolig"


def test_an_old_file_published_again_points_back_to_its_revision(house: House) -> None:
    put_up(house)
    put_up(house, edited("title: Ro på", "title: Helt rolig"))
    assert put_up(house).changed == ["calm"]
    assert len(revisions(house, "calm")) == 2
    assert served(house, "calm") == revisions(house, "calm")[0].id
    assert title(house) == "Ro på"
    put_up(house, edited("title: Ro på", "title: Ro igen"))
    assert [one.number for one in revisions(house, "calm")] == [1, 2, 3]


def test_one_language_changed_is_a_new_revision_of_both(house: House) -> None:
    put_up(house)
    assert put_up(house, edited("Hør først.", "Listen.", CALM.replace(".da.", ".en."))).changed == ["calm"]
    newest = revisions(house, "calm")[-1]
    assert len(rows(house, RevisionText, revision_id=newest.id)) == 2


def test_a_changed_module_gives_the_plan_that_takes_it_in_a_new_revision(house: House) -> None:
    put_up(house)
    both = ("lessons/practice/module.da.md", "lessons/practice/module.en.md")
    assert put_up(house, edited("{day=3}", "{day=4}", *both)).changed == ["practice", "short"]


def test_a_broken_file_leaves_the_last_good_revision_served(house: House) -> None:
    put_up(house)
    before = served(house, "calm")
    files = edited("title: Sikker", "title: Helt sikker", "lessons/practice/safe.da.md")
    files[CALM] = edited("- [x] Kunden", "- [~] Kunden")[CALM]
    published = put_up(house, files)
    assert published.changed == ["safe"]
    assert [(one.path, one.line, one.rule) for one in published.findings] == [(CALM, 17, "check-right")]
    assert served(house, "calm") == before
    assert len(revisions(house, "calm")) == 1


def test_a_plan_waits_for_a_unit_that_was_never_good(house: House) -> None:
    published = put_up(house, edited("- [x] Kunden", "- [~] Kunden"))
    assert "calm" not in published.changed
    assert "short" not in published.changed
    assert [(one.path, one.rule) for one in published.findings] == [
        (CALM, "check-right"),
        ("lessons/practice/module.da.md", "not-published"),
        ("plans/short.da.md", "not-published"),
    ]
    assert revisions(house, "short", Kind.PLAN) == []
    with pytest.raises(NotFound):
        title(house)
    assert put_up(house).changed == ["calm", "practice", "short"]


def test_a_mistake_in_a_module_is_told_once(house: House) -> None:
    path = "lessons/practice/module.da.md"
    findings = put_up(house, edited("{day=3}", "{day=0}", path)).findings
    assert [(one.path, one.line, one.rule) for one in findings] == [(path, 9, "offset")]


def test_who_has_begun_keeps_her_revision_and_others_get_the_newest(house: House) -> None:
    put_up(house)
    for name in ("new", "learner"):
        enrol(house, name)
    noor, nadia = house.actor("new"), house.actor("learner")
    house.write(lessons.open_lesson, noor, "calm", TODAY, house.clock())
    put_up(house, edited("title: Ro på", "title: Helt rolig"))
    begun, fresh = (house.read(desks.desk, one, "calm", TODAY) for one in (noor, nadia))
    assert (begun.lesson.title, fresh.lesson.title) == ("Ro på", "Helt rolig")
    assert (begun.access.revision_id, fresh.access.revision_id) == tuple(one.id for one in revisions(house, "calm"))


def test_a_plan_that_changes_leaves_those_who_are_on_it_where_they_are(house: House) -> None:
    put_up(house)
    first = enrol(house, "new")
    put_up(house, edited("week=1", "week=2", "plans/short.da.md", "plans/short.en.md"))
    second = enrol(house, "learner")
    assert first.steps[0].due_on < second.steps[0].due_on
    assert enrol(house, "new", again=True).steps == first.steps


def test_content_that_is_not_there_is_not_found(house: House) -> None:
    put_up(house)
    lesson, plan = served(house, "calm"), served(house, "short", Kind.PLAN)
    for wrong in (
        lambda db: library.document(db, "0" * 26, "da"),
        lambda db: library.scenario(db, lesson, "da"),
        lambda db: library.plan(db, lesson),
        lambda db: library.unit(db, plan, "da"),
        lambda db: library.current_unit(db, "practice", ""),
    ):
        with pytest.raises(NotFound):
            house.read(wrong)


def test_the_lists_say_what_is_published(house: House) -> None:
    put_up(house)
    cards = house.read(library.unit_cards, "en", "")
    assert (cards["meeting"].title, cards["meeting"].attended) == ("Dagen (en)", True)
    assert cards["safe"].attended is False
    assert (cards["short-call"].kind, cards["short-call"].number) == (Kind.SCENARIO, "S9")
    plans = {card.key: card for card in house.read(library.plan_cards, "da")}
    assert (plans["short"].title, plans["short"].units, plans["short"].needs_go_live) == ("Den korte vej", 5, True)
    assert (plans["practice"].kind, plans["practice"].units, plans["practice"].needs_go_live) == (Kind.MODULE, 4, False)


def test_centres_without_a_version_of_their_own_share_one_list(house: House) -> None:
    put_up(house)
    shared = house.read(library.unit_cards, "da", "")
    for number in range(2 * library.MOST_CARDS):
        assert house.read(library.unit_cards, "da", f"centre-{number}") is shared
    assert house.read(library.unit_cards, "da", "") is shared
    assert house.read(library.unit_cards, "en", "centre-1") is house.read(library.unit_cards, "en", "centre-2")
    put_up(house, edited("title: Ro på", "title: Helt rolig"))
    assert house.read(library.unit_cards, "da", "centre-1")["calm"].title == "Helt rolig"


@pytest.mark.parametrize(("key", "kind"), [("short", Kind.PLAN), ("practice", Kind.MODULE)])
def test_a_plan_is_worked_out_once(house: House, key: str, kind: Kind) -> None:
    put_up(house)
    revision = served(house, key, kind)
    first = house.read(library.plan, revision, "da")
    assert house.read(library.plan, revision, "da") is first
    assert house.read(library.plan, revision, "en") is not first
