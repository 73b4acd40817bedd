"""What the walk through a whole call proves: each mistake planted, found on its line, told with the way that leads to it."""

import pytest

from tests.course import small_course
from tests.library.rich_call import RICH, findings, found, line_of, planted

CALL = small_course()["scenarios/short-call.da.md"]
Places = tuple[tuple[str, str], ...]
AGREED = "{#agreed end=agreed}"
WAIT, OVER_TO = (
    "- [Du venter.](#next-day) {.tempting if=bystander}",
    "- [Du rækker hånden op.](#next-day) {.good calm=+5}",
)
GOES, BLAMED = (
    "- [Du går.](#next-day) {.harmful queue=+3}",
    "(#opening) {.harmful ladder=+2 boundary=warned note=words}",
)
HANG_UP = '- ["Jeg afslutter her."](#rightly-ended) {.good boundary=ended act=hang_up if=threat}'
SLAM, CALLS = "- [Du smækker på i kladden.](#hung-up) {.harmful}", '- ["Jeg ringer."](#agreed) {.tempting act=offer}'
NIGHT = "{#next-day .later channel=mail flag=threat}"

# What is planted, the rule, and a piece of the line it is told on (None: the header).
PLANTED: list[tuple[str, Places, str, str | None]] = [
    ("an end nobody comes to", (("[agreed, rightly_ended,", "[agreed, solved, rightly_ended,"),), "end-unreached", None),
    ("an end not told of", (("rightly_ended, hung_up_too_soon]", "rightly_ended]"),), "end-undeclared", "{#hung-up end="),
    ("a moment nobody comes to", ((SLAM, SLAM.replace("hung-up", "agreed")),), "unreachable", "{#hung-up end="),
    ("a choice nobody is offered", ((CALLS, CALLS.replace("offer}", "offer if=trust>100}")),), "never-offered", CALLS[:16]),
    ("a choice of the wrong view", ((WAIT, WAIT.replace("bystander", "target")),), "never-offered", WAIT[:14]),
    ("a subtle choice nobody is calm for", (("calm: 40", "calm: 4"), ("if=recording}", "if=recording,ladder<2}")), "never-offered", '- ["Optag du bare."]'),
    ("a way nobody takes", (("{if=words}", "{if=words,!words}"),), "never-taken", "- [Han er træt]"),
    ("a way behind one that is always taken", (("{if=trust>=50,!words}", "{if=trust>=0}"),), "never-taken", "- [Han er træt]"),
    ("hanging up without the right", ((NIGHT, NIGHT.replace("flag=threat", "flag=recording")), (HANG_UP, HANG_UP.replace(" if=threat", ""))), "hang-up-right", HANG_UP[:20]),
    ("too soon with the right", ((SLAM, SLAM.replace("harmful", "harmful act=hang_up")),), "hang-up-right", SLAM[:20]),
    ("hanging up with a life in danger", ((NIGHT, NIGHT.replace("flag=threat", "flag=threat,life_danger")),), "hang-up-right", HANG_UP[:20]),
    ("no relief after a choice", ((SLAM, SLAM.replace("harmful", "harmful flag=life_danger")),), "relief", SLAM[:20]),
    ("no relief after a moment", ((NIGHT, NIGHT.replace("flag=threat", "flag=threat,life_danger")),), "relief", NIGHT[:16]),
    ("no relief from the start", (("flags: [recording]", "flags: [recording, life_danger]"),), "relief", None),
    ("a fact nobody reads", (("{if=trust>=50,!words}", "{if=trust>=50}"), ("{if=words}", "{if=trust<50}")), "unread", None),
    ("a flag of the header nobody reads", (("flags: [recording]", "flags: [recording, repeated]"),), "unread", None),
    ("a flag of a moment nobody reads", ((NIGHT, NIGHT.replace("flag=threat", "flag=threat,digital")),), "unread", NIGHT[:16]),
    ("a flag of a choice nobody reads", ((SLAM, SLAM.replace("harmful", "harmful flag=digital")),), "unread", SLAM[:20]),
    ("nothing to choose in some state", ((WAIT, WAIT.replace("bystander", "calm<50")), (OVER_TO, OVER_TO.replace("+5", "+5 if=calm<45")), (GOES, GOES.replace("+3", "+3 if=calm<50"))), "dead-end", "{#beside view="),
    ("no good end ahead", ((HANG_UP, HANG_UP.replace("rightly-ended", "hung-up").replace(" act=hang_up", "")), (CALLS, CALLS.replace("agreed", "hung-up"))), "no-way-out", NIGHT),
    ("a circle", tuple((one, one.replace("#next-day", "#beside")) for one in (WAIT, OVER_TO, GOES)), "no-way-out", "{#beside view="),
    ("a circle once words are noted", (("(#next-day) {.good ladder=-1", "(#opening) {.good ladder=-1"), ("- [Han er træt](#next-day) {if=words}", "- [Han er træt](#next-day) {if=!words}")), "no-exit", "{#opening view="),
]  # fmt: skip


