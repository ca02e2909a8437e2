"""Promises to communities that nobody leads: operators learn it in private, once a week at most, and name somebody."""

from collections.abc import Awaitable, Callable

import pytest

from tests.chat import ANA, BOSS, CLEO, MODO, Chat, Said

LACKS = "Numérique en santé\u00a0: cette communauté n'a pas d'équipe"
SHE = "@nadia:example.org"


def told(chat: Chat) -> list[Said]:
    return [said for said in chat.messages if LACKS in said.text]


async def days(chat: Chat, count: int) -> None:
    """The half-hourly work, then time: what is due happens at its own instant."""
    await chat.engine.routine.look_around()
    await chat.passes(days=count)


async def demoted(chat: Chat) -> None:
    chat.homeserver.event(chat.room, "m.room.power_levels", BOSS, {"users": {}}, state_key="")
    await chat.hears(chat.room)


async def left(chat: Chat) -> None:
    chat.homeserver.member(chat.room, MODO, "leave")
    await chat.hears(chat.room)


async def banned(chat: Chat) -> None:
    chat.homeserver.member(chat.room, MODO, "ban")
    await chat.hears(chat.room)


async def erased(chat: Chat) -> None:
    """The one who leads by a role, not by power."""
    await chat.confirms(BOSS, f"!admin équipe ajouter {CLEO}")
    await demoted(chat)
    await chat.confirms(CLEO, "!moi oubli", room=await chat.direct(CLEO))
    await chat.passes(minutes=2)


async def only_facilitated(chat: Chat) -> None:
    await chat.confirms(BOSS, f"!admin équipe ajouter {CLEO} coordination")
    await demoted(chat)


async def unlinked(chat: Chat) -> None:
    await chat.opens("!autre:example.org", community="numerique")
    await chat.confirms(BOSS, "!admin communauté délier")


async def orphaned(chat: Chat) -> Said:
    """The card that the operator reads."""
    await demoted(chat)
    chat.forget()
    await days(chat, 3)
    return told(chat)[-1]


async def test_a_community_with_a_team_disturbs_nobody(chat: Chat) -> None:
    await days(chat, 30)
    assert told(chat) == []


@pytest.mark.parametrize("ends", [demoted, left, banned, erased, only_facilitated, unlinked])
async def test_operators_learn_in_private_once_a_week_that_nobody_leads_a_community(
    chat: Chat, ends: Callable[[Chat], Awaitable[None]]
) -> None:
    await ends(chat)
    chat.forget()
    await days(chat, 6)
    await chat.engine.routine.look_around()
    [said] = told(chat)
    assert said.meant_for == [BOSS]
    assert said.lines[-1] == "Pour nommer quelqu'un, répondez ici\u00a0: nommer @claire"
    await chat.passes(days=7)
    assert len(told(chat)) == 2


async def test_members_are_sent_to_no_team_where_there_is_none(chat: Chat) -> None:
    since = "La communauté n'a pas d'équipe en ce moment\u00a0"
    nobody = f"{since}: les personnes qui exploitent ce robot peuvent en nommer une."
    await demoted(chat)
    await chat.says(ANA, "!aide contact")
    assert chat.last.lines[0] == nobody
    await chat.says(ANA, "!admin tableau")
    assert chat.last.text == f"Cette action est réservée à l'équipe. {nobody}"


async def test_the_night_and_the_week_end_are_nobody_s_time_to_read_it(chat: Chat) -> None:
    await chat.passes(days=3, hours=12)  # Friday at 22
    await demoted(chat)
    chat.forget()
    await days(chat, 2)
    assert told(chat) == []
    await chat.passes(days=1)
    assert len(told(chat)) == 1


async def test_an_operator_names_somebody_who_learns_it_and_leads(chat: Chat) -> None:
    card = await orphaned(chat)
    await chat.says(BOSS, f"nommer {CLEO}", room=card.room_id)
    assert chat.last.lines[0] == (
        f"Cleo ({CLEO}) administrerait la communauté Numérique en santé\u00a0: ses réglages, qui en fait partie, "
        "les rôles de son équipe."
    )
    await chat.says(BOSS, "oui", room=card.room_id)
    await chat.passes(minutes=1)
    assert [said.lines[0] for said in chat.messages if said.meant_for == [CLEO]] == [
        "Numérique en santé\u00a0: l'équipe vous a donné un rôle, administration."
    ]
    await chat.confirms(CLEO, f"!admin équipe ajouter {ANA}")
    assert chat.last.lines[0] == f"C'est fait. Ana ({ANA})\u00a0: modération."
    chat.forget()
    await days(chat, 30)
    assert told(chat) == []


async def test_whoever_is_named_from_outside_learns_it_once_they_join_and_only_then(chat: Chat) -> None:
    card = await orphaned(chat)
    await chat.says(BOSS, f"nommer {SHE}", room=card.room_id)
    await chat.says(BOSS, "oui", room=card.room_id)
    assert "dès qu'elle en rejoindra un." in chat.last.text
    await chat.passes(days=1)
    assert [said for said in chat.messages if said.meant_for == [SHE]] == []
    await chat.restarts()
    for _room in (chat.room, await chat.opens("!autre:example.org", community="numerique")):
        chat.homeserver.member(_room, SHE)
        await chat.hears(_room)
        await chat.passes(minutes=1)
    assert len([said for said in chat.messages if said.meant_for == [SHE]]) == 1


async def test_an_answer_that_comes_too_late_changes_nothing(chat: Chat) -> None:
    card = await orphaned(chat)
    await chat.confirms(BOSS, f"!admin équipe ajouter {CLEO}")
    await chat.says(BOSS, f"nommer {ANA}", room=card.room_id)
    assert chat.last.text == "Numérique en santé a de nouveau une équipe (Cleo). Je n'ai rien changé."


async def test_an_answer_without_a_person_says_what_is_missing(chat: Chat) -> None:
    card = await orphaned(chat)
    for words in ("nommer", "nommer personne"):
        await chat.says(BOSS, words, room=card.room_id)
        assert "Mentionnez la personne" in chat.last.text, words
    await chat.says(BOSS, "nommer Cleo", room=card.room_id)
    assert chat.last.lines[0].startswith(f"Cleo ({CLEO}) administrerait")


async def test_an_operator_who_said_stop_or_declines_private_chats_is_left_alone(chat: Chat) -> None:
    await chat.says(BOSS, "stop", room=await chat.direct(BOSS))
    await demoted(chat)
    chat.forget()
    await days(chat, 10)
    assert told(chat) == []
