"""What the domain says no with. No status codes here: each door turns these into its own answer, in one place.

A message is an English sentence that is also its key in the catalogues (`api/words.py`), with named
placeholders. It says what to do, not only what is wrong.
"""

import dataclasses
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Problem:
    """One sentence about one field (`None`: about the whole request)."""

    message: str
    field: str | None = None
    values: dict[str, object] = dataclasses.field(default_factory=dict)


class DomainError(Exception):
    """Root of every refusal the domain makes; holds one or more problems."""

    def __init__(self, message: str, field: str | None = None, **values: object) -> None:
        super().__init__(message)
        self.problems: tuple[Problem, ...] = (Problem(message, field, values),)

    @classmethod
    def of(cls, problems: list[Problem]) -> Self:
        """One refusal with every problem, so that a form shows them all at once."""
        error = cls(problems[0].message)
        error.problems = tuple(problems)
        return error

    @property
    def first(self) -> Problem:
        return self.problems[0]


class NotSignedIn(DomainError):
    """Nobody is signed in, or the e-mail and password do not fit."""


class NotFound(DomainError):
    """It does not exist, or the actor may not know that it does."""


class Forbidden(DomainError):
    """The actor may know of it but not do this."""


class Conflict(DomainError):
    """True a moment ago, or true for somebody else: the stored state says otherwise."""


class TooMany(DomainError):
    """Too many tries; `wait` is the number of whole seconds until the next one is looked at."""

    def __init__(self, message: str, wait: int) -> None:
        super().__init__(message, wait=wait)
        self.wait = wait


class Invalid(DomainError):
    """What was sent cannot be used. Nothing has been stored."""
