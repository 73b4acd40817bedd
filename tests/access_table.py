"""Every route of both doors and what each role gets there: one table, read by `tests/test_access.py`.

Each line of codes stands in the order of ROLES. `{...}` in a path or a body is filled from what the demo centre holds.
"""

from dataclasses import dataclass, field
from typing import Any

ROLES = (
    "nobody",
    "learner",  # on a plan; the paths below are hers
    "new",  # another learner, on no plan
    "trainer",
    "manager",  # of the learner's team
    "other-manager",  # of another team
    "safety",
    "admin",
    "trainer@other.example",  # another centre
)
OK = "200 200 200 200 200 200 200 200 200"
SIGNED_IN = "401 200 200 200 200 200 200 200 200"
MADE = "401 204 204 204 204 204 204 204 204"
PAGE = "303 200 200 200 200 200 200 200 200"
POSTED = "401 303 303 303 303 303 303 303 303"
# A learner takes what is on her plan; staff may look at everything; nobody else knows that it is there.
LEARN = "401 200 404 200 200 200 200 200 200"
LEARN_PAGE = "303 200 404 200 200 200 200 200 200"
LEARN_POSTED = "401 303 404 303 303 303 303 303 303"
# Her attempt is nobody else's; and a call without a content note is not one to leave out.
HERS_POSTED = "401 303 404 404 404 404 404 404 404"
NOT_TO_SKIP = "401 409 404 409 409 409 409 409 409"

LESSON, CALL = {"unit": "1-1-right-and-net"}, {"unit": "s1-the-bill"}
ANSWER = {"check": "warned-once", "option": 1, "sent_as": "k1"}
ASSIGNMENT = {"plan": "onboarding", "person": "{new}", "start_on": "2026-11-30", "go_live_on": "2027-01-25"}
ASSIGN_FORM = {
    "plan": "plan:onboarding",
    "who": "person:{new}",
    "start_on": "2026-11-30",
    "go_live_on": "2027-01-25",
}
# Whom the card names is the administrator's; our line is signed by leaders, and counted for them and the safety representative.
SETS = "401 403 403 403 403 403 403 200 403"
SETS_PAGE = "303 403 403 403 403 403 403 200 403"
SIGNS = "401 403 403 403 200 200 403 403 403"
NOBODY = {"name": "", "phone": "", "hours": ""}
NUMBERS = {
    "on_call": NOBODY,
    "leader": {"name": "Vagtlederen", "phone": "00 00 00 03", "hours": ""},
    "crisis": NOBODY,
    "rep": NOBODY,
    "address": "",
    "open": True,
}
# Trainers and administrators write; each centre has its own drafts.
AUTHOR = "401 403 403 200 403 403 403 200 200"
AUTHOR_PAGE = "303 403 403 200 403 403 403 200 200"
AUTHOR_POSTED = "401 403 403 303 403 403 403 303 303"
THEME = {"key": "7-sales"}
WRITTEN, OURS, NEXT = {"key": "s1-the-bill"}, {"key": "s17-ours"}, {"key": "s18-next"}
TEXTS = {"da": "Et kald", "en": "A call"}
DRAFT = "Q-demo-none-draft"  # what OURS says in both languages
CREDENTIALS = {"email": "learner@demo.example", "password": "rolig-demo"}


@dataclass(frozen=True)
class Row:
    method: str
    path: str
    codes: str
    body: dict[str, Any] | None = None
    values: dict[str, str] = field(default_factory=dict)
    query: str = ""

    @property
    def expected(self) -> dict[str, int]:
        return dict(zip(ROLES, map(int, self.codes.split()), strict=True))

    @property
    def is_json(self) -> bool:
        return self.path.startswith("/api/")

    def __str__(self) -> str:
        return f"{self.method} {self.path}{self.query} {' '.join(self.values.values())}".strip()


def _json(method: str, path: str, codes: str, body: dict[str, Any] | None = None, **rest: Any) -> Row:
    return Row(method, f"/api/v1{path}", codes, body, **rest)


