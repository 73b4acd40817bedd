"""Every page as somebody sees it, and how they come there. What a scene changes is its own person's: any order will do."""

from collections.abc import Callable
from typing import Any, NamedTuple

from playwright.sync_api import Page, expect

from api.library.graph import Channel
from api.scenarios.rules import Call
from tests.browser.served import Visits, follow, settle
from tests.scenarios.ways import way

FIRST, SECOND, THIRD, FOURTH = "1-1-right-and-net", "1-2-what-is-a-conflict", "1-3-the-ladder", "1-4-anger-in-the-body"
CALL = "s1-the-bill"
THREAT, CHAT, LIFE, MAIL = "s3-i-know-where-you-live", "s7-five-answers", "s11-it-might-as-well-be", "s8-named"
MANAGER, TARGET, QUEUE = "s6-your-manager", "s5-give-me-a-dane", "s12-37-in-queue"
SECTIONS = (
    "the-right",
    "life-in-danger",
    "who-to-call",
    "i-know-where-you-live",
    "who-sees-what",
    "find-it-race",
    "remember",
)
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


def at(path: str) -> Callable[[Page], object]:
    return lambda page: page.goto(path)


def refused(path: str, status: int) -> Callable[[Page], object]:
    def come(page: Page) -> None:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == status

    return come


def wrong_sign_in(email: str, password: str) -> Callable[[Page], object]:
    def come(page: Page) -> None:
        page.goto("/sign-in")
        page.locator("#email").fill(email)
        page.locator("#password").fill(password)
        follow(page.locator("form button"))
        expect(page.locator(".problem").first).to_be_visible()

    return come


def section(unit: str, name: str) -> Callable[[Page], object]:
    """A section of a lesson that is begun."""

    def come(page: Page) -> None:
        begin(page, unit)
        page.goto(f"/learn/{unit}/section/{name}")

    return come


def begin(page: Page, unit: str) -> None:
    page.goto(f"/learn/{unit}")
    form = page.locator(f"form[action='/learn/{unit}']")
    if form.count():
        follow(form.locator("button"))


def answered(unit: str, name: str, check: str, option: int) -> Callable[[Page], object]:
    def come(page: Page) -> None:
        section(unit, name)(page)
        page.locator(f"#option-{check}-{option}").click()
        expect(page.locator(f"#why-{check}")).to_be_visible()

    return come


def missing(page: Page) -> None:
    begin(page, SECOND)
    page.goto(f"/learn/{SECOND}/end")
    expect(page.locator(".missing li").first).to_be_visible()


def moved(page: Page, place: int) -> None:
    """The move has been made, and htmx has done with the page: the focus is where it puts it last."""
    expect(page.locator(f"input[name=place][value='{place + 1}'], .path").first).to_be_attached()
    expect(page.locator("#now h2")).to_be_focused()


def playing(*choices: int) -> Callable[[Page], object]:
    """A call from its beginning, with these moves made."""

    def come(page: Page) -> None:
        page.goto(f"/learn/{CALL}")
        follow(page.locator(f"form[action='/learn/{CALL}/attempts'] button"))
        for place, choice in enumerate(choices, 1):
            page.locator(f"button[name=choice][value='{choice}']").click()
            moved(page, place)

    return come


def calling(
    unit: str, wanted: Callable[[Call], bool], *, view: str = "", words: str = "", opened: bool = False
) -> Callable[[Page], object]:
    """A call from its beginning to where `wanted` holds; then, at its end, these own words. `opened`: what was said before, too."""

    def come(page: Page) -> None:
        page.goto(f"/learn/{unit}")
        button = f"button[value='{view}']" if view else "button"
        follow(page.locator(f"form[action='/learn/{unit}/attempts'] {button}"))
        for place, choice in enumerate(way(unit, wanted, view=view), 1):
            page.locator(f"button[name=choice][value='{choice}']").click()
            moved(page, place)
        if words:
            page.locator("#text").fill(words)
            follow(page.locator(".own-words form button"))
            expect(page.locator(".beside")).to_be_visible()
        if opened:
            page.locator(".earlier summary").first.click()

    return come


def over(call: Call) -> bool:
    return call.ended and len(call.turns) > 3


def shaken(call: Call) -> bool:
    return call.stood.calm < 30 and not call.ended


def beside(call: Call) -> bool:
    """Both customers of a chat have written, and one waits."""
    return len(call.turns) > 3 and call.moment.thread == 1


def on(channel: Channel, moves: int) -> Callable[[Call], bool]:
    return lambda call: call.moment.channel is channel and not call.ended and len(call.turns) >= moves


def empty_words(page: Page) -> None:
    """At the end of a call, asked for own words and giving none."""
    calling(MANAGER, over)(page)
    follow(page.locator(".own-words form button"))
    expect(page.locator("#text-problem")).to_be_visible()


def person_of(listing: str, name: str) -> Callable[[Page], object]:
    def come(page: Page) -> None:
        page.goto(listing)
        follow(page.get_by_role("link", name=name))
        expect(page.locator("h1")).to_have_text(name)

    return come


def assigning(go_live: str, *, send: bool = False) -> Callable[[Page], object]:
    def come(page: Page) -> None:
        page.goto("/assign")
        page.locator("#plan").select_option("plan:onboarding")
        page.locator("#who").select_option(label="Noor Haddad")
        page.locator("#start_on").fill("2026-11-04")
        page.locator("#go_live_on").fill(go_live)
        expect(page.locator("#dates li, #dates .problem").first).to_be_visible()
        if send:
            follow(page.locator("form.stack button:not([formmethod])"))
            expect(page.locator("#go_live_on-problem")).to_be_visible()

    return come


def assigning_nothing(page: Page) -> None:
    page.goto("/assign")
    follow(page.locator("form.stack button:not([formmethod])"))
    expect(page.locator("#plan-problem")).to_be_visible()


def late_only(page: Page) -> None:
    """A filter that htmx puts in place."""
    page.goto("/team")
    page.locator("#show-late").click()
    expect(page.locator("#show-late")).to_have_attribute("aria-current", "true")


def writing(page: Page) -> None:
    """A draft with something to mend, looked at while it is written."""
    page.goto("/author/s2-he-died-on-monday")
    page.locator("#en").fill(page.locator("#en").input_value().replace("](#", "](#nowhere-", 1))
    expect(page.locator("#findings a[data-line]").first).to_be_visible()


def refused_file(page: Page) -> None:
    page.goto("/author")
    page.locator("#file").set_input_files({"name": "x.md", "mimeType": "text/markdown", "buffer": b"x"})
    follow(page.locator("form[enctype] button"))
    expect(page.locator(".findings li").first).to_be_visible()


def counted(page: Page) -> None:
    page.goto(f"/author/{CALL}/choices")
    follow(page.locator("main form button"))
    expect(page.locator(".empty")).to_be_visible()


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
    *(Scene(f"card{name}", "learner", at(f"/card{name}")) for name in ("", "/wallet")),
    Scene("card/settings", "admin", at("/card/settings")),
    *(Scene(f"our-line-{who}", who, at("/our-line")) for who in ("learner", "manager")),
    Scene("account", "learner", at("/account")),
    Scene("theme", "manager", at("/themes/6-hard-calls-and-unpleasant-experiences")),
    *(Scene(name, "trainer", at(f"/{name}")) for name in ("enrolments", "themes", "sources")),
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
