"""Lines about a meet-up: its agenda, members' proposals for it, notes taken in its thread."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import col, select

from bot.mailbox.sending.outbox import Card
from bot.meetups import meetups
from bot.meetups.meetups import Meetup
from bot.meetups.tables import MeetupNote, MeetupRow
from bot.store import audit
from bot.store.database import Transaction

AGENDA, RETEX, DECISION, ACTION, INFO = "agenda", "retex", "decision", "action", "info"
MINUTED = (DECISION, ACTION, INFO, RETEX)
PROPOSED, KEPT, DECLINED = "proposed", "kept", "declined"
TOLD = "told"
LONGEST = 500


async def add(
    tx: Transaction,
    meetup: Meetup,
    kind: str,
    text: str,
    *,
    author: str,
    source: str,
    now: datetime,
    status: str = KEPT,
) -> bool:
    """Store a line, once for its `source`, the id of the event that held it; False when it was stored before."""
    row = {
        "meetup": meetup.id,
        "kind": kind,
        "text": text[:LONGEST],
        "author": author,
        "status": status,
        "source": source,
        "noted_at": now,
    }
    return await tx.insert_new(MeetupNote, row)


async def by_source(tx: Transaction, source: str) -> MeetupNote | None:
    """The line that an event held."""
    return (await tx.exec(select(MeetupNote).where(MeetupNote.source == source))).first()


async def of_message(tx: Transaction, source: str) -> Sequence[MeetupNote]:
    """The lines that an event held, in their order: each line after the first has its number behind the event's id."""
    ours = (col(MeetupNote.source) == source) | col(MeetupNote.source).startswith(f"{source}#", autoescape=True)
    return (await tx.exec(select(MeetupNote).where(ours).order_by(col(MeetupNote.id)))).all()


async def remove(tx: Transaction, note: MeetupNote) -> None:
    """Take a line back."""
    await tx.exec(delete(MeetupNote).where(col(MeetupNote.id) == note.id))


async def get(tx: Transaction, identity: int) -> MeetupNote | None:
    """One line, locked until the transaction ends."""
    return await tx.get(MeetupNote, identity, with_for_update=True)


async def belongs_to(tx: Transaction, item: str) -> Sequence[str]:
    """The community of its meet-up."""
    noted = (await tx.exec(select(MeetupNote.meetup).where(MeetupNote.id == int(item)))).first()
    return await meetups.belongs_to(tx, noted) if noted is not None else ()


async def proposed(tx: Transaction, meetup: Meetup) -> Sequence[int]:
    """The numbers of the lines that wait for whoever organises."""
    found = select(col(MeetupNote.id)).where(MeetupNote.meetup == meetup.id, MeetupNote.status == PROPOSED)
    return [number for number in await tx.exec(found) if number is not None]


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether a proposal still waits: until the meet-up is over."""
    found = select(MeetupNote.meetup).where(MeetupNote.id == int(item), MeetupNote.status == PROPOSED)
    meetup = (await tx.exec(found)).first()
    return meetup is not None and await meetups.waits(tx, card, str(meetup), now)


async def settle(tx: Transaction, note: MeetupNote, status: str) -> None:
    """Accept or decline a proposal."""
    note.status = status
    tx.add(note)
    await tx.flush()


async def of(tx: Transaction, meetup: Meetup, *kinds: str) -> Sequence[MeetupNote]:
    """The kept lines of these kinds, in the order in which they were said."""
    rows = select(MeetupNote).where(
        MeetupNote.meetup == meetup.id, MeetupNote.status == KEPT, col(MeetupNote.kind).in_(kinds)
    )
    return (await tx.exec(rows.order_by(col(MeetupNote.id)))).all()


async def programme(tx: Transaction, meetup: Meetup) -> list[str]:
    """What is on the programme: the agenda, then the accounts of experience that were accepted before the start."""
    lines = await of(tx, meetup, AGENDA, RETEX)
    return [line.text for line in sorted(lines, key=lambda line: line.kind) if line.noted_at < meetup.start]


async def with_agenda(tx: Transaction, community: str) -> set[int]:
    """The meet-ups of a community that have a programme."""
    lines = select(MeetupNote.meetup).where(
        MeetupNote.kind == AGENDA, MeetupNote.status == KEPT, col(MeetupNote.meetup).in_(meetups.ids_of(community))
    )
    return set(await tx.exec(lines.distinct()))


async def count_told(tx: Transaction, community: str, *, since: datetime, now: datetime) -> int:
    """How many accounts of experience were noted since then, of meet-ups of a community that have begun."""
    begun = meetups.ids_of(community).where(col(MeetupRow.starts_at) <= now)
    kept = (MeetupNote.kind == RETEX, MeetupNote.status == KEPT, col(MeetupNote.noted_at) >= since)
    return (await tx.exec(select(func.count()).where(*kept, col(MeetupNote.meetup).in_(begun)))).one()


def told(tx: Transaction, note: MeetupNote) -> None:
    """The meet-up is over, or its minutes are published: the experience was told."""
    audit.happened(tx, RETEX, note.id, TOLD)


async def rewrite(tx: Transaction, note: MeetupNote, kind: str, text: str) -> None:
    """Change a line whose message was edited."""
    note.kind, note.text = kind, text[:LONGEST]
    tx.add(note)
    await tx.flush()
