"""What `relais export` writes, `relais import` and the loader of community files read."""

import csv
import io
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.cli.export import as_csv, as_excel, as_json_lines
from bot.cli.files.drafts import draft_of
from bot.cli.files.sheet import Row, read
from bot.communities import file as communities
from bot.nouns import every_setting
from bot.resources.resources import Draft
from tests.cli.conftest import Operator

words = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters=";|"), min_size=1, max_size=12).filter(
    lambda text: not any(sign.isdigit() for sign in text)
)
lines = st.lists(words, max_size=4).map(" ".join)
drafts = st.builds(
    Draft,
    title=st.lists(words, min_size=1, max_size=4).map(" ".join),
    url=st.just("https://example.org/a?b=c"),
    summary=lines,
    kind=st.sampled_from(["publication", "outil", "bonne-pratique", "réponse", "aap"]),
    tags=st.lists(words, unique=True, max_size=3).map(lambda tags: tuple(t for t in tags if t.strip(", "))),
    source=lines,
    ready=st.booleans(),
    verified_on=st.none() | st.dates().map(str),
)


def came_back(written: str) -> Draft:
    (row,) = read(written.encode())
    assert isinstance(row, Row)
    return draft_of(row, None)


@given(drafts)
def test_csv_brings_back_what_it_took(draft: Draft) -> None:
    for written in (as_csv([draft]), as_excel([draft])):
        assert came_back(written) == draft


@given(drafts)
def test_json_lines_bring_back_what_they_took(draft: Draft) -> None:
    assert came_back(as_json_lines([draft])) == draft


def test_a_spreadsheet_gets_no_formula() -> None:
    text = as_csv([Draft(title='=HYPERLINK("x")', url="https://example.org/", summary="@SUM(1)")])
    assert list(csv.reader(io.StringIO(text)))[1][:3] == ['\'=HYPERLINK("x")', "https://example.org/", "'@SUM(1)"]


def test_excel_sees_the_mark_of_utf_8_and_its_own_separator(relais: Operator, tmp_path: Path) -> None:
    relais("export", "--community", "rse", "--format", "excel", "--output", "rse.csv")
    first, second, *_ = (tmp_path / "rse.csv").read_bytes().split(b"\r\n")
    assert first == b"\xef\xbb\xbftitle;url;summary;tags;kind;source;ready;verified_on;contact"
    assert second.count(b";") >= 7


def test_a_file_that_was_exported_changes_nothing_when_imported(relais: Operator) -> None:
    for form in ("csv", "excel", "jsonl"):
        assert relais("export", "--community", "numerique", "--format", form, "--output", f"all.{form}").code == 0
        done = relais("import", f"all.{form}", "--community", "numerique")
        assert done.out.startswith("0 new, 0 changed, ")


def test_an_exported_community_loads_again(relais: Operator, tmp_path: Path) -> None:
    long = f"title,url,summary\nUn titre,https://example.org/l,{'mot ' * 80}\nLe même,http://www.example.org/l/,\n"
    relais("import", "-", "--community", "rse", stdin=long.encode())
    (tmp_path / "files").mkdir()
    done = relais("export", "--community", "rse", "--format", "yaml", "--output", "files/rse.yaml")
    assert (done.code, done.err.splitlines()) == (
        0,
        [
            "http://www.example.org/l/ was left out: it is the address of another resource, spelt otherwise.",
            "1 summaries were cut to 200 characters, as community files want.",
        ],
    )
    (shipped,) = [file for file in communities.load(communities.shipped()) if file.slug == "rse"]
    (written,) = communities.load(tmp_path / "files")
    assert written.model_dump(exclude={"resources"}) == shipped.model_dump(exclude={"resources"})
    assert written.resources[:-1] == shipped.resources
    assert written.resources[-1].title == "Un titre"


def test_a_place_that_takes_no_file_is_said(relais: Operator) -> None:
    done = relais("export", "--community", "rse", "--output", "no/such/folder.csv")
    assert (done.code, done.sentence) == (2, "no/such/folder.csv cannot be written (No such file or directory).")


def test_what_a_community_set_is_written_as_it_was_read(newcomer: Operator, tmp_path: Path) -> None:
    for folder in ("files", "again"):
        (tmp_path / folder).mkdir()
    shipped = (communities.shipped() / "rse.yaml").read_text(encoding="utf-8")
    (tmp_path / "files" / "rse.yaml").write_text(f"{shipped}\nsettings:\n  vague1: 3\n  delai-vague2: 4 h\n", "utf-8")

    done = newcomer(
        *("export", "--community", "rse", "--format", "yaml", "--output", "again/rse.yaml"),
        communities=str(tmp_path / "files"),
    )

    assert done.code == 0, done.err
    (written,) = communities.load(tmp_path / "again", every_setting())
    assert written.settings == {"vague1": "3", "delai-vague2": "4h"}
