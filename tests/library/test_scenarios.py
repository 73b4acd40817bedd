"""A scenario file read whole, and every mistake in what is written found on its line."""

import pytest

from api.library.graph import Axis, Boundary, Channel, Condition, Deed, EndType, Flag, Named, Way
from api.library.scenarios import MAX_MOMENTS, read_scenario
from api.library.values import Mark
from tests.course import small_course
from tests.library.rich_call import RICH, findings, found, planted

CALL = small_course()["scenarios/short-call.da.md"]


def test_a_right_call_is_read_whole() -> None:
    call, text = read_scenario("short-call.da.md", CALL)
    assert text.findings == []
    assert (call.title, call.number, call.minutes, call.channel) == ("Opkaldet", "S9", 3, Channel.PHONE)
    assert dict(call.state) == {"ladder": 2, "trust": 40, "calm": 70, "solved": 0}
    assert [(moment.id, moment.end, moment.line) for moment in call.moments] == [
        ("opening", None, 15),
        ("heard", None, 37),
        ("agreed", EndType.AGREED, 59),
        ("hung-up", EndType.HUNG_UP_TOO_SOON, 67),
    ]
    assert call.ends == (EndType.AGREED, EndType.HUNG_UP_TOO_SOON)
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


def test_everything_a_call_can_say_is_read() -> None:
    call, text = read_scenario("call.da.md", RICH)
    assert text.findings == []
    assert dict(call.state) == {"ladder": 2, "trust": 40, "calm": 40, "solved": 0, "minutes": 0, "queue": 5}
    assert (call.content_note, call.flags) == ("Kunden truer.", (Flag.RECORDING,))
    assert call.facts == (Named("words", "Hans ord"),)
    assert call.views == (Named("target", "Det er dig"), Named("bystander", "Du hører det"))
    assert (call.question, call.answer) == ("<p>Hvad gjorde forskellen?</p>", "<p>At han blev hørt.</p>")
    opening, beside, night = call.moments[:3]
    assert [moment.view for moment in call.moments[:3]] == ["target", "bystander", ""]
    assert (night.later, night.channel, night.raises) == (True, Channel.MAIL, (Flag.THREAT,))
    assert (beside.later, beside.channel, beside.raises) == (False, Channel.PHONE, ())
    heard, recorded, blamed = opening.choices
    assert (heard.deed, heard.phrase, heard.effects[-1]) == (Deed.ACKNOWLEDGE, "i-hear", ("minutes", 5))
    assert heard.targets == ("agreed", "next-day", "next-day")
    first, second = heard.ways
    assert first.conditions == (Condition("trust", ">=", 50), Condition("words", "lacks"))
    assert "Godt så." in first.reply
    assert second == Way("next-day", (Condition("words", "has"),), "", first.line + 4)
    assert (recorded.subtle, recorded.conditions) == (True, (Condition("recording", "has"),))
    assert (blamed.boundary, blamed.notes) == (Boundary.WARNED, ("words",))
    assert call.moment("agreed").axes == (
        Axis("Kunden", "<p>Han er hørt.</p>"),
        Axis("Dig selv", "<p>Du er rolig.</p>"),
        Axis("Aftalerne", "<p>Fredag.</p>"),
    )
    assert "Han er hørt" not in call.moment("agreed").html


def test_a_call_that_says_nothing_of_its_state_has_the_usual_one() -> None:
    call, text = read_scenario("x.da.md", planted(CALL, ("state: {ladder: 2, trust: 40, calm: 70}\n", "")))
    assert text.findings == []
    assert dict(call.state) == {"ladder": 1, "trust": 50, "calm": 70, "solved": 0}


