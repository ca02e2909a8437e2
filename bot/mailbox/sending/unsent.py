"""Messages that wait to be sent, written anew: what they say may not be true any more."""

from collections.abc import Sequence
from functools import partial

from sqlmodel import col, select

from bot.events.text import Text
from bot.mailbox.sending.outbox import HELD, MESSAGE, PENDING, Outbox
from bot.mailbox.tables import OutboxMessage
from bot.store.database import Transaction


async def about(tx: Transaction, account: str, kind: str) -> Sequence[OutboxMessage]:
    """The messages about things of a kind that are not sent yet, locked until the transaction ends."""
    waiting = (OutboxMessage.account == account, col(OutboxMessage.status).in_((PENDING, HELD)))
    ours = (OutboxMessage.kind == MESSAGE, col(OutboxMessage.about).startswith(f"{kind}:", autoescape=True))
    return (await tx.exec(select(OutboxMessage).where(*waiting, *ours).with_for_update())).all()


def text_of(row: OutboxMessage) -> Text:
    """What a message says."""
    return Text.of_kept(row.content["text"]["lines"])


async def rewrite(outbox: Outbox, tx: Transaction, row: OutboxMessage, text: Text) -> None:
    """Have it say something else. If an attempt to send it has arrived meanwhile, that is what people read."""
    row.content = row.content | {"text": {"lines": text.kept()}}
    tx.add(row)
    await tx.flush()
    tx.after_commit.append(partial(outbox.fresh.forget, row.lane))
