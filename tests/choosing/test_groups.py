"""Groups hold the pages that their expressions mean, whatever the values are."""

from collections.abc import Sequence

import pytest

from tui.choosing.expression import parse
from tui.choosing.fields import Depth, Facts, FieldValue
from tui.choosing.groups import Groups, ValueGroup, stratum


def grouped(field: str, values: Sequence[FieldValue]) -> list[ValueGroup]:
    groups = Groups(field)
    for number, value in enumerate(values):
        groups.add(number, value)
    return groups.groups()


def counts(field: str, values: Sequence[FieldValue]) -> list[tuple[str, int]]:
    return [(group.name, len(group.members)) for group in grouped(field, values)]


VALUES: list[tuple[str, list[FieldValue]]] = [
    ("site", [("a.example", "b.example"), ("a.example",), ("www.a.example",), (), None]),
    ("lang", ["zh", "zh-Hant", "zh-Hant", "en", None]),
    ("author", [("Li, Wei",), ("Li",), ("Wei (x)", "Li"), None]),
    ("repair", [("mojibake", "entities"), ("mojibake",), ()]),
    ("source", ["a b.jsonl", "c.jsonl", "/d/c.jsonl"]),
    ("date", ["2021-12-07T23:33", "2021-12-07", "2021-11-30", None]),
    ("date", ["2018-01-02", "2021-12-07", "2021-12-09"]),
    ("date", ["1970-01-01", "2021-12-07", "2021"]),
    ("status", [200.0, 404.0, 200.0, None]),
    ("bytes", [0.0, 1.0, 999.0, 1000.0, 1e15, *map(float, range(20))]),
    ("comments", [-1.0, 0.5, 0.0, *map(float, range(30))]),
    ("fails", [("gopher_few_words", "c4_sentences"), ("c4_sentences",), (), None]),
    ("signals.mojibake", [0.0, 0.05, 0.1, 0.3, 0.95, 1.0, None]),
]


@pytest.mark.parametrize(("field", "values"), VALUES)
def test_an_expression_holds_for_the_pages_of_its_group_and_no_others(field: str, values: list[FieldValue]) -> None:
    first = [value[:1] if isinstance(value, tuple) and field == "site" else value for value in values]
    for group in grouped(field, values):
        test = parse(group.expression)
        held = [at for at, value in enumerate(first) if test.holds(Facts(Depth.PAGE, {field: value}))]
        assert sorted(group.members) == held, group


def test_names_come_by_size_and_pages_without_one_last() -> None:
    assert counts("site", [None, ("b",), None, ("a",), None, ("b",)]) == [("b", 2), ("a", 1), ("", 3)]


def test_rules_come_as_a_pipeline_runs_them_and_say_what_each_drops_in_order_and_alone() -> None:
    groups = grouped(
        "fails", [("gopher_few_words", "c4_sentences"), ("c4_sentences",), (), ("gopher_few_words", "zh_han")]
    )
    assert [(group.name, len(group.members), group.first, group.only) for group in groups] == [
        ("gopher_few_words", 2, 2, 0),
        ("c4_sentences", 2, 1, 1),
        ("zh_han", 1, 0, 0),
        ("", 1, -1, -1),
    ]
    assert {(group.first, group.only) for group in grouped("repair", [("mojibake",), ()])} == {(-1, -1)}


def test_times_are_cut_as_their_span_demands_and_leave_none_out() -> None:
    assert counts("date", ["2021-02-27", "2021-03-02"]) == [
        ("2021-02-27", 1),
        ("2021-02-28", 0),
        ("2021-03-01", 0),
        ("2021-03-02", 1),
    ]
    assert counts("date", ["2021-11-07", "2022-02-01", "2022-02-03"]) == [
        ("2021-11", 1),
        ("2021-12", 0),
        ("2022-01", 0),
        ("2022-02", 2),
    ]
    assert counts("date", ["2001-11-07", "2003-02-31"]) == [("2001-11", 1), *((m, 0) for m in MONTHS), ("2003-02", 1)]
    assert counts("date", ["1999-11-07", "2009-02-01"])[:2] == [("1999", 1), ("2000", 0)]
    assert len(counts("date", ["0001-01-01", "2021-01-01"])) == 2
    assert counts("date", ["2021", "2021-03-03"]) == [("2021", 1), ("2021-03-03", 1)]
    assert counts("date", ["2021", "2021-03-04"]) == [("2021", 1), ("2021-03", 1)]
    assert counts("date", ["2021", "2021-05-01", "2021-05-02"]) == [("2021", 1), ("2021-05", 2)]
    assert counts("date", ["2021-05-01", "2021-07-01", "2022"]) == [
        ("2021-05", 1),
        ("2021-06", 0),
        ("2021-07", 1),
        ("2022", 1),
    ]
    assert counts("fetched", ["yesterday", "0000-00-00"]) == [("0000-00-00", 1), ("", 1)]


