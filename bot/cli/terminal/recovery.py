"""Gives the operator the bot's recovery key, once: to a file that they name, or on their terminal; never to a log."""

import logging
import sys

import typer

from bot.errors import StartRefused
from bot.matrix.keys.files import write_private
from bot.matrix.keys.identity import identity
from bot.settings import Settings

logger = logging.getLogger(__name__)

SHOWN = (
    "The recovery key of {account}, shown this once. Keep it away from this machine: "
    "with it the bot keeps its identity when its data is lost.\n\n    {key}\n"
)


def hand_over(chosen: Settings, key: str | None) -> bool:
    """Give the operator a key that they have not seen (None: there is none). Returns whether they have it now.

    Writes it to the file that RELAIS_RECOVERY_KEY_FILE names, unless it exists; else to the terminal; else it stays in
    the data folder for the next time. Raises StartRefused when the file cannot be written.
    """
    if key is None:
        return True
    if not (_to_file(chosen, key) or _to_terminal(chosen, key)):
        logger.warning("the recovery key was not seen by anybody yet: `relais identity show` on a terminal shows it")
        return False
    identity.shown(chosen.data_dir, chosen.user_id)
    return True


def _to_file(chosen: Settings, key: str) -> bool:
    file = chosen.recovery_key_file
    if file is None or file.exists():
        return False
    try:
        write_private(file, f"{key}\n".encode())
    except OSError as error:
        raise StartRefused(
            f"RELAIS_RECOVERY_KEY_FILE names {file}, which cannot be written: {error.strerror}."
        ) from None
    logger.warning("the recovery key is in the file that RELAIS_RECOVERY_KEY_FILE names: take it to a safe place")
    return True


def _to_terminal(chosen: Settings, key: str) -> bool:
    if not sys.stderr.isatty():
        return False
    typer.echo(SHOWN.format(account=chosen.user_id, key=key), err=True)
    return True
