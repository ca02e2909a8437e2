"""A team at work: what it measures and says, who leaves it, its room, and how it ends."""

import pytest

from tests.attacks.gone import bans
from tests.attacks.moves import closes, is_linked, successor
from tests.challenges.opening import kept, outcomes
from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat
from tests.help.people import QUESTION
from tests.homeserver import BOT
from tests.teams.forming import DORA, begun, plain, read, said_in, seats, team


async def test_from_what_was_measured_to_a_sheet_all_who_took_part_read_each_end_once(chat: Chat) -> None:
    for person in (MODO, BOSS):
        await chat.direct(person)
    room = await begun(chat)
    await chat.says(MODO, "!E-1 avant 3 appels")
    assert (await team(chat))["before"] == "3 appels", "a moderator may note it too"
    await chat.says(BEN, "!E-1 avant 42 appels par jour", room=room)
    assert (await kept(chat))["status"] == "experimenting"
    await chat.says(BEN, "!E-1 terminer", room=room)
    assert "il manque ce que vous avez mesuré" in plain(chat.last)
    await chat.says(DORA, "!E-1 après 0 appel")
    assert (await team(chat))["after"] == ""
    await chat.says(CLEO, "!E-1 après 12 appels par jour", room=room)
    chat.forget()
    await chat.confirms(CLEO, "!E-1 terminer", room=room)
    await chat.says(CLEO, "!E-1 terminer", room=room)
    assert "ce n'est plus possible" in plain(chat.last)
    ends = {who: sum("L'expérimentation est terminée" in one for one in read(chat, who)) for who in (ANA, BEN, MODO)}
    assert ends == {ANA: 1, BEN: 1, MODO: 1}, "its members, and who gave another solution"
    assert "42 appels" in read(chat, ANA)[-1]

    card = next(one for one in chat.messages if "Qui la complète" in one.text)
    for person in (BOSS, BEN, ANA):
        await chat.reacts(person, "✅", card)
    assert "Quelqu'un de l'équipe l'écrit déjà" in said_in(chat, room)[-1]
    assert [tuple(row) for row in await chat.rows("SELECT author, origin FROM sheet")] == [(BEN, "E-1")]
    home = await chat.direct(BEN)
    await chat.says(BEN, "oui", room=home)
    assert "Après : 12 appels par jour" in plain(chat.last)
    await chat.says(BEN, "oui", room=home)
    await chat.says(MODO, "oui", room=await chat.direct(MODO))
    await chat.passes(minutes=1)
    assert (await kept(chat))["status"] == "capitalised"
    assert await outcomes(chat) == {1: "capitalised", 2: "not_retained"}
    assert [sum("Une fiche en est sortie" in one for one in read(chat, who)) for who in (ANA, CLEO)] == [1, 1]
    assert "Je quitte ce salon" in said_in(chat, room)[-1]
    assert not await is_linked(chat, room)
    await chat.passes(days=70)
    assert sum("Où en est votre équipe" in text for text in said_in(chat, room)) == 0


async def test_what_could_not_be_measured_is_said_with_the_reason(chat: Chat) -> None:
    room = await begun(chat)
    await chat.says(BEN, "!E-1 terminer pas mesuré", room=room)
    assert "il manque ce que vous avez mesuré" in plain(chat.last)
    await chat.confirms(BEN, "!E-1 terminer pas mesuré : le logiciel ne compte pas", room=room)
    found = await team(chat)
    assert (found["status"], found["unmeasured"]) == ("evaluated", "le logiciel ne compte pas")
    assert "Pas mesuré : le logiciel ne compte pas" in read(chat, ANA)[-1]


async def test_each_month_the_team_is_asked_where_it_stands_and_two_silent_months_are_told_once(chat: Chat) -> None:
    await chat.direct(MODO)
    room = await begun(chat)
    chat.forget()
    chat.now = chat.now.replace(month=5, day=1, hour=22)  # a Saturday night, after months without a bot
    await chat.restarts()
    await chat.passes(hours=6)
    assert said_in(chat, room) == [], "nothing rings at night"
    await chat.passes(days=3)
    assert sum("Où en est votre équipe" in text for text in said_in(chat, room)) == 1
    await chat.passes(days=31)
    question = [one for one in chat.messages if "Où en est votre équipe" in one.text][-1]
    said = await chat.says(CLEO, "Point : deux secrétariats essaient", room=room, reply_to=question)
    assert "Noté (E-1)" in plain(chat.last)
    await chat.edits(CLEO, said, "Point : trois secrétariats essaient", room=room)
    await chat.says(CLEO, "!E-1 point rien de plus", room=room)
    await chat.redacts(CLEO, said, room=room)
    assert [row[0] for row in await chat.rows("SELECT text FROM team_note")] == ["rien de plus"]
    await chat.says(MODO, "!E-1 point tout va bien")
    assert "Seules les personnes de cette équipe" in plain(chat.last)
    await chat.passes(days=61)
    assert not any("depuis deux mois" in text for text in read(chat, MODO))
    await chat.passes(days=100)
    assert sum("depuis deux mois" in text for text in read(chat, MODO)) == 1
    await chat.says(BEN, "!E-1", room=room)
    assert "rien de plus" in plain(chat.last)


