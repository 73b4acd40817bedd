"""Files sent in: each bad one is a clear sentence, and then nothing is stored or published."""

import pytest
from starlette.testclient import TestClient

from api.library.markdown import MAX_BYTES
from tests.authoring.forms import DESK, STORED, fields, opened, said, sent
from tests.authoring.writing import CALL, EXAMPLE, MORE_TRUST, NEW, changed, desk_of, save
from tests.conftest import ON_SQLITE, House
from tests.markup import live_markup
from tests.stored import rows

pytestmark = [pytest.mark.doors, ON_SQLITE]

MOMENTS = "---\ntitle: x\n---\n" + "".join(f"## M {number} {{#m{number}}}\n\n" for number in range(5000))
LAUGHS = "---\na: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=False)
)
BAD_FILES = {
    "five thousand moments": (f"{NEW}.da.md", MOMENTS.encode(), "at most 200 moments"),
    "too large": (f"{NEW}.da.md", b"x" * (MAX_BYTES + 1), "the file is over 256 KB"),
    "billion laughs": (f"{NEW}.da.md", (LAUGHS + "---\n").encode(), "anchors and aliases"),
    "script in a line": (
        f"{NEW}.da.md",
        EXAMPLE["da"].replace("Ja. Det er fire dage.", "<script>alert(1)</script>").encode(),
        "'<script>' is HTML",
    ),
    "latin-1": (f"{NEW}.da.md", EXAMPLE["da"].encode("latin-1", "replace"), "the file is not UTF-8 here"),
    "a NUL": (f"{NEW}.da.md", EXAMPLE["da"].replace("Ja.", "\0").encode(), "there is a NUL character here"),
    "a wrong name": ("Min fil.md", EXAMPLE["da"].encode(), "name it lessons/"),
    "no language": (f"{NEW}.md", EXAMPLE["da"].encode(), "name it lessons/"),
    "a way out": (f"../../{NEW}.da.md", EXAMPLE["da"].encode(), "name it lessons/"),
    "nothing": (f"{NEW}.da.md", b"", "must begin with a header"),
}


@pytest.mark.parametrize("door", ["/author/upload", f"{DESK}/upload"])
@pytest.mark.parametrize("bad", BAD_FILES)
def test_a_bad_file_is_a_clear_sentence_and_nothing_stored(
    bad: str, door: str, house: House, author: TestClient, database_url: str
) -> None:
    if door != "/author/upload":
        save(house, EXAMPLE, NEW)
    before = rows(database_url, *STORED)
    name, raw, sentence = BAD_FILES[bad]
    version = {"version": str(desk_of(house, NEW).version)} if door != "/author/upload" else {}
    answer = sent(author, door, name, raw, **version)
    assert answer.status_code == 422
    assert sentence in said(answer.text)
    assert live_markup(answer.text) == []
    assert rows(database_url, *STORED) == before


def test_a_bad_file_of_the_call_stands_in_its_field_to_be_mended(house: House, author: TestClient) -> None:
    save(house, EXAMPLE, NEW)
    form = opened(author)
    bad = EXAMPLE["da"].replace("#agreed) {.good", "#nowhere) {.good")
    answer = sent(author, f"{DESK}/upload", f"{NEW}.da.md", bad.encode(), **{k: form[k] for k in ("version", "served")})
    assert answer.status_code == 422
    kept = fields(answer.text)
    assert (kept["da"], kept["en"]) == (bad, EXAMPLE["en"])
    assert desk_of(house, NEW).texts == EXAMPLE
    assert author.post(f"{DESK}/save", data=kept).status_code == 303


def test_files_are_taken_in(house: House, author: TestClient) -> None:
    for language in ("da", "en"):
        answer = sent(author, "/author/upload", f"{NEW}.{language}.md", EXAMPLE[language].encode("utf-8-sig"))
        assert answer.headers["location"] == f"{DESK}?said=sent"
    assert desk_of(house, NEW).texts == EXAMPLE
    assert "Nothing to mend" in author.get(DESK).text
    more = changed(EXAMPLE, MORE_TRUST)
    assert sent(author, "/author/upload", f"{NEW}.da.md", more["da"].encode()).status_code == 409
    form = opened(author)
    seen = {name: form[name] for name in ("version", "served")}
    assert sent(author, f"{DESK}/upload", f"{CALL}.da.md", EXAMPLE["da"].encode(), **seen).status_code == 422
    assert sent(author, f"{DESK}/upload", f"{NEW}.da.md", more["da"].encode(), **seen).status_code == 303
    assert sent(author, f"{DESK}/upload", f"{NEW}.en.md", more["en"].encode(), **seen).status_code == 409
    assert desk_of(house, NEW).texts == {"da": more["da"], "en": EXAMPLE["en"]}


@pytest.mark.parametrize("door", ["/author/upload", f"/author/{CALL}/upload"])
def test_no_file_is_a_sentence(door: str, author: TestClient) -> None:
    for files in (None, {"file": ("", b"", "text/plain")}):
        answer = author.post(door, files=files, data={"version": "0"})
        assert answer.status_code == 422
        assert "Choose a file on your computer first." in answer.text
