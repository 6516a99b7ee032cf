"""Records are strung together where their format allows it, and no file is written over another."""

import gzip
import os
import stat
import zlib
from pathlib import Path

import pytest

from tui import sources
from tui.core.errors import AlreadyThereError, UsageError
from tui.core.model import Limits, Ref
from tui.export.records import RecordFiles
from tui.sources import Tally


def written(out: str, refs: list[Ref], content: bytes = b"", *, is_forced: bool = False) -> None:
    def read(ref: Ref) -> bytes:
        end = (
            ref.offset + ref.length if ref.length else content.find(b"\n") + 1
        )  # of a table, what stands above its rows
        return content[ref.offset : end]

    with RecordFiles(out, refs, (), read, is_forced=is_forced) as files:
        for ref in refs:
            files.write(ref, f"record {ref.ordinal}".encode())


def names(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_files_of_one_name_are_numbered_from_2(tmp_path: Path) -> None:
    written(str(tmp_path), [Ref(f"{folder}/page.html", at, "html") for at, folder in enumerate("abc")])
    assert names(tmp_path) == {"page-2.html": b"record 1", "page-3.html": b"record 2", "page.html": b"record 0"}


@pytest.mark.parametrize(("length", "name"), [(-1, "a.jsonl"), (0, "records.jsonl"), (1, "records.jsonl")])
def test_a_record_that_reaches_to_the_end_of_a_file_has_one_of_its_own(length: int, name: str, tmp_path: Path) -> None:
    written(str(tmp_path), [Ref("a.jsonl", 0, "jsonl", 0, length)])
    assert list(names(tmp_path)) == [name]


def test_one_kind_of_record_is_a_file_and_two_are_a_folder(tmp_path: Path) -> None:
    rows = [Ref("a.jsonl", 0, "jsonl", 0, 1), Ref("b.jsonl", 1, "jsonl", 0, 1), Ref("a.warc", 2, "warc", 0, 1)]
    written(str(tmp_path / "one"), rows[:2])
    assert (tmp_path / "one").read_bytes() == b"record 0\nrecord 1\n"
    written(str(tmp_path / "two"), rows)
    assert names(tmp_path / "two") == {
        "records.jsonl": b"record 0\nrecord 1\n",
        "records.warc": b"record 2\r\n\r\n",
    }


def test_a_file_of_that_name_in_the_folder_is_written_over_only_by_force(tmp_path: Path) -> None:
    rows = [Ref("a.html", 0, "html"), Ref("b.html", 1, "html")]
    (tmp_path / "b.html").write_bytes(b"mine")
    with pytest.raises(AlreadyThereError, match=r"b\.html"):
        written(str(tmp_path), rows)
    assert names(tmp_path) == {"b.html": b"mine"}, "nothing is begun"
    written(str(tmp_path), rows, is_forced=True)
    assert names(tmp_path) == {"a.html": b"record 0", "b.html": b"record 1"}


@pytest.mark.parametrize("is_forced", [False, True])
def test_no_link_in_the_folder_is_followed(is_forced: bool, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / "out" / "a.html").symlink_to(tmp_path / "mine")
    with pytest.raises(UsageError, match="a symbolic link"):
        written(str(tmp_path / "out"), [Ref("x/a.html", 0, "html")], is_forced=is_forced)
    assert (tmp_path / "mine").read_bytes() == b"mine"


@pytest.mark.parametrize("is_forced", [False, True])
def test_each_file_is_synced_before_it_has_its_name_and_their_folder_once_at_the_end(
    is_forced: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync, synced = os.fsync, []

    def noting(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        synced.append((is_folder, len([path for path in tmp_path.iterdir() if not path.name.startswith(".copydesk-")])))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    rows = [Ref(f"{name}.html", at, "html") for at, name in enumerate("abc")]
    written(f"{tmp_path}/", rows, is_forced=is_forced)
    assert synced == [(False, 0), (False, 1), (False, 2), (True, 3)]


def test_records_of_archives_are_compressed_one_by_one(tmp_path: Path) -> None:
    out = tmp_path / "out.warc.gz"
    written(str(out), [Ref("a.warc", 0, "warc", 0, 1), Ref("a.warc", 1, "warc", 1, 1)])
    member = zlib.decompressobj(31)
    assert member.decompress(out.read_bytes()) == b"record 0\r\n\r\n"
    assert gzip.decompress(member.unused_data) == b"record 1\r\n\r\n"


def test_a_file_in_the_folder_is_what_its_name_says(tmp_path: Path) -> None:
    rows = [Ref("a.html.gz", 0, "html"), Ref("t.csv.gz", 1, "table", 2, 1), Ref("b.jsonl.zst", 2, "jsonl", 0, 1)]
    written(str(tmp_path), rows, b"h\n")
    found = names(tmp_path)
    assert gzip.decompress(found.pop("a.html.gz")) == b"record 0"
    assert found == {"records.csv": b"h\nrecord 1\n", "records.jsonl": b"record 2\n"}


def test_who_gives_up_leaves_no_file_of_several_records(tmp_path: Path) -> None:
    rows = [Ref("a.jsonl", 0, "jsonl", 0, 1), Ref("a.html", 1, "html")]

    def stop(files: RecordFiles) -> None:
        for ref in rows:
            files.write(ref, b"whole")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), RecordFiles(str(tmp_path), rows, (), lambda _ref: b"") as files:
        stop(files)
    assert names(tmp_path) == {"a.html": b"whole"}


def test_several_files_take_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="name a folder"):
        written("-", [Ref("a.html", 0, "html")])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"title,text\nA,1\nB,2\n"),
        ("a.csv", '\ufefftitle,text\r\nA,"1\r\n"\r\nB,2\r\n'.encode()),
        ("a.csv", b"sep=;\r\ntitle;text\r\nA;1\r\nB;2\r\n"),
        ("a.csv", b"title,text\rA,1\rB,2\r"),
        ("a.tsv", "\ufefftitle\ttext\r\n雨\t1\r\nB\t2\r\n".encode("utf-16-le")),
        ("a.tsv", "\ufefftitle\ttext\n雨\t1\n".encode("utf-16-be")),
        ("a.csv", b"https://e.org/1,A\nhttps://e.org/2,B\n"),
        ("a.csv", "\ufeffhttps://e.org/1,雨\r\nhttps://e.org/2,B\r\n".encode("utf-16-le")),
        ("a.csv", b"title,text," + b"h" * 70_000 + b"\nA,1,2\n"),
        ("a.jsonl", '\ufeff{"text": "雨"}\r\n{"text": "B"}\r\n'.encode("utf-16-le")),
        ("a.jsonl", '{"text": "雨"}\n{"text": "B"}\n'.encode("utf-16-be")),
        ("a.jsonl", '\ufeff{"text": "A"}\r\n {"text": "B"} \r\n'.encode()),
        ("a.jsonl", b'{\n "text": "A"\n}\n{\n "text": "B"\n}\n'),
    ],
)
@pytest.mark.parametrize("is_packed", [False, True])
def test_all_records_of_a_file_are_the_file_again(tmp_path: Path, name: str, content: bytes, is_packed: bool) -> None:
    path = tmp_path / (f"{name}.gz" if is_packed else name)
    halves = content[: len(content) // 2], content[len(content) // 2 :]
    path.write_bytes(b"".join(map(gzip.compress, halves)) if is_packed else content)
    refs = [ref for ref in sources.scan([str(path)], Tally()) if isinstance(ref, Ref)]
    with RecordFiles(str(tmp_path / "out"), refs, (), lambda ref: sources.stored(ref, Limits())) as files:
        for ref in refs:
            files.write(ref, sources.stored(ref, Limits()))
    assert (tmp_path / "out").read_bytes() == content
