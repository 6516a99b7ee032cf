"""Captures of one address stand together in the list, whatever is filtered and sorted, and one row stands for them."""

from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from time import sleep

import pytest
from hypothesis import given
from hypothesis import strategies as st
from screen_fake import FakeClient, FakeCollection, refs
from test_browsing import Desk, browsing

from tui.core.answers import Recaptures
from tui.core.model import Item, Options, Ref
from tui.core.shelf import Run, Shelf
from tui.view.commands.ordering import sort
from tui.view.state.captures import STEP, Captures, Folds, Revisit, finished
from tui.view.state.filter import STEP_S
from tui.view.state.sourcenames import SourceNames, absolute

NO_PAGE = -1


def recaptures(*addresses: list[tuple[int, int, int]]) -> Recaptures:
    """Addresses with (ordinal, day, day of the original) of their captures, the latest first."""
    captures = [each for address in addresses for each in address]
    ends, end = array("q"), 0
    for address in addresses:
        ends.append(end := end + len(address))
    times = [20211200103000 + day * 10**6 for _, day, _ in captures]
    originals = [original and 20211200103000 + original * 10**6 for *_, original in captures]
    ordinals = [ordinal for ordinal, *_ in captures]
    places = [max(ordinal, 0) for ordinal in ordinals]
    return Recaptures(ends, places, ordinals, times, originals, tuple(f"page-{at}.html" for at in range(100)))


TWO = recaptures([(7, 9, -1), (NO_PAGE, 8, 6), (1, 6, -1)], [(4, 5, -1), (2, 3, -1), (30, 1, -1)])


def captured(desk: Desk, found: Recaptures = TWO) -> None:
    desk.browsing.looking.take(found, desk.browsing.looking.survey.number)
    desk.settle()


def test_captures_come_together_and_what_is_open_stays_so() -> None:
    with browsing() as desk:
        desk.go_to(5)
        captured(desk)
        assert desk.ordinals[:7] == [0, 7, 1, 4, 2, 30, 3]
        assert sorted(desk.ordinals) == list(range(40))
        assert desk.open_ordinal == 5


def test_the_page_that_one_is_at_in_the_list_stays_so() -> None:
    with browsing() as desk:
        desk.view.cursor = 30
        captured(desk)
        assert desk.view.cursor == desk.ordinals.index(30)


FIRST = recaptures([(7, 9, -1), (0, 6, -1)])


def test_who_has_not_gone_anywhere_is_shown_the_latest_capture_of_the_first_page() -> None:
    with browsing() as desk:
        desk.view.cursor = 0
        captured(desk, FIRST)
        desk.loop.until(lambda: desk.open_ordinal == 7)
        assert desk.ordinals[:3] == [7, 0, 1]
        assert (desk.browsing.open_index, desk.view.cursor) == (0, 0)


@pytest.mark.parametrize(
    "go",
    [
        lambda desk: desk.view.go_to_place(20),
        lambda desk: desk.view.activate("metadata"),
        lambda desk: setattr(desk.view, "cursor", 3),
        lambda desk: setattr(desk.view, "cursor", None),
    ],
)
def test_who_has_gone_somewhere_keeps_the_page(go: Callable[[Desk], None]) -> None:
    with browsing() as desk:
        desk.view.cursor = 0
        go(desk)
        captured(desk, FIRST)
        assert (desk.open_ordinal, desk.browsing.open_index, desk.browsing.index_in_mind) == (0, 1, 1)


def test_where_one_left_off_is_kept() -> None:
    left = {"source": absolute("page-0.html"), "ordinal": 0, "start": 0, "pane": "headlines"}
    with browsing(left=left) as desk:
        desk.view.cursor = 0
        captured(desk, FIRST)
        assert (desk.open_ordinal, desk.browsing.index_in_mind) == (0, 1)


def test_a_filter_keeps_captures_together_and_shows_no_others() -> None:
    with browsing() as desk:
        captured(desk)
        desk.browsing.filter.keep("ordinal<8 ordinal!=4")
        desk.until_said("7 of 40 pages")
        assert desk.ordinals == [0, 7, 1, 2, 3, 5, 6]
        desk.browsing.filter.keep("")
        assert desk.ordinals[:7] == [0, 7, 1, 4, 2, 30, 3]


