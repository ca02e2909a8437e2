"""Figures of search, side by side: `python -m tests.resources.search.bench [--catalogue FILE.csv] [--sizes N N]`.

The catalogue is a CSV of `title,url,summary,tags` that the questions of `golden_catalogue.tsv` ask for; without it
only the shipped resources are measured. Nothing here is a test: figures depend on the machine.
"""

import argparse
import asyncio
import csv
import math
import os
import random
import re
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from statistics import quantiles
from unittest.mock import patch
from weakref import WeakKeyDictionary

import yaml

from bot.resources.search import Document, Index, Lexicon, analyse, analysis, document, query, ranking, vocabulary
from tests.resources.search.catalogues import (
    CONFIG,
    TODAY,
    Question,
    filled,
    mistyped,
    plain,
    plural,
    questions,
    shipped_documents,
    shipped_lexicon,
)
from tests.resources.search.postgres_text import postgres_text
from tests.servers.postgres import Postgres

Finder = Callable[[Question], list[str]]
CATALOGUE = "catalogue"


def say(line: str = "") -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def catalogue(path: Path) -> Iterator[Document]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=1_000_000):
            tags = tuple(tag.strip() for tag in row["tags"].split(","))
            yield Document(number, CATALOGUE, row["title"], row["summary"], tags, url=row["url"])


# Quality


def ours(index: Index, limit: int = 10) -> Finder:
    def find(one: Question) -> list[str]:
        answer = index.search(one.words, community=one.community, today=TODAY, limit=limit)
        return [hit.document.url for hit in answer.hits]

    return find


def quality(name: str, golden: Sequence[Question], find: Finder) -> None:
    ranks = [
        next((rank for rank, url in enumerate(find(one), start=1) if url in one.addresses), math.inf) for one in golden
    ]
    recall = "  ".join(f"{sum(rank <= k for rank in ranks) / len(ranks):7.1%}" for k in (1, 3, 5))
    say(f"{name:34} {recall}  {sum(1 / rank for rank in ranks if rank <= 10) / len(ranks):.3f}")


def respelt(golden: Sequence[Question], change: Callable[[str], str]) -> list[Question]:
    return [Question(one.community, change(one.words), one.addresses) for one in golden]


def agreement(golden: Sequence[Question], index: Index) -> None:
    find = ours(index, 3)
    for name, change in (("without accents", plain), ("in plural", plural), ("one typing error", mistyped)):
        pairs = [(find(one), find(other)) for one, other in zip(golden, respelt(golden, change), strict=True)]
        same = sum(one == other for one, other in pairs) / len(pairs)
        first = sum(one[:1] == other[:1] for one, other in pairs) / len(pairs)
        say(f"  {name:20} same top 3 {same:6.1%}   same first {first:6.1%}")


# Ablation: each step off, the others on


def _everywhere(name: str, value: object) -> list[AbstractContextManager[object]]:
    modules = (analysis, document, query, vocabulary)
    return [patch.object(module, name, value) for module in modules if hasattr(module, name)]


def _as_found() -> Callable[..., tuple[float, float]]:
    # Candidates come best first: each of a query's is given a little less than the one before.
    turns: WeakKeyDictionary[ranking.Scorer, int] = WeakKeyDictionary()

    def score(scorer: ranking.Scorer, _: object) -> tuple[float, float]:
        turns[scorer] = turns.get(scorer, 0) + 1
        return 0.95 ** turns[scorer], 1.0

    return score


STEPS: dict[str, Callable[[], list[AbstractContextManager[object]]]] = {
    "without folding accents": lambda: [patch.object(analysis, "fold", str.lower)],
    "without stop words": lambda: [patch.object(analysis, "STOP", frozenset())],
    "without stemming": lambda: _everywhere("term", lambda folded: folded),
    "without correction": lambda: [patch.object(vocabulary.Vocabulary, "near", lambda *_, **__: [])],
    "without word families": lambda: [patch.object(vocabulary.Vocabulary, "family", lambda *_, **__: None)],
    "without title and neighbour bonus": lambda: [
        patch.object(ranking, name, 0.0) for name in ("_OPENING", "_NAMED", "_NEIGHBOURS")
    ],
    "without rescoring (FTS5 order)": lambda: [patch.object(ranking.Scorer, "score", _as_found())],
}


