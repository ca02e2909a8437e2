"""Two of a team decide at once, and what is withdrawn before its room could read it."""

import asyncio

from tests.chat import ANA, BEN, BOSS, MODO, Chat
from tests.dispatch import test_may_write as rights
from tests.ideas.reporting import DOUBLE, ideas, reports


async def test_two_merges_towards_each_other_at_once_make_no_circle(chat: Chat) -> None:
    await reports(chat)
    await reports(chat, BEN, "Les plannings changent trop tard")
    homes = {person: await chat.direct(person) for person in (MODO, BOSS)}
    await chat.says(MODO, "!idée I-1 fusionner I-2", room=homes[MODO])
    await chat.says(BOSS, "!idée I-2 fusionner I-1", room=homes[BOSS])
    await asyncio.gather(*(chat.says(person, "oui", room=home) for person, home in homes.items()))
    merged = {row["id"]: row["merged_into"] for row in await ideas(chat)}
    assert sorted(str(target) for target in merged.values()) in (["1", "None"], ["2", "None"])


async def test_what_is_withdrawn_before_the_room_could_read_it_is_never_posted(chat: Chat) -> None:
    home = await chat.direct(ANA)
    await rights.closes(chat)
    await chat.confirms(ANA, f"!idée irritant {DOUBLE}", room=home)
    await chat.confirms(ANA, "!idée I-1 retirer", room=home)
    await rights.levels(chat)
    await chat.passes(minutes=5)
    assert [said.text for said in chat._everything() if said.room_id == chat.room and DOUBLE in said.text] == []
    assert [row["text"] for row in await ideas(chat)] == [""]
