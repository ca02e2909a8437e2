"""How far a sheet has come, gathered for whoever reads it."""

from collections.abc import Collection, Sequence

from sqlmodel import col, or_, select

from bot.communities import communities
from bot.communities.acting import Hands
from bot.communities.communities import name_in
from bot.communities.tell import zone
from bot.i18n import language
from bot.sheets import sheets, texts
from bot.sheets.journey import circulations, milestones, places, results, trials
from bot.sheets.journey.texts_milestones import Way
from bot.sheets.reading import published
from bot.sheets.rules.milestones import Milestone, next_step
from bot.sheets.rules.sheet import PUBLIC
from bot.sheets.rules.trial import Result, Trial
from bot.sheets.tables import Sheet
from bot.sheets.writing import authors
from bot.store.database import Transaction


async def of(hands: Hands, sheet: Sheet, person: str, *, here: Collection[str]) -> Way:
    """What is shown to a person of how far a sheet has come; `here`: the communities in which they read it."""
    reached = await milestones.reached(hands.tx, sheet)
    accepted = await results.of(hands.tx, sheet, status=Result.ACCEPTED)
    children = [child for child in await adaptations(hands.tx, sheet) if child.id is not None]
    seen = [child for child in children if child.community in here]
    return Way(
        tried=await trials.structures(hands.tx, sheet) if Milestone.TRIED in reached else 0,
        evaluated=places.count(accepted),
        valued=Milestone.VALUED in reached,
        verify_at=sheet.verify_at,
        elsewhere=await _elsewhere(hands.tx, sheet, here),
        home=None if sheet.community in here else await sheets.community_of(hands.tx, sheet),
        results=tuple(result.text for result in accepted if result.text),
        parent=await parent_of(hands.tx, sheet),
        children=tuple(map(texts.titled, seen)),
        hidden_children=len(children) - len(seen),
        next_step=await _next_step(hands, sheet, person, reached),
        zone=zone(await sheets.community_of(hands.tx, sheet)),
    )


async def _next_step(hands: Hands, sheet: Sheet, person: str, reached: Collection[Milestone]) -> Milestone | None:
    trial = await trials.of(hands.tx, sheet, person)
    tries = trial is not None and trial.status in (Trial.TRYING, Trial.ASKED)
    if trial is not None and trial.status == Trial.ANSWERED:
        return None
    return next_step(reached, signs=person in await authors.signing(hands.tx, sheet), tries=tries)


async def _elsewhere(tx: Transaction, sheet: Sheet, here: Collection[str]) -> tuple[str, ...]:
    """The names of the other communities that found it: to those who read it at home."""
    if sheet.community not in here:
        return ()
    found = [await communities.get(tx, slug) for slug in await circulations.taken_up(tx, sheet)]
    return tuple(name_in(community, language()) for community in found if community is not None)


# ── adaptations ───────────────────────────────────────────────────────────────────────────────────────────


async def adaptations(tx: Transaction, sheet: Sheet) -> Sequence[Sheet]:
    """The published sheets that adapt this one, oldest first."""
    read = or_(col(Sheet.status).in_(PUBLIC), col(Sheet.published).is_not(None))
    rows = select(Sheet).where(Sheet.parent == sheet.id, read)
    return [published.as_read(child) for child in await tx.exec(rows.order_by(col(Sheet.id)))]


async def being_adapted_by(tx: Transaction, sheet: Sheet, person: str) -> Sheet | None:
    """The sheet that the person began as an adaptation of this one, and that is not over."""
    mine = (await sheets.of_person(tx, person)) if sheet.id is not None else ()
    return next((one for one in mine if one.parent == sheet.id and one.status not in PUBLIC), None)


async def parent_of(tx: Transaction, sheet: Sheet) -> str:
    """What a sheet adapts, by title and number while that can be read; empty if nothing."""
    parent = await sheets.get(tx, sheet.parent) if sheet.parent is not None else None
    if parent is None or published.is_read(parent):
        return texts.titled(parent) if parent is not None else ""
    return texts.standing(parent, named=False)
