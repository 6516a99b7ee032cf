"""Labels as commands: given, taken, and taken out, also byte for byte."""

import csv
import json
import os
import sqlite3
import subprocess
import sys
import time
from base64 import b64decode
from contextlib import closing
from pathlib import Path
from typing import IO

import pytest
from made_warcs import response, write

from tui.core.errors import UsageError
from tui.core.labels import DEFAULT, keys

RECORDS = [b'{"text": "first page"}', b'{"text":  "second \xc3\xa9"  }', b'{"text": "third", "n": 1.50}']


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    path = tmp_path / "corpus" / "r.jsonl"
    path.write_bytes(b"\n\n".join(RECORDS) + b"\n")
    return path


def run(tmp_path: Path, *arguments: str | Path, stdin: IO[bytes] | None = None) -> tuple[int, bytes, list[str]]:
    """Exit status, output, lines of errors; with a state folder of the test's own."""
    environment = os.environ | {"XDG_STATE_HOME": str(tmp_path / "state")}
    if sys.platform == "darwin":
        environment["HOME"] = str(tmp_path / "state")
    done = subprocess.run(
        [sys.executable, "-m", "tui", *map(str, arguments)],
        stdin=stdin,
        capture_output=True,
        env=environment,
        cwd=tmp_path,
    )
    return done.returncode, done.stdout, done.stderr.decode().splitlines()


