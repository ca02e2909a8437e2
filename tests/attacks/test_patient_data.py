"""Attacks with a patient's data: whatever it is hidden in, nothing of it is kept and nothing repeats it."""

from typing import Any

import pytest
from sqlmodel import SQLModel

from bot.cli.files.drafts import draft_of
from bot.cli.files.sheet import Row, Unreadable
from bot.events.events import MessageReceived
from bot.events.sync_batch import Missing, RoomBatch, SyncBatch
from bot.matrix import inbound
from bot.matrix.backfill import Filled
from tests.attacks import attack
from tests.chat import ANA, BEN, MODO, Chat
from tests.dispatch.conftest import trying as trying
from tests.dispatch.test_direct_chats import refuse_new_rooms
from tests.dispatch.test_unreadable import opens, sealed
from tests.homeserver import BOT, NoPast
from tests.text.patient_data import key_of

BODY = "1550899999999"
"""Of a commune that does not exist."""
NIR = f"{BODY}{key_of(BODY)}"
BORN = "Mme Dupont Jeanne, née le 12/03/1948"


async def kept(chat: Chat, *words: str) -> list[str]:
    """Those of the words that stand anywhere in the database."""

    everything = repr([await chat.rows(f'SELECT * FROM "{name}"') for name in SQLModel.metadata.tables])
    return [word for word in words if word in everything]


def repeated(chat: Chat, *words: str) -> list[str]:
    """Those of the words that the bot said anywhere."""
    return [word for word in words if any(word in repr(said.content) for said in chat.sent)]


def is_warned(chat: Chat, person: str = ANA) -> bool:
    return any(said.meant_for == [person] and "semble contenir" in said.text for said in chat.messages)


@attack(
    who="a member",
    tries="puts a patient's number under a card as the text of a reaction",
    instead="the reaction is not stored, and its author is warned",
)
async def test_a_reaction_of_words_is_not_kept(chat: Chat) -> None:
    await chat.says(ANA, "!doc double saisie")
    await chat.reacts(ANA, f"vu {NIR}", chat.last)

    assert await kept(chat, NIR) == []
    assert is_warned(chat)


@attack(
    who="a member",
    tries="reacts to a card with a name that is nobody's business",
    instead="a reaction that means nothing to the bot is not stored",
)
async def test_a_reaction_that_means_nothing_is_not_kept(chat: Chat) -> None:
    await chat.says(ANA, "!doc double saisie")
    await chat.reacts(ANA, "Huguette chambre 12", chat.last)
    await chat.reacts(ANA, "🎉", chat.last)

    assert await kept(chat, "Huguette", "🎉") == []
    assert await chat.rows("SELECT emoji FROM reaction") == []


@attack(
    who="a member",
    tries="proposes a page whose address carries a patient's number",
    instead="nothing is proposed; the author learns why, and how to ask again",
)
async def test_an_address_with_a_number_is_not_proposed(chat: Chat) -> None:
    await chat.says(ANA, f"!doc proposer https://dpi.example.org/dossier/{NIR} Un guide")

    assert await kept(chat, NIR, BODY) == []
    assert is_warned(chat)
    assert "Je n'ai pas fait ce qu'il demandait." in chat.last.text


@attack(
    who="an operator",
    tries="imports a file in which an address carries a patient's number",
    instead="the line is named and nothing is written",
)
def test_an_address_in_a_file_is_not_imported() -> None:
    row = Row(2, {"title": "Un guide", "url": f"https://dpi.example.org/?nir={NIR}"})
    with pytest.raises(Unreadable, match="patient data") as refused:
        draft_of(row, None)

    assert NIR not in str(refused.value)


@attack(
    who="a member",
    tries="writes a patient's number as the caption of an image",
    instead="the author is warned as for a message",
)
async def test_a_caption_is_read(chat: Chat) -> None:
    image = {"msgtype": "m.image", "body": f"Ordonnance de {NIR}", "filename": "scan.jpg", "url": "mxc://example.org/a"}
    await chat.does(ANA, "m.room.message", image)

    assert is_warned(chat)
    assert (await kept(chat, NIR), repeated(chat, NIR)) == ([], [])


@attack(
    who="a member",
    tries="sends a file whose name is a patient's number",
    instead="the author is warned as for a message",
)
async def test_a_files_name_is_read(chat: Chat) -> None:
    await chat.does(
        ANA, "m.room.message", {"msgtype": "m.file", "body": f"scan_{NIR}.pdf", "url": "mxc://example.org/a"}
    )

    assert is_warned(chat)


