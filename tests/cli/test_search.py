"""`relais search` ranks as `!doc` does, for people and for programs."""

import json

import pytest

from bot import installation
from bot.cli.search import find
from bot.resources.library import Library
from commands.doc.search import IN_ROOM
from tests.chat import ANA, Chat
from tests.cli.conftest import Operator


def test_one_query_is_answered_in_one_object(relais: Operator) -> None:
    done = relais("search", "--community", "numerique", "--json", "messagerie", "securisee")
    said = json.loads(done.out)
    assert (done.code, said["query"]) == (0, "messagerie securisee")
    assert said["results"][0].keys() == {"id", "title", "url", "score"}
    scores = [result["score"] for result in said["results"]]
    assert scores == sorted(scores, reverse=True)


def test_a_pipe_gets_one_line_for_each_of_its_lines(relais: Operator) -> None:
    done = relais("search", "--community", "numerique", "--json", stdin="tchap\n\nzzzz\r\nségur\n".encode())
    said = [json.loads(line) for line in done.out.splitlines()]
    assert [one["query"] for one in said] == ["tchap", "", "zzzz", "ségur"]
    assert [bool(one["results"]) for one in said] == [True, False, False, True]


def test_a_person_reads_titles_and_addresses(relais: Operator) -> None:
    done = relais("search", "--community", "numerique", "tchap")
    assert done.out.startswith(" 1. Tchap (DOC-")
    assert "    https://tchap.numerique.gouv.fr/\n" in done.out
    assert relais("search", "--community", "numerique", "zzzz").out == "Nothing found.\n"


def test_an_unknown_community_is_refused(relais: Operator) -> None:
    assert relais("search", "--community", "x", "tchap").code == 2


@pytest.mark.parametrize("words", ["messagerie securisee", "outil messagerie", "guide dmp"])
async def test_the_chat_would_have_answered_the_same(chat: Chat, words: str) -> None:
    await chat.says(ANA, f"!doc {words}")
    library = await Library.of(chat.database, installation.shipped_index())
    async with chat.database.reading() as tx:
        hits = await find(library, tx, words, "numerique", IN_ROOM)
    places = [chat.last.text.find(f"DOC-{hit.document.id} ") for hit in hits]
    assert hits
    assert places == sorted(places)
    assert -1 not in places
