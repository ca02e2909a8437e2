"""What it takes to write to somebody."""

from datetime import datetime
from typing import NamedTuple, Protocol

from bot.mailbox.sending.outbox import Outbox
from bot.store.database import Transaction


class Voice(Protocol):
    """A transaction, the present instant and the outbox: a command's context has them, and a timer's moment."""

    @property
    def tx(self) -> Transaction: ...
    @property
    def now(self) -> datetime: ...
    @property
    def outbox(self) -> Outbox: ...


class Speaker(NamedTuple):
    """A voice for what happens although nobody spoke."""

    tx: Transaction
    now: datetime
    outbox: Outbox
