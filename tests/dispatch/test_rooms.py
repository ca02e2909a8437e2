"""Communities and their rooms: made, linked, set up, left, upgraded; and the language spoken in each."""

import pytest

from bot.communities import rooms
from bot.events.messages import Message
from bot.events.text import Text
from bot.mailbox import direct_chats
from tests.attacks.gone import seats
from tests.attacks.moves import MARIE, SUCCESSOR, closes, is_linked, private, successor
from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat
from tests.homeserver import BOT
from tests.said import WELCOME

STRANGER = "@eve:elsewhere.net"


async def test_a_sixth_community_is_made_in_chat_and_has_its_own_rooms(chat: Chat) -> None:
    await chat.says(BOSS, "!admin communauté créer soins-palliatifs «\u00a0Soins palliatifs\u00a0»")
    assert chat.last.lines == [
        "Aperçu. Rien n'est encore créé.",
        "Communauté\u00a0: Soins palliatifs (nom court\u00a0: soins-palliatifs)",
        "Elle commencerait sans salon et sans ressource. Cela ne s'annule pas.",
        "La créer\u00a0? ✅ oui, ❌ non",
    ]
    await chat.says(BOSS, "oui")

    room = await chat.opens("!palliatif:example.org", community="soins-palliatifs")
    await chat.says(ANA, "!doc messagerie", room=room)
    assert "Je n'ai rien trouvé" in chat.last.text
    await chat.says(ANA, "!admin communauté lister", room=room)
    assert "Ce salon est relié à la communauté Soins palliatifs." in chat.last.text


@pytest.mark.parametrize("person", [ANA, MODO])
async def test_only_who_operates_the_bot_makes_communities(chat: Chat, person: str) -> None:
    await chat.says(person, "!admin communauté créer soins Soins")

    assert chat.last.text == "Cette action est réservée aux personnes qui exploitent ce robot."


@pytest.mark.parametrize("slug", ["Soins", "soins_palliatifs", "-soins", "s" * 41, "numerique"])
async def test_a_short_name_that_cannot_be_is_refused_with_the_reason(chat: Chat, slug: str) -> None:
    await chat.says(BOSS, f"!admin communauté créer {slug} «\u00a0Soins\u00a0»")
    await chat.says(BOSS, "oui")

    assert len(await chat.rows("SELECT slug FROM community")) == 5


async def test_a_moderator_links_a_further_room_after_a_yes(chat: Chat) -> None:
    room = await chat.opens("!second:example.org")
    await chat.says(MODO, "!admin communauté lier Numérique", room=room)
    assert "Le relier\u00a0?" in chat.last.text

    await chat.says(MODO, "oui", room=room)

    assert "Ce salon est relié à la communauté Numérique en santé." in chat.last.text
    await chat.says(ANA, "!doc messagerie", room=room)
    assert "Tchap" in chat.last.text


async def test_a_moderator_who_is_none_any_more_links_nothing(chat: Chat) -> None:
    room = await chat.opens("!second:example.org")
    await chat.says(MODO, "!admin communauté lier numerique", room=room)
    chat.homeserver.event(chat.room, "m.room.power_levels", BOSS, {"users": {}}, state_key="")

    await chat.says(MODO, "oui", room=room)

    async with chat.database.reading() as tx:
        assert await rooms.binding(tx, room) is None


async def test_a_member_s_wish_to_link_a_room_is_put_to_the_team(chat: Chat) -> None:
    room = await chat.opens("!second:example.org", power={ANA: 100})
    await chat.says(ANA, "!admin communauté lier numerique", room=room)
    card = next(said for said in chat.messages if said.room_id == chat.room)

    await chat.reacts(BEN, "✅", card)
    async with chat.database.reading() as tx:
        assert await rooms.binding(tx, room) is None

    await chat.reacts(MODO, "👍", card)
    async with chat.database.reading() as tx:
        assert await rooms.binding(tx, room) is not None
    there, here = ([said.text for said in chat.messages if said.room_id == each] for each in (room, chat.room))
    assert "Ce salon est relié à la communauté Numérique en santé." in there[-1]
    assert here[-1] == "Le salon est relié à la communauté Numérique en santé. Je le dis là-bas."


