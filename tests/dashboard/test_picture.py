"""Promises of the picture of twelve weeks: its numbers are those of the database, and its words say all of it."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.communities.rules.weeks import counts, silent, until_now
from bot.errors import Refused
from bot.pictures import process
from bot.process import apart
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
    counted = {
        "Recherches": [sum(both) for both in zip(found, missed, strict=True)],
        "Demandes": await in_weeks(chat, "sent_at", f"help_request WHERE {HERE}"),
        "Demandes acceptées": await in_weeks(chat, "first_accepted_at", f"help_request WHERE {HERE}"),
        "Rencontres": await in_weeks(chat, "starts_at", f"meetup WHERE status = 'published' AND {own}"),
    }
    few = {name: [count if name == "Rencontres" else few_hidden(count) for count in counted[name]] for name in counted}
    assert of == few
    assert {None in of[name] for name in NAMES[:3]} == {True}
    assert (said.content["msgtype"], said.content["filename"]) == ("m.image", "relais-douze-semaines.png")
    assert said.content["info"]["mimetype"] == "image/png"
    assert "<details><summary>Semaine par semaine" in said.html
    _told(said.text.replace("\u00a0", " "), of, counted)


def few_hidden(count: int) -> int | None:
    return None if 0 < count < 5 else count


def _told(text: str, of: dict[str, list[int | None]], counted: dict[str, list[int]]) -> None:
    """The words have what is shown of every week, in the order of the rows, and no other number."""
    weeks = re.findall(r"^- \d+(?:er)? [a-zéû]+ : (.*)$", text, re.MULTILINE)
    for name, word in zip(NAMES, ("recherches?", "demandes?", "demandes? acceptées?", "rencontres?"), strict=True):
        found = [0 if (part := _part(week, word)) is None else part[1] and int(part[1]) for week in weeks]
        assert [count or (0 if count == 0 else None) for count in found] == of[name], (name, text)
        total = sum(counted[name])
        assert f"- {name} : {f'environ {5 * round(total / 5)}' if None in of[name] else total}" in text


def _part(week: str, word: str) -> re.Match[str] | None:
    """The part about one thing: its number, none where it has few."""
    found = (re.fullmatch(rf"(?:(\d+) {word}|{word} \(moins de 5\))", part) for part in week.split(", "))
    return next(filter(None, found), None)


async def test_weeks_of_few_cannot_be_worked_out_and_the_floor_is_the_community_s_own(
    chat: Chat, charts: list[Any]
) -> None:
    for number in range(7):
        await chat.says(ANA, f"!doc introuvable{'x' * number}")
        if number in (3, 6):
            said = await pictured(chat)
            sums = {3: "- Recherches : moins de 5", 6: "- Recherches : 7"}
            assert sums[number] in said.text.replace("\u00a0", " ").split("\n"), said.text
            assert charts[-1]["rows"][0]["values"] == [0] * 11 + [few_hidden(number + 1)]
    await chat.confirms(MODO, "!admin réglage min-reponses 10")
    said = await pictured(chat)
    assert "- Recherches : moins de 10" in said.text.replace("\u00a0", " ").split("\n")
    assert (charts[-1]["rows"][0]["values"][-1], charts[-1]["few"]) == (None, "< 10")


async def test_a_search_is_counted_once_whatever_follows(chat: Chat, charts: list[Any]) -> None:
    asked = await chat.says(ANA, "!doc dossier patient")
    await chat.says(ANA, "suite")
    await chat.says(ANA, "1")
    await chat.edits(ANA, asked, "!doc messagerie")
    await chat.says(ANA, "!doc introuvablexyz")
    await chat.says(ANA, "!doc DOC-1")
    for words in ("dossier", "messagerie", "dpi"):
        await chat.says(ANA, f"!doc {words}", room=await chat.direct(ANA))

    await pictured(chat)

    assert charts[0]["rows"][0]["values"] == [0] * 11 + [5]


@pytest.mark.parametrize("fails", ["drawing", "upload"])
async def test_where_there_is_no_picture_its_words_come_alone(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, fails: str, charts: list[Any]
) -> None:
    await lives(chat)

    async def not_drawn(_chart: Any) -> bytes:
        raise apart.NotMade

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
