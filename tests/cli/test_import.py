"""`relais import`: all of a file or nothing of it, and every bad line by its number."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Operator

HEAD = "title,url,summary,tags,kind\n"
GOOD = 'Un guide,https://example.org/guide,Pour commencer,"a, b",outil\n'
NIR = "1 55 08 99 999 999 19"


def found(relais: Operator, words: str, community: str = "numerique") -> list[str]:
    done = relais("search", "--community", community, "--json", "--limit", 3, words)
    return [result["url"] for result in json.loads(done.out)["results"]]


def exported(relais: Operator, community: str = "numerique") -> list[dict[str, object]]:
    done = relais("export", "--community", community, "--format", "jsonl")
    return [json.loads(line) for line in done.out.splitlines()]


def test_a_new_installation_needs_nothing_but_the_file(newcomer: Operator, tmp_path: Path) -> None:
    relais = newcomer
    (tmp_path / "r.csv").write_text(HEAD + GOOD)
    done = relais("import", "r.csv", "--community", "numerique")
    assert (done.code, done.out) == (0, "1 new, 0 changed, 0 already there.\n")
    assert found(relais, "un guide")[0] == "https://example.org/guide"
    assert found(relais, "un guide", "rse") == []


def test_the_same_file_twice_changes_nothing(relais: Operator) -> None:
    relais("import", "-", "--community", "rse", stdin=(HEAD + GOOD).encode())
    done = relais("import", "-", "--community", "rse", stdin=(HEAD + GOOD).encode())
    assert done.out == "0 new, 0 changed, 1 already there.\n"


@pytest.mark.parametrize(
    "head", ["titre;lien;résumé;étiquettes;type;vérifié le\n", "\ufeffTITRE;Lien;Resume;Mots-clés;Type;Vérifié le\n"]
)
def test_a_french_spreadsheet_reads(relais: Operator, head: str) -> None:
    text = f"{head}« Guide »;https://example.org/g;Deux\u2028lignes;dossier, soins;Bonnes pratiques;3/02/2026\n;;;;\n"
    assert relais("import", "-", "--community", "rse", stdin=text.encode()).code == 0
    (row,) = [row for row in exported(relais, "rse") if row["url"] == "https://example.org/g"]
    assert (row["title"], row["tags"], row["kind"]) == ("« Guide »", ["dossier", "soins"], "bonne-pratique")
    assert (row["summary"], row["verified_on"]) == ("Deux lignes", "2026-02-03")


def test_columns_that_the_file_has_not_stay_as_they_were(relais: Operator) -> None:
    relais("import", "-", "--community", "rse", stdin=(HEAD + GOOD).encode())
    short = b"url,title\nhttps://example.org/guide,Autre titre\n"
    assert relais("import", "-", "--community", "rse", stdin=short).out.startswith("0 new, 1 changed")
    (row,) = [row for row in exported(relais, "rse") if row["url"] == "https://example.org/guide"]
    assert (row["title"], row["summary"], row["kind"]) == ("Autre titre", "Pour commencer", "outil")


def test_json_lines_read_too(relais: Operator) -> None:
    lines = [{"titre": "Un", "lien": "https://example.org/1", "tags": ["a, b", "c"], "ready": True}]
    text = "\n".join(json.dumps(line) for line in lines)
    assert relais("import", "-", "--community", "rse", stdin=text.encode()).code == 0
    (row,) = [row for row in exported(relais, "rse") if row["url"] == "https://example.org/1"]
    assert (row["tags"], row["ready"]) == (["a, b", "c"], True)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "-, line 1: the file is empty."),
        (b",\n,\n", "-, line 1: the file is empty."),
        (b"titre;nimporte\n", "-, line 1: the column “nimporte” is not known; the columns are"),
        (b"title;adres\n", "-, line 1: the column “adres” is not known; did you mean “adresse”?"),
        (b"title,summary\n", "-, line 1: there is no column “url”"),
        (b"title,titre,url\n", "-, line 1: two columns are “title”."),
        (HEAD.encode() + GOOD.encode() + "Été,https://e.fr,,,\n".encode("latin-1"), "-, line 3: this is not UTF-8"),
        (HEAD.encode("utf-16"), "-, line 1: this is UTF-16"),
        ((HEAD + GOOD + 'A,https://e.fr,"sans fin,x,outil\n' + GOOD).encode(), "-, line 3: a quote is opened here"),
        ((HEAD + 'A,https://e.fr,"un" deux,x,outil\n').encode(), "-, line 2: a quote is opened here"),
        ((HEAD + "A,https://e.fr,un, deux,x,outil\n").encode(), "-, line 2: 6 cells for 5 columns"),
        ((HEAD + "A,ftp://e.fr,,,\n").encode(), "line 2: the address (url) is not one"),
        ((HEAD + "A,javascript:alert(1),,,\n").encode(), "line 2: the address (url) is not one"),
        ((HEAD + "A,,,,\n").encode(), "line 2: the address (url) is missing."),
        ((HEAD + ",https://e.fr,,,\n").encode(), "line 2: the title is missing."),
        ((HEAD + "A,https://e.fr,,,gadget\n").encode(), "line 2: “gadget” is not a kind; use one of aap, "),
        ((HEAD + GOOD + GOOD).encode(), "line 3: this address already stands on line 2."),
        ((HEAD + f"A,https://e.fr,{'x' * 2001},,\n").encode(), "line 2: “summary” has 2001 characters; 2000 at most."),
        ((HEAD + "A,https://e.fr,a\0b,,\n").encode(), "-, line 2: a NUL character stands here"),
        (b'{"title": "A"\n', "-, line 1: this is not JSON."),
        (b'{"title": "\\ud83d", "url": "https://e.fr"}\n', "-, line 1: this is not JSON."),
        (b'{"title": "A", "url": "https://e.fr"}\n[1]\n', "-, line 2: this is not a JSON object."),
        (b'{"title": 3, "url": "https://e.fr"}\n', "-, line 1: “title” must be text."),
        (b"title,url,ready\nA,https://e.fr,peut-etre\n", "line 2: “ready” must be yes or no."),
        (b"title,url,verified_on\nA,https://e.fr,31/02/2026\n", "line 2: “verified_on” must be a day like 2026-01-31."),
        (b"title,url,verified_on\nA,https://e.fr,hier\n", "line 2: “verified_on” must be a day like 2026-01-31."),
    ],
)
def test_what_is_wrong_is_named_by_line_and_nothing_is_written(relais: Operator, raw: bytes, said: str) -> None:
    before = exported(relais)
    done = relais("import", "-", "--community", "numerique", stdin=raw)
    assert done.code == 2
    assert done.err.startswith(said)
    assert exported(relais) == before


def test_one_bad_row_among_many_keeps_all_of_them_out(relais: Operator) -> None:
    rows = "".join(f"R{n},https://example.org/{n},,,\n" for n in range(150))
    done = relais("import", "-", "--community", "rse", stdin=(HEAD + rows + "B,nope,,,\n").encode())
    assert done.err.startswith("line 152: ")
    assert done.err.endswith("Nothing was written.\n")
    assert not [row for row in exported(relais, "rse") if "example.org" in str(row["url"])]


def test_a_long_list_of_bad_rows_is_cut(relais: Operator) -> None:
    done = relais("import", "-", "--community", "rse", stdin=(HEAD + "B,nope,,,\n" * 30).encode())
    assert len(done.err.splitlines()) == 12
    assert "and 20 more lines." in done.err


@pytest.mark.parametrize(
    "raw",
    [
        f"{HEAD}A,https://e.fr,La patiente {NIR},,\n",
        f"{HEAD}A,{NIR},,,\n",
        f"{HEAD}A,https://e.fr,,{NIR},\n",
        f"{HEAD}A,https://e.fr,,,{NIR}\n",
        f"{NIR},https://e.fr\n",
        json.dumps({"title": "A", "url": "https://e.fr", "tags": ["x", NIR]}),
        json.dumps({NIR: "A"}),
    ],
)
def test_patient_data_is_refused_by_line_and_never_shown(relais: Operator, raw: str, tmp_path: Path) -> None:
    done = relais("import", "-", "--community", "rse", stdin=raw.encode())
    assert done.code == 2
    assert "line 1: " in done.err or "line 2: this looks like patient data (rule nir)" in done.err
    assert "99 999" not in done.err + done.out
    assert NIR.encode() not in b"".join(file.read_bytes() for file in (tmp_path / "data").glob("*"))


def test_a_trial_run_says_what_would_change_and_changes_nothing(relais: Operator) -> None:
    before = exported(relais, "rse")
    done = relais("import", "-", "--community", "rse", "--dry-run", stdin=(HEAD + GOOD).encode())
    assert done.out == "Nothing was written; it would be: 1 new, 0 changed, 0 already there.\n"
    assert exported(relais, "rse") == before


def test_an_unknown_community_or_file_is_said(relais: Operator) -> None:
    assert relais("import", "nowhere.csv", "--community", "rse").sentence == (
        "nowhere.csv cannot be read (No such file or directory)."
    )
    done = relais("import", "-", "--community", "rs", stdin=(HEAD + GOOD).encode())
    assert done.sentence.startswith("There is no community “rs”; there are gestion, ")
    assert done.code == 2
