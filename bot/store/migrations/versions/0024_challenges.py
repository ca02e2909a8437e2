"""Challenges, solutions, who signs them, and votes."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "challenge",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("opener", sa.String(), nullable=True),
        sa.Column("room_id", sa.String(), nullable=False),
        sa.Column("card", sa.String(), nullable=True),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.Column("votes_each", sa.Integer(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("discreet", sa.Boolean(), nullable=False),
        sa.Column("voters", sa.String(), nullable=False),
        sa.Column("solutions_until", INSTANT, nullable=False),
        sa.Column("vote_until", INSTANT, nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("voting_since", INSTANT, nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("tally", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("voted", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["community"], ["community.slug"], name=op.f("fk_challenge_community_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_challenge_status", "challenge", ["community", "status"], unique=False)
    op.create_table(
        "solution",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("challenge", SERIAL, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("card", sa.String(), nullable=True),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["challenge"], ["challenge.id"], name=op.f("fk_solution_challenge_challenge")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solution")),
        sa.UniqueConstraint("challenge", "rank", name=op.f("uq_solution_challenge_rank")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_solution_author"), "solution", ["author"], unique=False)
    op.create_index(op.f("ix_solution_source"), "solution", ["source"], unique=False)
    op.create_table(
        "solution_author",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("solution", SERIAL, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("agreed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["solution"], ["solution.id"], name=op.f("fk_solution_author_solution_solution")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solution_author")),
        sa.UniqueConstraint("solution", "person", name=op.f("uq_solution_author_solution_person")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_solution_author_person"), "solution_author", ["person"], unique=False)
    op.create_table(
        "solution_vote",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("challenge", SERIAL, nullable=False),
        sa.Column("solution", SERIAL, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["challenge"], ["challenge.id"], name=op.f("fk_solution_vote_challenge_challenge")),
        sa.ForeignKeyConstraint(["solution"], ["solution.id"], name=op.f("fk_solution_vote_solution_solution")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solution_vote")),
        sa.UniqueConstraint("solution", "person", name=op.f("uq_solution_vote_solution_person")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_solution_vote_person", "solution_vote", ["person", "challenge"], unique=False)
    op.create_index(op.f("ix_solution_vote_challenge"), "solution_vote", ["challenge"], unique=False)


def downgrade() -> None:
    for table in ("solution_vote", "solution_author", "solution", "challenge"):
        op.drop_table(table)