@attack(
    who="a member",
    tries="makes a patient's number an option of a poll",
    instead="the author is warned as for a message",
)
async def test_a_poll_is_read(chat: Chat) -> None:
    answers = [{"id": "1", "org.matrix.msc1767.text": "oui"}, {"id": "2", "org.matrix.msc1767.text": f"IPP {BODY[:8]}"}]
    poll = {"question": {"org.matrix.msc1767.text": "Qui suit ?"}, "answers": answers}
    await chat.does(ANA, "org.matrix.msc3381.poll.start", {"org.matrix.msc3381.poll.start": poll})

    assert is_warned(chat)


@attack(
    who="a member",
    tries="edits a command so that only those whose client knows no edits see a patient's number",
    instead="the edit is not run and not stored",
)
async def test_an_edit_that_adds_it_is_not_run(chat: Chat) -> None:
    command = await chat.says(ANA, "!doc double saisie")
    chat.forget()
    relation = {"rel_type": "m.replace", "event_id": command}
    new = {"msgtype": "m.text", "body": "!doc messagerie"}
    content = {"msgtype": "m.text", "body": f"* !doc dossier {NIR}", "m.new_content": new, "m.relates_to": relation}
    await chat.does(ANA, "m.room.message", content)

    assert [said.room_id for said in chat.sent if said.room_id == chat.room] == []
    assert is_warned(chat)
    assert await kept(chat, NIR) == []


@attack(
    who="a member",
    tries="writes a patient's number in the HTML of a message only",
    instead="the author is warned as for a message",
)
async def test_what_only_the_html_shows_is_read(chat: Chat) -> None:
    shown = f"<p>Le dossier de <b>{NIR[:5]}</b>{NIR[5:]}</p>"
    await chat.says(ANA, "Le dossier", format="org.matrix.custom.html", formatted_body=shown)

    assert is_warned(chat)


@attack(
    who="a member",
    tries="hides a patient's number behind the words of a link",
    instead="the author is warned as for a message",
)
async def test_where_a_link_leads_is_read(chat: Chat) -> None:
    shown = f'<a href="https://dpi.example.org/{NIR}">ici</a>'
    await chat.says(ANA, "ici", format="org.matrix.custom.html", formatted_body=shown)

    assert is_warned(chat)


@attack(
    who="a moderator",
    tries="names a room after a patient, so that the warning repeats it",
    instead="the warning names no room",
)
async def test_a_rooms_name_is_not_repeated(chat: Chat) -> None:
    chat.homeserver.event(chat.room, "m.room.name", MODO, {"name": f"Dossier {NIR}"}, state_key="")
    await chat.hears(chat.room)
    await chat.says(ANA, f"Le patient {NIR}")

    assert is_warned(chat)
    assert (repeated(chat, NIR), await kept(chat, NIR)) == ([], [])


@attack(
    who="a member",
    tries="takes a patient's number as display name and asks that a room be linked",
    instead="the card says who asks by the identifier's first part",
)
async def test_a_display_name_is_not_repeated(chat: Chat) -> None:
    room = await chat.opens("!new:example.org", members=(ANA,), power={ANA: 100})
    chat.homeserver.member(room, ANA, displayname=f"Ana {NIR}")
    await chat.hears(room)
    await chat.says(ANA, "!admin communauté lier numerique", room=room)

    assert any("ana demande" in said.text for said in chat.messages)
    assert (repeated(chat, NIR), await kept(chat, NIR)) == ([], [])


@attack(
    who="who reads the database",
    tries="looks for those whose messages were taken for a patient's data",
    instead="the alert names nobody, and the warning is kept like any private message",
)
async def test_the_alert_names_nobody(chat: Chat) -> None:
    await chat.says(ANA, f"Pour {NIR}")

    assert [tuple(row) for row in await chat.rows("SELECT sender FROM inbox WHERE kind = 'guard'")] == [("",)]
    assert [row for row in await chat.rows("SELECT key FROM outbox") if "guard" in row[0]] == []


@attack(
    who="a member",
    tries="gives a name and a date of birth as the title of a meet-up, to see them in the preview",
    instead="there is no preview, and nothing is kept",
)
async def test_a_name_with_a_birth_is_not_shown_in_a_preview(chat: Chat) -> None:
    await chat.says(MODO, f'!rdv nouveau "{BORN}" mardi 14h')

    assert [said for said in chat.messages if said.room_id == chat.room] == []
    assert (await kept(chat, "Dupont", "1948"), repeated(chat, "Dupont", "1948")) == ([], [])
    assert is_warned(chat, MODO)


@attack(
    who="a member without a private chat",
    tries="writes a patient's number in a thread, where no warning can follow them",
    instead="one line in the thread tells it, without the number and without the rule",
)
async def test_who_has_no_private_chat_is_warned_where_they_wrote(chat: Chat) -> None:
    chat.homeserver.refuse = refuse_new_rooms
    root = await chat.says(BEN, "Question du jour")
    await chat.says(ANA, f"Pour {NIR}", thread=root)

    (said,) = chat.messages
    assert (said.room_id, said.thread, said.meant_for) == (chat.room, root, [ANA])
    assert said.text == "Votre message contient une donnée qui semble concerner un patient. Merci de le supprimer."


