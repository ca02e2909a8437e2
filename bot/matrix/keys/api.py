"""What the keys need of the homeserver's client API."""

from typing import Any, Protocol
from urllib.parse import quote

Json = dict[str, Any]


class Api(Protocol):
    """Raw requests as the bot's account."""

    async def request(self, method: str, path: str, body: Json | None = None) -> Json:
        """Sends one request and returns the JSON answered; `path` begins with `/_matrix`, its parts quoted.

        Raises `bot.errors.MatrixError` for any answer that is not a success, and when none came.
        """


def client_path(*parts: str) -> str:
    """The path of a client API request, each part quoted."""
    return "/_matrix/client/v3" + "".join("/" + quote(part, safe="") for part in parts)
