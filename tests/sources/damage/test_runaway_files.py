"""Small files that claim, or hold, more than anybody has time and room for: each costs its own row, in step with its size."""

import gzip
import io
import json
import struct
import zipfile
import zlib
from pathlib import Path

import bounded
import pyarrow
import pyarrow.parquet
import pytest
from troubles import trouble

from tui.core.shelf import Run
from tui.sources import Scanner, reach
from tui.sources.scanning.scanner import MOST_PAGES

CPU_S = 20
"""For each process; what runs away takes minutes, or for ever."""
MEMORY_MB = 600
ROWS = 77_777
"""Rows of the file that is forged: a number that stands nowhere else in it."""


def rows(*arguments: str) -> tuple[list[list[str]], str]:
    """What `copydesk list` prints within the bounds, and what it says on standard error."""
    ended = bounded.copydesk("list", *arguments, cpu_s=CPU_S, memory_mb=MEMORY_MB)
    assert ended.returncode >= 0, ended.stderr
    assert "fault" not in ended.stderr
    return [line.split("\t") for line in ended.stdout.splitlines()], ended.stderr


def shown(*arguments: str) -> list[dict[str, object]]:
    """What `copydesk show --json` prints within the bounds."""
    ended = bounded.copydesk("show", "--json", *arguments, cpu_s=CPU_S, memory_mb=MEMORY_MB)
    assert ended.returncode >= 0, ended.stderr
    assert "fault" not in ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]


def forged_parquet(path: Path, count: int, *, is_whole: bool) -> str:
    """A file of a hundred bytes whose directory claims `count` rows; `is_whole`: its row group does so, too."""
    table = pyarrow.table({"text": ["It rained all day."] * ROWS})
    pyarrow.parquet.write_table(table, path, write_statistics=False, store_schema=False)
    content = path.read_bytes()
    size = int.from_bytes(content[-8:-4], "little")
    body, footer = content[: -8 - size], content[-8 - size : -8]
    footer = footer.replace(_number(ROWS), _number(count), -1 if is_whole else 1)
    path.write_bytes(body + footer + struct.pack("<I", len(footer)) + b"PAR1")
    return str(path)


def _number(value: int) -> bytes:
    """An integer as Thrift writes it."""
    left, found = value << 1, b""
    while left > 127:
        found += bytes([left & 127 | 128])
        left >>= 7
    return found + bytes([left])


def test_a_parquet_file_that_claims_more_rows_than_it_can_hold_is_refused(tmp_path: Path) -> None:
    _, told = rows(forged_parquet(tmp_path / "a.parquet", 2**40, is_whole=True))
    assert "its footer claims 1,099,511,627,776 rows, more than 367 bytes can hold" in told


@pytest.mark.parametrize(("beyond", "is_refused"), [(0, False), (1, True)])
def test_a_byte_of_a_parquet_file_may_hold_a_hundred_thousand_rows(
    tmp_path: Path, beyond: int, is_refused: bool
) -> None:
    path = tmp_path / "a.parquet"
    forged_parquet(path, 30_000_000, is_whole=True)
    forged_parquet(path, path.stat().st_size * 100_000 + beyond, is_whole=True)
    first = next(Scanner([str(path)]).runs())
    assert isinstance(first, Run) is not is_refused


def test_a_parquet_file_whose_directory_contradicts_itself_shows_the_rows_it_has(tmp_path: Path) -> None:
    found, told = rows(forged_parquet(tmp_path / "a.parquet", 2**40, is_whole=False), "--at", f"0,{ROWS}")
    assert "It rained all day." in found[0]
    assert f"its row groups hold {ROWS:,}; those are shown" in told


def test_a_row_that_a_parquet_file_only_claims_is_told_to_be_unreadable(tmp_path: Path) -> None:
    source = forged_parquet(tmp_path / "a.parquet", 2**24, is_whole=True)
    (page,) = shown(source, "--at", "100000")
    assert [problem["code"] for problem in page["problems"]] == ["unreadable"]  # type: ignore[attr-defined]


def test_values_that_python_cannot_hold_leave_the_rest_of_a_row(tmp_path: Path) -> None:
    when = pyarrow.Array.from_buffers(
        pyarrow.timestamp("us"), 2, [None, pyarrow.py_buffer(struct.pack("<qq", 2**62, 1))]
    )
    ends = pyarrow.array([0, 1, 2], pyarrow.int32())
    cut = pyarrow.Array.from_buffers(
        pyarrow.string(), 2, [None, pyarrow.py_buffer(struct.pack("<iii", 0, 3, 5)), pyarrow.py_buffer(b"a\xffbcd")]
    )
    columns = {
        "text": pyarrow.array(["It rained.", "Wind."]),
        "flat": when,
        "object": pyarrow.StructArray.from_arrays([when, pyarrow.array(["Ann", "Bo"])], ["when", "who"]),
        "list": pyarrow.ListArray.from_arrays(ends, when),
        "map": pyarrow.MapArray.from_arrays(ends, pyarrow.array(["a", "b"]), when),
        "cut": cut,
    }
    pyarrow.parquet.write_table(pyarrow.table(columns), tmp_path / "a.parquet")
    first, second = shown(str(tmp_path / "a.parquet"))
    far = "4611686018427387904 (timestamp[us])"
    assert first["text"] == "It rained."
    assert first["record"] == {
        "flat": far,
        "object": {"when": far, "who": "Ann"},
        "list": [far],
        "map": [{"key": "a", "value": far}],
        "cut": "3 bytes: 61ff62",
    }
    assert second["record"]["list"] == ["1970-01-01T00:00:00.000001"]  # type: ignore[index]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Two hundred million records in 600 kB."""
    path = tmp_path_factory.mktemp("many") / "many.jsonl.gz"
    path.write_bytes(gzip.compress(b"{}\n" * 1_000_000) * 200)
    return str(path)


