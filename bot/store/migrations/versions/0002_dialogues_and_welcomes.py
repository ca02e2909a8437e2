"""Dialogues, welcomes, and the other way to a person who has no direct chat."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dialogue",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("room_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogue")),
    )
    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dialogue_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index("ix_dialogue_of", ["account", "room_id", "person", "status"], unique=False)

    op.create_table(
        "welcome",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("welcomed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.slug"], name=op.f("fk_welcome_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_welcome")),
        sa.UniqueConstraint("community", "person", name=op.f("uq_welcome_community_person")),
    )
    with op.batch_alter_table("community", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contact", sa.String(), nullable=True))

    with op.batch_alter_table("direct_chat", schema=None) as batch_op:
        batch_op.add_column(sa.Column("status", sa.String(), nullable=False, server_default="accepted"))

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("fallback", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("fallback")

    with op.batch_alter_table("direct_chat", schema=None) as batch_op:
        batch_op.drop_column("status")

    with op.batch_alter_table("community", schema=None) as batch_op:
        batch_op.drop_column("contact")

    op.drop_table("welcome")
    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        batch_op.drop_index("ix_dialogue_of")
        batch_op.drop_index(batch_op.f("ix_dialogue_expires_at"))

    op.drop_table("dialogue")
