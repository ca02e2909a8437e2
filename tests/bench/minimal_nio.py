"""A bot as the manual of matrix-nio shows it: callbacks, `sync_forever`, the same fixed reply to `!doc`."""

import argparse
import asyncio

from nio import AsyncClient, InviteMemberEvent, MatrixRoom, RoomMessageText

from tests.bench.answer import answer


class Bot:
    def __init__(self, client: AsyncClient) -> None:
        self.client = client

    async def on_invitation(self, room: MatrixRoom, event: InviteMemberEvent) -> None:
        if event.state_key == self.client.user_id:
            await self.client.join(room.room_id)

    async def on_message(self, room: MatrixRoom, event: RoomMessageText) -> None:
        if event.sender != self.client.user_id and event.body.startswith("!doc "):
            await self.client.room_send(room.room_id, "m.room.message", answer(event.event_id))


async def run(homeserver: str, user: str, password: str) -> None:
    client = AsyncClient(homeserver, user)
    bot = Bot(client)
    await client.login(password)
    client.add_event_callback(bot.on_invitation, InviteMemberEvent)
    await client.sync(timeout=0)
    client.add_event_callback(bot.on_message, RoomMessageText)
    await client.sync_forever(timeout=30000)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in ("homeserver", "user", "password"):
        parser.add_argument(f"--{name}", required=True)
    asyncio.run(run(**vars(parser.parse_args())))
