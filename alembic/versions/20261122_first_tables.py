"""first tables

Revision ID: 20261122_first_tables
Revises:
"""

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "20261122_first_tables"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "centre",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("on_call_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("on_call_phone", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("on_call_hours", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre")),
    )
    op.create_table(
        "revision",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("published_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("kind", "key", "digest", name=op.f("uq_revision_kind_key_digest")),
        sa.UniqueConstraint("kind", "key", "number", name=op.f("uq_revision_kind_key_number")),
    )
    op.create_table(
        "sign_in_trouble",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_trouble")),
    )
    with op.batch_alter_table("sign_in_trouble") as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_trouble_last_at"), ["last_at"], unique=False)

    op.create_table(
        "cohort",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("centre_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_cohort_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort")),
    )
    with op.batch_alter_table("cohort") as batch_op:
        batch_op.create_index(batch_op.f("ix_cohort_centre_id"), ["centre_id"], unique=False)

    op.create_table(
        "current_revision",
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("revision_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_current_revision_revision_id")),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_current_revision")),
    )
    op.create_table(
        "revision_text",
        sa.Column("revision_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("path", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_revision_text_revision_id")),
        sa.PrimaryKeyConstraint("revision_id", "path", name=op.f("pk_revision_text")),
    )
    op.create_table(
        "team",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("centre_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_team_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
    )
    with op.batch_alter_table("team") as batch_op:
        batch_op.create_index(batch_op.f("ix_team_centre_id"), ["centre_id"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("centre_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("team_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=True),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.Column("roles", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column("password_hash", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_person_centre_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_person_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    with op.batch_alter_table("person") as batch_op:
        batch_op.create_index("ix_person_centre_name", ["centre_id", "name", "id"], unique=False)
        batch_op.create_index("ix_person_team_name", ["team_id", "name", "id"], unique=False)

    op.create_table(
        "team_count",
        sa.Column("team_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("begun", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column("next_due_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_count_team_id")),
        sa.PrimaryKeyConstraint("team_id", "begun", "next_due_on", name=op.f("pk_team_count")),
    )
    op.create_table(
        "answer",
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("check_id", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("sent_as", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("option", sa.Integer(), nullable=False),
        sa.Column("revision_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("answered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_answer_person_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_answer_revision_id")),
        sa.PrimaryKeyConstraint("person_id", "unit", "check_id", "sent_as", "option", name=op.f("pk_answer")),
    )
    op.create_table(
        "attempt",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("started_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("ended_as", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attempt_person_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_attempt_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("person_id", "unit", "number", name=op.f("uq_attempt_person_id_unit_number")),
    )
    op.create_table(
        "cohort_member",
        sa.Column("cohort_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_member_cohort_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_cohort_member_person_id")),
        sa.PrimaryKeyConstraint("cohort_id", "person_id", name=op.f("pk_cohort_member")),
    )
    with op.batch_alter_table("cohort_member") as batch_op:
        batch_op.create_index(batch_op.f("ix_cohort_member_person_id"), ["person_id"], unique=False)

    op.create_table(
        "enrolment",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("centre_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("person_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("team_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=True),
        sa.Column("cohort_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=True),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("revision_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("go_live_on", sa.Date(), nullable=True),
        sa.Column("assigned_by", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("assigned_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("begun", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column("steps_total", sa.Integer(), nullable=False),
        sa.Column("steps_done", sa.Integer(), nullable=False),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["assigned_by"], ["person.id"], name=op.f("fk_enrolment_assigned_by")),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_enrolment_centre_id")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_enrolment_cohort_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_enrolment_person_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_enrolment_revision_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_enrolment_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("person_id", "kind", "key", name=op.f("uq_enrolment_person_id_kind_key")),
    )
    with op.batch_alter_table("enrolment") as batch_op:
        batch_op.create_index("ix_enrolment_centre", ["centre_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_enrolment_cohort_id"), ["cohort_id"], unique=False)
        batch_op.create_index("ix_enrolment_team_begun", ["team_id", "begun", "next_due_on", "id"], unique=False)
        batch_op.create_index("ix_enrolment_team_due", ["team_id", "next_due_on", "id"], unique=False)
        batch_op.create_index("ix_enrolment_team_name", ["team_id", "person_name", "id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("centre_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("revision_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("what", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("recorded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_evidence_centre_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_evidence_person_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_evidence_recorded_by")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_evidence_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence") as batch_op:
        batch_op.create_index("ix_evidence_person", ["person_id", "recorded_at"], unique=False)

    op.create_table(
        "known_browser",
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("seen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_known_browser_person_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_known_browser")),
    )
    with op.batch_alter_table("known_browser") as batch_op:
        batch_op.create_index(batch_op.f("ix_known_browser_person_id"), ["person_id"], unique=False)

    op.create_table(
        "progress",
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("revision_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("started_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("read_sections", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("done_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_progress_person_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_progress_revision_id")),
        sa.PrimaryKeyConstraint("person_id", "unit", name=op.f("pk_progress")),
    )
    op.create_table(
        "sign_in",
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("expires_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in")),
    )
    with op.batch_alter_table("sign_in") as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_person_id"), ["person_id"], unique=False)

    op.create_table(
        "team_lead",
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("team_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_team_lead_person_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_lead_team_id")),
        sa.PrimaryKeyConstraint("person_id", "team_id", name=op.f("pk_team_lead")),
    )
    op.create_table(
        "move",
        sa.Column("attempt_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.Column("moved_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_move_attempt_id")),
        sa.PrimaryKeyConstraint("attempt_id", "place", name=op.f("pk_move")),
    )


def downgrade() -> None:
    op.drop_table("move")
    op.drop_table("team_lead")
    with op.batch_alter_table("sign_in") as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_person_id"))

    op.drop_table("sign_in")
    op.drop_table("progress")
    with op.batch_alter_table("known_browser") as batch_op:
        batch_op.drop_index(batch_op.f("ix_known_browser_person_id"))

    op.drop_table("known_browser")
    with op.batch_alter_table("evidence") as batch_op:
        batch_op.drop_index("ix_evidence_person")

    op.drop_table("evidence")
    with op.batch_alter_table("enrolment") as batch_op:
        batch_op.drop_index("ix_enrolment_team_name")
        batch_op.drop_index("ix_enrolment_team_due")
        batch_op.drop_index("ix_enrolment_team_begun")
        batch_op.drop_index(batch_op.f("ix_enrolment_cohort_id"))
        batch_op.drop_index("ix_enrolment_centre")

    op.drop_table("enrolment")
    with op.batch_alter_table("cohort_member") as batch_op:
        batch_op.drop_index(batch_op.f("ix_cohort_member_person_id"))

    op.drop_table("cohort_member")
    op.drop_table("attempt")
    op.drop_table("answer")
    op.drop_table("team_count")
    with op.batch_alter_table("person") as batch_op:
        batch_op.drop_index("ix_person_team_name")
        batch_op.drop_index("ix_person_centre_name")

    op.drop_table("person")
    with op.batch_alter_table("team") as batch_op:
        batch_op.drop_index(batch_op.f("ix_team_centre_id"))

    op.drop_table("team")
    op.drop_table("revision_text")
    op.drop_table("current_revision")
    with op.batch_alter_table("cohort") as batch_op:
        batch_op.drop_index(batch_op.f("ix_cohort_centre_id"))

    op.drop_table("cohort")
    with op.batch_alter_table("sign_in_trouble") as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_trouble_last_at"))

    op.drop_table("sign_in_trouble")
    op.drop_table("revision")
    op.drop_table("centre")
