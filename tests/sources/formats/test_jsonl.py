"""JSON records: where they lie, what of them is the page, and what a broken one costs."""

import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui import loader, sources
from tui.core.model import Limits, Options, Ref
from tui.core.page import RawPage
from tui.sources import Tally
from tui.sources.formats import jsonl
from tui.sources.parsing.json_spans import entries, values
from tui.sources.parsing.lines import in_columns, lines


def pages(path: Path) -> list[RawPage]:
    """Scan a file and read all its pages."""
    return [sources.read(ref, Limits()) for ref in sources.scan([str(path)], Tally())]


def write(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
    return path


def test_fields_go_where_they_belong_and_the_rest_stays_as_it_is(tmp_path: Path) -> None:
    record = {
        "content": "Rain fell.",
        "html": "<p>second choice",
        "headline": "Rain",
        "metadata": {"url": "https://example.org/rain"},
        "date_download": "2021-03-05T06:07:08Z",
        "date": "2021-03-04",
        "score": 1.50,
    }
    (page,) = pages(write(tmp_path / "a.jsonl", json.dumps(record) + "\n"))
    assert page.payload == b"Rain fell."
    assert (page.media, page.title, page.url) == ("text/plain", "Rain", "https://example.org/rain")
    assert page.fetched == "2021-03-05T06:07:08Z"
    assert page.record == {key: record[key] for key in ("html", "metadata", "date", "score")}
    assert [(claim.by, claim.charset) for claim in page.claims] == [("json", "utf-8")]


def test_a_date_in_words_is_no_time_of_fetching(tmp_path: Path) -> None:
    (page,) = pages(write(tmp_path / "a.jsonl", '{"text":"x","timestamp":"yesterday"}'))
    assert page.fetched is None
    assert page.record == {"timestamp": "yesterday"}


@pytest.mark.parametrize("record", [{"html": "plain"}, {"text": "<!doctype html><p>x"}, {"body": "<div>x</div>"}])
def test_a_body_of_markup_is_html(tmp_path: Path, record: dict[str, str]) -> None:
    assert pages(write(tmp_path / "a.json", json.dumps(record)))[0].media == "text/html"


def test_a_broken_line_names_itself_and_its_neighbours_open(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"text":"one"}\n\n{"text":"cut\n  \n[1]\n{"n":1}\n{"text":"five"}')
    found = pages(path)
    assert [page.payload for page in found] == [b"one", b'{"text":"cut', b"[1]", b'{"n":1}', b"five"]
    assert [[problem.code for problem in page.problems] for page in found] == [
        [],
        ["broken_record"],
        ["no_object"],
        ["no_text_field"],
        [],
    ]
    assert found[1].problems[0].message.startswith(f"{path}: line 3 (byte 16): invalid JSON (Unterminated string")
    assert found[1].problems[0].byte == 16


def test_a_file_of_lines_may_start_with_a_broken_one(tmp_path: Path) -> None:
    assert [page.payload for page in pages(write(tmp_path / "a.jsonl", 'oops\n{"text":"x"}\n'))] == [b"oops", b"x"]
    assert len(pages(write(tmp_path / "a.json", '{"text":"cut\n{"text":"x"}\n'))) == 2


def test_only_line_feeds_end_lines(tmp_path: Path) -> None:
    text = "a\u2028b\u0085c\rd"
    path = write(tmp_path / "a.jsonl", "".join(json.dumps({"text": text}, ensure_ascii=False) + "\r\n" for _ in "ab"))
    assert [page.payload.decode() for page in pages(path)] == [text, text]


def test_lone_surrogates_become_replacement_characters_and_a_problem(tmp_path: Path) -> None:
    (page,) = pages(write(tmp_path / "a.jsonl", r'{"text":"a\ud800b\ud83d\ude00","t\udc00":["\udfff"]}'))
    assert page.payload.decode() == "a\ufffdb\U0001f600"
    assert page.record == {"t\ufffd": ["\ufffd"]}
    assert [problem.code for problem in page.problems] == ["lone_surrogates"]


def test_bytes_that_are_not_utf8_cost_one_character_each(tmp_path: Path) -> None:
    content = '{"text":"雨下了一整夜 '.encode() + b'\xe9 ","title":"\xffxx\xff"}\n'
    (ref,) = sources.scan([str(write(tmp_path / "a.jsonl", content))], Tally())
    document = loader.load(ref, Options(), Limits())
    assert (document.text, document.title) == ("雨下了一整夜 \ufffd ", "\ufffdxx\ufffd")
    assert [(problem.code, problem.lost) for problem in document.problems] == [("bytes_lost", 2), ("bytes_lost", 1)]


@pytest.mark.parametrize("text", ['{"text":' + "[" * 100_000, '{"text":"x"} trailing'])
def test_hostile_json_is_a_broken_record(tmp_path: Path, text: str) -> None:
    (page,) = pages(write(tmp_path / "a.jsonl", text))
    assert [problem.code for problem in page.problems] == ["broken_record"]
    assert page.payload == text.encode()


def test_values_of_any_depth_and_length_keep_the_rest_of_their_record(tmp_path: Path) -> None:
    deep = "[" * 900 + "]" * 900
    digits = "9" * 5000
    first, second, third = pages(
        write(
            tmp_path / "a.jsonl", f'{{"text":"a","n":{digits},"m":7}}\n{{"text":"b","deep":{deep}}}\n{{"text":"c"}}\n'
        )
    )
    assert (first.payload, first.record, first.problems) == (b"a", {"n": digits, "m": 7}, ())
    assert (second.payload, second.problems, third.payload) == (b"b", (), b"c")
    assert "is in the source" in str(second.record)
    json.dumps(second.record)


RECORDS: list[dict[str, Any]] = [
    {"text": 'a "quoted" }{][ \\ line\nend'},
    {"text": "二", "deep": {"list": [1, [2, {"x": "]"}]]}},
    {"text": "3"},
]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("before", ["", "\ufeff", " \n"])
def test_an_array_of_objects_is_as_many_pages(tmp_path: Path, indent: int | None, before: str) -> None:
    path = write(tmp_path / "a.json", before + json.dumps(RECORDS, indent=indent, ensure_ascii=False))
    assert [page.payload.decode() for page in pages(path)] == [record["text"] for record in RECORDS]


def test_an_object_over_many_lines_is_one_page(tmp_path: Path) -> None:
    (page,) = pages(write(tmp_path / "a.json", json.dumps(RECORDS[1], indent=1)))
    assert page.payload.decode() == "二"


def test_an_array_that_is_cut_shows_what_is_whole_and_what_is_left(tmp_path: Path) -> None:
    whole = json.dumps(RECORDS)
    found = pages(write(tmp_path / "a.json", whole[:-5]))
    assert [len(page.problems) for page in found] == [0, 0, 1]


@pytest.mark.parametrize(
    "array",
    [
        '[\n {"text": "one"},\n {"text": "two},\n {"text": "three"},\n {"text": "four"}\n]',
        '[{"text": "one"},\n{"text": "two"\n,\n{"text": "three"},\n{"text": "four"}]',
        '[\n  {\n    "text": "one"\n  },\n  {\n    "text: "two"\n  \n  {\n    "text": "three"\n  },\n  {\n    "text": "four"\n  }\n]',
        '[\n {\n  "text": "one"\n },\n {\n  "text: "two"\n \n {\n  "text": "three"\n },\n {\n  "text": "four"\n }\n]',
    ],
)
def test_a_missing_quote_or_brace_in_an_array_costs_its_own_record(tmp_path: Path, array: str) -> None:
    found = pages(write(tmp_path / "a.json", array))
    assert [len(page.problems) for page in found] == [0, 1, 0, 0]
    assert [page.payload for page in found if not page.problems] == [b"one", b"three", b"four"]


@pytest.mark.parametrize("indent", [0, 1, 4, "\t"])
def test_nested_objects_at_the_start_of_lines_are_no_records(tmp_path: Path, indent: int | str) -> None:
    records = [{"text": f"{n}", "deep": [{"a": [{"b": n}]}, {"c": {}}]} for n in range(4)]
    path = write(tmp_path / "a.json", json.dumps(records, indent=indent))
    assert [page.payload.decode() for page in pages(path)] == ["0", "1", "2", "3"]


def test_an_empty_array_is_a_page_that_says_so(tmp_path: Path) -> None:
    (page,) = pages(write(tmp_path / "a.jsonl", "[]\n"))
    assert [problem.code for problem in page.problems] == ["no_object"]
    (page,) = pages(write(tmp_path / "b.jsonl", "\n\n"))
    assert [problem.code for problem in page.problems] == ["empty"]


@pytest.mark.parametrize("start", ["", "é", "雨", "x雨", "xx雨", "\\n", "x\\n", "\\u96e8", "x\\ud83d\\ude00"])
def test_a_record_beyond_the_limit_is_a_page_of_what_was_read(tmp_path: Path, start: str) -> None:
    text = start * 9 + "x" * 500
    path = write(
        tmp_path / "a.jsonl", f'{{"title": "Rain", "text": "{text}", "url": "https://a.example/"}}\n{{"text":"next"}}'
    )
    first, second = sources.scan([str(path)], Tally())
    for most in range(60, 110):
        page = sources.read(first, Limits(page_bytes=most))
        assert json.loads(f'"{text}"').startswith(page.payload.decode())
        assert len(page.payload) > most // 5 - 9
        assert (page.title, page.url) == ("Rain", None)
        assert most <= first.length - page.clipped + 3
        assert [(problem.code, problem.lost) for problem in page.problems] == [("clipped", first.length - most)]
    assert sources.read(second, Limits(page_bytes=100)).payload == b"next"


def test_of_a_record_beyond_the_limit_that_ends_before_its_text_the_start_is_shown(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", json.dumps({"meta": ["x"] * 500, "text": "Rain"}))
    (ref,) = sources.scan([str(path)], Tally())
    page = sources.read(ref, Limits(page_bytes=100))
    assert (page.payload, page.clipped) == (path.read_bytes()[:100], ref.length - 100)
    assert [problem.code for problem in page.problems] == ["clipped"]


def test_a_record_beyond_the_limit_keeps_its_charset(tmp_path: Path) -> None:
    record = json.dumps({"title": "雨", "text": "大雨下了一天，没有人出门。" * 99}, ensure_ascii=False).encode("gbk")
    (ref,) = sources.scan([str(write(tmp_path / "a.jsonl", record))], Tally())
    for most in (200, 201):
        page = sources.read(ref, Limits(page_bytes=most))
        assert (page.title, page.charset and page.charset.name) == ("雨", "gb18030")
        assert page.payload.decode("gbk", "replace").startswith("大雨下了一天")


def test_the_stored_record_is_what_lies_there(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"text": "one"}\n{"text": "t\\u0077o"}\n')
    assert [sources.stored(ref, Limits()) for ref in sources.scan([str(path)], Tally())] == [
        b'{"text": "one"}',
        b'{"text": "t\\u0077o"}',
    ]


@pytest.mark.parametrize("kind", ["lines", "array"])
def test_a_big_file_is_scanned_in_little_memory_and_the_first_record_comes_at_once(tmp_path: Path, kind: str) -> None:
    record = json.dumps({"text": "x" * 2000})
    path = tmp_path / ("a.jsonl" if kind == "lines" else "a.json")
    path.write_text("\n".join([record] * 15_000) if kind == "lines" else "[" + ",".join([record] * 15_000) + "]")
    tracemalloc.start()
    try:
        found = sources.scan([str(path)], Tally())
        first = next(found)
        at_first = tracemalloc.get_traced_memory()[1]
        count = 1 + sum(1 for _ in found)
        at_last = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (first.ordinal, count) == (0, 15_000)
    assert at_first < 1_000_000
    assert at_last < 6_000_000 < path.stat().st_size


@given(
    st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=20), min_size=1), min_size=1, max_size=5),
    st.booleans(),
)
def test_spans_hold_the_records_and_nothing_else(records: list[dict[str, Any]], is_indented: bool) -> None:
    by_line = b"\n".join(json.dumps(record).encode() for record in records)
    spans = list(lines(io.BytesIO(by_line)))
    assert [json.loads(by_line[start : start + length]) for start, length in spans] == records
    array = json.dumps(records, indent=1 if is_indented else None, ensure_ascii=False).encode()
    spans = list(values(io.BytesIO(array)))
    assert [json.loads(array[start : start + length]) for start, length in spans] == records


