"""A long list of references in little memory."""

import threading
import tracemalloc
from array import array
from dataclasses import replace

import pytest

from tui.core.model import Item, Ref, Trouble
from tui.core.problems import Reason, unreadable
from tui.core.shelf import Run, Shelf, singly

REFS: list[Item] = [
    Ref("a.jsonl", 0, "jsonl", 0, 10),
    Ref("a.jsonl", 1, "jsonl", 11, 20),
    Ref("-", 0, "html", spool="spool/x"),
    Trouble("gone.html", 0, unreadable(Reason("no_file"), "gone.html")),
    Ref("b.zip", 7, "html", member="c.html"),
]


def test_references_come_back_as_they_were() -> None:
    shelf = Shelf(REFS)
    assert list(shelf) == REFS
    assert [shelf[-1], *shelf[1:3]] == [REFS[-1], *REFS[1:3]]
    for index in (5, -6):
        with pytest.raises(IndexError):
            shelf[index]


def test_an_order_or_filter_shows_rows_by_their_numbers() -> None:
    shelf = Shelf(REFS)
    shelf.show([4, 0])
    shelf.append(REFS[0])
    assert list(shelf) == [REFS[4], REFS[0]]
    assert (len(shelf), shelf.found, shelf.number(0), shelf.row(1)) == (2, 6, 4, REFS[1])
    with pytest.raises(IndexError):
        shelf.number(2)
    shelf.show(None)
    assert len(shelf) == 6


def test_rows_are_found_by_their_ordinals_one_of_each_file_at_the_most() -> None:
    runs = [Run(Ref(name, first, "jsonl"), [0, 9, 18], [9, 9, 9]) for name, first in (("a", 0), ("b", 0), ("c", 7))]
    shelf = Shelf([*runs, Ref("d", 2, "html")])
    shelf.show([1])
    assert [list(shelf.with_ordinal(at)) for at in (0, 2, 3, 6, 9, 10)] == [[0, 3], [2, 5, 9], [], [], [8], []]


def test_a_million_rows_cost_no_more_than_sixteen_bytes_each() -> None:
    tracemalloc.start()
    try:
        like = Ref("a.jsonl", 0, "jsonl")
        shelf = Shelf(
            Run(replace(like, ordinal=n), range(n, n + 1000), array("q", [99]) * 1000) for n in range(0, 100_000, 1000)
        )
        size = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert len(shelf) == 100_000
    assert size < 100_000 * 16


def test_whoever_reads_while_it_grows_finds_whole_rows() -> None:
    shelf = Shelf()
    wrong: list[Item] = []

    def read() -> None:
        while len(shelf) < 20_000:
            if len(shelf):
                ref = shelf[len(shelf) - 1]
                if ref != Ref(f"{ref.ordinal}.html", ref.ordinal, "html", ref.ordinal * 3, ref.ordinal * 5):
                    wrong.append(ref)

    reader = threading.Thread(target=read)
    reader.start()
    shelf.extend(Ref(f"{n}.html", n, "html", n * 3, n * 5) for n in range(20_000))
    reader.join()
    assert wrong == []


def test_more_rows_are_shown_below_the_others_and_rows_are_picked_by_number() -> None:
    shelf = Shelf(Ref(f"{number}.html", number) for number in range(6))
    shelf.show([1, 3])
    shelf.show_more([5])
    assert list(shelf.numbers()) == [1, 3, 5]
    assert [ref.ordinal for ref in shelf] == [1, 3, 5]
    picked = shelf.pick(shelf.numbers())
    shelf.show(None)
    assert list(shelf.numbers()) == list(range(6))
    assert ([ref.ordinal for ref in picked], picked[1:][0].ordinal, len(picked)) == ([1, 3, 5], 3, 3)


def test_a_run_is_as_its_references_one_by_one() -> None:
    like = Ref("a.zip", 7, "jsonl", member="b.jsonl", spool="spool/x")
    run = Run(like, [0, 20, 50], [19, 29, 9])
    alone = [
        Ref("a.zip", 7 + n, "jsonl", at, size, "b.jsonl", spool="spool/x")
        for n, at, size in [(0, 0, 19), (1, 20, 29), (2, 50, 9)]
    ]
    assert (list(run), len(run), run[-1], list(run[1:])) == (alone, 3, alone[2], alone[1:])
    assert [ref.ordinal for ref in run.numbered(2)] == [2, 3, 4]
    assert [(ref.ordinal, ref.offset) for ref in run.only([0, 1, 1])] == [(7, 20), (8, 50)]
    mixed: list[Item | Run] = [REFS[0], run, REFS[2], Run(like, [], []), REFS[3]]
    assert list(singly(mixed)) == [REFS[0], *alone, REFS[2], REFS[3]]
    assert list(Shelf(mixed)) == list(singly(mixed))
    with pytest.raises(IndexError):
        run[3]
    with pytest.raises(ValueError, match="follow each other"):
        run[::-1]


LENGTHS = [0, 1, 2**32 - 3, 2**32 - 2, 2**32 - 1, 2**32, 2**40, -1, 7]


@pytest.mark.parametrize("is_run", [True, False])
def test_records_may_be_of_any_length(is_run: bool) -> None:
    run = Run(Ref("a.jsonl", 0, "jsonl"), range(len(LENGTHS)), LENGTHS)
    shelf = Shelf([run] if is_run else list(run))
    assert [ref.length for ref in shelf if isinstance(ref, Ref)] == LENGTHS
