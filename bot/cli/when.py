"""`relais when`: shows what the date grammar reads, for a person, or line by line for a program."""

import json
import sys
from datetime import datetime
from typing import Annotated, NoReturn
from zoneinfo import ZoneInfo

import typer

from bot.cli.files import json_text
from bot.clock import utc_now
from bot.time.when import Reading, Unsure, read

Answer = dict[str, str | None]


def when(
    text: Annotated[
        str | None, typer.Argument(help="A date as people type it; without it, JSON lines from stdin.")
    ] = None,
    now: Annotated[str | None, typer.Option(help="The present moment, ISO 8601; without it, the clock.")] = None,
    zone: Annotated[str, typer.Option(help="An IANA time zone.")] = "Europe/Paris",
) -> None:
    """Says what the date grammar reads: start, end and rrule as JSON, null where it is not sure.

    A day without a time is that day at 00:00. Without a text, reads one `{"text", "now"}` a line and answers each.
    """
    place = _zone(zone)
    default = _moment(now, place) if now is not None else None
    if text is not None:
        typer.echo(json.dumps(answer(text, default or utc_now(), place), ensure_ascii=False))
        return
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        line = raw.decode(errors="replace")
        if line.strip():
            case, moment = _case(line, number, default, place)
            typer.echo(json.dumps(answer(case, moment, place), ensure_ascii=False))


def answer(text: str, now: datetime, zone: ZoneInfo) -> Answer:
    """`{"text", "start", "end", "rrule"}`: ISO 8601 with the offset of the zone, null where it is not sure.

    Null too if days are left out ("except 14 July"), which an RRULE cannot express.
    """
    reading = read(text, now=now, zone=zone)
    if isinstance(reading, Unsure) or reading.not_on:
        reading = Reading(None)
    return {"text": text, "start": _iso(reading.start), "end": _iso(reading.end), "rrule": reading.rrule}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment is not None else None


def _case(line: str, number: int, default: datetime | None, zone: ZoneInfo) -> tuple[str, datetime]:
    try:
        case = json_text.read(line)
    except ValueError:
        _refuse(f"Line {number} is not JSON.")
    if not isinstance(case, dict) or not isinstance(case.get("text"), str):
        _refuse(f'Line {number} needs a "text".')
    moment = case.get("now")
    if moment is None:
        return case["text"], default or utc_now()
    if not isinstance(moment, str):
        _refuse(f'Line {number}: "now" must be an ISO 8601 date and time.')
    return case["text"], _moment(moment, zone)


def _moment(text: str, zone: ZoneInfo) -> datetime:
    """An ISO 8601 instant; without an offset it is in the zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        _refuse(f"“{text}” is not an ISO 8601 date and time, such as 2027-01-05T14:00.")
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _zone(key: str) -> ZoneInfo:
    try:
        return ZoneInfo(key)
    except (ValueError, OSError, KeyError):
        _refuse(f"“{key}” is not a time zone; write an IANA name such as Europe/Paris.")


def _refuse(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
