"""The story: the trainer assigns, the learner learns, the manager sees. In both languages, with and without scripts, on a
phone and on a desk.
"""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.served import DESK, HEIGHT, PHONE, Visits, follow, settle, sign_in
from tests.browser.words import expect_language

START, TOO_EARLY, GO_LIVE = "2026-11-04", "2026-11-02", "2026-12-16"
NOOR = "Noor Haddad"
FIRST, SECOND, CALL = "1-1-right-and-net", "1-2-what-is-a-conflict", "s1-the-bill"
STATUS = {"not_started": "Not started", "on_track": "On track", "late": "Late", "done": "Done"}


class Story:
    """One telling: how the people's browsers are set up, and what the learner said along the way."""

    def __init__(self, visits: Visits, language: str, width: int, *, scripts: bool) -> None:
        self.visits, self.language, self.scripts = visits, language, scripts
        self.options: dict[str, Any] = {
            "locale": {"da": "da-DK", "en": "en-GB"}[language],
            "viewport": {"width": width, "height": HEIGHT},
            "java_script_enabled": scripts,
        }
        self.said: set[str] = set()

    def enter(self, name: str) -> Page:
        """Signs in, in the language of the browser; then the person chooses it for the rest."""
        page = self.visits.visit(**self.options)
        page.goto("/sign-in")
        expect_language(page, self.language, "Sign in", "Password")
        sign_in(page, name)
        page.goto("/account")
        page.locator(f"input[name=language][value={self.language}]").check()
        follow(page.locator("form[action='/account'] button"))
        expect_language(page, self.language, "Language", "Sign out")
        page.goto("/")
        return page

    def send(self, wanted: Locator) -> None:
        """Clicks what htmx answers with a part of the page, or the house with a whole one where there are no scripts."""
        if self.scripts:
            wanted.click()
            settle(wanted.page)
        else:
            follow(wanted)

    def hear(self, page: Page, *parts: Locator) -> None:
        """Keeps what must stay between the learner and Rolig, as it stands in a page's source."""
        texts = [part.inner_text() for part in parts]
        source = page.content()
        assert [text for text in texts if text not in source] == []
        self.said.update(texts)


# Every two of scripts, width and language meet: what breaks with one or two of them breaks here.
@pytest.mark.parametrize(
    ("scripts", "width", "language"),
    [("scripts", PHONE, "da"), ("scripts", DESK, "en"), ("no-scripts", PHONE, "en"), ("no-scripts", DESK, "da")],
)
def test_trainer_assigns_learner_learns_manager_sees(
    own_visits: Visits, language: str, width: int, scripts: str
) -> None:
    story = Story(own_visits, language, width, scripts=scripts == "scripts")
    trainer_assigns(story)
    learner_learns(story)
    manager_sees(story)


