"""Irritants, ideas, and whom they concern as well."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "idea",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("discreet", sa.Boolean(), nullable=False),
        sa.Column("territorial", sa.Boolean(), nullable=False),
        sa.Column("territory", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("merged_into", sa.BigInteger(), nullable=True),
        sa.Column("challenge", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("room_id", sa.String(), nullable=False),
        sa.Column("card", sa.String(), nullable=True),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("reported_at", INSTANT, nullable=False),
        sa.Column("touched_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.slug"], name=op.f("fk_idea_community_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_idea_status", "idea", ["community", "status"], unique=False)
    op.create_index("ix_idea_author", "idea", ["author", "status"], unique=False)
    op.create_index(op.f("ix_idea_challenge"), "idea", ["challenge"], unique=False)
    op.create_index(op.f("ix_idea_source"), "idea", ["source"], unique=False)
    op.create_table(
        "idea_support",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("idea", SERIAL, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("via", sa.BigInteger(), nullable=True),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["idea"], ["idea.id"], name=op.f("fk_idea_support_idea_idea")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_support")),
        sa.UniqueConstraint("idea", "person", name=op.f("uq_idea_support_idea_person")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_idea_support_person"), "idea_support", ["person"], unique=False)


def downgrade() -> None:
    op.drop_table("idea_support")
    op.drop_table("idea")