STATE = "{ladder: 2, trust: 40, calm: 70}"
HEADER_MISTAKES = [
    ("channel: phone", "channel: brevdue", "header-word"),
    ("channel: phone", "channel: phone\nsafety: true", "header-key"),
    ("ends: [agreed, hung_up_too_soon]\n", "", "ends"),
    ("[agreed, hung_up_too_soon]", "[]", "ends"),
    ("[agreed, hung_up_too_soon]", "agreed", "ends"),
    ("[agreed, hung_up_too_soon]", "[agreed, {}]", "ends"),
    ("[agreed, hung_up_too_soon]", "[agreed, hung_up_too_soon, fine]", "ends"),
    (STATE, f"{STATE}\nflags: [vred]", "flags"),
    (STATE, f"{STATE}\nflags: threat", "flags"),
    (STATE, f"{STATE}\nfacts: [words]", "facts"),
    (STATE, f"{STATE}\nfacts: {{trust: Tillid}}", "facts"),
    (STATE, f"{STATE}\nfacts: {{threat: Truslen}}", "facts"),
    (STATE, f"{STATE}\nfacts: {{Ord: Ord}}", "facts"),
    (STATE, f"{STATE}\nfacts: {{words: ''}}", "facts"),
    (STATE, f"{STATE}\nfacts: {{words: {'x' * 81}}}", "facts"),
    (STATE, f"{STATE}\nfacts: {{{', '.join(f'f{n}: x' for n in range(21))}}}", "facts"),
    (STATE, f"{STATE}\nviews: {{a: x, b: x, c: x, d: x, e: x}}", "views"),
    (STATE, f"{STATE}\nthreads: {{a: x, b: x, c: x}}", "threads"),
    (STATE, f"{STATE}\nthreads: {{1: x}}", "threads"),
    (STATE, f"{STATE}\ncontent_note: ''", "header-missing"),
    *((old, new, "state") for old, new in [("ladder: 2", f"ladder: {bad}") for bad in ("5", "0", "to", "true")]),
    ("trust: 40", "trust: 101", "state"),
    ("calm: 70", "calm: -1", "state"),
    ("calm: 70", "solved: 4", "state"),
    ("calm: 70", "minutes: 241", "state"),
    ("calm: 70", "queue: 100", "state"),
    ("calm: 70", "boundary: 1", "state"),
    ("calm: 70", "mood: 3", "state"),
    (STATE, "rolig", "state"),
]


@pytest.mark.parametrize(("old", "new", "rule"), HEADER_MISTAKES)
def test_a_mistake_in_the_header_is_found(old: str, new: str, rule: str) -> None:
    assert found(planted(CALL, (old, new))) == [(1, rule)]


