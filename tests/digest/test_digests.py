"""Promises of digests: in the room when the team wants one, in private to who asks; once, and never for nothing."""

from datetime import UTC, datetime, timedelta

from bot.communities import rooms
from bot.communities.settings import settings
from bot.digest.settings import DIGEST
from bot.i18n import speaking
from bot.meetups.rules.kinds import kind_named
from bot.meetups.texts import KINDS, kind_name
from bot.resources import resources
from bot.resources.resources import Draft
from tests.chat import ANA, BEN, CLEO, MODO, Chat, Said
from tests.commands.meetups import flat, publishes
from tests.homeserver import BOT
from tests.sheets.writing import publishes as a_sheet_is_published

PAGE = "https://example.org/pansement"
MEETING = '!rdv nouveau formation "Gestion du risque" mardi 2 mars 9h-10h'
HALF_HOUR = timedelta(minutes=30)


async def turn(chat: Chat, value: str) -> None:
    async with chat.database.transaction() as tx:
        await settings.put(tx, "numerique", DIGEST, value)
    await chat.engine.routine.look_around()


async def is_published(chat: Chat, title: str = "Choisir un pansement", address: str = PAGE) -> int:
    await chat.passes(minutes=1)
    async with chat.database.transaction() as tx:
        await resources.write(tx, "numerique", [Draft(title, address, source="HAS")], now=chat.now)
        (row,) = await resources.at_addresses(tx, "numerique", [address])
    assert row.id is not None
    return row.id


async def lives_until(chat: Chat, day: int, hour: float = 9.0, *, month: int = 1) -> None:
    """Until this hour of UTC, with the cron of the scheduler every half hour of Tuesdays from 8 to 15."""
    until = datetime(2027, month, day, tzinfo=UTC) + timedelta(hours=hour)
    while chat.now < until:
        step = HALF_HOUR if chat.now.isoweekday() == 2 and 8 <= chat.now.hour < 15 else timedelta(hours=4)
        await chat.passes(seconds=min(step, until - chat.now).total_seconds())
        if chat.now.isoweekday() == 2:
            await chat.engine.routine.look_around()
            await chat.passes(seconds=0)


async def digests(chat: Chat, room: str | None = None) -> list[Said]:
    return [said for said in chat.messages if said.room_id == (room or chat.room) and "Du nouveau" in said.text]


# ── in the room ───────────────────────────────────────────────────────────────────────────────────────────


async def test_the_room_gets_its_news_on_tuesday_at_ten_once_and_nothing_when_nothing_is_new(chat: Chat) -> None:
    await chat.passes(hours=2)
    await turn(chat, "hebdomadaire")
    number = await is_published(chat)
    await lives_until(chat, 12, 8.5)
    assert await digests(chat) == []
    await lives_until(chat, 12, 12)
    (said,) = await digests(chat)
    assert said.lines[0] == "Du nouveau\u00a0: Numérique en santé"
    assert f"Choisir un pansement (DOC-{number}), HAS" in said.text
    assert "prévu" not in said.text

    await chat.restarts()
    await lives_until(chat, 19, 12)
    assert len(await digests(chat)) == 1


async def test_it_is_off_until_the_team_turns_it_on_and_says_nothing_of_before(chat: Chat) -> None:
    await is_published(chat, "Ancienne", "https://example.org/ancienne")
    await lives_until(chat, 12, 10)
    await turn(chat, "hebdomadaire")
    await chat.passes(minutes=1)
    assert await digests(chat) == []
    await is_published(chat)
    await lives_until(chat, 19, 10)
    (said,) = await digests(chat)
    assert ("pansement" in said.text, "Ancienne" in said.text) == (True, False)
    await turn(chat, "non")
    await is_published(chat, "Autre", "https://example.org/autre")
    await lives_until(chat, 26, 10)
    assert len(await digests(chat)) == 1


