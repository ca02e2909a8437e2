"""What came out of a meet-up for its challenges: the lines of the minutes that name them, below their cards."""

from functools import partial

from bot.challenges import cards, challenges
from bot.challenges.days import days
from bot.challenges.days import texts as day_texts
from bot.challenges.rules.day import mentioned
from bot.dispatch.answer.context import Context
from bot.meetups import notes
from bot.meetups.meetups import Meetup


async def post(ctx: Context, meetup: Meetup) -> None:
    """Once for each challenge, when the minutes are published; published again, what was posted follows."""
    lines = await notes.of(ctx.tx, meetup, *notes.MINUTED)
    for one in await days.of_meetup(ctx.tx, meetup):
        named = [line.text for line in lines if one.id in mentioned(line.text)]
        row = await days.carried(ctx.tx, meetup, one)
        if row is None or not (named or row.told):
            continue
        zone = await challenges.zone_of(ctx.tx, one)
        key, words = f"challenge:{one.id}:day:{meetup.id}", partial(day_texts.came_out, meetup, one, named, zone)
        row.edits = row.edits + 1 if row.told else 0
        await cards.say_below(ctx, one, words, key=key, edits=row.edits)
        row.told = key
        await days.keep(ctx.tx, row)
