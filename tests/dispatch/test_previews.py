"""Commands that show first what they would do, and those that are changed or taken back."""

import pytest

from tests.chat import ANA, BEN, MODO, Chat
from tests.dispatch.trial_command import done


def gone(chat: Chat) -> list[str | None]:
    """The emoji of ours that were taken away again."""
    placed = {said.event_id: said.emoji for said in chat.sent if said.emoji}
    taken = [said.source.get("redacts") or said.content.get("redacts") for said in chat.sent]
    return [placed[event] for event in taken if event in placed]


# ── previews ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("yes", ["✅", "✅️", "👍", "👍🏽", "☑️"])
async def test_a_preview_is_done_once_when_its_author_taps_yes(trying: Chat, yes: str) -> None:
    await trying.says(ANA, "!essai apercu Déchets")
    preview = trying.last
    assert done == []
    assert [said.emoji for said in trying.sent if said.emoji] == ["✅", "❌"]

    await trying.reacts(ANA, yes, preview)
    await trying.reacts(ANA, "👌", preview)

    assert done == [{"title": "Déchets"}]
    assert (trying.last.text, trying.last.edits) == ("Publié.", preview.event_id)
    assert gone(trying) == ["✅", "❌"]


@pytest.mark.parametrize("no", ["❌", "👎", "🚫"])
async def test_a_preview_that_is_declined_does_nothing(trying: Chat, no: str) -> None:
    await trying.says(ANA, "!essai apercu Déchets")
    preview = trying.last

    await trying.reacts(ANA, no, preview)
    await trying.reacts(ANA, "✅", preview)

    assert done == []
    assert (trying.last.text, trying.last.edits) == ("D'accord, je ne fais rien.", preview.event_id)


async def test_a_result_asked_for_in_words_does_not_hide_above_what_was_said_since(trying: Chat) -> None:
    await trying.says(ANA, "!essai apercu Déchets")
    await trying.says(BEN, "!ping")

    yes = await trying.says(ANA, "oui")

    assert (trying.messages[-1].text, trying.messages[-1].reply_to) == ("Publié.", yes)
    assert gone(trying) == ["✅", "❌"]


async def test_in_a_conversation_of_two_nothing_is_quoted_and_nobody_named(trying: Chat) -> None:
    await trying.says(ANA, "!ping", room=await trying.direct(ANA))

    assert trying.last.reply_to is None
    assert trying.last.mentioned == []


async def test_somebody_else_s_yes_is_nothing_and_gets_no_answer(trying: Chat) -> None:
    await trying.says(ANA, "!essai apercu Déchets")
    preview, before = trying.last, len(trying.sent)

    await trying.reacts(BEN, "✅", preview)
    await trying.says(BEN, "oui", reply_to=preview)
    await trying.says(BEN, "oui")

    assert done == []
    assert len(trying.sent) == before


async def test_a_preview_waits_ten_minutes(trying: Chat) -> None:
    await trying.says(ANA, "!essai apercu Déchets")
    await trying.passes(minutes=9, seconds=59)
    await trying.says(ANA, "oui")
    assert len(done) == 1

    await trying.says(ANA, "!essai apercu Eau")
    preview = trying.last
    await trying.passes(minutes=10)
    await trying.reacts(ANA, "✅", preview)
    assert len(done) == 1
    assert "attendu votre réponse trop longtemps" in trying.last.text


async def test_a_preview_outlives_a_restart(trying: Chat) -> None:
    await trying.says(ANA, "!essai apercu Déchets")

    await trying.restarts()
    await trying.says(ANA, "oui")

    assert done == [{"title": "Déchets"}]


async def test_a_new_preview_takes_the_place_of_the_one_before(trying: Chat) -> None:
    await trying.says(ANA, "!essai apercu Déchets")
    first = trying.last
    await trying.says(ANA, "!essai apercu Eau")

    await trying.reacts(ANA, "✅", first)
    assert done == []
    assert "n'a pas été fait" in trying.last.text

    await trying.says(ANA, "oui")
    assert done == [{"title": "Eau"}]


async def test_two_people_have_a_preview_each(trying: Chat) -> None:
    await trying.says(ANA, "!essai apercu Déchets")
    await trying.says(BEN, "!essai apercu Eau")

    await trying.says(ANA, "oui")
    await trying.says(BEN, "oui")

    assert done == [{"title": "Déchets"}, {"title": "Eau"}]


