"""What authors do, for tests: a call changed, saved and published."""

from typing import Any

from api.authoring import actions, queries
from api.authoring.actions import Seen
from api.authoring.queries import Desk, Written
from api.authoring.rules import Change
from api.people.rules import Actor
from tests.conftest import NOW, House

CALL, NEW = "s1-the-bill", "s17-the-parcel"
EXAMPLE = {
    language: (actions.EXAMPLES / f"example.{language}.md").read_text("utf-8").replace("S0", "S17")
    for language in ("da", "en")
}
FIRST_WORDS = {"da": "Pakken skulle være kommet i mandags!", "en": "The parcel was due on Monday!"}


def desk_of(house: House, key: str = CALL, who: str = "trainer") -> Desk:
    found = house.read(queries.desk, house.actor(who), key)
    assert isinstance(found, Desk)
    return found


def seen_of(desk: Desk) -> Seen:
    return Seen(desk.version, desk.revision_id)


def save(house: House, texts: dict[str, str], key: str = CALL, who: str = "trainer") -> Any:
    return house.write(actions.save, house.actor(who), key, texts, seen_of(desk_of_or_none(house, key, who)), NOW)


def desk_of_or_none(house: House, key: str, who: str) -> Desk:
    try:
        return desk_of(house, key, who)
    except Exception as error:
        if type(error).__name__ != "NotFound":
            raise
        nothing = Written(key, {}, 0, None, None, own=False, revision_id="")
        return Desk(**vars(nothing), served=None, begun=0, mid_run=[], revisions=[])


def publish(house: House, key: str = CALL, change: Change = Change.STRUCTURAL, who: str = "trainer") -> Any:
    """Publishes the draft as it stands."""
    actor: Actor = house.actor(who)
    found = house.read(queries.candidate, actor, key)
    return house.write(actions.publish, actor, key, desk_of(house, key, who).version, found, change, NOW)


def published(house: House, texts: dict[str, str], key: str = CALL, change: Change = Change.STRUCTURAL) -> str:
    """Saved and published by the trainer; the revision's id."""
    save(house, texts, key)
    return str(publish(house, key, change))


def changed(texts: dict[str, str], *pairs: tuple[str, str]) -> dict[str, str]:
    """The texts with something put in place of something that is there in both languages, or in one."""
    found = dict(texts)
    for old, new in pairs:
        assert any(old in text for text in found.values()), old
        found = {language: text.replace(old, new, 1) for language, text in found.items()}
    return found


MORE_TRUST = ("{.good trust=+15 act=acknowledge}", "{.good trust=+20 act=acknowledge}")
TYPO = ("249 kroner mere!", "249 kroner mere end sidst!")
# A choice that leads elsewhere.
OTHER_WAY = ("(#agreed) {.tempting trust=-10}", "(#hung-up) {.tempting trust=-10}")
