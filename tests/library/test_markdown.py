"""Reading a file: bytes, header, braces, and HTML that holds nothing but what we let through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.library.markdown import (
    MAX_BYTES,
    TAGS,
    Attributes,
    decode,
    html,
    line,
    plain,
    read,
    split_braces,
    unit_of_link,
)

HEADER = "---\ntitle: Ro\n---\n"


def shown(markdown: str) -> str:
    return html(read("x.da.md", HEADER + markdown).nodes)


@pytest.mark.parametrize(
    ("raw", "at", "rule"),
    [
        (b"a" * (MAX_BYTES + 1), 1, "too-large"),
        (b"en\nto\ntre \xe6\n", 3, "encoding"),
        ("en\nto".encode("utf-16"), 1, "encoding"),
        (b"en\nto\0\n", 2, "encoding"),
    ],
    ids=["too large", "Latin-1", "UTF-16", "NUL"],
)
def test_bytes_that_are_no_text_of_ours_are_named_with_their_line(raw: bytes, at: int, rule: str) -> None:
    source, findings = decode("x.da.md", raw)
    assert source == ""
    assert [(finding.path, finding.line, finding.rule) for finding in findings] == [("x.da.md", at, rule)]


@pytest.mark.parametrize(
    ("raw", "source"),
    [("ærø".encode(), "ærø"), (b"\xef\xbb\xbfen", "en"), (b"", ""), (b"a" * MAX_BYTES, "a" * MAX_BYTES)],
    ids=["UTF-8", "with a byte order mark", "empty", "as large as may be"],
)
def test_other_bytes_are_read(raw: bytes, source: str) -> None:
    assert decode("x.da.md", raw) == (source, [])


@pytest.mark.parametrize(
    ("source", "at"),
    [
        ("", 1),
        ("# Ingen header", 1),
        ("---\ntitle: Ro\n", 1),
        ("---\n- en\n- to\n---\n", 1),
        ("---\ntitle: Ro\nnumber: [1\n---\n", 3),
        ("---\ntitle: Ro\nnumber: 'x\n---\n", 3),
        ("---\ntitle: &a Ro\nnumber: *a\n---\n", 1),
        ("---\nchecked: 2026-13-45\n---\n", 1),
        ('---\ntitle: !!int ""\n---\n', 1),
        ("---\ntitle: !!bool måske\n---\n", 1),
        ("---\ntitle: !!timestamp i går\n---\n", 1),
        ("---\ntitle: !!python/object:os.system x\n---\n", 2),
        ('---\ntitle: "\\ud800"\n---\n', 1),
        ("---\n" + "[" * 5000 + "\n---\n", 1),
    ],
    ids=[
        "empty",
        "none",
        "not closed",
        "a list",
        "bracket not closed",
        "quote not closed",
        "alias",
        "no such date",
        "no number",
        "no truth",
        "no time",
        "code",
        "half a character",
        "too deep",
    ],
)
def test_a_header_that_cannot_be_read_is_named_with_its_line(source: str, at: int) -> None:
    text = read("x.da.md", source)
    assert text.front == {}
    assert [(finding.line, finding.rule) for finding in text.findings] == [(at, "header")]
    assert "\n" not in text.findings[0].message


def test_a_header_is_read_and_stands_apart_from_the_text() -> None:
    text = read("x.da.md", HEADER + "\nEn linje.\n")
    assert (text.front, text.findings) == ({"title": "Ro"}, [])
    assert [(plain(node), line(node)) for node in text.nodes] == [("En linje.", 5)]


def test_a_nodes_words_are_without_markup() -> None:
    [paragraph] = read("x.da.md", HEADER + "Sig **det** `rent`\nog [roligt](x.md).  \nHer.\n").nodes
    assert plain(paragraph) == "Sig det rent og roligt. Her."


@pytest.mark.parametrize(
    ("words", "rest", "attributes"),
    [
        ("Vent", "Vent", Attributes()),
        ("Vent {#wait}", "Vent", Attributes("wait")),
        ("Vent {#wait anchor=start week=4}", "Vent", Attributes("wait", (), {"anchor": "start", "week": "4"})),
        ("{.good ladder=-1 trust=+15}", "", Attributes("", ("good",), {"ladder": "-1", "trust": "+15"})),
        ("{.good .subtle trust=+5}", "", Attributes("", ("good", "subtle"), {"trust": "+5"})),
        ("{if=trust>=40,!words,boundary<named}", "", Attributes("", (), {"if": "trust>=40,!words,boundary<named"})),
        ("Vent {flag=threat flag=digital}", "Vent", None),
        ("Vent {}", "Vent", Attributes()),
        ("Vent {her} og der", "Vent {her} og der", Attributes()),
        ("Vent {wait}", "Vent", None),
        ("Vent {#}", "Vent", None),
        ("Vent {week=}", "Vent", None),
        ('Vent {#wait onclick="x"}', "Vent", Attributes("wait", (), {"onclick": '"x"'})),
    ],
)
def test_braces_at_the_end_are_read(words: str, rest: str, attributes: Attributes | None) -> None:
    assert split_braces(words) == (rest, attributes)


@pytest.mark.parametrize(
    ("href", "unit"),
    [
        ("b0.da.md", "b0"),
        ("../lessons/boosters/b0-monday-after.en.md", "b0-monday-after"),
        ("module.da.md", "module"),
        ("b0.md", None),
        ("b0.de.md", None),
        ("https://rolig.example/b0.da.md", None),
        ("b0.da.md?x", None),
        ("", None),
    ],
)
def test_a_link_to_a_content_file_names_a_unit(href: str, unit: str | None) -> None:
    assert unit_of_link(href) == unit


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Sig *det*.", "<p>Sig <em>det</em>.</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<b onclick=x>her</b>", "<p>&lt;b onclick=x&gt;her&lt;/b&gt;</p>"),
        ("![billede](https://andre.example/x.png)", "<p></p>"),
        ("[her](javascript:alert(1))", "<p>[her](javascript:alert(1))</p>"),
        (
            "[her](https://at.dk)",
            '<p><a href="https://at.dk" rel="noopener noreferrer">her</a></p>',
        ),
        (
            "[næste](../boosters/b0.da.md)",
            '<p><a href="/learn/b0" rel="noopener noreferrer">næste</a></p>',
        ),
        (
            "[x](data:text/html;base64,AAAA)",
            "<p>[x](data:text/html;base64,AAAA)</p>",
        ),
        ("3. tre", '<ol start="3">\n<li>tre</li>\n</ol>'),
    ],
    ids=["plain", "script", "handler", "picture", "javascript", "link", "unit", "data", "numbers"],
)
def test_html_holds_what_is_allowed_and_nothing_else(markdown: str, expected: str) -> None:
    assert shown(markdown) == expected


def test_a_table_says_what_its_headings_are_for() -> None:
    assert '<th scope="col">Trin</th>' in shown("| Trin |\n|---|\n| 2 |\n")
    assert '<td></td>\n<th scope="col">Trin</th>' in shown("| | Trin |\n|---|---|\n| Vred | 2 |\n")


@pytest.mark.parametrize(
    ("markdown", "kind"),
    [
        ('> **Kunden:** "Hallo?"', ' class="turn"'),
        ('> **Dig:** "Ja."', ' class="turn turn-you"'),
        ('> **You:** "Yes."', ' class="turn turn-you"'),
        ("> **Husk:** Vent.", ' class="callout"'),
        ("> **Remember:** Wait.", ' class="callout"'),
        ("> **Kunden** siger noget.", ""),
        ("> Bare et citat.", ""),
        ("> Så sagde **Kunden:** hallo.", ""),
        ("**Kunden:** uden for et citat.", ""),
    ],
)
def test_a_quote_that_opens_with_a_name_is_a_turn_or_a_callout(markdown: str, kind: str) -> None:
    assert f"<p{kind}>" in shown(markdown)


def test_a_paragraph_after_a_quote_is_no_turn() -> None:
    assert shown('> **Kunden:** "Hej."\n\n**Dig:** nej.').endswith("<p><strong>Dig:</strong> nej.</p>")


@given(st.text(max_size=200))
def test_whatever_is_written_no_other_tag_and_no_handler_comes_out(markdown: str) -> None:
    shown_html = shown(markdown)
    tags = {piece.split(">")[0].split()[0].strip("/") for piece in shown_html.split("<")[1:]}
    assert tags <= TAGS
    assert "javascript:" not in shown_html.lower() or "href" not in shown_html
