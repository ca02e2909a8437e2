"""Proposed resources, who answers for them, votes and synonyms."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("resource", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state", sa.String(), nullable=False, server_default="published"))
        batch_op.add_column(sa.Column("merged_into", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("owner", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("interval_months", sa.Integer(), nullable=False, server_default="12"))
        batch_op.add_column(sa.Column("outdated", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE resource SET state = 'archived' WHERE archived")
    with op.batch_alter_table("resource", schema=None) as batch_op:
        batch_op.drop_column("archived")
        batch_op.alter_column("state", server_default=None)
        batch_op.alter_column("interval_months", server_default=None)
        batch_op.alter_column("outdated", server_default=None)
    op.create_table(
        "resource_vote",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("resource", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("useful", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource_vote")),
        sa.UniqueConstraint("resource", "person", name=op.f("uq_resource_vote_resource_person")),
    )
    op.create_table(
        "synonym",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.slug"], name=op.f("fk_synonym_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym")),
        sa.UniqueConstraint("community", "key", name=op.f("uq_synonym_community_key")),
    )


def downgrade() -> None:
    op.drop_table("synonym")
    op.drop_table("resource_vote")
    with op.batch_alter_table("resource", schema=None) as batch_op:
        batch_op.add_column(sa.Column("archived", sa.Boolean(), nullable=False, server_default=sa.false()))
    # What was only proposed must not be found by a program that knows no proposals.
    op.execute("UPDATE resource SET archived = (state <> 'published')")
    with op.batch_alter_table("resource", schema=None) as batch_op:
        for name in ("state", "merged_into", "owner", "interval_months", "outdated"):
            batch_op.drop_column(name)
        batch_op.alter_column("archived", server_default=None)
