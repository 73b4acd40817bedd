"""calls: own words, views, drafts, and a centre's own versions

Revision ID: 20261122_calls
Revises: 20261122_first_tables
"""

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "20261122_calls"
down_revision = "20261122_first_tables"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("centre_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("danish", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("english", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_by", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=True),
        sa.Column("saved_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_draft_centre_id")),
        sa.ForeignKeyConstraint(["saved_by"], ["person.id"], name=op.f("fk_draft_saved_by")),
        sa.PrimaryKeyConstraint("centre_id", "key", name=op.f("pk_draft")),
    )
    op.create_table(
        "own_revision",
        sa.Column("centre_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("revision_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_own_revision_centre_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_own_revision_revision_id")),
        sa.PrimaryKeyConstraint("centre_id", "key", name=op.f("pk_own_revision")),
    )
    op.create_table(
        "reflection",
        sa.Column("attempt_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("written_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_reflection_attempt_id")),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_reflection")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("view", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("worth", sa.Integer(), nullable=True))
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.alter_column("view", server_default=None)  # it only filled the rows that were there
    # What ended before calls were ordered comes last among them.
    op.execute("UPDATE attempt SET worth = 0 WHERE ended_as IS NOT NULL")

    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("centre_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=True))
        batch_op.add_column(sa.Column("published_by", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=True))
        batch_op.add_column(sa.Column("change", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_revision_published_by"), "person", ["published_by"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_revision_centre_id"), "centre", ["centre_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_revision_centre_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_revision_published_by"), type_="foreignkey")
        batch_op.drop_column("change")
        batch_op.drop_column("published_by")
        batch_op.drop_column("centre_id")

    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_column("worth")
        batch_op.drop_column("view")

    op.drop_table("reflection")
    op.drop_table("own_revision")
    op.drop_table("draft")