async def test_a_room_hears_that_the_team_does_not_link_it(chat: Chat) -> None:
    room = await chat.opens("!second:example.org", power={ANA: 100})
    await chat.says(ANA, "!admin communauté lier numerique", room=room)
    await chat.reacts(MODO, "❌", next(said for said in chat.messages if said.room_id == chat.room))

    there, here = ([said.text for said in chat.messages if said.room_id == each] for each in (room, chat.room))
    assert there[-1].startswith("L'équipe de la communauté Numérique en santé ne relie pas ce salon.")
    assert len(here) == 2


async def test_a_room_that_was_linked_meanwhile_is_not_linked_again(chat: Chat) -> None:
    room = await chat.opens("!second:example.org", power={ANA: 100})
    await chat.says(ANA, "!admin communauté lier numerique", room=room)
    card = next(said for said in chat.messages if said.room_id == chat.room)
    await chat.says(BOSS, "!admin communauté lier rse", room=room)
    there = len([said for said in chat.messages if said.room_id == room])

    await chat.reacts(MODO, "✅", card)

    assert chat.last.text == "Ce salon a été relié à une communauté entre-temps. Rien n'a changé."
    assert len([said for said in chat.messages if said.room_id == room]) == there


@pytest.mark.parametrize(
    ("word", "kind"), [("experts", "experts"), ("modération", "moderation"), ("aide", "help"), ("team", "moderation")]
)
async def test_a_room_is_given_a_kind(chat: Chat, word: str, kind: str) -> None:
    await chat.says(MODO, f"!admin salon {word}")
    await chat.says(MODO, "oui")

    async with chat.database.reading() as tx:
        bound = await rooms.binding(tx, chat.room)
    assert bound is not None
    assert bound.kind == kind


async def test_the_main_room_is_moved_by_an_administrator_only(chat: Chat) -> None:
    second = await chat.opens("!second:example.org", community="numerique", power={BEN: 100, MODO: 0})

    await chat.says(MODO, "!admin salon principal", room=second)
    assert "administrent le salon principal" in chat.last.text

    await chat.says(BOSS, "!admin salon principal", room=second)
    await chat.says(BOSS, "oui", room=second)
    await chat.says(BEN, "!admin salon experts", room=second)
    assert "Ce salon deviendrait" in chat.last.text
    await chat.says(MODO, "!admin salon experts")
    assert "réservée à l'équipe" in chat.last.text


async def test_an_administrator_gives_and_takes_back_a_role(chat: Chat) -> None:
    await chat.says(BOSS, "!admin équipe ajouter Cleo", mentions=[CLEO])
    await chat.says(BOSS, "oui")
    assert chat.last.lines[0] == f"C'est fait. Cleo ({CLEO})\u00a0: modération."

    await chat.says(CLEO, "!admin salon experts")
    assert "Ce salon deviendrait" in chat.last.text
    await chat.says(CLEO, "!admin équipe ajouter Ana", mentions=[ANA])
    assert "administrent le salon principal" in chat.last.text

    await chat.says(BOSS, f"!admin équipe retirer {CLEO}")
    await chat.says(BOSS, "oui")
    await chat.says(CLEO, "!admin salon experts")
    assert "réservée à l'équipe" in chat.last.text


async def test_a_role_given_before_somebody_joins_waits_for_them(chat: Chat) -> None:
    await chat.confirms(BOSS, f"!admin équipe ajouter {STRANGER}")
    await seats(chat, ANA)
    await chat.restarts()
    await chat.passes(days=15)  # before Ana is reminded, the members are asked for
    chat.homeserver.member(chat.room, STRANGER)
    await chat.hears(chat.room)

    await chat.says(STRANGER, "!admin salon experts")
    assert "Ce salon deviendrait" in chat.last.text