async def test_after_an_absence_over_its_hour_it_comes_late_and_says_so_and_later_waits_for_the_next(
    chat: Chat,
) -> None:
    await chat.passes(hours=2)
    await turn(chat, "hebdomadaire")
    for away_until, late in (
        (datetime(2027, 1, 12, 15, tzinfo=UTC), True),
        (datetime(2027, 1, 21, 9, tzinfo=UTC), False),
    ):
        await is_published(chat, f"Page {away_until.day}", f"https://example.org/{away_until.day}")
        chat.now = away_until
        chat.forget()
        await chat.restarts()
        await chat.engine.routine.look_around()
        await chat.passes(seconds=0)
        found = [said.text for said in await digests(chat)]
        assert ["prévu mardi 12 janvier" in text for text in found] == ([True] if late else [])
    await lives_until(chat, 26, 10)
    (said,) = await digests(chat)
    assert ("Page 21" in said.text, "Page 12" in said.text, "prévu" in said.text) == (True, False, False)


async def test_where_we_are_not_or_may_not_write_nothing_waits_and_the_next_one_has_its_news(chat: Chat) -> None:
    await chat.passes(hours=2)
    await turn(chat, "hebdomadaire")
    await is_published(chat)
    levels = {"users": {MODO: 50}, "events_default": 50}
    chat.homeserver.event(chat.room, "m.room.power_levels", "@boss:example.org", levels, state_key="")
    await chat.hears(chat.room)
    await lives_until(chat, 14, 10)
    levels = {"users": {MODO: 50}}
    chat.homeserver.event(chat.room, "m.room.power_levels", "@boss:example.org", levels, state_key="")
    await chat.hears(chat.room)
    await chat.passes(days=1)
    assert await digests(chat) == []
    await lives_until(chat, 19, 10)
    assert [("pansement" in said.text) for said in await digests(chat)] == [True]


async def test_the_team_puts_something_first_with_its_newspaper_and_nobody_else_does(chat: Chat) -> None:
    await chat.passes(hours=2)
    await turn(chat, "hebdomadaire")
    card = await publishes(chat, MEETING)
    number = await is_published(chat)
    await lives_until(chat, 12, 12)
    await chat.reacts(ANA, "📰", card)
    await chat.reacts(MODO, "📰", card)
    assert any("sera en tête du prochain récapitulatif" in text for text in chat.texts)
    await chat.says(BEN, f"!doc DOC-{number}")
    shown = chat.last
    await chat.says(BEN, "récapitulatif", reply_to=shown)
    assert "C'est l'équipe" in chat.last.text
    await chat.says(MODO, "récapitulatif", reply_to=shown)
    assert "sera en tête" in chat.last.text
    reaction = await chat.reacts(MODO, "📰", shown)
    await chat.redacts(MODO, reaction)
    chat.forget()
    await lives_until(chat, 19, 12)
    (said,) = await digests(chat)
    assert "L'équipe recommande" in said.text
    assert "Gestion du risque (formation), mardi 2 mars, de 9\u00a0h\u00a000 à 10\u00a0h\u00a000 R-1" in said.text
    assert "pansement" not in said.text


async def test_minutes_and_sheets_are_put_first_too_where_they_are_read(chat: Chat) -> None:
    await chat.passes(hours=2)
    await turn(chat, "hebdomadaire")
    await a_sheet_is_published(chat)
    card = await publishes(chat, '!rdv nouveau "Café DPI" mercredi 6 janvier 14h')
    await chat.says(ANA, "^décision Un seul dossier", thread=card.event_id)
    await lives_until(chat, 6, 16)
    await chat.confirms(MODO, "!rdv R-1 cr")
    minutes = next(said for said in chat.messages if said.room_id == chat.room and said.text.startswith("Compte rendu"))
    await chat.says(BEN, "!F-1")
    for shown in (minutes, chat.last):
        await chat.reacts(ANA, "📰", shown)
        await chat.reacts(MODO, "📰", shown)
    assert len([text for text in chat.texts if "sera en tête du prochain récapitulatif" in text]) == 2
    chat.forget()
    await lives_until(chat, 12, 12)
    (said,) = await digests(chat)
    first, *rest = said.text.split("L'équipe recommande")[1].strip("\n").split("\n")
    assert flat(first) == "- Compte rendu de « Café DPI » (R-1), mercredi 6 janvier, de 14 h 00 à 15 h 00"
    assert "F-1" in rest[0]


