"""A sheet that lasts: somebody answers for it, and is asked at a date whether it is still right."""

from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from bot.communities.acting import Hands
from bot.communities.people import members
from bot.communities.tell import tell, tell_team, zone
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.resources import resources
from bot.resources.checks import ASKED_AT, SUNDAY_AND_SATURDAY
from bot.sheets import sheets, steps
from bot.sheets.journey import milestones, texts_capitalised
from bot.sheets.reading import as_resource
from bot.sheets.rules.milestones import Milestone
from bot.sheets.rules.sheet import VERIFY, Party, Status
from bot.sheets.tables import Sheet

YEAR = relativedelta(years=1)
ASKED_BY_US = 0
"""The interval of a resource of which its own folder never asks."""


def at(day: date, place: ZoneInfo) -> datetime:
    """When somebody is asked about a day: in the morning of the first day of work."""
    while day.isoweekday() in SUNDAY_AND_SATURDAY:
        day += timedelta(days=1)
    return datetime.combine(day, ASKED_AT, place)


async def capitalise(hands: Hands, sheet: Sheet, day: date | None, *, by: str) -> datetime:
    """Let it be verified on a day, in a year without one; returns when whoever answers for it is asked. Raises NotNow.

    Its author answers for it while they are there, else the team.
    """
    await milestones.reach(hands, sheet, Milestone.CAPITALISED, by={Party.MODERATOR}, person=by)
    due_at = await _ask_at(hands, sheet, day)
    await as_resource.mark_in(
        hands, sheet, sheet.community, interval_months=ASKED_BY_US, owner=await _owner(hands, sheet)
    )
    return due_at


async def _ask_at(hands: Hands, sheet: Sheet, day: date | None) -> datetime:
    place = zone(await sheets.community_of(hands.tx, sheet))
    due_at = at(day or hands.now.astimezone(place).date() + YEAR, place)
    sheet.verify_at = due_at
    await sheets.write(hands.tx, sheet)
    await hands.timers.set(hands.tx, VERIFY, str(sheet.id), due_at=due_at)
    return due_at


async def renew(hands: Hands, sheet: Sheet) -> None:
    """It was found right, or written anew: after its date the next question is in a year."""
    if sheet.verify_at is not None and sheet.verify_at <= hands.now:
        await _ask_at(hands, sheet, None)


async def _owner(hands: Hands, sheet: Sheet) -> str | None:
    """Whoever answers for it, if they are still there. Raises MembersUnknown."""
    author = sheet.author
    here = author is not None and await members.is_member_for_sure(hands.tx, hands.directory, author, sheet.community)
    return author if here else None


async def verify(hands: Hands, item: str) -> None:
    """Its date has come: it is shown as to be verified, and whoever answers for it is asked, else the team."""
    sheet = await sheets.get(hands.tx, item, lock=True)
    if sheet is None or sheet.status != Status.PUBLISHED or sheet.verify_at is None or sheet.verify_at > hands.now:
        return
    await steps.revise(hands, sheet, by={Party.SYSTEM})
    row = await resources.of_origin(hands.tx, sheet.community, sheets.number(sheet))
    owner, community = await _owner(hands, sheet), await sheets.community_of(hands.tx, sheet)
    key, words = f"sheet:{sheet.id}:verify:{sheet.version}", partial(texts_capitalised.still_right, sheet)
    if owner is None or row is None or row.owner != owner:
        await tell_team(hands, community, partial(texts_capitalised.nobody_answers, sheet), key=key)
        return
    about, gestures = Ref(VERIFY, item), (Gesture.YES, Gesture.NO)
    await tell(hands, owner, words, key=key, language=community.language, about=about, gestures=gestures, unasked=True)
