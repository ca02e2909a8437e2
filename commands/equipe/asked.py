"""The card by which somebody is asked into a team: yes, no, and which profession counts."""

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.registers import professions
from bot.teams import Team, asking, members, records, texts_forming
from bot.teams.rules.team import ASK, GOING_ON, PROFESSION, Seat
from bot.volunteers import profiles
from commands.equipe.team import command as team


@team.reaction(Gesture.YES, about=ASK, makes=quotas.ANSWER)
async def yes(ctx: Context, item: str) -> Reply | None:
    found = await records.get(ctx.tx, item, lock=True)
    profile = await profiles.of(ctx.tx, ctx.sender)
    seat = await asking.accept(ctx, found, ctx.sender, profile.profession) if found is not None else None
    if found is None or seat is None:
        return None
    await ctx.outbox.close_cards(ctx.tx, Ref(ASK, item), asker=ctx.sender)
    about = Ref(PROFESSION, item)
    return Reply(texts_forming.accepted(found, seat.profession), about=about, waits=True)


@team.reaction(Gesture.YES, about=ASK, removed=True)
async def yes_taken_back(ctx: Context, item: str) -> Reply | None:
    found = await records.get(ctx.tx, item, lock=True)
    if found is None or not await asking.take_back(ctx, found, ctx.sender):
        return None
    return Reply(texts_forming.declined(found))


@team.reaction(Gesture.NO, about=ASK, makes=quotas.ANSWER)
async def no(ctx: Context, item: str) -> Reply | None:
    """Also after a yes; once the team is at work, leaving it takes a word."""
    found = await records.get(ctx.tx, item, lock=True)
    if found is None:
        return None
    if await asking.decline(ctx, found, ctx.sender) or await asking.take_back(ctx, found, ctx.sender):
        return Reply(texts_forming.declined(found))
    inside = found.status in GOING_ON and await members.is_in(ctx.tx, found, ctx.sender)
    return Reply(texts_forming.is_in(found)) if inside else None


@team.answer(
    *("profession", "métier", "job"),
    about=PROFESSION,
    takes_rest=True,
    makes=quotas.ANSWER,
    alone=asking.is_profession,
)
@team.answer("profession", "métier", "job", about=ASK, takes_rest=True, makes=quotas.ANSWER)
async def profession(ctx: Context, item: str, rest: str) -> Reply | None:
    found = await records.get(ctx.tx, item, lock=True)
    return await give(ctx, found, rest) if found is not None else None


async def give(ctx: Context, found: Team, words: str) -> Reply | None:
    """Somebody who is in it says what they do; None for anybody else."""
    seat = await members.get(ctx.tx, found, ctx.sender)
    if seat is None or seat.status != Seat.IN or found.status not in GOING_ON:
        return None
    known = professions.named(words.strip(" :,"))
    if known is None:
        near = [one.name(ctx.language) for one in professions.near(words)]
        return Reply(texts_forming.which_profession(near))
    await asking.give_profession(ctx, found, seat, known.slug)
    return Reply(texts_forming.known_now(found, known.slug))
