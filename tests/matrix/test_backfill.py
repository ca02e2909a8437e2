"""What the homeserver tells of the past, and what it does not say."""

from typing import Any, cast

from bot.errors import Refused
from bot.matrix.api import Api, Json
from bot.matrix.backfill import Backfill
from tests.homeserver import BOT

ROOM, CARD = "!a:example.org", "$card"


class Relations:
    """An `Api` that knows so many reactions under one event, and shows them in pages."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.asked = 0

    async def request(self, _method: str, _path: str, *, query: dict[str, str], **_how: Any) -> Json:
        self.asked += 1
        if not self.count:
            raise Refused(403, "M_FORBIDDEN")
        first, size = int(query.get("from", "0")), int(query["limit"])
        page = range(first, min(first + size, self.count))
        more = {"next_batch": str(page.stop)} if page.stop < self.count else {}
        return {"chunk": [self._reaction(number) for number in page], **more}

    def _reaction(self, number: int) -> Json:
        relation = {"rel_type": "m.annotation", "event_id": CARD, "key": "✅"}
        return {
            "type": "m.reaction",
            "event_id": f"$reaction{number}",
            "sender": f"@p{number}:example.org",
            "origin_server_ts": 1_799_000_000_000,
            "content": {"m.relates_to": relation},
        }


def backfill(relations: Relations) -> Backfill:
    return Backfill(cast(Api, relations), BOT)


async def test_every_reaction_under_a_card_is_read_however_many_there_are() -> None:
    relations = Relations(620)
    found = await backfill(relations).marks(ROOM, CARD)

    assert found is not None
    assert len({event.event_id for event in found}) == 620
    assert relations.asked == 3


async def test_a_homeserver_that_does_not_say_is_not_taken_for_no_reaction() -> None:
    assert await backfill(Relations(0)).marks(ROOM, CARD) is None
