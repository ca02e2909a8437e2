"""Themes of support, applications with their teams, and what people said at the end."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "support_theme",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("until", INSTANT, nullable=True),
        sa.Column("room_id", sa.String(), nullable=True),
        sa.Column("room_key", sa.String(), nullable=True),
        sa.Column("rooms_made", sa.Integer(), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.slug"], name=op.f("fk_support_theme_community_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_theme")),
        sa.UniqueConstraint("community", "theme", name=op.f("uq_support_theme_community_theme")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "support_application",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("theme", SERIAL, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("applicant", sa.String(), nullable=True),
        sa.Column("approver", sa.String(), nullable=True),
        sa.Column("approved_at", INSTANT, nullable=True),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("challenge", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("news", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["community"], ["community.slug"], name=op.f("fk_support_application_community_community")
        ),
        sa.ForeignKeyConstraint(
            ["theme"], ["support_theme.id"], name=op.f("fk_support_application_theme_support_theme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_application")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_support_application_status", "support_application", ["theme", "status"], unique=False)
    for name in ("community", "applicant", "approver"):
        op.create_index(op.f(f"ix_support_application_{name}"), "support_application", [name], unique=False)
    op.create_table(
        "support_member",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("application", SERIAL, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("profession", sa.String(), nullable=False),
        sa.Column("establishment", sa.String(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("agreed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["application"], ["support_application.id"], name=op.f("fk_support_member_application_support_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_member")),
        sa.UniqueConstraint("application", "person", name=op.f("uq_support_member_application_person")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_support_member_person"), "support_member", ["person"], unique=False)
    op.create_table(
        "support_opinion",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("application", SERIAL, nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=True),
        sa.Column("reminded_at", INSTANT, nullable=True),
        sa.Column("went_well", sa.Boolean(), nullable=True),
        sa.Column("was_useful", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application"], ["support_application.id"], name=op.f("fk_support_opinion_application_support_application")
        ),
        sa.ForeignKeyConstraint(["community"], ["community.slug"], name=op.f("fk_support_opinion_community_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_opinion")),
        sa.UniqueConstraint("application", "person", name=op.f("uq_support_opinion_application_person")),
        sqlite_autoincrement=True,
    )
    for name in ("community", "person"):
        op.create_index(op.f(f"ix_support_opinion_{name}"), "support_opinion", [name], unique=False)


def downgrade() -> None:
    for table in ("support_opinion", "support_member", "support_application", "support_theme"):
        op.drop_table(table)
