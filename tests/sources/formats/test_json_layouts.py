"""Records of JSON however they stand in their file: each is found whole, cut and damaged, and is byte for byte what lies there."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from tui import loader, sources
from tui.core.model import Limits, Options, Ref
from tui.core.page import RawPage
from tui.sources import Tally
from tui.sources.parsing.json_layout import ACTION
from tui.sources.parsing.json_spans import sequence
from tui.sources.parsing.lines import marked_lines

RECORDS: list[dict[str, Any]] = [
    {"title": f"雨 {n}", "text": f"雨下了一整夜 {{\\[ {n}", "url": f"https://example.org/{n}"} for n in range(3)
]
HITS = [{"_index": "news", "_id": str(n), "_source": record} for n, record in enumerate(RECORDS)]


def dumped(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def found(path: Path, content: str | bytes, *, all_records: bool = False) -> list[Ref]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return [ref for ref in sources.scan([str(path)], Tally(), all_records) if isinstance(ref, Ref)]


def pages(path: Path, content: str | bytes, options: Options | None = None) -> list[RawPage]:
    return [sources.read(ref, Limits(), options or Options()) for ref in found(path, content)]


LAYOUTS = {
    "hits": dumped({"took": 3, "hits": {"total": {"value": 3}, "hits": HITS}, "aggregations": {"a": {"buckets": []}}}),
    "hits, indented": dumped({"took": 3, "hits": {"total": {"value": 3}, "hits": HITS}}, 2),
    "data": dumped({"data": RECORDS}),
    "items, indented": dumped({"count": 3, "items": RECORDS, "next": None}, 1),
    "some list": dumped({"meta": {"n": 3}, "ergebnisse": RECORDS}),
    "list of those with text": dumped({"tags": [{"id": 1}], "stories": RECORDS}),
    "nodes of edges": dumped({"data": {"posts": {"edges": [{"cursor": "x", "node": record} for record in RECORDS]}}}),
    "names": dumped({f"id{n}": record for n, record in enumerate(RECORDS)}),
    "names, indented": dumped({f"id{n}": record for n, record in enumerate(RECORDS)}, 2),
    "names, other things beside": dumped(
        {"meta": {"n": 3}, "id0": RECORDS[0], "n": [{"x": 1}], "b": RECORDS[1], "c": RECORDS[2]}
    ),
    "names in an object": dumped(
        {"n": 1, "query": {"pages": {str(n): one for n, one in enumerate(RECORDS)}, "x": {}}, "y": {"z": 1}}, 1
    ),
    "sequence": "".join(f"\x1e{dumped(record)}\n" for record in RECORDS),
    "sequence, indented": "".join(f"\x1e{dumped(record, 2)}\n" for record in RECORDS),
    "back to back": "".join(map(dumped, RECORDS)),
    "commas": ",".join(map(dumped, RECORDS)),
    "commas and lines": ",\n".join(map(dumped, RECORDS)),
    "indented": "\n".join(dumped(record, 2) for record in RECORDS),
    "array": dumped(RECORDS, 2),
    "bulk": "".join(f'{{"index": {{"_id": "{n}"}}}}\n{dumped(record)}\n' for n, record in enumerate(RECORDS)),
}
NAMED = ["sequence", "sequence, indented", "back to back", "commas", "commas and lines", "indented", "array", "bulk"]


@pytest.mark.parametrize(
    ("name", "suffix"), [*((name, ".json") for name in LAYOUTS), *((name, ".jsonl") for name in NAMED)]
)
def test_records_are_found_in_every_layout_and_are_what_lies_there(tmp_path: Path, name: str, suffix: str) -> None:
    path, content = tmp_path / f"a{suffix}", LAYOUTS[name]
    refs = found(path, content)
    assert [ref.ordinal for ref in refs] == [0, 1, 2]
    for ref, record in zip(refs, RECORDS, strict=True):
        page = sources.read(ref, Limits())
        assert (page.title, page.url, page.payload.decode()) == (record["title"], record["url"], record["text"])
        assert page.problems == ()
        stored = sources.stored(ref, Limits())
        assert stored == content.encode()[ref.offset : ref.offset + ref.length]
        assert record in (json.loads(stored), json.loads(stored).get("_source"), json.loads(stored).get("node"))


@pytest.mark.parametrize("name", ["hits", "items, indented", "sequence", "commas and lines", "indented", "bulk"])
def test_layouts_in_utf_16_and_gbk_are_read_as_well(tmp_path: Path, name: str) -> None:
    for charset in ("utf-16", "gb18030"):
        refs = found(tmp_path / "a.json", LAYOUTS[name].encode(charset))
        assert [loader.load(ref, Options(), Limits()).title for ref in refs] == ["雨 0", "雨 1", "雨 2"]


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_file_that_is_cut_gives_what_is_whole_and_shows_the_rest(tmp_path: Path, name: str) -> None:
    content = LAYOUTS[name]
    cut = content[: content.rindex("example.org") + 3]
    read = pages(tmp_path / "a.json", cut)
    assert [(page.title, len(page.problems)) for page in read[:2]] == [("雨 0", 0), ("雨 1", 0)]
    assert [problem.code for problem in read[2].problems] == ["broken_record"]


@pytest.mark.parametrize("name", ["hits, indented", "items, indented", "sequence", "bulk", "array"])
def test_a_brace_that_is_missing_costs_its_own_record(tmp_path: Path, name: str) -> None:
    content = LAYOUTS[name]
    at = content.index("}", content.index("example.org/1"))
    read = pages(tmp_path / "a.json", content[:at] + content[at + 1 :])
    assert [len(page.problems) for page in read] == [0, 1, 0]
    assert (read[0].title, read[2].title) == ("雨 0", "雨 2")


@pytest.mark.parametrize(
    "record",
    [
        {"comments": [{"text": "Nice."}, {"text": "So."}], "text": "Rain."},
        {"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "content": "Yes."}]},
        {"paragraphs": [{"text": "Rain."}, {"text": "Wind."}]},
        {"links": [{"href": "a"}], "tags": [{"id": 1}]},
        {"data": []},
        {"a": [{"text": "x"}], "b": [{"text": "y"}]},
        {"data": {"article": {"text": "Rain.", "images": [{"text": "A boat"}]}}},
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_an_object_that_is_a_record_itself_or_holds_several_lists_is_one_page(
    tmp_path: Path, record: dict[str, Any], indent: int | None
) -> None:
    assert len(found(tmp_path / "a.json", dumped(record, indent))) == 1


@pytest.mark.parametrize(
    ("content", "count"),
    [
        ('{"text": "cut\n{"text": "x"}\n', 2),
        ('{"text": {"a": 1}\n{"text": "x"}\n', 2),
        ('{"text": "x"} oops\n{"text": "x"}\n', 2),
        ('[{"role": "user", "content": "Rain?"}]\n[{"role": "user", "content": "Wind?"}]\n', 2),
        ('{"data": [{"text": "a"}, {"text": "b"}]}\n', 1),
        ("[\n1,\n2]\n", 3),
        ('{\n"text": "x",\n}\n{"text": "x"}\n', 4),
    ],
)
def test_in_a_file_named_so_a_line_is_a_record_unless_what_it_starts_with_is_whole_over_several(
    tmp_path: Path, content: str, count: int
) -> None:
    assert len(found(tmp_path / "a.jsonl", content)) == count


def test_actions_of_a_bulk_file_are_no_pages_and_shown_when_asked_for(tmp_path: Path) -> None:
    content = LAYOUTS["bulk"] + '{"delete": {"_id": "9"}}\n\n{"update": {"_id": "1"}}\n{"doc": {"text": "Wind."}}\n'
    refs = found(tmp_path / "a.ndjson", content)
    assert sources.read(refs[-1], Limits()).payload == b"Wind."
    assert len(refs) == 4
    every = found(tmp_path / "a.ndjson", content, all_records=True)
    assert [sources.stored(ref, Limits())[:9] for ref in every[-3:]] == [b'{"delete"', b'{"update"', b'{"doc": {']


@pytest.mark.parametrize(
    "field", ["hits.hits._source.inhalt", "_source.inhalt", "hits.hits._source.teile.1", "_source.teile.1"]
)
def test_the_users_field_may_be_named_from_the_top_of_the_file(tmp_path: Path, field: str) -> None:
    hits = [{"_source": {"inhalt": f"Rain {n}", "teile": ["x", f"Rain {n}"], "title": f"T{n}"}} for n in range(2)]
    read = pages(tmp_path / "a.json", dumped({"hits": {"hits": hits}}), Options(fields=(("body", field),)))
    assert [(page.payload, page.title) for page in read] == [(b"Rain 0", "T0"), (b"Rain 1", "T1")]


def test_lists_of_objects_in_a_record_are_reached_into(tmp_path: Path) -> None:
    line = dumped({"data": [{"s": "It rained."}, {"t": 1}, {"s": "All day."}], "text": "no"})
    for name, text in (("data.s", b"It rained.\nAll day."), ("data.2.s", b"All day.")):
        (page,) = pages(tmp_path / "a.jsonl", line, Options(fields=(("body", name),)))
        assert page.payload == text


def test_names_inside_and_outside_of_a_wrapper_are_both_kept(tmp_path: Path) -> None:
    (page,) = pages(tmp_path / "a.jsonl", dumped({"id": 7, "date": "2020", "doc": {"id": 8, "text": "Rain."}}))
    assert page.record == {"(id)": 7, "date": "2020", "id": 8}


def test_separators_and_actions_are_seen_however_the_file_is_cut_into_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = b'\x1e {"a": 1}\n\x1e\n\x1e{"b":\n 2} \x1e'
    lines = b'{"index": {}}\n\n {"a": 1}  \n{"index": {"_id": "1"}}\n' + b'{"index": {"_id": "' + b"1" * 1024 + b'"}}'
    for size in range(1, 60):
        monkeypatch.setattr("tui.sources.parsing.lines.FIRST_CHUNK_BYTES", size)
        monkeypatch.setattr("tui.sources.parsing.lines.CHUNK_BYTES", size)
        assert list(sequence(io.BytesIO(texts))) == [(2, 8), (14, 9)]
        assert list(marked_lines(io.BytesIO(lines), ACTION)) == [
            (0, 13, True),
            (15, 11, False),
            (27, 23, True),
            (51, 1046, False),
        ]


@pytest.mark.parametrize(("size", "count"), [(256 * 1024 - 60, 2), (256 * 1024, 1)])
def test_a_list_is_looked_for_in_the_first_256_kibibytes(tmp_path: Path, size: int, count: int) -> None:
    records = [{"text": "a"}, {"text": "b"}]
    assert len(found(tmp_path / "a.json", dumped({"meta": "x" * size, "data": records}))) == count


@pytest.mark.parametrize(
    ("content", "count"),
    [
        ({"1": RECORDS[0], "2": RECORDS[1]}, 2),
        ({"en": {"title": "Rain", "text": "It rained."}, "de": {"text": "Es regnete.", "date": "2021"}}, 2),
        ({"1": RECORDS[0]}, 1),
        ({"1": RECORDS[0], "2": {"name": "Ann", "mail": "x"}}, 1),
        ({"1": RECORDS[0], "2": {"text": "It blew.", "a": 1, "b": 2}}, 1),
        ({"1": RECORDS[0], "2": RECORDS[1], "title": "Rain"}, 1),
        ({"a": {"n": 1}, "1": RECORDS[0], "2": RECORDS[1], "b": {"n": 1}, "c": {"n": 1}}, 1),
        ({"1": RECORDS[0], "2": RECORDS[1], "posts": [{"text": "It blew."}, {"text": "It snowed."}]}, 1),
        ({"title": {"text": "Rain"}, "more": {"text": "It rained."}}, 1),
    ],
)
def test_an_object_is_a_collection_if_its_fields_alike_hold_text(
    tmp_path: Path, content: dict[str, Any], count: int
) -> None:
    """Not so a single one, one among others, or one under or beside a name that fields of a record have."""
    for indent in (None, 2):
        refs = found(tmp_path / "a.json", dumped(content, indent))
        assert len(refs) == count
        stored = [json.loads(sources.stored(ref, Limits())) for ref in refs]
        assert stored == ([*content.values()] if count > 1 else [content])


def test_what_stands_between_records_in_an_object_is_shown_and_what_stands_before_and_behind_them_is_not(
    tmp_path: Path,
) -> None:
    content = {"meta": {"n": 1}, "n": 2, "1": RECORDS[0], "of": "x", "tags": [{"a": 1}], "?": {"a": 1}, "2": RECORDS[1]}
    made = pages(tmp_path / "a.json", dumped(content), Options(fields=(("body", "text"),)))
    assert [page.title for page in made] == ["雨 0", None, "雨 1"]
    nested = {"query": {"pages": content, "more": {"text": "no"}}, "continue": {"x": 1}}
    made = pages(tmp_path / "b.json", dumped(nested), Options(fields=(("body", "query.pages.text"),)))
    assert [page.title for page in made] == ["雨 0", None, "雨 1"]
    assert [problem.code for page in made for problem in page.problems] == ["no_text_field"]


def test_a_long_object_of_records_is_a_collection_too(tmp_path: Path) -> None:
    content = {f"id {n}": {"title": f"Rain {n}", "text": "It rained all day. " * 50} for n in range(500)}
    made = pages(tmp_path / "a.json", dumped(content))
    assert [page.title for page in made] == [f"Rain {n}" for n in range(500)]


def test_lines_of_bare_strings_are_pages_of_text(tmp_path: Path) -> None:
    made = pages(tmp_path / "a.jsonl", '"It rained all day.\\nThe harbour stayed empty."\n" "\n"雨"\n3\n')
    assert [page.payload.decode() for page in made] == [
        "It rained all day.\nThe harbour stayed empty.",
        '" "',
        "雨",
        "3",
    ]
    assert [[problem.code for problem in page.problems] for page in made] == [[], ["no_object"], [], ["no_object"]]
