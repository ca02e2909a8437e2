"""`!admin défi C-2 équipe`: propose people of several professions for a retained solution, and ask each of them."""

from collections.abc import Sequence
from typing import Any

from bot import quotas
from bot.challenges import Challenge, Solution, authors, challenges, solutions
from bot.challenges.rules.solution import SOLUTION, WON, Status
from bot.communities import Community, communities
from bot.communities.people import people
from bot.communities.rules.roles import Role
from bot.communities.tell import name, zone
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.messages import Ref
from bot.events.text import Text
from bot.i18n import N_, _
from bot.resources.texts import one_line
from bot.store import audit
from bot.teams import asking, proposing, records, texts_forming
from bot.teams.rules.line import read_line
from bot.teams.rules.team import LIFECYCLE, MOST, Party
from bot.teams.texts_forming import Proposed
from commands.admin.people import named
from commands.equipe.leading import EXCEPTION, reason_of, require_may_be_asked
from commands.equipe.meeting import read_rhythm
from commands.equipe.team import command as team

LONGEST_NAME = 80


async def propose(ctx: Context, found: Challenge, rest: str) -> Reply:
    """The preview of a team for a retained solution of a challenge. Raises UserError."""
    line = read_line(rest)
    if line.unknown:
        raise UserError(
            _("I do not know what “{words}” says about a team. For example: `with @…`, `without @…`").format(
                words=one_line(line.unknown, longest=40)
            )
        )
    community = the_community(ctx)
    solution = await _solution(ctx, found, line.rank)
    rhythm = _rhythm(ctx, community, line.rhythm)
    added, without = several(ctx, line.with_), set(several(ctx, line.without))
    for person in added:
        await require_may_be_asked(ctx, person, community.slug)
    chosen = await _people(ctx, community, found, solution, added, without)
    draft = {
        "challenge": found.id,
        "solution": solution.id,
        "people": chosen,
        "rhythm": rhythm,
        "exception": reason_of(rest),
        "community": community.slug,
    }
    return await begin(ctx, FORM, draft)


async def _solution(ctx: Context, found: Challenge, rank: int | None) -> Solution:
    """The retained solution that is meant, without a team. Raises UserError."""
    won = await solutions.of_challenge(ctx.tx, found, *sorted(WON))
    number = challenges.number(found)
    if not won:
        raise UserError(
            _("{number} has no retained solution: a team tries one that was retained by the vote.").format(
                number=number
            )
        )
    wanted = [one for one in won if rank in (None, one.rank)]
    if not wanted:
        raise UserError(_("The solution {rank} of {number} is not retained.").format(rank=rank, number=number))
    free = [
        one
        for one in wanted
        if one.status == Status.RETAINED and await records.of_thing(ctx.tx, Ref(SOLUTION, str(one.id))) is None
    ]
    if len(free) > 1:
        ranks = ", ".join(str(one.rank) for one in free)
        raise UserError(
            _("Which solution: {ranks}? For example: `!admin challenge {number} team {rank}`").format(
                ranks=ranks, number=number, rank=free[0].rank
            )
        )
    if not free:
        taken = await records.of_thing(ctx.tx, Ref(SOLUTION, str(wanted[0].id)))
        raise UserError(
            _("A team has been asked already: `!{team}`").format(team=records.number(taken))
            if taken is not None
            else _("This solution is tried already.")
        )
    return free[0]


def several(ctx: Context, words: str) -> list[str]:
    """Each person whom the words name, in their order. Raises UserError."""
    found: list[str] = []
    left = words.strip(" ,;.")
    while left:
        person, behind = named(ctx, left)
        found.append(person)
        behind = behind.strip(" ,;.")
        for joint in ("et ", "and "):
            behind = behind.removeprefix(joint)
        left = behind if len(behind) < len(left) else ""
    return list(dict.fromkeys(found))


def _rhythm(ctx: Context, community: Community, words: str) -> str:
    """When the team wants to meet, as it may be typed for a meet-up. Raises UserError."""
    if not words:
        return ""
    return read_rhythm(words, now=ctx.now, zone=zone(community))


async def _people(
    ctx: Context, community: Community, found: Challenge, solution: Solution, added: Sequence[str], without: set[str]
) -> list[str]:
    """Those who sign the solution, those who were named, and proposed volunteers."""
    signing = [person for person in await authors.signing(ctx.tx, solution) if person not in without]
    quiet = await people.stopped_among(ctx.tx, signing)
    first = [person for person in dict.fromkeys([*signing, *added]) if person not in quiet]
    place = await proposing.place_of(ctx, found, solution)
    known = [await proposing.profession_of(ctx, person) for person in first]
    others = await proposing.volunteers_for(
        ctx, community, place, but={*first, *without, *await authors.signing(ctx.tx, solution)}, known=known
    )
    return [*first, *others][:MOST]


async def _preview(ctx: Context, draft: Draft) -> Text:
    community, solution, found = await _read(ctx, draft)
    signing = await authors.signing(ctx.tx, solution)
    proposed = [
        Proposed(name(ctx, person, community), await proposing.profession_of(ctx, person), author=person in signing)
        for person in draft["people"]
    ]
    return texts_forming.preview(
        solutions.number(solution),
        solution.text,
        proposed,
        number=challenges.number(found),
        rhythm=draft["rhythm"],
        exception=draft["exception"],
    )


async def _read(ctx: Context, draft: Draft) -> tuple[Community, Solution, Challenge]:
    community = await communities.get(ctx.tx, draft["community"])
    solution = await solutions.get(ctx.tx, draft["solution"])
    found = await challenges.get(ctx.tx, draft["challenge"], lock=True)
    assert community is not None
    assert solution is not None
    assert found is not None
    return community, solution, found


async def _form(ctx: Context, draft: Draft) -> Reply:
    """Two of the moderators may say yes at once: the challenge is locked, and the second finds the first one's team."""
    _community, solution, found = await _read(ctx, draft)
    await _solution(ctx, found, solution.rank)
    if not draft["people"]:
        raise UserError(_("Nobody would be asked. Name people: `with @…`"))
    formed = await records.begin(
        ctx,
        found.community,
        one_line(found.question, longest=LONGEST_NAME),
        about=Ref(SOLUTION, str(solution.id)),
        moderator=ctx.sender,
        exception=draft["exception"],
        rhythm=draft["rhythm"],
    )
    if formed.exception:
        audit.excepted(ctx.tx, LIFECYCLE.noun, formed.id, EXCEPTION, by={Party.MODERATOR})
    signing = set(await authors.signing(ctx.tx, solution))
    asked = [await asking.ask(ctx, formed, person, author=person in signing) for person in draft["people"]]
    return Reply(texts_forming.formed(formed, sum(asked)))


async def _among(_tx: Any, draft: Draft) -> str | None:
    return str(draft["community"]) if "community" in draft else None


FORM = team.form(
    "team-form",
    preview=_preview,
    done=_form,
    title=lambda _ctx, draft: f"C-{draft['challenge']}",
    role=Role.MODERATOR,
    question=N_("**Ask them?** ✅ yes, ❌ no"),
    makes=quotas.TEAM,
    among=_among,
)