LIVE = {"enrolment_id": "{live}"}
MOVE = {"place": 1, "choice": 2}
JSON = [
    _json("GET", "/openapi.json", OK),
    _json("POST", "/session", "204 204 204 204 204 204 204 204 204", CREDENTIALS),
    _json("DELETE", "/session", MADE),
    _json("DELETE", "/sessions", MADE),
    _json("GET", "/me", SIGNED_IN),
    _json("PATCH", "/me", SIGNED_IN, {"language": "da"}),
    _json("GET", "/on-call", SIGNED_IN),
    _json("GET", "/me/plan", SIGNED_IN),
    _json("GET", "/themes", SIGNED_IN),
    _json("GET", "/themes/{key}", SIGNED_IN, values=THEME),
    _json("GET", "/sources", SIGNED_IN),
    _json("GET", "/plans", "401 403 403 200 403 403 403 200 200"),
    _json("GET", "/cohorts", "401 403 403 200 403 403 403 200 200"),
    _json("GET", "/learners", "401 403 403 200 403 403 403 200 200"),
    _json("POST", "/enrolments/preview", "401 403 403 200 403 403 403 200 422", ASSIGNMENT),
    _json("POST", "/enrolments", "401 403 403 201 403 403 403 201 422", ASSIGNMENT),
    _json("GET", "/enrolments", "401 403 403 200 403 403 403 200 200"),
    _json("GET", "/enrolments/{enrolment_id}", "401 200 404 200 200 404 404 200 404"),
    _json(
        "POST",
        "/enrolments/{enrolment_id}/attendance",
        "401 403 403 204 403 403 403 204 404",
        {"unit": "follow-up-day"},
        values=LIVE,
    ),
    _json("GET", "/lessons/{unit}", LEARN, values=LESSON),
    _json("POST", "/lessons/{unit}/answers", LEARN, ANSWER, values=LESSON),
    _json("PUT", "/lessons/{unit}/sections/{section}/read", LEARN, values={**LESSON, "section": "the-right"}),
    _json("GET", "/scenarios/{unit}", LEARN, values=CALL),
    _json("POST", "/scenarios/{unit}/attempts", "401 201 404 201 201 201 201 201 201", values=CALL),
    _json(
        "POST",
        "/scenarios/{unit}/attempts/{attempt}/moves",
        "401 200 404 404 404 404 404 404 404",
        MOVE,
        values={**CALL, "attempt": "{attempt}"},
    ),
    _json(
        "POST",
        "/scenarios/{unit}/attempts/{attempt}/back",
        "401 201 404 404 404 404 404 404 404",
        {"place": 1},
        values={**CALL, "attempt": "{ended}"},
    ),
    _json(
        "PUT",
        "/scenarios/{unit}/attempts/{attempt}/words",
        "401 200 404 404 404 404 404 404 404",
        {"text": "Kun til mig"},
        values={**CALL, "attempt": "{ended}"},
    ),
    _json("POST", "/scenarios/{unit}/skip", NOT_TO_SKIP, values=CALL),
    _json("GET", "/board", "401 403 403 403 200 200 403 403 403"),
    _json("GET", "/board", "401 403 403 403 200 404 403 403 403", query="?team={north}"),
    _json("GET", "/board.csv", "401 403 403 403 200 200 403 403 403"),
    _json("GET", "/board.csv", "401 403 403 403 200 404 403 403 403", query="?team={north}"),
    _json("GET", "/authoring/scenarios", AUTHOR),
    _json("GET", "/authoring/scenarios/{key}", AUTHOR, values=WRITTEN),
    _json("GET", "/authoring/scenarios/{key}", "401 403 403 200 403 403 403 200 404", values=OURS),
    _json("PUT", "/authoring/scenarios/{key}", AUTHOR, {**TEXTS, "version": 0}, values=NEXT),
    _json("POST", "/authoring/scenarios/{key}/check", AUTHOR, TEXTS, values=WRITTEN),
    _json(
        "POST",
        "/authoring/scenarios/{key}/publish",
        "401 403 403 200 403 403 403 200 404",
        {"version": "{draft}", "change": "structural"},
        values=OURS,
    ),
    _json("DELETE", "/authoring/scenarios/{key}/draft", "401 403 403 204 403 403 403 204 404", values=OURS),
    _json("POST", "/authoring/scenarios/{key}/shared", "401 403 403 204 403 403 403 204 204", values=WRITTEN),
    _json("POST", "/authoring/scenarios/{key}/try", AUTHOR, {"at": "opening"}, values=WRITTEN),
    _json(
        "GET",
        "/authoring/scenarios/{key}/choices",
        "401 403 403 200 403 403 403 200 404",
        values=WRITTEN,
        query="?cohort={cohort}",
    ),
    _json("GET", "/readiness/card", SIGNED_IN),
    _json("GET", "/readiness/contacts", SETS),
    _json("PUT", "/readiness/contacts", SETS, NUMBERS),
    _json("POST", "/readiness/contacts/link", SETS),
    _json("GET", "/readiness/our-line", SIGNED_IN),
    _json("POST", "/readiness/our-line/signatures", SIGNS, {"revision": "{line}"}),
    _json(
        "POST",
        "/readiness/our-line/acknowledgements",
        "401 200 200 200 200 200 200 200 409",
        {"signature": "{signature}"},
    ),
    _json("GET", "/readiness/our-line/acknowledgements", "401 403 403 403 200 200 200 403 403"),
]
PAGES = [
    Row("GET", "/healthz", OK),
    Row("GET", "/static/{name:path}", OK, values={"name:path": "{style}"}),
    Row("GET", "/help", OK),
    Row("GET", "/sign-in", OK),
    Row("POST", "/sign-in", "303 303 303 303 303 303 303 303 303", CREDENTIALS),
    Row("POST", "/sign-out", POSTED),
    Row("POST", "/sign-out-everywhere", POSTED),
    Row("GET", "/", "303 303 303 303 303 303 303 303 303"),
    Row("GET", "/account", PAGE),
    Row("POST", "/account", POSTED, {"language": "da"}),
    Row("GET", "/plan", PAGE),
    Row("GET", "/themes", PAGE),
    Row("GET", "/themes/{key}", PAGE, values=THEME),
    Row("GET", "/sources", PAGE),
    Row("GET", "/enrolments", "303 403 403 200 403 403 403 200 200"),
    Row("GET", "/assign", "303 403 403 200 403 403 403 200 200"),
    Row("POST", "/assign", "401 403 403 303 403 403 403 303 422", ASSIGN_FORM),
    Row("GET", "/enrolments/{enrolment_id}", "303 200 404 200 200 404 404 200 404"),
    Row(
        "POST",
        "/enrolments/{enrolment_id}/attendance",
        "401 403 403 303 403 403 403 303 404",
        {"unit": "follow-up-day"},
        LIVE,
    ),
    Row("GET", "/learn/{unit}", LEARN_PAGE, values={"unit": "1-2-what-is-a-conflict"}),
    Row("GET", "/learn/{unit}", LEARN_PAGE, values=CALL),
    Row("POST", "/learn/{unit}", LEARN_POSTED, values=LESSON),
    Row("GET", "/learn/{unit}/section/{section_id}", LEARN_PAGE, values={**LESSON, "section_id": "the-right"}),
    Row("POST", "/learn/{unit}/section/{section_id}", LEARN_POSTED, values={**LESSON, "section_id": "the-right"}),
    Row("POST", "/learn/{unit}/answers", "401 303 404 200 200 200 200 200 200", ANSWER, LESSON),
    Row("GET", "/learn/{unit}/end", LEARN_PAGE, values=LESSON),
    Row("POST", "/learn/{unit}/attempts", LEARN_POSTED, values=CALL),
    Row(
        "POST",
        "/learn/{unit}/moves",
        "401 303 404 404 404 404 404 404 404",
        {**MOVE, "attempt": "{attempt}"},
        CALL,
    ),
    Row("POST", "/learn/{unit}/back", HERS_POSTED, {"place": 1, "attempt": "{ended}"}, CALL),
    Row("POST", "/learn/{unit}/words", HERS_POSTED, {"text": "Kun til mig", "attempt": "{ended}"}, CALL),
    Row("POST", "/learn/{unit}/skip", NOT_TO_SKIP, values=CALL),
    Row("GET", "/author", AUTHOR_PAGE),
    Row("POST", "/author/new", AUTHOR_POSTED, {"name": "s18-next"}),
    Row("POST", "/author/upload", "401 403 403 422 403 403 403 422 422"),
    Row("GET", "/author/{key}", AUTHOR_PAGE, values=WRITTEN),
    Row("GET", "/author/{key}", "303 403 403 200 403 403 403 200 404", values=OURS),
    Row("POST", "/author/{key}/check", AUTHOR, TEXTS, WRITTEN),
    Row("POST", "/author/{key}/save", AUTHOR_POSTED, {**TEXTS, "version": "0"}, NEXT),
    Row(
        "POST",
        "/author/{key}/publish",
        "401 403 403 422 403 403 403 422 404",
        {"da": DRAFT, "en": DRAFT, "version": "{draft}", "change": "structural"},
        OURS,
    ),
    Row("POST", "/author/{key}/upload", "401 403 403 422 403 403 403 422 422", {"version": "0"}, WRITTEN),
    Row("POST", "/author/{key}/discard", "401 403 403 303 403 403 403 303 404", values=OURS),
    Row("POST", "/author/{key}/shared", AUTHOR_POSTED, values=WRITTEN),
    Row("GET", "/author/{key}/try", AUTHOR_PAGE, values=WRITTEN),
    Row("GET", "/author/{key}/choices", AUTHOR_PAGE, values=WRITTEN),
    Row(
        "GET", "/author/{key}/choices", "303 403 403 200 403 403 403 200 404", values=WRITTEN, query="?cohort={cohort}"
    ),
    Row("GET", "/card", PAGE),
    Row("GET", "/card/wallet", PAGE),
    Row("GET", "/card/worker.js", OK),
    Row("GET", "/card/settings", SETS_PAGE),
    Row("POST", "/card/settings", "401 403 403 403 403 403 403 303 403", {"address": "Prøvevej 1"}),
    Row("POST", "/card/settings/link", "401 403 403 403 403 403 403 303 403"),
    Row("GET", "/card/{token}", OK, values={"token": "{token}"}),
    Row("GET", "/card/{token}", "404 404 404 404 404 404 404 404 404", values={"token": "A" * 43}),
    Row("GET", "/our-line", PAGE),
    Row("POST", "/our-line/sign", "401 403 403 403 303 303 403 403 403", {"revision": "{line}"}),
    Row("POST", "/our-line/acknowledge", "401 303 303 303 303 303 303 303 409", {"signature": "{signature}"}),
    Row("GET", "/team", "303 403 403 403 200 200 403 403 403"),
    Row("GET", "/team", "303 403 403 403 200 404 403 403 403", query="?team={north}"),
    Row("GET", "/team.csv", "303 403 403 403 200 200 403 403 403"),
    Row("GET", "/team.csv", "303 403 403 403 200 404 403 403 403", query="?team={north}"),
]
TABLE = [*JSON, *PAGES]
