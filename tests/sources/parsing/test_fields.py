"""What a record says of its page is the same, whether the page is made of it or not."""

import csv
import gzip
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import made_warcs
import pytest

from tui import sources
from tui.core.model import Limits, Options, Ref
from tui.sources import Tally

LIMITS = Limits()
RECORDS: list[dict[str, Any]] = [
    {"text": "Rain.", "title": "雨", "url": "https://a.example/1", "timestamp": "2021-12-07T12:00:00Z", "n": [1, None]},
    {"text": "Rain.", "url": "u", "date": "2021-12-07", "dump": "CC-MAIN-2021-10"},
    {"text": "Rain.", "date": "2021-12-07", "meta": {"url": "https://b.example/", "timestamp": 1556197074}},
    {"content": "Rain.", "headline": "H", "name": "N", "metadata": '{"url": "https://c.example/"}', "u": "no address"},
    {
        "messages": [{"role": "user", "content": "Hi"}],
        "link": "l",
        "ts": "2019/04/25 12:57:54",
        "u": "https://d.example",
    },
    {"text": "x" * 10, **{f"k{number}": number for number in range(100)}, "title": "many", "date": "2020-01-01"},
]


def write(path: Path, *lines: str) -> list[Ref]:
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return [ref for ref in sources.scan([str(path)], Tally()) if isinstance(ref, Ref)]


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("options", [Options(), Options(fields=(("title", "n"), ("fetched", "date"), ("url", "link")))])
def test_fields_are_those_of_the_page(tmp_path: Path, record: dict[str, Any], options: Options) -> None:
    (ref,) = write(tmp_path / "a.jsonl", json.dumps(record, ensure_ascii=False))
    page, said = sources.read(ref, LIMITS, options), sources.fields(ref, LIMITS, options)
    assert said is not None
    assert (said.title, said.url, said.fetched, said.size) == (page.title, page.url, page.fetched, page.size)
    assert said.others() == page.record
    assert {key: value for key in record if (value := said.other(key)) is not None} == {
        key: value for key, value in page.record.items() if value is not None
    }


@pytest.mark.parametrize(
    "line",
    [
        '{"text": ""}',
        '{"title": "no text"}',
        '{"text": "lone \\ud800"}',
        '{"text": "cut',
        "[1]",
        '{"text": {"$base64": true, "encoded": "eA=="}}',
    ],
)
def test_a_record_that_has_to_be_read_says_nothing_before(tmp_path: Path, line: str) -> None:
    (ref,) = write(tmp_path / "a.jsonl", line)
    assert sources.fields(ref, LIMITS, Options()) is None


ROWS = [
    {"title": "雨", "url": "https://a.example/1", "text": "Rain.", "date": "2021-05-06", "id": "7"},
    {"title": "", "url": "", "text": "It rained, again.", "date": "", "id": "8"},
]


def table(path: Path) -> Path:
    with path.with_suffix(".csv").open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, list(ROWS[0]))
        writer.writeheader()
        writer.writerows(ROWS)
    return path.with_suffix(".csv")


def bare_table(path: Path) -> Path:
    rows = "".join(f"https://a.example/{number},{'It rained all day. ' * 9}\n" for number in range(3))
    path.with_suffix(".csv").write_text(rows, encoding="utf-8")
    return path.with_suffix(".csv")


def database(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as made, made:
        made.execute("create table t (title, url, text, date, id)")
        made.executemany("insert into t values (:title, :url, :text, :date, :id)", ROWS)
    return path


def columns(path: Path) -> Path:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    parquet.write_table(arrow.Table.from_pylist(ROWS), path)
    return path


def feather(path: Path) -> Path:
    arrow, ipc = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.feather")
    ipc.write_feather(arrow.Table.from_pylist(ROWS), str(path))
    return path


@pytest.mark.parametrize("make", [table, bare_table, database, columns, feather])
def test_rows_of_tables_say_what_their_pages_do(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    refs = [ref for ref in sources.scan([str(make(tmp_path / "a"))], Tally()) if isinstance(ref, Ref)]
    assert len(refs) > 1
    for ref in refs:
        page, stated = sources.read(ref, LIMITS), sources.fields(ref, LIMITS, Options())
        assert stated is not None
        assert (stated.title, stated.url, stated.fetched) == (page.title, page.url, page.fetched)
        assert (stated.size, stated.text, stated.others()) == (page.size, page.payload.decode(), page.record)


def test_rows_of_another_charset_or_that_are_broken_have_to_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("标题,text\n昨夜大雨,山上的路断了\n".encode("gbk"))
    (ref,) = sources.scan([str(path)], Tally())
    assert sources.fields(ref, LIMITS, Options()) is None


def test_headers_of_a_warc_record_say_where_and_when_it_was_fetched_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    addresses = ("https://a.example/1", "<https://a.example/2>")
    path.write_bytes(b"".join(gzip.compress(made_warcs.response(url, b"<p>Rain.")) for url in addresses))
    for ref in sources.scan([str(path)], Tally()):
        page, stated = sources.read(ref, LIMITS), sources.fields(ref, LIMITS, Options())
        assert stated is not None
        assert None not in (page.url, page.fetched)
        assert (stated.url, stated.fetched, stated.size, stated.text) == (page.url, page.fetched, None, None)
        assert (stated.others(), stated.other("date")) == ({}, None)


def test_records_that_follow_each_other_are_the_same_as_alone_and_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [json.dumps({"text": f"page {number} " * (number % 50), "title": str(number)}) for number in range(3000)]
    refs = write(path, *lines)
    in_order = [sources.stored(ref, LIMITS) for ref in refs]
    assert in_order == [line.encode() for line in lines]
    assert [sources.stored(ref, LIMITS) for ref in reversed(refs)] == in_order[::-1]
    assert sources.stored(refs[5], LIMITS) == sources.stored(refs[5], LIMITS) == lines[5].encode()
    sources.stored(refs[6], LIMITS)
    path.write_bytes(path.read_bytes().replace(b'"title"', b'"TITLE"'))
    assert [sources.stored(ref, LIMITS) for ref in refs[7:9]] == [
        line.replace("title", "TITLE").encode() for line in lines[7:9]
    ]
