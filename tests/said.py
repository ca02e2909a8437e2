"""What the bot sent, as a test reads it."""

from dataclasses import dataclass
from typing import cast

from bot.matrix.api import Json

WELCOME = "un robot qui trouve"
"""Words of what a person reads once, behind the first answer."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something that the bot sent: a message, an edit, a reaction or a removal."""

    room_id: str
    source: Json
    people: tuple[str, ...] = ()
    """Who is in the room besides the bot, or invited to it."""

    @property
    def event_id(self) -> str:
        return str(self.source["event_id"])

    @property
    def content(self) -> Json:
        return dict(self.source["content"])

    @property
    def text(self) -> str:
        return str(self.content.get("m.new_content", self.content).get("body", ""))

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @property
    def html(self) -> str:
        return str(self.content.get("formatted_body", ""))

    @property
    def rings(self) -> bool:
        return self.content.get("msgtype") == "m.text"

    @property
    def mentioned(self) -> list[str]:
        return list(self.content.get("m.mentions", {}).get("user_ids", []))

    @property
    def meant_for(self) -> list[str]:
        """Whom it calls: who is alone with the bot, else those whom it mentions."""
        return list(self.people) if len(self.people) == 1 else self.mentioned

    @property
    def reply_to(self) -> str | None:
        return cast(str | None, self._relation.get("m.in_reply_to", {}).get("event_id"))

    @property
    def thread(self) -> str | None:
        return self._relation["event_id"] if self._relation.get("rel_type") == "m.thread" else None

    @property
    def edits(self) -> str | None:
        return self._relation["event_id"] if self._relation.get("rel_type") == "m.replace" else None

    @property
    def emoji(self) -> str | None:
        return cast(str | None, self._relation.get("key"))

    @property
    def _relation(self) -> Json:
        return dict(self.content.get("m.relates_to", {}))
