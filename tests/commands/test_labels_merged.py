"""Labels of several people: merged without overwriting any, and how frequent each is."""

import gzip
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from test_labels import run

from tui.core.model import Ref
from tui.notebook.store import Decision, Known, Store

PAGES = 12


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "r.jsonl"
    records = ({"url": f"http://{'ab'[n > 8]}.example/{n}", "text": f"page {n}"} for n in range(PAGES))
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def person(tmp_path: Path, name: str) -> Path:
    """The place of a person's own state."""
    made = tmp_path / name
    made.mkdir()
    return made


def state_of(place: Path) -> Path:
    folder = place / "state" / "Library/Application Support" if sys.platform == "darwin" else place / "state"
    return folder / "copydesk" / "labels.sqlite"


def labels(place: Path) -> dict[int, list[str]]:
    """Ordinal -> labels, as they are exported."""
    status, out, said = run(place, "labels", "export")
    assert (status, said) == (0, [])
    return {row["ordinal"]: row["labels"] for row in map(json.loads, out.splitlines())}


def exported(place: Path) -> Path:
    path = place / "labels.jsonl"
    path.write_bytes(run(place, "labels", "export")[1])
    return path


def test_labels_of_another_person_fill_gaps_and_overwrite_nothing(tmp_path: Path, corpus: Path) -> None:
    ann, bob = person(tmp_path, "ann"), person(tmp_path, "bob")
    run(ann, "labels", "add", "good", "--at", "0-5", corpus)
    run(ann, "labels", "add", "long", "--at", "5", corpus)
    run(bob, "labels", "add", "good", "--at", "0-3", corpus)
    run(bob, "labels", "add", "bad", "--at", "4-7", corpus)
    before = labels(ann)
    status, out, said = run(ann, "labels", "import", "--json", exported(bob))
    assert status == 0
    conflicts = [
        (row["ordinal"], row["here"]["labels"], row["there"]["labels"]) for row in map(json.loads, out.splitlines())
    ]
    assert conflicts == [(4, ["good"], ["bad"]), (5, ["good", "long"], ["bad"])]
    # Of six, four are alike. By chance: good 5/6 × 4/6, good long 1/6 × 0, bad 0 × 2/6.
    assert said == [
        "labels import: 2 pages got labels or a note, 2 in conflict; 4 of 6 pages alike (66.7%, kappa 0.25)"
    ]
    assert labels(ann) == before | {6: ["bad"], 7: ["bad"]}
    again = run(ann, "labels", "import", exported(bob))
    assert again[1].decode().splitlines()[0].split("\t")[1:] == ["here good, there bad", "page 4"]
    assert "0 pages got labels or a note, 2 in conflict; 6 of 8 pages alike" in again[2][0]


def test_imported_labels_are_known_by_the_bytes_of_pages(tmp_path: Path, corpus: Path) -> None:
    """What lies at the same place on this machine may be another page."""
    ann, bob = person(tmp_path, "ann"), person(tmp_path, "bob")
    run(ann, "labels", "add", "good", "--at", "2-3", corpus)
    run(bob, "labels", "import", exported(ann))
    moved = tmp_path / "moved.jsonl"
    moved.write_bytes(corpus.read_bytes())
    corpus.write_bytes(b"".join(reversed(corpus.read_bytes().splitlines(keepends=True))))
    run(bob, "labels", "add", "own", "--at", "0", corpus)
    for path, ordinals in ((moved, ["2", "3"]), (corpus, ["8", "9"])):
        out = run(bob, "list", "--where", "label:good", path)[1].decode()
        assert [line.split("\t")[0] for line in out.splitlines()] == ordinals


def worded(place: Path) -> None:
    """Notes with all that CSV has to quote, and cells that a spreadsheet would run."""
    notes = ["=1+1", "'=1+1", "a,b", 'say "x"', "two\nlines", "two\r\nlines", "'tis", '"', "港口 ", "-"]
    with Store(state_of(place)) as store:
        for number, note in enumerate(notes):
            page = Known(f"key {number}", Ref(f"=/{number}.html", number), note, None if number % 2 else "@x")
            store.write_note(page, note)
            store.label([page], "-good")
            store.label([page], "b")


@pytest.mark.parametrize(
    "name", ["l.csv", "l.csv.gz", "l.csv.zst", "l.jsonl.gz", "l.jsonl.zst", "l.jsonl.bz2", "l.csv.xz"]
)
def test_whatever_is_exported_is_imported_as_it_was(tmp_path: Path, name: str) -> None:
    ann, bob = person(tmp_path, "ann"), person(tmp_path, "bob")
    worded(ann)
    form = "csv" if ".csv" in name else "jsonl"
    assert run(ann, "labels", "export", "--format", form, "-o", ann / name)[0] == 0
    status, out, said = run(bob, "labels", "import", ann / name)
    assert (status, out) == (0, b"")
    assert said == ["labels import: 10 pages got labels or a note, 0 in conflict; no page was labelled by both"]
    with Store(state_of(ann)) as theirs, Store(state_of(bob)) as ours:
        assert [kept(decision) for decision in ours.decisions()] == [kept(decision) for decision in theirs.decisions()]


def kept(decision: Decision) -> Decision:
    """All but how a page is found here, which nobody else can know."""
    return replace(decision, page=replace(decision.page, ref=Ref(decision.page.ref.source, decision.page.ref.ordinal)))


