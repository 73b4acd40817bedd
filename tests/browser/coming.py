"""How somebody comes to what a page shows: a lesson begun, an answer given, a call played so far, a form sent."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from api.library.graph import Channel
from api.scenarios.rules import Call
from tests.browser.served import follow
from tests.scenarios.ways import way

FIRST, SECOND, THIRD, FOURTH = "1-1-right-and-net", "1-2-what-is-a-conflict", "1-3-the-ladder", "1-4-anger-in-the-body"
CALL = "s1-the-bill"
THREAT, CHAT, LIFE, MAIL = "s3-i-know-where-you-live", "s7-five-answers", "s11-it-might-as-well-be", "s8-named"
MANAGER, TARGET, QUEUE = "s6-your-manager", "s5-give-me-a-dane", "s12-37-in-queue"


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
