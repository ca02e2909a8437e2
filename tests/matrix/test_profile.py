"""The bot has a face, unless an operator gave it one."""

from typing import Any, cast

from bot.errors import Refused
from bot.matrix.api import Api
from bot.matrix.profile import NAME, show_face

ME = "@relais:example.org"


class Server:
    """One account's profile; `refuses` what is to be changed."""

    def __init__(self, profile: dict[str, str] | None = None, *, refuses: bool = False) -> None:
        self.profile: dict[str, Any] = dict(profile or {})
        self.pictures: list[bytes] = []
        self._refuses = refuses

    async def request(self, method: str, path: str, body: dict[str, str] | None = None) -> dict[str, Any]:
        if method == "GET":
            return self.profile
        if self._refuses:
            raise Refused(403, "M_FORBIDDEN")
        self.profile |= body or {}
        return {}

    async def upload(self, data: bytes, *, media_type: str) -> str:
        assert media_type == "image/png"
        self.pictures.append(data)
        return "mxc://example.org/face"


async def face(server: Server) -> dict[str, Any]:
    await show_face(cast(Api, server), ME)
    return server.profile


async def test_a_new_account_says_that_it_is_a_program() -> None:
    server = Server({"displayname": "relais"})  # what servers begin with
    assert await face(server) == {"displayname": NAME, "avatar_url": "mxc://example.org/face"}
    assert server.pictures[0].startswith(b"\x89PNG")


async def test_a_name_and_a_picture_of_an_operator_are_left_alone() -> None:
    chosen = {"displayname": "Entraide GHT", "avatar_url": "mxc://example.org/own"}
    assert await face(Server(chosen)) == chosen


async def test_a_server_that_does_not_allow_it_stops_nothing() -> None:
    assert await face(Server(refuses=True)) == {}
