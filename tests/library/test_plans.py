"""Module and plan files read, and every mistake in one found on its line."""

import pytest

from api.library.plans import alone, linked_modules, read_module, read_plan
from api.library.values import Anchor, Module, Offset, Placement, Plan
from tests.course import small_course

FILES = small_course()
MODULE_PATH, PLAN_PATH = "lessons/practice/module.da.md", "plans/short.da.md"
MODULE, PLAN = FILES[MODULE_PATH], FILES[PLAN_PATH]


def in_module(source: str) -> tuple[Module, list[tuple[int, str]]]:
    module, text = read_module(MODULE_PATH, source)
    return module, [(finding.line, finding.rule) for finding in text.findings]


def in_plan(source: str, module: str = MODULE) -> tuple[Plan, list[tuple[int, str]]]:
    plan, text = read_plan(PLAN_PATH, source, FILES | {MODULE_PATH: module})
    return plan, [(finding.line, finding.rule) for finding in text.findings if finding.path == PLAN_PATH]


def planted(base: str, old: str, new: str) -> str:
    assert base.count(old) == 1, f"{base.count(old)} times: {old}"
    return base.replace(old, new)


def test_a_right_module_is_read_whole() -> None:
    module, findings = in_module(MODULE)
    assert findings == []
    assert (module.title, module.anchor, module.html) == ("Øvelsen", Anchor.START, "<p>Øv dig.</p>")
    assert module.steps == (
        Placement("calm", Offset(day=1), None, 7),
        Placement("safe", Offset(day=2), "calm", 8),
        Placement("meeting", Offset(day=3), None, 9),
        Placement("short-call", Offset(day=1), None, 10),
    )


def test_a_right_plan_takes_in_its_module() -> None:
    plan, findings = in_plan(PLAN)
    assert findings == []
    assert plan.units == ("calm", "safe", "meeting", "short-call", "after-live")
    first, second = plan.stretches
    assert (first.id, first.anchor, first.week) == ("practice", Anchor.START, 1)
    assert (second.id, second.anchor, second.week) == ("after", Anchor.GO_LIVE, None)
    assert {step.line for step in first.steps} == {9}, "what stands in the module is placed by the link to it"


def test_units_stand_in_the_order_written_modules_among_them() -> None:
    link = "- [Øvelsen](../lessons/practice/module.da.md)"
    extra = "- [Ekstra](../lessons/practice/extra.da.md) {day=5 after=safe}"
    plan, findings = in_plan(planted(PLAN, link, f"{link}\n{extra}"))
    assert findings == []
    assert plan.units[:5] == ("calm", "safe", "meeting", "short-call", "extra")


def test_a_plan_knows_which_modules_it_takes_in() -> None:
    assert linked_modules(PLAN_PATH, PLAN) == [MODULE_PATH]


def test_a_module_by_itself_is_a_plan_of_one_stretch() -> None:
    module, _findings = in_module(MODULE)
    plan = alone("practice", module)
    assert (plan.title, plan.training_weeks) == ("Øvelsen", 0)
    [stretch] = plan.stretches
    assert (stretch.id, stretch.anchor, stretch.steps) == ("practice", Anchor.START, module.steps)


MODULE_MISTAKES = [
    ("anchor: start", "anchor: payday", 1, "header-word"),
    ("anchor: start\n", "", 1, "header-word"),
    ("anchor: start", "anchor: start\nminutes: 5", 1, "header-key"),
    ("{day=3}", "", 9, "offset"),
    ("{day=3}", "{day=3 days=14}", 9, "offset"),
    ("{day=3}", "{day=3 hour=9}", 9, "offset"),
    ("{day=3}", "{tirsdag her}", 9, "offset"),
    ("{day=3}", "{day=0}", 9, "offset"),
    ("{day=3}", "{day=251}", 9, "offset"),
    ("{day=3}", "{day=-251}", 9, "offset"),
    ("{day=3}", "{day=tre}", 9, "offset"),
    ("{day=3}", "{days=731}", 9, "offset"),
    ("{day=3}", "{day=3 open=61}", 9, "offset"),
    ("{day=3}", "{day=3 open=-1}", 9, "offset"),
    ("{day=3}", "{day=3 after=short-call}", 9, "after"),
    ("{day=3}", "{day=3 after=meeting}", 9, "after"),
    ("[Dagen](meeting.da.md)", "[Dagen](calm.da.md)", 9, "placed-twice"),
    ("[Dagen](meeting.da.md)", "[Dagen](../later/module.da.md)", 9, "link"),
]


