"""Meet-ups."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_owner"), ["owner"], unique=False)

    op.create_table(
        "calendar_link",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("community", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.slug"], name=op.f("fk_calendar_link_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_link_token_hash")),
    )
    with op.batch_alter_table("calendar_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_link_person"), ["person"], unique=False)

    op.create_table(
        "date_poll",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("room_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.slug"], name=op.f("fk_date_poll_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_poll")),
    )
    op.create_table(
        "meetup_series",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("room_id", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("start", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=True),
        sa.Column("all_day", sa.Boolean(), nullable=False),
        sa.Column("rrule", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("external", sa.Boolean(), nullable=False),
        sa.Column("organiser", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.slug"], name=op.f("fk_meetup_series_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetup_series")),
    )
    with op.batch_alter_table("meetup_series", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meetup_series_community"), ["community"], unique=False)

    op.create_table(
        "date_vote",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("poll", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["poll"], ["date_poll.id"], name=op.f("fk_date_vote_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_vote")),
        sa.UniqueConstraint("poll", "person", "choice", name=op.f("uq_date_vote_poll_person_choice")),
    )
    with op.batch_alter_table("date_vote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_date_vote_person"), ["person"], unique=False)

    op.create_table(
        "meetup",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("series", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("named", sa.String(), nullable=False),
        sa.Column("civil", sa.String(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("card", sa.String(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["series"], ["meetup_series.id"], name=op.f("fk_meetup_series")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetup")),
        sa.UniqueConstraint("series", "named", name=op.f("uq_meetup_series_named")),
    )
    with op.batch_alter_table("meetup", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meetup_starts_at"), ["starts_at"], unique=False)

    op.create_table(
        "meetup_note",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("meetup", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meetup"], ["meetup.id"], name=op.f("fk_meetup_note_meetup")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetup_note")),
        sa.UniqueConstraint("source", name=op.f("uq_meetup_note_source")),
    )
    with op.batch_alter_table("meetup_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meetup_note_meetup"), ["meetup"], unique=False)

    op.create_table(
        "meetup_opinion",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("meetup", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("went_well", sa.Boolean(), nullable=True),
        sa.Column("was_useful", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["meetup"], ["meetup.id"], name=op.f("fk_meetup_opinion_meetup")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetup_opinion")),
        sa.UniqueConstraint("meetup", "person", name=op.f("uq_meetup_opinion_meetup_person")),
    )
    with op.batch_alter_table("meetup_opinion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meetup_opinion_person"), ["person"], unique=False)

    op.create_table(
        "own_reminder",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("meetup", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meetup"], ["meetup.id"], name=op.f("fk_own_reminder_meetup")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_reminder")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("own_reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_own_reminder_meetup"), ["meetup"], unique=False)
        batch_op.create_index(batch_op.f("ix_own_reminder_person"), ["person"], unique=False)

    op.create_table(
        "rsvp",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("meetup", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("ranked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ranked_by", sa.String(), nullable=False),
        sa.Column("hold_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("passed_over", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["meetup"], ["meetup.id"], name=op.f("fk_rsvp_meetup")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rsvp")),
        sa.UniqueConstraint("meetup", "person", name=op.f("uq_rsvp_meetup_person")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("rsvp", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rsvp_person"), ["person"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("rsvp", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rsvp_person"))

    op.drop_table("rsvp")
    with op.batch_alter_table("own_reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_own_reminder_person"))
        batch_op.drop_index(batch_op.f("ix_own_reminder_meetup"))

    op.drop_table("own_reminder")
    with op.batch_alter_table("meetup_opinion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meetup_opinion_person"))

    op.drop_table("meetup_opinion")
    with op.batch_alter_table("meetup_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meetup_note_meetup"))

    op.drop_table("meetup_note")
    with op.batch_alter_table("meetup", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meetup_starts_at"))

    op.drop_table("meetup")
    with op.batch_alter_table("date_vote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_date_vote_person"))

    op.drop_table("date_vote")
    with op.batch_alter_table("meetup_series", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meetup_series_community"))

    op.drop_table("meetup_series")
    op.drop_table("date_poll")
    with op.batch_alter_table("calendar_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_link_person"))

    op.drop_table("calendar_link")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_owner"))

    op.drop_table("reminder")