GOOD = "{.good ladder=-2 trust=+15}"
QUESTION = CALL[CALL.index("## Med dine egne ord") :]
MISTAKES = [
    ("## Hun er hørt {#heard}", "## Hun er hørt {#Heard}", [(37, "id"), (19, "choice-leads")]),
    ("## Hun er hørt {#heard}", "## Hun er hørt {#heard her}", [(37, "braces"), (19, "choice-leads")]),
    ("## Hun er hørt {#heard}", "## Hun er hørt {#heard mood=glad}", [(37, "braces")]),
    ("## Hun er hørt {#heard}", "## Hun er hørt {#heard .senere}", [(37, "braces")]),
    ("## Hun er hørt {#heard}", "## Hun er hørt {#heard channel=brevdue}", [(37, "channel")]),
    ("## Hun er hørt {#heard}", "## Hun er hørt {#heard flag=vred}", [(37, "flag")]),
    ("## Hun er hørt {#heard}", "## Hun er hørt {#heard thread=mona}", [(37, "thread")]),
    ("## Hun er hørt {#heard}", "## Hun er hørt {#heard view=target}", [(37, "view")]),
    ("{#hung-up end=hung_up_too_soon}", "{#agreed end=hung_up_too_soon}", [(67, "moment-twice"), *[(at, "choice-leads") for at in (31, 53)]]),
    ('> **Kunden:** "Og hvad så?"\n\n', "", [(37, "moment-empty")]),
    ("Linjen er tavs.\n", "", [(67, "moment-empty")]),
    (f"(#heard) {GOOD}", "(#heard)", [(19, "choice-mark"), (15, "moment-choices")]),
    (GOOD, "{.fine ladder=-2}", [(19, "choice-mark"), (15, "moment-choices")]),
    (GOOD, "{.good .harmful}", [(19, "choice-mark"), (15, "moment-choices")]),
    (GOOD, "{.good .loud}", [(19, "choice-mark"), (15, "moment-choices")]),
    (GOOD, "{.good ladder -2}", [(19, "braces"), (15, "moment-choices")]),
    (GOOD, "{.good flag=threat flag=digital}", [(19, "braces"), (15, "moment-choices")]),
    ("{.harmful ladder=+2}", "{.tempting ladder=+2}", [(37, "moment-choices")]),
    ('  > **Kunden:** "Ja."\n\n', "", [(19, "choice-reply")]),
    ('  > **Kunden:** "Ja."\n', '  > **Kunden:** "Ja."\n\n  Og så:\n\n  > Mere.\n', [(19, "choice-reply")]),
    ("\n  Hun er hørt.\n", "", [(19, "choice-why")]),
    *((GOOD, f"{{.good {bad}}}", [(19, "effect")]) for bad in ("ladder=-5", "trust=+101", "trust=lidt", "mood=+1", "minutes=-1")),
    (GOOD, "{.good mood=+1 trust=1.5}", [(19, "effect"), (19, "effect")]),
    (GOOD, "{.good act=shout}", [(19, "act")]),
    (GOOD, "{.good boundary=high}", [(19, "boundary")]),
    (GOOD, "{.good flag=threat,vred}", [(19, "flag")]),
    (GOOD, "{.good note=words}", [(19, "note")]),
    (GOOD, "{.good phrase=i-hear}", [(19, "phrase")]),
    *(
        (GOOD, f"{{.good if={bad}}}", [(19, "condition")])
        for bad in ("trust", "trust>x", "trust>٣", "mood>1", "boundary>1", "words", "!!threat", "trust=>1", "threat,")
    ),
    (GOOD, "{.good if=" + ",".join(["!threat"] * 13) + "}", [(19, "condition")]),
    ("  Hun er hørt.\n", "  Hun er hørt.\n\n  - [Hun går](#agreed) {.good}\n", [(25, "condition")]),
    ("  Hun er hørt.\n", "  Hun er hørt.\n\n  - [Hun går](#nowhere) {if=trust<1}\n", [(25, "choice-leads")]),
    ("  Hun er hørt.\n", "  Hun er hørt.\n\n  - [Hun går](#agreed) {if=trust<1}\n\n    Fordi.\n", [(25, "way")]),
    ("  Hun er hørt.\n", "  Hun er hørt.\n\n  - [Hun går](#agreed) {if=trust<1}\n  - Hun bliver.\n", [(19, "way")]),
    ("(#heard)", "(#nowhere)", [(19, "choice-leads")]),
    ("(#heard)", "(https://at.dk)", [(19, "choice-leads")]),
    ("{#agreed end=agreed}", "{#agreed end=fine}", [(59, "end-type")]),
    ('> **Kunden:** "Så til fredag."', '> Så.\n\n- ["Farvel."](#hung-up) {.good}\n\n  > Hej.\n\n  Slut.\n\nOg:', [(59, "end-choices")]),
    ("- **Aftalerne:** Fredag.\n", "", [(59, "end-axes")]),
    ("- **Aftalerne:** Fredag.\n", "- **Aftalerne:** Fredag.\n- Og mere.\n", [(59, "end-axes")]),
    ("- **Aftalerne:** Fredag.\n", "- **Aftalerne:**\n", [(59, "end-axes")]),
    ("- **Aftalerne:** Fredag.\n", "- **Aftalerne:** Fredag.\n\nOg så videre.\n", [(59, "end-axes")]),
    (QUESTION, "", [(1, "question")]),
    ("> Sine egne ord, før du forklarede noget.\n", "", [(75, "question")]),
    ("> Sine egne ord, før du forklarede noget.\n", ">\n", [(75, "question")]),
    ("Hvad hørte hun fra dig?\n", "", [(75, "question")]),
    (QUESTION, QUESTION + "\n" + QUESTION, [(81, "question")]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), MISTAKES)
def test_a_mistake_in_the_text_is_found_on_its_line(old: str, new: str, expected: list[tuple[int, str]]) -> None:
    assert found(planted(CALL, (old, new))) == expected


def test_the_question_stands_last() -> None:
    question, end = CALL.index("## Med dine egne ord"), CALL.index("## Hun er væk")
    moved = CALL[:end] + CALL[question:] + "\n" + CALL[end:question]
    assert found(moved) == [(67, "question")]


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("{#beside view=bystander}", "{#beside}", 1),
        ("{#next-day .later", "{#next-day .later view=target", 68),
        ("{#opening view=target}", "{#opening view=bystander}", 18),
        ("facts: {words: Hans ord}", "facts: {words: Hans ord, bystander: x}", 1),
    ],
    ids=["opens nowhere", "opens twice", "the first is not first", "a fact of the same name"],
)
def test_each_view_opens_at_one_moment_and_has_a_name_of_its_own(old: str, new: str, at: int) -> None:
    assert (at, "view" if at > 1 or "fact" not in old else "views") in found(planted(RICH, (old, new)))