def test_escapes_and_strings_that_cross_chunks_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    array = json.dumps([{"t": '\\"\\\\" }{ "', "é": "\\\\"}, {"u": "x" * 30 + '\\"'}] * 3).encode()
    whole = list(values(io.BytesIO(array)))
    for size in range(1, 40):
        monkeypatch.setattr("tui.sources.parsing.lines.FIRST_CHUNK_BYTES", size)
        monkeypatch.setattr("tui.sources.parsing.lines.CHUNK_BYTES", size)
        assert list(values(io.BytesIO(array))) == whole
        assert len(list(lines(io.BytesIO(array.replace(b", ", b"\n"))))) == 9


def test_a_reference_of_another_time_says_what_is_wrong(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"text":"x"}')
    page = sources.read(Ref(str(path), 0, "jsonl", offset=500, length=20), Limits())
    assert [problem.code for problem in page.problems] == ["empty"]


@pytest.mark.parametrize(("counted", "place"), [(15, "line 2 (byte 15)"), (14, "record at byte 15")])
def test_lines_are_counted_up_to_a_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counted: int, place: str
) -> None:
    path = write(tmp_path / "a.jsonl", '{"text":"one"}\n{"text":\n')
    monkeypatch.setattr(jsonl, "COUNTED_BYTES", counted)
    assert f"{path}: {place}: invalid JSON" in pages(path)[1].problems[0].message


