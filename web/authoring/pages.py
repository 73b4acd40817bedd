"""The author's view: the calls, the desk where one is written, and publishing it."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, File, Form, Query, Response, UploadFile

from api.authoring import actions, queries, reading
from api.authoring.actions import Seen
from api.authoring.rules import Change
from api.callers import Asked, Visit
from api.errors import Conflict, DomainError, Invalid
from api.library.markdown import MAX_BYTES
from api.problems import status_of
from api.words import LANGUAGES, _, sentence
from web.authoring import desk as desks
from web.authoring.words import SAID, WORDS
from web.rendering import block, by_field, page, see_other

router = APIRouter(include_in_schema=False)
CALLS, DESK = "authoring/calls.html", "authoring/desk.html"
Text = Annotated[str, Form()]
Name = Annotated[str, Form(max_length=200)]
Version = Annotated[int, Form(ge=0, le=2**31 - 1)]
Sent = Annotated[UploadFile | None, File()]
Said = Annotated[str, Query(max_length=20)]


def path_to(key: str, place: str = "") -> str:
    return f"/author/{quote(key, safe='')}{place}"


def _lines(text: str) -> str:
    """As a file has them; a form's lines end in two characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@router.get("/author")
async def calls(asked: Asked, said: Said = "") -> Response:
    return await _calls(asked, said=SAID.get(said, ""))


async def _calls(asked: Visit, *, status: int = 200, **more: Any) -> Response:
    cards = await asked.database.read(queries.scenarios, asked.actor)
    context = {"cards": cards, "said": "", "problems": {}, "wrongs": [], "typed": "", **more}
    return page(asked, CALLS, status=status, **context)


@router.post("/author/new")
async def begin(asked: Asked, name: Name = "") -> Response:
    """A new call, from a short whole example."""
    key = name.strip()
    try:
        await asked.database.write(actions.begin, asked.actor, key, asked.now)
    except (Invalid, Conflict) as error:
        problems = {"name": sentence(error.first, asked.language)}
        return await _calls(asked, status=status_of(error), problems=problems, typed=name)
    return see_other(path_to(key, "?said=begun"))


@router.post("/author/upload")
async def upload(asked: Asked, file: Sent = None) -> Response:
    """A file of a new call, or of one that nobody is writing on."""
    try:
        sent = await _read(asked, file)
        if sent.findings:
            return await _calls(asked, status=422, wrongs=desks.loose(sent.findings))
        await asked.database.write(actions.take_in, asked.actor, sent.key, sent.language, sent.text, None, asked.now)
    except (Invalid, Conflict) as error:
        problems = {"file": sentence(error.first, asked.language)}
        return await _calls(asked, status=status_of(error), problems=problems)
    return see_other(path_to(sent.key, "?said=sent"))


async def _read(asked: Visit, file: UploadFile | None, key: str = "") -> reading.File:
    """What was sent, looked at. `key`: the call it must be named for, if any."""
    if file is None or not file.filename:
        raise Invalid(_("Choose a file on your computer first."), "file")
    raw = await file.read(MAX_BYTES + 1)  # enough to see that it is too large
    sent = await asked.database.read_aside(queries.sent, asked.actor, file.filename, raw)
    if key and sent.key not in ("", key):
        raise Invalid(
            _("The file is named for another call. Send it from the list of calls, or give it this one's name."), "file"
        )
    return sent


@router.get("/author/{key}")
async def desk(asked: Asked, key: str, said: Said = "") -> Response:
    return await _desk(asked, key, said=SAID.get(said, ""))


async def _desk(
    asked: Visit, key: str, typed: dict[str, str] | None = None, *, status: int = 200, **more: Any
) -> Response:
    look = await asked.database.read_aside(desks.look, asked.actor, key, typed)
    context = {
        "key": key,
        "look": look,
        "outlook": look.outlook,
        "seen": Seen(look.desk.version, look.desk.revision_id),
        "said": "",
        "problems": {},
        "wrongs": [],
        "change": look.least,
        "changes": tuple(Change),
        "stale": False,
        "swapped": False,
        **WORDS,
        **more,
    }
    return page(asked, DESK, status=status, **context)


