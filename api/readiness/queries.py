"""The card with a centre's numbers in it, our line as it was signed, and who has read it."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam, func
from sqlmodel import col

from api.database import Db
from api.errors import NotFound
from api.library import queries as library
from api.library.values import Card, CardPart
from api.people import queries as people
from api.people.queries import Named
from api.people.rules import Act, Actor, demand, may
from api.people.tables import Person, Team
from api.plans.rules import local_day
from api.readiness import rules
from api.readiness.rules import Contact, Numbers, Post, Shown, TeamCount
from api.readiness.tables import CardContact, CardSetting, LineAcknowledgement, LineSignature
from api.statements import Query, select
from api.words import _, plain_date, words

CARD, LINE = "readiness-card", "our-line"
MOST_NAMES = 50


class ContactRow(NamedTuple):
    post: str
    name: str
    phone: str
    hours: str


class SettingRow(NamedTuple):
    centre_id: str
    address: str
    token: str | None


class Signature(NamedTuple):
    id: str
    revision_id: str
    signed_by: str
    signer: str
    signed_at: datetime


class Read(NamedTuple):
    acknowledged_at: datetime


CONTACTS = Query(
    select(CardContact.post, CardContact.name, CardContact.phone, CardContact.hours).where(
        col(CardContact.centre_id) == bindparam("centre_id")
    ),
    ContactRow,
)
_setting = select(CardSetting.centre_id, CardSetting.address, CardSetting.token)
SETTING = Query(_setting.where(col(CardSetting.centre_id) == bindparam("centre_id")), SettingRow)
BY_TOKEN = Query(_setting.where(col(CardSetting.token) == bindparam("token")), SettingRow)
NEWEST = Query(
    select(LineSignature.id, LineSignature.revision_id, LineSignature.signed_by, Person.name, LineSignature.signed_at)
    .join_from(LineSignature, Person, col(Person.id) == col(LineSignature.signed_by))
    .where(col(LineSignature.centre_id) == bindparam("centre_id"))
    .order_by(col(LineSignature.signed_at).desc(), col(LineSignature.id).desc())
    .limit(1),
    Signature,
)
MINE = Query(
    select(LineAcknowledgement.acknowledged_at).where(
        col(LineAcknowledgement.signature_id) == bindparam("signature_id"),
        col(LineAcknowledgement.person_id) == bindparam("person_id"),
    ),
    Read,
)
_has_read = and_(
    col(LineAcknowledgement.person_id) == col(Person.id),
    col(LineAcknowledgement.signature_id) == bindparam("signature_id"),
)
_counted = (
    select(Team.name, func.count(col(Person.id)), func.count(col(LineAcknowledgement.person_id)))
    .join_from(Team, Person, col(Person.team_id) == col(Team.id))
    .join(LineAcknowledgement, _has_read, isouter=True)
    .group_by(col(Team.id), col(Team.name))
    .order_by(col(Team.name), col(Team.id))
)
TEAMS = Query(_counted.where(col(Team.centre_id) == bindparam("centre_id")), TeamCount)
ONE_TEAM = Query(_counted.where(col(Team.id) == bindparam("team_id")), TeamCount)
NOT_YET = Query(
    select(Person.id, Person.name)
    .join_from(Person, LineAcknowledgement, _has_read, isouter=True)
    .where(col(Person.team_id) == bindparam("team_id"), col(LineAcknowledgement.person_id).is_(None))
    .order_by(col(Person.name), col(Person.id))
    .limit(bindparam("limit")),
    Named,
)


class Filled(NamedTuple):
    """One part of a card as its reader sees it."""

    part: CardPart
    html: str


class CardPage(NamedTuple):
    centre: str
    card: Card
    parts: list[Filled]
    numbers: Numbers
    token: str | None


class Settings(NamedTuple):
    """What the administrator may change. `token`: the end of the address without signing in, when it is open."""

    numbers: Numbers
    token: str | None


class TeamStanding(NamedTuple):
    """`missing`: the first names of who has not read it, for their own manager; None for who sees numbers alone."""

    team: TeamCount
    missing: list[str] | None


class LinePage(NamedTuple):
    """Our line for one reader. `signature` is the newest, which may stand under an older text; `current` is the newest text."""

    card: Card
    parts: list[Filled]
    shown: Shown
    current: str
    signature: Signature | None
    read_on: date | None


def _numbers(db: Db, centre_id: str) -> tuple[str, Settings]:
    """The centre's name, and what it has set."""
    on_call = db.one(people.ON_CALL, centre_id=centre_id) or people.OnCall("", "", "", "")
    contacts = {Post.ON_CALL: Contact(on_call.name, on_call.phone, on_call.hours)}
    for row in db.all(CONTACTS, centre_id=centre_id):
        contacts[Post(row.post)] = Contact(row.name, row.phone, row.hours)
    found = _of_centre(db, centre_id)
    return on_call.centre, Settings(Numbers(contacts, found.address), found.token)


