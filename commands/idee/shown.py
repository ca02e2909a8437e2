"""What members see of irritants and ideas: one, or those that are open."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import offer
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.form import Choice, Draft
from bot.events.messages import Ref
from bot.events.text import Line, Text, title
from bot.i18n import _, ngettext
from bot.ideas import Idea, cards, ideas, texts
from bot.ideas.rules.idea import IDEA, OPEN

SHOWN = 8
Wanted: TypeAlias = Callable[[Idea], bool]
"""Which of them somebody asks for."""


async def as_card(ctx: Context, idea: Idea) -> Reply:
    """One, with which others may say that it concerns them too."""
    text = texts.card(await cards.shown(ctx, idea))
    if ctx.direct and idea.discreet and idea.author == ctx.sender:
        text = Text.of(text, _("It is yours. Nobody else learns that from me."))
    if idea.status not in OPEN:
        return Reply(text)
    return Reply(text, about=Ref(IDEA, str(idea.id)), gestures=cards.GESTURES, waits=True)


async def overview(ctx: Context, wanted: Wanted | None = None) -> Reply:
    """The open ones of the community, those that concern most people first."""
    every = await ideas.open_ones(ctx.tx, the_community(ctx).slug)
    found = await cards.shown_each(ctx, [one for one in every if wanted is None or wanted(one)])
    if not found:
        return say(
            _("Nothing was reported yet. To tell what gets in the way: `!idea irritant …`")
            if not every
            else _("Nothing of the kind is open. To see all of them: `!idea`")
        )
    found.sort(key=lambda one: -one.people)
    heading = ngettext("{count} irritant or idea", "{count} irritants and ideas", len(found)).format(count=len(found))
    return await page(ctx, found, title(heading))


async def page(ctx: Context, found: Sequence[texts.Shown], heading: Line | None = None) -> Reply:
    """The first of them; `suite` shows what follows."""
    shown, rest = found[:SHOWN], found[SHOWN:]
    text = Text.of(
        heading or "",
        texts.listed(shown),
        _("and {count} more: `more`").format(count=len(rest)) if rest else "",
        _("If one concerns you too: `!idea I-4 me too`").replace("I-4", ideas.number(found[0].idea)),
    )
    return await offer(ctx, LISTED, {"rest": [one.idea.id for one in rest]}, text)


async def _again(ctx: Context, numbers: Sequence[int]) -> list[Idea]:
    """Those of these numbers that are still open, in their order."""
    known = {one.id: one for one in await ideas.open_ones(ctx.tx, the_community(ctx).slug)}
    return [known[number] for number in numbers if number in known]


async def _more(ctx: Context, data: Draft) -> Reply:
    found = await cards.shown_each(ctx, await _again(ctx, data["rest"]))
    return await page(ctx, found) if found else say(_("There is nothing more."))


LISTED = Choice("ideas", more=_more)
