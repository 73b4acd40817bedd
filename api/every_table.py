"""Every table of every feature, imported for its side effect: filling SQLModel.metadata for migrations and tests."""

import api.authoring.tables
import api.enrolments.tables
import api.lessons.tables
import api.library.tables
import api.people.tables
import api.readiness.tables
import api.scenarios.tables  # noqa: F401
