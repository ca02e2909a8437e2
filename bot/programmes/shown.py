"""An application with the names of its people, and what it lacks."""

from bot.communities.acting import Hands
from bot.communities.tell import name
from bot.programmes import applications, members, themes
from bot.programmes.rules.application import Refusal
from bot.programmes.rules.team import lacks
from bot.programmes.tables import SupportApplication
from bot.programmes.texts import Shown
from bot.store.database import Transaction


async def shown(hands: Hands, application: SupportApplication) -> Shown:
    """All that is said of it. Raises MembersUnknown."""
    rows = await members.of(hands.tx, application)
    community = await applications.community_of(hands.tx, application)
    people = [*(row.person for row in rows), application.applicant, application.approver]
    names = {person: name(hands, person, community) for person in people if person}
    theme = await themes.get(hands.tx, application.theme)
    return Shown(application, theme, rows, names, await lacking(hands.tx, application))


async def lacking(tx: Transaction, application: SupportApplication) -> list[Refusal]:
    """What it lacks to be decided; nothing for one that is complete."""
    theme = await themes.get(tx, application.theme)
    found = lacks(
        members.mates(await members.of(tx, application)),
        framed=bool(application.need and application.project),
        approved=application.approver is not None and application.approved_at is not None,
        territorial=themes.is_territorial(theme),
    )
    return list(found)
