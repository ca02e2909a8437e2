"""Meet-ups have a kind, resources a contact; who proposed a resource learns what became of it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meetup_series", sa.Column("kind", sa.String(), nullable=True))
    op.add_column("resource", sa.Column("contact", sa.String(), nullable=False, server_default=""))
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


def downgrade() -> None:
    op.drop_table("contribution")
    op.drop_column("resource", "contact")
    op.drop_column("meetup_series", "kind")
