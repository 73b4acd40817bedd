"""A call written, mended, tried and published in the browser, with scripts and without."""

from playwright.sync_api import Page, expect

from tests.authoring.writing import EXAMPLE
from tests.browser.served import PHONE, Visits, follow, settle
from tests.browser.test_checks import SEVERAL

KEY = "s17-the-parcel"
BROKEN = ("(#heard) {.good", "(#nowhere) {.good")


def begin(page: Page, key: str) -> None:
    page.goto("/author")
    page.locator("#name").fill(key)
    follow(page.locator("form[action='/author/new'] button"))
    expect(page.locator("#da")).to_be_visible()


def test_a_call_is_written_mended_tried_and_published(own_visits: Visits) -> None:
    page = own_visits.visit("trainer", reduced_motion="reduce")
    begin(page, KEY)
    expect(page.locator(".proofs")).to_be_visible()
    danish = page.locator("#da").input_value()

    page.locator("#da").fill(danish.replace(*BROKEN, 1))
    place = page.locator("#findings a[data-line]").first
    expect(place).to_have_text("da:20")
    expect(page.locator("#told")).not_to_be_empty()
    expect(page.locator(".graph-wrap path.line")).to_have_count(5)
    settle(page)
    place.click()
    expect(page.locator("#da")).to_be_focused()
    selected = page.evaluate("(at => at.value.slice(at.selectionStart, at.selectionEnd))(document.activeElement)")
    assert "#nowhere" in selected

    follow(page.locator("button[formaction$='/publish']"))
    expect(page.locator("section[role=alert]")).to_be_visible()
    assert "#nowhere" in page.locator("#da").input_value()

    page.locator("#da").fill(danish)
    expect(page.locator("#findings .proofs")).to_be_visible()
    expect(page.locator(".graph-wrap path.line")).to_have_count(6)
    follow(page.locator("#desk button").first)
    expect(page.locator(".callout.good")).to_be_visible()
    follow(page.locator("#graph a.box").nth(1))
    expect(page.locator("#at")).to_have_value("heard")
    follow(page.locator(".moves a").first)
    expect(page.locator(".moment .end-type")).to_be_visible()
    expect(page.locator(".after-moves tbody tr")).to_have_count(2)

    page.goto(f"/author/{KEY}")
    page.locator("#da").fill(danish)
    follow(page.locator("button[formaction$='/publish']"))
    expect(page.locator(".callout.good")).to_be_visible()
    expect(page.locator(".served-now")).to_have_count(1)


def test_the_picture_and_its_words_stay_while_one_writes(visits: Visits) -> None:
    page = visits.visit(
        "trainer", "/author/s1-the-bill", viewport={"width": 900, "height": 800}, reduced_motion="reduce"
    )
    room = page.locator(".graph-wrap")
    page.locator("details:has(#in-words) summary").click()
    room.evaluate("one => { one.scrollLeft = 120 }")
    danish = page.locator("#da").input_value()
    page.locator("#da").fill(danish.replace("249 kroner mere!", "<b>249</b> kroner mere!"))
    expect(page.locator("#findings .findings li").first).to_contain_text("HTML")
    expect(page.locator("#in-words li").first).to_be_visible()
    assert room.evaluate("one => one.scrollLeft") == 120
    page.locator("#da").fill(danish.replace("](#three-matters)", "](#raised-voice)", 1))
    expect(page.locator("#findings .proofs, #findings .findings li").first).to_be_visible()
    expect(page.locator("#in-words li").first).to_be_visible()
    expect(page.locator("#findings")).not_to_contain_text("HTML")
    expect(page.locator("#in-words li", has_text="1. ").first).to_be_visible()


def test_boxes_to_tick_have_room_for_a_finger(visits: Visits) -> None:
    page = visits.visit("trainer", SEVERAL.path, viewport={"width": PHONE, "height": 800})
    row = SEVERAL.of(page).locator(".tickbox").first
    assert row.evaluate("one => [getComputedStyle(one).display, getComputedStyle(one).paddingLeft]") == ["flex", "16px"]
    page.goto("/author/s1-the-bill/try")
    box = page.locator(".tick").first.bounding_box()
    assert box
    assert box["height"] >= 44


def test_all_of_it_goes_without_scripts(own_visits: Visits) -> None:
    page = own_visits.visit("trainer", java_script_enabled=False)
    begin(page, KEY)
    danish = page.locator("#da").input_value()
    page.locator("#da").fill(danish.replace(*BROKEN, 1))
    follow(page.locator("#desk button").first)
    expect(page.locator("#findings .findings li").first).to_contain_text("#nowhere")
    page.locator("#file").set_input_files(
        {"name": f"{KEY}.da.md", "mimeType": "text/markdown", "buffer": EXAMPLE["da"].encode()}
    )
    follow(page.locator("form[enctype] button"))
    expect(page.locator("#findings .proofs")).to_be_visible()
    follow(page.locator("button[formaction$='/publish']"))
    expect(page.locator(".served-now")).to_have_count(1)
    page.goto(f"/author/{KEY}/try")
    page.locator("#at").select_option("heard")
    page.locator("#trust").fill("12")
    follow(page.locator(".put-down button"))
    expect(page.locator(".after-moves tbody td").nth(1)).to_have_text("12")


def test_two_who_write_at_once_see_each_other(own_visits: Visits) -> None:
    hers, his = own_visits.visit("trainer"), own_visits.visit("admin")
    begin(hers, KEY)
    his.goto(f"/author/{KEY}")
    for page, line in ((hers, "Hendes linje."), (his, "Hans linje.")):
        page.locator("#da").fill(page.locator("#da").input_value().replace("Skriv her", line, 1))
        follow(page.locator("#desk button").first)
    expect(hers.locator(".callout.good")).to_be_visible()
    expect(his.locator("section[role=alert]")).to_contain_text("Tove Kragh")
    assert "Hans linje." in his.locator("#da").input_value()


def test_the_picture_scrolls_in_its_own_room_on_a_phone(visits: Visits) -> None:
    page = visits.visit("trainer", "/author/s1-the-bill", viewport={"width": PHONE, "height": 800})
    room = page.locator(".graph-wrap")
    assert room.evaluate("one => one.scrollWidth > one.clientWidth")
    assert page.evaluate("document.scrollingElement.scrollWidth") == PHONE
    one, other = (page.locator(f"#{language}").bounding_box() for language in ("da", "en"))
    assert one
    assert other
    assert one["y"] + one["height"] <= other["y"]
    page.set_viewport_size({"width": 1440, "height": 900})
    one, other = (page.locator(f"#{language}").bounding_box() for language in ("da", "en"))
    assert one
    assert other
    assert one["y"] == other["y"]
