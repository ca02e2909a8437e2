"""How a change of the team is told: what it was about, and how that was before."""

from typing import Any

from bot.communities import communities, people, undo
from bot.communities.rules.roles import Role
from bot.communities.tables import Undo
from bot.dispatch.answer.context import Context
from bot.help import settings
from bot.i18n import N_, _
from bot.resources import resources
from bot.resources.resources import ARCHIVED, PROPOSED, PUBLISHED
from commands.admin.community import name
from commands.admin.mutual_help import told as told_delay
from commands.admin.room import kind_name, room_name
from commands.admin.team import person_name, role_name
from commands.doc import fields as doc_champs
from commands.doc.texts import one_line, titled

LANGUAGES = {"fr": N_("French"), "en": N_("English")}
STATES = {PROPOSED: N_("proposed"), PUBLISHED: N_("published"), ARCHIVED: N_("archived")}


async def thing(ctx: Context, row: Undo) -> str:
    """What a change was about, in a few words; no person is named."""
    if row.verb == undo.RESOURCE:
        found = await resources.whatever(ctx.tx, int(row.thing), community=row.community)
        return _("the resource “{title}”").format(title=titled(found) if found else f"DOC-{row.thing}")
    sentence = {
        undo.ROOM: _("what is set of the room {room}"),
        undo.LINK: _("the link of the room {room}"),
        undo.MAIN_ROOM: _("the main room"),
        undo.TEAM: _("the roles given in the team"),
        undo.SYNONYM: _("the synonyms of “{word}”"),
        undo.HELP_DELAY: _("how long volunteers are waited for"),
    }[row.verb]
    return sentence.format(room=room_name(ctx, row.thing), word=one_line(row.thing, longest=40))


async def before(ctx: Context, row: Undo) -> str:
    """How the thing was before the change."""
    fields = row.arguments
    if row.verb in (undo.LINK, undo.TEAM):
        return await (_link if row.verb == undo.LINK else _team)(ctx, row)
    if row.verb == undo.MAIN_ROOM:
        return room_name(ctx, fields["room"]) if fields.get("room") else _("none")
    if row.verb == undo.SYNONYM:
        return one_line(" = ".join(fields.get("words") or ())) or _("no other words")
    if row.verb == undo.HELP_DELAY:
        return told_delay(settings.read_wait(fields["delay"])) if fields.get("delay") else _("the usual delay")
    return _of_room(fields) if row.verb == undo.ROOM else _of_resource(fields)


async def _link(ctx: Context, row: Undo) -> str:
    slug = row.arguments.get("community")
    community = await communities.get(ctx.tx, slug) if slug else None
    return name(ctx, community) if community else _("linked to no community")


async def _team(ctx: Context, row: Undo) -> str:
    """Who: as the appointments themselves still say."""
    given = {str(one.id): one for one in await people.appointed(ctx.tx, row.community, ended=True)}
    sentences = [
        (_("{name} ({role})") if had else _("{name}, without a role ({role})")).format(
            name=person_name(ctx, given[identity].person), role=role_name(Role(given[identity].role))
        )
        for identity, had in row.arguments.items()
        if identity in given
    ]
    return ", ".join(sentences)


def _of_room(fields: dict[str, Any]) -> str:
    if "kind" in fields:
        return kind_name(fields["kind"])
    known = LANGUAGES.get(fields["language"])
    return _(known) if known else _("the community's language")


def _of_resource(fields: dict[str, Any]) -> str:
    """Its state, or else the one field that was corrected."""
    if "state" in fields:
        state = STATES[str(fields["state"])]
        return _(state)
    column, value = next(iter(fields.items()))
    return doc_champs.told(column, value)
