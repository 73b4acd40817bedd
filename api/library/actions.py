"""Publishing: a changed file becomes a new immutable revision; a broken one leaves the last good revision served."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from api.database import Db
from api.ids import new_id
from api.library.lint import Candidate
from api.library.queries import CURRENT_UNIT
from api.library.tables import CurrentRevision, OwnRevision, Revision, RevisionText, ServedVersion
from api.library.values import Finding, Kind
from api.statements import Command, Query, select


class Known(NamedTuple):
    id: str


class Highest(NamedTuple):
    number: int


BY_DIGEST = Query(
    select(Revision.id).where(
        col(Revision.kind) == bindparam("kind"),
        col(Revision.key) == bindparam("key"),
        col(Revision.digest) == bindparam("digest"),
    ),
    Known,
)
HIGHEST = Query(
    select(func.coalesce(func.max(col(Revision.number)), 0)).where(
        col(Revision.kind) == bindparam("kind"), col(Revision.key) == bindparam("key")
    ),
    Highest,
)
CURRENT_ID = Query(
    select(CurrentRevision.revision_id).where(
        col(CurrentRevision.kind) == bindparam("kind"), col(CurrentRevision.key) == bindparam("key")
    ),
    Known,
)
_point = insert(CurrentRevision).values(
    kind=bindparam("kind"), key=bindparam("key"), revision_id=bindparam("revision_id")
)
POINT = Command(
    _point.on_conflict_do_update(index_elements=["kind", "key"], set_={"revision_id": _point.excluded.revision_id})
)
_point_own = insert(OwnRevision).values(
    centre_id=bindparam("centre_id"), key=bindparam("key"), revision_id=bindparam("revision_id")
)
POINT_OWN = Command(
    _point_own.on_conflict_do_update(
        index_elements=["centre_id", "key"], set_={"revision_id": _point_own.excluded.revision_id}
    )
)
UNPOINT_OWN = Command(
    delete(OwnRevision).where(
        col(OwnRevision.centre_id) == bindparam("centre_id"), col(OwnRevision.key) == bindparam("key")
    )
)
_served = insert(ServedVersion).values(id=1, stamp=bindparam("stamp"))
SERVE = Command(_served.on_conflict_do_update(index_elements=["id"], set_={"stamp": _served.excluded.stamp}))
# Units before the plans that place them.
ORDER = {Kind.LESSON: 0, Kind.SCENARIO: 0, Kind.CARD: 0, Kind.THEME: 0, Kind.MODULE: 1, Kind.PLAN: 2}


class Published(NamedTuple):
    """Keys of what became current anew, and what stopped the rest."""

    changed: list[str]
    findings: list[Finding]


def publish(db: Db, candidates: list[Candidate], now: datetime) -> Published:
    """Publishes every candidate without findings. Doing it again changes nothing (idempotent by hash)."""
    changed: list[str] = []
    findings: list[Finding] = []
    for candidate in sorted(candidates, key=lambda one: ORDER[one.kind]):
        findings.extend(candidate.findings)
        missing = [unit for unit in candidate.units if db.one(CURRENT_UNIT, key=unit) is None]
        if missing and not candidate.findings:
            path = next(iter(candidate.texts.values()))[0]
            findings.append(Finding(path, 1, "not-published", f"'{missing[0]}' is not published yet; mend it first"))
        elif not candidate.findings and _publish_one(db, candidate, now):
            changed.append(candidate.key)
    return Published(changed, list(dict.fromkeys(findings)))  # a plan repeats what is wrong in the modules it takes in


def _publish_one(db: Db, candidate: Candidate, now: datetime) -> bool:
    place = {"kind": candidate.kind.value, "key": candidate.key}
    known = _kept(db, candidate, now)
    if known == db.one(CURRENT_ID, **place):
        return False
    db.run(POINT, **place, revision_id=known.id)
    db.run(SERVE, stamp=new_id())
    return True


def publish_own(db: Db, centre_id: str, candidate: Candidate, change: str | None, author: str, now: datetime) -> str:
    """Publishes a scenario for one centre, which is served it from now on; the revision's id.

    Nobody else sees it. Permission is the caller's to ask for. A candidate with findings is not for publishing.
    """
    assert candidate.kind is Kind.SCENARIO
    assert not candidate.findings
    known = _kept(db, candidate, now, centre_id, author, change)
    db.run(POINT_OWN, centre_id=centre_id, key=candidate.key, revision_id=known.id)
    db.run(SERVE, stamp=new_id())
    return known.id


def serve_shared(db: Db, centre_id: str, key: str) -> None:
    """Gives up a centre's own version: everybody's is served there again. Revisions stay, and who has begun keeps hers."""
    db.run(UNPOINT_OWN, centre_id=centre_id, key=key)
    db.run(SERVE, stamp=new_id())


def _kept(
    db: Db,
    candidate: Candidate,
    now: datetime,
    centre_id: str | None = None,
    author: str | None = None,
    change: str | None = None,
) -> Known:
    """The revision these texts are, made now unless there is one already (known by their hash)."""
    place = {"kind": candidate.kind.value, "key": candidate.key}
    files = {path: (language, source) for language, (path, source) in candidate.texts.items()}
    files |= {path: (path.rsplit(".", 2)[1], source) for path, source in candidate.taken_in.items()}
    digest = candidate.digest(centre_id or "")
    known = db.one(BY_DIGEST, **place, digest=digest)
    if known is not None:
        return known
    highest = db.one(HIGHEST, **place)
    revision = Revision(
        id=new_id(),
        **place,
        number=(highest.number if highest else 0) + 1,
        digest=digest,
        published_at=now,
        centre_id=centre_id,
        published_by=author,
        change=change,
    )
    db.add(revision)
    for path, (language, source) in files.items():
        db.add(RevisionText(revision_id=revision.id, path=path, language=language, source=source))
    return Known(revision.id)
