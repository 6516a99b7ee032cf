"""Records are strung together where their format allows it, and no file is written over another."""

from pathlib import Path

import pytest

from tui.core.model import Ref
from tui.export.records import HEADER_BYTES, RecordFiles


def written(out: str, refs: list[Ref], content: bytes = b"") -> None:
    def read(ref: Ref) -> bytes:
        return content[ref.offset : ref.offset + ref.length]

    with RecordFiles(out, refs, (), read) as files:
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


@pytest.mark.parametrize(("longer", "head"), [(-1, HEADER_BYTES - 1), (0, HEADER_BYTES), (1, HEADER_BYTES)])
def test_the_first_row_of_a_table_is_read_up_to_64_kib(longer: int, head: int, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    first = b"h" * (64 * 1024 + longer)
    written(str(out), [Ref("a.csv", 3, "table", 999, 1)], first + b"\nrecord 0\n")
    assert out.read_bytes() == b"h" * head + b"\nrecord 3\n"
