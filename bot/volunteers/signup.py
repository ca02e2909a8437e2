"""How somebody becomes a volunteer: what we write to them in private, and to the team, until both agree."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.communities import Community, Topic, communities
from bot.communities.acting import Hands
from bot.communities.communities import name_in
from bot.communities.tell import Words, aloud, name, tell, waits_in_private
from bot.errors import UserError
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text, bullets
from bot.i18n import _, language
from bot.mailbox.sending.outbox import KEPT, Card, Otherwise
from bot.store.database import Transaction
from bot.text.plain_text import fold
from bot.volunteers import topics, volunteers
from bot.volunteers.tables import Expert

JOIN, CANDIDATE = "join", "candidate"
"""Kinds of cards: to the person, to the team."""
UNANSWERED = "expert_unanswered"
PATIENCE = timedelta(days=1)
EVERYTHING = frozenset({"tout", "tous", "generaliste", "everything", "generalist", "all"})


async def invite(hands: Hands, community: Community, expert: Expert) -> None:
    """Write to the person in private; whoever does not answer within a day is reminded where they volunteered."""
    await tell(
        hands,
        expert.person,
        await invitation(hands, community, expert),
        key=f"join:{community.slug}:{expert.person}:{int(hands.now.timestamp())}",
        language=community.language,
        about=Ref(JOIN, community.slug),
        gestures=(Gesture.YES, Gesture.NO),
        otherwise=_unreachable(community, expert),
    )
    await remind_later(hands, community, expert)


async def remind_later(hands: Hands, community: Community, expert: Expert) -> None:
    """Whoever does not agree within a day may believe that they are a volunteer already."""
    due_at = hands.now + PATIENCE
    await hands.timers.set(hands.tx, UNANSWERED, f"{community.slug} {expert.person}", due_at=due_at)


async def remind(hands: Hands, community: Community, expert: Expert) -> None:
    """Write to the person that nothing is done yet, and what is missing."""
    missing = await chosen(hands, community, expert)

    def words() -> Text:
        sentence = _("**You are not a volunteer yet** ({community}).")
        return Text.of(sentence.format(community=name_in(community, language())), missing())

    await tell(
        hands,
        expert.person,
        words,
        key=f"unanswered:{community.slug}:{expert.person}:{int(hands.now.timestamp())}",
        language=community.language,
        about=Ref(JOIN, community.slug),
        gestures=(Gesture.YES, Gesture.NO),
    )


def _unreachable(community: Community, expert: Expert) -> Otherwise | None:
    """The fallback, for the room where they volunteered, if we may not invite them: requests come only in private."""
    if expert.asked_room is None:
        return waits_in_private(community, expert.person)
    language, thread = community.language, expert.asked_event
    return aloud(expert.asked_room, unreachable, expert.person, language=language, thread=thread)


def unreachable() -> Text:
    """The text for somebody to whom we may not write in private."""
    return Text.of(
        _("I may not invite you to a private conversation, and requests are proposed there."),
        _("If you can open one with me, write in it: `!expert become`"),
    )


async def invitation(hands: Hands, community: Community, expert: Expert) -> Words:
    """What volunteering means, and the topics by number."""
    known = await communities.topics_of(hands.tx, community.slug)
    own = await volunteers.topics_of(hands.tx, community.slug, expert.person)
    return lambda: _invitation(name_in(community, language()), _labels(known, own), topics.numbered(known, language()))


async def may_agree(tx: Transaction, expert: Expert) -> bool:
    """Whether a yes is enough: topics are chosen, or the community has none and the volunteer answers on everything."""
    if not await communities.topics_of(tx, expert.community):
        expert.generalist = True
    return expert.generalist or bool(await volunteers.topics_of(tx, expert.community, expert.person))


def _invitation(who: str, chosen: str, listed: str) -> Text:
    """In a community without topics, and where the team proposes some, there is nothing to choose."""
    if chosen:
        asked = _("**The team of {community} proposes that you answer questions**: {topics}.")
        return Text.of(asked.format(community=who, topics=chosen), _agreement(), _("Other topics: `topics`"))
    if not listed:
        return Text.of(_("**Thank you for volunteering** ({community}).").format(community=who), _agreement())
    return Text.of(
        _("**{community}: which topics do you know?**").format(community=who) + f"\n{listed}",
        _("For example: `1 3`, or `all`"),
    )


def _agreement() -> Text:
    """What volunteering means, and the question."""
    return Text.of(
        bullets(
            _("At most 2 requests a month, in your hours"),
            _("You decline without a reason"),
            _("The team sees your topics, no figures"),
        ),
        _("**Do you agree?** ✅ yes, ❌ no. Else nothing is sent to you."),
    )


async def invitation_waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether an invitation may still be accepted: for KEPT, until the person agrees."""
    expert = await volunteers.get(tx, item, card.asker or "")
    return expert is not None and not expert.own_yes and now < card.since + KEPT


async def candidate_waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether the team still has to agree to a candidate."""
    slug, _space, person = item.partition(" ")
    expert = await volunteers.get(tx, slug, person)
    return expert is not None and expert.own_yes and not expert.team_yes


async def labels(hands: Hands, community: Community, expert: Expert) -> str:
    """The person's topics in words, in the language being spoken."""
    known = await communities.topics_of(hands.tx, community.slug)
    own = await volunteers.topics_of(hands.tx, community.slug, expert.person)
    return _labels(known, own)


def _labels(known: Sequence[Topic], own: Collection[str]) -> str:
    return ", ".join(topics.label(topic.slug, known, language()) for topic in known if topic.slug in own)


