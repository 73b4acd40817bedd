"""Calls of every size and malice are read in bounded time and memory, each with a clear sentence, and none is published."""

import re
import time
import tracemalloc

import pytest

from api.library import lint
from api.library.actions import publish
from api.library.proof import Proof
from api.library.scenarios import MAX_MOMENTS, read_scenario
from api.library.tables import CurrentRevision
from api.library.values import Finding
from api.library.walk import walk
from tests.conftest import House
from tests.course import small_course
from tests.library.rich_call import findings, planted
from tests.rows import rows

CALL = small_course()["scenarios/short-call.da.md"]
HEAD, FIRST = CALL[: CALL.index("## Telefonen")], CALL[CALL.index("## Telefonen") : CALL.index("## Aftalen")]
TAIL = CALL[CALL.index("## Aftalen") :]
PATHS = ("scenarios/short-call.da.md", "scenarios/short-call.en.md")
GENEROUS = 30.0  # seconds of work; it takes a few
MEGABYTES = 1024 * 1024

MOMENT = """## Trin {n} {{#m{n}}}

> **Kunden:** "Og så?"

- ["Jeg hører dig."](#{next}) {{.good ladder=-1 trust=+5}}

  > **Kunden:** "Ja."

  Hørt.

  - [Hun er træt](#{after}) {{if=trust<=45}}

- ["Vent lidt."](#{next}) {{.tempting trust=-5 boundary=named}}

  > **Kunden:** "Hvorfor?"

  Nej.

- ["Farvel."](#{next}) {{.harmful ladder=+1 trust=-10{asked}}}

  > **Kunden:** "Hallo?"

  Alene.

"""


def long_call(moments: int, *, asked: str = " if=ladder<4", back: bool = False) -> str:
    """A call of many moments in a row; with `back`, some lead to earlier ones."""
    written = []
    for n in range(moments):
        names = [f"m{n + 1}" if n + 1 < moments else "agreed", f"m{n + 2}" if n + 2 < moments else "hung-up"]
        if back and n % 2:
            names[1] = f"m{n - 1}"
        written.append(MOMENT.format(n=n, next=names[0], after=names[1], asked=asked))
    return HEAD + "".join(written) + TAIL


@pytest.mark.fuzz
def test_two_hundred_moments_are_proved_in_seconds() -> None:
    source = long_call(MAX_MOMENTS - 2)
    began = time.process_time()
    assert findings(source) == []
    assert time.process_time() - began < GENEROUS


@pytest.mark.fuzz
def test_a_call_with_more_states_than_can_be_walked_says_so_and_where() -> None:
    numbers = "trust=+3 calm=-7 solved=+1 minutes=+3 queue=+1 if=queue<98,calm<99,minutes<239,trust<99"
    source = long_call(60, asked=" " + numbers.replace("trust=+3 ", ""), back=True)
    source = planted(source, ("calm: 70}", "calm: 70, minutes: 0, queue: 0}"))
    began = time.process_time()
    [(line, rule, message)] = findings(source)
    assert time.process_time() - began < 3 * GENEROUS
    assert (line, rule) == (1, "too-many-states")
    assert re.search(r"\d+ seen, most in 'Trin \d+', from where conditions ask for [a-z ]+minutes", message)


def test_a_walk_stops_at_its_bound() -> None:
    scenario, _text = read_scenario("x.da.md", long_call(20), proved=False)
    assert not walk(scenario, most_steps=50).whole
    assert walk(scenario).whole
    assert list(Proof(scenario).wrongs()) == []


LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(20)
)
MALICE: list[tuple[str, bytes, str, str]] = [
    ("5,000 moments", (HEAD + "".join(f"## M {{#m{n}}}\n\nx\n" for n in range(5000)) + TAIL).encode(), "too-many", "a scenario has at most 200 moments; split it"),
    ("50 MB", b"x" * (50 * MEGABYTES), "too-large", "the file is over 256 KB; split it into several units"),
    ("a billion laughs", CALL.replace("title:", LAUGHS + "title:", 1).encode(), "header", "the header is not valid YAML: anchors and aliases (& and *) are not used here"),
    ("a header without an end", b"---\n" + b"{" * 200_000, "header", "the file must begin with a header between two lines of ---"),
    ("another encoding", CALL.encode("latin-1"), "encoding", "the file is not UTF-8 here; save it as UTF-8"),
    ("no start", (HEAD + TAIL[TAIL.index("## Med dine") :]).encode(), "no-moment", "the call has no moment; begin one with '## Heading {#id}'"),
    ("begins with its end", (HEAD + TAIL).encode(), "opening", "the call opens here and this is an end; write a moment with choices first"),
    ("a link to nowhere", planted(CALL, ("(#heard)", "(#nowhere)")).encode(), "choice-leads", "the choice leads to '#nowhere', which is no moment here"),
    ("two of one name", planted(CALL, ("{#heard}", "{#opening}")).encode(), "moment-twice", "the id 'opening' stands on line 15 already; give it another"),
    ("a choice without why", planted(CALL, ("\n  Hun er hørt.\n", "")).encode(), "choice-why", "under a choice, after the customer's reply, stands why it worked or did not"),
    ("endless braces", planted(CALL, ("trust=+15", "if=" + ",".join(["!threat"] * 20_000))).encode(), "condition", "if= asks for at most 12 things; take some away"),
    ("an endless word", planted(CALL, ("trust=+15", "if=" + "x" * 200_000)).encode(), "condition", "'xxx"),
    ("2,000 choices", planted(CALL, (FIRST, FIRST + '- ["Ja."](#agreed) {.good if=threat}\n\n  > Ja.\n\n  Ja.\n\n' * 2000)).encode(), "too-many", "a moment has at most 20 choices; take some away"),
    ("quotes in quotes", (CALL + "\n" + ">" * 100_000 + " x\n").encode(), "question", "under .question stands the question, then one quote with the answer"),
]  # fmt: skip


def inspected(raw: bytes) -> tuple[list[lint.Candidate], list[Finding]]:
    """The small course with this in place of its call, in both languages."""
    files = {path: source.encode() for path, source in small_course().items()} | dict.fromkeys(PATHS, raw)
    candidates, loose = lint.inspect(files)
    assert loose == []
    return candidates, [found for one in candidates if one.key == "short-call" for found in one.findings]


@pytest.mark.fuzz
@pytest.mark.parametrize(("raw", "rule", "message"), [one[1:] for one in MALICE], ids=[one[0] for one in MALICE])
def test_a_malicious_file_is_told_of_in_a_sentence_within_bounds(raw: bytes, rule: str, message: str) -> None:
    began = time.process_time()
    tracemalloc.start()
    _candidates, told = inspected(raw)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.process_time() - began < 2 * GENEROUS
    assert peak < 300 * MEGABYTES
    assert rule in {one.rule for one in told}
    said = next(one.message for one in told if one.rule == rule)
    assert said.startswith(message)
    assert len(said) <= 600
    assert "\n" not in said


def test_a_script_in_a_customers_line_is_shown_as_text() -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    source = CALL.replace("Det er tredje gang!", evil).replace('"Ikke til mig!"', evil).replace("Fredag.", evil)
    call, text = read_scenario("x.da.md", source)
    assert text.findings == []
    for html in (call.opening.html, call.opening.choices[1].reply, call.moment("agreed").axes[2].html):
        assert "<script" not in html
        assert "<img" not in html
        assert "&lt;script&gt;" in html


def test_a_file_is_read_no_further_than_it_takes_to_see_that_it_is_too_large(tmp_path: object) -> None:
    folder = tmp_path / "scenarios"  # type: ignore[operator]
    folder.mkdir()
    with (folder / "big.da.md").open("wb") as file:
        file.truncate(200 * MEGABYTES)
    tracemalloc.start()
    found = lint.check(tmp_path)  # type: ignore[arg-type]
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "too-large" in {one.rule for one in found}
    assert peak < 5 * MEGABYTES


@pytest.mark.parametrize("name", ["50 MB", "a billion laughs", "a link to nowhere", "another encoding"])
def test_nothing_of_it_is_published(house: House, name: str) -> None:
    raw = next(one[1] for one in MALICE if one[0] == name)
    candidates, told = inspected(raw)
    published = house.write(publish, candidates, house.clock())
    assert "short-call" not in published.changed
    assert set(told) <= set(published.findings)
    assert rows(house, CurrentRevision, key="short-call") == []
