"""Things to do later: one row each; the scheduler knows only the instant of the next."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, update
from sqlmodel import col, select

from bot.mailbox.tables import Timer
from bot.store.database import Transaction

AT_ONCE = 50
RETRIES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))


class Timers:
    """Sets timers for one account. `changed` is called once a change is committed, so that the alarm is set anew."""

    def __init__(self, account: str, changed: Callable[[], None]) -> None:
        self._account = account
        self._changed = changed

    async def set(self, tx: Transaction, kind: str, item: str, *, due_at: datetime) -> None:
        """Set a timer for the item at this instant; an earlier one of the same kind and item is moved."""
        row = {"account": self._account, "kind": kind, "item": item, "due_at": due_at, "failures": 0}
        if not await tx.insert_new(Timer, row):
            moved = update(Timer).where(*_is(kind, item)).values(due_at=due_at, failures=0)
            await tx.exec(moved)
        tx.after_commit.append(self._changed)

    async def begin(self, tx: Transaction, kind: str, item: str, *, due_at: datetime) -> None:
        """Set a timer for the item, unless there is one already."""
        row = {"account": self._account, "kind": kind, "item": item, "due_at": due_at, "failures": 0}
        if await tx.insert_new(Timer, row):
            tx.after_commit.append(self._changed)

    async def cancel(self, tx: Transaction, kind: str, item: str) -> bool:
        """Remove a timer; False when there was none."""
        return bool((await tx.exec(delete(Timer).where(*_is(kind, item)))).rowcount)

    async def change(
        self, tx: Transaction, item: str, *, cancels: Collection[str], sets: Mapping[str, datetime]
    ) -> None:
        """Cancel and set timers of an item, by their kinds, at one time."""
        kinds = {*cancels, *sets}
        if kinds:
            await tx.exec(delete(Timer).where(col(Timer.kind).in_(kinds), col(Timer.item) == item))
        row = {"account": self._account, "item": item, "failures": 0}
        await tx.insert_all_new(Timer, [row | {"kind": kind, "due_at": due_at} for kind, due_at in sets.items()])
        tx.after_commit.append(self._changed)

    async def rings_by(self, tx: Transaction, kind: str, item: str, *, by: datetime) -> bool:
        """Whether a timer of the item rings at this instant or before."""
        rows = select(Timer.id).where(*_is(kind, item), col(Timer.due_at) <= by)
        return (await tx.exec(rows)).first() is not None

    async def next_due(self, tx: Transaction) -> datetime | None:
        """When the next timer is due."""
        return (await tx.exec(select(func.min(Timer.due_at)).where(Timer.account == self._account))).first()

    async def due(self, tx: Transaction, *, now: datetime) -> Sequence[Timer]:
        """The oldest timers that are due, at most AT_ONCE."""
        rows = select(Timer).where(Timer.account == self._account, col(Timer.due_at) <= now)
        return (await tx.exec(rows.order_by(col(Timer.due_at), col(Timer.id)).limit(AT_ONCE))).all()

    async def take(self, tx: Transaction, timer: Timer) -> bool:
        """Remove a due timer; False if it was cancelled or moved meanwhile."""
        return bool((await tx.exec(delete(Timer).where(*_same(timer)))).rowcount)

    async def wait(self, tx: Transaction, timer: Timer, *, until: datetime) -> None:
        """Ring later what cannot ring yet: it is never given up for that."""
        waited = update(Timer).where(*_same(timer))
        await tx.exec(waited.values(failures=max(1, timer.failures), due_at=until))

    async def postpone(self, tx: Transaction, timer: Timer, *, now: datetime) -> bool:
        """Try again later what failed; False once it has been tried often enough and is given up.

        One that was moved or cancelled meanwhile stays as it is.
        """
        if timer.failures >= len(RETRIES):
            return not await self.take(tx, timer)
        later = update(Timer).where(*_same(timer))
        await tx.exec(later.values(failures=timer.failures + 1, due_at=now + RETRIES[timer.failures]))
        return True


async def overdue(tx: Transaction, *, now: datetime) -> int:
    """How many timers of all accounts are due."""
    return (await tx.exec(select(func.count()).where(col(Timer.due_at) <= now))).one()


def _same(timer: Timer) -> tuple[ColumnElement[bool], ...]:
    """The timer as it was when it was read."""
    return (col(Timer.id) == timer.id, col(Timer.due_at) == timer.due_at)


def _is(kind: str, item: str) -> tuple[ColumnElement[bool], ...]:
    return (col(Timer.kind) == kind, col(Timer.item) == item)