async def are_topics(tx: Transaction, community: str, words: str) -> bool:
    """Whether the words are names or numbers of the community's topics, and nothing else."""
    known = await communities.topics_of(tx, community)
    found = [_is_everything(word) or topics.named(word.lstrip("+-−"), known) for word in _named(words)]
    return bool(found) and None not in found


def _is_everything(word: str) -> bool | None:
    return fold(word.lstrip("+-−")).text in EVERYTHING or None


async def choose(hands: Hands, expert: Expert, words: str) -> None:
    """Take the topics that are named; `+` and `-` before one add and remove it. Raises UserError for an unknown one."""
    known = await communities.topics_of(hands.tx, expert.community)
    add: set[str] = set()
    remove: set[str] = set()
    for word in _named(words):
        bare = word.lstrip("+-−")
        taken_off = word[:1] in "-−"
        if _is_everything(bare):
            expert.generalist = not taken_off
            continue
        found = topics.named(bare, known)
        if found is None:
            raise UserError(
                _("I do not know the topic “{word}”.").format(word=bare[:40])
                + f"\n{topics.numbered(known, language())}"
            )
        (remove if taken_off else add).add(found.slug)
    await volunteers.change_topics(hands.tx, expert, add=add, remove=remove)
    hands.tx.add(expert)
    await hands.tx.flush()


def _named(words: str) -> list[str]:
    """The topics named in a text, separated by commas or else by spaces."""
    parts = words.split(",") if "," in words else words.split()
    return [part for part in (re.sub(r"\s+", " ", part.strip(" ;.")) for part in parts) if part]


async def chosen(hands: Hands, community: Community, expert: Expert, *, by_number: bool = False) -> Words:
    """The topics chosen so far, and the question whether the person agrees; `by_number`: all topics, to choose from."""
    known = await communities.topics_of(hands.tx, community.slug)
    own = await volunteers.topics_of(hands.tx, community.slug, expert.person)
    everything = expert.generalist or not known

    def words() -> Text:
        listed = topics.numbered(known, language()) if by_number else ""
        return _chosen(_labels(known, own), listed, everything=everything)

    return words


def _chosen(own: str, listed: str, *, everything: bool) -> Text:
    return Text.of(
        _("**Your topics**: {topics}.").format(topics=own) if own else "",
        _("You are also asked about everything else.") if own and everything else "",
        listed,
        _("To add one and remove another: `topics +3 -5`") if own and listed else "",
        _agreement() if own or everything else _("You have no topic yet. For example: `topics 1 3`"),
    )


async def listed(hands: Hands, community: Community, expert: Expert) -> Text:
    """The topics chosen so far, for somebody who has agreed already."""
    return Text.of(
        _("**Your topics**: {topics}.").format(topics=await labels(hands, community, expert) or _("none")),
        _("You are also asked about everything else.") if expert.generalist else "",
        topics.numbered(await communities.topics_of(hands.tx, community.slug), language()),
        _("To add one and remove another: `!me topics +3 -5`"),
    )


async def question(hands: Hands, community: Community, expert: Expert) -> Text:
    """The question to the team whether it agrees."""
    return Text.of(
        _("**{name} volunteers to answer questions**: {topics}.").format(
            name=name(hands, expert.person, community),
            topics=await labels(hands, community, expert) or _("everything"),
        ),
        _("Does the team agree? ✅ yes, ❌ no. Until then nothing is sent."),
    )


async def tell_topic_gone(hands: Hands, community: Community, gone: str, expert: Expert) -> None:
    """Write to a volunteer that the team removed a topic of theirs, and what they are asked about now."""
    own = await labels(hands, community, expert)

    def words() -> Text:
        return Text.of(
            _("The topic “{topic}” no longer exists in {community}: you are no longer asked about it.").format(
                topic=gone, community=name_in(community, language())
            ),
            _("Your topics: {topics}.").format(topics=own)
            if own
            else _("You have no other topic: choose one, so that requests reach you."),
            _("To change them: `!me topics`"),
        )

    key = f"topic-gone:{community.slug}:{expert.person}:{gone[:40]}:{int(hands.now.timestamp())}"
    await tell(
        hands,
        expert.person,
        words,
        key=key,
        language=community.language,
        unasked=True,
        otherwise=waits_in_private(community, expert.person),
    )


def welcome() -> Text:
    """The text for a new volunteer: both have agreed."""
    return Text.of(
        _("**You are a volunteer now.** I write to you here about questions on your topics, within your hours."),
        bullets(
            _("Other hours: `!me hours Mon-Fri 9am-5pm`"),
            _("A break: `!me pause`"),
            _("Your public holidays: `!me profile territory Moselle`"),
        ),
    )


async def tell_welcome(hands: Hands, community: Community, expert: Expert) -> None:
    """Write to the person that the team agreed."""
    key = f"welcome:{community.slug}:{expert.person}:{int(hands.now.timestamp())}"
    otherwise = waits_in_private(community, expert.person)
    await tell(hands, expert.person, welcome, key=key, language=community.language, otherwise=otherwise)


async def tell_refused(hands: Hands, community: Community, expert: Expert) -> None:
    """Write to the person that the team did not agree."""

    def words() -> Text:
        return Text.of(
            _("The community's team does not follow up on your proposal for now. You may talk to them directly."),
        )

    key = f"refused:{community.slug}:{expert.person}:{int(hands.now.timestamp())}"
    otherwise = waits_in_private(community, expert.person)
    await tell(hands, expert.person, words, key=key, language=community.language, otherwise=otherwise)