@attack(
    who="a member who declined a private chat",
    tries="asks a command about a patient's number again and again",
    instead="each time the room hears one neutral line, as no reply that would quote the number",
)
async def test_who_declined_is_told_in_the_room(chat: Chat) -> None:
    await chat.says(ANA, f"Le patient {NIR}")
    made = chat.last.room_id
    await chat.hears(made)
    chat.homeserver.member(made, ANA, "leave")
    await chat.hears(made)
    await chat.says(ANA, f"!doc dossier de {NIR}")

    here = [said for said in chat.messages if said.room_id == chat.room]
    assert [(said.meant_for, said.reply_to) for said in here] == [([ANA], None)] * 2
    assert here[1].text.startswith("Je n'ai pas fait ce que vous demandiez")
    assert (repeated(chat, NIR), await kept(chat, NIR)) == ([], [])


@attack(
    who="a member of a room whose protection is off",
    tries="asks a command about a patient's number",
    instead="it is not run and not kept, and its author learns so",
)
async def test_a_command_is_refused_though_the_protection_is_off(chat: Chat) -> None:
    async with chat.database.transaction() as tx:
        await tx.run(lambda connection: connection.exec_driver_sql("UPDATE room_binding SET protection = 'off'"))
    await chat.says(ANA, f"Le patient {NIR}")
    assert chat.messages == []

    await chat.says(ANA, f"!doc dossier de {NIR}")
    assert chat.last.text.startswith("Je n'ai pas fait ce qu'il demandait.")
    assert await kept(chat, NIR) == []


@attack(
    who="a member",
    tries="splits a patient's number over two lines of a command",
    instead="it is not run and not kept",
)
async def test_a_number_over_two_lines_is_one(chat: Chat) -> None:
    await chat.says(ANA, f"!doc dossier {NIR[:7]}\n{NIR[7:]}")

    assert is_warned(chat)
    assert await kept(chat, NIR[7:]) == []


@attack(
    who="a member with a client of their own",
    tries="puts a patient's name where a command's thread and mentions are named",
    instead="what is no Matrix id is not stored",
)
def test_words_in_the_place_of_an_id_are_not_kept() -> None:
    command = {
        "msgtype": "m.text",
        "body": "!ping",
        "m.mentions": {"user_ids": [BORN, ANA]},
        "m.relates_to": {"rel_type": "m.thread", "event_id": BORN},
    }
    event = {"type": "m.room.message", "event_id": "$x", "sender": ANA, "origin_server_ts": 1, "content": command}
    heard = inbound.event(event, "!room:example.org", BOT)

    assert isinstance(heard, MessageReceived)
    assert "Dupont" not in repr(heard.details())
    assert heard.mentioned == (ANA,)


@attack(
    who="a member of an encrypted room",
    tries="writes a patient's number, its key apart, in a command that can only be opened later",
    instead="it is read, not run, and not kept",
)
async def test_what_is_opened_late_passes_the_rule(chat: Chat) -> None:
    event_id = await sealed(chat)
    await opens(chat, event_id, f"!doc dossier de {BODY} (clé {NIR[13:]})")

    assert is_warned(chat)
    assert await kept(chat, BODY) == []


@attack(
    who="a member",
    tries="writes a patient's number while the bot's sync leaves a gap",
    instead="what is read back passes the same rule",
)
async def test_what_a_gap_brings_passes_the_rule(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    said = MessageReceived(
        event_id="$gap",
        room_id=chat.room,
        sender=ANA,
        sent_at=chat.now,
        text=f"!doc dossier de {NIR[:13]} clé {NIR[13:]}",
    )

    async def fill(_self: NoPast, room_id: str, **_limits: Any) -> Filled:
        return Filled((said,), {}, complete=True)

    monkeypatch.setattr(NoPast, "fill", fill)
    await chat.engine.intake.take(SyncBatch("s99", (RoomBatch(chat.room, (), missing=Missing("t1", None)),)))
    await chat.settles()

    assert is_warned(chat)
    assert await kept(chat, NIR[:13]) == []


@attack(
    who="a member",
    tries="gives a patient's name as one answer of a form and the birth as the next, to see both in the preview",
    instead="the second is refused, with what to do, and not kept",
)
async def test_answers_are_looked_at_together(trying: Chat) -> None:
    await trying.says(ANA, "!essai question")
    await trying.says(ANA, "Mme Dupont Jeanne")
    await trying.says(ANA, "née le 12/03/1948")

    assert trying.last.text.startswith("Ensemble, vos réponses semblent contenir")
    assert await kept(trying, "1948") == []