@contextmanager
def off(step: str) -> Iterator[None]:
    with ExitStack() as stack:
        for each in STEPS[step]():
            stack.enter_context(each)
        analysis.term.cache_clear() if hasattr(analysis.term, "cache_clear") else None
        yield


def lexicons() -> dict[str, Lexicon]:
    glossary = yaml.safe_load((CONFIG / "glossary.yaml").read_text())
    synonyms = yaml.safe_load((CONFIG / "synonyms.yaml").read_text())
    return {"without glossary": Lexicon({}, synonyms), "without synonyms": Lexicon(glossary)}


def ablation(documents: list[Document], golden: Sequence[Question]) -> None:
    for name, known in lexicons().items():
        quality(name, golden, ours(filled(documents, known)))
    for step in STEPS:
        with off(step):
            quality(step, golden, ours(filled(documents, Lexicon() if "stem" in step else None)))


# What others would do


def bm25(documents: Sequence[Document]) -> Finder:
    """Plain BM25 (k1 1.2, b 0.75) over lower-case words, fields joined, by community."""
    bags = [(each, Counter(_tokens(_joined(each)))) for each in documents]
    frequency = Counter((each.community, word) for each, bag in bags for word in bag)
    sizes = Counter(each.community for each in documents)
    lengths = Counter({c: sum(bag.total() for each, bag in bags if each.community == c) for c in sizes})

    def score(community: str, words: list[str], bag: Counter[str]) -> float:
        norm = 0.25 + 0.75 * bag.total() * sizes[community] / lengths[community]
        seen = [(bag[word], frequency[community, word]) for word in words if bag[word]]
        rarity = [math.log(1 + (sizes[community] - df + 0.5) / (df + 0.5)) for _, df in seen]
        return sum(idf * tf * 2.2 / (tf + 1.2 * norm) for idf, (tf, _) in zip(rarity, seen, strict=True))

    def find(one: Question) -> list[str]:
        words = _tokens(one.words)
        scored = [(score(one.community, words, bag), each) for each, bag in bags if each.community == one.community]
        best = sorted((each for each in scored if each[0] > 0), key=lambda each: (-each[0], each[1].id))
        return [each.url for _, each in best[:10]]

    return find