async def test_a_role_in_one_community_is_none_in_another(chat: Chat) -> None:
    other = await chat.opens("!rse:example.org", community="rse", power={MODO: 0})
    await chat.says(BOSS, "!admin équipe ajouter Cleo", mentions=[CLEO])
    await chat.says(BOSS, "oui")

    for person in (CLEO, MODO):
        await chat.says(person, "!admin salon experts", room=other)
        assert "réservée à l'équipe" in chat.last.text


async def test_what_was_planned_in_a_room_is_not_said_there_once_it_is_unlinked(chat: Chat) -> None:
    second = await chat.opens("!second:example.org", community="numerique")
    for line in ("!rdv nouveau «\u00a0Zinnia\u00a0» mardi 26 janvier 14h", "oui", "!rappel salon 7 janvier 10h Zinnia"):
        await chat.says(BOSS, line, room=second)
    assert "rappellerai à ce salon" in chat.last.text
    await chat.confirms(BOSS, "!admin communauté délier", room=second)
    chat.forget()
    await chat.passes(days=3)
    await chat.says(BOSS, "!admin communauté lier rse", room=second)
    await chat.passes(days=30)

    assert [said.text for said in chat.messages if said.room_id == second and "Zinnia" in said.text] == []


# ── rooms of no community ─────────────────────────────────────────────────────────────────────────────────


async def test_a_room_of_no_community_hears_how_it_is_linked(chat: Chat) -> None:
    room = await chat.opens("!none:example.org")
    for written, answered in (("!doc messagerie", 0), ("!moi aussi", 0), ("!ping", 1), ("!aide", 1)):
        chat.forget()
        await chat.says(ANA, written, room=room)
        assert len(chat.messages) == answered, written
    assert "!admin communauté" in chat.last.text

    await chat.says(ANA, "Relais, que fais-tu ?", room=room, mentions=[BOT])
    assert "Ce salon n'est relié à aucune communauté" in chat.last.text


# ── arrivals and departures ───────────────────────────────────────────────────────────────────────────────


async def test_arriving_in_a_linked_room_is_one_message_to_all(chat: Chat) -> None:
    chat.homeserver.member(chat.room, BOT, "leave")
    await chat.hears(chat.room)
    chat.homeserver.member(chat.room, BOT)
    await chat.hears(chat.room)

    assert len(chat.messages) == 1
    assert chat.last.lines[0] == "Bonjour à toutes et à tous. Je suis Relais, un programme automatique."
    await chat.says(ANA, "!doc messagerie")
    assert "Tchap" in chat.last.text


@pytest.mark.parametrize("membership", ["leave", "ban"])
async def test_what_was_to_be_said_in_a_room_that_we_were_removed_from_is_dropped(chat: Chat, membership: str) -> None:
    second = await chat.opens("!second:example.org", community="numerique")
    chat.homeserver.event(
        second,
        "m.room.member",
        BOSS,
        {"membership": membership},
        state_key=BOT,
        unsigned={"prev_content": {"membership": "join"}},
    )
    async with chat.database.transaction() as tx:
        await chat.outbox.say(tx, Message(Text.of("Trop tard")), key="k", to=second, now=chat.now)
        tx.after_commit.clear()
    await chat.hears(second)

    assert [said.room_id for said in chat.messages] == [chat.room]
    assert "On m'a retiré d'un salon de cette communauté" in chat.last.text
    async with chat.database.reading() as tx:
        sent = await chat.outbox.row(tx, "k")
    assert sent is not None
    assert (sent.status, sent.content) == ("failed", {})


