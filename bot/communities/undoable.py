"""What a team changes of its rooms and of itself, and can take back."""

from bot.communities import communities, rooms
from bot.communities.acting import Actor
from bot.communities.communities import name_in
from bot.communities.people import people
from bot.communities.rules.roles import Role
from bot.communities.team import appointment_notice
from bot.communities.texts import kind_name, person_name, protection_name, role_name
from bot.errors import UserError
from bot.i18n import N_, _, language
from bot.noun import Fields, Undoable
from bot.store.database import Transaction

LANGUAGES = {"fr": N_("French"), "en": N_("English")}


# ── what is set of a room ─────────────────────────────────────────────────────────────────────────────────


async def _room(tx: Transaction, _community: str, thing: str) -> Fields:
    found = await rooms.settings(tx, thing)
    return {name: found[name] for name in ("kind", "language", "protection") if name in found}


async def _set_room(actor: Actor, _community: str, thing: str, fields: Fields) -> None:
    bound = await rooms.binding(actor.tx, thing)
    assert bound is not None
    if "kind" in fields:
        await rooms.set_kind(actor.tx, bound, fields["kind"])
    if "language" in fields:
        await rooms.set_language(actor.tx, bound, fields["language"])
    if "protection" in fields:
        await rooms.set_protection(actor.tx, bound, fields["protection"])


async def _named_room(actor: Actor, _community: str, thing: str) -> str:
    return _("what is set of the room {room}").format(room=rooms.called(actor.directory, thing))


async def _set_before(_actor: Actor, _community: str, fields: Fields) -> str:
    if "kind" in fields:
        return kind_name(fields["kind"])
    if "protection" in fields:
        return protection_name(fields["protection"])
    known = LANGUAGES.get(fields["language"])
    return _(known) if known else _("the community's language")


ROOM = Undoable("room", fields=_room, put=_set_room, thing=_named_room, before=_set_before)


# ── which community a room belongs to ─────────────────────────────────────────────────────────────────────


async def _link(tx: Transaction, community: str, thing: str) -> Fields:
    found = await rooms.settings(tx, thing)
    main = await communities.with_main_room(tx, thing)
    spoken = found.get("language") or ""
    return found | {"language": spoken, "main": main is not None} if found else {}


async def _set_link(actor: Actor, community: str, thing: str, fields: Fields) -> None:
    """Linked as it was, or not at all; by whoever takes it back, who answers for it from then on."""
    bound = await rooms.binding(actor.tx, thing)
    if fields["community"] is None:
        assert bound is not None
        await rooms.unlink(actor.tx, bound)
        return
    owner = await communities.get(actor.tx, community)
    assert owner is not None
    if fields["main"] and owner.main_room is not None:
        raise UserError(_("The community has another main room by now. To link this one: `!admin community link`"))
    made = await rooms.link(
        actor.tx, thing, owner, account=actor.account, by=actor.sender, now=actor.now, main=fields["main"]
    )
    await rooms.set_kind(actor.tx, made, fields["kind"])
    await rooms.set_language(actor.tx, made, fields["language"] or None)
    await rooms.set_protection(actor.tx, made, fields.get("protection") or rooms.WARN)


async def _named_link(actor: Actor, _community: str, thing: str) -> str:
    return _("the link of the room {room}").format(room=rooms.called(actor.directory, thing))


async def _linked_before(actor: Actor, _community: str, fields: Fields) -> str:
    slug = fields.get("community")
    owner = await communities.get(actor.tx, slug) if slug else None
    return name_in(owner, language()) if owner else _("linked to no community")


LINK = Undoable("link", fields=_link, put=_set_link, thing=_named_link, before=_linked_before)


# ── the main room ─────────────────────────────────────────────────────────────────────────────────────────


async def _main_room(tx: Transaction, community: str, _thing: str) -> Fields:
    return {"room": await communities.main_room(tx, community)}


async def _set_main_room(actor: Actor, community: str, _thing: str, fields: Fields) -> None:
    owner = await communities.get(actor.tx, community)
    bound = await rooms.settings(actor.tx, fields["room"])
    if owner is None or bound.get("community") != community:
        raise UserError(_("That room no longer belongs to the community: it cannot be its main room again."))
    await communities.set_main_room(actor.tx, owner, fields["room"])


async def _named_main_room(_actor: Actor, _community: str, _thing: str) -> str:
    return _("the main room")


async def _main_room_before(actor: Actor, _community: str, fields: Fields) -> str:
    return rooms.called(actor.directory, fields["room"]) if fields.get("room") else _("none")


MAIN_ROOM = Undoable(
    "main-room", fields=_main_room, put=_set_main_room, thing=_named_main_room, before=_main_room_before
)


# ── topics ────────────────────────────────────────────────────────────────────────────────────────────────


async def _topic(tx: Transaction, community: str, thing: str) -> Fields:
    found = await communities.topic(tx, community, thing)
    return {"place": found.id, "name": found.name, "parent": found.parent} if found is not None else {}


async def _set_topic(actor: Actor, community: str, thing: str, fields: Fields) -> None:
    if fields["name"] is None:
        await communities.remove_topic(actor.tx, community, thing)
        return
    place, parent = fields.get("place"), fields.get("parent")
    await communities.put_topic(actor.tx, community, thing, fields["name"], parent=parent, place=place)


async def _named_topic(actor: Actor, community: str, thing: str) -> str:
    found = await communities.topic(actor.tx, community, thing)
    return _("the topic “{topic}”").format(topic=communities.spoken(found.name, language()) if found else thing)


async def _topic_before(_actor: Actor, _community: str, fields: Fields) -> str:
    return communities.spoken(fields["name"], language()) if fields.get("name") else _("none")


TOPIC = Undoable("topic", fields=_topic, put=_set_topic, thing=_named_topic, before=_topic_before)


# ── roles in the team ─────────────────────────────────────────────────────────────────────────────────────


async def _team(tx: Transaction, community: str, _thing: str) -> Fields:
    return {str(row.id): True for row in await people.appointed(tx, community)}


async def _set_team(actor: Actor, community: str, _thing: str, fields: Fields) -> None:
    """Given or ended as before; those whom it concerns learn it."""
    for identity, given in fields.items():
        if not await people.reappoint(actor.tx, int(identity), ended_at=None if given else actor.now):
            raise UserError(_("The person concerned has been forgotten since: this cannot be taken back."))
    given = await people.appointed(actor.tx, community, ended=True)
    for person in {row.person for row in given if str(row.id) in fields}:
        await appointment_notice.later(actor, community, person)


async def _named_team(_actor: Actor, _community: str, _thing: str) -> str:
    return _("the roles given in the team")


async def _team_before(actor: Actor, community: str, fields: Fields) -> str:
    """Who: as the appointments themselves still say."""
    given = {str(one.id): one for one in await people.appointed(actor.tx, community, ended=True)}
    sentences = [
        (_("{name} ({role})") if had else _("{name}, without a role ({role})")).format(
            name=person_name(actor, given[identity].person), role=role_name(Role(given[identity].role))
        )
        for identity, had in fields.items()
        if identity in given
    ]
    return ", ".join(sentences)


TEAM = Undoable("team", fields=_team, put=_set_team, thing=_named_team, before=_team_before)
