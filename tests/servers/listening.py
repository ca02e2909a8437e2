"""A person's ears: her own sync loop, everything she has heard, and waiting for what she expects."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from typing import Any

import aiohttp

from tests.servers.client import JSON, Client, Refused, at
from tests.servers.events import Event


class NothingOfTheKind(AssertionError):
    """What was expected did not come in time."""


class Ears:
    """Hears every room of one account from now on, without gaps, each event once."""

    def __init__(self, client: Client, name: str) -> None:
        self._client = client
        self._name = name
        self._log: list[Event] = []
        self._known: set[str] = set()
        self._news = asyncio.Condition()
        self._since = ""
        self._task: asyncio.Task[None] | None = None
        self.to_device: list[JSON] = []
        self.limit = 100
        """Events of one room in one answer of the server; the rest is fetched."""

    async def open(self) -> None:
        """Starts to listen. What was said before is not heard; what is said after the return is."""
        await self._turn(0)
        self.resume()

    def resume(self) -> None:
        """Listens again after `close`; what was said meanwhile is heard."""
        self._task = asyncio.create_task(self._listen(), name=f"the ears of {self._name}")

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    def mark(self) -> int:
        """The position of now in what was heard, to be given as `since`."""
        return len(self._log)

    def heard(self, room: str | None = None, *, since: int = 0) -> list[Event]:
        """All events heard since the mark, in order; of one room or of all."""
        return [event for event in self._log[since:] if room is None or event.room_id == room]

    async def until(self, predicate: Callable[[Event], bool], *, within: float = 10.0, since: int = 0) -> Event:
        """The first event since the mark that satisfies the predicate, heard already or within the seconds.

        Take the mark before the act whose effect is awaited. Raises NothingOfTheKind.
        """
        with self._patience(within, since):
            async with asyncio.timeout(within):
                return await self._first(predicate, since)

    async def count(
        self, predicate: Callable[[Event], bool], number: int, *, within: float = 10.0, since: int = 0
    ) -> list[Event]:
        """Waits until at least `number` events since the mark satisfy the predicate; returns all that do."""
        with self._patience(within, since):
            async with asyncio.timeout(within), self._news:
                while len(found := [event for event in self._log[since:] if predicate(event)]) < number:
                    await self._more()
                return found

    @contextlib.contextmanager
    def _patience(self, within: float, since: int) -> Any:
        try:
            yield
        except TimeoutError:
            last = "; ".join(f"{event.type} {event.body[:60]!r}" for event in self._log[since:][-5:])
            message = f"{self._name} waited {within:g} s in vain. Heard last: {last or 'nothing'}."
            raise NothingOfTheKind(message) from None

    async def _first(self, predicate: Callable[[Event], bool], position: int) -> Event:
        async with self._news:
            while True:
                for event in self._log[position:]:
                    if predicate(event):
                        return event
                position = len(self._log)
                await self._more()

    async def _more(self) -> None:
        if self._task is None:
            raise RuntimeError(f"{self._name} does not listen.")
        if self._task.done():
            self._task.result()
        await self._news.wait()

    async def _listen(self) -> None:
        try:
            while True:
                try:
                    await self._turn(30_000)
                except (aiohttp.ClientError, TimeoutError):
                    await asyncio.sleep(0.1)  # The homeserver is being restarted.
                except Refused as refusal:
                    if refusal.status < 500:
                        raise
                    await asyncio.sleep(0.1)
        finally:
            async with self._news:
                self._news.notify_all()

    async def _turn(self, patience: int) -> None:
        query: dict[str, str | int] = {"timeout": patience, "filter": _filter(self.limit)}
        if self._since:
            query["since"] = self._since
        answer = await self._client.get(at("sync"), **query)
        events = await self._events(answer)
        self._since = answer["next_batch"]
        async with self._news:
            self.to_device += answer.get("to_device", {}).get("events", [])
            self._keep(events)
            self._news.notify_all()

    def _keep(self, events: list[Event]) -> None:
        for event in events:
            if event.event_id and event.event_id in self._known:
                continue
            self._known.add(event.event_id)
            self._log.append(event)

    async def _events(self, answer: JSON) -> list[Event]:
        rooms = answer.get("rooms", {})
        events: list[Event] = []
        for room_id, room in rooms.get("invite", {}).items():
            events += [Event.of(room_id, raw) for raw in room["invite_state"]["events"]]
        if not self._since:
            return events
        for room_id, room in [*rooms.get("join", {}).items(), *rooms.get("leave", {}).items()]:
            events += await self._timeline(room_id, room["timeline"])
        return events

    async def _timeline(self, room_id: str, timeline: JSON) -> list[Event]:
        events = [Event.of(room_id, raw) for raw in timeline["events"]]
        if not timeline.get("limited"):
            return events
        return await self._gap(room_id, timeline["prev_batch"]) + events

    async def _gap(self, room_id: str, before: str) -> list[Event]:
        missing: list[Event] = []
        position: str | None = before
        while position is not None:
            page = await self._client.get(
                at("rooms", room_id, "messages"), dir="b", limit=500, **{"from": position, "to": self._since}
            )
            missing += [Event.of(room_id, raw) for raw in page["chunk"]]
            position = page.get("end") if page["chunk"] else None
        return missing[::-1]


def _filter(limit: int) -> str:
    nothing: JSON = {"types": []}
    room = {"ephemeral": nothing, "account_data": nothing, "state": {"lazy_load_members": True}}
    room["timeline"] = {"limit": limit}
    return json.dumps({"presence": nothing, "account_data": nothing, "room": room})
