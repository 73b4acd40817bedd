"""What a card says where a number is given, and where none is; and whose numbers a team's reader may see. Pure."""

import html
import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from api.errors import Problem
from api.people.rules import dialled
from api.words import _

# Short enough for the wallet card.
LONGEST_NAME, LONGEST_PHONE, LONGEST_HOURS, LONGEST_ADDRESS = 60, 40, 60, 120
PHONE = re.compile(r"\+?[\d ()./-]*\d[\d ()./-]*")
FEWEST_DIGITS, MOST_DIGITS = 3, 15
EMERGENCY = re.compile(r"\b112\b")
PLACE = re.compile(r"\{(\w+)\}")
TAG = re.compile(r"(<[^>]*>)")
SIGNED_LINE = re.compile(r"<p>[^<]*\{leader_name\}[^<]*</p>")
# A smaller group is a person one knows.
FEWEST_SHOWN = 5
Say = Callable[[str], str]


class Post(StrEnum):
    """Whom the card names. The word is also the place in its text."""

    ON_CALL = "on_call"
    LEADER = "leader"
    CRISIS = "crisis"
    REP = "rep"


class Contact(NamedTuple):
    name: str = ""
    phone: str = ""
    hours: str = ""


class Numbers(NamedTuple):
    """Everything a centre fills in on its card."""

    contacts: Mapping[Post, Contact]
    address: str = ""

    def of(self, post: Post) -> Contact:
        return self.contacts.get(post, Contact())


POST_WORDS = {
    Post.ON_CALL: _("The on-call leader"),
    Post.LEADER: _("The leader of the centre"),
    Post.CRISIS: _("The crisis psychologist"),
    Post.REP: _("The work-environment representative"),
}
# Said to whoever reads the card and needs the number now: what to do instead.
MISSING = {
    Post.ON_CALL: _("Your centre has not given this number. Ring your own leader; in danger, 112."),
    Post.LEADER: _("Your centre has not given this number. Ring the on-call leader again; in danger, 112."),
    Post.CRISIS: _(
        "Your centre has not given this number. Ask your leader today, or ring your doctor; in danger, 112."
    ),
    Post.REP: _("Your centre has not given this number. Ask your leader or a colleague who it is."),
}
NO_ADDRESS = _("Your centre has not given its address here. Say the street, the number and the floor you sit on.")


def tidied(numbers: Numbers) -> Numbers:
    """Without space around what was typed."""
    contacts = {post: Contact(*(" ".join(part.split()) for part in numbers.of(post))) for post in Post}
    return Numbers(contacts, " ".join(numbers.address.split()))


def wrongs(numbers: Numbers) -> list[Problem]:
    """What cannot stand on a card, each sentence at its field. An empty contact is allowed: the card says so itself."""
    found = []
    for post in Post:
        contact = numbers.of(post)
        if (contact.name or contact.hours) and not contact.phone:
            found.append(Problem(_("Write the number too, or empty the name and the hours."), f"{post}.phone"))
        if contact.phone and not contact.name:
            found.append(Problem(_("Write who answers, such as a name or a post."), f"{post}.name"))
        if contact.phone and not is_number(contact.phone):
            found.append(
                Problem(_("Write a number that can be rung, with digits and spaces: 12 34 56 78."), f"{post}.phone")
            )
        if len(contact.name) > LONGEST_NAME:
            found.append(Problem(_("This is too long."), f"{post}.name"))
        if len(contact.hours) > LONGEST_HOURS:
            found.append(Problem(_("This is too long."), f"{post}.hours"))
    if len(numbers.address) > LONGEST_ADDRESS:
        found.append(Problem(_("This is too long."), "address"))
    return found


def is_number(phone: str) -> bool:
    """Whether a phone can ring it."""
    digits = sum(letter.isdigit() for letter in phone)
    known = phone.isascii() and PHONE.fullmatch(phone) is not None
    return known and FEWEST_DIGITS <= digits <= MOST_DIGITS and len(phone) <= LONGEST_PHONE


def fillings(numbers: Numbers, say: Say) -> dict[str, str]:
    """HTML for each place of the card: a link that rings, or a sentence that says what to do without it."""
    filled = {post.value: _contact(post, numbers.of(post), say) for post in Post}
    address = html.escape(numbers.address) if numbers.address else _missing(NO_ADDRESS, say)
    return {**filled, "address": f"<strong>{address}</strong>" if numbers.address else address}


def _contact(post: Post, contact: Contact, say: Say) -> str:
    if not contact.phone:
        return _missing(MISSING[post], say)
    name, phone = html.escape(contact.name), html.escape(contact.phone)
    link = f'<a class="ring" href="tel:{dialled(contact.phone)}">{name} <b>{phone}</b></a>'
    return f'{link} <span class="hours">{html.escape(contact.hours)}</span>' if contact.hours else link


def _missing(sentence: str, say: Say) -> str:
    return f'<em class="not-given">{_rung(html.escape(say(sentence)))}</em>'


def _rung(text: str) -> str:
    return EMERGENCY.sub('<a class="ring" href="tel:112"><b>112</b></a>', text)


def filled(text: str, places: Mapping[str, str]) -> str:
    """A part's HTML with its places filled, and 112 rung by a tap wherever it stands."""
    # The card's own text first: what a centre writes (a street number 112) is never rung.
    rung = "".join(piece if piece.startswith("<") else _rung(piece) for piece in TAG.split(text))
    return PLACE.sub(lambda found: places.get(found[1], found[0]), rung)


def signature_places(signer: str, signed_on: str) -> dict[str, str]:
    return {"leader_name": html.escape(signer), "signed_on": html.escape(signed_on)}


def unsigned(text: str) -> str:
    """Our line without its line for a signature, where nobody has signed."""
    return SIGNED_LINE.sub("", text)


class Shown(NamedTuple):
    """Which revision of our line a reader is shown, whether a leader has signed that one, and whether she may sign it now."""

    revision_id: str
    signed: bool
    to_sign: bool


def shown_line(signed: str | None, current: str, *, may_sign: bool) -> Shown:
    """Everybody reads the text that was signed, until a leader, who alone is shown a newer one, has signed that."""
    if signed is None or (signed != current and may_sign):
        return Shown(current, signed=False, to_sign=may_sign)
    return Shown(signed, signed=True, to_sign=False)


class TeamCount(NamedTuple):
    """How many of a team have read the signed line. `name` None: several small teams together."""

    name: str | None
    people: int
    read: int


def without_names(counts: Iterable[TeamCount]) -> list[TeamCount]:
    """Counts for a reader who may not know who: a team under five is added to the other small ones, or left out."""
    whole = list(counts)
    shown = [count for count in whole if count.people >= FEWEST_SHOWN]
    small = [count for count in whole if 0 < count.people < FEWEST_SHOWN]
    together = TeamCount(None, sum(count.people for count in small), sum(count.read for count in small))
    return [*shown, together] if together.people >= FEWEST_SHOWN else shown
