"""When somebody was informed of a role that a team gave them; of the older ones everybody was."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("appointment", sa.Column("informed_at", sa.DateTime(timezone=True), nullable=True))
    appointment = sa.table("appointment", sa.column("informed_at"), sa.column("given_at"))
    op.execute(sa.update(appointment).values(informed_at=appointment.c.given_at))


def downgrade() -> None:
    with op.batch_alter_table("appointment") as batch:
        batch.drop_column("informed_at")
