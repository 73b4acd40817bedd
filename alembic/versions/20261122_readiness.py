"""readiness: the card's settings and contacts, signatures under our line and who has read it

Revision ID: 20261122_readiness
Revises: 20261122_checks
"""

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "20261122_readiness"
down_revision = "20261122_checks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "card_setting",
        sa.Column("centre_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("token", sqlmodel.sql.sqltypes.AutoString(length=43), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_card_setting_centre_id")),
        sa.PrimaryKeyConstraint("centre_id", name=op.f("pk_card_setting")),
        sa.UniqueConstraint("token", name=op.f("uq_card_setting_token")),
    )
    op.create_table(
        "card_contact",
        sa.Column("centre_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("post", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("phone", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("hours", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_card_contact_centre_id")),
        sa.PrimaryKeyConstraint("centre_id", "post", name=op.f("pk_card_contact")),
    )
    op.create_table(
        "line_signature",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("centre_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("revision_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("signed_by", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("signed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_line_signature_centre_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_line_signature_revision_id")),
        sa.ForeignKeyConstraint(["signed_by"], ["person.id"], name=op.f("fk_line_signature_signed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_signature")),
    )
    op.create_index("ix_line_signature_centre", "line_signature", ["centre_id", "signed_at", "id"])
    op.create_table(
        "line_acknowledgement",
        sa.Column("signature_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("acknowledged_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_line_acknowledgement_person_id")),
        sa.ForeignKeyConstraint(
            ["signature_id"], ["line_signature.id"], name=op.f("fk_line_acknowledgement_signature_id")
        ),
        sa.PrimaryKeyConstraint("signature_id", "person_id", name=op.f("pk_line_acknowledgement")),
    )
    op.create_index(op.f("ix_line_acknowledgement_person_id"), "line_acknowledgement", ["person_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_line_acknowledgement_person_id"), table_name="line_acknowledgement")
    op.drop_table("line_acknowledgement")
    op.drop_index("ix_line_signature_centre", table_name="line_signature")
    op.drop_table("line_signature")
    op.drop_table("card_contact")
    op.drop_table("card_setting")
