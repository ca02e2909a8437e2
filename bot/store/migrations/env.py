"""How Alembic reaches the database that `bot.store.schema` hands to it."""

from typing import Literal

from alembic import context
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from bot.nouns import NOUNS
from bot.store.columns import Instant

assert all(noun.tables for noun in NOUNS)  # imported for their tables


def _render(kind: str, item: object, _context: object) -> str | Literal[False]:
    """A migration is history: it must not change when our own column types do."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=_render,
)
with context.begin_transaction():
    context.run_migrations()
