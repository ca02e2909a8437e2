"""A sheet as searches find it: a resource of its own community, and of those that took it up."""

from bot.communities import Community, communities
from bot.communities.acting import Hands
from bot.i18n import _, language, speaking
from bot.resources import Resource, resources
from bot.resources.checks import arm, zone_of
from bot.resources.resources import Draft
from bot.resources.search.kinds import SHEET
from bot.resources.texts import one_line
from bot.sheets import sheets, texts
from bot.sheets.tables import Sheet
from bot.store.database import Transaction
from bot.volunteers import topics


async def put(hands: Hands, sheet: Sheet, community: Community) -> Resource:
    """Let it be found in a community, or find there what it says now. At home its author answers for it."""
    draft = await _draft(hands, sheet, community)
    facets, owner = (SHEET, *sheet.ingredients), sheet.author if community.slug == sheet.community else None
    number = sheets.number(sheet)
    row = await resources.put(hands.tx, community.slug, draft, origin=number, facets=facets, owner=owner, now=hands.now)
    await arm(hands, row)
    return row


async def _draft(hands: Hands, sheet: Sheet, community: Community) -> Draft:
    """In the language of the community that searches."""
    known = await communities.topics_of(hands.tx, sheet.community)
    with speaking(community.language):
        words = [_(texts.INGREDIENTS[one]) for one in sheet.ingredients]
        words += [topics.label(one, known, language()) for one in sheet.topics]
        words += [_(texts.STAKES[one]) for one in sheet.stakes]
        words += [place] if (place := sheet.fields.get("territory", "")) else []
        source = one_line(sheet.fields.get("source", "")) or _("a member of the community")
    return Draft(
        title=one_line(sheet.title),
        url=f"fiche:{sheets.number(sheet)}",
        summary=" ".join((sheet.done, sheet.result, sheet.need)),  # the title begins as the need does
        kind=sheet.kind,
        tags=tuple(words),
        source=source,
        verified_on=hands.now.astimezone(zone_of(community)).date().isoformat(),
    )


async def put_everywhere(hands: Hands, sheet: Sheet) -> None:
    """Let it be found at home, and wherever it is found already, as it is now."""
    await put(hands, sheet, await sheets.community_of(hands.tx, sheet))
    for row in await resources.every_of_origin(hands.tx, sheets.number(sheet)):
        community = await communities.get(hands.tx, row.community)
        if community is not None and row.state == resources.PUBLISHED and row.community != sheet.community:
            await put(hands, sheet, community)


async def mark(hands: Hands, sheet: Sheet, **values: object) -> None:
    """Change how it is found, in every community."""
    for row in await resources.every_of_origin(hands.tx, sheets.number(sheet)):
        await arm(hands, await resources.change(hands.tx, row, **values))


async def mark_in(hands: Hands, sheet: Sheet, community: str, **values: object) -> None:
    """Change how it is found in one community."""
    row = await resources.of_origin(hands.tx, community, sheets.number(sheet))
    if row is not None:
        await arm(hands, await resources.change(hands.tx, row, **values))


async def of_card(tx: Transaction, item: str) -> str | None:
    """The number of the resource as which what a card shows (`12/community`) is found there now."""
    number, _slash, slug = item.partition("/")
    row = await resources.of_origin(tx, slug, f"F-{number}")
    return str(row.id) if row is not None and row.state == resources.PUBLISHED else None
