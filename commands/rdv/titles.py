"""How what a meet-up asks is called when somebody must say which of several cards they mean."""

from bot.dispatch.answer.context import Context
from bot.i18n import _
from bot.meetups import date_polls, meetups, notes, opinions
from commands.rdv import dates, which
from commands.rdv.after import afterwards
from commands.rdv.overview import command as rdv
from commands.rdv.texts import named, titled


@rdv.title(about=which.ABOUT)
async def meetup(ctx: Context, item: str) -> str:
    found = await meetups.get(ctx.tx, int(item))
    return named(found) if found else item


@rdv.title(about=which.ABOUT_MINUTES)
async def minutes(ctx: Context, item: str) -> str:
    found = await meetups.get(ctx.tx, int(item))
    return _("Minutes of {title} ({reference})").format(**titled(found)) if found else item


@rdv.title(about=dates.ABOUT)
async def poll(ctx: Context, item: str) -> str:
    found = await date_polls.get(ctx.tx, int(item))
    return found.title if found else item


@rdv.title(about=which.ABOUT_RETEX)
async def experience(ctx: Context, item: str) -> str:
    note = await notes.get(ctx.tx, int(item))
    return _("an account of experience, {title}").format(title=await meetup(ctx, str(note.meetup))) if note else item


@rdv.title(about=afterwards.WELL)
@rdv.title(about=afterwards.USEFUL)
async def opinion(ctx: Context, item: str) -> str:
    found = await opinions.get(ctx.tx, int(item), person=ctx.sender)
    return _("how it went, {title}").format(title=await meetup(ctx, str(found.meetup))) if found else item
