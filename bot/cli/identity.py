"""`relais identity`: shows the bot's cross-signing identity, or replaces it when it is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import typer

from bot import settings
from bot.cli import opening
from bot.cli.terminal import recovery
from bot.errors import StartRefused, TryLater
from bot.matrix import encryption, session
from bot.matrix.api import Api
from bot.matrix.keys.identity import identity as identities
from bot.matrix.keys.identity.identity import IdentityStatus
from bot.matrix.session import Session
from bot.settings import Settings
from bot.store.lock import folder_to_ourselves

WARNING = (
    "The account {account} gets a new cross-signing identity. Whoever had verified the bot is warned that it changed, "
    "the old recovery key opens nothing any more, and room keys in the old key backup cannot be read with the new one."
)

identity = typer.Typer(
    help="Say how the bot proves who it is, or give it a new identity.", no_args_is_help=True, rich_markup_mode=None
)
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


@identity.command()
def show() -> None:
    """Say what the homeserver knows of the bot's identity. Also while Relais runs."""
    chosen = settings.load()
    status, unseen = asyncio.run(_show(chosen))
    for line in lines(status):
        typer.echo(line)
    recovery.hand_over(chosen, unseen)
    if not status.good:
        raise typer.Exit(1)


@identity.command()
def reset(yes: YesOption = False) -> None:
    """Replace the identity. Relais must be stopped."""
    chosen = settings.load()
    settings.require_account(chosen)
    typer.echo(WARNING.format(account=chosen.user_id))
    if not yes:
        typer.confirm("Go on?", abort=True)
    key = asyncio.run(_reset(chosen))
    typer.echo("The bot has a new identity.")
    recovery.hand_over(chosen, key)


def lines(status: IdentityStatus) -> list[str]:
    """The status in lines, for the operator."""
    return [
        f"account          {status.user_id}",
        f"device           {status.device_id}, {'signed' if status.device_signed else 'NOT signed'} by its owner",
        f"identity         {_identity(status)}",
        f"recovery key     {'set up' if status.recovery_set_up else 'NOT set up'}",
        f"key backup       {f'version {status.backup_version}' if status.backup_version else 'none that is ours'}",
    ]


def _identity(status: IdentityStatus) -> str:
    if status.master_key is None:
        return "none yet: the first start makes it"
    if status.master_key != status.held_key:
        return f"{status.master_key}, which is NOT in the data folder: set RELAIS_RECOVERY_KEY, or reset it"
    return status.master_key


async def _show(chosen: Settings) -> tuple[IdentityStatus, str | None]:
    async with _logged_in(chosen) as (who, api):
        status = await identities.show(api, chosen.data_dir, who.user_id, who.device_id)
    return status, identities.unseen(chosen.data_dir, who.user_id)


async def _reset(chosen: Settings) -> str | None:
    opening.prepare_folder(chosen)
    with folder_to_ourselves(chosen.data_dir):
        async with _logged_in(chosen) as (who, api):
            return await encryption.with_new_identity(chosen, who, api)


@asynccontextmanager
async def _logged_in(chosen: Settings) -> AsyncIterator[tuple[Session, Api]]:
    """The bot's stored session, for the block. Raises StartRefused before the first `relais run`, which logs in."""
    settings.require_account(chosen)
    if not (chosen.data_dir / session.FILE).exists():
        raise StartRefused(f"The bot has never logged in from {chosen.data_dir}: start it with `relais run` first.")
    try:
        who, api = await session.open_session(chosen)
    except TryLater:
        raise StartRefused(f"The homeserver {chosen.homeserver} does not answer: see RELAIS_HOMESERVER.") from None
    try:
        yield who, api
    finally:
        await api.close()
