"""under way: who is in the middle of a unit is found without reading everybody

Revision ID: 20261122_under_way
Revises: 20261122_readiness
"""

import sqlalchemy as sa

from alembic import op

revision = "20261122_under_way"
down_revision = "20261122_readiness"
branch_labels = None
depends_on = None


def upgrade() -> None:
    not_done = sa.text("done_at IS NULL")
    op.create_index("ix_progress_under_way", "progress", ["unit"], sqlite_where=not_done, postgresql_where=not_done)


def downgrade() -> None:
    op.drop_index("ix_progress_under_way", table_name="progress")
