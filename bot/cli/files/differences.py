"""Lists where the community files and the database differ. The database counts, but an operator may want to know."""

from collections.abc import Iterable

from bot.communities import communities
from bot.communities.file import CommunityFile
from bot.resources import resources
from bot.store.database import Transaction


async def differences(tx: Transaction, files: Iterable[CommunityFile]) -> list[str]:
    """One line for each community that is not the same in both."""
    known = {community.slug for community in await communities.every(tx)}
    lines = [f"community {slug}: in the database only" for slug in sorted(known - {file.slug for file in files})]
    for file in files:
        if file.slug not in known:
            lines.append(f"community {file.slug}: in the files only, the next start will create it")
        elif line := await _resources(tx, file):
            lines.append(line)
    return lines or ["the community files and the database agree"]


async def _resources(tx: Transaction, file: CommunityFile) -> str | None:
    there = {row.url: row for row in await resources.of_community(tx, file.slug)}
    written = {resource.url: resource for resource in file.resources}
    missing = len(written.keys() - there.keys())
    added = len(there.keys() - written.keys())
    changed = sum(
        resources.Draft.of_row(there[url]) != resources.Draft.from_file(written[url])
        for url in written.keys() & there.keys()
    )
    counts = {"missing from the database": missing, "in the database only": added, "changed there": changed}
    said = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    return f"community {file.slug}: resources {said}" if said else None
