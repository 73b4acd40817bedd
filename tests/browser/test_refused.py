"""What htmx is refused: nothing on the page goes for it, and the sentence is seen and read out where one is."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served import HEIGHT, PHONE, Visits
from tests.browser.test_axe import broken_rules
from tests.browser.test_checks import REFLECT, open_check

WORDS = "Jeg puster ud, før jeg svarer. " * 60
SIGN_IN = "Log ind"


def expect_said(page: Page, sentence: str) -> None:
    told = page.get_by_role("alert")
    expect(told).to_contain_text(sentence)
    expect(told).to_be_in_viewport()


@pytest.mark.parametrize("width", [PHONE, 1440])
def test_own_words_stand_when_the_answer_is_refused(visits: Visits, width: int) -> None:
    page = visits.visit("trainer", viewport={"width": width, "height": 700}, reduced_motion="reduce")
    open_check(page, REFLECT)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    REFLECT.of(page).locator("textarea").fill(WORDS)
    REFLECT.send(page).click()
    expect_said(page, SIGN_IN)
    expect(REFLECT.of(page).locator("textarea")).to_have_value(WORDS)
    expect(REFLECT.send(page)).to_be_focused()
    assert broken_rules(page) == []
    for change in (
        "one => { one.value = 'x'.repeat(100) }",  # 422, but not of this form
        "one => { one.value = 'no-such-check' }",  # 404
    ):
        page.context.add_cookies(cookies)  # type: ignore[arg-type]  # what it gives is what it takes
        hidden = REFLECT.of(page).locator("input[name=check]")
        hidden.evaluate(change)
        REFLECT.send(page).click()
        expect(page.get_by_role("alert")).not_to_contain_text(SIGN_IN)
        expect(page.get_by_role("alert")).not_to_be_empty()
        expect(REFLECT.of(page).locator("textarea")).to_have_value(WORDS)
    hidden.evaluate(f"one => {{ one.value = '{REFLECT.check}' }}")
    REFLECT.send(page).click()
    expect(REFLECT.of(page).locator("[role=status]")).to_be_visible()
    expect(page.locator("#refused")).to_be_empty()


def test_the_authors_desk_goes_on_after_a_refusal(visits: Visits) -> None:
    page = visits.visit("trainer", "/author/s1-the-bill", viewport={"width": 1440, "height": HEIGHT})
    expect(page.locator("#findings .proofs")).to_be_visible()
    danish = page.locator("#da").input_value()
    cookies = page.context.cookies()
    page.context.clear_cookies()
    broken = danish.replace("](#three-matters)", "](#nowhere)", 1)
    assert broken != danish
    page.locator("#da").fill(broken)
    expect_said(page, SIGN_IN)
    expect(page.locator("#findings .proofs")).to_be_visible()
    page.context.add_cookies(cookies)  # type: ignore[arg-type]  # what it gives is what it takes
    page.route("**/check", lambda route: route.fulfill(status=413, body="<h1>Too large</h1>", content_type="text/html"))
    page.locator("#da").fill(broken + "\n")
    expect_said(page, "Too large")  # by something that stands before us, and knows nothing of the page
    expect(page.locator("#findings .proofs")).to_be_visible()
    page.unroute("**/check")
    page.locator("#da").fill(broken)
    expect(page.locator("#findings .findings li").first).to_contain_text("#nowhere")
    expect(page.locator("#refused")).to_be_empty()
