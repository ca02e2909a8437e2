"""Whoever was given a role in a team, or lost it, learns it in private, with what they may do now; not who did it.

Whoever is no member yet learns it once they join a room of the community: until then the role does not count either.
"""

from collections.abc import Collection
from datetime import datetime
from functools import partial

from bot.communities import communities
from bot.communities.acting import Actor, Hands
from bot.communities.communities import name_in
from bot.communities.people import members, people
from bot.communities.rules.roles import Role
from bot.communities.tables import Community
from bot.communities.tell import tell
from bot.communities.texts import role_name
from bot.events.text import Text
from bot.i18n import N_, _, language
from bot.mailbox.timers import Timers
from bot.store.database import Transaction

CHANGED = "role-changed"
"""The kind of the timer; its item is a community's slug and the person."""
MEANS = {
    Role.ADMINISTRATOR: N_("You may do all that moderation does, and give roles."),
    Role.MODERATOR: N_("You may set up the community and its rooms, and decide who belongs."),
    Role.FACILITATOR: N_("You may do all that moderation does, but not decide who belongs, nor which room."),
    Role.OBSERVER: N_("You may see the community's figures, without anybody's name."),
}
"""The roles that a team gives, the one with the most rights first."""


async def later(actor: Actor, community: str, person: str) -> None:
    """Inform the person after the commit; nobody is informed of what they did themselves."""
    if person != actor.sender:
        await actor.timers.set(actor.tx, CHANGED, f"{community} {person}", due_at=actor.now)


async def joined(tx: Transaction, timers: Timers, community: str, newcomers: Collection[str], *, now: datetime) -> None:
    """Of those who have just joined a room of the community, inform whoever does not know yet of their role."""
    for person in sorted((await people.uninformed(tx, community)).intersection(newcomers)):
        await timers.set(tx, CHANGED, f"{community} {person}", due_at=now)


async def once_joined(hands: Hands, community: str, person: str) -> str:
    """For whoever gives the role: that the person is no member yet. Empty for a member. Raises MembersUnknown."""
    if await members.is_member_for_sure(hands.tx, hands.directory, person, community):
        return ""
    return _("This person is in no room of the community yet: the role counts, and I tell them, once they join one.")


async def tell_now(hands: Hands, item: str) -> None:
    """Write to the person how it is now, unless they are no member, or want nothing unasked."""
    slug, _space, person = item.partition(" ")
    community = await communities.get(hands.tx, slug)
    if community is None or not await members.is_member_for_sure(hands.tx, hands.directory, person, slug):
        return
    words = partial(_words, community, await _highest(hands.tx, slug, person))
    key = f"{CHANGED}:{slug}:{person}:{hands.now.timestamp()}"
    await tell(hands, person, words, key=key, language=community.language, unasked=True)
    await people.informed(hands.tx, slug, person, now=hands.now)


async def _highest(tx: Transaction, slug: str, person: str) -> Role | None:
    given = {Role(row.role) for row in await people.appointed(tx, slug) if row.person == person}
    return next((role for role in MEANS if role in given), None)


def _words(community: Community, role: Role | None) -> Text:
    name = name_in(community, language())
    if role is None:
        return Text.of(
            _("**{community}**: the role that the team had given you has ended.").format(community=name),
            _("To ask the team about it: `!help contact`"),
        )
    return Text.of(
        _("**{community}**: the team has given you a role, {role}.").format(community=name, role=role_name(role)),
        _(MEANS[role]),
        _("To see them: `!admin dashboard`") if role is Role.OBSERVER else _("To see what you may do: `!admin`"),
    )
