"""`!défi`, `!C-2`: see the challenges, one of them with its solutions, or one solution."""

import re

from bot.challenges import Challenge, Solution, cards, challenges, solutions, texts, texts_vote, votes
from bot.challenges.noun import NOUN
from bot.challenges.rules.challenge import CHALLENGE, COUNTED, GOING_ON, Status
from bot.challenges.rules.solution import SOLUTION
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.errors import UserError
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text, bullets, title
from bot.i18n import N_, _
from commands.defi.numbered import by_number
from commands.defi.phrases import CHALLENGES

command = Command(
    "défi",
    aliases=("challenge", "challenges"),
    shown=N_("challenge"),
    summary=N_("see the challenges, give a solution, vote"),
    items=NOUN.letter,
    examples=(N_("challenge C-2 one shared record"), N_("challenge C-2 vote 3")),
    listed=False,
)
NUMBER = re.compile(r"[cC]\s?[-‐‑–]\s?(\d{1,9})[.,:;]?(?:\s+|\Z)")
SHOWN = 10


@command.run(
    usage=N_("challenge C-2 <solution>"),
    summary=N_("give a solution; alone: the challenges; by its number: vote, `3 with @…`, `3 withdraw`"),
    phrases=CHALLENGES,
    fits=lambda words: not words,
)
async def challenge(ctx: Context, words: Rest = NOTHING) -> Reply | None:
    if named := NUMBER.match(words):
        return await by_number(ctx, named[1], words[named.end() :].strip())
    if words:
        raise UserError(
            _("Which challenge? Its number comes first, for example `!challenge C-2 …`. To see them: `!challenge`")
        )
    return await overview(ctx)


async def overview(ctx: Context) -> Reply:
    """Those of the community, the newest first, with where they stand."""
    found = await challenges.of_community(ctx.tx, the_community(ctx).slug)
    if not found:
        return say(_("There is no challenge yet. What gets in the way may lead to one: `!idea irritant …`"))
    return say(
        title(_("Challenges")),
        bullets(*(f"{texts.titled(one)}, {_(STANDING[Status(one.status)])}" for one in found[:SHOWN])),
        _("One of them, with its solutions: `!{number}`").format(number=challenges.number(found[0])),
    )


STANDING = {
    Status.OPEN: N_("open to solutions"),
    Status.VOTING: N_("in the vote"),
    Status.CLOSED: N_("over, nothing retained"),
    Status.RETAINED: N_("over, solutions retained"),
    Status.ACCOMPANIED: N_("a team works on a solution"),
    Status.EXPERIMENTING: N_("a team tries a solution"),
    Status.EVALUATED: N_("a solution is tried and evaluated"),
    Status.CAPITALISED: N_("a practice sheet came of it"),
    Status.ABANDONED: N_("given up"),
}


async def shown(ctx: Context, found: Challenge) -> Reply:
    """One with its solutions; while the vote lasts, in private, with one's own votes."""
    card = await cards.shown(ctx, found)
    given = list(card.solutions)
    if found.status in COUNTED:
        return Reply(texts_vote.result(found, given, whole=True))
    own = await votes.of_person(ctx.tx, found, ctx.sender) if ctx.direct and found.status == Status.VOTING else ()
    text = Text.of(texts.card(card), texts.listed(given), texts_vote.mine(found, own) if own else "")
    return Reply(text, about=Ref(CHALLENGE, str(found.id)), waits=ctx.direct and found.status in GOING_ON)


async def shown_solution(ctx: Context, found: Challenge, one: Solution) -> Reply:
    """One solution; while a vote by name lasts, in a room, with ⭐."""
    text = await cards.solution_text(ctx, found, one)
    if found.status != Status.VOTING or found.discreet:
        return Reply(text)
    return Reply(text, about=Ref(SOLUTION, str(one.id)), gestures=(Gesture.SUPPORT,), waits=True)


command.belongs(CHALLENGE, to=challenges.belongs_to, waits=challenges.waits)
command.belongs(SOLUTION, to=solutions.belongs_to, waits=solutions.waits)


@command.title(about=CHALLENGE)
async def named(ctx: Context, item: str) -> str:
    found = await challenges.get(ctx.tx, item)
    return texts.titled(found) if found is not None else item


@command.title(about=SOLUTION)
async def solution_named(ctx: Context, item: str) -> str:
    found = await solutions.get(ctx.tx, item)
    return solutions.number(found) if found is not None else item