def test_labels_are_written_as_json_lines_and_csv(tmp_path: Path, corpus: Path) -> None:
    assert run(tmp_path, "labels", "add", "good", "--at", "1,2", corpus)[0] == 0
    assert run(tmp_path, "labels", "add", "long", "--at", "2", "corpus/r.jsonl")[0] == 0
    code, out, errors = run(tmp_path, "labels", "export")
    found = [json.loads(line) for line in out.splitlines()]
    assert [(page["ordinal"], page["labels"], page["title"]) for page in found] == [
        (1, ["good"], "second é"),
        (2, ["good", "long"], "third"),
    ]
    assert {page["source"] for page in found} == {str(corpus)}
    run(tmp_path, "labels", "export", "-o", tmp_path / "labels.csv")
    with (tmp_path / "labels.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["labels"] for row in csv.DictReader(stream)] == ["good", "good long"]
    assert (code, errors) == (0, [])


def test_labelled_records_come_out_byte_for_byte(tmp_path: Path, corpus: Path) -> None:
    run(tmp_path, "labels", "add", "good", "--at", "1,2", corpus)
    assert run(tmp_path, "labels", "export", "--records", "good", "-o", tmp_path / "out.jsonl") == (0, b"", [])
    assert (tmp_path / "out.jsonl").read_bytes() == RECORDS[1] + b"\n" + RECORDS[2] + b"\n"


def test_pages_of_several_formats_go_into_a_folder(tmp_path: Path, corpus: Path) -> None:
    for folder in ("a", "b"):
        (corpus.parent / folder).mkdir()
        (corpus.parent / folder / "page.html").write_bytes(f"<p>page {folder}\r\n".encode())
    run(tmp_path, "labels", "add", "good", corpus.parent)
    assert run(tmp_path, "labels", "export", "--records", "good", "-o", "out")[0] == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == {
        "records.jsonl": b"".join(record + b"\n" for record in RECORDS),
        "page.html": b"<p>page a\r\n",
        "page-2.html": b"<p>page b\r\n",
    }


def test_records_of_archives_and_rows_of_tables_come_out_in_their_own_format(tmp_path: Path) -> None:
    records = [response(f"https://example.org/{n}", f"<p>page {n}</p>".encode()) for n in range(3)]
    write(tmp_path / "a.warc.gz", records, "gzip")
    (tmp_path / "t.csv").write_bytes(b'id,text\r\n1,first\r\n2,"second, quoted"\r\n3,third\r\n')
    run(tmp_path, "labels", "add", "good", "--at", "1-2", tmp_path / "a.warc.gz")
    assert run(tmp_path, "labels", "export", "--records", "good", "-o", "out.warc")[0] == 0
    assert (tmp_path / "out.warc").read_bytes() == records[1] + records[2]
    run(tmp_path, "labels", "add", "row", "--at", "1", tmp_path / "t.csv")
    assert run(tmp_path, "labels", "export", "--records", "row", "-o", "out.csv")[0] == 0
    assert (tmp_path / "out.csv").read_bytes().replace(b"\r", b"") == b'id,text\n2,"second, quoted"\n'


def test_bytes_of_a_database_come_out_exactly_and_are_the_same_pages_again(tmp_path: Path) -> None:
    page = "<meta charset=gb2312><title>标题</title><p>今天下了一整天的雨，没有人出门。</p>".encode("gb18030")
    with closing(sqlite3.connect(tmp_path / "a.db")) as database, database:
        database.execute("CREATE TABLE pages (url TEXT, html BLOB, picture BLOB)")
        database.execute("INSERT INTO pages VALUES ('https://example.org/', ?, ?)", (page, bytes(range(256)) * 9))
    assert run(tmp_path, "labels", "add", "good", "a.db")[0] == 0
    assert run(tmp_path, "labels", "export", "--records", "good", "-o", "out.jsonl") == (0, b"", [])
    assert run(tmp_path, "show", "--raw", "out.jsonl") == run(tmp_path, "show", "--raw", "a.db") == (0, page, [])
    record = json.loads((tmp_path / "out.jsonl").read_bytes())
    assert b64decode(record["picture"]["encoded"]) == bytes(range(256)) * 9
    assert run(tmp_path, "find", "没有人", "out.jsonl")[1].decode().startswith("0\tout.jsonl\t")
    code, out, _ = run(tmp_path, "list", "--where", "label:good", "--json", "out.jsonl")
    assert (code, json.loads(out)["title"]) == (0, "标题")


def test_labels_survive_a_file_that_is_moved(tmp_path: Path, corpus: Path) -> None:
    run(tmp_path, "labels", "add", "good", "--at", "1", corpus)
    moved = corpus.rename(tmp_path / "elsewhere.jsonl")
    code, out, errors = run(tmp_path, "labels", "export", moved)
    assert (code, [json.loads(line)["source"] for line in out.splitlines()], errors) == (0, [str(moved)], [])
    code, _, errors = run(tmp_path, "labels", "export", "--records", "good", "-o", "out.jsonl")
    assert (code, len(errors)) == (3, 1)
    assert "no such file" in errors[0]
    assert run(tmp_path, "labels", "export", "--records", "good", "-o", "out.jsonl", moved)[0] == 0
    assert (tmp_path / "out.jsonl").read_bytes() == RECORDS[1] + b"\n"


def test_a_record_that_changed_since_is_not_passed_off_as_the_labelled_one(tmp_path: Path, corpus: Path) -> None:
    run(tmp_path, "labels", "add", "good", "--at", "0,2", corpus)
    corpus.write_bytes(b"\n\n".join([b'{"text": "other page"}', *RECORDS[1:]]) + b"\n")
    code, _, errors = run(tmp_path, "labels", "export", "--records", "good", "-o", "out.jsonl")
    assert (code, len(errors)) == (1, 1)
    assert "is not the one that was labelled" in errors[0]
    assert (tmp_path / "out.jsonl").read_bytes() == RECORDS[2] + b"\n"


def test_a_label_is_taken_away_again(tmp_path: Path, corpus: Path) -> None:
    run(tmp_path, "labels", "add", "good", corpus)
    run(tmp_path, "labels", "remove", "good", "--at", "0-1", corpus)
    out = run(tmp_path, "labels", "export")[1]
    assert [json.loads(line)["ordinal"] for line in out.splitlines()] == [2]


def test_labels_and_notes_are_asked_for_in_expressions(tmp_path: Path, corpus: Path) -> None:
    def ordinals(expression: str, source: Path) -> list[int]:
        out = run(tmp_path, "list", "--json", "--where", expression, source)[1]
        return [json.loads(line)["ordinal"] for line in out.splitlines()]

    assert ordinals("-label:*", corpus) == [0, 1, 2]
    run(tmp_path, "labels", "add", "good", "--where", "second OR third", corpus)
    assert ordinals("label:good", corpus) == [1, 2]
    assert ordinals("-label:good", corpus) == [0]
    # Known by their bytes, they are found where they lie now.
    assert ordinals("label:good", corpus.rename(tmp_path / "moved.jsonl")) == [1, 2]


def test_a_damaged_database_is_one_line(tmp_path: Path, corpus: Path) -> None:
    run(tmp_path, "labels", "add", "good", corpus)
    (path,) = (tmp_path / "state").rglob("labels.sqlite")
    path.write_bytes(b"garbage" * 1000)
    code, out, errors = run(tmp_path, "labels", "export")
    assert (code, out, len(errors)) == (1, b"", 1)
    assert "damaged" in errors[0]


@pytest.mark.parametrize(
    ("named", "form", "sources"),
    [
        ("itself", ["--records", "good"], ["corpus/r.jsonl"]),
        ("relative", ["--records", "good"], ["corpus"]),
        ("symbolic link", ["--records", "good"], []),
        ("hard link", ["--format", "jsonl"], ["corpus/r.jsonl"]),
        ("symbolic link", ["--format", "jsonl"], ["corpus"]),
        ("hard link", ["--format", "csv"], []),
    ],
)
def test_an_export_never_empties_the_file_that_it_reads(
    tmp_path: Path, corpus: Path, named: str, form: list[str], sources: list[str]
) -> None:
    run(tmp_path, "labels", "add", "good", "--at", "1", corpus)
    before, out = (
        corpus.read_bytes(),
        {"itself": str(corpus), "relative": "corpus/../corpus/r.jsonl"}.get(named, "link"),
    )
    if named == "symbolic link":
        (tmp_path / "link").symlink_to(corpus)
    elif named == "hard link":
        (tmp_path / "link").hardlink_to(corpus)
    code, written, errors = run(tmp_path, "labels", "export", *form, "-o", out, *sources)
    assert corpus.read_bytes() == before
    assert (code, written, errors) == (2, b"", [f"{out}: the pages are read from this file; write to another one"])


def test_an_export_never_writes_onto_a_file_that_it_looked_through_in_vain(tmp_path: Path, corpus: Path) -> None:
    other = corpus.parent / "records.jsonl"
    other.write_bytes(b'{"text": "nobody labelled this"}\n')
    run(tmp_path, "labels", "add", "good", corpus)
    for out in (other, corpus.parent):
        code, _, errors = run(tmp_path, "labels", "export", "--records", "good", "-o", out, corpus.parent)
        assert (code, errors) == (2, [f"{other}: the pages are read from this file; write to another one"])
    assert other.read_bytes() == b'{"text": "nobody labelled this"}\n'


def test_an_export_never_writes_onto_the_file_on_standard_input(tmp_path: Path, corpus: Path) -> None:
    run(tmp_path, "labels", "add", "good", corpus)
    before = corpus.read_bytes()
    with corpus.open("rb") as stream:
        done = run(tmp_path, "labels", "export", "--records", "good", "-o", corpus, "-", stdin=stream)
    assert (done[0], corpus.read_bytes()) == (2, before)


@pytest.mark.parametrize("link", [False, True])
def test_an_export_into_the_folder_of_its_pages_writes_onto_none_and_nothing_before_it(
    tmp_path: Path, link: bool
) -> None:
    pages = [tmp_path / "b" / "page.html", tmp_path / "c" / "page.html"]
    for page in pages:
        page.parent.mkdir()
        page.write_text(f"<p>page {page.parent.name}")
    folder = tmp_path / "b"
    if link:
        folder = tmp_path / "out"
        folder.mkdir()
        (folder / "page-2.html").symlink_to(pages[1])
    run(tmp_path, "labels", "add", "good", *pages)
    code, _, errors = run(tmp_path, "labels", "export", "--records", "good", "-o", folder)
    assert (code, len(errors)) == (2, 1)
    assert [page.read_text() for page in pages] == ["<p>page b", "<p>page c"]
    assert [path.name for path in folder.iterdir()] == ["page-2.html" if link else "page.html"]


def test_an_export_beside_its_source_is_written(tmp_path: Path, corpus: Path) -> None:
    run(tmp_path, "labels", "add", "good", "--at", "1", corpus)
    assert run(tmp_path, "labels", "export", "--records", "good", "-o", corpus.parent, corpus) == (0, b"", [])
    assert (corpus.parent / "records.jsonl").read_bytes() == RECORDS[1] + b"\n"


def test_an_export_never_writes_over_the_labels_nor_unasked(tmp_path: Path, corpus: Path) -> None:
    run(tmp_path, "labels", "add", "good", corpus)
    (kept,) = (tmp_path / "state").rglob("labels.sqlite")
    code, _, errors = run(tmp_path, "labels", "export", "--force", "-o", kept)
    assert (code, errors) == (2, [f"{kept}: the pages are read from this file; write to another one"])
    (tmp_path / "out").write_bytes(b"mine")
    code, _, errors = run(tmp_path, "labels", "export", "-o", "out", corpus)
    assert (code, errors) == (2, ["out: already exists; name another file, or overwrite it with --force"])
    assert (tmp_path / "out").read_bytes() == b"mine"
    assert run(tmp_path, "labels", "export", "--force", "-o", "out") == (0, b"", [])
    assert (tmp_path / "out").read_bytes() == run(tmp_path, "labels", "export", "-o", "-")[1]


def test_what_a_label_says_is_no_formula_in_a_spreadsheet(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "x", "title": "=HYPERLINK(1)"}\n')
    run(tmp_path, "labels", "add", "+evil", "a.jsonl")
    out = run(tmp_path, "labels", "export", "--format", "csv")[1].decode()
    (row,) = csv.DictReader(out.splitlines())
    assert (row["labels"], row["title"], row["note"], row["ordinal"]) == ("'+evil", "'=HYPERLINK(1)", "", "0")


def test_what_is_fetched_is_added_to_no_file_but_an_archive_of_copydesk(tmp_path: Path) -> None:
    (tmp_path / "notes.warc").write_bytes(b"mine")
    (tmp_path / "link.warc").symlink_to("nothing")
    for name, said in (
        ("notes.warc", "--warc notes.warc: not written by --warc; name another file"),
        ("link.warc", "--warc link.warc: a symbolic link; name the file it points to"),
        ("-", "--warc -: WARC needs a file; name one that ends in .warc or .warc.gz"),
        ("x.warc.zst", "--warc x.warc.zst: WARC needs a file; name one that ends in .warc or .warc.gz"),
    ):
        assert run(tmp_path, "show", "--warc", name, "http://127.0.0.1:9/") == (2, b"", [said])
    assert (tmp_path / "notes.warc").read_bytes() == b"mine"
    assert sorted(path.name for path in tmp_path.glob("*warc*")) == ["link.warc", "notes.warc"]


def test_what_is_fetched_is_not_added_to_a_file_that_is_read(tmp_path: Path) -> None:
    write(tmp_path / "a.warc", [response("https://example.org/", b"<p>page")])
    before = (tmp_path / "a.warc").read_bytes()
    (tmp_path / "link").symlink_to("a.warc")
    for command in ("show", "list"):
        code, out, errors = run(tmp_path, command, "--warc", "link", "a.warc", "http://127.0.0.1:9/")
        assert (code, out, errors) == (2, b"", ["link: the pages are read from this file; write to another one"])
    assert (tmp_path / "a.warc").read_bytes() == before
    assert run(tmp_path, "list", "--warc", "b.warc", "a.warc")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["labels", "export", "--records", "good"], "no OUT"),
        (["labels", "add", "two words", "x"], "not a valid label"),
        (["labels", "add", "good"], "SOURCE"),
        (["labels", "export", "-o", "no/such/folder/x"], "name another file"),
    ],
)
def test_a_wrong_call_says_what_to_do(tmp_path: Path, arguments: list[str], said: str) -> None:
    code, out, errors = run(tmp_path, *arguments)
    assert (code > 1, out, len(errors)) == (True, b"", 1)
    assert said in errors[0]