async def test_the_team_ends_it_in_one_step_and_can_take_that_back_and_a_member_ends_nothing(chat: Chat) -> None:
    await chat.passes(hours=2)
    await turn(chat, "hebdomadaire")
    await is_published(chat)
    await lives_until(chat, 12, 12)
    (said,) = await digests(chat)
    await chat.reacts(ANA, "❌", said)
    await chat.says(ANA, "stop", reply_to=said)
    assert "c'est l'équipe de la communauté qui l'arrête" in chat.last.text
    await chat.says(MODO, "!récapitulatif")
    assert "hebdomadaire" in chat.last.text
    await chat.reacts(MODO, "❌", said)
    assert "Le salon ne reçoit plus de récapitulatif." in chat.last.text
    await chat.confirms(MODO, "!admin annuler")
    await chat.says(MODO, "!récapitulatif")
    assert "mardi 19 janvier" in chat.last.text


async def test_a_team_is_asked_once_after_four_weeks_whether_it_wants_one(chat: Chat) -> None:
    await lives_until(chat, 2, 1, month=2)
    assert not [text for text in chat.texts if "aimerait-il" in text]
    await lives_until(chat, 17, 1, month=2)
    offers = [said for said in chat.messages if "aimerait-il" in said.text]
    assert [said.meant_for for said in offers] == [[MODO]]
    assert await digests(chat) == []


# ── in private ────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_person_gets_in_private_what_they_subscribed_to_and_ends_it_in_one_step(chat: Chat) -> None:
    await chat.passes(hours=2)
    direct = await chat.direct(ANA)
    await chat.says(ANA, "!moi abonnements formation", room=direct)
    assert "rencontres (formation), chaque semaine" in chat.last.text
    assert "mardi 12 janvier" in chat.last.text
    await is_published(chat)
    await publishes(chat, MEETING)
    await publishes(chat, '!rdv nouveau "Café DPI" mardi 2 mars 14h')
    chat.forget()
    await lives_until(chat, 12, 12)
    (said,) = await digests(chat, direct)
    assert ("Gestion du risque" in said.text, "pansement" in said.text, "Café" in said.text) == (True, False, False)

    await chat.says(ANA, "stop", reply_to=said, room=direct)
    assert "1 abonnement arrêté" in chat.last.text
    await chat.reacts(ANA, "❌", said, room=direct)
    assert "il n'y a rien à arrêter" in chat.last.text
    await publishes(chat, MEETING)
    await lives_until(chat, 19, 12)
    assert await digests(chat, direct) == []


async def test_who_subscribed_to_a_territory_gets_its_meetups_and_resources_and_no_others(chat: Chat) -> None:
    await chat.passes(hours=2)
    rooms = {person: await chat.direct(person) for person in (ANA, BEN)}
    for person, place in ((ANA, "Grand Est"), (BEN, "Bretagne")):
        await chat.says(person, f"!moi abonnements {place}", room=rooms[person])
    assert "rencontres et nouvelles ressources pour Bretagne, chaque semaine" in chat.last.text
    await is_published(chat)
    await is_published(chat, "Plan régional Grand Est", "https://example.org/plan")
    await publishes(chat, '!rdv nouveau "Journée" mardi 2 mars 9h-17h territoire Haut-Rhin')
    await publishes(chat, '!rdv nouveau "Café DPI" mardi 2 mars 14h')
    chat.forget()
    await lives_until(chat, 12, 12)
    (said,) = await digests(chat, rooms[ANA])
    assert [name in said.text for name in ("Plan régional", "R-1", "pansement", "R-2")] == [True, True, False, False]
    assert await digests(chat, rooms[BEN]) == []


async def test_every_name_of_a_kind_is_understood_in_both_languages() -> None:
    wrong = []
    for spoken in ("fr", "en"):
        with speaking(spoken):
            wrong += [kind_name(kind) for kind in KINDS if kind_named(kind_name(kind)) != kind]
    assert wrong == []


