"""What members see of irritants and ideas: one, or those that are open."""

from collections.abc import Callable
from typing import TypeAlias

from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.events.messages import Ref
from bot.events.text import Text, title
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
    hidden = len(found) - SHOWN
    return say(
        title(heading),
        texts.listed(found[:SHOWN]),
        _("and {count} more").format(count=hidden) if hidden > 0 else "",
        _("If one concerns you too: `!idea I-4 me too`").replace("I-4", ideas.number(found[0].idea)),
    )
