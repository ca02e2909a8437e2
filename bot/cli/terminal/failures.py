"""Reports the failure of a command to the operator: one sentence and an exit code."""

import traceback
from pathlib import Path

import typer
from sqlalchemy.exc import DBAPIError

from bot.errors import MatrixError, StartRefused, TokenLost
from bot.matrix.keys.errors import KeyStoreFailed
from bot.store.database import reason
from bot.store.lock import LockLost

TOKEN_LOST = (
    "The homeserver no longer accepts the access token, so Relais stopped. "
    "Start it again with RELAIS_PASSWORD set: it renews the token for the same device."
)


def report(error: Exception) -> int:
    """Print in one sentence what happened; returns the exit code."""
    if isinstance(error, StartRefused):
        return _say(str(error), 2)
    if isinstance(error, TokenLost):
        return _say(TOKEN_LOST, 1)
    if isinstance(error, KeyStoreFailed):
        return _say(f"Relais stopped, so that nothing is lost. {error}", 1)
    if isinstance(error, MatrixError):
        return _say(f"The homeserver answered: {error}", 1)
    if isinstance(error, DBAPIError):
        return _say(f"The database failed: {reason(error)}.", 1)
    if isinstance(error, LockLost):
        return _say(f"Relais stopped: {error}.", 1)
    if isinstance(error, OSError):
        return _say(f"{error.strerror or type(error).__name__}{f': {error.filename}' if error.filename else ''}.", 1)
    return _say(f"Relais failed, and should not have: {type(error).__name__} at {_where(error)}. Please report it.", 1)


def _say(sentence: str, code: int) -> int:
    typer.echo(sentence, err=True)
    return code


def _where(error: Exception) -> str:
    """File and line of the innermost frame of ours: enough to find the fault, without the error's own text."""
    here = Path(__file__).parents[2]
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(here)]
    frame = (ours or frames)[-1]
    return f"{Path(frame.filename).name}, line {frame.lineno}"
