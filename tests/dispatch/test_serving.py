"""An account serves the communities it was given, and the rooms that their files list."""

import shutil
from pathlib import Path

import pytest

from bot import installation
from bot.communities import file, rooms
from bot.communities.rules.serving import Listed, Serving
from bot.errors import StartRefused
from bot.settings import Settings
from bot.store.database import Database
from tests.chat import ANA, BOSS, MODO, Chat
from tests.homeserver import BOT
from tests.living import Template
from tests.mortal import Lives

FIRST, SECOND = "!first:example.org", "!second:example.org"


def of(database: Database, serving: Serving) -> Chat:
    chat = Chat(database)
    chat.serving = serving
    return chat


async def test_a_community_that_is_not_served_is_neither_shown_nor_linked(database: Database) -> None:
    async with of(database, Serving(frozenset({"rse", "numerique"}))) as chat:
        room = await chat.opens(SECOND)
        await chat.says(BOSS, "!admin communauté lier gestion", room=room)
        assert chat.last.text.endswith("Celles que je connais\u00a0: numerique, rse")
        await chat.says(BOSS, "!admin communauté lister", room=room)
        assert not any(line.startswith("gestion") for line in chat.last.lines)
        await chat.says(BOSS, "!admin communauté lier rse", room=room)
        assert "Ce salon est relié" in chat.last.text


async def test_what_is_served_no_more_is_unlinked_at_the_next_start_and_said_there(database: Database) -> None:
    async with of(database, Serving(frozenset({"rse", "gestion"}))) as chat:
        for room, slug in ((FIRST, "rse"), (SECOND, "gestion")):
            await chat.opens(room)
            await chat.says(BOSS, f"!admin communauté lier {slug}", room=room)
        chat.serving = Serving(frozenset({"gestion"}))
        await chat.restarts()
        assert await chat.rows("SELECT room_id FROM room_binding") == [(SECOND,)]
        assert await chat.rows("SELECT main_room FROM community WHERE slug = 'rse'") == [(None,)]
        assert chat.last.room_id == FIRST
        assert chat.last.text.endswith("Je n'y fais plus rien désormais.")
        count = len(chat.texts)
        await chat.restarts()
        assert len(chat.texts) == count


async def test_a_misspelt_community_unlinks_nothing(database: Database) -> None:
    settings = Settings(serves=("rse", "numerik"))
    with pytest.raises(StartRefused, match="there is no community “numerik”; there are gestion, immobilier, numerique"):
        await installation.prepare(settings, database)


async def test_listed_rooms_are_linked_when_the_bot_comes_in_and_the_first_is_the_main_one(database: Database) -> None:
    listed = {FIRST: Listed("rse", main=True), SECOND: Listed("rse", main=False)}
    async with of(database, Serving(listed=listed)) as chat:
        await chat.opens(SECOND)
        assert await chat.rows("SELECT main_room FROM community WHERE slug = 'rse'") == [(None,)]
        await chat.opens(FIRST)
        assert await chat.rows("SELECT main_room FROM community WHERE slug = 'rse'") == [(FIRST,)]
        await chat.says(ANA, "!doc bilan carbone", room=SECOND)
        assert "ressource" in chat.last.text

        await chat.confirms(MODO, "!admin communauté délier", room=SECOND)
        await chat.restarts()
        assert await chat.rows(f"SELECT community FROM room_binding WHERE room_id = '{SECOND}'") == []


async def test_an_alias_in_a_file_leads_to_its_room(template: Template, impatient: None, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{shutil.copy(template.file, tmp_path)}")
    lives = Lives(str(database.url), template.library, BOSS)
    lives.listed = {"#gone:x.fr": Listed("gestion", main=True), "#rse:x.fr": Listed("rse", main=True)}
    lives.homeserver.aliases["#rse:x.fr"] = FIRST
    await lives.live()
    lives.homeserver.create(FIRST, BOSS)
    lives.homeserver.member(FIRST, BOSS)
    lives.homeserver.member(FIRST, BOT, "invite")["sender"] = BOSS
    await lives.live()

    async with database.reading() as tx:
        bound = await rooms.binding(tx, FIRST)
    await database.close()
    assert bound is not None
    assert bound.community == "rse"


def test_what_files_list_is_read_with_its_community(tmp_path: Path) -> None:
    shipped = (file.shipped() / "rse.yaml").read_text(encoding="utf-8")
    (tmp_path / "rse.yaml").write_text(
        shipped.replace("rooms: []", "rooms: ['#rse:x.fr', '!a:x.fr']"), encoding="utf-8"
    )
    found = installation.listed_rooms(Settings(communities=tmp_path))
    assert found == {"#rse:x.fr": Listed("rse", main=True), "!a:x.fr": Listed("rse", main=False)}
