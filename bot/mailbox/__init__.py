"""In and out, once: the inbox, the outbox, timers, and what is open with somebody.

The rows named here are handed out: elsewhere they are types, only this folder reads, makes and writes them.
"""

from bot.mailbox.tables import Dialogue, InboxEvent, OutboxMessage, SyncGap, Timer, UnreadableEvent

__all__ = ["Dialogue", "InboxEvent", "OutboxMessage", "SyncGap", "Timer", "UnreadableEvent"]
