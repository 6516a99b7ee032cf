"""Labels of several people: merged without overwriting any, and how frequent each is."""

import json
from pathlib import Path
from typing import Any

import pytest
from test_labels import run

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
    assert said[0] == f"{path}: line 1 is none that labels export wrote; it was left out"
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
    assert (status, said) == (0, ["labels summary: 3 of 12 pages carry no label; the shares are of the others"])
    assert out.decode().splitlines() == [
        "label  pages   share   95 % interval",
        "good   9 of 9  100.0%  70.1% to 100.0%",
    ]
    assert run(person(tmp_path, "nobody"), "labels", "summary")[:2] == (0, b"")