def test_a_filter_that_matches_nothing_or_adds_nothing_folds_nothing_anew() -> None:
    with browsing() as desk:
        captured(desk)
        rearranged = count_rearranged(desk)
        desk.view.selection = range(2, 4)
        desk.browsing.filter.keep("ordinal>99")
        desk.until_said("no page matches")
        assert (rearranged, desk.view.selection) == ([], range(2, 4))
        desk.browsing.filter.keep("ordinal<8")
        desk.until_said("8 of 40 pages")
        assert (len(rearranged), desk.ordinals) == (1, [0, 7, 1, 4, 2, 3, 5, 6])


def count_rearranged(desk: Desk) -> list[None]:
    """Grows each time that the list is rearranged."""
    times, rearrange = list[None](), desk.view.rearrange

    def counted(moved: Callable[[int], int | None]) -> None:
        times.append(None)
        rearrange(moved)

    desk.view.rearrange = counted  # type: ignore[method-assign]
    return times


@pytest.mark.parametrize(("last", "times"), [("30", 2), ("5", 1)])
def test_captures_that_a_filter_adds_come_to_the_others_and_more_pages_change_nothing(last: str, times: int) -> None:
    class Slow(FakeCollection):
        def judge(self, refs: Sequence[Item], expression: str, options: Options) -> Iterator[bool]:
            for ref, holds in zip(refs, super().judge(refs, expression, options), strict=True):
                if ref.ordinal == 5:
                    sleep(2 * STEP_S)  # what comes now is handed over for itself
                yield holds

    with browsing() as desk:
        captured(desk)
        desk.browsing.collection = Slow()
        rearranged = count_rearranged(desk)
        desk.browsing.filter.keep(f"ordinal<=4 | ordinal={last}")
        desk.until_said("6 of 40 pages")
        assert desk.ordinals == [0, 1, *([4, 2, 30, 3] if last == "30" else [4, 2, 3, 5])]
        assert len(rearranged) == times


def test_sorted_captures_stand_where_the_first_of_them_would() -> None:
    with browsing() as desk:
        captured(desk)
        sort(desk.browsing, "-ordinal")
        desk.until_said("sorted by -ordinal")
        desk.settle()
        # The collection of these tests has 0 to 9 for it.
        assert desk.ordinals[:11] == [9, 19, 29, 39, 8, 18, 28, 38, 7, 1, 17]
        assert desk.ordinals[21:25] == [4, 2, 30, 14]
        sort(desk.browsing, "")
        assert desk.ordinals[:7] == [0, 7, 1, 4, 2, 30, 3]


def test_pages_that_are_found_later_are_shown_behind_them() -> None:
    with browsing() as desk:
        captured(desk)
        more = [Ref(f"page-{at}.html", at, "html") for at in (40, 41)]
        desk.browsing.looking._found(more)
        assert desk.ordinals[-2:] == [40, 41]
        assert desk.browsing.captures.address_of(40) == -1
        desk.browsing.filter.keep("ordinal<3")
        desk.until_said("3 of 42 pages")
        desk.browsing.looking._found([Ref("page-42.html", 42, "html")])
        assert desk.ordinals == [0, 1, 2]


def test_a_page_is_compared_with_the_capture_before_and_the_first_with_the_next() -> None:
    with browsing(client=FakeClient({at: f"Text of {at}" for at in range(40)})) as desk:
        captured(desk)
        made: list[tuple[str, str]] = []
        desk.browsing.comparing.show = lambda comparison: made.append((comparison.before, comparison.after))
        for ordinal, others in ((7, ["c"]), (1, ["c"]), (0, []), (4, ["c"])):
            desk.go_to(desk.ordinals.index(ordinal))
            document = desk.browsing.document
            assert document is not None
            found = list(desk.browsing.comparing.others(document))
            assert [other.key for other in found] == others
        assert found[0].name == "the capture of 2021-12-03 10:30"
        found[0].compare()
        desk.loop.until(lambda: made)
        assert made == [("Text of 2", "Text of 4")]


