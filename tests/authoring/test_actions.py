"""Drafts and publishing: nobody's text is lost, nothing broken is served, and each centre has its own."""

from datetime import timedelta
from typing import Any

import pytest

from api.authoring import actions, queries, reading
from api.authoring.actions import MOST_DRAFTS, NotReady, Seen
from api.authoring.rules import Change
from api.errors import Conflict, Forbidden, Invalid, NotFound
from api.library import queries as library
from api.library.markdown import MAX_BYTES
from api.scenarios import actions as playing
from api.scenarios import queries as runs
from tests.authoring.writing import (
    CALL,
    EXAMPLE,
    MORE_TRUST,
    NEW,
    OTHER_WAY,
    TYPO,
    changed,
    desk_of,
    publish,
    published,
    save,
    seen_of,
)
from tests.conftest import NOW, TODAY, House
from tests.stored import rows

OTHER = "trainer@other.example"
NO_HEADER = {"da": "Ikke engang en overskrift", "en": ""}


def served_title(house: House, who: str, key: str = CALL) -> str:
    actor = house.actor(who)

    def look(db: Any) -> str:
        return library.scenario(db, library.current_unit(db, key, actor.centre_id).revision_id, "da").title

    return str(house.read(look))


@pytest.mark.parametrize("who", ["learner", "manager", "safety"])
def test_only_trainers_and_administrators_write(who: str, house: House) -> None:
    actor = house.actor(who)
    for work, arguments in (
        (actions.save, (CALL, EXAMPLE, Seen(0), NOW)),
        (actions.begin, (NEW, NOW)),
        (actions.take_in, (NEW, "da", "x", None, NOW)),
        (actions.discard, (CALL,)),
        (actions.use_shared, (CALL,)),
        (actions.publish, (CALL, 1, reading.inspect(CALL, EXAMPLE), Change.TYPO, NOW)),
    ):
        with pytest.raises(Forbidden):
            house.write(work, actor, *arguments)


def test_a_draft_is_kept_however_unfinished_and_serves_nobody(house: House) -> None:
    before = served_title(house, "trainer")
    version = save(house, NO_HEADER)
    desk = desk_of(house)
    assert (desk.texts, desk.version, desk.saved_by) == (NO_HEADER, version, "Tove Kragh")
    assert served_title(house, "trainer") == before
    with pytest.raises(NotReady) as refused:
        publish(house)
    assert {one.rule for one in refused.value.findings} >= {"header"}
    assert served_title(house, "trainer") == before
    assert desk_of(house).texts == NO_HEADER


def test_the_same_texts_again_change_nothing(house: House) -> None:
    version = save(house, EXAMPLE, NEW)
    assert house.write(actions.save, house.actor("trainer"), NEW, EXAMPLE, Seen(0), NOW) == version
    assert desk_of(house, NEW).version == version


def test_two_authors_at_once_lose_nothing(house: House) -> None:
    before = desk_of(house)
    hers, his = changed(before.texts, TYPO), changed(before.texts, ("Hvad bilder I", "Hvad tror I"))
    house.write(actions.save, house.actor("trainer"), CALL, hers, seen_of(before), NOW)
    with pytest.raises(Conflict) as refused:
        house.write(actions.save, house.actor("admin"), CALL, his, seen_of(before), NOW)
    assert refused.value.first.values == {"name": "Tove Kragh"}
    assert desk_of(house).texts == hers
    house.write(actions.save, house.actor("admin"), CALL, his, seen_of(desk_of(house)), NOW)
    assert desk_of(house).saved_by == "Anders Vind"


def test_what_was_published_or_thrown_away_meanwhile_is_not_written_over(house: House) -> None:
    author = house.actor("admin")
    begun = desk_of(house)
    published(house, changed(begun.texts, TYPO), change=Change.TYPO)
    with pytest.raises(Conflict):  # from before the other's publishing, which left no draft
        house.write(actions.save, author, CALL, EXAMPLE, seen_of(begun), NOW)
    save(house, NO_HEADER)
    drafted = desk_of(house)
    house.write(actions.discard, author, CALL)
    with pytest.raises(Conflict):
        house.write(actions.save, author, CALL, EXAMPLE, seen_of(drafted), NOW)
    house.clock.pass_by(seconds=2)
    house.write(actions.save, author, CALL, changed(begun.texts, TYPO), Seen(0), NOW + timedelta(seconds=2))
    with pytest.raises(Conflict):  # another draft than the one that was read, whatever its number
        house.write(actions.save, author, CALL, EXAMPLE, seen_of(drafted), NOW)


