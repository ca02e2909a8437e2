"""`!appui`, `!P-4`: see the open themes and one's own applications, and one of them."""

import re
from functools import partial

from bot.communities.tell import zone
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.errors import UserError
from bot.events.text import Text, bullets, title
from bot.i18n import N_, _
from bot.programmes import SupportApplication, applications, catalogue, exchange, shown, texts, texts_team, themes
from bot.programmes.noun import NOUN
from bot.programmes.rules.application import ROOM_MADE, Status
from commands.appui.numbered import SHOW, by_number, step
from commands.private import privately

command = Command(
    "appui",
    aliases=("appuis", "support"),
    shown=N_("support"),
    summary=N_("have a team's project supported"),
    items=NOUN.letter,
    examples=(N_("support"), N_("support apply operating theatres @claire @karim")),
    listed=False,
)
NUMBER = re.compile(r"[pP]\s?[-‐‑–]\s?(\d{1,9})[.,:;]?(?:\s+|\Z)")


@command.run(
    usage=N_("support"),
    summary=N_("see the open themes and your applications; by its number: add, remove, agreement, withdraw"),
)
async def support(ctx: Context, words: Rest = NOTHING) -> Reply | None:
    if found := NUMBER.match(words):
        return await by_number(ctx, found[1], words[found.end() :].strip())
    if words and not catalogue.at_beginning(words)[0]:
        raise UserError(
            _("I do not know what you mean. To see the themes: `!support`. To apply: `!support apply <theme> @…`")
        )
    return await overview(ctx)


async def overview(ctx: Context) -> Reply:
    """The themes that take applications; in private, one's own applications too."""
    community = the_community(ctx)
    found = await themes.open_ones(ctx.tx, community.slug, now=ctx.now)
    mine = await applications.of_person(ctx.tx, ctx.sender) if ctx.direct else ()
    own = [await _own_line(ctx, one) for one in mine if one.community == community.slug]
    return say(
        title(_("Support for teams")),
        _("These themes take applications:") if found else _("No theme takes applications at the moment."),
        bullets(*(texts_team.open_line(one, zone(community)) for one in found)),
        _("**Your applications:**") if own else "",
        bullets(*own),
        _("With 2 to 4 colleagues of several professions: `!support apply {theme} @… @…`").format(
            theme=texts.theme_name(found[0]).lower()
        )
        if found
        else "",
    )


async def _own_line(ctx: Context, found: SupportApplication) -> str:
    theme = await themes.get(ctx.tx, found.theme)
    line = _("`{number}` {theme}: {standing}").format(
        number=applications.number(found),
        theme=texts.theme_name(theme),
        standing=_(texts.STANDING[Status(found.status)]),
    )
    if not _is_supported(ctx, found) or await exchange.address(ctx, theme) is None:
        return line
    return f"{line}\n" + _("The room of its teams: `!support {number} room` invites you again").format(
        number=applications.number(found)
    )


def _is_supported(ctx: Context, found: SupportApplication) -> bool:
    """Whether the sender is in its team, which is supported now; whoever agreed for the management is not."""
    return found.status == Status.ACCEPTED and ctx.sender != found.approver


@step(SHOW)
async def show(ctx: Context, found: SupportApplication, rest: str) -> Reply:
    """One with its team: only who is in it reads it, so in private."""
    return await privately(ctx, partial(_whole, ctx, found))


async def _whole(ctx: Context, found: SupportApplication) -> Text:
    of = await shown.shown(ctx, found)
    return Text.of(texts.whole(of), texts.state(of))


@step("salon", "room")
async def room(ctx: Context, found: SupportApplication, rest: str) -> Reply:
    """Who lost the invitation to the room of the theme gets another."""
    if not _is_supported(ctx, found):
        raise UserError(_("The room is for the teams that are supported now."))
    theme = await themes.get(ctx.tx, found.theme)
    await exchange.invite_again(ctx, theme, ctx.sender, key=ctx.event.event_id)
    return say(_("I invite you to the room where the supported teams of this theme exchange, unless you are there."))


@command.timer(ROOM_MADE)
async def room_made(moment: Moment, item: str) -> None:
    await exchange.made(moment, item)
