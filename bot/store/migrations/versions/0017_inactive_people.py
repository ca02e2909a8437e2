"""When people turned to us last, and when they were warned that they will be erased; the next night sets the first."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("active_at", "warned_at"):
        op.add_column("person", sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("person") as person:
        for name in ("warned_at", "active_at"):
            person.drop_column(name)
