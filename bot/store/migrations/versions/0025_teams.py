"""Teams, who is in them, their log and their requests for help."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "team",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("moderator", sa.String(), nullable=True),
        sa.Column("exception", sa.Text(), nullable=False),
        sa.Column("rhythm", sa.String(), nullable=False),
        sa.Column("room_key", sa.String(), nullable=True),
        sa.Column("room_id", sa.String(), nullable=True),
        sa.Column("card", sa.String(), nullable=True),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("unmeasured", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sheet", sa.BigInteger(), nullable=True),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.Column("silence_told", sa.Boolean(), nullable=False),
        sa.Column("few_told", sa.Boolean(), nullable=False),
        sa.Column("formed_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("complete_at", INSTANT, nullable=True),
        sa.Column("asked_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["community"], ["community.slug"], name=op.f("fk_team_community_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_team_status", "team", ["community", "status"], unique=False)
    for column in ("about", "room_id", "sheet"):
        op.create_index(op.f(f"ix_team_{column}"), "team", [column], unique=False)
    op.create_table(
        "team_member",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("team", SERIAL, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("profession", sa.String(), nullable=True),
        sa.Column("author", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["team"], ["team.id"], name=op.f("fk_team_member_team_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_member")),
        sa.UniqueConstraint("team", "person", name=op.f("uq_team_member_team_person")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_team_member_person"), "team_member", ["person"], unique=False)
    op.create_table(
        "team_note",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("team", SERIAL, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["team"], ["team.id"], name=op.f("fk_team_note_team_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_note")),
        sqlite_autoincrement=True,
    )
    for column in ("team", "person", "source"):
        op.create_index(op.f(f"ix_team_note_{column}"), "team_note", [column], unique=False)
    op.create_table(
        "team_request",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("team", SERIAL, nullable=False),
        sa.Column("request", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["team"], ["team.id"], name=op.f("fk_team_request_team_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_request")),
        sa.UniqueConstraint("request", name=op.f("uq_team_request_request")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_team_request_team"), "team_request", ["team"], unique=False)


def downgrade() -> None:
    for table in ("team_request", "team_note", "team_member", "team"):
        op.drop_table(table)
