"""Every page as somebody sees it. What a scene changes is its own person's: any order will do."""

from collections.abc import Callable
from typing import Any, NamedTuple

from playwright.sync_api import Page

from api.library.graph import Channel
from tests.browser.coming import (
    CALL,
    CHAT,
    FIRST,
    FOURTH,
    LIFE,
    MAIL,
    QUEUE,
    SECOND,
    TARGET,
    THIRD,
    THREAT,
    answered,
    assigning,
    assigning_nothing,
    at,
    beside,
    calling,
    counted,
    empty_words,
    late_only,
    missing,
    on,
    over,
    person_of,
    playing,
    refused,
    refused_file,
    section,
    shaken,
    writing,
    wrong_sign_in,
)
from tests.browser.served import Visits, settle

# Every section of every lesson is looked at in tests/browser/test_units.py.
SECTIONS = ("the-right", "who-to-call", "remember")
NADIA = "Nadia Lind"


class Scene(NamedTuple):
    name: str
    person: str | None
    come: Callable[[Page], object]

    def open(self, visits: Visits, **options: Any) -> Page:
        """In a new context."""
        return self._arrive(visits.visit(self.person, **options))

    def show(self, seats: Visits) -> Page:
        """On the screen where the person sits."""
        return self._arrive(seats.seat(self.person))

    def _arrive(self, page: Page) -> Page:
        self.come(page)
        settle(page)
        return page


SCENES = [
    Scene("sign-in", None, at("/sign-in")),
    Scene("sign-in-empty", None, wrong_sign_in("", "")),
    Scene("sign-in-wrong", None, wrong_sign_in("nobody@demo.example", "guess")),
    Scene("help-signed-out", None, at("/help")),
    Scene("not-found-signed-out", None, refused("/nothing/here", 404)),
    Scene("not-found", "learner", refused("/learn/nothing", 404)),
    Scene("not-for-you", "learner", refused("/enrolments", 403)),
    Scene("not-yet", "learner", refused("/learn/b1-day-before-go-live", 403)),
    Scene("plan-without-plan", "new", at("/plan")),
    Scene("plan", "learner", at("/plan")),
    Scene("plan-live", "live", at("/plan")),
    Scene("plan-late", "learner4", at("/plan")),
    Scene("overview", "learner", at(f"/learn/{FOURTH}")),
    Scene("overview-safety", "learner7", at(f"/learn/{FIRST}")),
    Scene("overview-done", "live", at(f"/learn/{FIRST}")),
    Scene("overview-preview", "trainer", at(f"/learn/{FIRST}")),
    *(Scene(f"section-{name}", "learner", section(FIRST, name)) for name in SECTIONS),
    Scene("section-table", "learner", section(THIRD, "five-steps")),
    Scene("section-done", "live", at(f"/learn/{FIRST}/section/life-in-danger")),
    Scene("section-preview", "trainer", at(f"/learn/{FIRST}/section/the-right")),
    Scene("answered-tempting", "learner1", answered(SECOND, "over-the-line", "calm-voice", 2)),
    Scene("answered-harmful", "learner1", answered(SECOND, "over-the-line", "right-and-rude", 3)),
    Scene("answered-right", "learner1", answered(FIRST, "the-right", "warned-once", 3)),
    Scene("end-missing", "learner", missing),
    Scene("end-done", "live", at(f"/learn/{FIRST}/end")),
    Scene("briefing", "learner", at(f"/learn/{CALL}")),
    Scene("call-first", "learner1", playing()),
    Scene("call-middle", "learner2", playing(1, 3)),
    Scene("call-angry", "learner3", playing(3, 2)),
    Scene("call-solved", "learner6", playing(2, 1, 3, 3, 1)),
    Scene("call-hung-up", "live", playing(1, 1)),
    Scene("call-content-note", "learner", at(f"/learn/{THREAT}")),
    Scene("call-shaken", "trainer", calling(THREAT, shaken, view="home", opened=True)),
    Scene("call-chat", "trainer", calling(CHAT, beside, opened=True)),
    Scene("call-mail", "trainer", calling(MAIL, on(Channel.MAIL, 1))),
    Scene("call-social", "admin", calling(MAIL, on(Channel.SOCIAL, 3))),
    Scene("call-life-danger", "trainer", calling(LIFE, lambda call: len(call.turns) == 2)),
    Scene("call-clock", "trainer", calling(QUEUE, lambda call: len(call.turns) == 1, view="agent")),
    Scene("call-end-asked", "trainer", empty_words),
    Scene("call-end-answered", "trainer", calling(TARGET, over, view="target", words="Jeg blev ved sagen.")),
    Scene("call-end-acute", "admin", calling(LIFE, over, words="Jeg vil ikke leve mere.")),
    Scene("call-end-chat", "admin", calling(CHAT, over)),
    Scene("help", "learner", at("/help")),
    Scene("card", "learner", at("/card")),
    Scene("card-wallet", "learner", at("/card/wallet")),
    Scene("card-settings", "admin", at("/card/settings")),
    Scene("our-line-learner", "learner", at("/our-line")),
    Scene("our-line-manager", "manager", at("/our-line")),
    Scene("account", "learner", at("/account")),
    Scene("theme", "manager", at("/themes/6-hard-calls-and-unpleasant-experiences")),
    Scene("themes", "trainer", at("/themes")),
    Scene("sources", "trainer", at("/sources")),
    Scene("enrolments", "trainer", at("/enrolments")),
    Scene("assign", "trainer", at("/assign")),
    Scene("assign-names", "trainer", at("/assign?from_name=N")),
    Scene("assign-dates", "trainer", assigning("2026-12-16")),
    Scene("assign-dates-wrong", "trainer", assigning("2026-11-02")),
    Scene("assign-refused", "trainer", assigning("2026-11-02", send=True)),
    Scene("assign-nothing", "trainer", assigning_nothing),
    Scene("person-trainer", "trainer", person_of("/enrolments", NADIA)),
    Scene("person-live", "trainer", person_of("/enrolments", "Freja Lund")),
    Scene("person-manager", "manager", person_of("/team", NADIA)),
    Scene("board", "manager", at("/team")),
    Scene("board-swapped", "manager", late_only),
    *(
        Scene(f"board-{standing}", "manager", at(f"/team?standing={standing}"))
        for standing in ("late", "not_started", "on_track", "done")
    ),
    Scene("board-nobody", "other-manager", at("/team?standing=done")),
    Scene("author", "trainer", at("/author")),
    Scene("author-refused-file", "trainer", refused_file),
    Scene("author-desk", "trainer", at(f"/author/{CALL}")),
    Scene("author-desk-threads", "trainer", at("/author/s7-five-answers")),
    Scene("author-writing", "trainer", writing),
    Scene("author-try", "trainer", at("/author/s13-i-am-recording/try")),
    Scene("author-try-moves", "trainer", at(f"/author/{CALL}/try?at=opening&calm=20&moves=1-3")),
    Scene("author-try-wrong", "trainer", at(f"/author/{CALL}/try?trust=many")),
    Scene("author-choices", "trainer", at(f"/author/{CALL}/choices")),
    Scene("author-choices-few", "trainer", counted),
]