def test_of_more_records_than_anybody_looks_at_the_first_are_listed(many: str) -> None:
    assert [row[0] for row in rows(many, "--limit", "2")[0]] == ["0", "1"]


def count() -> None:
    path = Path("many.jsonl.gz")
    path.write_bytes(gzip.compress(b"{}\n" * 1_000_000) * 200)
    known, last = 0, None
    for found in Scanner([str(path)]).runs():
        known += len(found) if isinstance(found, Run) else 1
        last = found
    assert known == MOST_PAGES + 1
    assert not isinstance(last, Run)
    assert last is not None
    assert (
        str(trouble(last))
        == "many.jsonl.gz: only the first 5,000,000 pages are listed; --at 5000000-9999999 shows the next"
    )


def test_the_number_of_pages_is_bounded_and_the_last_row_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = bounded.call(count, cpu_s=CPU_S, memory_mb=MEMORY_MB)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_ordinals_beyond_the_bound_can_be_asked_for() -> None:
    assert reach(()) == MOST_PAGES
    assert reach((range(8_000_000, 8_000_100), range(3))) == 8_000_100


def test_a_scan_goes_no_further_than_the_last_ordinal_that_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text":"a"}\n' * 200_000)
    scanner = Scanner([str(path)], most=reach((range(2), range(5, 6))))
    found = [ref for run in scanner.runs() for ref in (run if isinstance(run, Run) else [run])]
    assert [ref.ordinal for ref in found if not trouble(ref)] == list(range(6))


def repeated(count: int) -> bytes:
    """A zip archive whose directory names its one member again and again."""
    name, content = b"a.html", b"<p>It rained.</p>"
    sums = struct.pack("<IIIHH", zlib.crc32(content), len(content), len(content), len(name), 0)
    member = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 0, 0, 0x21) + sums + name + content
    entry = b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 0, 0, 0x21) + sums + bytes(14) + name
    directory = entry * count
    wide = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(directory), len(member))
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, len(member) + len(directory), 1)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return member + directory + wide + locator + end


def test_a_member_that_a_directory_names_a_million_times_is_one_page(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("in.zip", repeated(1_000_000))
    assert len(held.getvalue()) < 400_000
    (tmp_path / "a.zip").write_bytes(held.getvalue())
    found, told = rows(str(tmp_path / "a.zip"))
    assert "It rained." in found[0]
    assert "entries of the zip directory that name a member again are left out: 999,999" in told


def mhtml(count: int, headers: bytes = b"") -> bytes:
    """A saved page of so many parts."""
    top = headers + b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    parts = (b"--b\r\nContent-Type: text/html\r\n\r\n<p>Page %d\r\n" % number for number in range(count))
    return top + b"".join(parts) + b"--b--\r\n"


def test_twenty_thousand_parts_are_as_many_pages(tmp_path: Path) -> None:
    (tmp_path / "a.mhtml").write_bytes(mhtml(20_000, b"X-Long: " + b"=?utf-8?q?" * 300 + b"\r\n"))
    found, _ = rows(str(tmp_path / "a.mhtml"))
    assert len(found) == 20_000
    assert "Page 19999" in found[-1]


def test_a_header_that_is_no_base64_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.mhtml").write_bytes(mhtml(1, b"Subject: =?utf-8?b?Y?=\r\nTo: =?utf-8?b?4pyT?=\r\n"))
    (page,) = shown(str(tmp_path / "a.mhtml"))
    assert page["text"] == "Page 0"
    assert page["record"] == {"Subject": "=?utf-8?b?Y?=", "To": "\N{CHECK MARK}", "MIME-Version": "1.0"}


def test_values_that_lie_deep_in_each_other_cost_no_page(tmp_path: Path) -> None:
    deep = {"legal": "[" * 900 + "]" * 900, "too deep": "[" * 100_000 + "]" * 100_000}
    lines = [f'{{"text":"{name}","deep":{value},"n":{"9" * 5000}}}\n' for name, value in deep.items()]
    (tmp_path / "a.jsonl").write_text("".join(lines))
    first, second = shown(str(tmp_path / "a.jsonl"))
    assert (first["text"], first["problems"]) == ("legal", [])
    assert [problem["code"] for problem in second["problems"]] == ["broken_record"]  # type: ignore[attr-defined]
