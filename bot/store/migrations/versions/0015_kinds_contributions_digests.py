"""Meet-ups have a kind, resources a contact; who proposed a resource learns what became of it; digests."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meetup_series", sa.Column("kind", sa.String(), nullable=True))
    op.add_column("resource", sa.Column("contact", sa.String(), nullable=False, server_default=""))
    op.add_column("resource", sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "contribution",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("informed_of", sa.JSON(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.slug"], name="fk_contribution_community"),
        sa.PrimaryKeyConstraint("id", name="pk_contribution"),
        sa.UniqueConstraint("thing", "person", name="uq_contribution_thing_person"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contribution_community", "contribution", ["community"])
    op.create_index("ix_contribution_person", "contribution", ["person"])
    op.execute(
        "INSERT INTO contribution (community, thing, person, informed_of, last_at) "
        "SELECT community, 'proposal:' || id, owner, '[]', CURRENT_TIMESTAMP FROM resource "
        "WHERE state = 'proposed' AND owner IS NOT NULL"
    )
    op.execute(
        "INSERT INTO contribution (community, thing, person, informed_of, last_at) "
        "SELECT meetup_series.community, 'retex:' || meetup_note.id, meetup_note.author, '[]', CURRENT_TIMESTAMP "
        "FROM meetup_note JOIN meetup ON meetup.id = meetup_note.meetup "
        "JOIN meetup_series ON meetup_series.id = meetup.series "
        "WHERE meetup_note.kind = 'retex' AND meetup_note.status = 'proposed'"
    )
    _digests()


def _digests() -> None:
    op.create_table(
        "subscription",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("rhythm", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.slug"], name="fk_subscription_community"),
        sa.PrimaryKeyConstraint("id", name="pk_subscription"),
        sa.UniqueConstraint(
            *("person", "community", "what", "kind", "topic"), name="uq_subscription_person_community_what_kind_topic"
        ),
    )
    op.create_index("ix_subscription_community", "subscription", ["community"])
    op.create_index("ix_subscription_due_at", "subscription", ["due_at"])
    op.create_table(
        "digest_pick",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("picked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.slug"], name="fk_digest_pick_community"),
        sa.PrimaryKeyConstraint("id", name="pk_digest_pick"),
        sa.UniqueConstraint("community", "thing", name="uq_digest_pick_community_thing"),
    )
    op.create_table(
        "room_digest",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("rhythm", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["community"], ["community.slug"], name="fk_room_digest_community"),
        sa.PrimaryKeyConstraint("community", name="pk_room_digest"),
    )


def downgrade() -> None:
    for table in ("room_digest", "digest_pick", "subscription", "contribution"):
        op.drop_table(table)
    op.drop_column("resource", "published_at")
    op.drop_column("resource", "contact")
    op.drop_column("meetup_series", "kind")
