"""Thanks between members."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "thanks",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("giver", sa.String(), nullable=True),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.Column("informed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["community"], ["community.slug"], name=op.f("fk_thanks_community_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks")),
        sa.UniqueConstraint("giver", "receiver", "subject", name=op.f("uq_thanks_giver_receiver_subject")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_thanks_receiver", "thanks", ["receiver", "informed_at"], unique=False)
    op.create_index("ix_thanks_month", "thanks", ["community", "given_at"], unique=False)
    op.create_index(op.f("ix_thanks_source"), "thanks", ["source"], unique=False)


def downgrade() -> None:
    op.drop_table("thanks")
