"""The metrics of a running Relais. No label ever holds a person, a room or a text."""

import platform
import re

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector

from bot.version import OWN

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
Info("relais_build", "The running version.", registry=REGISTRY).info(
    {"version": OWN, "python": platform.python_version()}
)

HANDLED = Counter("relais_events_handled", "Events handled, by kind.", ["kind"], registry=REGISTRY)
HANDLING = Histogram(
    "relais_handling_seconds",
    "Seconds from taking events of a room's inbox, at most ten at once, to the end of their transaction.",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=REGISTRY,
)
BROKEN = Counter("relais_events_broken", "Events whose handler raised; the log has the reference.", registry=REGISTRY)
COMMANDS = Counter(
    "relais_commands",
    "Commands that were answered, or refused with a reason, by the file that handles them.",
    ["command", "result"],
    registry=REGISTRY,
)
ANSWERS = Counter("relais_answers", "Answers put in the outbox.", registry=REGISTRY)
SENT = Counter("relais_sends", "What was sent, by kind.", ["kind"], registry=REGISTRY)
SEND_FAILED = Counter(
    "relais_sends_failed", "Sends that can never arrive, by Matrix error.", ["error"], registry=REGISTRY
)
SEND_LATER = Counter(
    "relais_sends_later", "Tries to send that the server put off, by status.", ["status"], registry=REGISTRY
)
GAPS = Counter(
    "relais_gaps_filled", "Parts of a room's timeline that a sync left out and that were read.", registry=REGISTRY
)
GAP_EVENTS = Counter("relais_gap_events", "Events read in such parts.", registry=REGISTRY)
TRANSITIONS = Counter(
    "relais_transitions",
    "Things that went to another status, by noun and status.",
    ["noun", "status"],
    registry=REGISTRY,
)

UNREADABLE = Counter(
    "relais_events_unreadable", "Encrypted messages that came before their key, or without.", registry=REGISTRY
)
OPENED = Counter("relais_events_opened", "Of these, messages whose key came after all.", registry=REGISTRY)

WAITS = Gauge(
    "relais_waits", "1 while Relais waits for this: database, homeserver, account.", ["kind"], registry=REGISTRY
)


def error_label(errcode: str) -> str:
    """Matrix's code of an error; `OTHER` for anything else that a server may send."""
    return errcode if re.fullmatch(r"[A-Z_]{1,40}", errcode) else "OTHER"