def test_names_and_sizes_are_looked_at(house: House) -> None:
    author = house.actor("trainer")
    for name in ("Stort", "a b", "../x", "", "x" * 61, "a--b"):
        with pytest.raises(Invalid):
            house.write(actions.save, author, name, EXAMPLE, Seen(0), NOW)
    with pytest.raises(Invalid) as lesson:
        house.write(actions.save, author, "1-1-right-and-net", EXAMPLE, Seen(0), NOW)
    assert lesson.value.first.field == "key"
    with pytest.raises(Invalid) as large:
        house.write(actions.save, author, NEW, {"da": "æ" * MAX_BYTES, "en": ""}, Seen(0), NOW)
    assert large.value.first.field == "da"
    with pytest.raises(NotFound):
        desk_of(house, NEW)


def test_drafts_have_an_end(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_DRAFTS >= 50
    monkeypatch.setattr(actions, "MOST_DRAFTS", 2)
    save(house, EXAMPLE, NEW)
    save(house, EXAMPLE, "s18-the-letter")
    with pytest.raises(Conflict):
        save(house, EXAMPLE, "s19-the-door")
    save(house, NO_HEADER, NEW)  # one there already goes on


def test_a_new_call_begins_whole(house: House) -> None:
    author = house.actor("trainer")
    house.write(actions.begin, author, NEW, NOW)
    assert desk_of(house, NEW).texts == {one: text.replace("S17", '"S17"') for one, text in EXAMPLE.items()}
    assert house.read(queries.candidate, author, NEW).findings == []
    publish(house, NEW)
    assert served_title(house, "trainer", NEW) == "Et nyt kald"
    for taken in (NEW, CALL):
        with pytest.raises(Invalid):
            house.write(actions.begin, author, taken, NOW)
    save(house, EXAMPLE, "s18-the-letter")
    with pytest.raises(Invalid):
        house.write(actions.begin, author, "s18-the-letter", NOW)
    with pytest.raises(NotFound):
        served_title(house, OTHER, NEW)


def test_files_are_taken_in_one_language_at_a_time(house: House) -> None:
    author = house.actor("trainer")
    house.write(actions.take_in, author, NEW, "da", EXAMPLE["da"], None, NOW)
    assert desk_of(house, NEW).texts == {"da": EXAMPLE["da"], "en": ""}
    house.write(actions.take_in, author, NEW, "en", EXAMPLE["en"], None, NOW)
    assert desk_of(house, NEW).texts == EXAMPLE
    house.write(actions.take_in, author, NEW, "en", EXAMPLE["en"], None, NOW)  # the same once more
    with pytest.raises(Conflict):
        house.write(actions.take_in, author, NEW, "en", "other", None, NOW)
    house.write(actions.take_in, author, NEW, "en", "other", seen_of(desk_of(house, NEW)), NOW)
    assert desk_of(house, NEW).texts["en"] == "other"


def test_a_file_of_a_served_call_stands_beside_its_other_language(house: House) -> None:
    author, before = house.actor("trainer"), desk_of(house).texts
    house.write(actions.take_in, author, CALL, "da", EXAMPLE["da"], None, NOW)
    assert desk_of(house).texts == {"da": EXAMPLE["da"], "en": before["en"]}


def test_a_centre_has_its_own_version_and_the_other_centre_never_sees_it(house: House) -> None:
    before = desk_of(house)
    published(
        house, changed(before.texts, ("title: Regningen, der ikke passer", "title: Vores regning")), change=Change.TYPO
    )
    assert served_title(house, "trainer") == "Vores regning"
    assert served_title(house, OTHER) == "Regningen, der ikke passer"
    assert desk_of(house).own
    other = desk_of(house, who=OTHER)
    assert not other.own
    assert other.texts == before.texts
    assert [one.centre_id for one in other.revisions] == [None]
    assert [one.change for one in desk_of(house).revisions] == ["typo", None]
    assert desk_of(house).revisions[0].published_by == "Tove Kragh"


def test_drafts_are_the_centres_own(house: House) -> None:
    save(house, EXAMPLE, NEW)
    with pytest.raises(NotFound):
        desk_of(house, NEW, OTHER)
    save(house, NO_HEADER)
    assert desk_of(house, who=OTHER).version == 0


@pytest.mark.parametrize(
    ("pair", "too_small"),
    [(MORE_TRUST, [Change.TYPO]), (OTHER_WAY, [Change.TYPO, Change.MATERIAL])],
)
def test_a_class_smaller_than_the_change_is_refused(
    pair: tuple[str, str], too_small: list[Change], house: House
) -> None:
    published(house, EXAMPLE, NEW)
    save(house, changed(EXAMPLE, pair), NEW)
    for change in too_small:
        with pytest.raises(Invalid) as refused:
            publish(house, NEW, change)
        assert refused.value.first.field == "change"
    larger = [one for one in Change if one not in too_small]
    publish(house, NEW, larger[0])
    assert desk_of(house, NEW).texts == changed(EXAMPLE, pair)


def test_what_is_published_is_what_was_looked_at(house: House) -> None:
    author = house.actor("trainer")
    with pytest.raises(Conflict):  # nothing changed
        house.write(actions.publish, author, CALL, 0, reading.inspect(CALL, desk_of(house).texts), Change.TYPO, NOW)
    version = save(house, EXAMPLE, NEW)
    looked_at = house.read(queries.candidate, author, NEW)
    save(house, changed(EXAMPLE, MORE_TRUST), NEW, "admin")
    for number in (version, desk_of(house, NEW).version):
        with pytest.raises(Conflict):
            house.write(actions.publish, author, NEW, number, looked_at, Change.STRUCTURAL, NOW)
    with pytest.raises(NotFound):
        served_title(house, "trainer", NEW)


def test_publishing_takes_the_draft_away_and_the_same_text_is_the_same_revision(house: House) -> None:
    first = published(house, EXAMPLE, NEW)
    assert desk_of(house, NEW).version == 0
    second = published(house, changed(EXAMPLE, MORE_TRUST), NEW)
    assert published(house, EXAMPLE, NEW) == first != second
    assert len(desk_of(house, NEW).revisions) == 2


def test_who_has_begun_goes_on_with_the_text_she_began_with(house: House, database_url: str) -> None:
    learner = house.actor("learner")
    run = house.write(playing.begin, learner, CALL, "", TODAY, NOW)
    house.write(playing.move, learner, CALL, run.attempt.id, 1, 2, TODAY, NOW)
    assert [one.name for one in desk_of(house).mid_run] == ["Nadia Lind"]
    assert desk_of(house, who=OTHER).mid_run == []
    stood = house.read(runs.current_run, learner, CALL, TODAY)
    before = rows(database_url, "move", "attempt", "progress")
    published(
        house, changed(desk_of(house).texts, ("(#three-matters) {.good trust=+15", "(#raised-voice) {.good trust=+10"))
    )
    assert rows(database_url, "move", "attempt", "progress") == before
    again = house.read(runs.current_run, learner, CALL, TODAY)
    assert again.attempt == stood.attempt
    assert (again.call.moment, again.call.stood, again.call.turns) == (
        stood.call.moment,
        stood.call.stood,
        stood.call.turns,
    )
    went_on = house.write(playing.move, learner, CALL, run.attempt.id, 2, 1, TODAY, NOW)
    assert went_on.call.moment.id == "looking-up"
    fresh = house.write(playing.begin, house.actor("trainer"), CALL, "", TODAY, NOW)
    assert fresh.call.scenario.moment("opening").choices[1].to == "raised-voice"


def test_what_is_thrown_away_is_gone_once(house: House) -> None:
    author = house.actor("trainer")
    save(house, EXAMPLE, NEW)
    house.write(actions.discard, author, NEW)
    with pytest.raises(NotFound):
        house.write(actions.discard, author, NEW)
    for _time in range(2):
        house.write(actions.discard, author, CALL)  # nothing to throw away, and what is served stays


def test_everybodys_version_can_be_gone_back_to(house: House) -> None:
    before = desk_of(house).texts
    published(house, changed(before, TYPO), change=Change.TYPO)
    save(house, NO_HEADER)
    house.write(actions.use_shared, house.actor("trainer"), CALL)
    desk = desk_of(house)
    assert not desk.own
    assert desk.texts == NO_HEADER  # the draft stays
    house.write(actions.discard, house.actor("trainer"), CALL)
    assert desk_of(house).texts == before
    assert len(desk_of(house).revisions) == 2
    published(house, EXAMPLE, NEW)
    with pytest.raises(Conflict):
        house.write(actions.use_shared, house.actor("trainer"), NEW)
