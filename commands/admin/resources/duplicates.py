"""`!admin doc doublons`: published resources that may be the same, for the team to merge."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.events.text import bullets, title
from bot.i18n import N_, _
from bot.resources import Resource, resources
from bot.resources.search.analysis import terms
from bot.resources.texts import titled
from commands.admin.resources.resources import SHOWN
from commands.admin.resources.resources import command as admin_doc


@admin_doc.verb(
    "doublons", "doublon", "duplicates", usage=N_("admin doc duplicates"), summary=N_("see what is there twice")
)
async def duplicates(ctx: Context) -> Reply:
    found = same_title(await resources.of_community(ctx.tx, the_community(ctx).slug))
    if not found:
        return say(_("No two resources have the same title."))
    first, second, *_more = found[0]
    hidden = len(found) - SHOWN
    return say(
        title(_("Resources of the same title ({count})").format(count=len(found))),
        bullets(*(" = ".join(map(titled, rows)) for rows in found[:SHOWN])),
        _("and {count} more").format(count=hidden) if hidden > 0 else "",
        _("To keep the first of two: `!admin doc merge DOC-{kept} DOC-{other}`").format(kept=first.id, other=second.id),
    )


def same_title(rows: Iterable[Resource]) -> list[Sequence[Resource]]:
    """Groups of resources whose titles have the same words, whatever their order, accents and endings."""
    groups: dict[tuple[str, ...], list[Resource]] = defaultdict(list)
    for row in rows:
        groups[tuple(sorted(terms(row.title)))].append(row)
    return [group for words, group in groups.items() if words and len(group) > 1]