@pytest.mark.parametrize(
    ("first", "last", "rows"),
    [
        ("2021-11-07", "2022-01-07", 62),  # days
        ("2021-11-07", "2022-01-08", 3),  # months
        ("2021-01-31", "2021-03-31", 60),
        ("2021-01-31", "2021-04-01", 4),  # of more than three months the days are not counted
        ("2021-12-01", "2022", 2),  # till December, for all that is known
        ("2001-01-01", "2006-02-01", 62),
        ("2001-01-01", "2006-03-01", 6),  # years
        ("2021-01-26", "2021-03", 2),  # 61 days to the 28th
        ("2021-01-25", "2021-03", 3),
        ("2021-01", "2021-03-03", 2),
        ("2021-01", "2021-03-04", 3),
        ("2016-12-01", "2022-01-01", 62),
        ("2016-10-01", "2021-12-01", 6),
        ("2016-11-01", "2021", 2),
        ("2016-10-01", "2021", 6),
        ("2016", "2021-02-01", 2),
        ("2016", "2021-03-01", 6),
        ("1801-01-01", "2001-01-01", 201),
        ("1801-01-01", "2002-01-01", 2),  # without those between
    ],
)
def test_times_are_by_day_month_or_year_as_long_as_a_chart_has_room(first: str, last: str, rows: int) -> None:
    assert len(counts("date", [first, last])) == rows


MONTHS = [f"{year}-{month:02}" for year in (2001, 2002, 2003) for month in range(1, 13)][11:25]


def test_numbers_are_themselves_tenths_or_powers_of_ten() -> None:
    assert counts("status", [404.0, 200.0, 200.0]) == [("200", 2), ("404", 1)]
    assert counts("signals.x", [0.0, 0.31, 0.39, 1.0]) == [("0", 1), ("0.3-0.4", 2), ("1", 1)]
    assert counts("bytes", [float(n) for n in range(8, 1008)]) == [
        ("1-9", 2),
        ("10-99", 90),
        ("100-999", 900),
        ("1,000-9,999", 8),
    ]


def test_a_dozen_numbers_stand_alone_and_more_are_taken_together() -> None:
    assert counts("comments", [float(n) for n in range(12)]) == [(str(n), 1) for n in range(12)]
    assert counts("comments", [float(n) for n in range(13)]) == [("0", 1), ("1-9", 9), ("10-99", 3)]


def test_numbers_are_shares_only_if_none_is_negative_or_more_than_one() -> None:
    assert counts("signals.x", [0.5, 1.0]) == [("0.5-0.6", 1), ("1", 1)]
    assert counts("signals.x", [0.5, 1.5]) == [("0-1", 1), ("1-9", 1)]
    assert counts("signals.x", [0.5, -1.0]) == [("< 0", 1), ("0-1", 1)]
    assert counts("signals.x", [0.0, 1.0]) == [("0", 1), ("1", 1)]


@pytest.mark.parametrize(
    ("days", "empty"),
    [
        (["2021-02-31", "2021-03-02"], ["2021-02-28", "2021-03-01"]),
        (["2021-12-26", "2021-13-05"], ["2021-12-27"]),
        (["2021-00-05", "2021-01-30"], ["2021-01-28", "2021-01-29"]),
    ],
)
def test_a_day_that_no_calendar_has_is_taken_for_the_28th(days: list[str], empty: list[str]) -> None:
    assert counts("date", days) == sorted([*((day, 1) for day in days), *((day, 0) for day in empty)])


def test_numbers_are_written_out_however_large() -> None:
    large = [9_999_999_999.0, 10_000_000_000.0, 123_456_789_012.0]
    assert [group.expression for group in grouped("bytes", large)] == [f"bytes={number:.0f}" for number in large]


def test_names_of_one_size_come_by_name() -> None:
    assert counts("site", [("b",), ("a",), ("c",), ("c",)]) == [("c", 2), ("a", 1), ("b", 1)]


def test_all_pages_are_counted() -> None:
    groups = Groups("site")
    for number, value in enumerate([("a", "b"), None]):
        groups.add(number, value)
    assert groups.pages == 2


def test_strata_are_tenths_up_to_one_and_powers_of_ten_beyond() -> None:
    assert [stratum(value) for value in (0.0, 0.1, 1.0, 1.5, 10.0)] == ["0", "0.1-0.2", "1", "1-9", "10-99"]


def test_a_name_that_no_expression_can_hold_has_none() -> None:
    assert grouped("author", ['the "editor"'])[0].expression == ""
    assert [group.expression for group in grouped("author", ["*", "Li", "Li, Wei"])] == [
        'author="*"',
        "author=Li",
        'author="Li, Wei"',
    ]