def sqlite_fts5(documents: Sequence[Document]) -> Finder:
    """SQLite's own full text with its default tokenizer, any of the words, its own rank."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE entry USING fts5(community, title, tags, summary, url UNINDEXED)")
    rows = [(_slug(e.community), e.title, " ".join(e.tags), e.summary, e.url) for e in documents]
    db.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", rows)

    def find(one: Question) -> list[str]:
        match = " OR ".join(f'"{word}"' for word in _tokens(one.words))
        rows = db.execute(
            "SELECT url FROM entry WHERE entry MATCH ? ORDER BY rank LIMIT 10",
            (f"community : {_slug(one.community)} AND {{title tags summary}} : ({match})",),
        )
        return [url for (url,) in rows]

    return find


def _slug(community: str) -> str:
    return f"in{community.replace('-', '')}"


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _joined(each: Document) -> str:
    return f"{each.title} {' '.join(each.tags)} {each.summary}"


# Speed


def shuffled(documents: Sequence[Document], count: int) -> Iterator[tuple[Document, str]]:
    """As many entries, of one community, as long as real ones and made of their words."""
    chance = random.Random(7)
    titles = [word for each in documents for word in each.title.split()]
    summaries = [word for each in documents for word in each.summary.split()]
    tags = [tag for each in documents for tag in each.tags]
    for number in range(count):
        like = chance.choice(documents)
        made = Document(
            id=number,
            community=CATALOGUE,
            title=" ".join(chance.choices(titles, k=len(like.title.split()))),
            summary=" ".join(chance.choices(summaries, k=len(like.summary.split()))),
            tags=tuple(chance.choices(tags, k=len(like.tags))) if like.tags else (),
            url=f"https://example.org/{number}",
        )
        yield made, analyse(made)


def timed(act: Callable[[], object]) -> float:
    """Milliseconds of the processor: what else runs on the machine is left out, as far as that can be."""
    start = time.thread_time()
    act()
    return (time.thread_time() - start) * 1000


def speed(documents: Sequence[Document], golden: Sequence[Question], size: int) -> None:
    rows = list(shuffled(documents, size))
    index = Index(shipped_lexicon())
    load = timed(lambda: index.load(rows))
    asked = [one.words for one in golden] + [mistyped(one.words) for one in golden[::10]]
    ask = partial(index.search, community=CATALOGUE, today=TODAY, limit=3)
    taken = [timed(partial(ask, words)) for _ in range(3) for words in asked]
    cuts = quantiles(taken, n=100)
    new = Document(size + 1, CATALOGUE, "Trottinette de service")
    update = timed(lambda: index.put(new))
    update += timed(lambda: index.search("trottinette", community=CATALOGUE, today=TODAY))
    say(
        f"{size:>8} entries   p50 {cuts[49]:6.2f} ms   p99 {cuts[98]:6.2f} ms   max {max(taken):6.2f} ms"
        f"   load {load / 1000:5.2f} s   written and found {update:5.2f} ms"
    )


def heading(title: str, documents: Sequence[Document], golden: Sequence[Question]) -> None:
    say(f"\n{title}: {len(documents)} resources, {len(golden)} questions")
    say(f"{'':34} {'at 1':>7}  {'at 3':>7}  {'at 5':>7}  MRR@10")


def others(documents: list[Document], golden: Sequence[Question], server: Postgres) -> None:
    quality("plain BM25", golden, bm25(documents))
    quality("SQLite FTS5, default", golden, sqlite_fts5(documents))
    with postgres_text(server.fresh(), documents, _tokens) as find:
        quality("PostgreSQL full text, French", golden, find)


LATER = {
    "unseen": "kept out of the tuning, but watched at each change",
    "fresh": "written ahead; what they missed has since brought synonyms",
    "latest": "written last; what one missed has brought the words for suicide",
}
"""Questions written after the golden ones, and what has been changed for them since."""


def later(name: str, documents: list[Document], golden: Sequence[Question], server: Postgres) -> None:
    heading(f"  {LATER[name]}", documents, golden)
    quality("Relais", golden, ours(filled(documents)))
    others(documents, golden, server)


def measure(title: str, documents: list[Document], golden: Sequence[Question], server: Postgres) -> None:
    index = filled(documents)
    heading(title, documents, golden)
    quality("Relais", golden, ours(index))
    quality("  without accents", respelt(golden, plain), ours(index))
    quality("  in plural", respelt(golden, plural), ours(index))
    quality("  one typing error", respelt(golden, mistyped), ours(index))
    with off("without correction"):
        quality("  one typing error, no correction", respelt(golden, mistyped), ours(index))
    ablation(documents, golden)
    others(documents, golden, server)
    agreement(golden, index)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("--catalogue", type=Path, help="CSV of title,url,summary,tags")
    arguments.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    asyncio.run(_measure_all(arguments.parse_args()))


async def _measure_all(chosen: argparse.Namespace) -> None:
    async with Postgres() as server:
        documents, golden = list(shipped_documents()), questions("golden_shipped.tsv")
        measure("Shipped", documents, golden, server)
        for name in LATER:
            later(name, documents, questions(f"{name}_shipped.tsv"), server)
        if chosen.catalogue:
            documents = list(catalogue(chosen.catalogue))
            golden = questions("golden_catalogue.tsv", CATALOGUE)
            measure("Catalogue", documents, golden, server)
            for name in LATER:
                later(name, documents, questions(f"{name}_catalogue.tsv", CATALOGUE), server)
    say(f"\nLoad of the machine: {' '.join(f'{each:.1f}' for each in os.getloadavg())} on {os.cpu_count()} cores")
    for size in chosen.sizes:
        speed(documents, golden, size)


if __name__ == "__main__":
    main()
