"""How often the author of a request heard that nobody was found yet."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("help_request", sa.Column("news", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("help_request", "news")
