"""Each kind of check: what counts as an answer, what is right, and what is kept of it."""

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from api.errors import Invalid
from api.lessons import actions, queries
from api.lessons.actions import KEPT_ANSWERS, Reply
from api.lessons.rules import LONGEST_WORDS, Sent, given, numbers, own_words, right, solved, told
from api.lessons.tables import Answer
from api.library.lessons import read_lesson
from api.library.values import ONE_OPTION, OWN_WORDS, Check, CheckKind
from tests.conftest import TODAY, House
from tests.lessons.kinds import KEPT, RIGHT, SECTIONS, WRONG, kinds, teach
from tests.rows import everything, rows

CHECKS = {check.id: check for check in read_lesson("kinds.da.md", kinds())[0].checks}
OWN = ("recalled", "own")


@pytest.fixture
def taught(house: House) -> House:
    return teach(house)


def send(house: House, check: str, sent: Sent, sent_as: str = "first", unit: str = "kinds", name: str = "new") -> Reply:
    house.clock.pass_by(seconds=1)
    arguments = (house.actor(name), unit, check, sent, sent_as, TODAY, house.clock())
    reply: Reply = house.write(actions.answer, *arguments)
    return reply


def kept(house: House, check: str) -> list[str]:
    desk = house.read(queries.desk, house.actor("new"), "kinds", TODAY)
    found: list[str] = desk.answers.get(check, [])
    return found


@pytest.mark.parametrize("check", RIGHT)
def test_the_right_answer_is_kept_as_written_and_right(check: str) -> None:
    one = CHECKS[check]
    assert given(one, RIGHT[check]) == KEPT[check]
    assert right(one, KEPT[check])
    assert solved(one, [KEPT[check]])


@pytest.mark.parametrize("check", WRONG)
def test_a_wrong_answer_is_an_answer_and_wrong(check: str) -> None:
    one = CHECKS[check]
    answer = given(one, WRONG[check])
    assert answer is not None
    assert not right(one, answer)
    assert not solved(one, [answer])
    assert solved(one, [answer, KEPT[check], answer])


@pytest.mark.parametrize(
    ("check", "answer", "first", "later"),
    [
        ("one", "3", {3}, {3}),
        ("turn", "1", {1}, {1}),
        ("many", "1,2", {1, 2}, {1, 2, 3, 4}),
        ("colours", "2,2,1", {1, 3}, {1, 2, 3}),
        ("steps", "3,2,1", {1}, {1, 2, 3}),
        ("recalled", "1,2", set(), set()),
        ("own", "Nej.", set(), set()),
    ],
)
def test_why_is_told_of_what_gives_nothing_away_and_of_all_once_it_is_solved(
    check: str, answer: str, first: set[int], later: set[int]
) -> None:
    assert told(CHECKS[check], answer, solved=False) == first
    assert told(CHECKS[check], answer, solved=True) == later


UNFIT = [
    ("one", Sent()), ("one", Sent(0)), ("one", Sent(4)), ("one", Sent(-1)),
    ("one", Sent(text="2")), ("one", Sent(numbers={2: 1})),
    ("turn", Sent()), ("turn", Sent(4)),
    ("many", Sent()), ("many", Sent(1)), ("many", Sent(numbers={1: 0})),
    ("many", Sent(numbers={5: 1})), ("many", Sent(numbers={1: 1, 3: 1, 5: 1})), ("many", Sent(numbers={0: 1})),
    ("colours", Sent()), ("colours", Sent(numbers={1: 1, 2: 1})), ("colours", Sent(numbers={1: 1, 2: 1, 3: 0})),
    ("colours", Sent(numbers={1: 1, 2: 1, 3: 3})), ("colours", Sent(numbers={1: 1, 2: 1, 3: 2, 4: 1})),
    ("steps", Sent()), ("steps", Sent(numbers={1: 1, 2: 2})), ("steps", Sent(numbers={1: 1, 2: 1, 3: 2})),
    ("steps", Sent(numbers={1: 1, 2: 2, 3: 4})), ("steps", Sent(numbers={1: 0, 2: 1, 3: 2})),
    ("recalled", Sent()), ("recalled", Sent(text=" \r\n\t")), ("recalled", Sent(text="o" * (LONGEST_WORDS + 1))),
    ("own", Sent()), ("own", Sent(2)), ("own", Sent(text="o" * (LONGEST_WORDS + 1))),
]  # fmt: skip


@pytest.mark.parametrize(("check", "sent"), UNFIT)
def test_what_the_check_cannot_have_is_no_answer(check: str, sent: Sent) -> None:
    assert given(CHECKS[check], sent) is None


