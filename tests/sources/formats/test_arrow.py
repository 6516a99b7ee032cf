"""Arrow files and streams: rows in any order, dictionaries, damage."""

from pathlib import Path

import pyarrow
import pyarrow.ipc
import pytest

from tui import sources
from tui.core.errors import SourceError
from tui.core.model import Limits, Ref, Trouble
from tui.sources import Tally
from tui.sources.base import Head
from tui.sources.formats.arrow import claims


def write(path: Path, kind: str, *, count: int = 500, compression: str | None = None, labels: bool = False) -> Path:
    columns = {
        "text": [f"Row {number} 雨" for number in range(count)],
        "url": [f"https://example.org/{number}" for number in range(count)],
        "n": [{"of": [number]} for number in range(count)],
    }
    table = pyarrow.table(columns)
    if labels:
        words = pyarrow.array(["good", "bad"] * (count // 2)).dictionary_encode()
        table = table.append_column("label", words)
    options = pyarrow.ipc.IpcWriteOptions(compression=compression)
    new = pyarrow.ipc.new_file if kind == "file" else pyarrow.ipc.new_stream
    with pyarrow.OSFile(str(path), "wb") as out, new(out, table.schema, options=options) as writer:
        writer.write_table(table, max_chunksize=70)
    return path


def scan(path: Path) -> list[Ref | Trouble]:
    return list(sources.scan([str(path)], Tally()))


@pytest.mark.parametrize("kind", ["file", "stream"])
@pytest.mark.parametrize("compression", [None, "zstd"])
@pytest.mark.parametrize("labels", [False, True])
def test_rows_are_pages_in_any_order(tmp_path: Path, kind: str, compression: str | None, labels: bool) -> None:
    refs = scan(write(tmp_path / "data-00000-of-00001.arrow", kind, compression=compression, labels=labels))
    assert len(refs) == 500
    for number in (499, 0, 69, 70, 333, 334):
        page = sources.read(refs[number], Limits())
        assert (page.payload.decode(), page.url) == (f"Row {number} 雨", f"https://example.org/{number}")
        assert page.record == {"n": {"of": [number]}} | ({"label": ("good", "bad")[number % 2]} if labels else {})


@pytest.mark.parametrize("kind", ["file", "stream"])
def test_a_cut_file_gives_the_batches_that_are_whole(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / "a.arrow", kind)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    *refs, last = scan(path)
    assert len(refs) % 70 == 0
    assert len(refs) >= 140
    assert isinstance(last, Trouble)
    assert last.problem.message.endswith("the file is damaged or truncated, download it again")
    assert sources.read(refs[-1], Limits()).payload.decode() == f"Row {len(refs) - 1} 雨"
    with pytest.raises(SourceError, match="there is no row 499"):
        sources.read(Ref(str(path), 0, "arrow", 499, 1), Limits())
    path.write_bytes(path.read_bytes()[:60])
    (only,) = scan(path)
    assert isinstance(only, Trouble)


@pytest.mark.parametrize(
    ("name", "start", "is_one"),
    [
        ("a.bin", b"ARROW1\0\0", True),
        ("a.feather", b"\xff\xff\xff\xff\x10", True),
        ("a.bin", b"\xff\xff\xff\xff\x10", False),
        ("a.arrow", b"text", False),
    ],
)
def test_a_stream_is_known_by_its_name_and_a_file_by_its_mark(name: str, start: bytes, is_one: bool) -> None:
    assert claims(Head(name, start)) is is_one


def test_a_saved_data_set_opens_as_its_rows(tmp_path: Path) -> None:
    """As `save_to_disk` of datasets 5 leaves it."""
    for part in ("test", "train"):
        folder = tmp_path / "set" / part
        folder.mkdir(parents=True)
        table = pyarrow.table({"text": [f"{part} one", f"{part} two"]})
        with pyarrow.ipc.new_stream(folder / "data-00000-of-00001.arrow", table.schema) as writer:
            writer.write_table(table)
        (folder / "state.json").write_text(
            '{\n  "_data_files": [\n    {\n      "filename": "data-00000-of-00001.arrow"'
        )
        (folder / "dataset_info.json").write_text('{\n  "citation": "",\n  "description": "",\n  "features": {')
    (tmp_path / "set" / "dataset_dict.json").write_text('{"splits": ["train", "test"]}')
    tally = Tally()
    refs = list(sources.scan([str(tmp_path / "set")], tally))
    assert [sources.read(ref, Limits()).payload.decode() for ref in refs] == [
        *("test one", "test two", "train one", "train two")
    ]
    assert tally.asides == 5
    (tmp_path / "state.json").write_text('{"state": "rain"}')
    (ref,) = sources.scan([str(tmp_path / "state.json")], Tally())
    assert isinstance(ref, Ref)
    assert ref.format == "jsonl"