async def test_a_word_in_the_teams_room_is_no_answer_unless_it_is_a_reply(chat: Chat) -> None:
    room = await begun(chat)
    await chat.passes(days=33)
    chat.forget()
    for words in ("Point de vue : à discuter lundi", "oui", "d'accord"):
        await chat.says(BEN, words, room=room)
    assert chat.messages == []
    assert await chat.rows("SELECT id FROM team_note") == []


async def test_requests_for_help_made_in_its_room_are_counted_and_not_quoted(chat: Chat) -> None:
    home = await chat.direct(MODO)
    room = await begun(chat)
    await chat.says(ANA, f"!expert {QUESTION}", room=room)
    await chat.says(ANA, "oui", room=room)
    await chat.says(ANA, f"!expert Autre question, posée ailleurs : {QUESTION}")
    await chat.says(ANA, "oui")
    await chat.passes(minutes=1)
    await chat.says(ANA, "!E-1", room=room)
    assert "1 demande d'aide" in plain(chat.last)
    assert "éditeur" not in plain(chat.last)
    await chat.says(MODO, "!E-1", room=home)
    assert "Demandes de l'équipe : D-1" in plain(chat.last)
    assert "éditeur" not in plain(chat.last)


@pytest.mark.parametrize("how", ["leaves the room", "is banned from the community", "says so", "is erased"])
async def test_who_goes_is_in_the_team_no_more_and_the_moderators_know_once(chat: Chat, how: str) -> None:
    await chat.direct(MODO)
    room = await begun(chat)
    chat.forget()
    if how == "leaves the room":
        await bans(chat, CLEO, room=room, membership="leave")
    elif how == "is banned from the community":
        await bans(chat, CLEO)
        assert chat.homeserver.rooms[room].state["m.room.member", CLEO]["content"]["membership"] == "leave"
    elif how == "says so":
        await chat.says(CLEO, "!E-1 quitter", room=room)
    else:
        await chat.confirms(CLEO, "!moi oubli", room=await chat.direct(CLEO))
        await chat.passes(minutes=1)
    assert await seats(chat) == {ANA: "in", BEN: "in"}
    await bans(chat, BEN, room=room, membership="leave")
    told = [text for text in read(chat, MODO) if "a quitté l'équipe" in text]
    assert len(told) == 1
    assert "2 métiers, il en manque 1" in told[0]
    shown = [one for one in chat.sent if one.room_id == room and "Votre équipe" in one.text]
    assert "Cleo" not in shown[-1].text


async def test_its_room_makes_nobody_a_member_of_the_community(chat: Chat) -> None:
    """Whoever is let in from elsewhere, and whoever was banned and is still there, do nothing with us."""
    room = await begun(chat)
    chat.homeserver.member(room, "@dehors:ailleurs.fr", displayname="Dehors")
    await chat.hears(room)
    await chat.says("@dehors:ailleurs.fr", "!E-1 avant 1 appel", room=room)
    assert (await team(chat))["before"] == ""
    await chat.says(MODO, "!admin salon public", room=room)
    assert "son usage ne change pas" in plain(chat.last)
    await chat.says("@dehors:ailleurs.fr", "!idée C-1", room=await chat.direct("@dehors:ailleurs.fr"))
    assert "C-1" not in plain(chat.last)


async def test_an_upgraded_room_is_followed(chat: Chat) -> None:
    room = await begun(chat)
    chat.homeserver.member(room, MODO, displayname="Modo")
    await chat.hears(room)
    new = await successor(chat, MODO, of=room)
    for person in ("@relais:example.org", ANA, BEN, CLEO):
        chat.homeserver.member(new, person)
    await closes(chat, MODO, room, to=new)
    await chat.passes(minutes=1)
    assert (await team(chat))["room_id"] == new
    await chat.says(BEN, "!E-1 avant 42 appels par jour", room=new)
    assert said_in(chat, new)[-1].startswith("Noté (E-1)")
    assert any("Votre équipe" in text for text in said_in(chat, new))


async def test_a_team_that_gives_up_says_why_and_frees_its_solution(chat: Chat) -> None:
    room = await begun(chat)
    chat.forget()
    await chat.says(BEN, "!E-1 abandonner c'est trop long", room=room)
    assert "Seule l'équipe de la communauté" in plain(chat.last)
    await chat.says(MODO, "!E-1 abandonner")
    assert "Dites pourquoi" in plain(chat.last)
    await chat.confirms(MODO, "!E-1 abandonner le service ferme")
    assert [sum("le service ferme" in one for one in read(chat, who)) for who in (ANA, BEN, CLEO)] == [1, 1, 1]
    assert await outcomes(chat) == {1: "retained", 2: "not_retained"}
    assert (await kept(chat))["status"] == "retained"
    await chat.passes(days=40)
    assert not any("Où en est" in text for text in said_in(chat, room))
    await chat.confirms(MODO, "!admin défi C-1 équipe")
    assert (await team(chat, 2))["status"] == "forming"


async def test_a_team_whose_room_does_not_let_us_write_is_not_called_silent(chat: Chat) -> None:
    await chat.direct(MODO)
    room = await begun(chat)
    await chat.does(BOT, "m.room.power_levels", {"users": {ANA: 100}, "events_default": 50}, room=room, state_key="")
    await chat.passes(days=150)
    assert not any("depuis deux mois" in text for text in read(chat, MODO))
