"""Promises of the picture of twelve weeks: its numbers are those of the database, and its words say all of it."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.communities.rules.weeks import counts, silent, until_now
from bot.errors import Refused
from bot.pictures import process
from tests.chat import ANA, MODO, Chat, Said
from tests.dashboard.test_dashboard import HERE, lives

NAMES = ("Recherches", "Demandes", "Demandes acceptées", "Rencontres")


@pytest.fixture
def charts(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is to be drawn, instead of being drawn."""
    asked: list[Any] = []

    async def draw(chart: Any) -> bytes:
        asked.append(chart)
        return b"PNG"

    monkeypatch.setattr(process, "draw", draw)
    return asked


async def pictured(chat: Chat, *, room: str | None = None) -> Said:
    """What the bot says last of the picture that the team asks for."""
    await chat.says(MODO, "!admin tableau image", room=room or await chat.direct(MODO))
    return chat.last


async def in_weeks(chat: Chat, column: str, query: str) -> list[int]:
    """The rows of a query by week, counted one by one."""
    zone, found = ZoneInfo("Europe/Paris"), [0] * 12
    monday = chat.now.astimezone(zone).date() - timedelta(days=chat.now.astimezone(zone).weekday())
    for (moment,) in await chat.rows(f"SELECT {column} FROM {query} AND {column} IS NOT NULL"):
        at = moment if isinstance(moment, datetime) else datetime.fromisoformat(moment)
        day = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(zone).date()
        week = 11 + (day - monday).days // 7
        if week >= 0 and (at if at.tzinfo else at.replace(tzinfo=UTC)) <= chat.now:
            found[week] += 1
    return found


async def test_it_shows_what_the_database_holds_and_says_all_of_it(chat: Chat, charts: list[Any]) -> None:
    await lives(chat)

    said = await pictured(chat)

    [chart] = charts
    of = {row["name"].partition("\u00a0")[0]: list(row["values"]) for row in chart["rows"]}
    own = f"series IN (SELECT id FROM meetup_series WHERE {HERE} AND NOT external)"
    first_pages = "outbox WHERE substr(about, 1, 6) = 'found:' AND replace(about, '/', '') = about"
    number = "'found:' || resource.id || '.'"
    ours = f"EXISTS (SELECT id FROM resource WHERE substr(about, 1, length({number})) = {number} AND {HERE})"
    found = await in_weeks(chat, "entered_at", f"{first_pages} AND {ours}")
    missed = await in_weeks(chat, "missed_at", f"search_miss WHERE {HERE}")
    assert of == {
        "Recherches": [sum(both) for both in zip(found, missed, strict=True)],
        "Demandes": await in_weeks(chat, "sent_at", f"help_request WHERE {HERE}"),
        "Demandes acceptées": await in_weeks(chat, "first_accepted_at", f"help_request WHERE {HERE}"),
        "Rencontres": await in_weeks(chat, "starts_at", f"meetup WHERE status = 'published' AND {own}"),
    }
    assert (said.content["msgtype"], said.content["filename"]) == ("m.image", "relais-douze-semaines.png")
    assert said.content["info"]["mimetype"] == "image/png"
    assert "<details><summary>Semaine par semaine" in said.html
    _told(said.text.replace("\u00a0", " "), of)


def _told(text: str, of: dict[str, list[int]]) -> None:
    """The words have every number of every week, in the order of the rows, and no other."""
    weeks = re.findall(r"^- \d+(?:er)? [a-zéû]+ : (.*)$", text, re.MULTILINE)
    told = [re.findall(r"(\d+) (recherche|demandes? acceptée|demande|rencontre)", week) for week in weeks]
    words = dict(zip(NAMES, ("recherche", "demande", "demandes? acceptée", "rencontre"), strict=True))
    for name, word in words.items():
        found = [sum(int(count) for count, what in week if re.fullmatch(word, what)) for week in told]
        assert found == of[name], (name, text)
        assert f"- {name} : {sum(of[name])}" in text


async def test_a_search_is_counted_once_whatever_follows(chat: Chat, charts: list[Any]) -> None:
    asked = await chat.says(ANA, "!doc dossier patient")
    await chat.says(ANA, "suite")
    await chat.says(ANA, "1")
    await chat.edits(ANA, asked, "!doc messagerie")
    await chat.says(ANA, "!doc introuvablexyz")
    await chat.says(ANA, "!doc DOC-1")
    await chat.says(ANA, "!doc dossier", room=await chat.direct(ANA))

    await pictured(chat)

    assert charts[0]["rows"][0]["values"] == [0] * 11 + [3]


@pytest.mark.parametrize("fails", ["drawing", "upload"])
async def test_where_there_is_no_picture_its_words_come_alone(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, fails: str, charts: list[Any]
) -> None:
    await lives(chat)

    async def not_drawn(_chart: Any) -> bytes:
        raise process.NotDrawn

    def no_media(_method: str, path: str) -> None:
        if "/media/" in path:
            raise Refused(403, "M_FORBIDDEN")

    if fails == "drawing":
        monkeypatch.setattr(process, "draw", not_drawn)
    else:
        chat.homeserver.refuse = no_media
    said = await pictured(chat)

    assert said.content["msgtype"] != "m.image"
    assert said.lines[0].startswith("Je n'ai pas pu préparer ou envoyer l'image.")
    assert len([line for line in said.lines if line.startswith("- ")]) == 4 + 12
    assert [row.status for row in await chat.rows("SELECT status FROM outbox WHERE kind = 'draw'")] == ["failed"]


async def test_asked_in_a_room_the_picture_goes_to_the_person(chat: Chat, charts: list[Any]) -> None:
    private = await chat.direct(MODO)
    chat.forget()

    await pictured(chat, room=chat.room)

    assert [said.room_id for said in chat.messages if said.content["msgtype"] == "m.image"] == [private]
    assert [said.text for said in chat.messages if said.room_id == chat.room] == [
        "Je vous l'écris en conversation privée."
    ]


PARIS = ZoneInfo("Europe/Paris")


def test_weeks_begin_on_monday_midnight_whatever_clocks_do() -> None:
    sunday = datetime(2027, 3, 28, 23, 59, tzinfo=PARIS)  # clocks went forward that morning
    weeks = until_now(sunday, PARIS, count=3)

    assert [begins.astimezone(PARIS).isoformat() for begins in weeks] == [
        f"2027-03-{day:02}T00:00:00+01:00" for day in (8, 15, 22)
    ]
    assert until_now(sunday + timedelta(minutes=1), PARIS, count=1)[0] == datetime(2027, 3, 29, tzinfo=PARIS)
    edges = [weeks[0] - timedelta(seconds=1), weeks[0], weeks[1] - timedelta(seconds=1), weeks[2]]
    assert counts(edges, weeks) == [2, 0, 1]


def test_a_quiet_week_is_whole_and_after_the_community_began() -> None:
    weeks = until_now(datetime(2027, 3, 28, tzinfo=PARIS), PARIS, count=4)
    rows = [[0, 1, 0, 0], [0, 0, 0, 0]]

    assert silent(rows, weeks, since=weeks[0]) == 2
    assert silent(rows, weeks, since=weeks[0] + timedelta(seconds=1)) == 1
    assert silent(rows, weeks, since=weeks[3]) == 0