async def test_what_cannot_be_subscribed_to_is_refused_with_the_way_out(chat: Chat) -> None:
    """What is written, and what the answer says."""
    direct = await chat.direct(ANA)
    for text, answer in {
        "!moi abonnements fin": "il n'y a rien à arrêter",
        "!moi abonnements ressources astrologie": "Je ne connais ni sujet ni territoire «\u00a0astrologie\u00a0» ici.",
        "!moi abonnements Alsace": "Lequel",
        "!moi abonnements ressources dans le salon": "c'est son équipe qui le choisit",
        "!moi abonnements ressources": "C'est noté",
        "!moi abonnements  Ressources chaque semaine": "Vous avez déjà cet abonnement",
        "!moi abonnements ressources mensuel": "nouvelles ressources, chaque mois",
        "!moi abonnements tout interopérabilité": "sur «\u00a0Interopérabilité\u00a0», chaque semaine",
        "!moi abonnements": "2. rencontres et nouvelles ressources sur «\u00a0Interopérabilité\u00a0», chaque semaine",
        "!moi abonnements fin 3": "Vous n'avez pas cet abonnement",
        "!moi abonnements fin ressources": "C'est terminé pour\u00a0: nouvelles ressources, chaque mois.",
        "!moi abonnements fin 1": "C'est terminé pour\u00a0: rencontres et nouvelles ressources",
    }.items():
        await chat.says(ANA, text, room=direct)
        assert answer in chat.last.text, (text, chat.last.text)


async def test_nothing_is_sent_to_who_left_said_stop_or_was_erased(chat: Chat) -> None:
    await chat.passes(hours=2)
    rooms = {person: await chat.direct(person) for person in (ANA, BEN, CLEO)}
    for person, room in rooms.items():
        await chat.says(person, "!moi abonnements ressources", room=room)
    await chat.says(BEN, "stop", room=rooms[BEN])
    await chat.confirms(CLEO, "oublie-moi", room=rooms[CLEO])
    chat.homeserver.member(chat.room, ANA, "leave")
    await chat.hears(chat.room)
    await is_published(chat)
    chat.forget()
    await lives_until(chat, 12, 12)
    assert [said for said in chat.messages if "Du nouveau" in said.text] == []
    assert await chat.rows("SELECT person FROM subscription") == [(BEN,)]


async def test_each_reader_s_clock_counts(chat: Chat) -> None:
    await chat.passes(hours=2)
    direct = await chat.direct(ANA)
    await chat.says(ANA, "!moi fuseau America/Martinique", room=direct)
    await chat.says(ANA, "!moi abonnements ressources", room=direct)
    await is_published(chat)
    await lives_until(chat, 5, 13.5)
    assert await digests(chat, direct) == []
    await lives_until(chat, 5, 14)
    assert len(await digests(chat, direct)) == 1


async def test_a_room_that_was_left_gets_nothing_and_its_successor_has_the_news(chat: Chat) -> None:
    await chat.passes(hours=2)
    await turn(chat, "hebdomadaire")
    await is_published(chat)
    chat.homeserver.member(chat.room, BOT, "leave")
    await chat.hears(chat.room)
    chat._rooms.left(chat.room)
    chat.forget()
    await lives_until(chat, 14)
    assert await digests(chat) == []

    async with chat.database.transaction() as tx:
        await rooms.follow(tx, chat.room, new := "!successeur:example.org")
    await chat.opens(new)
    await lives_until(chat, 19, 12)
    assert [("pansement" in said.text) for said in await digests(chat, new)] == [True]


async def test_who_said_stop_reads_with_their_subscriptions_that_nothing_comes(chat: Chat) -> None:
    direct = await chat.direct(ANA)
    await chat.says(ANA, "!moi abonnements ressources")
    await chat.says(ANA, "!moi abonnements", room=direct)
    assert "rien ne viendra" not in chat.last.text
    await chat.says(ANA, "stop", room=direct)
    assert (
        "Pour n'arrêter que les nouvelles, et rien d'autre\u00a0: reprendre, puis moi abonnements fin" in chat.last.text
    )
    await chat.says(ANA, "!moi abonnements", room=direct)

    assert "rien ne viendra avant que vous" in chat.last.text
