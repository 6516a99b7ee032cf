"""What is looked for is found whatever script and width it is in, and nothing runs for ever."""

import pytest

from tui.lookup import search
from tui.lookup.search import match
from tui.view.pagetext.query import MAX_HITS, Hits, Query


def found(typed: str, text: str) -> list[str]:
    spans = {text: match([text], typed[1:]).spans[0]} if typed.startswith("/") else None
    return [text[start:end] for start, end in Query(typed, spans).spans(text)]


def test_forms_of_chinese_and_widths_are_the_same_to_a_search() -> None:
    assert found("台灣", "臺湾和臺灣、台湾") == ["臺湾", "臺灣", "台湾"]
    assert found("nba", "ＮＢＡ NBA") == ["ＮＢＡ", "NBA"]


def test_letter_case_counts_only_if_there_is_a_capital() -> None:
    assert found("one", "One one") == ["One", "one"]
    assert found("One", "One one") == ["One"]
    assert found("/O.e", "One one") == ["One"]


def test_a_query_is_no_expression_unless_it_begins_with_a_slash() -> None:
    assert found("a.c", "abc a.c") == ["a.c"]
    assert found("/a.c", "abc a.c") == ["abc", "a.c"]
    assert found("/x*", "aaxx") == ["xx"]


def test_an_expression_that_is_none_says_what_is_wrong() -> None:
    assert "missing )" in match(["a"], "(a").error


def test_an_expression_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "REGEX_S", 0.1)
    matched = match(["aa", "a" * 50 + "b", "aa"], r"^(a|a)+$")
    assert (matched.spans, matched.is_cut) == ((((0, 2),), ()), True)


def test_hits_go_around_both_ends() -> None:
    hits = Hits(Query("o"), "o.o.o", 1, 1)
    hits.count()
    assert (hits.now, str(hits)) == ((2, 3), "2/3")
    assert hits.go(2) == (0, 1)
    assert hits.go(-1) == (4, 5)
    assert Hits(Query("o"), "o.o.o", 3, -1).now == (2, 3)
    assert Hits(Query("o"), ".o", 1, -1).now == (1, 2)


def test_going_on_from_elsewhere_takes_what_comes_next_there() -> None:
    hits = Hits(Query("o"), "o.o.o.o", 0, 1)
    assert hits.go(1, 3) == (4, 5)
    assert hits.go(-1, 3) == (2, 3)


def test_the_first_hit_is_there_before_all_are_counted() -> None:
    text = "." * 3_000_000 + "o"
    hits = Hits(Query("o"), text + "o." * 20_000, 0, 1)
    assert hits.now == (3_000_000, 3_000_001)
    assert list(hits.between(2_999_999, 3_000_001)) == [hits.now]
    while not hits.is_complete:
        hits.count(0.001)
    assert str(hits) == "1/20,001"


def test_counting_stops_where_nobody_looks_any_more() -> None:
    hits = Hits(Query("o"), "o" * (MAX_HITS + 10), 0, 1)
    hits.count(float("inf"))
    assert str(hits) == f"1/{MAX_HITS:,}+"


def test_nothing_found_is_no_hit() -> None:
    hits = Hits(Query("x"), "abc", 0, 1)
    hits.count()
    assert (hits.now, hits.go(1), str(hits)) == (None, None, "0/0")


@pytest.mark.parametrize(("count", "told"), [(49_999, "1/49,999"), (50_000, "1/50,000+"), (50_001, "1/50,000+")])
def test_fifty_thousand_hits_are_counted(count: int, told: str) -> None:
    hits = Hits(Query("o"), "o" * count, 0, 1)
    hits.count(float("inf"))
    assert str(hits) == told


@pytest.mark.parametrize(
    ("start", "end", "touched"),
    [
        (0, 1, []),
        (1, 2, [(1, 3)]),
        (2, 3, [(1, 3)]),
        (3, 5, []),
        (3, 6, [(5, 7)]),
        (0, 9, [(1, 3), (5, 7)]),
        (7, 9, []),
    ],
)
def test_hits_in_sight_are_those_that_touch_it(start: int, end: int, touched: list[tuple[int, int]]) -> None:
    hits = Hits(Query("oo"), ".oo..oo..", 0, 1)
    hits.count()
    assert list(hits.between(start, end)) == touched


def test_the_hit_that_one_is_at_is_in_sight_before_it_is_counted() -> None:
    hits = Hits(Query("oo"), ".oo..oo..", 4, 1)
    assert (hits.now, hits.spans, str(hits)) == ((5, 7), [], "…/0+")
    assert [list(hits.between(*row)) for row in ((0, 5), (0, 6), (6, 9), (7, 9))] == [[], [(5, 7)], [(5, 7)], []]


@pytest.mark.parametrize(
    ("step", "at", "now"),
    [
        (1, 0, (1, 2)),
        (1, 1, (3, 4)),
        (1, 2, (3, 4)),
        (2, 1, (5, 6)),
        (1, 5, (1, 2)),
        (-1, 1, (5, 6)),
        (-1, 2, (1, 2)),
        (-2, 5, (1, 2)),
    ],
)
def test_from_a_place_hits_are_counted_on_either_side_of_it(step: int, at: int, now: tuple[int, int]) -> None:
    hits = Hits(Query("o"), ".o.o.o", 0, 1)
    assert hits.go(step, at) == now


@pytest.mark.parametrize(("at", "now"), [(0, (5, 6)), (1, (1, 2)), (2, (1, 2)), (3, (3, 4)), (9, (5, 6))])
def test_backwards_the_first_hit_is_the_one_there_or_before(at: int, now: tuple[int, int]) -> None:
    assert Hits(Query("o"), ".o.o.o", at, -1).now == now
