"""The present figures of an active bot, for its metrics."""

import shutil
from datetime import datetime, timedelta

from bot.mailbox.receiving import inbox, undecrypted
from bot.mailbox.sending import delivery
from bot.mailbox.sending.outbox import FAILED, HELD, PENDING
from bot.mailbox.timers import Timers
from bot.settings import Settings
from bot.store.database import Transaction


async def of_database(tx: Transaction, account: str, timers: Timers, *, now: datetime) -> dict[str, float]:
    """The numbers of rows that wait, when the next timer is due (0 for none), and how late it is."""
    due_at = await timers.next_due(tx)
    late = max(now - due_at, timedelta()) if due_at else timedelta()
    return {
        "inbox_waiting": await inbox.backlog(tx, account),
        "inbox_set_aside": await inbox.set_aside(tx, account),
        "outbox_waiting": await delivery.count(tx, account, PENDING),
        "outbox_held": await delivery.count(tx, account, HELD),
        "outbox_failed": await delivery.count(tx, account, FAILED),
        "unreadable_waiting": await undecrypted.count(tx, account),
        "next_timer_timestamp_seconds": due_at.timestamp() if due_at else 0.0,
        "timer_lag_seconds": late.total_seconds(),
    }


def of_folder(chosen: Settings) -> dict[str, float]:
    """The time of the last backup (0 for none), and the free bytes where the data folder is."""
    mark = chosen.last_backup
    return {
        "backup_timestamp_seconds": mark.stat().st_mtime if mark.exists() else 0.0,
        "data_free_bytes": float(shutil.disk_usage(chosen.data_dir).free),
    }
