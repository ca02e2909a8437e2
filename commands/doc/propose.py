"""`!doc proposer`: a member proposes a resource to the team; it can be found once they have published it."""

import re

from rapidfuzz.fuzz import token_sort_ratio

from bot import quotas
from bot.communities import Community
from bot.communities.communities import name_in
from bot.communities.rules.roles import Role
from bot.communities.tell import tell_team
from bot.contributors import returns
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.made import made_by
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest, Word
from bot.errors import UserError
from bot.events.messages import Ref
from bot.events.text import Text, bullets
from bot.i18n import N_, _, language
from bot.resources import Resource, contributions, resources
from bot.resources.resources import ARCHIVED, PROPOSED, WITHDRAWN, Draft
from bot.resources.rules.addresses import page_address
from bot.resources.search.analysis import terms
from bot.resources.search.document import Document
from bot.resources.texts import one_line, titled
from commands.doc.phrases import PROPOSE
from commands.doc.search import command as doc
from commands.private import if_reachable

ALIKE = 85
"""Percent of likeness from which two titles are shown as possible duplicates."""
LONGEST_TITLE = 200
LONGEST_SOURCE = 200
_SOURCE = re.compile(r"(?:[,;(]\s*source\s*:?|\bsource\s*:)\s+([^()]+)\)?\s*$", re.IGNORECASE)
_QUOTES = " «»“”\"'\u00a0"


SAID = "resource-proposed"
"""What our answer to a proposal is about."""
PUBLISHED_AT_ONCE = "resource-new"
"""The form in which the team publishes what it proposes itself."""


@doc.verb(
    "proposer",
    "propose",
    "suggérer",
    "suggest",
    usage=N_("doc propose https://example.org/page Title of the page"),
    summary=N_("propose a resource to the community's team"),
    makes=quotas.PROPOSAL,
    asks_rights=True,
    phrases=PROPOSE,
)
async def propose(ctx: Context, address: Word, title: Rest = NOTHING) -> Reply:
    community = the_community(ctx)
    anew = ctx.replaces is not None and await withdrawn(ctx, ctx.replaces) is not None
    url, title = _sorted_out(f"{address} {title}")
    title, source = _with_source(title)
    name = one_line(title.strip(_QUOTES), longest=LONGEST_TITLE)
    if url is None or not name:
        raise UserError(
            _("I need the address of a page, then its title: `!doc propose https://example.org/page Title of the page`")
        )
    known = await resources.known_as(ctx.tx, community.slug, url)
    if known is not None and known.state != WITHDRAWN:
        raise UserError(_already(known))
    published = ctx.menu.form(PUBLISHED_AT_ONCE)
    if published is not None and Role.MODERATOR in ctx.roles:
        return await begin(ctx, published, {"url": url, "title": name, "source": source})
    close = await alike(ctx, community, name)
    if not anew:
        await _tell_team_of_the_first(ctx, community)
    row = await resources.propose(ctx.tx, community.slug, Draft(title=name, url=url, source=source), by=ctx.sender)
    await returns.given(ctx.tx, contributions.proposal(row), ctx.sender, community=community.slug, now=ctx.now)
    return say(
        _("Thank you. “{title}” goes to the community's team, who reads it before it can be found.").format(
            title=titled(row)
        ),
        bullets(
            *(_("Already there and close to it: “{title}”").format(title=title_of(document)) for document in close)
        ),
        await if_reachable(ctx, _("I write to you in private what becomes of it.")),
        _("I keep your name with it: later on, I may ask you whether it is still right."),
        about=Ref(SAID, str(row.id)),
    )


@doc.taken_back(SAID)
async def withdrawn(ctx: Context, source: str) -> Text | None:
    """Whoever deletes the message by which they proposed something takes it back, until the team has decided."""
    number = await made_by(ctx, source, SAID)
    row = await resources.withdraw(ctx.tx, int(number), by=ctx.sender) if number is not None else None
    return Text.of(_("Your proposal is withdrawn: “{title}”.").format(title=titled(row))) if row is not None else None


@doc.timer(contributions.TO_ANNOUNCE, among=contributions.slug_of)
async def published_by_import(moment: Moment, item: str) -> None:
    row = await resources.published(moment.tx, int(item))
    if row is not None:
        await contributions.published(moment, row)


def _sorted_out(words: str) -> tuple[str | None, Rest]:
    """The address, wherever it is among the words, and the other words."""
    pieces = words.split()
    at = next((at for at, piece in enumerate(pieces) if page_address(piece)), None)
    return (None, NOTHING) if at is None else (page_address(pieces.pop(at)), Rest(" ".join(pieces)))


def _with_source(title: str) -> tuple[Rest, str]:
    """The title without the source that is named at its end, and the source, empty if none is."""
    found = _SOURCE.search(title)
    if found is None:
        return Rest(title), ""
    return Rest(title[: found.start()]), one_line(found[1].strip(_QUOTES), longest=LONGEST_SOURCE)


async def _tell_team_of_the_first(ctx: Context, community: Community) -> None:
    """Inform the team of the first proposal that waits; further ones only add to their list."""
    if await resources.of_community(ctx.tx, community.slug, state=PROPOSED):
        return

    def words() -> Text:
        return Text.of(
            _("A resource is proposed to the community “{community}”.").format(
                community=name_in(community, language())
            ),
            _("To read what waits: `!admin doc list`"),
            _("I will not write again until this list is empty."),
        )

    await tell_team(ctx, community, words, key=f"proposed:{community.slug}:{ctx.event.event_id}")


def _already(known: Resource) -> str:
    if known.state == PROPOSED:
        return _("This page has been proposed already (DOC-{number}); the team has it in its list.").format(
            number=known.id
        )
    if known.state == ARCHIVED:
        return _("The team has archived this page (DOC-{number}). You may talk to them directly.").format(
            number=known.id
        )
    return _("This page is there already: “{title}”. To see it: `!doc DOC-{number}`").format(
        title=titled(known), number=known.id
    )


async def alike(ctx: Context, community: Community, title: str) -> list[Document]:
    """Published resources with nearly this title, two at most."""
    answer = await ctx.library.ask(ctx.tx, title, community=community.slug, today=ctx.now.date(), limit=10)
    near = [hit.document for hit in answer.hits if _likeness(title, hit.document.title) >= ALIKE]
    return near[:2]


def _likeness(one: str, other: str) -> float:
    """Likeness in percent, regardless of the order and the endings of the words."""
    return token_sort_ratio(" ".join(terms(one)), " ".join(terms(other)))


def title_of(document: Document) -> str:
    """The title of a document with its number: `Title (DOC-4)`."""
    return f"{one_line(document.title)} (DOC-{document.id})"
