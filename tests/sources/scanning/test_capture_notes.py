"""A scan knows which records of WARC files are captures of one address; who doesn't ask pays nothing for it."""

from pathlib import Path
from typing import Any

import pytest
from made_warcs import arc_record, response, warc_record, write

from tui.core.answers import Recaptures
from tui.sources import CaptureNotes, Scanner

FERRY, SPORT = "https://example.org/Ferry", "https://example.org/ferry"
BODY = b"<p>It rained all day, and the harbour stayed empty."


def at(day: int, url: str = FERRY, **named: str) -> bytes:
    return response(url, BODY, WARC_Date=f"2021-12-{day:02}T10:30:00Z", **named)


def revisit(day: int, original: int = 0, url: str = FERRY) -> bytes:
    named = {"WARC_Refers_To_Date": f"2021-12-{original:02}T10:30:00Z"} if original else {}
    return warc_record("revisit", url, b"", [], WARC_Date=f"2021-12-{day:02}T10:30:00Z", **named)


def noted(*targets: Path, **options: Any) -> Recaptures | None:
    notes = CaptureNotes()
    scanner = Scanner(tuple(map(str, targets)), notes=notes, **options)
    assert all(True for _ in scanner.runs())
    return notes.recaptures()


def told(found: Recaptures | None) -> list[list[tuple[str, int, int, int]]]:
    """(file, ordinal, day, day of the original; 0: it doesn't say, -1: it is no revisit), by address"""
    if found is None:
        return []
    rows = [
        (Path(found.sources[place]).name, ordinal, time // 10**6 % 100, original and max(original // 10**6 % 100, -1))
        for place, ordinal, time, original in zip(
            found.places, found.ordinals, found.times, found.originals, strict=True
        )
    ]
    rows = [(*row[:3], -1 if original < 0 else row[3]) for row, original in zip(rows, found.originals, strict=True)]
    return sorted(rows[start:end] for start, end in zip([0, *found.ends], found.ends, strict=False))


@pytest.mark.parametrize("layout", ["plain", "gzip", "zstd", "whole.gz"])
def test_captures_of_an_address_are_told_with_the_latest_first(tmp_path: Path, layout: str) -> None:
    records = [at(6), at(7, SPORT), revisit(8, 6), at(10), revisit(9)]
    path = tmp_path / "a.warc"
    if layout == "whole.gz":
        import gzip

        path.write_bytes(gzip.compress(b"".join(records)))
    else:
        write(path, records, layout)
    assert told(noted(path)) == [
        [("a.warc", 2, 10, -1), ("a.warc", -1, 9, 0), ("a.warc", -1, 8, 6), ("a.warc", 0, 6, -1)]
    ]


def arc(*records: tuple[int, str]) -> bytes:
    """An ARC file with (day, address) of its pages, and a picture behind each."""
    made = [arc_record("filedesc://a.arc", "text/plain", b"1 0 InternetArchive\n", 1)]
    for day, url in records:
        for kind, body in (("text/html", BODY), ("image/png", b"\x89PNG")):
            http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode()
            made.append(
                arc_record(url, kind, http + body, 1).replace(b"20040102030405", f"202112{day:02}103000".encode())
            )
    return b"".join(made)


def test_records_of_arc_files_are_captures_beside_those_of_warc_files(tmp_path: Path) -> None:
    (tmp_path / "1.arc").write_bytes(arc((6, FERRY), (7, SPORT), (8, FERRY)))
    write(tmp_path / "2.warc.gz", [at(9), revisit(10, 9)], "gzip")
    assert told(noted(tmp_path / "1.arc")) == [[("1.arc", 2, 8, -1), ("1.arc", 0, 6, -1)]]
    found = told(noted(tmp_path))
    assert found == [[("2.warc.gz", -1, 10, 9), ("2.warc.gz", 3, 9, -1), ("1.arc", 2, 8, -1), ("1.arc", 0, 6, -1)]]


def test_captures_lie_in_several_files_of_a_folder(tmp_path: Path) -> None:
    for name, records in (("1", [at(6), at(6, SPORT)]), ("2", [revisit(7, 6)]), ("3", [at(9, SPORT), at(9)])):
        write(tmp_path / f"{name}.warc.gz", records, "gzip")
    assert told(noted(tmp_path)) == [
        [("3.warc.gz", 2, 9, -1), ("1.warc.gz", 1, 6, -1)],
        [("3.warc.gz", 3, 9, -1), ("2.warc.gz", -1, 7, 6), ("1.warc.gz", 0, 6, -1)],
    ]


@pytest.mark.parametrize(
    "records",
    [
        [],
        [at(6), at(6, SPORT)],
        [revisit(6), revisit(7)],
        [warc_record("response", FERRY, b"\x89PNG", [("Content-Type", "image/png")]) for _ in range(2)],
        [warc_record("request", FERRY, b"GET / HTTP/1.1\r\n\r\n"), at(6)],
        [at(6), at(7).replace(b"WARC-Date: 2021-12-07T10:30:00Z", b"WARC-Date: yesterday")],
    ],
)
def test_where_no_page_was_captured_twice_nothing_is_told(tmp_path: Path, records: list[bytes]) -> None:
    write(tmp_path / "a.warc", [at(1, "https://example.org/"), *records])
    assert noted(tmp_path / "a.warc") is None


def test_with_all_records_a_revisit_is_a_page(tmp_path: Path) -> None:
    write(tmp_path / "a.warc", [at(6), revisit(8, 6)])
    assert told(noted(tmp_path / "a.warc", all_records=True)) == [[("a.warc", 1, 8, 6), ("a.warc", 0, 6, -1)]]


def test_headers_count_whatever_their_case_and_brackets_around_an_address_do_not(tmp_path: Path) -> None:
    odd = at(7).replace(b"WARC-Target-URI: " + FERRY.encode(), b"warc-target-uri: <" + FERRY.encode() + b">")
    assert odd != at(7)
    write(tmp_path / "a.warc", [at(6), odd])
    assert told(noted(tmp_path / "a.warc")) == [[("a.warc", 1, 7, -1), ("a.warc", 0, 6, -1)]]


def test_who_does_not_ask_has_no_notes_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.warc", [at(6), at(7)])
    monkeypatch.setattr("tui.sources.warcs.record.capture_of", None)  # would fail
    assert len([page for some in Scanner((str(tmp_path / "a.warc"),)).runs() for page in [some]]) > 0