async def _refused(
    asked: Visit, key: str, typed: dict[str, str], seen: Seen, error: DomainError, **more: Any
) -> Response:
    """The desk again with what the author wrote, and why it could not be done."""
    said = by_field(error, asked.language)
    problems = {field: said[field] for field in (*LANGUAGES, "change", "file") if field in said}
    if not problems:
        problems = {"": sentence(error.first, asked.language)}
    stale = isinstance(error, Conflict)
    return await _desk(asked, key, typed, status=status_of(error), seen=seen, problems=problems, stale=stale, **more)


@router.post("/author/{key}/check")
async def check(asked: Asked, key: str, da: Text = "", en: Text = "", drawn: Name = "") -> Response:
    """What the linter says while one writes; nothing is kept. The picture comes along only when it is another than the one `drawn`."""
    texts = {"da": _lines(da), "en": _lines(en)}
    seen = await asked.database.read_aside(desks.check, asked.actor, key, texts)
    pictures = ("graph", "in_words") if seen.drawn != drawn else ()
    return block(asked, DESK, "findings", "told", *pictures, key=key, outlook=seen, swapped=True, **WORDS)


@router.post("/author/{key}/save")
async def save(asked: Asked, key: str, version: Version, da: Text = "", en: Text = "", served: Name = "") -> Response:
    texts, seen = {"da": _lines(da), "en": _lines(en)}, Seen(version, served)
    try:
        await asked.database.write(actions.save, asked.actor, key, texts, seen, asked.now)
    except (Invalid, Conflict) as error:
        return await _refused(asked, key, texts, seen, error)
    return see_other(path_to(key, "?said=saved"))


@router.post("/author/{key}/publish")
async def publish(
    asked: Asked, key: str, version: Version, da: Text = "", en: Text = "", served: Name = "", change: Name = ""
) -> Response:
    """Saves what stands in the fields and publishes it."""
    texts, seen = {"da": _lines(da), "en": _lines(en)}, Seen(version, served)
    try:
        stored = await asked.database.read(queries.written, asked.actor, key)
        if stored.texts != texts:
            saved = await asked.database.write(actions.save, asked.actor, key, texts, seen, asked.now)
            seen = Seen(saved, served)
        found = await asked.database.read_aside(queries.candidate, asked.actor, key)
        chosen = _change(change)
        await asked.database.write(actions.publish, asked.actor, key, seen.version, found, chosen, asked.now)
    except (Invalid, Conflict) as error:
        return await _refused(asked, key, texts, seen, error, change=change)
    return see_other(path_to(key, "?said=published"))


def _change(word: str) -> Change:
    if word not in tuple(Change):
        raise Invalid(_("Choose how much has changed."), "change")
    return Change(word)


@router.post("/author/{key}/upload")
async def upload_here(asked: Asked, key: str, version: Version, served: Name = "", file: Sent = None) -> Response:
    """A file into one language of the call. One with something to mend comes into its field, and is not saved."""
    texts = (await asked.database.read(queries.written, asked.actor, key)).texts
    seen = Seen(version, served)
    try:
        sent = await _read(asked, file, key)
        if sent.findings:
            typed = {**texts, sent.language: sent.text} if sent.text else texts
            return await _desk(asked, key, typed, status=422, seen=seen, wrongs=desks.loose(sent.findings))
        await asked.database.write(actions.take_in, asked.actor, key, sent.language, sent.text, seen, asked.now)
    except (Invalid, Conflict) as error:
        return await _refused(asked, key, texts, seen, error)
    return see_other(path_to(key, "?said=sent"))


@router.post("/author/{key}/discard")
async def discard(asked: Asked, key: str) -> Response:
    await asked.database.write(actions.discard, asked.actor, key)
    there = await asked.database.read(queries.served_id, asked.actor, key)
    return see_other(path_to(key, "?said=discarded") if there else "/author")


@router.post("/author/{key}/shared")
async def use_shared(asked: Asked, key: str) -> Response:
    """Everybody's version again."""
    await asked.database.write(actions.use_shared, asked.actor, key)
    return see_other(path_to(key, "?said=shared"))
