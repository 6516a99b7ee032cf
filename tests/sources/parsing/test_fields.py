"""What a record says of its page is the same, whether the page is made of it or not."""

import json
from pathlib import Path
from typing import Any

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