@pytest.mark.parametrize(("upgrader", "followed"), [(BOSS, True), (STRANGER, False)])
async def test_a_main_room_is_followed_only_with_somebody_who_administers_it(
    chat: Chat, upgrader: str, followed: bool
) -> None:
    for line in ("!rdv nouveau «\u00a0Zinnia\u00a0» mardi 19 janvier 14h", "oui", "!rappel salon 7 janvier 10h Zinnia"):
        await chat.says(MODO, line)
    chat.homeserver.create("!new:example.org", upgrader, predecessor={"room_id": chat.room})
    for person in (ANA, MODO):
        chat.homeserver.member("!new:example.org", person)
    body = {"body": "upgraded", "replacement_room": "!new:example.org"}

    await chat.does(upgrader, "m.room.tombstone", body, state_key="")
    await chat.hears("!new:example.org")

    assert (BOT in chat.homeserver.members("!new:example.org")) is followed
    async with chat.database.reading() as tx:
        bound = await rooms.binding(tx, "!new:example.org")
    assert (bound is not None) is followed
    if followed:
        await chat.says(ANA, "!doc messagerie", room="!new:example.org")
        assert "Tchap" in chat.last.text
    chat.forget()
    await chat.passes(days=8)
    told = {said.room_id for said in chat.messages if "Zinnia" in said.text}
    assert told == {"!new:example.org" if followed else chat.room}


async def test_bare_words_count_in_a_help_room_through_an_upgrade_and_until_it_is_unlinked(chat: Chat) -> None:
    old = await chat.opens("!help:example.org", community="numerique")
    for line in ("!admin salon aide", "!rdv nouveau «\u00a0Zinnia\u00a0» mardi 19 janvier 14h"):
        await chat.confirms(MODO, line, room=old)
    room = chat.homeserver.create("!new:example.org", BOSS, predecessor={"room_id": old}).room_id
    for person in (ANA, BEN, MODO):
        chat.homeserver.member(room, person)
    await chat.does(BOSS, "m.room.tombstone", {"body": "", "replacement_room": room}, room=old, state_key="")
    await chat.hears(room)

    await chat.says(MODO, "!rdv", room=room)
    await chat.says(BEN, "oui", room=room)
    assert "C'est noté, vous venez" in [said.text for said in chat.messages if said.room_id == room][-1]

    await chat.confirms(MODO, "!admin communauté délier", room=room)
    yes = await chat.says(ANA, "oui", room=room)
    assert yes not in [key for (key,) in await chat.rows("SELECT source_key FROM inbox")]


async def test_a_preview_of_a_room_that_is_upgraded_is_answered_in_the_new_one(chat: Chat) -> None:
    old = await chat.opens("!second:example.org", community="numerique")
    await chat.says(MODO, "!rdv nouveau «\u00a0Zinnia\u00a0» mardi 19 janvier 14h", room=old)
    room = chat.homeserver.create("!new:example.org", BOSS, predecessor={"room_id": old}).room_id
    for person in (ANA, MODO):
        chat.homeserver.member(room, person)
    await chat.does(BOSS, "m.room.tombstone", {"body": "", "replacement_room": room}, room=old, state_key="")
    await chat.hears(room)
    chat.forget()

    await chat.says(ANA, "oui", room=room)
    assert chat.sent == []
    await chat.says(MODO, "oui", room=room)
    assert {said.room_id for said in chat.messages if "Zinnia" in said.text} == {room}
    assert await chat.rows("SELECT room_id FROM meetup_series") == [(room,)]


async def test_a_room_that_was_replaced_proves_nothing_against_the_new_one(chat: Chat) -> None:
    await chat.says(MODO, '!rdv nouveau "Zinnia" mardi 19 janvier 14h')
    await chat.says(MODO, "oui")
    await chat.does(BOSS, "m.room.power_levels", {"users": {BOSS: 100, MODO: 50}}, state_key="")
    new = await successor(chat, BOSS, of=chat.room)
    await closes(chat, BOSS, chat.room)
    chat.homeserver.member(new, BEN, "ban")
    await chat.restarts()
    chat._rooms._rooms[new].gone.clear()  # a sync names only who has spoken lately, and Ben did in the old room

    await chat.says(BEN, "!rdv R-1", room=await chat.direct(BEN))
    assert "Je ne vois pas de communauté" in chat.last.text


