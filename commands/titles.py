"""How things are named when somebody must say which of several cards they mean."""

from bot.dispatch.answer.context import Context
from bot.help.rules.cards import BOARD, CALL, MEETING, USEFUL, WENT
from bot.i18n import _
from bot.meetups import date_polls, meetups, notes, opinions
from bot.resources import resources
from bot.resources.checks import CHECK
from bot.resources.texts import titled
from bot.volunteers.signup import CANDIDATE, JOIN
from commands.doc.search import command as doc
from commands.expert import ask
from commands.expert.become import command as devenir
from commands.rdv import afterwards, dates, which
from commands.rdv.overview import command as rdv
from commands.rdv.texts import named

for _kind in (CALL, BOARD, MEETING, WENT, USEFUL):
    ask.command.title(about=_kind)(ask.title)


@rdv.title(about=which.ABOUT)
async def meetup(ctx: Context, item: str) -> str:
    found = await meetups.get(ctx.tx, int(item))
    return named(found) if found else item


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


@doc.title(about=CHECK)
async def verification(ctx: Context, item: str) -> str:
    found = await resources.published(ctx.tx, int(item))
    return titled(found) if found else item


@devenir.title(about=JOIN)
async def volunteering(_ctx: Context, _item: str) -> str:
    return _("becoming a volunteer")


@devenir.title(about=CANDIDATE)
async def candidate(ctx: Context, item: str) -> str:
    name = ctx.directory.name_of(ctx.room_id, item.partition(" ")[2])
    return _("{name}, as a volunteer").format(name=name)
