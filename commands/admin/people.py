"""Who is meant, where a command of the team names somebody."""

import re
from collections.abc import Iterable

from bot.communities.people import members
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.errors import UserError
from bot.events.events import MessageReceived
from bot.i18n import _
from bot.text.pills import without_links
from bot.text.plain_text import fold

MXID = re.compile(r"@[^\s:@]+:\S+")
LONGEST_NAME = 6
"""Words."""


def named(ctx: Context, words: str) -> tuple[str, str]:
    """The person with whom the words begin, and what is written behind: an identifier, a mention, a name of the room.

    Where the text of a mention shows another name, all the words are returned. Raises UserError for nobody, and for a
    name that several people show.
    """
    typed = without_links(words).split()
    if typed and MXID.fullmatch(typed[0]):
        _refuse_me(ctx, typed[0])
        return typed[0], " ".join(typed[1:])
    mentioned = mentions(ctx)
    for length in range(min(len(typed), LONGEST_NAME), 0, -1):
        called = _called(ctx, " ".join(typed[:length]), mentioned or _members(ctx))
        if len(called) == 1:
            return called[0], " ".join(typed[length:])
        if called:
            raise UserError(_("Several people here are called so. Mention the one that you mean."))
    if len(mentioned) == 1:
        return mentioned[0], " ".join(typed)
    raise UserError(
        _("I see nobody of that name here. Mention the person, or write their whole identifier, like {example}").format(
            example="@claire:example.org"
        )
    )


def _refuse_me(ctx: Context, person: str) -> None:
    if person == ctx.account:
        raise UserError(_("That is me: I am a program, and do nothing by myself. Name a person, please."))


def mentions(ctx: Context) -> list[str]:
    """Whom the message mentions besides us."""
    mentioned = ctx.event.mentioned if isinstance(ctx.event, MessageReceived) else ()
    return [mxid for mxid in mentioned if mxid != ctx.account]


def _members(ctx: Context) -> list[str]:
    """Whoever has joined this room or the community's main room."""
    joined = frozenset[str]().union(*(ctx.directory.joined(room) for room in _rooms(ctx)))
    return sorted(joined - {ctx.account})


def _rooms(ctx: Context) -> list[str]:
    found = [room for room in (ctx.room_id, the_community(ctx).main_room) if room is not None]
    for room in found:
        members.require(ctx.directory, room)
    return found


def _called(ctx: Context, typed: str, people: Iterable[str]) -> list[str]:
    """Those who show this name, or whose identifier begins with it."""
    wanted = fold(typed.strip(" ,;:@")).text
    return [mxid for mxid in people if wanted in {fold(name).text for name in _names(ctx, mxid)}]


def _names(ctx: Context, mxid: str) -> set[str]:
    shown = {ctx.directory.name_of(room, mxid) for room in _rooms(ctx) if ctx.directory.has_member(room, mxid)}
    return shown | {mxid[1:].partition(":")[0]}
