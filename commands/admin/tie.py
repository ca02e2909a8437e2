"""`!admin défi C-2 départager 3 moins de matériel`: the team chooses among the solutions that are level, once."""

import re
from collections.abc import Collection, Sequence

from bot.challenges import Challenge, Solution, challenges, texts, texts_vote, ties
from bot.challenges.rules.solution import SOLUTION
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.messages import Ref
from bot.events.text import Text
from bot.i18n import _
from bot.teams import records as teams
from bot.teams import texts as team_texts
from commands.own_words import checked

LONGEST_REASON = 400
_RANKS = re.compile(r"(?:n\s?[°º]\s?)?(?P<ranks>\d{1,3}(?:(?:\s?,\s?|\s(?:et|and)\s|\s)\d{1,3})*)\b", re.IGNORECASE)


async def choice(ctx: Context, found: Challenge, words: str) -> Draft:
    """Which of those that are level the words choose, and why. Raises UserError."""
    level, places = await _level(ctx, found)
    named = _RANKS.match(words)
    chosen = [int(rank) for rank in re.findall(r"\d{1,3}", named["ranks"])] if named is not None else []
    reason = words[named.end() :].strip(" :,") if named is not None else ""
    if len({*chosen} & {one.rank for one in level}) != places or len(chosen) != places:
        sentence = _("Level are {ranks}. Choose {places}: `!admin challenge {number} settle {rank} <reason>`")
        number, rank = challenges.number(found), level[0].rank
        raise UserError(sentence.format(ranks=texts_vote.ranks(level), places=places, number=number, rank=rank))
    if not reason:
        sentence = _("Say why, for all read it: `!admin challenge {number} settle {rank} less equipment`")
        raise UserError(sentence.format(number=challenges.number(found), rank=chosen[0]))
    await _require_no_team(ctx, level, chosen)
    kept = {"challenge": found.id, "trigger": ties.SETTLED, "reason": checked(reason, LONGEST_REASON)}
    return kept | {"anyway": False, "chosen": chosen}


def preview(found: Challenge, draft: Draft) -> Text:
    sentence = _("Of those that are level in {challenge}, the team would choose {ranks}. All read why: {reason}")
    chosen = ", ".join(_("no. {rank}").format(rank=rank) for rank in draft["chosen"])
    said = sentence.format(challenge=texts.titled(found), ranks=chosen, reason=draft["reason"])
    return Text.of(said, _("This cannot be taken back."))


async def settle(ctx: Context, found: Challenge, draft: Draft) -> Reply:
    """Do it, unless it was done or a team was asked meanwhile; the challenge is locked. Raises UserError."""
    level, _places = await _level(ctx, found)
    await _require_no_team(ctx, level, draft["chosen"])
    await ties.settle(ctx, found, draft["chosen"], draft["reason"], person=ctx.sender)
    return say(_("**It is chosen**: {challenge}. The room reads the result.").format(challenge=texts.titled(found)))


async def _level(ctx: Context, found: Challenge) -> tuple[Sequence[Solution], int]:
    level, places = await ties.tied(ctx.tx, found)
    if not level:
        sentence = _("{challenge}: no solutions are level, or the team has chosen already.")
        raise UserError(sentence.format(challenge=texts.titled(found)))
    return level, places


async def _require_no_team(ctx: Context, level: Sequence[Solution], chosen: Collection[int]) -> None:
    """People were asked to try a solution: it is not left out over their heads. Raises UserError."""
    for one in level:
        team = await teams.of_thing(ctx.tx, Ref(SOLUTION, str(one.id)))
        if team is not None and one.rank not in chosen:
            sentence = _("A team is asked about solution {rank}: {team}. End it first: `!{number} abandon <reason>`")
            number = teams.number(team)
            raise UserError(sentence.format(rank=one.rank, team=team_texts.titled(team), number=number))
