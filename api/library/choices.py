"""The braces behind a choice, a way or a moment, read into what they do: effects, flags, facts and conditions."""

import re
from collections.abc import Set as AbstractSet

from api.library.graph import ADDED, BOUNDS, Boundary, Choice, Condition, Deed, Flag
from api.library.markdown import Attributes, Text
from api.library.values import Mark

COMPARED = re.compile(r"(?P<name>[a-z]+)(?P<sign><=|>=|<|>|=)(?P<value>\w+)")
NAMED = re.compile(r"(?P<lacks>!?)(?P<name>[a-z][a-z0-9_-]*)")
FACT = re.compile(r"[a-z][a-z0-9_-]{0,39}")
# Words that already mean something in a condition, and so cannot name a fact or a view.
RESERVED = frozenset({*BOUNDS, *Flag})
KEYS = frozenset({*ADDED, "boundary", "flag", "note", "act", "phrase", "if"})
CLASSES = frozenset({"subtle", "closes"})
MOST_CONDITIONS = 12


def read_choice(
    text: Text, at: int, attributes: Attributes | None, facts: AbstractSet[str], names: AbstractSet[str]
) -> Choice | None:
    """A choice that has what the braces say and no words yet; None (and a finding) when they cannot be read.

    `names` can be asked for in conditions.
    """
    if attributes is None:
        text.wrong(at, "braces", "these braces cannot be read; write {.good trust=+10}, and each name once")
        return None
    marks = [mark for mark in attributes.marks if mark in tuple(Mark)]
    if len(marks) != 1 or not set(attributes.marks) <= {*Mark, *CLASSES}:
        text.wrong(
            at,
            "choice-mark",
            "behind the link stands one of .good, .tempting and .harmful: {.good trust=+10}; .subtle and .closes may stand beside it",
        )
        return None
    values = attributes.values
    deed = _one_of(text, at, "act", values, [*Deed])
    boundary = _one_of(text, at, "boundary", values, [one.name.lower() for one in Boundary])
    phrase = values.get("phrase", "")
    if phrase and deed != Deed.ACKNOWLEDGE:
        text.wrong(at, "phrase", "phrase= names an acknowledgement; write act=acknowledge beside it")
    return Choice(
        number=0,
        text="",
        to="",
        mark=Mark(marks[0]),
        effects=_effects(text, at, values),
        reply="",
        why="",
        line=at,
        subtle="subtle" in attributes.marks,
        closes="closes" in attributes.marks,
        boundary=Boundary[boundary.upper()] if boundary else Boundary.NONE,
        deed=Deed(deed) if deed else None,
        phrase=phrase,
        raises=flags(text, at, values.get("flag")),
        notes=_notes(text, at, values.get("note"), facts),
        conditions=conditions(text, at, values.get("if"), names),
    )


def _one_of(text: Text, at: int, key: str, values: dict[str, str], known: list[str]) -> str | None:
    value = values.get(key)
    if value is not None and value not in known:
        text.wrong(at, key, f"'{key}={value}' is not known; known are {', '.join(known)}")
        return None
    return value


def _effects(text: Text, at: int, values: dict[str, str]) -> tuple[tuple[str, int], ...]:
    effects = []
    for name, value in values.items():
        if name in KEYS - set(ADDED):
            continue
        low, high = BOUNDS.get(name, (0, 0))
        try:
            change = int(value)
        except ValueError:
            change = high - low + 1
        if name not in ADDED or abs(change) > high - low or (name == "minutes" and change < 0):
            text.wrong(at, "effect", f"'{name}={value}' is not an effect; write for instance trust=+10 or ladder=-1")
        else:
            effects.append((name, change))
    return tuple(effects)


def flags(text: Text, at: int, value: str | None) -> tuple[Flag, ...]:
    """The flags a brace raises, `flag=threat,digital`."""
    found = []
    for word in (value or "").split(",") if value is not None else []:
        if word in tuple(Flag):
            found.append(Flag(word))
        else:
            text.wrong(at, "flag", f"'{word}' is not a flag; known are {', '.join(Flag)}")
    return tuple(found)


def _notes(text: Text, at: int, value: str | None, facts: AbstractSet[str]) -> tuple[str, ...]:
    words = value.split(",") if value is not None else []
    for word in words:
        if word not in facts:
            text.wrong(at, "note", f"'{word}' is not among the header's facts; add it there or mend the name")
    return tuple(words)


def conditions(text: Text, at: int, value: str | None, names: AbstractSet[str]) -> tuple[Condition, ...]:
    """What `if=` asks for: `trust>=40,threat,!words`."""
    found: list[Condition] = []
    parts = value.split(",") if value is not None else []
    if len(parts) > MOST_CONDITIONS:
        text.wrong(at, "condition", f"if= asks for at most {MOST_CONDITIONS} things; take some away")
        return ()
    for part in parts:
        condition = _condition(part, names)
        if condition is None:
            text.wrong(
                at,
                "condition",
                f"'{part}' cannot be asked for; write for instance trust>=40 or boundary>=named, or a flag, a fact or a view of the header",
            )
        else:
            found.append(condition)
    return tuple(found)


def _condition(part: str, names: AbstractSet[str]) -> Condition | None:
    compared = COMPARED.fullmatch(part)
    if compared:
        name, value = compared["name"], compared["value"]
        if name == "boundary" and value.upper() in Boundary.__members__:
            return Condition(name, compared["sign"], Boundary[value.upper()])
        if name not in BOUNDS or name == "boundary" or not (value.isascii() and value.isdigit()):
            return None
        return Condition(name, compared["sign"], int(value[:6]))
    named = NAMED.fullmatch(part)
    if named and named["name"] in names:
        return Condition(named["name"], "lacks" if named["lacks"] else "has")
    return None
