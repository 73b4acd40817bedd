"""Setting the card, signing our line, having read it: who may, what is stored, and what happens twice."""

from typing import Any

import pytest
from sqlalchemy import delete

from api.errors import Conflict, Forbidden, Invalid, NotFound
from api.library import lint
from api.library.actions import publish
from api.people import queries as people
from api.readiness import actions, queries
from api.readiness.rules import Contact, Numbers, Post, TeamCount
from api.readiness.tables import CardSetting, LineAcknowledgement, LineSignature
from api.statements import Command
from tests.conftest import CONTENT, House
from tests.conftest import NOW as THEN
from tests.rows import everything, rows

LEADER = Contact("Vagtlederen", "12 34 56 78", "7-22")
OTHER = "manager@other.example"


def set_numbers(house: House, numbers: Numbers, *, is_open: bool = False, who: str = "admin") -> None:
    house.write(lambda db: actions.set_contacts(db, house.actor(who), numbers, is_open=is_open))


def numbers_of(house: House, who: str = "learner") -> Numbers:
    found = house.read(queries.card, house.actor(who)).numbers
    assert isinstance(found, Numbers)
    return found


def token_of(house: House, who: str = "learner") -> str | None:
    found: str | None = house.read(queries.setting, house.actor(who)).token
    return found


def line(house: House, who: str = "learner") -> queries.LinePage:
    found = house.read(queries.our_line, house.actor(who))
    assert isinstance(found, queries.LinePage)
    return found


def sign(house: House, who: str = "manager", revision: str = "") -> str:
    return str(house.write(actions.sign_line, house.actor(who), revision or line(house, who).current, house.clock()))


def read_it(house: House, who: str, signature: str) -> None:
    house.write(actions.acknowledge_line, house.actor(who), signature, house.clock())


def new_text(house: House) -> None:
    """Our line is published with other words."""
    files = lint.load(CONTENT)
    for language in ("da", "en"):
        path = f"cards/our-line.{language}.md"
        files = {**files, path: files[path].replace(b"\n\n## ", b" NYT.\n\n## ", 1)}
    candidates, _loose = lint.inspect({path: raw for path, raw in files.items() if "our-line" in path})
    assert house.write(publish, candidates, house.clock()).changed == ["our-line"]


@pytest.mark.parametrize("who", ["learner", "trainer", "manager", "safety"])
def test_only_administrators_set_the_card(who: str, house: House) -> None:
    before = everything(house)
    with pytest.raises(Forbidden):
        set_numbers(house, Numbers({}), who=who)
    for work in (actions.renew_link, queries.settings):
        with pytest.raises(Forbidden):
            house.write(work, house.actor(who))
    assert everything(house) == before


def test_what_is_set_stands_on_the_card_of_that_centre_alone(house: House) -> None:
    others = numbers_of(house, OTHER)
    given = {post: Contact(f"{post} på vagt", "12 34 56 78", "altid") for post in Post}
    set_numbers(house, Numbers(given, " Vej  1 "))
    assert numbers_of(house) == Numbers(given, "Vej 1")
    assert house.read(people.on_call, house.actor("learner"))[1:] == given[Post.ON_CALL]
    assert numbers_of(house, OTHER) == others
    set_numbers(house, Numbers({Post.LEADER: LEADER}))
    assert numbers_of(house) == Numbers({Post.ON_CALL: Contact(), Post.LEADER: LEADER})


def test_what_cannot_be_rung_is_refused_whole(house: House) -> None:
    before = everything(house)
    with pytest.raises(Invalid) as refused:
        set_numbers(
            house, Numbers({Post.LEADER: LEADER, Post.REP: Contact("Eva", "?"), Post.CRISIS: Contact("", "123")})
        )
    assert [problem.field for problem in refused.value.problems] == ["crisis.name", "rep.phone"]
    assert everything(house) == before


def test_the_open_card_has_an_address_that_can_be_closed_and_renewed(house: House) -> None:
    assert token_of(house) is None
    with pytest.raises(Conflict):
        house.write(actions.renew_link, house.actor("admin"))
    set_numbers(house, Numbers({}, "Vej 1"), is_open=True)
    first = token_of(house)
    assert first is not None
    assert len(first) == 43
    set_numbers(house, Numbers({}, "Vej 2"), is_open=True)
    assert token_of(house) == first, "saving something else keeps the address"
    assert house.read(queries.open_card, first, "da").numbers.address == "Vej 2"
    second = house.write(actions.renew_link, house.actor("admin"))
    assert second != first
    assert house.read(queries.open_card, second, "en").numbers.address == "Vej 2"
    set_numbers(house, Numbers({}, "Vej 2"))
    for gone in (first, second, ""):
        with pytest.raises(NotFound):
            house.read(queries.open_card, gone, "da")
    assert [row.token for row in rows(house, CardSetting, centre_id=house.actor("admin").centre_id)] == [None]
    set_numbers(house, Numbers({}), is_open=True)
    assert token_of(house) not in (None, first, second)


