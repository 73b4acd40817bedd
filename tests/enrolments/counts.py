"""The teams' counts as they are kept, and as they are when counted anew."""

from collections import Counter
from datetime import date

from api.enrolments.tables import Enrolment, TeamCount
from tests.conftest import House
from tests.rows import rows

Counts = dict[tuple[str, str, date], int]


def team_counts(house: House) -> Counts:
    return {(row.team_id, row.begun, row.next_due_on): row.people for row in rows(house, TeamCount)}


def recounted(house: House) -> Counts:
    found = Counter(
        (row.team_id, row.begun, row.next_due_on or date.max)
        for row in rows(house, Enrolment)
        if row.team_id is not None
    )
    return dict(found)