def test_nothing_changes_where_none_of_them_is_here() -> None:
    with browsing() as desk:
        captured(desk, recaptures([(39, 2, -1), (NO_PAGE, 1, 0)], [(99, 2, -1), (98, 1, -1)]))
        assert desk.ordinals == list(range(40))
        assert desk.browsing.captures.count(0) == 2
        captured(desk, recaptures([(99, 2, -1), (98, 1, -1)]))
        assert desk.browsing.captures.count(0) == 2


def learned(found: Recaptures, shelf: Shelf) -> Captures:
    names, captures = SourceNames(), Captures()
    names.add(list(shelf))
    finished(captures.take(found, shelf, names))
    return captures


def test_revisits_are_told_below_the_capture_before_which_they_came() -> None:
    captures = learned(
        recaptures(
            [(NO_PAGE, 9, 7), (7, 7, -1), (NO_PAGE, 6, 0), (NO_PAGE, 5, 3), (3, 3, -1), (NO_PAGE, 2, 1)],
        ),
        Shelf(refs(40)),
    )
    day = "2021-12-0{} 10:30".format
    assert list(captures.revisits(7)) == [
        Revisit(day(9), day(7)),
        Revisit(day(6), ""),
        Revisit(day(5), day(3)),
    ]
    assert list(captures.revisits(3)) == [Revisit(day(2), day(1))]
    assert (captures.before(7), captures.before(3), captures.before(0)) == (3, None, None)
    assert (captures.after(3), captures.after(7), captures.after(0)) == (7, None, None)
    assert captures.count(captures.address_of(7)) == 6


@pytest.mark.parametrize("is_dense", [True, False])
def test_pages_of_one_file_are_found_by_their_ordinals(is_dense: bool) -> None:
    ordinals = range(2, 9) if is_dense else [2, 3, 5, 8]
    shelf = Shelf(Ref("page-0.html", at, "warc", at, 5) for at in ordinals)
    found = Recaptures([2, 4], [0] * 4, [8, 3, 1, 9], [4, 3, 2, 1], [-1] * 4, ("page-0.html",))
    captures = learned(found, shelf)
    order = finished(captures.gathered(range(len(shelf)))).order
    assert [shelf.row(number).ordinal for number in order][:3] == [2, 8, 3]
    assert captures.count(0) == 2
    assert not learned(Recaptures([2], [0] * 2, [1, 9], [2, 1], [-1] * 2, ("page-0.html",)), shelf)


GROUPS = st.lists(st.tuples(st.integers(0, 4), st.integers(1, 4)), max_size=8)


@given(GROUPS, st.sets(st.integers(0, 7)))
def test_rows_and_pages_agree_whatever_is_folded(groups: list[tuple[int, int]], unfolded: set[int]) -> None:
    starts, ends, at = array("q"), array("q"), 0
    for gap, size in groups:
        starts.append(at + gap)
        ends.append(at := at + gap + size)
    before = [0, *accumulate(end - start - 1 for start, end in zip(starts, ends, strict=True))]
    folds, pages = Folds(starts, ends, before), at + 3
    for number in unfolded:
        if number < len(starts):
            folds.turn(number)
    hidden = {
        index
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
        if number not in unfolded
        for index in range(start + 1, end)
    }
    shown = [index for index in range(pages) if index not in hidden]
    assert folds.total() == len(hidden)
    assert [folds.index(row) for row in range(len(shown))] == shown
    assert [index - folds.before(index) for index in shown] == list(range(len(shown)))
    for index in range(pages):
        number_of_it = folds.number(index)
        inside = [at for at, (start, end) in enumerate(zip(starts, ends, strict=True)) if start <= index < end]
        assert ([] if number_of_it is None else [number_of_it]) == inside
        assert folds.shown(index) == (starts[inside[0]] if index in hidden else index)
        assert folds.is_first(index) is (index in starts)


