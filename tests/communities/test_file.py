"""The community files that are shipped, and what the loader says about a bad one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.communities.file import CommunityFile, CommunityFileError, Resource, load, schema_text, shipped
from bot.errors import StartRefused
from bot.nouns import every_setting
from bot.registers import shipped as shipped_data

GOOD = """\
slug: bloc
name: {fr: Bloc opératoire, en: Operating theatre}
description:
  fr: "Entre équipes de bloc."
  en: "Between theatre teams."
topics:
  - {slug: blocs, fr: Blocs, en: Theatres}
  - {slug: regulation, fr: Régulation, en: Regulation, parent: blocs}
resources:
  - title: Check-list
    url: https://example.org/check-list
    summary: "Une liste à cocher."
    kind: outil
    source: Exemple
    found_in: "example.org"
"""


def folder_with(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def refused(folder: Path) -> CommunityFileError:
    with pytest.raises(CommunityFileError) as caught:
        load(folder)
    return caught.value


# What is shipped


SHIPPED = load(shipped())
IN_WORDS = {
    "numerique": "Numérique en santé",
    "sante-mentale": "Santé mentale",
    "rse": "Responsabilité sociétale",
    "immobilier": "Patrimoine immobilier",
    "gestion": "Dialogue de gestion",
}


def test_the_five_communities_of_the_contract_are_shipped() -> None:
    assert {community.slug: community.name.fr for community in SHIPPED} == IN_WORDS


@pytest.mark.parametrize("community", SHIPPED, ids=lambda community: community.slug)
def test_a_shipped_community_has_enough_to_start_with(community: CommunityFile) -> None:
    assert 12 <= len(community.resources) <= 18
    assert 8 <= len(community.topics) <= 15
    assert any(resource.ready for resource in community.resources)
    assert not community.rooms, "rooms belong to an installation, not to what is shipped"


@pytest.mark.parametrize(
    "resource",
    [resource for community in SHIPPED for resource in community.resources],
    ids=lambda resource: resource.url,
)
def test_a_shipped_resource_says_where_it_comes_from(resource: Resource) -> None:
    assert resource.url.startswith("https://")
    assert resource.source
    assert resource.found_in
    assert resource.summary.endswith((".", "?"))


def test_french_typography_is_kept_in_what_members_read() -> None:
    read = [
        text
        for community in SHIPPED
        for text in (
            community.description.fr,
            *(topic.fr for topic in community.topics),
            *(word for resource in community.resources for word in (resource.title, resource.summary)),
        )
    ]
    assert not [text for text in read if any(mark in text for mark in (" :", " ;", " ?", " !", "« ", " »"))]


def test_the_schema_for_editors_is_current() -> None:
    written = shipped().parent / "communities.schema.json"
    text = schema_text(every_setting())
    assert written.read_text(encoding="utf-8") == text, "write there what schema_text(every_setting()) says"


def test_a_file_sets_what_a_team_would_set_and_is_told_the_range_of_what_it_cannot(tmp_path: Path) -> None:
    good, wrong = f"{GOOD}settings:\n  vague1: 3 personnes\n  dpo: dpo@example.org\n", []
    [community] = load(folder_with(tmp_path, bloc=good), every_setting())
    assert community.settings == {"vague1": "3", "dpo": "dpo@example.org"}

    for words, sentence in (
        ("  vague1: 30", "line 17: “vague1”: Write a whole number, from 1 person to 20 people."),
        ("  vage1: 3", "line 17: “vage1” is not a setting; did you mean “vague1”?"),
        ("  contact: x", "line 17: “contact” is not a setting; see `!admin réglage`"),
        ("  - vague1", "line 16: “settings” must be a group of keys."),
    ):
        folder_with(tmp_path, bloc=f"{GOOD}settings:\n{words}\n")
        with pytest.raises(CommunityFileError) as caught:
            load(tmp_path, every_setting())
        wrong += [] if sentence in str(caught.value) else [str(caught.value)]
    assert wrong == []


def test_the_wheel_carries_its_own_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped_data, "__file__", str(tmp_path / "bot" / "registers" / "shipped.py"))
    assert shipped() == tmp_path / "config" / "communities"
    (tmp_path / "bot" / "shipped" / "communities").mkdir(parents=True)
    assert shipped() == tmp_path / "bot" / "shipped" / "communities"


# What a sixth file may be


def test_a_sixth_file_is_a_sixth_community(tmp_path: Path) -> None:
    folder_with(tmp_path, bloc=GOOD, **{p.stem: p.read_text(encoding="utf-8") for p in shipped().glob("*.yaml")})
    assert {c.slug for c in load(tmp_path)} == {*IN_WORDS, "bloc"}


def test_what_a_file_leaves_out_has_a_default(tmp_path: Path) -> None:
    (community,) = load(folder_with(tmp_path, bloc=GOOD))
    assert (community.language, community.time_zone, community.rooms) == ("fr", "Europe/Paris", ())
    assert community.contact is None
    assert (community.resources[0].ready, community.resources[0].language) == (False, "fr")
    assert community.topics[1].parent == "blocs"


def test_words_that_yaml_would_change_stay_words(tmp_path: Path) -> None:
    (community,) = load(folder_with(tmp_path, bloc=GOOD.replace("Blocs, en", "No, en") + "    ready: true\n"))
    assert community.topics[0].fr == "No"
    assert community.resources[0].ready


def test_drafts_and_other_files_are_left_out(tmp_path: Path) -> None:
    folder_with(tmp_path, bloc=GOOD, _draft="slug: [", **{".swap": "slug: ["})
    (tmp_path / "notes.txt").write_text("rien", encoding="utf-8")
    assert [c.slug for c in load(tmp_path)] == ["bloc"]


def test_a_byte_order_mark_is_no_problem(tmp_path: Path) -> None:
    (tmp_path / "bloc.yml").write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert load(tmp_path)[0].slug == "bloc"


# What is wrong, in one sentence with its line


MISTAKES = [
    ("slug: bloc\n", "slug: bloc\n? [a, b]\n: c\n", 2, "a key must be one word."),
    (
        "slug: bloc\n",
        "slug: Bloc Opératoire\n",
        1,
        "“Bloc Opératoire” is not a short name: use lower-case letters",
    ),
    ("slug: bloc\n", "slug: bloc--x\n", 1, "“bloc--x” is not a short name"),
    ("slug: bloc\n", f"slug: {'b' * 41}\n", 1, "“slug” has 41 characters; 40 at most."),
    ("slug: bloc\n", "", 1, "the key “slug” is missing."),
    ("slug: bloc\n", "slug:\n", 1, "“slug” is empty."),
    ("slug: bloc\n", "slug: bloc\nslug: bloc\n", 2, "the key “slug” stands twice here; keep one."),
    (
        "slug: bloc\n",
        "slug: bloc\nroms: []\n",
        2,
        "“roms” is not a key that stands here; did you mean “rooms”?",
    ),
    (
        "slug: bloc\n",
        "slug: bloc\nzzz: 1\n",
        2,
        "“zzz” is not a key that stands here; use one of slug, name,",
    ),
    ("slug: bloc\n", "slug: [bloc]\n", 1, "“slug” must be text."),
    ("slug: bloc\n", "slug: bloc\nrooms: x\n", 2, "“rooms” must be a list"),
    ("slug: bloc\n", "slug: bloc\nrooms: [salon]\n", 2, "“salon” is not a room: write its id"),
    (
        "slug: bloc\n",
        "slug: bloc\nrooms: ['!a:b.c', '!a:b.c']\n",
        2,
        "the room “!a:b.c” stands twice in this file.",
    ),
    ("slug: bloc\n", "slug: bloc\nlanguage: de\n", 2, "“de” is not a language here; use one of fr, en."),
    (
        "slug: bloc\n",
        "slug: bloc\ntime_zone: Europe/Pari\n",
        2,
        "“Europe/Pari” is not a time zone; did you mean “Europe/Paris”?",
    ),
    (
        "slug: bloc\n",
        "slug: bloc\ntime_zone: heure\n",
        2,
        "“heure” is not a time zone; write one like “Europe/Paris”.",
    ),
    (
        "name: {fr: Bloc opératoire, en",
        "name: {fr: Bloc opératoire, eng",
        2,
        "“eng” is not a key that stands here; did you mean “en”?",
    ),
    ("slug: blocs, fr", "slug: 2blocs, fr", 7, "“2blocs” is not a short name"),
    ("slug: regulation", "slug: blocs", 8, "the topic “blocs” stands twice in this file."),
    ("parent: blocs", "parent: bloc", 8, "“bloc” is not a topic of this file; did you mean “blocs”?"),
    (
        "parent: blocs",
        "parent: regulation",
        8,
        "“regulation” has a parent itself; topics have two levels at most.",
    ),
    (
        "https://example.org/check-list",
        "ftp://example.org/x",
        11,
        "“ftp://example.org/x” is not a web address",
    ),
    (
        "https://example.org/check-list",
        "javascript:alert(1)",
        11,
        "“javascript:alert(1)” is not a web address",
    ),
    ("https://example.org/check-list", "https://me:pw@example.org/", 11, "is not a web address"),
    ("https://example.org/check-list", "https://exa mple.org/", 11, "is not a web address"),
    ("kind: outil", "kind: outils", 13, "“outils” is not a kind; did you mean “outil”?"),
    ("kind: outil", "kind: zzz", 13, "“zzz” is not a kind; use one of publication, outil,"),
    ("Une liste à cocher.", "x" * 201, 12, "“summary” has 201 characters; 200 at most."),
    ("    source: Exemple\n", "", 10, "the key “source” is missing."),
    ("    source: Exemple\n", "    source: ' '\n", 14, "“source” is empty."),
    ("kind: outil", "kind: outil\n    ready: peut-être", 14, "“ready” must be true or false."),
    (
        "kind: outil",
        "kind: outil\n    urll: x",
        14,
        "“urll” is not a key that stands here; did you mean “url”?",
    ),
    ("kind: outil", "kind: [outil", 14, "this is not valid YAML: "),
    ("kind: outil", "kind: ou\x07til", 13, "a control character stands here; delete it."),
]


@pytest.mark.parametrize(("right", "wrong", "line", "sentence"), MISTAKES)
def test_a_mistake_is_said_with_its_line(tmp_path: Path, right: str, wrong: str, line: int, sentence: str) -> None:
    assert right in GOOD
    error = refused(folder_with(tmp_path, bloc=GOOD.replace(right, wrong, 1)))
    assert sentence in error.sentence
    assert (error.path, error.line) == (tmp_path / "bloc.yaml", line)
    assert str(error) == f"{tmp_path / 'bloc.yaml'}, line {line}: {error.sentence}"


def test_the_first_mistake_of_several_is_said(tmp_path: Path) -> None:
    text = GOOD.replace("kind: outil", "kind: zzz").replace("slug: blocs", "slug: Blocs")
    assert refused(folder_with(tmp_path, bloc=text)).line == 7


@pytest.mark.parametrize("text", ["", "# rien\n", "---\n"])
def test_an_empty_file_is_said(tmp_path: Path, text: str) -> None:
    error = refused(folder_with(tmp_path, bloc=text))
    assert error.sentence == "this file is empty."


@pytest.mark.parametrize("text", ["rooms: &a [*a]\n", "[" * 1000])
def test_a_file_without_end_is_said(tmp_path: Path, text: str) -> None:
    error = refused(folder_with(tmp_path, bloc=text))
    assert error.sentence == "this file is nested too deeply, or contains itself."
    assert str(error) == f"{tmp_path / 'bloc.yaml'}: {error.sentence}"


def test_a_file_of_another_encoding_is_said(tmp_path: Path) -> None:
    (tmp_path / "bloc.yaml").write_bytes(GOOD.encode("latin-1"))
    error = refused(tmp_path)
    assert (error.line, error.sentence) == (2, "this is not UTF-8 text: save the file again in UTF-8.")


def test_one_address_in_two_spellings_is_one_address(tmp_path: Path) -> None:
    again = GOOD[GOOD.index("  - title: Check-list") :].replace("https://example", "http://www.example")
    error = refused(folder_with(tmp_path, bloc=GOOD + again.replace("check-list", "check-list/")))
    assert (error.line, error.sentence) == (
        17,
        "the address example.org/check-list stands twice in this file.",
    )


def test_a_slug_belongs_to_one_file(tmp_path: Path) -> None:
    error = refused(folder_with(tmp_path, a=GOOD, b=GOOD))
    assert (error.path.name, error.line) == ("b.yaml", 1)
    assert error.sentence == "the slug “bloc” is already that of a.yaml."


def test_a_room_belongs_to_one_file(tmp_path: Path) -> None:
    with_room = GOOD + "rooms:\n  - '#bloc:example.org'\n"
    error = refused(folder_with(tmp_path, a=with_room, b=with_room.replace("slug: bloc\n", "slug: b\n")))
    assert (error.path.name, error.line) == ("b.yaml", 17)
    assert error.sentence == "the room “#bloc:example.org” already stands in a.yaml."


def test_two_communities_may_point_to_the_same_page(tmp_path: Path) -> None:
    assert len(load(folder_with(tmp_path, a=GOOD, b=GOOD.replace("slug: bloc\n", "slug: b\n")))) == 2


def test_a_folder_without_files_is_said(tmp_path: Path) -> None:
    assert "holds no community file" in refused(tmp_path).sentence
    assert "no such folder" in refused(tmp_path / "nowhere").sentence


def test_a_bad_file_keeps_the_program_from_starting(tmp_path: Path) -> None:
    with pytest.raises(StartRefused):
        load(folder_with(tmp_path, bloc="slug: x"))


@given(st.binary(max_size=60))
def test_whatever_the_bytes_the_answer_is_a_sentence(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "bloc.yaml").write_bytes(data)
    assert refused(folder).sentence.endswith(".") or "did you mean" in refused(folder).sentence
