"""Keys of invitations say no more who invited: the room and the event are enough to know them again."""

import hashlib
import re
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INVITED_BY = re.compile(r"(invite:.*?):@[^:]*:(?:\[[^\]]*\]|[^:]+)(?::\d{1,5})?:(.+)")
"""`invite:`, the room, who invited (maybe with a port), and the event or the moment."""

_INBOX = sa.table("inbox", sa.column("id"), sa.column("account"), sa.column("source_key"))
_OUTBOX = sa.table("outbox", sa.column("id"), sa.column("account"), sa.column("key"), sa.column("txn_id"))


def upgrade() -> None:
    connection = op.get_bind()
    for row, key in _renamed(connection, _INBOX, "source_key"):
        _write(connection, _INBOX, row.id, source_key=key)
    for row, key in _renamed(connection, _OUTBOX, "key"):
        fingerprint = hashlib.sha256(f"{row.account}\n{key}".encode()).hexdigest()[:40]
        _write(connection, _OUTBOX, row.id, key=key, txn_id=fingerprint)


def downgrade() -> None:
    """Who invited is not known any more, and nobody asks for it."""


def _renamed(connection: sa.Connection, table: sa.TableClause, name: str) -> list[tuple[sa.Row[Any], str]]:
    """The rows whose key names somebody, each with its new one."""
    rows = connection.execute(sa.select(table).where(table.c[name].startswith("invite:"))).all()
    taken = {(row.account, getattr(row, name)) for row in rows}
    renamed = []
    for row in rows:
        found = INVITED_BY.fullmatch(getattr(row, name))
        if found is not None:
            key = f"{found[1]}:{found[2]}"
            key = f"{key}:{row.id}" if (row.account, key) in taken else key
            taken.add((row.account, key))
            renamed.append((row, key))
    return renamed


def _write(connection: sa.Connection, table: sa.TableClause, identity: int, **values: str) -> None:
    connection.execute(sa.update(table).where(table.c.id == identity).values(values))
