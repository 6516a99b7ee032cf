"""Expressions read no further than it takes: what stands in a record's fields is answered from them."""

import json
from pathlib import Path
from typing import NoReturn

import pytest
from troubles import unexpected

from tui import loader
from tui.core.model import Document, Item, Limits, Options, Ref
from tui.core.questions import Judge
from tui.lookup.judging import Looks, judge
from tui.sources import Tally, scan


@pytest.fixture
def refs(tmp_path: Path) -> list[Item]:
    path = tmp_path / "a.jsonl"
    records = (
        {
            "text": "雨" * (number + 1),
            "title": f"Title {number}",
            "url": f"https://s{number % 3}.example:80/",
            "n": number,
        }
        | {"timestamp": "2021-12-07T12:00:00Z", "date": f"2021-12-{number + 1:02}"}
        for number in range(9)
    )
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return list(scan([str(path)], Tally()))


def unread(_ref: Item, _options: Options) -> NoReturn:
    raise AssertionError("more was read than it takes")


RECORDS_ALONE = Looks(loader.recorded, loader.recorded_day, unread, unread)


@pytest.mark.parametrize(
    ("where", "kept"),
    [
        ("site:s1.example", (1, 4, 7)),
        ("url:s2.example -ordinal:2", (5, 8)),
        ("date<2021-12-03", (0, 1)),
        ("bytes>=24", (7, 8)),
        ("fetched:2021 record.n>6", (7, 8)),
        ("record.n=3", (3,)),
    ],
)
def test_fields_of_records_need_no_page(refs: list[Item], where: str, kept: tuple[int, ...]) -> None:
    assert judge(Judge(refs, Options(), where), RECORDS_ALONE, iter, unexpected).kept == kept


@pytest.mark.parametrize(
    ("field", "value"), [("site", ("s0.example",)), ("date", "2021-12-01"), ("bytes", 3), ("record.n", "0")]
)
def test_values_of_records_need_no_page(refs: list[Item], field: str, value: object) -> None:
    assert judge(Judge(refs[:1], Options(), "", field), RECORDS_ALONE, iter, unexpected).values == (value,)


def test_a_title_is_peeked_at_and_what_no_record_says_is_read(refs: list[Item]) -> None:
    pages: list[int] = []

    def page(ref: Item, options: Options) -> Document:
        pages.append(ref.ordinal)
        return loader.load(ref, options, Limits())

    reader = Looks(loader.recorded, loader.recorded_day, loader.peek, page)
    assert judge(Judge(refs, Options(), "title:4"), reader, iter, unexpected).kept == (4,)
    assert pages == []
    assert judge(Judge(refs, Options(), "site:s1.example chars=5"), reader, iter, unexpected).kept == (4,)
    assert pages == [1, 4, 7]


def test_a_record_without_an_address_is_read_for_its_site(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "<link rel=canonical href=https://a.example/><p>Rain", "n": 1}\n', encoding="utf-8")
    refs = [ref for ref in scan([str(path)], Tally()) if isinstance(ref, Ref)]
    page = lambda ref, options: loader.load(ref, options, Limits())  # noqa: E731
    reader = Looks(loader.recorded, loader.recorded_day, loader.peek, page)
    assert judge(Judge(refs, Options(), "site:a.example"), reader, iter, unexpected).kept == (0,)
    assert judge(Judge(refs, Options(), "url:a.example"), RECORDS_ALONE, iter, unexpected).kept == ()


def test_an_address_behind_what_is_read_of_a_record_is_not_looked_for_in_its_page(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("w", encoding="utf-8") as out:
        out.write('{"text": "' + "Rain. " * 6_000_000 + '", "url": "https://a.example/"}\n')
    refs = [ref for ref in scan([str(path)], Tally()) if isinstance(ref, Ref)]
    reader = Looks(loader.recorded, loader.recorded_day, loader.peek, unread)
    assert judge(Judge(refs, Options(), "url:a.example"), reader, iter, unexpected).kept == ()
    assert loader.read(refs[0], Limits()).url is None
