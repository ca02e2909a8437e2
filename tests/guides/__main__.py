"""`python -m tests.guides`: writes into the guides what the bot says today."""

import asyncio
import tempfile
from pathlib import Path

from bot.store import schema
from bot.store.database import Database
from tests.guides.play import GUIDES, played, text_of


async def _played(guide: Path, folder: Path) -> str:
    database = Database(f"sqlite:///{folder / guide.parent.name}-{guide.stem}.sqlite")
    await schema.migrate(database)
    try:
        return await played(database, text_of(guide))
    finally:
        await database.close()


def main() -> None:
    """All guides, each with a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for guide in GUIDES:
            guide.write_text(asyncio.run(_played(guide, Path(folder))), encoding="utf-8")


if __name__ == "__main__":
    main()