@pytest.mark.parametrize(("places", "rule", "where"), [one[1:] for one in PLANTED], ids=[one[0] for one in PLANTED])
def test_a_planted_mistake_is_found_on_its_line(places: Places, rule: str, where: str | None) -> None:
    source = planted(RICH, *places)
    at = line_of(source, where) if where else 1
    assert (at, rule) in found(source)


def test_the_calls_mistakes_are_planted_in_have_none() -> None:
    assert found(RICH) == found(CALL) == []


def test_what_leads_to_a_mistake_is_told() -> None:
    [(_line, _rule, message)] = findings(planted(CALL, ("(#hung-up) {.harmful ladder=+2}", "(#hung-up) {.harmful ladder=+2 if=trust<=0}")))[:1]  # fmt: skip
    assert message == "no state offers this choice; mend its if= or take it away"
    message = next(said for _line, rule, said in findings(planted(RICH, *PLANTED[18][1])) if rule == "dead-end")
    assert message == (
        "in 'Ved siden af' nothing can be chosen (boundary none, calm 60; seen as bystander, for instance after the choices 0, "
        "0 is a breath); leave one choice without if="
    )
    message = next(said for _line, rule, said in findings(planted(RICH, *PLANTED[8][1])) if rule == "hang-up-right")
    assert "boundary none" in message
    assert "after the choices 1)" in message


def test_a_dead_end_is_told_where_it_is_and_not_also_as_a_circle_before_it() -> None:
    source = planted(
        CALL,
        ("(#agreed) {.good ladder=-1 solved=+1}", "(#agreed) {.good solved=+1 if=trust>=55}"),
        ('["Du hører fra os."](#opening) {.tempting ladder=+1}', '["Du hører fra os."](#opening) {.tempting if=trust>=55}'),
        ("(#hung-up) {.harmful ladder=+2}", "(#hung-up) {.harmful if=trust>=55}"),
    )  # fmt: skip
    assert found(source) == [(37, "dead-end")]


def test_a_call_without_relief_is_whole_when_relief_is_on_offer() -> None:
    source = planted(
        RICH,
        (SLAM, SLAM.replace("harmful", "harmful flag=life_danger")),
        (CALLS, CALLS.replace("act=offer", "act=relief")),
    )
    assert found(source) == []


def test_a_graph_that_is_not_sure_is_not_walked() -> None:
    source = planted(CALL, ("(#heard)", "(#nowhere)"), ("ends: [agreed,", "ends: [agreed, solved,"))
    assert found(source) == [(19, "choice-leads")]


def test_a_walk_says_how_a_first_moment_can_already_be_wrong() -> None:
    places = (
        (".good ladder=-2", ".good if=trust>90 ladder=-2"),
        (".tempting ladder=+1 trust", ".tempting if=trust>90 trust"),
    )
    source = planted(CALL, *places, (".harmful ladder=+4", ".harmful if=trust>90 ladder=+4"))
    message = next(said for line, rule, said in findings(source) if (line, rule) == (15, "dead-end"))
    assert "(trust 40; at once)" in message
