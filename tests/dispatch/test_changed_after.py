"""What was begun is not undone, and not hidden, by changing or deleting the message that began it."""

from tests.chat import ANA, MODO, Chat
from tests.commands.meetups import flat
from tests.dispatch.trial_command import done
from tests.help.people import QUESTION, request, volunteers


async def test_a_reminder_whose_message_says_something_else_by_now_rings_no_more(chat: Chat) -> None:
    room = await chat.direct(ANA)
    written = await chat.says(ANA, "rappel demain 9h appeler Paul", room=room)
    await chat.edits(ANA, written, "!doc messagerie", room=room)

    assert flat(chat.last.text).startswith("Le rappel est annulé.")
    assert "Tchap" in chat.last.text
    chat.forget()
    await chat.passes(days=2)
    assert chat.messages == []


async def test_the_result_stays_readable_when_its_command_is_changed_afterwards(trying: Chat) -> None:
    written = await trying.says(ANA, "!essai apercu Déchets")
    await trying.says(ANA, "oui")
    result = trying.last
    await trying.edits(ANA, written, "!essai apercu Eau")

    assert done == [{"title": "Déchets"}]
    assert trying.last.edits is None
    assert not [said for said in trying.sent if said.edits == result.edits and said.event_id > result.event_id]


async def test_whoever_deletes_a_question_that_was_sent_is_told_that_it_goes_on(chat: Chat) -> None:
    await volunteers(chat, MODO)
    room = await chat.direct(ANA)
    written = await chat.says(ANA, f"!expert {QUESTION}", room=room)
    await chat.says(ANA, "oui", room=room)
    await chat.redacts(ANA, written, room=room)

    assert (await request(chat)).status == "seeking"
    assert flat(chat.last.text) == "Supprimer votre message n'annule pas ce qu'il a lancé : rien n'a changé."


async def test_whoever_deletes_a_command_after_its_yes_is_told_so_and_somebody_else_is_not(trying: Chat) -> None:
    for person, told in ((MODO, False), (ANA, True)):
        written = await trying.says(ANA, "!essai apercu Déchets")
        await trying.says(ANA, "oui")
        trying.forget()
        await trying.redacts(person, written)
        assert [text.startswith("Supprimer votre message") for text in trying.texts] == [True] * told


async def test_a_deleted_draft_is_given_up_without_a_word(chat: Chat) -> None:
    room = await chat.direct(ANA)
    written = await chat.says(ANA, f"!expert {QUESTION}", room=room)
    chat.forget()
    await chat.redacts(ANA, written, room=room)

    assert (await request(chat)).status == "cancelled"
    assert chat.messages == []


async def test_a_preview_that_a_moderator_removed_can_be_confirmed_no_more(trying: Chat) -> None:
    await trying.says(ANA, "!essai apercu Déchets")
    await trying.redacts(MODO, trying.last.event_id)
    await trying.says(ANA, "oui")

    assert done == []


async def test_a_preview_above_other_answers_refers_to_what_came_of_it(trying: Chat) -> None:
    await trying.says(ANA, "!essai apercu Déchets")
    preview = trying.last
    await trying.says(MODO, "!ping")
    await trying.reacts(ANA, "✅", preview)

    edits = [said.text for said in trying.sent if said.edits == preview.event_id]
    assert [flat(text) for text in edits] == ["C'est traité : la réponse est plus bas."]
    assert trying.last.edits is None
