"""Sources are told apart by what differs in their names, and their pages are found where they stand."""

import pytest

from tui.core.model import Item, Ref, Rows
from tui.core.shelf import Run, Shelf
from tui.view.state.sourcenames import SourceNames, count, find, index_of

REFS: list[Item] = [Ref("a.jsonl", ordinal, "jsonl") for ordinal in (3, 4, 6, 7)]


def named(*sources: str) -> SourceNames:
    names = SourceNames()
    names.add([Ref(source, 0) for source in sources])
    return names


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (("x/one.html", "x/two.html"), ["one", "two"]),
        (("x/a1.jsonl.gz", "x/a22.jsonl.gz"), ["a1", "a22"]),
        (("x-1/a.warc", "x-2/a.warc"), ["1", "2"]),
        (("x/a.tar.gz", "x/b"), ["a", "b"]),
        (("x/.gz", "x/b.gz"), [".gz", "b"]),
        (("a", "b"), ["a", "b"]),
        (("x/a.v2.csv", "x/b.v2.csv"), ["a", "b"]),
    ],
)
def test_a_name_is_what_differs(sources: tuple[str, ...], expected: list[str]) -> None:
    names = named(*sources)
    assert [names.name(source) for source in sources] == expected


@pytest.mark.parametrize(("most", "expected"), [(9, 5), (5, 5), (4, 4)])
def test_the_longest_name_counts_up_to_a_bound(most: int, expected: int) -> None:
    assert named("x/one", "x/three", "x/two").longest(most) == expected


def test_the_pages_of_a_source_are_one_run_for_each_time_that_it_comes() -> None:
    names = SourceNames()
    names.add([Ref("a", 0), Ref("a", 1), Run(Ref("b", 0, "jsonl"), range(3), range(3))])
    names.add([Rows(Ref, [Ref("b", 3), Ref("a", 2)])])
    assert names.runs() == {"a": [range(2), range(6, 7)], "b": [range(2, 6)]}
    names.clear()
    names.add([Ref("c", 0)])
    assert names.runs() == {"c": [range(1)]}


@pytest.mark.parametrize(("ordinal", "place"), [(2, None), (3, 0), (4, 1), (5, None), (6, 2), (7, 3), (8, None)])
def test_a_page_is_found_by_its_ordinal(ordinal: int, place: int | None) -> None:
    shelf = Shelf(REFS)
    assert find(shelf, [range(4)], ordinal) == find(shelf, [range(2), range(2, 4)], ordinal) == place


@pytest.mark.parametrize(
    ("run", "expected"), [(range(4), 4), (range(2), 2), (range(2, 4), 2), (range(1, 3), 2), (range(1), 1)]
)
def test_pages_with_labels_are_counted_where_ordinals_are_left_out_too(run: range, expected: int) -> None:
    assert count(Shelf(REFS), run, [2, 3, 4, 5, 6, 7, 8]) == expected


def test_a_page_has_an_index_only_where_it_is_shown() -> None:
    shelf = Shelf(REFS)
    shelf.show([2, 0])
    assert [index_of(shelf, number) for number in (0, 1, 2, None)] == [1, None, 0, None]
