"""Runs a command, with the rights that the person has at this moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from bot.communities import communities
from bot.dispatch.answer.asking_back import which_community, which_thing
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.quota import within
from bot.dispatch.answer.rights.rights import require
from bot.dispatch.menu.arguments import arguments
from bot.dispatch.menu.command import Verb
from bot.dispatch.menu.menu import Understood
from bot.errors import SeveralCommunities, SeveralMeant, UserError
from bot.events.text import Text
from bot.i18n import _
from bot.metrics import COMMANDS


async def run(ctx: Context, understood: Understood) -> Reply | None:
    """The verb's answer, or the question for which community or thing. Raises NotAllowed, and UserError if words are
    missing."""
    verb = understood.verb
    if not ctx.communities and not verb.anywhere:
        return await nowhere(ctx)
    places = await which_community.able(ctx, verb)
    if len(places) > 1:
        able = [there.community for there in places if there.community]
        return await which_community.ask(ctx, able, which_community.line_of(ctx, understood))
    here = places[0] if places else ctx
    with _naming(verb):
        await require(here, verb.role)
    try:
        return await do(here, verb, understood.rest)
    except SeveralCommunities:
        return await which_community.ask(ctx, ctx.communities, which_community.line_of(ctx, understood))
    except SeveralMeant as several:
        return await which_thing.ask(here, understood, several)


async def do(ctx: Context, verb: Verb, words: str) -> Reply | None:
    """What the verb answers to these words. Raises UserError when some are missing."""
    with _naming(verb):
        make = partial(verb.handler, ctx, **arguments(verb.parameters, words, usage=verb.usage))
        reply = await within(ctx, verb.makes_with(words), make)
    ctx.tx.after_commit.append(COMMANDS.labels(_label(verb), "answered").inc)
    return reply


@contextmanager
def _naming(verb: Verb) -> Iterator[None]:
    """A refusal within the block gets the verb's label. Counted where the event ends, for it may be tried anew."""
    try:
        yield
    except UserError as error:
        error.command = _label(verb)
        raise


def _label(verb: Verb) -> str:
    """The word and the file of the verb's handler: `rdv.new`. Figures go on when the file moves within its word."""
    word, *deeper = verb.handler.__module__.split(".")[1:]
    return ".".join((word, *deeper[-1:]))


async def nowhere(ctx: Context) -> Reply | None:
    """What to say where there is no community: in private always something, in a room only after a mention."""
    if ctx.direct:
        return say(_("I do not know of a community that we share. Write to me in a room of yours first."))
    return Reply(unlinked(await communities.slugs(ctx.tx, ctx.serving))) if ctx.mentioned else None


def unlinked(slugs: list[str]) -> Text:
    """How we introduce ourselves in a room of no community."""
    return Text.of(
        _(
            "Hello. I am Relais, an automatic program. "
            "This room is linked to no community, so I do nothing here for now."
        ),
        _("An administrator of the room may write, for example: `!admin community link {slug}`").format(
            slug=next(iter(slugs), "…")
        ),
        _("Communities available: {slugs}").format(slugs=", ".join(slugs)),
    )
