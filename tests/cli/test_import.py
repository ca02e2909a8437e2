"""`relais import`: every bad line is named by its number and left out, and nothing is half-written."""

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


SHEETS = {
    "French names": ("titre;lien;résumé;étiquettes;type;vérifié le\n", "utf-8"),
    "a mark of UTF-8, and capitals": ("TITRE;Lien;Resume;Mots-clés;Type;Vérifié le\n", "utf-8-sig"),
    "Excel in France": ("titre;lien;résumé;étiquettes;type;vérifié le\r\n", "cp1252"),
    "a line that names the separator": ("sep=;\r\ntitre;lien;résumé;étiquettes;type;vérifié le\r\n", "cp1252"),
    "the same with a mark": ("SEP=;\ntitre;lien;résumé;étiquettes;type;vérifié le\n", "utf-8-sig"),
}


def test_a_spreadsheet_reads_however_it_was_saved(relais: Operator) -> None:
    wrong = []
    for name, (head, encoding) in SHEETS.items():
        text = f"{head}« Guide » de l’Œuvre;https://e.fr/g;Été à 5 €;dossier, soins;Bonnes pratiques;3/02/2026\n;;;;\n"
        relais("import", "-", "--community", "rse", stdin=text.encode(encoding))
        row = next((row for row in exported(relais, "rse") if row["url"] == "https://e.fr/g"), {})
        told = [row.get(column) for column in ("title", "summary", "tags", "kind", "verified_on")]
        if told != ["« Guide » de l’Œuvre", "Été à 5 €", ["dossier", "soins"], "bonne-pratique", "2026-02-03"]:
            wrong.append((name, told))
        relais("import", "-", "--community", "rse", stdin=b"title,url,summary,tags\nX,https://e.fr/g,X,X\n")
    assert not wrong


def test_a_line_end_inside_a_sentence_is_none(relais: Operator) -> None:
    relais("import", "-", "--community", "rse", stdin=(HEAD + "A,https://e.fr,Deux\u2028lignes,,\n").encode())
    assert "Deux lignes" in {row["summary"] for row in exported(relais, "rse")}


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
        ((HEAD + GOOD + "Été,https://e.fr,,,\n").encode()[:-14] + b"\xff\n", "-, line 3: this is neither UTF-8 nor"),
        (HEAD.encode() + b"A,https://e.fr,\x81,,\n", "-, line 2: this is neither UTF-8 nor"),
        (HEAD.encode("utf-16"), "-, line 1: this is UTF-16"),
        ((HEAD + 'A,https://e.fr,"sans fin,x,outil\n').encode(), "line 2: a quote is opened here"),
        ((HEAD + 'A,https://e.fr,"un" deux,x,outil\n').encode(), "line 2: a quote is opened here"),
        ((HEAD + "A,https://e.fr,un, deux,x,outil\n").encode(), "line 2: 6 cells for 5 columns"),
        ((HEAD + "A,ftp://e.fr,,,\n").encode(), "line 2: the address (url) is not one"),
        ((HEAD + "A,javascript:alert(1),,,\n").encode(), "line 2: the address (url) is not one"),
        ((HEAD + "A,,,,\n").encode(), "line 2: the address (url) is missing."),
        ((HEAD + ",https://e.fr,,,\n").encode(), "line 2: the title is missing."),
        ((HEAD + "A,https://e.fr,,,gadget\n").encode(), "line 2: “gadget” is not a kind; use one of aap, "),
        ((HEAD + GOOD + GOOD).encode(), "line 3: this address already stands on line 2."),
        ((HEAD + f"A,https://e.fr,{'x' * 2001},,\n").encode(), "line 2: “summary” has 2001 characters; 2000 at most."),
        ((HEAD + "A,https://e.fr,a\0b,,\n").encode(), "-, line 2: a NUL character stands here"),
        (b'{"title": "A"\n', "line 1: this is not JSON."),
        (b'{"title": "\\ud83d", "url": "https://e.fr"}\n', "line 1: this is not JSON."),
        (b'{"title": "A", "url": "https://e.fr"}\n[1]\n', "line 2: this is not a JSON object."),
        (b'{"title": 3, "url": "https://e.fr"}\n', "line 1: “title” must be text."),
        (b"title,url,ready\nA,https://e.fr,peut-etre\n", "line 2: “ready” must be yes or no."),
        (b"title,url,verified_on\nA,https://e.fr,31/02/2026\n", "line 2: “verified_on” must be a day like 2026-01-31."),
        (b"title,url,verified_on\nA,https://e.fr,hier\n", "line 2: “verified_on” must be a day like 2026-01-31."),
    ],
)
def test_what_is_wrong_is_named_by_line_and_nothing_is_written(relais: Operator, raw: bytes, said: str) -> None:
    before = exported(relais)
    done = relais("import", "-", "--community", "numerique", "--strict", stdin=raw)
    assert done.code == 2
    assert done.err.startswith(said)
    assert exported(relais) == before


BAD = {
    "B,nope,,,": "the address (url) is not one",
    "B,https://e.fr,un, deux,x,outil": "6 cells for 5 columns",
    'B,https://e.fr,"un" deux,,': "a quote is opened here",
    'B,https://e.fr,"sans fin,,': "a quote is opened here",
    f"B,https://e.fr,{NIR},,": "this looks like patient data",
}


def test_a_bad_row_among_many_is_named_and_all_others_come_in(relais: Operator) -> None:
    rows = [f'R{n},https://example.org/{n},"a\nb",,' for n in range(10)]
    for bad, said in BAD.items():
        text = "\n".join([*rows[:5], bad, *rows[5:], ""])
        done = relais("import", "-", "--community", "rse", "--dry-run", stdin=(HEAD + text).encode())
        assert (done.code, done.err.startswith(f"line 12: {said}")) == (0, True), bad
        assert done.out == "Nothing was written; it would be: 10 new, 0 changed, 0 already there, 1 left out.\n", bad


def test_strictly_one_bad_row_keeps_all_of_them_out(relais: Operator) -> None:
    rows = "".join(f"R{n},https://example.org/{n},,,\n" for n in range(150))
    raw = (HEAD + rows + "B,nope,,,\n").encode()
    done = relais("import", "-", "--community", "rse", "--strict", stdin=raw)
    assert done.err.startswith("line 152: ")
    assert done.err.endswith("Nothing was written.\n")
    assert not [row for row in exported(relais, "rse") if "example.org" in str(row["url"])]
    assert relais("import", "-", "--community", "rse", stdin=raw).out.startswith("150 new, 0 changed")


def test_addresses_that_are_nearly_the_same_are_two_resources_and_said_so(relais: Operator) -> None:
    raw = (HEAD + GOOD + "Un guide,https://example.org/guide/,,,\n").encode()
    done = relais("import", "-", "--community", "rse", stdin=raw)
    assert done.out.startswith("2 new")
    assert done.sentence == (
        "line 3: https://example.org/guide/ and https://example.org/guide are two addresses, "
        "so they are kept as two resources."
    )
    assert relais("import", "-", "--community", "rse", stdin=raw).err == "", "said once, when it comes in"


def test_a_long_list_of_bad_rows_is_cut(relais: Operator) -> None:
    done = relais("import", "-", "--community", "rse", stdin=(HEAD + "B,nope,,,\n" * 30).encode())
    assert len(done.err.splitlines()) == 12
    assert "and 20 more lines: 12, 13, " in done.err


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