@pytest.mark.parametrize(("old", "new", "at", "rule"), MODULE_MISTAKES)
def test_a_mistake_in_a_module_is_found_on_its_line(old: str, new: str, at: int, rule: str) -> None:
    assert in_module(planted(MODULE, old, new))[1] == [(at, rule)]


@pytest.mark.parametrize(
    "written",
    ["{day=250}", "{day=-250}", "{days=0}", "{days=-365 open=0}", "{days=730 open=60}", "{day=+3}"],
)
def test_offsets_as_far_as_they_go_are_read(written: str) -> None:
    assert in_module(planted(MODULE, "{day=3}", written))[1] == []


def test_a_module_without_units_says_how_to_list_one() -> None:
    assert in_module(MODULE[: MODULE.index("- [Ro]")])[1] == [(1, "no-step")]


PLAN_MISTAKES = [
    ("training_weeks: 1\n", "", 1, "header-number"),
    ("training_weeks: 1", "training_weeks: 53", 1, "header-number"),
    ("training_weeks: 1", "training_weeks: 1\nanchor: start", 1, "header-key"),
    (" anchor=start week=1}", " week=1}", 7, "anchor"),
    ("anchor=start", "anchor=payday", 7, "anchor"),
    ("week=1", "week=0", 7, "offset"),
    ("week=1", "week=105", 7, "offset"),
    ("week=1", "week=snart", 7, "offset"),
    ("{#after anchor=go_live}", "{#practice anchor=go_live}", 11, "stretch-twice"),
    ("{#practice anchor=start week=1}", "{anchor=start week=1}", 7, "id"),
    ("../lessons/practice/module.da.md", "../lessons/nowhere/module.da.md", 9, "link"),
    ("- [Efter go-live](../lessons/later/after-live.da.md) {day=1}", "Intet.", 11, "no-step"),
    ("(../lessons/later/after-live.da.md)", "(../lessons/practice/calm.da.md)", 13, "placed-twice"),
    ("after-live.da.md) {day=1}", "after-live.da.md) {day=1 after=later}", 13, "after"),
    ("after-live.da.md) {day=1}", "after-live.da.md)", 13, "offset"),
]


@pytest.mark.parametrize(("old", "new", "at", "rule"), PLAN_MISTAKES)
def test_a_mistake_in_a_plan_is_found_on_its_line(old: str, new: str, at: int, rule: str) -> None:
    findings = in_plan(planted(PLAN, old, new))[1]
    assert [one for one in findings if one[1] != "no-step" or rule == "no-step"] == [(at, rule)]


def test_a_unit_placed_before_its_module_is_found_at_the_link() -> None:
    link = "- [Øvelsen](../lessons/practice/module.da.md)"
    source = planted(PLAN, link, f"- [Ro](../lessons/practice/calm.da.md) {{day=1}}\n{link}")
    assert in_plan(source)[1] == [(10, "placed-twice")]


def test_what_is_wrong_in_a_module_stands_against_the_module() -> None:
    _plan, text = read_plan(PLAN_PATH, PLAN, FILES | {MODULE_PATH: planted(MODULE, "{day=3}", "")})
    assert [(finding.path, finding.line, finding.rule) for finding in text.findings] == [(MODULE_PATH, 9, "offset")]


def test_a_plan_without_a_stretch_says_how_to_begin_one() -> None:
    assert in_plan(PLAN[: PLAN.index("## Øvelsen")])[1] == [(1, "no-stretch")]


def test_a_list_that_does_not_link_to_units_is_prose() -> None:
    plan, findings = in_plan(planted(PLAN, "Den korte vej.\n\n", "- Et punkt\n- [AT](https://at.dk)\n-\n\n"))
    assert findings == []
    assert "Et punkt" in plan.html
