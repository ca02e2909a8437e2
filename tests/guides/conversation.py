"""Reads the conversations of a guide, and plays them.

A conversation is a block of Markdown whose first line says where: `salon` or `room` is the community's main room,
`privé Ana` or `private Ana` the conversation of one person with the bot, `échange` or `exchange` the private room that
the bot made last, `nouveau` or `new` a room that belongs to no community yet. `Ana │ ` begins what somebody writes, or
the one emoji that they put under the bot's latest message there; the bot's lines follow. `⋯ 2 heures` lets time pass.
"""

import re
from dataclasses import dataclass

from tests.chat import BOSS, Chat, Said
from tests.homeserver import BOT

BAR = "│"
NAME, CHANGES = "Relais", "Relais ✎"
MESSAGE, SHOWN = "m.room.message", ("m.text", "m.notice")
FENCE = re.compile(r"^```(salon|room|privé|private|échange|exchange|nouveau|new)(?: (\w+))?\n(.*?)^```$", re.M | re.S)
LATER = re.compile(r"^⋯ (\d+) (minute|heure|hour|jour|day|semaine|week)")
UNITS = {"minute": "minutes", "heure": "hours", "hour": "hours", "jour": "days", "day": "days"}
UNITS |= {"semaine": "weeks", "week": "weeks"}
EMOJI = re.compile(r"[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f]+")
NEW = "!nouveau:example.org"


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody wrote, or how much time passed when nobody did."""

    person: str
    text: str


def of_people(conversation: str) -> list[Line]:
    """The lines of a conversation without the bot's."""
    found: list[Line] = []
    for line in conversation.splitlines():
        name, bar, text = line.partition(BAR)
        if LATER.match(line):
            found.append(Line("", line))
        elif bar and name.strip() not in ("", NAME, CHANGES):
            found.append(Line(name.strip(), text.strip()))
    return found


class Player:
    """Plays one guide in the rooms of a chat; each room's messages are shown once."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._shown: set[str] = {said.event_id for room in chat.homeserver.rooms for said in self._messages(room)}

    async def play(self, guide: str) -> str:
        """The guide with what the bot says now."""
        played, end = [], 0
        for block in FENCE.finditer(guide):
            room = await self._room(block[1], block[2] or "")
            head = f"```{block[1]}{' ' + block[2] if block[2] else ''}\n"
            played += [guide[end : block.start()], head, await self._conversation(block[3], room), "```"]
            end = block.end()
        return "".join([*played, guide[end:]])

    async def _conversation(self, conversation: str, room: str) -> str:
        lines = self._news(room)
        for line in of_people(conversation):
            if line.person:
                lines += _spoken(line.person, line.text)
                await self._does(line, room)
            else:
                lines.append(line.text)
                await self._passes(line.text)
            lines += self._news(room)
        return "".join(f"{line}\n" for line in lines)

    async def _does(self, line: Line, room: str) -> None:
        person = f"@{line.person.lower()}:example.org"
        if EMOJI.fullmatch(line.text):
            await self._chat.reacts(person, line.text, self._latest(room), room=room)
        else:
            await self._chat.says(person, line.text, room=room)

    async def _passes(self, line: str) -> None:
        later = LATER.match(line)
        assert later is not None
        await self._chat.passes(**{UNITS[later[2]]: int(later[1])})

    async def _room(self, where: str, name: str) -> str:
        if name:
            return await self._chat.direct(f"@{name.lower()}:example.org")
        if where in ("nouveau", "new"):
            return NEW if NEW in self._chat.homeserver.rooms else await self._opened()
        return self._chat.room if where in ("salon", "room") else list(self._chat.homeserver.rooms)[-1]

    async def _opened(self) -> str:
        await self._chat.opens(NEW)
        await self._chat.does(BOSS, "m.room.name", {"name": "Dialogue de gestion"}, room=NEW, state_key="")
        return NEW

    def _latest(self, room: str) -> str:
        messages = [said for said in self._messages(room) if said.edits is None]
        return messages[-1].event_id if messages else ""

    def _news(self, room: str) -> list[str]:
        news = [said for said in self._messages(room) if said.event_id not in self._shown]
        self._shown |= {said.event_id for said in news}
        return [line for said in news for line in _spoken(NAME if said.edits is None else CHANGES, said.text)]

    def _messages(self, room: str) -> list[Said]:
        timeline = self._chat.homeserver.rooms[room].timeline
        own = (Said(room, source) for source in timeline if source["sender"] == BOT and source["type"] == MESSAGE)
        return [said for said in own if said.content.get("msgtype") in SHOWN]


def _spoken(person: str, text: str) -> list[str]:
    first, *more = text.splitlines()
    return [f"{person} {BAR} {first}", *(f"{' ' * len(person)} {BAR} {line}".rstrip() for line in more)]
