"""Promises about the welcome: once a person, by whatever gesture, in the team's words, and one line for a crowd."""

import pytest

from tests.chat import ANA, BOSS, MODO, Chat, Said
from tests.commands.meetups import flat, publishes

TEXT = "Ici on partage nos outils.\nLa charte : https://example.org/charte"
CHARTER = "On se dit les choses.\nOn ne cite personne."
CROWD = [f"@n{number}:example.org" for number in range(40)]


async def sets(chat: Chat, room: str | None = None) -> None:
    """The community's team sets its words."""
    await chat.confirms(MODO, f"!admin accueil {TEXT}", room=room)
    chat.forget()


def join(chat: Chat, *people: str, room: str | None = None) -> None:
    for person in people:
        chat.homeserver.member(room or chat.room, person, displayname=person[1:].partition(":")[0].title())


def welcomes(chat: Chat) -> list[Said]:
    """Those of people; not how the bot introduces itself to a room."""
    found = [said for said in chat.messages if said.text.startswith(("Bonjour ", "Bienvenue"))]
    return [said for said in found if "à toutes" not in said.text]


async def test_the_first_gesture_may_be_a_reaction_and_all_of_a_minute_get_one_line(chat: Chat) -> None:
    card = await publishes(chat, "!rdv nouveau Point mardi 12 janvier 14h")
    join(chat, *CROWD)
    await chat.hears(chat.room)
    chat.forget()
    for person in CROWD:
        await chat.reacts(person, "✅", card)
    assert [said.text for said in welcomes(chat)] == []
    await chat.restarts()
    await chat.passes(minutes=2)
    [line] = welcomes(chat)
    assert flat(line.lines[0]).startswith("Bienvenue aux personnes qui viennent d'arriver.")
    assert line.meant_for == []
    for person in CROWD[:2]:
        await chat.says(person, "!aide")
    await chat.passes(days=2)
    assert len(welcomes(chat)) == 1, "a person is welcomed once"


async def test_a_crowd_that_writes_is_answered_each_and_welcomed_together(chat: Chat) -> None:
    join(chat, *CROWD[:12])
    await chat.hears(chat.room)
    chat.forget()
    for person in CROWD[:12]:
        await chat.says(person, "!ping")
    await chat.passes(minutes=2)
    assert [said.text[:7] for said in welcomes(chat)] == ["Bonjour"] * 5 + ["Bienven"]


async def test_the_team_s_words_are_read_whole_in_private_and_in_a_room(chat: Chat) -> None:
    await sets(chat)
    join(chat, "@dora:example.org", "@emil:example.org")
    await chat.hears(chat.room)
    await chat.passes(minutes=2)
    chat.forget()
    await chat.says("@dora:example.org", "!aide")
    await chat.says("@emil:example.org", "aide", room=await chat.direct("@emil:example.org"))
    assert [flat(said.text).splitlines()[1:3] for said in welcomes(chat)] == [TEXT.splitlines()] * 2


async def test_the_charter_is_read_with_the_welcome_and_whenever_somebody_asks(chat: Chat) -> None:
    await chat.says(ANA, "!aide charte")
    assert chat.last.text == "L'équipe de la communauté n'a pas écrit de charte."
    await chat.confirms(MODO, f"!admin réglage charte {CHARTER}")
    chat.forget()
    join(chat, "@dora:example.org")
    await chat.hears(chat.room)
    await chat.passes(minutes=2)
    await chat.says("@dora:example.org", "!doc dpi")
    line, hello = welcomes(chat)
    for said in (line, hello):
        assert "La charte de cette communauté\n" + CHARTER in flat(said.text)
        assert "<details><summary>La charte de cette communauté</summary>" in said.html
    await chat.says(ANA, "!aide charte")
    assert flat(chat.last.text) == f"Charte de la communauté Numérique en santé\n{CHARTER}"


@pytest.mark.parametrize("people", [1, 1000])
async def test_those_who_join_get_one_line_and_nothing_is_stored_of_them(chat: Chat, people: int) -> None:
    await sets(chat)
    crowd = [f"@n{number}:example.org" for number in range(people)]
    join(chat, *crowd)
    await chat.hears(chat.room)
    await chat.passes(minutes=2)
    [line] = welcomes(chat)
    assert TEXT.splitlines()[0] in line.text
    for table in ("inbox", "welcome", "timer", "outbox"):
        assert "@n0:" not in str(await chat.rows(f"SELECT * FROM {table}"))


async def test_who_joins_and_writes_at_once_is_welcomed_by_the_line_alone(chat: Chat) -> None:
    await sets(chat)
    join(chat, "@dora:example.org")
    await chat.hears(chat.room)
    await chat.passes(seconds=30)
    await chat.says("@dora:example.org", "!doc tchap")
    await chat.passes(minutes=2)
    await chat.says("@dora:example.org", "!doc dpi")
    assert [said.text[:7] for said in welcomes(chat)] == ["Bienven"]


async def test_who_joins_a_community_without_such_words_is_left_in_peace(chat: Chat) -> None:
    join(chat, *CROWD)
    await chat.hears(chat.room)
    await chat.passes(minutes=2)
    assert chat.sent == []


async def test_lines_are_no_more_than_two_a_day(chat: Chat) -> None:
    await sets(chat)
    for person in CROWD[:6]:
        join(chat, person)
        await chat.hears(chat.room)
        await chat.passes(minutes=30)
    assert len(welcomes(chat)) == 2
    await chat.passes(days=1)
    assert len(welcomes(chat)) == 3


async def test_an_upgraded_room_welcomes_nobody_a_second_time(chat: Chat) -> None:
    await sets(chat)
    new = chat.homeserver.create("!new:example.org", BOSS, predecessor={"room_id": chat.room}).room_id
    join(chat, ANA, MODO, room=new)
    await chat.does(BOSS, "m.room.tombstone", {"body": "", "replacement_room": new}, state_key="")
    await chat.hears(new)
    join(chat, *CROWD, room=new)
    await chat.hears(new)
    await chat.says(ANA, "!aide", room=new)
    assert chat.last.room_id == new
    await chat.passes(minutes=2)
    assert [said.text for said in welcomes(chat)] == []
