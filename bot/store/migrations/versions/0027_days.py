"""Meet-ups on challenges, the tables that people choose there, and themes that are chosen together."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "day_challenge",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("meetup", SERIAL, nullable=False),
        sa.Column("challenge", SERIAL, nullable=False),
        sa.Column("told", sa.String(), nullable=True),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["challenge"], ["challenge.id"], name=op.f("fk_day_challenge_challenge_challenge")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_challenge")),
        sa.UniqueConstraint("meetup", "challenge", name=op.f("uq_day_challenge_meetup_challenge")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_day_challenge_challenge"), "day_challenge", ["challenge"], unique=False)
    op.create_table(
        "day_seat",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("meetup", SERIAL, nullable=False),
        sa.Column("challenge", SERIAL, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("chosen_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["challenge"], ["challenge.id"], name=op.f("fk_day_seat_challenge_challenge")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_seat")),
        sa.UniqueConstraint("meetup", "person", name=op.f("uq_day_seat_meetup_person")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_day_seat_challenge"), "day_seat", ["challenge"], unique=False)
    op.create_index(op.f("ix_day_seat_person"), "day_seat", ["person"], unique=False)
    op.create_table(
        "theme_poll",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("meetup", SERIAL, nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.Column("tally", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("voted", sa.Integer(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["meetup"], ["meetup.id"], name=op.f("fk_theme_poll_meetup_meetup")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_poll")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_theme_poll_meetup"), "theme_poll", ["meetup"], unique=False)
    op.create_table(
        "theme_vote",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("poll", SERIAL, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["poll"], ["theme_poll.id"], name=op.f("fk_theme_vote_poll_theme_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_vote")),
        sa.UniqueConstraint("poll", "person", "choice", name=op.f("uq_theme_vote_poll_person_choice")),
    )
    op.create_index(op.f("ix_theme_vote_person"), "theme_vote", ["person"], unique=False)


def downgrade() -> None:
    for table in ("theme_vote", "theme_poll", "day_seat", "day_challenge"):
        op.drop_table(table)
