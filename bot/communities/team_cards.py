"""What nobody in the main room asked for and its team is to answer: a card there, or copies in private once the room
was told enough today."""

from bot.communities import people
from bot.communities.acting import Hands
from bot.communities.tables import Community
from bot.communities.tell import Words, tell, zone
from bot.events.gestures import Gesture
from bot.events.messages import Message, Ref
from bot.i18n import speaking
from bot.mailbox import daily_limit

PREFIX = daily_limit.PREFIX
YES_NO = (Gesture.YES, Gesture.NO)


async def put(hands: Hands, community: Community, words: Words, *, key: str, about: Ref) -> None:
    """Ask the team, whose devices ring once for it. Nobody is asked where there is no main room."""
    main = community.main_room
    if main is None:
        return
    later = await daily_limit.next_turn(hands.tx, hands.account, main, now=hands.now, zone=zone(community))
    team = await people.team(hands.tx, community, hands.directory, but=hands.account) if later else []
    for place, person in enumerate(team):
        own, language = f"{PREFIX}{key}:{place}", community.language
        await tell(hands, person, words, key=own, language=language, about=about, gestures=YES_NO)
    if team:
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
