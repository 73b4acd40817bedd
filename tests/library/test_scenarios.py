"""A scenario file read, proved walkable, and every mistake in one found on its line."""

import pytest

from api.library.scenarios import MAX_MOMENTS, read_scenario
from api.library.values import EndType, Mark
from tests.course import small_course

CALL = small_course()["scenarios/short-call.da.md"]


def found(source: str) -> list[tuple[int, str]]:
    _scenario, text = read_scenario("short-call.da.md", source)
    return [(finding.line, finding.rule) for finding in text.findings]


def planted(old: str, new: str) -> str:
    """The right call with one mistake in it."""
    assert CALL.count(old) == 1, f"{CALL.count(old)} times: {old}"
    return CALL.replace(old, new)


def test_a_right_call_is_read_whole() -> None:
    call, text = read_scenario("short-call.da.md", CALL)
    assert text.findings == []
    assert (call.title, call.number, call.minutes, call.channel) == ("Opkaldet", "S9", 3, "phone")
    assert dict(call.state) == {"ladder": 2, "trust": 40, "calm": 70, "solved": 0}
    assert [(moment.id, moment.end, moment.line) for moment in call.moments] == [
        ("opening", None, 15),
        ("heard", None, 37),
        ("agreed", EndType.AGREED, 59),
        ("hung-up", EndType.HUNG_UP_TOO_SOON, 63),
    ]
    assert call.opening is call.moment("opening")
    first = call.opening.choice(1)
    assert first is not None
    assert (first.text, first.to, first.mark, first.line) == ('"Tredje gang."', "heard", Mark.GOOD, 19)
    assert first.effects == (("ladder", -2), ("trust", 15))
    assert first.why == "<p>Hun er hørt.</p>"
    assert "turn" in first.reply
    assert "Ja." in first.reply
    assert call.opening.choice(4) is None
    with pytest.raises(KeyError):
        call.moment("elsewhere")


def test_a_call_that_says_nothing_of_its_state_has_the_usual_one() -> None:
    call, text = read_scenario("x.da.md", planted("state: {ladder: 2, trust: 40, calm: 70}\n", ""))
    assert text.findings == []
    assert dict(call.state) == {"ladder": 1, "trust": 50, "calm": 70, "solved": 0}


HEADER_MISTAKES = [
    ("channel: phone", "channel: brevdue", "header-word"),
    ("channel: phone", "channel: phone\nsafety: true", "header-key"),
    ("ladder: 2", "ladder: 6", "state"),
    ("ladder: 2", "ladder: 0", "state"),
    ("ladder: 2", "ladder: to", "state"),
    ("ladder: 2", "ladder: true", "state"),
    ("trust: 40", "trust: 101", "state"),
    ("calm: 70", "calm: -1", "state"),
    ("calm: 70", "solved: 4", "state"),
    ("calm: 70", "mood: 3", "state"),
    ("{ladder: 2, trust: 40, calm: 70}", "rolig", "state"),
]


@pytest.mark.parametrize(("old", "new", "rule"), HEADER_MISTAKES)
def test_a_mistake_in_the_header_is_found(old: str, new: str, rule: str) -> None:
    assert found(planted(old, new)) == [(1, rule)]


HEARD_GOOD = '- ["Jeg ringer fredag."](#agreed) {.good ladder=-1 solved=+1}'
MISTAKES = [
    ("## Hun er hørt {#heard}", "## Hun er hørt {#Heard}", [(37, "id"), (19, "choice-leads")]),
    ("## Hun er hørt {#heard}", "## Hun er hørt {#heard her}", [(37, "braces"), (19, "choice-leads")]),
    ("{#hung-up end=hung_up_too_soon}", "{#agreed end=solved}", None),
    ('> **Kunden:** "Og hvad så?"\n\n', "", [(37, "moment-empty")]),
    ("Linjen er tavs.\n", "", [(63, "moment-empty")]),
    ("(#heard) {.good ladder=-2 trust=+15}", "(#heard)", [(19, "choice-mark"), (15, "moment-choices")]),
    ("{.good ladder=-2 trust=+15}", "{.fine ladder=-2}", [(19, "choice-mark"), (15, "moment-choices")]),
    ("{.good ladder=-2 trust=+15}", "{.good ladder -2}", [(19, "choice-mark"), (15, "moment-choices")]),
    ("{.harmful ladder=+2}", "{.tempting ladder=+2}", [(37, "moment-choices")]),
    ('  > **Kunden:** "Ja."\n\n', "", [(19, "choice-reply")]),
    ('  > **Kunden:** "Ja."\n', '  > **Kunden:** "Ja."\n\n  Og så:\n\n  > Mere.\n', [(19, "choice-reply")]),
    ("\n  Hun er hørt.\n", "", [(19, "choice-why")]),
    ("{.good ladder=-2 trust=+15}", "{.good ladder=-5}", [(19, "effect")]),
    ("{.good ladder=-2 trust=+15}", "{.good trust=+101}", [(19, "effect")]),
    ("{.good ladder=-2 trust=+15}", "{.good trust=lidt}", [(19, "effect")]),
    ("{.good ladder=-2 trust=+15}", "{.good mood=+1}", [(19, "effect")]),
    ("{.good ladder=-2 trust=+15}", "{.good mood=+1 trust=1.5}", [(19, "effect"), (19, "effect")]),
    ("(#heard)", "(#nowhere)", [(19, "choice-leads")]),
    ("(#heard)", "(https://at.dk)", [(19, "choice-leads")]),
    ("(#heard)", "(#agreed)", [(37, "unreachable")]),
    ("(#agreed)", "(#opening)", [(15, "no-way-out"), (37, "no-way-out"), (59, "unreachable")]),
    ("{#agreed end=agreed}", "{#agreed end=endured_too_long}", [(15, "no-way-out"), (37, "no-way-out")]),
    ("{#agreed end=agreed}", "{#agreed end=fine}", [(59, "end-type")]),
    (
        '> **Kunden:** "Så til fredag."',
        '> Så.\n\n- ["Farvel."](#hung-up) {.good}\n\n  > Hej.\n\n  Slut.',
        [(59, "end-choices")],
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), MISTAKES)
def test_a_mistake_in_the_text_is_found_on_its_line(old: str, new: str, expected: list[tuple[int, str]] | None) -> None:
    findings = found(planted(old, new))
    if expected is None:
        assert (63, "moment-twice") in findings
    else:
        assert findings == expected


def test_a_call_without_a_moment_says_how_to_begin_one() -> None:
    assert found(CALL[: CALL.index("## Telefonen")]) == [(1, "no-moment")]


def test_a_moment_without_choices_lacks_one_of_each() -> None:
    start, end = CALL.index('- ["Jeg ringer'), CALL.index("## Aftalen")
    assert found(CALL[:start] + CALL[end:])[:3] == [(37, "moment-choices")] * 3


def test_a_list_that_is_no_choice_is_part_of_what_is_said() -> None:
    call, text = read_scenario("x.da.md", planted("Linjen er tavs.", "- **Kunden:** Hun gik.\n- **Dig:** Du tav."))
    assert text.findings == []
    assert "<li>" in call.moment("hung-up").html


def test_a_call_has_a_largest_size() -> None:
    end = "## Slut {{#slut-{0} end=solved}}\n\nSlut.\n\n"
    moments = CALL.count("\n## ")
    source = CALL + "\n" + "".join(end.format(number) for number in range(MAX_MOMENTS - moments))
    assert "too-many" not in {rule for _at, rule in found(source)}
    lines = len(source.splitlines())
    assert (lines + 1, "too-many") in found(source + end.format("last"))