def test_csv_that_a_spreadsheet_saved_is_imported(tmp_path: Path) -> None:
    ann, bob = person(tmp_path, "ann"), person(tmp_path, "bob")
    worded(ann)
    content = run(ann, "labels", "export", "--format", "csv")[1]
    (ann / "l.csv").write_bytes(b"\xef\xbb\xbf" + content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    assert run(bob, "labels", "import", ann / "l.csv")[0] == 0
    assert len(labels(bob)) == 10


@pytest.mark.parametrize(
    "line", ['"', "x,y", "k,s,٣,good,,t,,a", f"k,s,{2**63},good,,t,,a", 'k"', "x" * 2**21, '"' + "x\n" * 2**19]
)
def test_a_line_of_csv_that_is_none_of_ours_costs_itself(tmp_path: Path, corpus: Path, line: str) -> None:
    ann, bob = person(tmp_path, "ann"), person(tmp_path, "bob")
    run(ann, "labels", "add", "good", "--at", "2-9", corpus)
    header, *rows = run(ann, "labels", "export", "--format", "csv")[1].splitlines(keepends=True)
    (ann / "l.csv").write_bytes(header + rows[0] + line.partition("\n")[0].encode() + b"\n" + b"".join(rows[1:]))
    status, _, said = run(bob, "labels", "import", ann / "l.csv")
    assert (status, len(said)) == (1, 2)
    assert said[0] == f"{ann / 'l.csv'}: line 3 was not written by labels export; skipped"
    assert len(labels(bob)) == 8


def test_a_damaged_compressed_file_is_a_line_and_what_lies_before_the_damage_is_taken(
    tmp_path: Path, corpus: Path
) -> None:
    ann, bob = person(tmp_path, "ann"), person(tmp_path, "bob")
    run(ann, "labels", "add", "good", "--at", "0-9", corpus)
    lines = run(ann, "labels", "export")[1].splitlines(keepends=True)
    path = ann / "l.jsonl.gz"
    path.write_bytes(gzip.compress(b"".join(lines[:5])) + gzip.compress(b"".join(lines[5:]))[:-30])
    status, _, said = run(bob, "labels", "import", path)
    assert status == 1
    assert any("gzip is damaged" in line for line in said)
    assert len(labels(bob)) >= 5


NONE = '{"sha256": "", "source": "x", "ordinal": 0, "labels": [], "note": "", "title": "", "url": null, "at": ""}'


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"x": 1}', NONE, NONE.replace('""', '"k"', 1).replace("[]", '["a b"]'), "[" * 9999, "x" * 2**21],
)
def test_a_line_that_is_none_of_ours_is_left_out(tmp_path: Path, corpus: Path, line: str) -> None:
    ann, bob = person(tmp_path, "ann"), person(tmp_path, "bob")
    run(ann, "labels", "add", "good", "--at", "2", corpus)
    path = exported(ann)
    path.write_bytes(line.encode() + b"\n" + path.read_bytes())
    status, out, said = run(bob, "labels", "import", path)
    assert (status, out, len(said)) == (1, b"", 2)
    assert said[0] == f"{path}: line 1 was not written by labels export; skipped"
    assert labels(bob) == {2: ["good"]}


def summary(place: Path, *arguments: str | Path) -> list[tuple[Any, ...]]:
    rows = map(json.loads, run(place, "labels", "summary", "--json", *arguments)[1].splitlines())
    return [(row["stratum"], row["label"], row["count"], row["of"], round(row["share"], 3)) for row in rows]


def test_a_summary_gives_rates_and_weighs_strata_by_their_size(tmp_path: Path, corpus: Path) -> None:
    run(tmp_path, "labels", "add", "good", "--at", "0-8", corpus)
    run(tmp_path, "labels", "add", "bad", "--at", "9-11", corpus)
    assert summary(tmp_path) == [(None, "bad", 3, 12, 0.25), (None, "good", 9, 12, 0.75)]
    assert summary(tmp_path, corpus, "--at", "8-9") == [(None, "bad", 1, 2, 0.5), (None, "good", 1, 2, 0.5)]
    # Two of nine and two of three are drawn; what the nine say counts three times as much.
    assert summary(tmp_path, corpus, "--sample", "4", "--seed", "1", "--by", "site") == [
        ("a.example", "bad", 0, 2, 0.0),
        ("a.example", "good", 2, 2, 1.0),
        ("b.example", "bad", 2, 2, 1.0),
        ("b.example", "good", 0, 2, 0.0),
        (None, "bad", 2, 4, 0.25),
        (None, "good", 2, 4, 0.75),
    ]


def test_a_summary_says_what_is_not_labelled_yet(tmp_path: Path, corpus: Path) -> None:
    run(tmp_path, "labels", "add", "good", "--at", "0-8", corpus)
    status, out, said = run(tmp_path, "labels", "summary", corpus)
    assert (status, said) == (0, ["labels summary: 3 of 12 pages have no label; the shares are of the others"])
    assert out.decode().splitlines() == [
        "label  pages   share   95 % interval",
        "good   9 of 9  100.0%  70.1% to 100.0%",
    ]
    assert run(person(tmp_path, "nobody"), "labels", "summary")[:2] == (0, b"")
