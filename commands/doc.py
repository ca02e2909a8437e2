"""`!doc`: look for a tool, a document, an account of experience."""

from bot.dispatch.command import Command, Rest
from bot.dispatch.context import Context
from bot.dispatch.reply import Reply
from bot.domain.messages import Line, Text
from bot.i18n import N_, _, ngettext
from bot.search.index import Answer, Hit
from bot.search.kinds import filters
from bot.services import resources

command = Command(
    "doc",
    aliases=("ressource", "ressources", "trouver", "chercher", "cherche", "find", "search", "r"),
    summary=N_("look for a tool, a document, an account of experience"),
    examples=(N_("doc double entry"), N_("doc tool shared record")),
)

IN_ROOM, IN_PRIVATE = 3, 5


@command.run(usage=N_("doc <words>"))
async def doc(ctx: Context, words: Rest) -> Reply:
    kinds, ready_only, rest = filters(words.split())
    wanted = " ".join(rest) or words
    answers = [await _search(ctx, community.slug, wanted, kinds, ready_only) for community in ctx.communities]
    hits = sorted((hit for answer in answers for hit in answer.hits), key=lambda hit: -hit.score)
    if not hits:
        return await _nothing(ctx, wanted, answers)
    return Reply(_found(ctx, wanted, hits[: _limit(ctx)], answers))


async def _search(ctx: Context, slug: str, words: str, kinds: frozenset[str], ready_only: bool) -> Answer:
    return await ctx.library.search(
        ctx.tx,
        words,
        community=slug,
        today=ctx.now.date(),
        limit=_limit(ctx),
        kinds=kinds,
        ready_only=ready_only,
    )


def _limit(ctx: Context) -> int:
    return IN_PRIVATE if ctx.direct else IN_ROOM


def _found(ctx: Context, words: str, hits: list[Hit], answers: list[Answer]) -> Text:
    corrected = next((answer.corrected for answer in answers if answer.corrected), None)
    title = ngettext("{count} resource for “{words}”:", "{count} resources for “{words}”:", len(hits))
    return Text.of(
        title.format(count=len(hits), words=shortened(corrected or words)),
        *(line for number, hit in enumerate(hits, 1) for line in _lines(number, hit)),
    )


def _lines(number: int, hit: Hit) -> list[Line]:
    document = hit.document
    title = f"{number}. {shortened(document.title)} (DOC-{document.id})"
    about = [Line(shortened(document.summary))] if document.summary else []
    return [Line(title, link=document.url), *about, Line(document.url)]


async def _nothing(ctx: Context, words: str, answers: list[Answer]) -> Reply:
    for community in ctx.communities:
        await resources.missed(ctx.tx, community.slug, words, now=ctx.now)
    suggestion = next((answer.suggestion for answer in answers if answer.suggestion), None)
    return Reply(
        Text.of(
            _("I found nothing for “{words}”.").format(words=shortened(words)),
            _("Did you mean “{words}”?").format(words=suggestion) if suggestion else "",
            _("I noted these words, without your name, so that the community's team may complete the resources."),
        )
    )


LONGEST = 160


def shortened(text: str) -> str:
    """One line of a readable length, without what could break out of it."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
