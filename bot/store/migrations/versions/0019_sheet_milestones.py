"""How far sheets come: milestones, who tries them, what came of it, other communities, what they adapt."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
COLUMNS = ("verify_at", "opened", "parent")


def upgrade() -> None:
    op.add_column("sheet", sa.Column("parent", sa.BigInteger(), nullable=True))
    op.add_column("sheet", sa.Column("opened", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("sheet", sa.Column("verify_at", INSTANT, nullable=True))
    op.create_index(op.f("ix_sheet_parent"), "sheet", ["parent"], unique=False)
    _milestones()
    _trials()
    _results()
    _circulations()


def _milestones() -> None:
    op.create_table(
        "sheet_milestone",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("sheet", SERIAL, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("reached_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["sheet"], ["sheet.id"], name=op.f("fk_sheet_milestone_sheet_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_milestone")),
        sa.UniqueConstraint("sheet", "name", name=op.f("uq_sheet_milestone_sheet_name")),
    )


def _trials() -> None:
    op.create_table(
        "sheet_trial",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("sheet", SERIAL, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["sheet"], ["sheet.id"], name=op.f("fk_sheet_trial_sheet_sheet")),
        sa.ForeignKeyConstraint(["community"], ["community.slug"], name=op.f("fk_sheet_trial_community_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_trial")),
        sa.UniqueConstraint("sheet", "person", name=op.f("uq_sheet_trial_sheet_person")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sheet_trial_person"), "sheet_trial", ["person"], unique=False)


def _results() -> None:
    op.create_table(
        "sheet_result",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("sheet", SERIAL, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["sheet"], ["sheet.id"], name=op.f("fk_sheet_result_sheet_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_result")),
        sa.UniqueConstraint("sheet", "person", name=op.f("uq_sheet_result_sheet_person")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sheet_result_person"), "sheet_result", ["person"], unique=False)


def _circulations() -> None:
    op.create_table(
        "sheet_circulation",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("sheet", SERIAL, nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("proposer", sa.String(), nullable=True),
        sa.Column("answerer", sa.String(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["sheet"], ["sheet.id"], name=op.f("fk_sheet_circulation_sheet_sheet")),
        sa.ForeignKeyConstraint(
            ["community"], ["community.slug"], name=op.f("fk_sheet_circulation_community_community")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_circulation")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sheet_circulation_there", "sheet_circulation", ["sheet", "community"], unique=False)


def downgrade() -> None:
    for table in ("sheet_circulation", "sheet_result", "sheet_trial", "sheet_milestone"):
        op.drop_table(table)
    op.drop_index(op.f("ix_sheet_parent"), "sheet")
    with op.batch_alter_table("sheet") as batch:
        for name in COLUMNS:
            batch.drop_column(name)
