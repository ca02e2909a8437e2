"""The bot's face: a name that says that it is a program, and a picture (Client-Server API, "Profiles")."""

import logging
from importlib.resources import files

from bot.errors import MatrixError
from bot.matrix.api import Api, path

logger = logging.getLogger(__name__)

NAME = "Relais (robot)"
AVATAR = "avatar.png"


async def show_face(api: Api, me: str) -> None:
    """Give the account a name and a picture, each if it has none; an operator's own are left alone.

    A server that does not allow it is no reason to stop: nothing depends on it.
    """
    try:
        profile = await api.request("GET", path("profile", me))
        if profile.get("displayname") in (None, "", _local_part(me)):  # the local part is what servers begin with
            await api.request("PUT", path("profile", me, "displayname"), {"displayname": NAME})
        if not profile.get("avatar_url"):
            picture = files(__package__).joinpath(AVATAR).read_bytes()
            address = await api.upload(picture, media_type="image/png")
            await api.request("PUT", path("profile", me, "avatar_url"), {"avatar_url": address})
    except MatrixError as error:
        logger.info("the name and picture of the account could not be set (%s %s)", error.status, error.errcode)


def _local_part(me: str) -> str:
    return me.removeprefix("@").partition(":")[0]
