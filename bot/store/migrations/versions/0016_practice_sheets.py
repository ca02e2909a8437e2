"""Practice sheets, and resources that are things of other nouns."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("resource", sa.Column("origin", sa.String(), nullable=False, server_default=""))
    op.add_column("resource", sa.Column("facets", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "sheet",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("ingredients", sa.JSON(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("stakes", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("room_id", sa.String(), nullable=True),
        sa.Column("event_id", sa.String(), nullable=True),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reminded", sa.Boolean(), nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("published_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["community"], ["community.slug"], name=op.f("fk_sheet_community_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sheet_status", "sheet", ["community", "status"], unique=False)
    op.create_index("ix_sheet_author", "sheet", ["author", "status"], unique=False)
    op.create_index(op.f("ix_sheet_event_id"), "sheet", ["event_id"], unique=False)
    op.create_table(
        "sheet_author",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("sheet", SERIAL, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("partner", sa.Boolean(), nullable=False),
        sa.Column("needed", sa.Boolean(), nullable=False),
        sa.Column("agreed_at", INSTANT, nullable=True),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["sheet"], ["sheet.id"], name=op.f("fk_sheet_author_sheet_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_author")),
        sa.UniqueConstraint("sheet", "person", name=op.f("uq_sheet_author_sheet_person")),
    )
    op.create_index(op.f("ix_sheet_author_person"), "sheet_author", ["person"], unique=False)
    op.create_table(
        "sheet_review",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("sheet", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["sheet"], ["sheet.id"], name=op.f("fk_sheet_review_sheet_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_review")),
        sa.UniqueConstraint("sheet", "person", "turn", name=op.f("uq_sheet_review_sheet_person_turn")),
    )
    op.create_index(op.f("ix_sheet_review_person"), "sheet_review", ["person"], unique=False)


def downgrade() -> None:
    for table in ("sheet_review", "sheet_author", "sheet"):
        op.drop_table(table)
    op.execute("DELETE FROM resource WHERE origin <> ''")
    with op.batch_alter_table("resource") as batch:
        batch.drop_column("facets")
        batch.drop_column("origin")
