"""Parquet files: rows as pages in any order, values that JSON and Python don't know, damage, and life without pyarrow."""

import json
import subprocess
import sys
import zipfile
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pyarrow.parquet.encryption as encryption
import pytest
from troubles import trouble

from tui import sources
from tui.core.errors import SourceError
from tui.core.model import Item, Limits, Options, Ref
from tui.core.shelf import Run
from tui.sources import Scanner, Tally
from tui.sources.formats import parquet


def write(path: Path, count: int = 500) -> Path:
    table = pyarrow.table(
        {
            "text": [f"Row {number} 雨" for number in range(count)],
            "url": [f"https://example.org/{number}" for number in range(count)],
            "dump": ["CC-MAIN-2021-10"] * count,
            "date": [datetime(2021, 3, 5, 6, 7, 8, tzinfo=UTC)] * count,
            "scores": [[0.5, 1.0]] * count,
            "meta": [{"lang": "zh", "n": number} for number in range(count)],
        }
    )
    pyarrow.parquet.write_table(table, path, row_group_size=70)
    return path


def scan(path: Path) -> list[Item]:
    return list(sources.scan([str(path)], Tally()))


@pytest.mark.parametrize("kept_bytes", [0, 1_000_000])
def test_rows_are_pages_in_any_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept_bytes: int) -> None:
    monkeypatch.setattr(parquet, "KEPT_GROUP_BYTES", kept_bytes)
    refs = scan(write(tmp_path / "a.parquet"))
    assert len(refs) == 500
    for number in (499, 0, 69, 70, 333, 334):
        page = sources.read(refs[number], Limits())
        assert page.payload.decode() == f"Row {number} 雨"
        assert (page.url, page.fetched) == (f"https://example.org/{number}", "2021-03-05T06:07:08+00:00")
        assert page.record == {"dump": "CC-MAIN-2021-10", "scores": [0.5, 1.0], "meta": {"lang": "zh", "n": number}}
    assert sources.read(refs[3], Limits(), Options(fields=(("body", "url"),))).payload == b"https://example.org/3"
    assert json.loads(sources.stored(refs[7], Limits()))["url"] == "https://example.org/7"


def test_a_file_in_a_zip_archive_is_read_there(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet")
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / "a.parquet", "data/a.parquet")
    refs = scan(tmp_path / "a.zip")
    assert (len(refs), refs[123].member) == (500, "data/a.parquet")
    assert sources.read(refs[123], Limits()).payload.decode() == "Row 123 雨"


def test_bytes_in_a_column_are_a_page_and_words_in_bytes_are_words(tmp_path: Path) -> None:
    html = "<meta charset=gb2312><p>今天下了一整天的雨，没有人出门。</p>".encode("gb18030")
    columns = {"url": [b"https://example.org/"], "title": ["雨".encode()], "timestamp": [b"2021-03-05"], "html": [html]}
    pyarrow.parquet.write_table(pyarrow.table(columns), tmp_path / "a.parquet")
    (ref,) = scan(tmp_path / "a.parquet")
    page = sources.read(ref, Limits())
    assert (page.url, page.title, page.fetched) == ("https://example.org/", "雨", "2021-03-05")
    assert (page.payload, page.media, page.claims) == (html, "text/html", ())
    assert b64decode(json.loads(sources.stored(ref, Limits()))["html"]["encoded"]) == html


def test_a_date_beyond_pythons_years_is_shown(tmp_path: Path) -> None:
    far = pyarrow.array([10**15], pyarrow.timestamp("ms"))
    pyarrow.parquet.write_table(pyarrow.table({"text": ["x"], "at": far}), tmp_path / "a.parquet")
    (ref,) = scan(tmp_path / "a.parquet")
    assert str(sources.read(ref, Limits()).record["at"])


def test_a_file_that_is_cut_says_so(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet")
    path.write_bytes(path.read_bytes()[:-100])
    (ref,) = scan(path)
    assert str(trouble(ref)).startswith(f"{path}: ")
    assert str(trouble(ref)).endswith("the file is damaged or truncated, download it again")


def test_a_damaged_row_group_costs_its_rows_only(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet")
    refs = scan(path)
    content = bytearray(path.read_bytes())
    content[10:60] = bytes(50)
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"row 0: .*; the row can't be read"):
        sources.read(refs[0], Limits())
    assert sources.read(refs[499], Limits()).payload.decode() == "Row 499 雨"


def test_a_row_of_another_time_says_what_to_do(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", 3)
    with pytest.raises(SourceError, match="there is no row 9 any more; the file has changed, open it again"):
        sources.read(Ref(str(path), 0, "parquet", 9, 1), Limits())


def test_without_pyarrow_one_line_says_how_to_get_it(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", 3)
    script = """
import sys
sys.modules["pyarrow"] = None
from tui import sources
print([str(ref.problem) for ref in sources.scan(["a.parquet"], sources.Tally())])
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    said = "a.parquet: Parquet and Arrow need pyarrow; install it with pip install 'copydesk[parquet]'"
    assert done.stdout.strip() == repr([said])


def test_rows_with_encrypted_columns_are_named_as_encrypted(tmp_path: Path) -> None:
    """Their file may look like any other: its footer need not be encrypted."""

    class Keys(encryption.KmsClient):  # type: ignore[misc]
        def wrap_key(self, key: bytes, _name: str) -> bytes:
            return b64encode(key)

    path = tmp_path / "a.parquet"
    ways = encryption.EncryptionConfiguration(footer_key="a", column_keys={"b": ["text"]}, plaintext_footer=True)
    factory = encryption.CryptoFactory(lambda _connection: Keys())
    properties = factory.file_encryption_properties(encryption.KmsConnectionConfig(), ways)
    table = pyarrow.table({"text": ["rain"]})
    with pyarrow.parquet.ParquetWriter(path, table.schema, encryption_properties=properties) as writer:
        writer.write_table(table)
    (ref,) = scan(path)
    with pytest.raises(SourceError, match="row 0: an encrypted Parquet file"):
        sources.read(ref, Limits())


def test_rows_are_told_of_65536_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"text": ["rain"] * 65_537}), path)
    runs = [(run.first.ordinal, run[0].offset, len(run)) for run in Scanner([str(path)]).runs() if isinstance(run, Run)]
    assert runs == [(0, 0, 65_536), (65_536, 65_536, 1)]
