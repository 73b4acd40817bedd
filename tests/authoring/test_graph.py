"""The picture of a call: everything is on it, nothing on top of another, no line behind a box."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.authoring import reading
from api.library import lint
from api.library.graph import Scenario
from tests.authoring.writing import EXAMPLE, NEW, changed
from tests.conftest import CONTENT
from web.authoring.graph import Drawing, draw, ways
from web.authoring.layout import BOX_HEIGHT, BOX_WIDTH, lay_out, top

FILES = sorted(path for path in lint.load(CONTENT) if path.startswith("scenarios/") and path.endswith(".da.md"))


def scenario(text: str) -> Scenario:
    return reading.read(NEW, {"da": text, "en": ""}, "da")


def drawn(text: str) -> Drawing:
    found = draw(ways(scenario(text)))
    assert found is not None
    return found


def overlapping(drawing: Drawing) -> list[tuple[str, str]]:
    return [
        (one.moment.id, other.moment.id)
        for place, one in enumerate(drawing.boxes)
        for other in drawing.boxes[place + 1 :]
        if abs(one.x - other.x) < BOX_WIDTH and abs(one.y - other.y) < BOX_HEIGHT
    ]


def upright(path: str) -> list[tuple[int, int]]:
    """Where a line passes a layer straight: x, and the upper edge of the layer."""
    found = []
    for x, y, to_y in re.findall(r" (-?\d+),(\d+)V(\d+)", path):
        found.append((int(x), min(int(y), int(to_y))))
    return found


def behind(drawing: Drawing) -> list[str]:
    """Lines that pass a layer where a box stands."""
    return [
        f"{line.origin}-{line.target} behind {box.moment.id}"
        for line in drawing.lines
        for x, y in upright(line.path)
        for box in drawing.boxes
        if box.y == y and box.x < x < box.x + BOX_WIDTH
    ]


@pytest.mark.parametrize("path", FILES)
def test_every_call_of_the_course_is_drawn_whole_and_clear(path: str) -> None:
    call = scenario((CONTENT / path).read_text("utf-8"))
    drawing = draw(ways(call))
    assert drawing is not None
    assert {box.moment.id for box in drawing.boxes} == {moment.id for moment in call.moments}
    told = {(moment.id, way.choice.number, way.target) for moment, on in ways(call) for way in on}
    assert {(line.origin, line.number, line.target) for line in drawing.lines} == told
    assert overlapping(drawing) == []
    assert behind(drawing) == []
    for box in drawing.boxes:
        assert 0 <= box.x <= drawing.width - BOX_WIDTH
        assert 0 <= box.y <= drawing.height - BOX_HEIGHT
    starts = [(line.mark_x, line.mark_y) for line in drawing.lines]
    assert len(set(starts)) == len(starts), "two marks stand on each other"
    assert drawing.width < 2400


def test_ends_are_told_apart() -> None:
    kinds = {box.moment.id: box.kind for box in drawn(EXAMPLE["da"]).boxes}
    assert kinds == {"opening": "talk", "heard": "talk", "agreed": "good", "hung-up": "bad"}


def test_a_way_under_a_condition_is_dashed_and_one_way_is_one_line() -> None:
    text = changed(
        EXAMPLE,
        (
            "Et navn, en dag og en tid. Det kan kunden regne med.\n",
            (
                "Et navn.\n\n  - [Nej](#hung-up) {if=trust<20}\n\n    > **Kunden:** Nej.\n\n"
                "  - [Jo](#agreed) {if=trust<30}\n\n    > **Kunden:** Jo.\n"
            ),
        ),
    )["da"]
    lines = {(line.number, line.target): line.asked for line in drawn(text).lines if line.origin == "heard"}
    assert lines[1, "hung-up"] is True
    assert lines[1, "agreed"] is False  # with and without a condition
    assert len(lines) == 4


def test_ways_back_and_rounds_are_drawn() -> None:
    text = changed(
        EXAMPLE,
        ("(#agreed) {.tempting", "(#opening) {.tempting"),
        (
            '(#hung-up) {.harmful ladder=+2 trust=-30 act=hang_up}\n\n  > **Kunden:** "Hallo?"\n',
            "(#heard) {.harmful}\n",
        ),
    )["da"]
    drawing = drawn(text)
    lines = {(line.origin, line.target): line for line in drawing.lines}
    assert lines["heard", "opening"].back
    assert not lines["opening", "heard"].back
    assert lines["heard", "heard"].path.count("S") == 1


@pytest.mark.parametrize(
    "text",
    ["", "---\n", "## {#a}", "## A {#a}\n\n- [x](#nowhere) {.good}\n", "## A {#a}\n\n## B {#a}\n", "# x\n\n> y", "\0"],
)
def test_a_broken_draft_is_drawn_as_far_as_it_goes(text: str) -> None:
    drawing = drawn(text)
    assert drawing.lines == ()
    assert overlapping(drawing) == []


@pytest.mark.parametrize("share", [0.1, 0.35, 0.6, 0.9])
def test_a_file_cut_off_anywhere_is_drawn(share: float) -> None:
    for path in FILES[:4]:
        text = (CONTENT / path).read_text("utf-8")
        drawing = drawn(text[: int(len(text) * share)])
        assert overlapping(drawing) == []
        assert behind(drawing) == []


def test_what_leads_nowhere_is_in_the_words() -> None:
    call = scenario("## A {#a}\n\n- [x](#nowhere) {.good}\n")
    [(_moment, [way])] = ways(call)
    assert (way.to, way.target) == (None, "nowhere")


def test_of_two_moments_with_one_name_the_first_is_meant() -> None:
    call = scenario("## A {#a}\n\n- [x](#b) {.good}\n\n## B {#b}\n\n## C {#b}\n\n- [y](#a) {.good}\n")
    assert [[way.to and way.to.title for way in on] for _moment, on in ways(call)] == [["B"], [], ["A"]]
    drawing = draw(ways(call))
    assert drawing is not None
    assert [box.moment.title for box in drawing.boxes] == ["A", "B"]
    assert [(line.origin, line.target) for line in drawing.lines] == [("a", "b")]


def test_the_words_of_a_box_stand_in_its_middle() -> None:
    for box in drawn(EXAMPLE["da"]).boxes:
        assert box.x < box.middle < box.x + box.width
        assert len(box.lines) == len(box.words) + (box.moment.end is not None)
        assert all(box.y < y < box.y + box.height for y in box.lines)


def test_too_much_is_not_drawn() -> None:
    many = "".join(f"- [x](#m{number % 10}) {{.good}}\n" for number in range(200))
    assert draw(ways(scenario("".join(f"## M {{#m{number}}}\n\n{many}\n" for number in range(10))))) is None
    order = [str(number) for number in range(200)]
    chain = dict.fromkeys(itertools.pairwise(order), 1)
    assert lay_out(order, chain) is not None
    assert lay_out(order, chain | {(one, "199"): 1 for one in order[:-1]}) is None


names = st.sampled_from("abcdefghij")


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.tuples(names, names), st.integers(1, 3), max_size=30))
def test_any_graph_has_room(lines: dict[tuple[str, str], int]) -> None:
    layout = lay_out(list("abcdefghij"), lines)
    assert layout is not None
    assert set(layout.x) == set("abcdefghij")
    for one, row in layout.row.items():
        assert BOX_WIDTH / 2 <= layout.x[one] <= layout.width - BOX_WIDTH / 2 + 1
        assert top(row) + BOX_HEIGHT <= layout.height
        for other, other_row in layout.row.items():
            assert one == other or row != other_row or abs(layout.x[one] - layout.x[other]) >= BOX_WIDTH
    for origin, target in lines:
        if origin != target:
            back = (origin, target) in layout.back
            assert (layout.row[origin] > layout.row[target]) == back
            passed = len(layout.lanes[origin, target])
            assert passed == abs(layout.row[origin] - layout.row[target]) - 1
    assert lay_out(list("abcdefghij"), lines) == layout, "the same graph is the same picture"