@pytest.mark.parametrize("check", OWN)
def test_own_words_are_kept_without_the_space_around_them(check: str) -> None:
    assert given(CHECKS[check], Sent(text="  Jeg går.\r\nOg trækker vejret. \n")) == "Jeg går.\nOg trækker vejret."
    assert given(CHECKS[check], Sent(text=f" {'o' * LONGEST_WORDS} ")) == "o" * LONGEST_WORDS
    assert [own_words(text) for text in ("a\r\nb ", " \r\n", "")] == ["a\nb", None, None]
    lines = "o\r\n" * (LONGEST_WORDS // 2)
    assert given(CHECKS[check], Sent(text=lines)) is not None  # a line break counts once


@pytest.mark.parametrize(
    ("answer", "found"), [("2", (2,)), ("1,3", (1, 3)), ("", ()), ("1,", ()), ("²", ()), ("-1", ()), ("Nej", ())]
)
def test_the_numbers_of_an_answer(answer: str, found: tuple[int, ...]) -> None:
    assert numbers(answer) == found


number = st.integers(-1, 6)


@generated(
    check=st.sampled_from(list(CHECKS.values())),
    sent=st.builds(Sent, st.none() | number, st.dictionaries(number, number, max_size=5), st.text(max_size=5)),
)
def test_what_is_kept_reads_back_as_what_was_sent(check: Check, sent: Sent) -> None:
    answer = given(check, sent)
    if answer is None:
        return
    if check.kind in OWN_WORDS:
        assert answer == sent.text.replace("\r\n", "\n").strip()
        assert right(check, answer)
    elif check.kind in ONE_OPTION:
        assert numbers(answer) == (sent.option,)
    elif check.kind is CheckKind.SEVERAL:
        assert set(numbers(answer)) == {one for one, ticked in sent.numbers.items() if ticked}
    else:
        assert numbers(answer) == tuple(sent.numbers[item.number] for item in check.items)
        assert check.kind is CheckKind.SORT or sorted(numbers(answer)) == [item.place for item in check.items]
        assert right(check, answer) == all(sent.numbers[item.number] == item.place for item in check.items)


@pytest.mark.parametrize("check", RIGHT)
def test_an_answer_is_kept_and_told_back(taught: House, check: str) -> None:
    reply = send(taught, check, RIGHT[check])
    assert (reply.right, reply.given, reply.just_done) == (True, KEPT[check], False)
    assert (reply.option is not None) == (reply.check.kind in ONE_OPTION)
    assert kept(taught, check) == [KEPT[check]]
    before = everything(taught)
    assert send(taught, check, RIGHT[check]).given == reply.given  # sent twice
    assert everything(taught) == before


@pytest.mark.parametrize("check", ["many", "colours", "steps"])
def test_another_answer_under_the_same_key_is_another_try(taught: House, check: str) -> None:
    """As when somebody goes back in the browser and sends the old form with a new answer."""
    wrong = given(CHECKS[check], WRONG[check])
    assert not send(taught, check, WRONG[check]).right
    assert send(taught, check, RIGHT[check]).right
    assert kept(taught, check) == [wrong, KEPT[check]]


@pytest.mark.parametrize("check", OWN)
def test_own_words_written_again_take_the_place_of_the_first(taught: House, check: str) -> None:
    for number in range(KEPT_ANSWERS + 2):
        send(taught, check, Sent(text=f"Udkast {number}"), f"key-{number}")
    assert kept(taught, check) == [f"Udkast {KEPT_ANSWERS + 1}"]
    [row] = rows(taught, Answer, person_id=taught.actor("new").id, check_id=check)
    assert row.sent_as == f"key-{KEPT_ANSWERS + 1}"


@pytest.mark.parametrize(("check", "sent"), UNFIT)
def test_what_is_no_answer_is_refused_with_a_sentence_and_leaves_nothing(taught: House, check: str, sent: Sent) -> None:
    before = everything(taught)
    with pytest.raises(Invalid) as refused:
        send(taught, check, sent)
    field = "text" if check in OWN else "option" if check in ("one", "turn") else "numbers"
    assert refused.value.first.field == field
    assert refused.value.first.message == actions.UNFIT[CHECKS[check].kind]
    assert everything(taught) == before


def read_all(house: House, unit: str) -> None:
    for section in SECTIONS:
        house.write(actions.go_on, house.actor("new"), unit, section, TODAY, house.clock())


def test_a_lesson_is_done_with_whatever_was_answered(taught: House) -> None:
    read_all(taught, "kinds")
    for check, sent in (RIGHT | WRONG).items():
        reply = send(taught, check, sent)
    assert reply.just_done


def test_in_a_safety_lesson_all_but_own_words_must_be_right(taught: House) -> None:
    read_all(taught, "kinds-safe")
    for check, sent in WRONG.items():
        send(taught, check, sent, unit="kinds-safe")
    send(taught, "recalled", Sent(text="Det ved jeg ikke."), unit="kinds-safe")
    reply = send(taught, "own", Sent(text="Intet."), unit="kinds-safe")
    assert {(one.kind, one.id) for one in reply.desk.missing} == {("wrong", check) for check in WRONG}
    for left, check in enumerate(WRONG, 1):
        send(taught, check, WRONG[check], f"again-{check}", "kinds-safe")
        reply = send(taught, check, RIGHT[check], f"right-{check}", "kinds-safe")
        assert reply.just_done == (left == len(WRONG))
    before = everything(taught)
    assert not send(taught, "own", Sent(text="Noget nyt."), "later", "kinds-safe").just_done
    assert everything(taught) == before  # after completion nothing is kept


def test_who_only_looks_leaves_no_words(taught: House) -> None:
    before = everything(taught)
    reply = send(taught, "own", RIGHT["own"], name="trainer")
    assert (reply.right, reply.desk.access.preview) == (True, True)
    assert everything(taught) == before