def test_between_two_conversations_a_choice_does_nothing_to_either() -> None:
    chat = planted(CALL, (STATE, f"{STATE}\nthreads: {{mona: Mona, omar: Omar}}"), ("{#heard}", "{#heard thread=mona}"))
    told = [(line, message) for line, rule, message in findings(chat) if rule == "thread"]
    assert [line for line, _message in told] == [20, 26, 32]
    assert told[0][1] == (
        "'Telefonen ringer' stands in no thread, so its choices leave both alone; "
        "take away ladder, trust, or write thread=mona at the heading"
    )
    between = planted(chat, ("{#opening}", "{#opening thread=omar}"), ("{#heard thread=mona}", "{#heard}"))
    between = planted(between, ("ladder=-1 solved=+1}", "calm=+5 boundary=named .closes}"))
    told = [(line, message) for line, rule, message in findings(between) if rule == "thread"]
    assert "take away boundary, .closes, or write" in told[0][1]
    one = planted(CALL, (STATE, f"{STATE}\nthreads: {{mona: Mona}}"))
    assert found(one) == []


def test_a_call_without_a_moment_says_how_to_begin_one() -> None:
    assert found(CALL[: CALL.index("## Telefonen")] + QUESTION) == [(1, "no-moment")]


def test_a_call_does_not_open_with_its_end() -> None:
    first = CALL.index("## Telefonen")
    assert (15, "opening") in found(CALL[:first] + CALL[CALL.index("## Hun er væk") :])


END_FIRST = CALL[: CALL.index("## Telefonen")] + CALL[CALL.index("## Aftalen") : CALL.index("## Hun er væk")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (planted(CALL, ("## Aftalen står", "## Ingen\n\n> Hm.\n\n## Aftalen står")), {"id", "moment-choices"}),
        (
            END_FIRST
            + CALL[CALL.index("## Telefonen") : CALL.index("## Aftalen")]
            + CALL[CALL.index("## Hun er væk") :],
            {"opening"},
        ),
        (
            CALL.replace("title: Opkaldet", "title: [Opkaldet", 1),
            {"header", "header-missing", "header-number", "header-word", "sources", "ends"},
        ),
    ],
    ids=["a moment without an id", "an end first", "a header that cannot be read"],
)
def test_what_leaves_the_graph_unsure_is_told_without_advice_from_a_walk(source: str, expected: set[str]) -> None:
    assert {rule for _line, rule in found(source)} == expected


def test_headings_without_an_id_are_each_told_once() -> None:
    found_rules = found(planted(CALL, ("{#heard}", ""), ("{#agreed end=agreed}", "")))
    assert [one for one in found_rules if one[1] in ("id", "moment-twice")] == [(37, "id"), (59, "id")]


def test_a_moment_without_choices_lacks_one_of_each() -> None:
    start, end = CALL.index('- ["Jeg ringer'), CALL.index("## Aftalen")
    assert found(CALL[:start] + CALL[end:])[:3] == [(37, "moment-choices")] * 3


def test_a_list_that_is_no_choice_is_part_of_what_is_said() -> None:
    call, text = read_scenario("x.da.md", planted(CALL, ("Linjen er tavs.", "- Hun gik.\n- Du tav.\n\nSlut.")))
    assert text.findings == []
    assert "<li>" in call.moment("hung-up").html


def test_a_moment_has_a_largest_number_of_choices_and_a_choice_of_ways() -> None:
    choice = '- ["Jeg ringer fredag."](#agreed) {.good ladder=-1 solved=+1}\n\n  > **Kunden:** "Godt."\n\n  En dag og en person.\n\n'
    assert {rule for _line, rule in found(planted(CALL, (choice, choice * 18)))} == set()
    assert "too-many" in {rule for _line, rule in found(planted(CALL, (choice, choice * 19)))}
    ways = "  Hun er hørt.\n\n" + "".join(f"  - [x](#agreed) {{if=trust<{number}}}\n" for number in range(11))
    assert "too-many" in {rule for _line, rule in found(planted(CALL, ("  Hun er hørt.\n", ways)))}


def test_a_call_has_a_largest_size() -> None:
    head, moment = CALL[: CALL.index("## Med dine")], "## Slut {{#slut-{0} end=agreed}}\n\nSlut.\n\n"
    source = head + "".join(moment.format(number) for number in range(MAX_MOMENTS - 4))
    assert "too-many" not in {rule for _at, rule in found(source + QUESTION)}
    assert (len(source.splitlines()) + 1, "too-many") in found(source + moment.format("last") + QUESTION)
