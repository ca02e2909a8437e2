"""PostgreSQL's own full text in French, as a contestant: weighted columns, any of the words, its own rank."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

import psycopg

from bot.resources.search import Document
from tests.resources.search.catalogues import Question

Finder: TypeAlias = Callable[[Question], list[str]]

_TABLE = """
CREATE TABLE entry (id bigint PRIMARY KEY, community text, url text, words tsvector);
CREATE INDEX ON entry USING gin (words)
"""
_FILL = """
INSERT INTO entry VALUES (%s, %s, %s,
    setweight(to_tsvector('french', %s), 'A') || setweight(to_tsvector('french', %s), 'B')
    || setweight(to_tsvector('french', %s), 'C'))
"""
_ASK = """
SELECT url FROM entry, to_tsquery('french', %s) AS asked
WHERE community = %s AND words @@ asked
ORDER BY ts_rank(words, asked) DESC, id LIMIT 10
"""


@contextmanager
def postgres_text(address: str, documents: Sequence[Document], tokens: Callable[[str], list[str]]) -> Iterator[Finder]:
    """Fills a fresh database and asks it; `tokens` cuts a question into words."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(_TABLE)
        rows = [(e.id, e.community, e.url, e.title, " ".join(e.tags), e.summary) for e in documents]
        connection.cursor().executemany(_FILL, rows)

        def find(one: Question) -> list[str]:
            asked = " | ".join(f"'{word}'" for word in tokens(one.words))
            return [url for (url,) in connection.execute(_ASK, (asked, one.community))]

        yield find