def trainer_assigns(story: Story) -> None:
    page = story.enter("trainer")
    expect_language(page, story.language, "Enrolments", "Assign a plan")
    follow(page.locator("main a[href='/assign']"))
    expect_language(page, story.language, "Plan or module", "Cohort or person")
    page.locator("#plan").select_option("plan:onboarding")
    page.locator("#who").select_option(label=NOOR)
    page.locator("#start_on").fill(START)
    page.locator("#go_live_on").fill(TOO_EARLY)
    if story.scripts:
        expect(page.locator("#dates .problem")).to_be_visible()
    follow(page.locator("form.stack button:not([formmethod])"))
    expect(page.locator("#go_live_on-problem")).to_be_visible()
    expect(page.locator("#go_live_on")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#go_live_on")).to_have_attribute("aria-describedby", re.compile("^go_live_on-problem"))
    expect(page.locator("#go_live_on")).to_have_value(TOO_EARLY)
    expect_language(page, story.language, "Go-live must be later than the start date. Choose a later go-live.")
    assert not enrolled(page)

    page.locator("#go_live_on").fill(GO_LIVE)
    if not story.scripts:
        follow(page.locator("form.stack button[formmethod=get]"))
    expect(page.locator("#dates time[datetime='2026-11-25']")).to_have_count(7)  # day 1 of the conflict week
    expect(page.locator("#dates time[datetime='2026-12-30']")).to_have_count(1)  # the follow-up day
    assert not enrolled(page)
    follow(page.locator("form.stack button:not([formmethod])"))
    page.wait_for_url(re.compile("/enrolments/[0-9A-Za-z]+$"))
    expect(page.locator("h1")).to_have_text(NOOR)
    expect_language(page, story.language, "Not started")
    assert enrolled(page)


def enrolled(page: Page) -> bool:
    """Whether Noor stands among those on a plan."""
    answer = page.request.get("/enrolments")
    assert answer.ok
    assert "Nadia Lind" in answer.text()
    return NOOR in answer.text()


def learner_learns(story: Story) -> None:
    page = story.enter("new")
    expect_language(page, story.language, "My plan", "Your next step", "Begin")
    expect(next_link(page)).to_have_attribute("href", f"/learn/{FIRST}")
    follow(next_link(page))
    first_lesson(story, page)
    second_lesson(story, page)
    call(story, page)
    page.goto("/plan")
    for unit in (FIRST, SECOND, CALL):
        expect(page.locator(".step.done", has=page.locator(f"a[href='/learn/{unit}']"))).to_have_count(1)
    expect(page.locator(".plan-head .numbers")).to_have_text(re.compile("^3/"))


def next_link(page: Page) -> Locator:
    """The one next thing."""
    return page.locator("main section.next a.button")


def forward(page: Page) -> None:
    follow(page.locator("#onward form button"))


def answer(story: Story, page: Page, check: str, number: int) -> Locator:
    """Chooses an option; its place in the list, with why."""
    button = page.locator(f"#option-{check}-{number}")
    story.hear(page, button, page.locator(f"#title-{check}"))
    story.send(button)
    expect(page.locator(f"#why-{check}")).to_be_visible()
    chosen = page.locator(f"#check-{check} .option.chosen")
    expect(chosen).to_have_count(1)
    expect(chosen.locator("button")).to_have_id(f"option-{check}-{number}")
    return chosen


def checks_here(page: Page) -> list[tuple[str, int]]:
    """Ids of the checks of a section, with their number of options."""
    forms = page.locator("form.check").all()
    return [
        ((form.get_attribute("id") or "").removeprefix("check-"), form.locator(".option").count()) for form in forms
    ]


def solve(story: Story, page: Page, check: str, options: int) -> None:
    """Tries until it is right."""
    for number in range(1, options + 1):
        if "good" in (answer(story, page, check, number).get_attribute("class") or "").split():
            return
    raise AssertionError(f"no answer to {check} is right")


def first_lesson(story: Story, page: Page) -> None:
    """A safety lesson: wrong first, right in the end, and not done before that."""
    expect_language(page, story.language, "How you finish it", "Begin")
    follow(page.locator(f"form[action='/learn/{FIRST}'] button"))
    page.wait_for_url("**/section/the-right")
    expect_language(page, story.language, "Question", "Continue")
    wrong = answer(story, page, "warned-once", 1)
    expect(wrong).to_have_class(re.compile("tempting"))
    expect(wrong.locator(".why p").nth(1)).not_to_be_empty()
    expect(page.locator("#check-warned-once > .hint")).to_be_visible()
    expect_language(page, story.language, "Tempting")
    sections = page.locator(".outline li").count()
    for _section in range(sections):
        for check, options in checks_here(page):
            if check != "warned-once":
                solve(story, page, check, options)
        forward(page)
    page.wait_for_url(f"**/learn/{FIRST}/end")
    missing = page.locator(".missing a")
    expect(missing).to_have_attribute("href", f"/learn/{FIRST}/section/the-right#check-warned-once")
    expect_language(page, story.language, "Almost there")
    follow(missing)
    solve(story, page, "warned-once", 3)
    page.goto(f"/learn/{FIRST}/end")
    expect_language(page, story.language, "You have finished this lesson")


def second_lesson(story: Story, page: Page) -> None:
    """Left in the middle and taken up at the exact place, with the answers there."""
    expect(next_link(page)).to_have_attribute("href", f"/learn/{SECOND}")
    follow(next_link(page))
    follow(page.locator(f"form[action='/learn/{SECOND}'] button"))
    answer(story, page, "seventy-nine", 3)
    forward(page)
    page.wait_for_url("**/section/the-feeling")
    answer(story, page, "ten-years", 2)

    page.goto("/plan")
    expect_language(page, story.language, "Continue where you left off")
    expect(next_link(page)).to_have_attribute("href", f"/learn/{SECOND}")
    follow(next_link(page))
    page.wait_for_url("**/section/the-feeling")
    expect(page.locator(".outline a[aria-current=step]")).to_have_attribute("href", re.compile("/the-feeling$"))
    expect(page.locator("#check-ten-years .option.chosen button")).to_have_id("option-ten-years-2")
    expect(page.locator("#why-ten-years")).to_be_visible()
    while not page.url.endswith("/end"):
        for check, _options in checks_here(page):
            answer(story, page, check, 1)
        forward(page)
    expect_language(page, story.language, "You have finished this lesson")


def call(story: Story, page: Page) -> None:
    page.goto(f"/learn/{CALL}")
    expect_language(page, story.language, "Take the call")
    follow(page.locator(f"form[action='/learn/{CALL}/attempts'] button"))
    play(story, page, 2, 1)
    page.goto("/plan")
    page.goto(f"/learn/{CALL}")
    expect(page.locator("input[name=place]")).to_have_value("3")  # as it was left
    play(story, page, 3, 3, 1)
    expect(page.locator("#now .end-type.success")).to_be_visible()
    expect(page.locator(".path li")).to_have_count(5)
    expect_language(page, story.language, "The way you went", "Solved")

    follow(page.locator(f"form[action='/learn/{CALL}/attempts'] button"))
    expect(page.locator("input[name=place]")).to_have_value("1")
    play(story, page, 3, 2, 4)
    expect(page.locator("#now .end-type.lesson-learnt")).to_be_visible()
    expect(page.locator(".path li")).to_have_count(3)
    expect_language(page, story.language, "Hung up too soon")


def play(story: Story, page: Page, *choices: int) -> None:
    for number in choices:
        button = page.locator(f".options button[name=choice][value='{number}']")
        story.hear(page, button)
        place = int(page.locator("input[name=place]").input_value())
        story.send(button)
        moved_on = page.locator(f"input[name=place][value='{place + 1}'], .path")
        expect(moved_on.first).to_be_attached()
        expect(page.locator(".last .why")).to_be_visible()


def manager_sees(story: Story) -> None:
    page = story.enter("other-manager")
    page.wait_for_url("**/team")
    expect_language(page, story.language, "Steps done", "Next date")
    texts = [page.content()]
    for name, word in [("all", "All"), *STATUS.items()]:
        story.send(page.locator(f"#show-{name}"))
        expect(page.locator(f"#show-{name}")).to_have_attribute("aria-current", "true")
        expect(page.locator("table.board tbody tr")).to_have_count(
            int(page.locator(f"#show-{name} .count").inner_text())
        )
        expect_language(page, story.language, word)
        texts.append(page.content())
    story.send(page.locator("#show-all"))
    expect(page.locator("#show-all")).to_have_attribute("aria-current", "true")
    rows = board_rows(page)
    assert [row[0] for row in rows] == [NOOR, "Selma Dahl"]
    assert rows[0][3].startswith("3/")
    with page.expect_download() as waiting:
        page.locator("a[href^='/team.csv']").click()
    assert csv_rows(Path(waiting.value.path())) == rows

    follow(page.get_by_role("link", name=NOOR))
    expect(page.locator("h1")).to_have_text(NOOR)
    expect(page.locator(".step.done")).to_have_count(3)
    expect_language(page, story.language, "My team")
    texts.append(page.content())
    assert len(story.said) > 30
    assert [said for said in story.said for text in texts if said in text] == []


def board_rows(page: Page) -> list[list[str]]:
    """Name, plan, status, done of all, next date and go-live, as the board shows them."""
    rows = []
    for row in page.locator("table.board tbody tr").all():
        status, done, due, live, plan = row.locator("td").all()
        days = [day.locator("time").get_attribute("datetime") or "" for day in (due, live)]
        rows.append([row.locator("th").inner_text(), plan.inner_text(), status.inner_text(), done.inner_text(), *days])
    return rows


def csv_rows(path: Path) -> list[list[str]]:
    head, *rows = csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), delimiter=";")
    assert len(head) == 8
    return [
        [name, plan, status, f"{done}/{total}", due, live] for name, plan, status, done, total, due, _, live in rows
    ]
