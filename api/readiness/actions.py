"""Setting the card's numbers, signing our line, and having read it."""

import secrets
from datetime import datetime

from sqlalchemy import bindparam, delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from api.database import Db
from api.errors import Conflict, Invalid
from api.ids import new_id
from api.library import queries as library
from api.people.rules import Act, Actor, demand
from api.people.tables import Centre
from api.readiness import queries, rules
from api.readiness.rules import Numbers, Post
from api.readiness.tables import CardContact, CardSetting, LineAcknowledgement, LineSignature
from api.statements import Command
from api.words import _

SET_ON_CALL = Command(
    update(Centre)
    .where(col(Centre.id) == bindparam("centre"))
    .values(on_call_name=bindparam("name"), on_call_phone=bindparam("phone"), on_call_hours=bindparam("hours"))
)
_contact = insert(CardContact).values(
    centre_id=bindparam("centre_id"),
    post=bindparam("post"),
    name=bindparam("name"),
    phone=bindparam("phone"),
    hours=bindparam("hours"),
)
SET_CONTACT = Command(
    _contact.on_conflict_do_update(
        index_elements=["centre_id", "post"],
        set_={name: _contact.excluded[name] for name in ("name", "phone", "hours")},
    )
)
FORGET_CONTACT = Command(
    delete(CardContact).where(
        col(CardContact.centre_id) == bindparam("centre_id"), col(CardContact.post) == bindparam("post")
    )
)
_setting = insert(CardSetting).values(
    centre_id=bindparam("centre_id"), address=bindparam("address"), token=bindparam("token")
)
SET_SETTING = Command(
    _setting.on_conflict_do_update(
        index_elements=["centre_id"],
        set_={"address": _setting.excluded.address, "token": _setting.excluded.token},
    )
)
_read = insert(LineAcknowledgement).values(
    signature_id=bindparam("signature_id"), person_id=bindparam("person_id"), acknowledged_at=bindparam("at")
)
HAVE_READ = Command(_read.on_conflict_do_nothing(index_elements=["signature_id", "person_id"]))


def set_contacts(db: Db, actor: Actor, wish: Numbers, *, is_open: bool) -> None:
    """Everything the card names. Opening it makes a new address; the old one never works again."""
    demand(actor, Act.SET_CARD)
    numbers = rules.tidied(wish)
    wrongs = rules.wrongs(numbers)
    if wrongs:
        raise Invalid.of(wrongs)
    on_call = numbers.of(Post.ON_CALL)
    db.run(SET_ON_CALL, centre=actor.centre_id, **on_call._asdict())
    for post in Post:
        contact = numbers.of(post)
        if post is not Post.ON_CALL:
            place = {"centre_id": actor.centre_id, "post": post.value}
            if contact.phone:
                db.run(SET_CONTACT, **place, **contact._asdict())
            else:
                db.run(FORGET_CONTACT, **place)
    token = (queries.setting(db, actor).token or _new_token()) if is_open else None
    db.run(SET_SETTING, centre_id=actor.centre_id, address=numbers.address, token=token)


def renew_link(db: Db, actor: Actor) -> str:
    """A new address for the card without signing in; the old one stops at once."""
    demand(actor, Act.SET_CARD)
    setting = queries.setting(db, actor)
    if setting.token is None:
        raise Conflict(_("The card is not open without signing in. Tick that first, and save."))
    token = _new_token()
    db.run(SET_SETTING, centre_id=actor.centre_id, address=setting.address, token=token)
    return token


def _new_token() -> str:
    return secrets.token_urlsafe(32)


def sign_line(db: Db, actor: Actor, revision_id: str, now: datetime) -> str:
    """A leader signs the text she has read, for the centre; the signature's id. Pressing twice signs once."""
    demand(actor, Act.SIGN_LINE)
    if library.current_card(db, queries.LINE).revision_id != revision_id:
        raise Conflict(_("The text has changed since you opened it. Read it again, then sign."))
    newest = queries.newest_signature(db, actor)
    if newest is not None and (newest.revision_id, newest.signed_by) == (revision_id, actor.id):
        return newest.id
    signature = LineSignature(
        id=new_id(), centre_id=actor.centre_id, revision_id=revision_id, signed_by=actor.id, signed_at=now
    )
    db.add(signature)
    return signature.id


def acknowledge_line(db: Db, actor: Actor, signature_id: str, now: datetime) -> None:
    """That she has read what that signature stands under. Once; again is the same."""
    newest = queries.newest_signature(db, actor)
    if newest is None:
        raise Conflict(_("Your leader has not signed our line yet, so there is nothing to confirm."))
    if newest.id != signature_id:
        raise Conflict(_("Our line has been signed anew since you opened it. Read it again, then confirm."))
    db.run(HAVE_READ, signature_id=signature_id, person_id=actor.id, at=now)
