"""checks: answers that are more than one option; a count of what is served

Revision ID: 20261122_checks
Revises: 20261122_calls
"""

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "20261122_checks"
down_revision = "20261122_calls"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "served_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stamp", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_served_version")),
    )
    op.execute("INSERT INTO served_version (id, stamp) VALUES (1, 'first')")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("given", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=""))
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.alter_column("given", server_default=None)  # it only filled the rows that were there


def downgrade() -> None:
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_column("given")
    op.drop_table("served_version")
