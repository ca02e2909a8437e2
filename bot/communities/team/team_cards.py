"""Questions of ours to a community's team: a card in the main room, or a copy to each of the team in private once that
room has had its unasked messages of the day, or if we may not write there."""

from collections.abc import Sequence

from bot.communities import rooms
from bot.communities.acting import Hands
from bot.communities.people import people
from bot.communities.rules.roles import GATEKEEPING
from bot.communities.tables import Community
from bot.communities.tell import Words, tell, zone
from bot.events.gestures import Gesture
from bot.events.messages import Message, Ref
from bot.i18n import speaking
from bot.mailbox.sending import daily_limit

PREFIX = daily_limit.PREFIX
YES_NO = (Gesture.YES, Gesture.NO)


async def to_each(
    hands: Hands, people: Sequence[str], community: Community, words: Words, *, key: str, about: Ref
) -> None:
    """Ask these people in private; whoever answers first answers for all."""
    for place, person in enumerate(people):
        own, language = f"{PREFIX}{key}:{place}", community.language
        await tell(hands, person, words, key=own, language=language, about=about, gestures=YES_NO)


async def _deciding(hands: Hands, community: Community) -> list[str]:
    """Those of the team who may answer: each card asks whether somebody, or a room, is to belong."""
    found = people.team(hands.tx, community, hands.directory, but=hands.account, appointments=GATEKEEPING)
    return await found


async def put(hands: Hands, community: Community, words: Words, *, key: str, about: Ref) -> None:
    """Ask the team, notifying them once; asks nobody if there is no main room."""
    main = community.main_room
    if main is None:
        return
    later = await daily_limit.next_turn(hands.tx, hands.account, main, now=hands.now, zone=zone(community))
    in_private = later is not None or not rooms.may_write(hands.directory, main)
    team = await _deciding(hands, community) if in_private else []
    if team:
        await to_each(hands, team, community, words, key=key, about=about)
        return
    with speaking(community.language):
        message = Message(words(), rings=True)
    await hands.outbox.say(
        hands.tx,
        message,
        key=f"{PREFIX}{key}",
        to=main,
        now=hands.now,
        about=about,
        waits=True,
        gestures=YES_NO,
    )
