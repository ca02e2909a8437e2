"""How an error is logged: its place and its kind, never its message, which may quote somebody."""

import errno
import sqlite3
import traceback
from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError

from bot.errors import MatrixError

AFTER = "\nThis came of it:\n\n"


def formatted(error: BaseException) -> str:
    """The traceback, causes first, without messages: many libraries quote in them the value that they refused."""
    return AFTER.join(_alone(each) for each in _chain(error))


def _chain(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in found:
        found.insert(0, following)
        unspoken = None if following.__suppress_context__ else following.__context__
        following = following.__cause__ or unspoken
    return found


def _alone(error: BaseException) -> str:
    frames = "".join(traceback.format_tb(error.__traceback__))
    parts = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    return "\n".join([f"{frames}{_kind(error)}", *(formatted(part) for part in parts)])


def _kind(error: BaseException) -> str:
    """`sqlalchemy.exc.IntegrityError (SQLITE_CONSTRAINT_UNIQUE)`."""
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    codes = " ".join(filter(None, _codes(error)))
    return f"{name} ({codes})" if codes else name


def _codes(error: BaseException | None) -> Iterator[str]:
    """The error codes of the system, the homeserver or the database."""
    match error:
        case MatrixError():
            yield f"{error.status} {error.errcode}"
        case DBAPIError():
            yield from _codes(error.orig)
        case sqlite3.Error():
            yield getattr(error, "sqlite_errorname", "")
        case OSError():
            yield errno.errorcode.get(error.errno or 0, "")
        case _:
            yield getattr(error, "sqlstate", None) or ""
