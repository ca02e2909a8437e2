"""Promises of the patient-data guard in a room."""

from sqlmodel import select

from bot.communities.tables import GuardIncident
from bot.mailbox.tables import InboxEvent, OutboxMessage
from tests.chat import ANA, Chat

NIR = "1 55 08 99 999 999 19"
"""A number of a commune that does not exist."""


async def test_the_author_alone_is_warned_without_the_number(chat: Chat) -> None:
    await chat.says(ANA, f"Le patient {NIR} est sorti hier.")

    assert [said.room_id for said in chat.messages] != [chat.room]
    warning = chat.last
    assert ANA in chat.homeserver.invited(warning.room_id)
    assert warning.rings
    assert warning.meant_for == [ANA]
    assert "un numéro de sécurité sociale" in warning.text
    assert "99" not in warning.text


async def test_the_warning_names_the_number_that_is_surest(chat: Chat) -> None:
    await chat.says(ANA, f"Le dossier du patient {NIR} est incomplet")

    assert "un numéro de sécurité sociale" in chat.last.text


async def test_two_warnings_go_to_one_direct_chat(chat: Chat) -> None:
    await chat.says(ANA, f"Le patient {NIR} est sorti hier.")
    await chat.says(ANA, f"Je répète : {NIR}")

    assert len({said.room_id for said in chat.messages}) == 1
    assert len(chat.messages) == 2


async def test_a_command_with_a_patients_number_is_not_run(chat: Chat) -> None:
    await chat.says(ANA, f"!doc dossier de {NIR}")

    assert [said for said in chat.messages if said.room_id == chat.room] == []


async def test_the_incident_is_counted_without_name_or_text(chat: Chat) -> None:
    await chat.says(ANA, f"Le patient {NIR} est sorti hier.")

    async with chat.database.reading() as tx:
        incidents = (await tx.exec(select(GuardIncident))).all()
        heard = (await tx.exec(select(InboxEvent))).all()
        said = (await tx.exec(select(OutboxMessage))).all()
    assert [(incident.rule, incident.room_id) for incident in incidents] == [("nir", chat.room)]
    assert all(row.details == {} for row in heard)
    assert all(row.content == {} for row in said)