@pytest.mark.parametrize("who", ["learner", "trainer", "safety", "admin"])
def test_only_leaders_sign(who: str, house: House) -> None:
    before = everything(house)
    with pytest.raises(Forbidden):
        sign(house, who)
    assert everything(house) == before


def test_a_signature_names_who_when_and_which_text_and_comes_once(house: House) -> None:
    new_text(house)
    house.clock.pass_by(hours=1)
    signature = sign(house)
    assert sign(house) == signature, "pressed twice, signed once"
    [row] = rows(house, LineSignature, id=signature)
    assert (row.signed_by, row.signed_at) == (house.actor("manager").id, house.clock())
    assert row.revision_id == line(house).current
    house.clock.pass_by(hours=1)
    again = sign(house, "other-manager")
    assert again != signature
    assert line(house).signature is not None
    assert line(house).signature.id == again  # type: ignore[union-attr]


def test_nobody_signs_a_text_that_has_changed_meanwhile(house: House) -> None:
    seen = line(house, "manager").current
    new_text(house)
    before = everything(house)
    with pytest.raises(Conflict):
        sign(house, revision=seen)
    assert everything(house) == before


def test_a_newer_text_is_shown_to_leaders_and_the_signed_one_to_everybody_else(house: House) -> None:
    new_text(house)
    hers, his = line(house), line(house, "manager")
    assert ((hers.shown.signed, hers.shown.to_sign), (his.shown.signed, his.shown.to_sign)) == (
        (True, False),
        (False, True),
    )
    assert "NYT" not in hers.card.intro + "".join(part.html for part in hers.parts)
    assert "NYT" in his.card.intro + "".join(part.html for part in his.parts)
    assert any("Mads Thorup" in part.html for part in hers.parts)
    assert not any("Mads Thorup" in part.html for part in his.parts), "he has not signed these words"
    sign(house)
    assert "NYT" in line(house).card.intro


def unsigned_house(house: House) -> None:
    def forget(db: Any) -> None:
        for table in (LineAcknowledgement, LineSignature):
            db.run(Command(delete(table)))

    house.write(forget)


def test_without_a_signature_there_is_nothing_to_confirm(house: House) -> None:
    unsigned_house(house)
    page = line(house)
    assert (page.signature, page.read_on, page.shown.signed) == (None, None, False)
    assert not any("{" in part.html for part in page.parts)
    with pytest.raises(Conflict):
        read_it(house, "learner", "x")
    assert house.read(queries.standing, house.actor("manager")) == []


def test_it_is_read_once_for_each_signature_and_asked_again_after_a_new_one(house: House) -> None:
    first = line(house).signature
    assert first is not None
    assert line(house).read_on is None
    read_it(house, "learner", first.id)
    house.clock.pass_by(days=1)
    read_it(house, "learner", first.id)
    mine = rows(house, LineAcknowledgement, signature_id=first.id, person_id=house.actor("learner").id)
    assert [row.acknowledged_at for row in mine] == [THEN]
    assert line(house).read_on == THEN.date()
    new_text(house)
    second = sign(house)
    assert line(house).read_on is None
    with pytest.raises(Conflict):
        read_it(house, "learner", first.id)
    with pytest.raises(Conflict):
        read_it(house, OTHER, second)
    read_it(house, "learner", second)
    assert len(rows(house, LineAcknowledgement, person_id=house.actor("learner").id)) == 2


def test_managers_see_who_has_not_and_the_safety_representative_how_many(house: House) -> None:
    [north] = house.read(queries.standing, house.actor("manager"))
    assert north.team == TeamCount("Team Nord", 10, 5)
    assert north.missing is not None
    assert len(north.missing) == 5
    assert "Nadia Lind" in north.missing
    signature = line(house).signature
    assert signature is not None
    read_it(house, "learner", signature.id)
    read_it(house, "manager", signature.id)  # of no team
    [north] = house.read(queries.standing, house.actor("manager"))
    assert north.team == TeamCount("Team Nord", 10, 6)
    [south] = house.read(queries.standing, house.actor("other-manager"))
    assert (south.team, south.missing) == (TeamCount("Team Syd", 2, 0), ["Noor Haddad", "Selma Dahl"])
    assert house.read(queries.standing, house.actor("safety")) == [(TeamCount("Team Nord", 10, 6), None)]
    for who in ("learner", "trainer", "admin"):
        with pytest.raises(Forbidden):
            house.read(queries.standing, house.actor(who))
