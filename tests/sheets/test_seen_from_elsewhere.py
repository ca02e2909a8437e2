"""What others see of sheets: a team's dashboard and its verbs for resources, who signs one that ends, another need."""

from tests.chat import ANA, BEN, MODO, Chat
from tests.help.people import joins
from tests.help.test_own_data import erases
from tests.sheets.writing import NEED, answers, kept, publishes, submits, to, writes


async def test_a_team_sees_how_many_sheets_wait_for_a_review(chat: Chat) -> None:
    await submits(chat)
    room = await chat.direct(MODO)
    await chat.says(MODO, "!admin tableau", room=room)
    assert "1 fiche à relire\u00a0: !fiche relire" in chat.last.text

    await answers(chat, MODO, "!fiche F-1 publier")
    await chat.says(MODO, "!admin tableau", room=room)
    assert "à relire" not in chat.last.text


async def test_the_team_changes_a_sheet_where_it_was_made_and_not_as_a_resource(chat: Chat) -> None:
    await publishes(chat)
    [(number,)] = await chat.rows("SELECT id FROM resource WHERE origin = 'F-1'")
    for line in ("archiver DOC-{} dépassée", "modifier DOC-{} titre Autre", "fusionner DOC-{} DOC-1"):
        await chat.says(MODO, f"!admin doc {line.format(number)}")
        assert "se modifie là où elle a été écrite\u00a0: !F-1" in chat.last.text, line

    assert await chat.rows("SELECT state FROM resource WHERE origin = 'F-1'") == [("published",)]


async def test_who_signs_a_draft_learns_that_its_author_is_gone(chat: Chat) -> None:
    await joins(chat, BEN)
    await chat.direct(BEN)
    await writes(chat, ANA, f"!fiche F-1 avec {BEN}")
    await chat.reacts(BEN, "✅", to(chat, BEN)[-1])
    chat.forget()
    await erases(chat, ANA)

    assert (await kept(chat))["status"] == "withdrawn"
    [told] = [said.text for said in to(chat, BEN) if "s'arrête là" in said.text]
    assert "F-1" in told


async def test_another_need_begins_another_sheet_and_loses_no_word(chat: Chat) -> None:
    await answers(chat, ANA, f"!fiche {NEED}")
    await answers(chat, ANA, "annuler", "!fiche Les stocks de la pharmacie étaient comptés à la main.")

    assert (await kept(chat, 1))["need"] == NEED
    assert (await kept(chat, 2))["need"] == "Les stocks de la pharmacie étaient comptés à la main."