def test_every_label_gets_a_key_of_its_own() -> None:
    assert keys(DEFAULT) == {"1": "good", "2": "bad", "3": "unsure"}
    assert keys(["bad", "1=best"]) == {"2": "bad", "1": "best"}
    assert keys(["x=spam", "好", "坏"]) == {"x": "spam", "1": "好", "2": "坏"}
    assert list(keys("abcdefghi")) == [*"123456789"]
    with pytest.raises(UsageError, match="no digit is left for j; give it a letter, such as x=j"):
        keys("abcdefghij")


@pytest.mark.parametrize("words", [["good", "good"], ["x=a", "x=b"], [""], ["xy=a"], ["a b"]])
def test_labels_that_can_not_be_told_apart_are_refused(words: list[str]) -> None:
    with pytest.raises(UsageError):
        keys(words)


def test_pages_of_a_file_that_is_replaced_meanwhile_get_no_label(tmp_path: Path) -> None:
    """What could not be read must not look like what somebody has looked at."""
    live = tmp_path / "live.jsonl"
    rows = [json.dumps({"text": f"Page {number}. " + "It rains. " * 20}) for number in range(400)]
    live.write_text("\n".join(rows) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "tui", "labels", "add", "spam", str(live)]
    environment = os.environ | {"XDG_STATE_HOME": str(tmp_path / "state")}
    if sys.platform == "darwin":
        environment["HOME"] = str(tmp_path / "state")
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        while not labelled(tmp_path) and process.poll() is None:
            time.sleep(0.005)
        (tmp_path / "next").write_text('{"text": "another file"}\n' * 400, encoding="utf-8")
        (tmp_path / "next").replace(live)
        errors = process.communicate()[1].splitlines()
    given = labelled(tmp_path)
    unread = [line for line in errors if "can no longer be read" in line or "since it was scanned" in line]
    assert 0 < given < len(rows)
    assert given + len(unread) == len(rows)
    assert f"labels: {len(unread):,} pages could not be read and keep their labels; try those again" in errors
    assert process.returncode == 1
    assert all(
        page["title"].startswith("Page") for page in map(json.loads, run(tmp_path, "labels", "export")[1].splitlines())
    )


def labelled(tmp_path: Path) -> int:
    """How many pages have a label by now."""
    path = next((tmp_path / "state").rglob("labels.sqlite"), None)
    if path is None:
        return 0
    try:
        with closing(sqlite3.connect(path)) as database:
            return int(database.execute("SELECT count(*) FROM label").fetchone()[0])
    except sqlite3.OperationalError:  # it is being made
        return 0


def test_a_page_that_cannot_be_read_gets_no_label(tmp_path: Path, corpus: Path) -> None:
    code, _, errors = run(tmp_path, "labels", "add", "good", corpus, tmp_path / "missing")
    assert code == 1
    assert errors[-1] == "labels: 1 pages could not be read and keep their labels; try those again"
    assert len(run(tmp_path, "labels", "export")[1].splitlines()) == len(RECORDS)