@pytest.mark.parametrize(("bound", "count"), [(14, 1), (13, 0)])
def test_a_last_line_without_its_end_is_whole_up_to_a_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: int, count: int
) -> None:
    monkeypatch.setattr(jsonl, "LAST_LINE_BYTES", bound)
    path = write(tmp_path / "a.jsonl", '{"text":"one"}')
    assert len(list(jsonl.more(Ref(str(path), 0, "jsonl")))) == count


@pytest.mark.parametrize(
    ("depth", "content", "spans"),
    [
        (0, b'{"a": [1', [(0, 8)]),
        (0, b'{"a": 1} {"b"', [(0, 8), (9, 4)]),
        (0, b'{"a": 1}} {"b": 2}', [(0, 8)]),
        (1, b'[{"a": {"b": 1}}, {"c', [(1, 15), (18, 3)]),
        (1, b'[[1], {"a": 1}]', [(6, 8)]),
        (2, b'[{"a": {"b": 1}}]', [(7, 8)]),
    ],
)
def test_entries_lie_so_many_brackets_deep_and_the_last_may_be_cut(
    depth: int, content: bytes, spans: list[tuple[int, int]]
) -> None:
    assert list(entries(io.BytesIO(content), depth)) == spans


@pytest.mark.parametrize(
    ("content", "spans"),
    [
        (b'{"a": [1', [(0, 8)]),
        (b'{"a": 1} {"b"', [(0, 8), (9, 4)]),
        (b'{"a": 1}} {"b": 2}', [(0, 8), (10, 8)]),
        (b'[{"a": 1}, {"b"', [(1, 8), (11, 4)]),
        (b'[{"a": 1}] [{"b": 2}]', [(1, 8), (12, 8)]),
        (b'[[{"a": 1}]]', [(1, 10)]),
    ],
)
def test_values_follow_each_other_and_the_last_may_be_cut(content: bytes, spans: list[tuple[int, int]]) -> None:
    assert list(values(io.BytesIO(content))) == spans


