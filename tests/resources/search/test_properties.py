"""What holds for any documents and any query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.resources.search import Document, Index, analyse
from bot.resources.search.document import read
from tests.resources.search.catalogues import TODAY

WORDS = ["bloc", "télé-médecine", "DPI", "l'hôpital", "achats", "que", "faire", "énergie", "T2A", "soins", "à", "SI"]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
documents = st.builds(
    Document,
    id=st.integers(1, 12),
    community=st.sampled_from(["a", "b"]),
    title=texts,
    summary=texts,
    tags=st.lists(texts, max_size=2).map(tuple),
    kind=st.sampled_from(["outil", "retex"]),
    ready=st.booleans(),
)
anything = st.text(max_size=80) | st.sampled_from(
    ['"', "a AND", "NOT", "NEAR(a b)", "title:x*", "^", "- - -", "\x00", "🙋🏽‍♀️", "(("]
)


def find(index: Index, query: str, community: str) -> list[Document]:
    answer = index.search(query, community=community, today=TODAY, limit=50)
    return [hit.document for hit in answer.hits]


@given(st.lists(st.tuples(st.booleans(), documents), max_size=20), texts)
def test_history_leaves_no_trace(steps: list[tuple[bool, Document]], query: str) -> None:
    index, kept = Index(), dict[int, Document]()
    for adds, document in steps:
        if adds:
            index.put(document)
            kept[document.id] = document
        else:
            index.remove(document.id)
            kept.pop(document.id, None)
    fresh = Index()
    fresh.load((document, analyse(document)) for document in kept.values())
    for community in ("a", "b"):
        assert find(index, query, community) == find(fresh, query, community)
    assert len(index) == len(fresh) == len(kept)


def test_what_has_short_words_alone_is_found_after_a_start() -> None:
    short = Document(id=1, community="a", title="DPI", summary="T2A", tags=(), kind="outil", ready=False)
    fresh = Index()
    fresh.load([(short, analyse(short))])
    assert [found.id for found in find(fresh, "T2A", "a")] == [1]


@given(st.lists(documents, max_size=12), texts)
def test_another_community_never_appears(rows: list[Document], query: str) -> None:
    index = Index()
    for document in rows:
        index.put(document)
    assert {document.community for document in find(index, query, "a")} <= {"a"}
    assert find(index, query, "c") == []


@given(anything, st.lists(documents, min_size=1, max_size=3))
def test_any_text_may_be_asked_and_stored(text: str, rows: list[Document]) -> None:
    index = Index()
    index.load((document, None) for document in rows)
    odd = Document(99, "a", text, text, (text,), kind=text[:200], url=text)
    index.put(odd, analyse(odd))
    find(index, text, "a")
    index.ask(text, community="a", today=TODAY)
    index.search(text, community="a", today=TODAY, kinds=frozenset({text}), ready_only=True)
    index.remove(99)


@pytest.mark.parametrize(
    "text", ["a" * 60_000, "é " * 30_000, "l'" * 30_000, "a-" * 30_000, "A." * 30_000, '"' * 60_000]
)
def test_sixty_kilobytes_are_neither_refused_nor_slow(text: str) -> None:
    index = Index()
    index.put(Document(1, "a", text, text, (text,), url=text))
    find(index, text, "a")


@given(st.lists(documents, min_size=1, max_size=12, unique_by=lambda each: each.id), st.data())
def test_a_title_typed_exactly_comes_first(rows: list[Document], data: st.DataObject) -> None:
    index = Index()
    index.load((document, None) for document in rows)
    wanted = data.draw(st.sampled_from(rows))
    assert find(index, wanted.title, wanted.community)[0].title.lower() == wanted.title.lower()


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_is_stored_says_all(title: str, summary: str) -> None:
    document = Document(1, "a", title, summary, (summary,), url=title)
    assert read(document, analyse(document)) == read(document, None)
    assert len(analyse(document).split("\n")) == 7
