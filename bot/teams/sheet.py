"""The practice sheet that comes of a team: proposed in its room, begun with what is known, published in the end."""

from functools import partial

from bot.challenges import solutions
from bot.challenges.rules.solution import SOLUTION
from bot.challenges.rules.solution import Trigger as OfSolution
from bot.communities.acting import Hands
from bot.events.gestures import Gesture
from bot.events.messages import Message, Ref
from bot.i18n import speaking
from bot.noun import When
from bot.sheets import Sheet, sheets
from bot.sheets.rules.parts import LONGEST_ANSWER
from bot.sheets.rules.sheet import LIFECYCLE, OVER
from bot.sheets.rules.sheet import Status as SheetStatus
from bot.teams import records, room, texts
from bot.teams.rules.team import KEYS, SHEET, SHEET_READ, Party, Status, Trigger
from bot.teams.shown import language
from bot.teams.tables import Team
from bot.teams.what_for import followed, tell_all

WHEN = When(LIFECYCLE.noun, source=SheetStatus.IN_REVIEW, to=SheetStatus.PUBLISHED, timer=SHEET_READ)


async def propose(hands: Hands, team: Team) -> None:
    """Ask in its room who completes it."""
    to = await room.place(hands, team)
    if to is None:
        return
    with speaking(await language(hands, team)):
        message = Message(texts.propose_sheet(team), rings=True)
    key, about = f"{KEYS}{team.id}:sheet", Ref(SHEET, str(team.id))
    await hands.outbox.say(
        hands.tx, message, key=key, to=to, now=hands.now, about=about, waits=True, gestures=(Gesture.YES,)
    )


async def begin(hands: Hands, team: Team, person: str) -> Sheet | None:
    """Begin the sheet with what is known, for whoever writes it; None if somebody does already."""
    known = await sheets.get(hands.tx, team.sheet) if team.sheet is not None else None
    if team.status != Status.EVALUATED or (known is not None and known.status not in OVER):
        return None
    thing = records.about(team)
    solution = await solutions.get(hands.tx, thing.id) if thing.kind == SOLUTION else None
    with speaking(await language(hands, team)):
        result = "\n".join(texts.measured(team))
    origin, need = records.number(team), _shortened(team.name)
    sheet = await sheets.begin(hands, team.community, person, status=SheetStatus.DRAFT, origin=origin, need=need)
    sheet.done, sheet.result = _shortened(solution.text if solution is not None else ""), _shortened(result)
    await sheets.change(hands, sheet)
    team.sheet = sheet.id
    await records.write(hands.tx, team)
    return sheet


def _shortened(text: str) -> str:
    """As much of a text as a sheet's answer may hold."""
    return text if len(text) <= LONGEST_ANSWER else text[: LONGEST_ANSWER - 1].rstrip() + "…"


async def is_read(hands: Hands, item: str) -> None:
    """A sheet is published: if it came of a team, all who took part may read it, and the team is over."""
    team, sheet = await records.of_sheet(hands.tx, int(item)), await sheets.get(hands.tx, item)
    if team is None or sheet is None or team.status != Status.EVALUATED:
        return
    await records.move(hands, team, Trigger.CAPITALISE, by={Party.SYSTEM})
    await followed(hands, team, OfSolution.CAPITALISE)
    await tell_all(hands, team, partial(texts.capitalised, team, sheets.number(sheet)), but=sheet.author)
    await hands.outbox.close_cards(hands.tx, Ref(SHEET, str(team.id)))
    await room.leave(hands, team)
