"""Whom a line names: the people of a team, and whoever gives the management's agreement."""

import re
from collections.abc import Sequence

from bot.communities import Community
from bot.communities.people import members
from bot.communities.tell import name
from bot.dispatch.answer.context import Context
from bot.errors import UserError
from bot.i18n import _
from bot.text.pills import without_links
from commands.admin.people import MXID, mentions, named

_APPROVED = re.compile(r"\b(?:accord|approved by|agreement)\b", re.IGNORECASE)
_OF = re.compile(r"(?:de|d['’]|of|by|:)\s*", re.IGNORECASE)
_BEFORE = (",", ";", "(", "avec", "with", "l'", "l’")
"""What may stand before « accord »."""
_BETWEEN = re.compile(r"\A(?:[\s,;&]+|(?:et|and|avec|with)\s+)+", re.IGNORECASE)
MOST = 12
"""People whom we look for in a line."""


def team_and_approver(ctx: Context, words: str) -> tuple[list[str], str | None]:
    """Those whom the words name for a team, without who writes, and behind « accord de » the approver, if any."""
    before, approved, behind = words, None, ""
    if found := _APPROVED.search(words):
        before, behind = _bare(words[: found.start()]), _after(words[found.end() :].lstrip())
        approved = person(ctx, behind) if behind.strip(" @.") else None
    return [one for one in several(ctx, before) if one not in (ctx.sender, approved)], approved


def _after(words: str) -> str:
    found = _OF.match(words)
    return words[found.end() :] if found else words


def _bare(words: str) -> str:
    """The words without what leads over to « accord »."""
    shorter = words.rstrip()
    while shorter.endswith(_BEFORE):
        shorter = next(shorter.removesuffix(end) for end in _BEFORE if shorter.endswith(end)).rstrip()
    return shorter


def several(ctx: Context, words: str) -> list[str]:
    """All whom the words name, each once. Raises UserError for a name that nobody has."""
    typed = [part.strip(".,;") for part in without_links(words).split()]
    mentioned = [*mentions(ctx), *(part for part in typed if MXID.fullmatch(part))] if words.strip() else []
    if mentioned:
        return [one for one in dict.fromkeys(mentioned) if one != ctx.account]
    found, rest = list[str](), _BETWEEN.sub("", words)
    while rest.strip(" .,;") and len(found) < MOST:
        one, rest = named(ctx, rest.replace(",", " , "))
        found.append(one)
        rest = _BETWEEN.sub("", rest)
    return list(dict.fromkeys(found))


def person(ctx: Context, words: str) -> str:
    """The one person whom the words name. Raises UserError."""
    found, _rest = named(ctx, words.strip(" .,;)"))
    return found


async def require_members(ctx: Context, community: Community, people: Sequence[str]) -> None:
    """Raise UserError for somebody who is no member: they could not answer."""
    outside = [
        name(ctx, one, community)
        for one in people
        if not await members.is_member_for_sure(ctx.tx, ctx.directory, one, community.slug)
    ]
    if outside:
        sentence = _("Not a member of this community: {names}. Everybody in it, and who approves, has to be.")
        raise UserError(sentence.format(names=", ".join(outside)))
