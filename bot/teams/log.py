"""What a team said of where it stands, and the requests for help that were made in its room."""

from collections.abc import Sequence

from sqlalchemy import delete, func
from sqlmodel import col, select

from bot.communities.acting import Hands
from bot.help import HelpRequest
from bot.store.database import Transaction
from bot.teams import records
from bot.teams.rules.team import GOING_ON
from bot.teams.tables import Team, TeamNote, TeamRequest


async def note(hands: Hands, team: Team, person: str, text: str, *, source: str) -> tuple[TeamNote, bool]:
    """Keep a word of where it stands, or other words of the same message; whether it is another wording."""
    known = await of_source(hands.tx, source, person)
    found = known or TeamNote(team=team.id or 0, person=person, text="", source=source, noted_at=hands.now)
    found.text = text
    hands.tx.add(found)
    await hands.tx.flush()
    return found, known is not None


async def of_source(tx: Transaction, source: str, person: str) -> TeamNote | None:
    """What the person noted by this message."""
    return (await tx.exec(select(TeamNote).where(TeamNote.source == source, TeamNote.person == person))).first()


async def of(tx: Transaction, team: Team) -> Sequence[TeamNote]:
    """All, oldest first."""
    return (await tx.exec(select(TeamNote).where(TeamNote.team == team.id).order_by(col(TeamNote.id)))).all()


async def belongs_to(tx: Transaction, item: str) -> Sequence[str]:
    """The community of a word of where a team stands."""
    rows = select(Team.community).join(TeamNote, col(TeamNote.team) == col(Team.id))
    return list(await tx.exec(rows.where(TeamNote.id == int(item))))


async def remove(tx: Transaction, found: TeamNote) -> None:
    """It is taken back."""
    await tx.exec(delete(TeamNote).where(col(TeamNote.id) == found.id))


async def asks_help(tx: Transaction, request: HelpRequest) -> None:
    """Note a request for help that was made in the room of a team at work."""
    team = await records.of_room(tx, request.room_id)
    if team is not None and team.status in GOING_ON:
        await tx.insert_new(TeamRequest, {"team": team.id, "request": request.id})


async def requests(tx: Transaction, team: Team) -> Sequence[int]:
    """The numbers of the requests for help that were made in its room."""
    rows = select(TeamRequest.request).where(TeamRequest.team == team.id)
    return (await tx.exec(rows.order_by(col(TeamRequest.request)))).all()


async def count_requests(tx: Transaction, team: Team) -> int:
    """How many they are."""
    rows = select(func.count()).select_from(TeamRequest).where(TeamRequest.team == team.id)
    return (await tx.exec(rows)).one()
