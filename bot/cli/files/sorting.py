"""Sorts the rows of a file: resources to write, rows to leave out, and addresses that nearly are those of others."""

from collections.abc import Mapping

from bot.cli.files.drafts import draft_of
from bot.cli.files.sheet import Row, Unreadable
from bot.communities.file import bare_address
from bot.resources.resources import Draft


class Sorting:
    """Takes rows one by one; `before` holds the community's resources by address.

    `drafts` are the resources to write, `bad` what is wrong with the other rows, `alike` a line for each new address
    that differs from another one only by a final slash, by `www.` or by http: both stay, as two resources.
    """

    def __init__(self, before: Mapping[str, Draft]) -> None:
        self._before = before
        self._lines: dict[str, int] = {}
        self._spelt = {bare_address(url): url for url in before}
        self.drafts: list[Draft] = []
        self.bad: list[Unreadable] = []
        self.alike: list[str] = []

    def take(self, row: Row | Unreadable) -> None:
        """Add a row to the resources, or to what is left out."""
        try:
            self._add(row)
        except Unreadable as problem:
            self.bad.append(problem)

    def _add(self, row: Row | Unreadable) -> None:
        if isinstance(row, Unreadable):
            raise row
        draft = draft_of(row, self._before.get(str(row.cells.get("url", "")).strip()))
        if draft.url in self._lines:
            raise Unreadable(row.line, f"this address already stands on line {self._lines[draft.url]}.")
        self._lines[draft.url] = row.line
        self.drafts.append(draft)
        self._compare(row.line, draft.url)

    def _compare(self, line: int, url: str) -> None:
        other = self._spelt.setdefault(bare_address(url), url)
        if other != url and url not in self._before:
            self.alike.append(f"line {line}: {url} and {other} are two addresses, so they are kept as two resources.")