def _of_centre(db: Db, centre_id: str) -> SettingRow:
    return db.one(SETTING, centre_id=centre_id) or SettingRow(centre_id, "", None)


def setting(db: Db, actor: Actor) -> SettingRow:
    """What the asker's centre says on its card beside the contacts."""
    return _of_centre(db, actor.centre_id)


def settings(db: Db, actor: Actor) -> Settings:
    demand(actor, Act.SET_CARD)
    return _numbers(db, actor.centre_id)[1]


def card(db: Db, actor: Actor) -> CardPage:
    """The card of the asker's centre."""
    return _card(db, actor.centre_id, actor.language)


def open_card(db: Db, token: str, language: str) -> CardPage:
    """The card of the centre that has opened it under this address, for whoever has it."""
    opened = db.one(BY_TOKEN, token=token)
    if opened is None:
        raise NotFound(_("This card is not here any longer. Ask your leader for the new address; in danger, ring 112."))
    return _card(db, opened.centre_id, language)


def _card(db: Db, centre_id: str, language: str) -> CardPage:
    centre, set_up = _numbers(db, centre_id)
    found = library.card(db, library.current_card(db, CARD).revision_id, language)
    places = rules.fillings(set_up.numbers, words(language).gettext)
    parts = [Filled(part, rules.filled(part.html, places)) for part in found.parts]
    return CardPage(centre, found, parts, set_up.numbers, set_up.token)


def newest_signature(db: Db, actor: Actor) -> Signature | None:
    """The signature that counts at the asker's centre."""
    return db.one(NEWEST, centre_id=actor.centre_id)


def our_line(db: Db, actor: Actor) -> LinePage:
    """Our line as it was signed; unsigned, the newest text. A leader is shown a newer text, to sign it."""
    signature = newest_signature(db, actor)
    current = library.current_card(db, LINE).revision_id
    signed = signature.revision_id if signature else None
    shown = rules.shown_line(signed, current, may_sign=may(actor, Act.SIGN_LINE))
    found = library.card(db, shown.revision_id, actor.language)
    read = db.one(MINE, signature_id=signature.id, person_id=actor.id) if signature else None
    parts = [
        Filled(part, _line_text(part, signature if shown.signed else None, actor.language)) for part in found.parts
    ]
    read_on = local_day(read.acknowledged_at) if read else None
    return LinePage(found, parts, shown, current, signature, read_on)


def _line_text(part: CardPart, signature: Signature | None, language: str) -> str:
    if signature is None:
        return rules.filled(rules.unsigned(part.html), {})
    signed_on = plain_date(local_day(signature.signed_at), language)
    return rules.filled(part.html, rules.signature_places(signature.signer, signed_on))


def standing(db: Db, actor: Actor) -> list[TeamStanding]:
    """How many have read the signed line: the own teams with who has not; or, without names, the centre's teams."""
    demand(actor, Act.SEE_LINE)
    signature = newest_signature(db, actor)
    if signature is None:
        return []
    if not may(actor, Act.SEE_TEAM):
        counts = db.all(TEAMS, centre_id=actor.centre_id, signature_id=signature.id)
        return [TeamStanding(count, None) for count in rules.without_names(counts)]
    found = []
    for team in people.led_teams(db, actor):
        count = db.one(ONE_TEAM, team_id=team.id, signature_id=signature.id) or TeamCount(team.name, 0, 0)
        missing = db.all(NOT_YET, team_id=team.id, signature_id=signature.id, limit=MOST_NAMES)
        found.append(TeamStanding(count, [one.name for one in missing]))
    return found
