"""Nobody leads a community: those who operate the bot learn it in private, and again each week while it is so.

A timer of each community looks, on working days: its team may have left, been demoted, banned or erased, or never come.
"""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial

from bot.communities import communities, rooms
from bot.communities.acting import Hands
from bot.communities.communities import name_in
from bot.communities.people import people
from bot.communities.rules.roles import GATEKEEPING
from bot.communities.settings import settings
from bot.communities.settings.own_settings import HOURS
from bot.communities.tables import Community
from bot.communities.tell import tell, within_reach, zone
from bot.events.messages import Ref
from bot.events.text import Text
from bot.i18n import _, language
from bot.mailbox.sending.outbox import Card
from bot.mailbox.timers import Timers
from bot.store.database import Transaction
from bot.time.working_time import WorkingTime

logger = logging.getLogger(__name__)

KIND = "without-team"
"""The kind of the timer and of the card; their item is a community's slug."""
LOOKED_AT_EVERY, REMINDED_AFTER = timedelta(days=1), timedelta(days=7)


async def set_timers(tx: Transaction, timers: Timers, *, account: str, now: datetime) -> None:
    """Begin to look at each community that has a room: a day later, for a new one is still being set up."""
    for slug in sorted({room.community for room in await rooms.of_account(tx, account)}):
        await timers.begin(tx, KIND, slug, due_at=now + LOOKED_AT_EVERY)


async def look(hands: Hands, slug: str, *, operators: Collection[str]) -> None:
    """Look whether the community has a team, inform the operators if it has none, and set the timer anew."""
    community = await communities.get(hands.tx, slug)
    if community is None or not await _has_room(hands, slug):
        return
    hours = WorkingTime(zone(community), await settings.value(hands.tx, slug, HOURS))
    opening = hours.next_opening(hands.now)
    if opening > hands.now:  # nobody is disturbed at night
        await hands.timers.set(hands.tx, KIND, slug, due_at=opening)
        return
    lacks = not await leading(hands, community)
    if lacks:
        await _tell(hands, community, operators)
    after = REMINDED_AFTER if lacks else LOOKED_AT_EVERY
    await hands.timers.set(hands.tx, KIND, slug, due_at=hands.now + after)


async def leading(hands: Hands, community: Community) -> list[str]:
    """Whoever decides who belongs to the community: without them nobody answers for it. Raises MembersUnknown."""
    return await people.team(hands.tx, community, hands.directory, but=hands.account, appointments=GATEKEEPING)


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether a card waits for somebody's name: until the next one comes."""
    return now < card.since + REMINDED_AFTER and await communities.get(tx, item) is not None


async def _has_room(hands: Hands, slug: str) -> bool:
    return any(room.account == hands.account for room in await rooms.of_community(hands.tx, slug))


async def _tell(hands: Hands, community: Community, operators: Collection[str]) -> None:
    about = Ref(KIND, community.slug)
    await hands.outbox.close_cards(hands.tx, about)
    main = community.main_room
    words = partial(_words, community, away=main is not None and hands.directory.facts(main) is None)
    informed = False
    for place, person in enumerate(await within_reach(hands, operators)):
        key = f"{KIND}:{community.slug}:{hands.now.date()}:{place}"
        asked = await tell(hands, person, words, key=key, language=community.language, about=about, unasked=True)
        informed = informed or asked
    if not informed:
        logger.warning("%s has no team, and no operator can be written to in private", community.slug)


def _words(community: Community, *, away: bool) -> Text:
    sentence = _("**{community}**: this community has no team, so nobody answers what its members ask of it.")
    return Text.of(
        sentence.format(community=name_in(community, language())),
        _("I am no longer in its main room: if it has a team there, they may invite me again.") if away else "",
        _("If nothing changes, I write this to you again in a week."),
        _("To name somebody, answer here: `name @claire`"),
    )
