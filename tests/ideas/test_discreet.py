"""A discreet irritant: nobody but its author learns whose it is, whatever becomes of it and whoever asks."""

import json

from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.help.people import to, works
from tests.help.test_own_data import erases
from tests.homeserver import BOT
from tests.ideas.reporting import DOUBLE, card, ideas, reports, reports_discreetly, supporters
from tests.sheets.writing import still_read

SECRETS = ("@ana", "ana ", "« ana", "tilleuls", "(01)", "direct-ana")


def leaks(chat: Chat) -> list[str]:
    """Every event of ours outside of the author's own chat, edit, state or name, that says who they are or where, or
    refers to what they wrote."""
    own = chat.homeserver.rooms["!direct-ana:example.org"]
    secrets = [*SECRETS, *(event["event_id"] + '"' for event in own.timeline)]
    written = [
        json.dumps(event, ensure_ascii=False).lower()
        for room in chat.homeserver.rooms.values()
        if room is not own
        for event in room.timeline
        if event["sender"] == BOT
    ]
    return [text for text in written for secret in secrets if secret in text]


async def test_it_leaks_nothing_from_its_report_to_its_end(chat: Chat) -> None:
    await works(chat, ANA, "EHPAD", "Ain", "Les Tilleuls")
    home = await chat.direct(ANA)
    await chat.direct(BEN)
    chat.forget()
    shown = await reports_discreetly(chat)
    assert shown.lines[0] == "Un irritant (I-1)"
    assert "Territoire : Auvergne-Rhône-Alpes" in shown.text.replace("\u00a0", " "), "no more than the region"
    await chat.reacts(BEN, "➕", shown)
    await chat.says(ANA, "!idée I-1 moi aussi")
    assert await supporters(chat) == [BEN, ANA], "to leave the author out would say whose it is"
    for typed in ("!I-1", "!idée", "!idée mes", "!idée I-1 retirer", "!idée I-1 territoire Ain"):
        await chat.says(ANA, typed)
    assert (await ideas(chat))[0]["status"] == "reported", "whoever may withdraw it would be its author"
    await chat.says(MODO, "!I-1", room=await chat.direct(MODO))
    await reports(chat, CLEO, "Saisir deux fois chaque entrée")
    await chat.confirms(MODO, "!idée I-1 fusionner I-2")
    await chat.confirms(MODO, "!idée I-2 écarter le logiciel change en mars")
    await chat.restarts()
    await chat.says(BEN, "!idée I-1")
    await chat.passes(days=2)

    assert leaks(chat) == []
    told = [said.text for said in chat.messages if said.room_id == home and "La suite donnée" in said.text]
    assert len(told) == 2, "of each end once: merged here, set aside there"
    await chat.says(ANA, "!idée mes", room=home)
    assert "sans votre nom" in to(chat, ANA)[-1].text


async def test_merged_into_what_its_author_reported_or_joined_openly_the_count_says_nothing(chat: Chat) -> None:
    """Into one of their own, one that they joined, and one of somebody else it grows alike: by nobody."""
    home = await chat.direct(ANA)
    for person, text in ((ANA, "Trop de papier"), (BEN, "Peu de parkings"), (CLEO, "Un seul ascenseur")):
        await reports(chat, person, text)
    await chat.reacts(ANA, "➕", await card(chat, 2))
    before = [await supporters(chat, number) for number in (1, 2, 3)]
    for number, text in enumerate(("Horaires", "Badges", "Vestiaires"), start=1):
        await reports_discreetly(chat, ANA, text)
        await chat.confirms(MODO, f"!idée I-{3 + number} fusionner I-{number}")
    assert [await supporters(chat, number) for number in (1, 2, 3)] == before
    await chat.confirms(MODO, "!idée I-3 écarter parce que")
    assert "Un seul ascenseur" in [said.text for said in chat.messages if said.room_id == home][-1]


async def test_in_a_room_it_is_refused_with_the_reason(chat: Chat) -> None:
    await chat.says(ANA, f"!idée irritant discret {DOUBLE}")
    assert "écrivez-moi en conversation privée" in chat.last.text
    assert await ideas(chat) == []


async def test_whoever_is_erased_or_deletes_the_message_leaves_no_name_and_no_word(chat: Chat) -> None:
    home = await chat.direct(ANA)
    said = await chat.says(ANA, f"!idée irritant discret {DOUBLE}", room=home)
    await chat.says(ANA, "oui", room=home)
    shown = await card(chat)
    await chat.says(BEN, "!I-1", room=await chat.direct(BEN))
    await chat.says(BEN, "!idée I-1 moi aussi")
    await chat.redacts(ANA, said, room=home)
    (row,) = await ideas(chat)
    assert (row["status"], row["text"]) == ("withdrawn", "")
    assert still_read(chat, DOUBLE) == [home], "the preview that only they read"
    assert shown.event_id in [said.content.get("redacts") for said in chat.sent]
    await reports_discreetly(chat)
    await erases(chat, ANA)
    assert [one["author"] for one in await ideas(chat)] == [None, None]