@pytest.mark.parametrize("yes", ["✅", "oui", "!oui"])
async def test_a_right_that_was_lost_meanwhile_does_nothing(trying: Chat, yes: str) -> None:
    await trying.says(MODO, "!essai equipe")
    preview, before = trying.last, len(trying.messages)
    trying.homeserver.event(trying.room, "m.room.power_levels", "@boss:example.org", {"users": {}}, state_key="")

    if yes == "✅":
        await trying.reacts(MODO, yes, preview)
        assert len(trying.messages) == before
    else:
        await trying.says(MODO, yes)
        assert trying.last.text == (
            "Cette action est réservée à l'équipe. La communauté n'a pas d'équipe en ce moment\u00a0: "
            "les personnes qui exploitent ce robot peuvent en nommer une."
        )
    assert done == []


async def test_a_member_does_not_even_see_a_preview_that_is_the_team_s(trying: Chat) -> None:
    await trying.says(ANA, "!essai equipe")

    assert trying.last.text == (
        "Cette action est réservée à l'équipe de la communauté du salon (Modo). Vous pouvez leur en parler directement."
    )


# ── commands changed and taken back ───────────────────────────────────────────────────────────────────────


async def test_changing_the_command_changes_the_preview(trying: Chat) -> None:
    command = await trying.says(ANA, "!essai apercu Dechets")
    preview = trying.last

    await trying.edits(ANA, command, "!essai apercu Déchets")

    assert trying.last.edits == preview.event_id
    assert trying.last.lines[0] == "Aperçu : Déchets"

    await trying.reacts(ANA, "✅", preview)
    assert done == [{"title": "Déchets"}]


async def test_a_command_that_was_done_is_not_done_again_when_changed_and_that_is_said(trying: Chat) -> None:
    command = await trying.says(ANA, "!essai apercu Dechets")
    await trying.says(ANA, "oui")

    await trying.edits(ANA, command, "!essai apercu Déchets")
    await trying.says(ANA, "oui")

    assert done == [{"title": "Dechets"}]
    assert trying.last.text.startswith("C'est déjà fait, et corriger ce message n'y change rien.")


async def test_a_changed_question_gets_its_answer_changed(trying: Chat) -> None:
    command = await trying.says(ANA, "!doc zzzz")
    answer = trying.last

    await trying.edits(ANA, command, "!doc messagerie")

    assert trying.last.edits == answer.event_id
    assert "Tchap" in trying.last.text
    assert len(trying.messages) == 1


async def test_nobody_changes_what_somebody_else_wrote(trying: Chat) -> None:
    command = await trying.says(ANA, "!essai apercu Dechets")
    before = len(trying.sent)

    await trying.edits(BEN, command, "!aide")
    assert len(trying.sent) == before

    await trying.says(ANA, "oui")
    assert done == [{"title": "Dechets"}]


async def test_a_message_that_becomes_a_command_is_answered_once(trying: Chat) -> None:
    said = await trying.says(ANA, "doc messagerie")
    assert trying.sent == []

    await trying.edits(ANA, said, "!doc messagerie")
    await trying.edits(ANA, said, "!doc Tchap")

    assert len(trying.messages) == 1
    assert trying.messages[0].reply_to == said


async def test_a_command_taken_back_takes_its_preview_along(trying: Chat) -> None:
    command = await trying.says(ANA, "!essai apercu Déchets")
    preview = trying.last

    await trying.redacts(ANA, command)

    assert [said.source["content"]["redacts"] for said in trying.sent if "redacts" in said.content] == [
        preview.event_id
    ]
    await trying.says(ANA, "oui")
    assert done == []


async def test_a_command_taken_back_leaves_what_was_made(trying: Chat) -> None:
    command = await trying.says(ANA, "!essai carte 7")

    await trying.redacts(ANA, command)

    assert not [said for said in trying.sent if "redacts" in said.content]


@pytest.mark.parametrize(("person", "removed"), [(ANA, True), (MODO, True), (BEN, False)])
async def test_an_answer_is_removed_for_who_asked_and_for_the_team(trying: Chat, person: str, removed: bool) -> None:
    await trying.says(ANA, "!ping")

    await trying.reacts(person, "🗑️", trying.last)

    assert bool([said for said in trying.sent if "redacts" in said.content]) is removed


async def test_what_was_kept_long_enough_goes_at_night(trying: Chat) -> None:
    await trying.says(ANA, "!essai apercu Hortensia")
    await trying.passes(days=1)
    await trying.engine.routine.forget_old()
    assert "Hortensia" not in str(await trying.rows("SELECT data FROM dialogue"))

    await trying.says(ANA, "!ping")
    await trying.passes(days=91)
    await trying.engine.routine.forget_old()
    for table in ("inbox", "dialogue"):
        assert await trying.rows(f"SELECT * FROM {table}") == []
    assert await trying.rows("SELECT kind FROM outbox WHERE NOT open") == []
