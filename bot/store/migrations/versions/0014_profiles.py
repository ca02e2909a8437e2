"""Profession, territory and agreements of people; public holidays of those who have said before where they work."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

AGREEMENTS = ("directory", "encounters", "thanks")
OWN_HOLIDAYS = {
    "alsace-moselle": ("moselle", "57", "bas-rhin", "67", "haut-rhin", "68", "alsace"),
    "guadeloupe": ("guadeloupe", "971"),
    "martinique": ("martinique", "972"),
    "guyane": ("guyane", "973"),
    "la-reunion": ("la réunion", "réunion", "la reunion", "reunion", "974"),
    "mayotte": ("mayotte", "976"),
}


def upgrade() -> None:
    op.add_column("profile", sa.Column("profession", sa.String(), nullable=True))
    op.add_column("profile", sa.Column("territory", sa.String(), nullable=True))
    for name in AGREEMENTS:
        op.add_column("profile", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    profiles = sa.table("profile", sa.column("person"), sa.column("department"))
    availability = sa.table("availability", sa.column("person"), sa.column("region"))
    for region, words in OWN_HOLIDAYS.items():
        there = sa.select(profiles.c.person).where(sa.func.lower(sa.func.trim(profiles.c.department)).in_(words))
        op.execute(sa.update(availability).where(availability.c.person.in_(there)).values(region=region))


def downgrade() -> None:
    with op.batch_alter_table("profile") as profile:
        for name in (*AGREEMENTS, "territory", "profession"):
            profile.drop_column(name)
