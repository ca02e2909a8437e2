"""How results look: a list that goes on, the lines that they take on a phone, and other ways to ask for them."""

import html

from bot.events.text import Text, numbered
from bot.resources import resources
from bot.resources.resources import Draft
from bot.resources.texts import in_list
from tests.chat import ANA, BEN, MODO, MORNING, Chat
from tests.commands.test_doc import COMMUNITIES, WHOLE, write
from tests.homeserver import BOT
from tests.phone import lines_of


async def test_a_list_goes_on_and_a_number_means_what_is_printed_beside_it(chat: Chat) -> None:
    await write(chat, *(Draft(f"Grille de tri {n}", f"https://example.org/{n}") for n in range(11)))
    await chat.says(ANA, "!doc grille de tri")
    first = chat.last
    for _page in range(3):
        await chat.says(ANA, "suite")
    lines = [line for said in chat.messages for line in said.lines if ". Grille" in line]
    printed = dict(line.split(". ", 1) for line in lines)
    assert list(printed) == [str(n) for n in range(1, 11)]
    assert '<ol start="4">' in chat.messages[-3].html
    assert "- Grille de tri" in chat.last.text  # the eleventh: no number chooses it

    for number in ("10", "6", "1"):
        await chat.says(ANA, number)
        assert chat.last.lines[0] == printed[number]
    await chat.says(ANA, "2", reply_to=first)
    assert chat.last.lines[0] == printed["2"]


async def test_under_a_further_page_the_vote_is_for_its_first_result(chat: Chat) -> None:
    await write(chat, *(Draft(f"Grille de tri {n}", f"https://example.org/{n}") for n in range(5)))
    await chat.says(ANA, "!doc grille de tri")
    first = chat.last
    await chat.says(ANA, "suite")
    fourth = next(line for line in chat.last.lines if line.startswith("4. ")).removeprefix("4. ")
    await chat.reacts(BEN, "👍", chat.last)
    assert await chat.rows("SELECT title, useful FROM resource WHERE useful > 0") == [(fourth, 1)]

    await chat.reacts(ANA, "🙋", first)
    assert "grille de tri" in chat.last.text


async def test_a_resource_takes_five_lines_of_a_phone_in_a_list_and_its_summary_is_in_the_html(chat: Chat) -> None:
    async with chat.database.reading() as tx:
        rows = [row for slug in COMMUNITIES for row in await resources.of_community(tx, slug)]
    assert len(rows) > 80
    for row in rows:
        text = Text.of(numbered([in_list(row, MORNING.date())], start=10))
        assert lines_of(text.plain) <= max(5, lines_of(row.url) + 3), text.plain
        assert row.url in text.plain
        assert row.title in text.plain or len(row.title) > 60, text.plain
        assert html.escape(row.summary[:20]) in text.html


async def test_nothing_found_is_said_in_six_lines_of_a_phone_with_what_to_do_next(chat: Chat) -> None:
    for words in ("zinzolin quetsche", "mesagerei sécurisé zinzolin"):
        await chat.says(ANA, f"!doc {words}")
        if "rien trouvé" in chat.last.text:
            assert lines_of(chat.last.text) <= 6
            assert "🙋 demander" in chat.last.text


async def test_a_number_alone_shows_its_resource_and_one_of_none_is_searched(chat: Chat) -> None:
    (number,) = await write(chat, WHOLE)
    await chat.says(ANA, f"!doc {number}")
    assert chat.last.lines[0] == "Admission sans double saisie"

    await chat.says(ANA, "!doc 2024")
    assert "pour «\u00a02024\u00a0»" in chat.last.text


async def test_other_words_for_a_search_are_known(chat: Chat) -> None:
    for word in ("recherche", "rechercher", "chercher"):
        await chat.says(ANA, f"!{word} messagerie sécurisée")
        assert "pour «\u00a0messagerie sécurisée\u00a0»" in chat.last.lines[0]


async def test_our_name_is_a_word_like_any_other_among_those_searched(chat: Chat) -> None:
    await chat.says(ANA, "@relais doc équipe relais handicaps rares", mentions=[BOT])
    assert "«\u00a0équipe relais handicaps rares\u00a0»" in chat.last.lines[0]


# ── a vote is seen ────────────────────────────────────────────────────────────────────────────────────────


async def test_a_vote_by_emoji_gets_a_mark_once_whoever_else_votes(chat: Chat) -> None:
    await write(chat, WHOLE)
    await chat.says(ANA, "!doc double saisie admission")
    card = chat.last
    chat.forget()
    for person, emoji in ((ANA, "👍"), (BEN, "👎"), (ANA, "👎")):
        await chat.reacts(person, emoji, card)
    assert [(said.emoji, said.content["m.relates_to"]["event_id"]) for said in chat.sent] == [("✅", card.event_id)]


async def test_a_vote_in_words_says_for_which_resource_it_counts(chat: Chat) -> None:
    (number,) = await write(chat, WHOLE)
    await chat.says(ANA, "!doc double saisie admission")
    await chat.says(ANA, "utile")
    assert chat.last.text == f"Merci, c'est noté\u00a0: DOC-{number} est utile."

    await chat.says(ANA, "pas utile")
    assert chat.last.lines[0] == f"Merci, c'est noté\u00a0: DOC-{number} n'est pas utile."
    assert "🙋 demander" in chat.last.lines[1]
    await chat.says(ANA, "demander")
    await chat.says(ANA, "sujet 2")
    assert "double saisie admission" in chat.last.text


async def test_a_vote_for_what_was_archived_since_says_so(chat: Chat) -> None:
    (number,) = await write(chat, WHOLE)
    await chat.says(ANA, f"!doc DOC-{number}")
    card = chat.last
    await chat.confirms(MODO, f"!admin doc archiver DOC-{number}")
    await chat.says(ANA, "utile", reply_to=card)
    assert chat.last.text == "Cette ressource n'est plus là."