@given(st.lists(st.integers(0, 6), max_size=40), st.data())
def test_captures_come_together_whatever_is_shown(addresses: list[int], data: st.DataObject) -> None:
    of = {address: [at for at, each in enumerate(addresses) if each == address] for address in sorted({*addresses})}
    found = recaptures(*([(at, at, -1) for at in reversed(its)] for its in of.values() if len(its) > 1))
    captures = learned(found, Shelf(refs(40)))
    shown = data.draw(st.lists(st.sampled_from(range(40)), unique=True))
    order, places, folds = finished(captures.gathered(shown))
    seen: list[int] = []
    for number in shown:
        its = of.get(addresses[number], [number]) if number < len(addresses) else [number]
        seen += [each for each in reversed(its) if each in shown and number not in seen and each not in seen]
    assert list(order) == seen
    assert [places[number] for number in seen] == list(range(len(seen)))
    together = []
    for its in of.values():
        places_of = [seen.index(at) for at in its if at in seen]
        if len(its) > 1 and places_of:
            together.append((min(places_of), max(places_of) + 1))
    assert sorted(zip(folds._starts, folds._ends, strict=True)) == sorted(together)
    assert folds.total() == sum(end - start - 1 for start, end in together)


@pytest.mark.parametrize("per", [2, 100, 20 * STEP])
def test_captures_are_learned_in_steps_each_of_which_is_short(per: int) -> None:
    count = 20 * STEP
    run = Run(Ref("page-0.html", 0, "warc"), array("q", range(count)), array("q", [1]) * count)
    found = Recaptures(
        array("q", range(per, count + 1, per)),
        [0] * count,
        range(count - 1, -1, -1),
        range(count, 0, -1),
        [-1] * count,
        ("page-0.html",),
    )
    names, captures, shelf = SourceNames(), Captures(), Shelf([run])
    names.add([run])
    assert len(list(captures.take(found, shelf, names))) >= 19
    assert len(list(captures.gathered(range(count)))) >= 38


def test_keys_come_between_the_steps_and_a_filter_meanwhile_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.view.state.looking.STEPS_S", -1)
    monkeypatch.setattr("tui.view.state.captures.STEP", 2)
    with browsing() as desk:
        desk.browsing.looking.take(TWO, desk.browsing.looking.survey.number)
        assert not desk.browsing.captures
        desk.browsing.filter.show([5, 1, 3, 7])
        desk.loop.until(lambda: desk.browsing.captures)
        assert desk.ordinals == [5, 7, 1, 3]
        desk.browsing.filter.show(None)
        assert desk.ordinals[:7] == [0, 7, 1, 4, 2, 30, 3]


def test_captures_of_a_collection_that_is_read_again_meanwhile_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.view.state.looking.STEPS_S", -1)
    monkeypatch.setattr("tui.view.state.captures.STEP", 2)
    with browsing() as desk:
        desk.browsing.looking.take(TWO, desk.browsing.looking.survey.number)
        desk.browsing.looking._is_stale = True
        desk.browsing.reload()
        desk.settle()
        assert not desk.browsing.captures
        assert desk.ordinals == list(range(40))


def test_a_hundred_thousand_addresses_with_two_captures_each_fold() -> None:
    half = 100_000
    run = Run(Ref("page-0.html", 0, "warc"), array("q", range(2 * half)), array("q", [1]) * 2 * half)
    ordinals = [each for first in range(half) for each in (first + half, first)]
    ends = array("q", range(2, 2 * half + 1, 2))
    found = Recaptures(ends, [0] * 2 * half, ordinals, [2, 1] * half, [-1] * 2 * half, ("page-0.html",))
    names, captures = SourceNames(), Captures()
    names.add([run])
    finished(captures.take(found, Shelf([run]), names))
    order, places, folds = finished(captures.gathered(range(2 * half)))
    assert [places[number] for number in order] == list(range(2 * half))
    assert all(later == earlier + half for later, earlier in zip(order[::2], order[1::2], strict=True))
    assert folds.total() == half
    assert [folds.index(row) for row in (0, 1, half - 1)] == [0, 2, 2 * half - 2]
