"""What a record's values become: each number that decides, from both sides."""

import json
from typing import Any

import pytest

from tui.core.model import Limits, Ref
from tui.core.problems import Reason
from tui.core.records import moment
from tui.sources.parsing.pages import as_json, page, plain


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (299_999_999, None),
        (300_000_000, "1979-07-05T05:20:00Z"),
        (9_999_999_999, "2286-11-20T17:46:39Z"),
        (10_000_000_000, None),
        (299_999_999_999, None),
        (300_000_000_000, "1979-07-05T05:20:00Z"),
        (9_999_999_999_999, "2286-11-20T17:46:39Z"),
        (10_000_000_000_000, None),
        (True, None),
    ],
)
def test_a_number_is_a_time_from_1979_to_2286_in_seconds_or_milliseconds(value: int, expected: str | None) -> None:
    assert moment(value) == expected


@pytest.mark.parametrize(("depth", "is_kept"), [(98, True), (99, False)])
def test_of_values_in_each_other_a_hundred_are_kept(depth: int, is_kept: bool) -> None:
    value: Any = ["rain"]
    for _ in range(depth):
        value = [value]
    assert ("rain" in as_json({"a": value}).decode()) is is_kept


@pytest.mark.parametrize(("size", "shown"), [(32, "61" * 32), (33, "61" * 32)])
def test_of_bytes_the_first_32_are_shown(size: int, shown: str) -> None:
    assert plain({"a": b"a" * size}) == {"a": f"{size} bytes: {shown}"}


def test_a_stored_record_keeps_all_bytes_and_they_are_read_out_of_json_again() -> None:
    page_bytes = "<meta charset=gb2312><p>雨".encode("gb18030")
    stored = as_json({"url": "u", "html": page_bytes})
    limits = Limits()
    again = page(Ref("a.jsonl", 0), json.loads(stored), lambda: stored, limits, place=lambda: Reason("row", {"row": 0}))
    assert (again.payload, again.claims, again.media, again.url) == (page_bytes, (), "text/html", "u")
