"""Templates to answers: a whole page, or one block of it for htmx."""

from datetime import date, datetime
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from api.callers import Visit, language_of
from api.errors import DomainError, Problem
from api.library.queries import titled
from api.people.rules import Act, Actor, Role, dialled, may
from api.plans.rules import local_day
from api.words import decimal, long_date, percent, plain_date, sentence, short_date, words
from web.kept import Keep
from web.spoken import SpokenLoader
from web.static_files import address

FOLDER = Path(__file__).parent
# Where the attempt's id goes in the kept words of a call; no text of ours or anybody's can hold it (`Compiled.parameters`).
THE_ATTEMPT = "\0attempt\0"
# A refusal to htmx takes no place of anything on the page (web/base.html), and goes with the next answer.
BESIDE = {"HX-Retarget": "#refused", "HX-Reswap": "innerHTML", "HX-Push-Url": "false"}
NOTHING_REFUSED = '<div id="refused" hx-swap-oob="innerHTML"></div>'


@cache
def environment(language: str) -> Environment:
    """One environment a language: the same templates, with that language's words and dates."""
    env = Environment(
        loader=SpokenLoader(FOLDER, words(language)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n", Keep],
    )
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_translations(words(language), newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    env.filters["long_date"] = partial(_dated, long_date, language)
    env.filters["short_date"] = partial(_dated, short_date, language)
    env.filters["plain_date"] = partial(_dated, plain_date, language)
    env.filters["decimal"] = partial(decimal, language=language)
    env.filters["percent"] = partial(percent, language=language)
    env.filters["say"] = lambda message: words(language).gettext(message)
    env.filters["sentence"] = lambda problem: sentence(problem, language)
    env.filters["dialled"] = dialled
    env.filters["html"] = Markup  # content that `api.library.markdown.html` has cleaned
    env.globals.update(language=language, static=address, url=_url, titled=titled, THE_ATTEMPT=THE_ATTEMPT)
    env.globals["ui"] = env.get_template("components.html").module
    env.globals["checks_ui"] = env.get_template("lessons/checks.html").module
    env.globals["calls"] = env.get_template("scenarios/pieces.html").module
    return env


def _dated(write: Any, language: str, day: date) -> Markup:
    """A day in words; of an instant, the day it is in Denmark then."""
    return _date(write, language, local_day(day) if isinstance(day, datetime) else day)


@lru_cache(maxsize=10_000)
def _date(write: Any, language: str, day: date) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), write(day, language))


def _url(path: str, **query: object) -> str:
    """A path with a query, empty values left out."""
    kept = {name: str(value) for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(kept)}" if kept else path


@cache
def template(language: str, name: str) -> Template:
    return environment(language).get_template(name)


def is_partial(request: Request) -> bool:
    """Whether htmx asks for a block, not a page (going back in history asks for a page)."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-history-restore-request") != "true"


@cache
def navigation(roles: frozenset[Role]) -> tuple[tuple[str, str], ...]:
    """Address and key of the sections a role has."""
    links = [("/plan", "plan")]
    actor = Actor("", "", "", roles, "", "")
    if may(actor, Act.ASSIGN):
        links.insert(0, ("/enrolments", "enrolments"))
    if may(actor, Act.AUTHOR):
        links.append(("/author", "author"))
    if may(actor, Act.SEE_TEAM):
        links.insert(0, ("/team", "team"))
    return tuple(links)


def render(language: str, name: str, **context: Any) -> str:
    return template(language, name).render(context)


def page(asked: Visit, name: str, *, status: int = 200, **context: Any) -> Response:
    """A whole page for somebody signed in."""
    html = template(asked.language, name).render(
        me=asked.actor, navigation=navigation(asked.actor.roles), today=asked.today, **context
    )
    return HTMLResponse(html, status)


def block(asked: Visit, name: str, *blocks: str, status: int = 200, **context: Any) -> Response:
    """Only the named blocks of a page, one after the other: what htmx puts in place."""
    found = template(asked.language, name)
    values = found.new_context(
        {"me": asked.actor, "navigation": navigation(asked.actor.roles), "today": asked.today, **context}
    )
    html = "".join("".join(found.blocks[one](values)) for one in blocks)
    return HTMLResponse(html + NOTHING_REFUSED, status, headers={"Vary": "HX-Request"})


def stranger_page(request: Request, name: str, *, status: int = 200, **context: Any) -> Response:
    """A page for somebody not signed in, in the browser's language."""
    return HTMLResponse(template(language_of(request), name).render(me=None, navigation=(), **context), status)


def see_other(path: str) -> Response:
    """After a post: go and look at this."""
    return RedirectResponse(path, 303)


def by_field(error: DomainError, language: str) -> dict[str, str]:
    """The sentences of a refusal by field; those about the whole request under ''."""
    return {problem.field or "": sentence(problem, language) for problem in error.problems}


def refusal(request: Request, status: int, problem: Problem) -> Response:
    """One page for all refusals: the sentence, and a way on."""
    language = language_of(request)
    text = sentence(problem, language)
    if is_partial(request):
        # A 422 is otherwise a piece of the page that comes back to be mended, and takes its own place.
        return HTMLResponse(template(language, "refusal.html").render(sentence=text), status, headers=BESIDE)
    html = template(language, "error.html").render(me=None, navigation=(), sentence=text, status=status)
    return HTMLResponse(html, status)
