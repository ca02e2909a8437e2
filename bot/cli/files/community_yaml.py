"""A community as the database holds it now, written as a community file that loads again."""

from collections.abc import Iterable
from typing import Any

import yaml

from bot import installation, nouns
from bot.communities import Community, Topic, communities, rooms
from bot.communities import file as files
from bot.communities.file import CommunityFile
from bot.communities.settings import settings
from bot.resources import resources
from bot.resources.resources import Draft
from bot.resources.rules.addresses import site_of
from bot.settings import Settings
from bot.store.database import Transaction

LONGEST_SUMMARY = 200
FOUND_IN = "relais export"


async def community_yaml(tx: Transaction, slug: str, chosen: Settings) -> tuple[str, list[str]]:
    """The text of the file, and warnings about what in it differs from the database.

    The file from which the community came, if it still exists, supplies what the database does not hold: the
    description, and where each address was read.
    """
    community = await communities.get(tx, slug)
    assert community is not None
    before = next((file for file in installation.community_files(chosen) if file.slug == slug), None)
    drafts = [Draft.of_row(row) for row in await resources.of_community(tx, slug)]
    kept, warnings = _one_of_each(drafts)
    own = await _settings(tx, slug)
    written = {
        "slug": slug,
        "name": community.name,
        "description": before.description.model_dump() if before else community.name,
        "language": community.language,
        "time_zone": community.time_zone,
        "rooms": await _rooms(tx, community),
        **({"contact": community.contact} if community.contact else {}),
        **({"settings": own} if own else {}),
        "topics": [_topic(topic) for topic in await communities.topics_of(tx, slug)],
        "resources": [_resource(draft, before) for draft in kept],
    }
    shortened = sum(len(draft.summary) > LONGEST_SUMMARY for draft in kept)
    if shortened:
        warnings.append(f"{shortened} summaries were cut to {LONGEST_SUMMARY} characters, as community files want.")
    CommunityFile.model_validate(written)
    return yaml.safe_dump(written, allow_unicode=True, sort_keys=False, width=120), warnings


def _one_of_each(drafts: Iterable[Draft]) -> tuple[list[Draft], list[str]]:
    """The drafts, and warnings: of two spellings of one address, which a community file refuses, the first stays."""
    kept: dict[str, Draft] = {}
    warnings = []
    for draft in drafts:
        bare = files.bare_address(draft.url)
        if bare in kept:
            warnings.append(f"{draft.url} was left out: it is the address of another resource, spelt otherwise.")
        else:
            kept[bare] = draft
    return list(kept.values()), warnings


async def _settings(tx: Transaction, slug: str) -> dict[str, str]:
    """What the community set differently from what is usual, besides what has a key of its own in the file."""
    own = {key: await settings.stored(tx, slug, one) for key, one in files.own_key(nouns.every_setting()).items()}
    return {key: value for key, value in own.items() if value is not None}


async def _rooms(tx: Transaction, community: Community) -> list[str]:
    """The ids of its rooms, the main room first."""
    linked = [bound.room_id for bound in await rooms.of_community(tx, community.slug)]
    return sorted(linked, key=lambda room_id: room_id != community.main_room)


def _topic(topic: Topic) -> dict[str, str]:
    parent = {"parent": topic.parent} if topic.parent else {}
    return {"slug": topic.slug, **topic.name, **parent}


def _resource(draft: Draft, before: CommunityFile | None) -> dict[str, Any]:
    known = {resource.url: resource for resource in before.resources} if before else {}
    earlier = known.get(draft.url)
    summary = draft.summary or draft.title
    return {
        "title": draft.title,
        "url": draft.url,
        "summary": summary if len(summary) <= LONGEST_SUMMARY else f"{summary[: LONGEST_SUMMARY - 1]}…",
        "kind": draft.kind,
        "tags": list(draft.tags),
        "source": draft.source or site_of(draft.url),
        "found_in": earlier.found_in if earlier else FOUND_IN,
        **({"contact": draft.contact} if draft.contact else {}),
        **({"ready": True} if draft.ready else {}),
        **({"language": earlier.language} if earlier and earlier.language != "fr" else {}),
    }