async def test_an_administrator_from_elsewhere_is_followed(chat: Chat) -> None:
    second = await chat.opens("!second:example.org", community="numerique", creator=MARIE, power={MARIE: 100})
    chat.homeserver.member(second, MARIE)
    await chat.hears(second)
    await successor(chat, MARIE, of=second)
    chat.homeserver.refuse = private
    await closes(chat, MARIE, second)
    assert not await is_linked(chat, SUCCESSOR)
    chat.homeserver.refuse = lambda method, path: None
    await chat.restarts()

    await chat.invites(MARIE, SUCCESSOR)
    await chat.hears(SUCCESSOR)
    assert await is_linked(chat, SUCCESSOR)
    assert not await is_linked(chat, second)
    await chat.says(ANA, "!doc messagerie", room=SUCCESSOR)
    assert "Tchap" in chat.last.text


# ── language ──────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_room_speaks_its_language_and_a_person_theirs(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, "moi langue anglais", room=room)
    assert "in English" in chat.last.text

    await chat.says(ANA, "!aide")
    assert "Voici ce que vous pouvez m'écrire" in chat.last.text
    await chat.says(ANA, "help", room=room)
    assert "Here is what you may write to me" in chat.last.text


async def test_a_host_of_the_room_sets_its_language_without_being_of_the_team(chat: Chat) -> None:
    second = await chat.opens("!second:example.org", community="numerique", power={BEN: 50})

    await chat.says(ANA, "!admin langue en", room=second)
    assert "réservée" in chat.last.text
    await chat.says(BEN, "!admin langue", room=second)
    assert chat.last.lines == ["Dans ce salon, j'écris en français.", "Pour changer\u00a0: !admin langue en"]
    await chat.says(BEN, "!admin langue en", room=second)
    await chat.says(BEN, "oui", room=second)
    await chat.says(BEN, "!admin language", room=second)
    assert chat.last.lines == ["In this room I write in English.", "To change it: !admin language fr"]
    await chat.says(ANA, "!help", room=second)
    assert "Here is what you may write to me" in chat.last.text
    await chat.says(BEN, "!admin salon experts", room=second)
    assert "reserved for the team" in chat.last.text


async def test_who_unlinks_a_room_is_not_welcomed_in_it_by_the_same_answer(chat: Chat) -> None:
    room = await chat.opens("!second:example.org", community="numerique", members=(BOSS,), newcomers=(MODO,))
    await chat.confirms(MODO, "!admin communauté délier", room=room)
    assert "n'est plus relié" in chat.last.text
    assert [text for text in chat.texts if WELCOME in text] == []


async def test_a_room_hears_no_third_unasked_message_of_a_removal_when_nobody_leads_it(chat: Chat) -> None:
    rooms_left = [await chat.opens(f"!r{number}:example.org", community="numerique") for number in range(3)]
    await chat.does(BOSS, "m.room.power_levels", {"users": {}}, state_key="")
    for room in rooms_left:
        await chat.does(BOSS, "m.room.member", {"membership": "leave"}, room=room, state_key=BOT)
    assert len([said for said in chat.messages if said.room_id == chat.room]) == 2


async def test_operators_who_want_no_private_message_are_asked_by_whoever_asks_for_the_room(chat: Chat) -> None:
    async with chat.database.transaction() as tx:
        await direct_chats.opened(tx, BOT, BOSS, "!declined:example.org", status=direct_chats.REFUSED)
    room = await chat.opens("!rse:example.org")
    await chat.says(ANA, "!admin communauté lier rse", room=room)
    assert "demandez-leur d'écrire ici !admin communauté lier rse" in chat.last.text
