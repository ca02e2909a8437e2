"""Rooms that are about to move."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "room_move",
        sa.Column("room_id", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("successor", sa.String(), nullable=False),
        sa.Column("mover", sa.String(), nullable=False),
        sa.Column("closing", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("room_id", name=op.f("pk_room_move")),
    )
    op.create_index("ix_room_move_successor", "room_move", ["account", "successor"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_room_move_successor", "room_move")
    op.drop_table("room_move")
