"""A person may talk to us in several direct chats."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    with op.batch_alter_table("direct_chat") as batch:
        batch.drop_constraint("uq_direct_chat_account_person", type_="unique")
    op.create_index("ix_direct_chat_person", "direct_chat", ["account", "person"], unique=False)


def downgrade() -> None:
    """Only the newest chat with each person is left."""
    chats = sa.table("direct_chat", *map(sa.column, ("id", "account", "person")))
    newest = sa.select(sa.func.max(chats.c.id)).group_by(chats.c.account, chats.c.person)
    op.execute(sa.delete(chats).where(chats.c.id.not_in(newest)))
    op.drop_index("ix_direct_chat_person", "direct_chat")
    with op.batch_alter_table("direct_chat") as batch:
        batch.create_unique_constraint("uq_direct_chat_account_person", ["account", "person"])