MIB = 1024 * 1024


@pytest.mark.parametrize(("beyond", "place"), [(0, "line 1 (byte "), (1, "record at byte ")])
def test_lines_are_counted_in_the_first_256_mib(tmp_path: Path, beyond: int, place: str) -> None:
    path, offset = tmp_path / "a.jsonl", 256 * MIB + beyond
    with path.open("wb") as file:
        file.truncate(offset)  # takes no room
        file.seek(offset)
        file.write(b'{"text":')
    (problem,) = sources.read(Ref(str(path), 0, "jsonl", offset, 8), Limits()).problems
    assert problem.message.startswith(f"{path}: {place}")


@pytest.mark.parametrize(("beyond", "count"), [(0, 1), (1, 0)])
def test_a_last_line_without_its_end_may_have_64_mib(tmp_path: Path, beyond: int, count: int) -> None:
    path = write(tmp_path / "a.jsonl", b'{"text":' + b" " * (64 * MIB - 11 + beyond) + b'""}')
    assert len(list(jsonl.more(Ref(str(path), 0, "jsonl")))) == count


def test_the_first_record_comes_alone_and_the_others_by_the_thousand() -> None:
    assert [len(offsets) for offsets, _ in in_columns((n, 1) for n in range(3000))] == [1, 8, 64, 512, 1024, 1024, 367]
