"""Meet-ups have a kind, resources a contact."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meetup_series", sa.Column("kind", sa.String(), nullable=True))
    op.add_column("resource", sa.Column("contact", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("resource", "contact")
    op.drop_column("meetup_series", "kind")
