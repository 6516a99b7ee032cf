"""Which row of the list is what."""

from itertools import accumulate

import bounded
import pytest
from screen_fake import page as found_in
from screen_fake import plain
from textual.geometry import Region

from tui.core.answers import Recaptures
from tui.core.model import Headline, Preview, Ref, Rows, Twins
from tui.core.shelf import Shelf
from tui.core.values import replace
from tui.view.pagetext.query import Query
from tui.view.panes.headlines import FoundRow, GroupRow, HeadlinesPane, Listing, PageRow, RevisitRow
from tui.view.state.captures import Captures, finished
from tui.view.state.sourcenames import SourceNames
from tui.view.terminal.look import Look

FOUND = [Headline("related", "A", 0, 1), Headline("hot", "B", 2, 3), Headline("related", "C", 4, 5)]


def listing(pages: int, open_page: int = -1) -> Listing:
    rows = Listing()
    rows.pages = pages
    if open_page >= 0:
        rows.unfold(open_page, FOUND)
    return rows


def test_found_headlines_stand_under_the_open_page_by_list() -> None:
    rows = listing(3, 1)
    assert [rows[row] for row in range(len(rows))] == [
        PageRow(0),
        PageRow(1),
        GroupRow("related", "related", 2),
        FoundRow(FOUND[0]),
        FoundRow(FOUND[2]),
        GroupRow("hot", "hot", 1),
        FoundRow(FOUND[1]),
        PageRow(2),
    ]


@pytest.mark.parametrize("open_page", [-1, 0, 1, 999_999])
def test_rows_and_pages_agree_in_a_million(open_page: int) -> None:
    rows = listing(1_000_000, open_page)
    for page in (0, 1, 2, 500_000, 999_999):
        assert rows[rows.row_of(page)] == PageRow(page)
        assert rows.page_of(rows.row_of(page)) == page


def test_a_found_headline_belongs_to_the_open_page() -> None:
    rows = listing(3, 1)
    assert {rows.page_of(row) for row in range(1, 7)} == {1}


def test_there_is_no_row_outside_of_the_list() -> None:
    rows = listing(2)
    for row in (-1, 2):
        with pytest.raises(IndexError):
            rows[row]


def test_rows_end_and_begin_where_found_headlines_do() -> None:
    rows = listing(3, 0)
    assert [rows.row_of(page) for page in range(3)] == [0, 6, 7]
    assert [rows[row] for row in (0, 5, 6)] == [PageRow(0), FoundRow(FOUND[1]), PageRow(1)]


def pane(pages: int, cells: int = 40) -> HeadlinesPane:
    """A list of pages, of which twenty rows are in sight."""
    made = HeadlinesPane(
        Look({}, no_color=True), Shelf(Ref("a.jsonl", at, "jsonl", 0, 9) for at in range(pages)), SourceNames()
    )
    made.grow()
    made.put(Region(0, 0, cells, 21), is_beside=False)
    return made


def test_what_one_looks_at_stays_where_it_is_while_rows_above_come_and_go() -> None:
    shown = pane(100)
    shown.go_to(50)
    for index, place in ((10, (47, 53)), (60, (44, 50)), (50, (44, 50))):
        shown.unfold(index, found_in(Ref("a.jsonl", index)))
        assert (shown.top, shown.cursor) == place
    shown.go_to(52)
    for index, place in ((50, (44, 52)), (3, (45, 53))):
        shown.unfold(index, found_in(Ref("a.jsonl", index)))
        assert (shown.top, shown.cursor) == place
    assert shown.current() == PageRow(50)


def test_of_a_page_that_has_no_headlines_any_more_the_last_row_is_left() -> None:
    shown = pane(3)
    shown.unfold(2, found_in(Ref("a.jsonl", 2)))
    shown.go_to(5)
    assert shown.is_on_last_page()
    shown.unfold(2, plain(Ref("a.jsonl", 2), "Rain"))
    assert (shown.cursor, shown.is_on_last_page()) == (2, True)
    shown.go_to(1)
    assert not shown.is_on_last_page()


@pytest.mark.parametrize(("start", "end", "selected"), [(5, 7, range(5, 8)), (5, 5, range(5, 6)), (5, 3, range(3, 6))])
def test_pages_from_where_selecting_began_to_the_cursor_are_selected(start: int, end: int, selected: range) -> None:
    shown = pane(9)
    shown.go_to(start)
    shown.select()
    shown.go_to(end)
    assert shown.selected() == selected
    assert [y for y in range(9) if shown.paint(y).text[0] == "*"] == list(selected)
    shown.select()
    assert shown.selected() == range(0)


@pytest.mark.parametrize(
    ("cells", "rows"),
    [
        (
            39,
            [
                "  #0 " + "x" * 25 + "… 2021-12",
                "  #1 " + "y" * 33 + "…",
                "  #2 z                   good, bad 2021",
                "  #3 …                                 ",
            ],
        ),
        (
            40,
            [
                "  #0 " + "x" * 23 + "… 2021-12-07",
                "  #1 " + "y" * 34 + "…",
                "  #2 z                    good, bad 2021",
                "  #3 …                                  ",
            ],
        ),
    ],
)
def test_labels_and_dates_stay_whole_and_titles_get_the_rest(cells: int, rows: list[str]) -> None:
    shown = pane(9, cells)
    titles = [("x" * 99, "2021-12-07"), ("y" * 99, None), ("z", "2021")]
    shown.learn({at: Preview(Ref("a.jsonl", at), title, date) for at, (title, date) in enumerate(titles)})
    shown.labels_at = lambda ref: ("good", "bad") if ref.ordinal == 2 else ()
    assert [shown.paint(y).text for y in range(4)] == rows


def test_a_page_with_twins_has_a_mark_unless_it_is_open_or_selected() -> None:
    shown = pane(3)
    shown.learn({at: Preview(Ref("a.jsonl", at), "Rain", twins=twins) for at, twins in enumerate((2, 0, 1))})
    assert [shown.paint(y).text[:9] for y in range(3)] == ["= #0 Rain", "  #1 Rain", "= #2 Rain"]
    shown.unfold(0, replace(plain(Ref("a.jsonl", 0), "Rain"), twins=Twins(2)))
    assert shown.paint(0).text.startswith("▸ #0")
    shown.unfold(1, plain(Ref("a.jsonl", 1), "Rain"))
    assert [shown.paint(y).text[0] for y in range(3)] == ["=", "▸", "="]


@pytest.mark.parametrize(("pages", "start"), [(10, "  #0 …"), (11, "   #0 …"), (101, "    #0 …")])
def test_ordinals_have_room_for_the_last_one(pages: int, start: str) -> None:
    assert pane(pages).paint(0).text.rstrip() == start


def test_a_single_page_has_no_number_before_it() -> None:
    assert pane(1).paint(0).text.rstrip() == "  …"


LISTS = [
    Headline("related", "Ferry stops", 0, 9, date="2021-12-07T23:33", tag="Traffic"),
    Headline("related", "Bridge opens", 10, 19, date="2021-12-06T08:00", comments=24),
    Headline("hot", "Rain", 20, 24, heading="最新聞 Hot"),
    Headline("hot", "Ferry is back", 30, 40, date="2020-12-07", heading="最新聞 Hot"),
]


def unfolded(pages: int) -> HeadlinesPane:
    """A list of pages, the first of which is open and of the day of the first headline."""
    shown = pane(pages)
    document = found_in(Ref("a.jsonl", 0))
    shown.unfold(0, replace(document, headlines=Rows(Headline, LISTS)))
    return shown


def rows(shown: HeadlinesPane) -> list[str]:
    return [shown.paint(y).text for y in range(shown.count())]


def test_lists_are_called_by_what_stands_over_them_and_dates_say_what_the_page_does_not() -> None:
    assert rows(unfolded(1)) == [
        "▸ 縣城圖書館延長開放          2021-12-07",
        "  ▾ related                            2",
        "    Ferry stops                    23:33",
        "    Bridge opens              (24) 12-06",
        "  ▾ 最新聞 Hot                         2",
        "    Rain                                ",
        "    Ferry is back                2020-12",
    ]


@pytest.mark.parametrize(("pages", "hot"), [(1, ["▾", "Rain", "Ferry"]), (2, ["▹"])])
def test_of_several_pages_lists_but_the_first_are_folded(pages: int, hot: list[str]) -> None:
    assert [row.split()[0] for row in rows(unfolded(pages))[4 : 4 + len(hot)]] == hot
    assert unfolded(pages).tally(is_brief=True) == ("4" if pages == 1 else "2")


def test_a_list_is_folded_and_unfolded_at_its_name_and_stays_so_while_the_page_is_open() -> None:
    shown = unfolded(2)
    for is_folded in (False, True, False):
        shown.go_to(4)
        group = shown.current()
        assert isinstance(group, GroupRow)
        shown.turn(group)
        assert (shown.cursor, shown.current()) == (4, group._replace(is_folded=is_folded))
    shown.unfold(0, replace(found_in(Ref("a.jsonl", 0)), headlines=Rows(Headline, LISTS)))
    assert shown.count() == 8
    shown.unfold(1, found_in(Ref("a.jsonl", 1)))
    shown.unfold(0, replace(found_in(Ref("a.jsonl", 0)), headlines=Rows(Headline, LISTS)))
    assert shown.count() == 6


def test_lists_are_folded_when_a_second_page_comes_and_the_cursor_goes_to_the_name_of_its_own() -> None:
    shown = unfolded(1)
    shown.go_to(6)
    shown.pages.append(Ref("a.jsonl", 1, "jsonl", 0, 9))
    shown.grow()
    assert shown.current() == GroupRow("hot", "最新聞 Hot", 2, is_folded=True)


def test_what_is_looked_for_is_found_in_folded_lists_which_are_open_meanwhile() -> None:
    shown = unfolded(2)
    shown.go_to(5)
    assert shown.current() == PageRow(1)
    place = shown.bookmark()
    shown.search(Query("is back"), 1)
    assert (shown.count(), shown.title(), shown.hits_text()) == (8, "Ferry is back", "1/1")
    shown.go_back_to(place)
    assert shown.current() == PageRow(1)
    shown.search(None, 1)
    assert shown.count() == 6
    shown.search(Query("ferry"), 1)
    assert shown.hits == [2, 6]
    shown.go_to(4)
    group = shown.current()
    assert isinstance(group, GroupRow)
    shown.turn(group)
    assert (shown.count(), shown.hits) == (6, [2])
    assert "Ferry is back" in shown.texts()


def test_the_status_line_says_where_in_which_list_one_is() -> None:
    shown = unfolded(1)
    shown.go_to(2)
    assert shown.unseen() == "related 1 of 2 · Traffic · 2021-12-07 23:33"
    shown.go_to(5)
    assert shown.unseen() == "最新聞 Hot 1 of 2"


def captured(pane: HeadlinesPane, *groups: list[int], revisits: int = 0) -> HeadlinesPane:
    """Captures of addresses in the list, each behind the other as they stand; so many revisits after the last of the first."""
    rows = [[*group, *[-1] * (0 if at else revisits)] for at, group in enumerate(groups)]
    ordinals = [ordinal for row in rows for ordinal in row]
    ends = list(accumulate(map(len, rows)))
    times = [20211231120000 - at * 10**6 for at in range(len(ordinals))]
    originals = [20211201090000 if ordinal < 0 else -1 for ordinal in ordinals]
    captures = Captures()
    names = SourceNames()
    names.add(list(pane.pages))
    found = Recaptures(ends, [0] * len(ordinals), ordinals, times, originals, ("a.jsonl",))
    finished(captures.take(found, pane.pages, names))
    return folded(pane, captures)


def folded(pane: HeadlinesPane, captures: Captures) -> HeadlinesPane:
    """The list with captures folded that stand together in it."""
    gathered = finished(captures.gathered(pane.pages.numbers()))
    assert list(gathered.order) == list(pane.pages.numbers())
    pane.fold(captures, gathered.folds)
    pane.rearrange(lambda index: index)
    return pane


def drawn(pane: HeadlinesPane) -> list[str]:
    return [pane.paint(y).text.rstrip() for y in range(pane.count())]


def test_one_row_stands_for_captures_until_they_are_unfolded() -> None:
    shown = captured(pane(6, 60), [1, 2, 3], revisits=2)
    shown.learn({at: Preview(shown.pages[at], f"Page {at}", "2021-12-07") for at in range(6)})
    assert [shown.listing[row] for row in range(shown.count())] == [PageRow(0), PageRow(1), PageRow(4), PageRow(5)]
    assert drawn(shown)[1] == f"  #1 ▹ Page 1{'×5 2021-12-07':>47}"
    shown.go_to(2)
    assert shown.turn_captures(1)
    assert shown.current() == PageRow(4)
    assert drawn(shown)[1:6] == [
        f"  #1 ▾ Page 1{'2021-12-31 12:00':>47}",
        f"  #2   Page 2{'2021-12-30 12:00':>47}",
        f"  #3   Page 3{'2021-12-29 12:00':>47}",
        f"    same as 2021-12-01{'2021-12-28 12:00':>38}",
        f"    same as 2021-12-01{'2021-12-27 12:00':>38}",
    ]
    assert [shown.listing.page_of(row) for row in range(shown.count())] == [0, 1, 2, 3, 3, 3, 4, 5]
    assert shown.turn_captures(3)
    assert shown.count() == 4
    assert not shown.turn_captures(0)


def turn_a_hundred_thousand() -> None:
    shown, each = pane(100_000, 60), range(99_999, -1, -1)
    shown.pages.show(each)
    names = SourceNames()
    names.add(list(shown.pages))
    ordinals = [ordinal for at in each for ordinal in (at, -1)]
    times = list(range(20211231235959, 20211231235959 - len(ordinals), -1))
    found = Recaptures([len(ordinals)], [0] * len(ordinals), ordinals, times, [0] * len(ordinals), ("a.jsonl",))
    captures = Captures()
    finished(captures.take(found, shown.pages, names))
    folded(shown, captures)
    assert shown.count() == 1
    for rows in (200_000, 1):
        assert shown.turn_captures(0)
        assert shown.count() == rows
    shown.turn_captures(0)
    shown.go_to(150_001)
    assert [type(shown.listing[row]) for row in (0, 1, 150_000, 199_999)] == [PageRow, RevisitRow] * 2
    assert all(shown.paint(y).text for y in range(20))


def test_a_hundred_thousand_captures_of_an_address_are_unfolded_as_fast_as_their_revisits_are_drawn() -> None:
    assert bounded.call(turn_a_hundred_thousand, cpu_s=15).returncode == 0


def test_what_was_found_in_a_folded_capture_stands_below_the_row_that_stands_for_it() -> None:
    shown = captured(pane(6), [1, 2, 3], revisits=1)
    shown.unfold(2, replace(plain(Ref("a.jsonl", 2), "x"), headlines=Rows(Headline, FOUND[:1])))
    rows = [PageRow(0), PageRow(1), GroupRow("related", "related", 1), FoundRow(FOUND[0]), PageRow(4), PageRow(5)]
    assert [shown.listing[row] for row in range(shown.count())] == rows
    assert drawn(shown)[1].startswith("▸ #1")
    assert shown.listing.find(FoundRow(FOUND[0])) == 3
    assert shown.listing.group_of(3) == (rows[2], 1)
    shown.turn_captures(2)
    assert [type(shown.listing[row]) for row in range(shown.count())] == [
        *[PageRow] * 3,
        *(GroupRow, FoundRow, PageRow, RevisitRow),
        *[PageRow] * 2,
    ]
    assert drawn(shown)[2].startswith("▸ #2")


def test_what_is_searched_for_in_a_folded_capture_is_found_in_the_row_that_stands_for_it() -> None:
    shown = captured(pane(6), [1, 2, 3])
    shown.learn({at: Preview(shown.pages[at], "Ferry" if at in (2, 3) else f"Page {at}") for at in range(6)})
    shown.search(Query("ferry"), 1)
    assert (shown.hits, shown.cursor, shown.hits_text()) == ([1], 1, "1/1")
    shown.turn_captures(1)
    assert shown.hits == [2, 3]


def test_what_is_folded_below_the_last_row_that_is_selected_is_selected_too() -> None:
    shown = captured(pane(8), [1, 2, 3], [5, 6])
    shown.select()
    assert (shown.selected(), shown.ends()) == (range(1), None)
    for row, selected, ends in ((1, range(4), (0, 1)), (2, range(5), (0, 4)), (3, range(7), (0, 5))):
        shown.go_to(row)
        assert (shown.selected(), shown.ends()) == (selected, ends)


@pytest.mark.parametrize(
    ("row", "selected", "ends"), [(4, range(1, 5), (1, 4)), (2, range(1, 4), None), (0, range(4), (0, 1))]
)
def test_the_row_that_stands_for_captures_is_selected_from_below_it(
    row: int, selected: range, ends: tuple[int, int] | None
) -> None:
    shown = captured(pane(6), [1, 2, 3])
    shown.unfold(2, replace(plain(Ref("a.jsonl", 2), "x"), headlines=Rows(Headline, FOUND[:1])))
    shown.go_to(3)
    assert shown.current() == FoundRow(FOUND[0])
    shown.select()
    shown.go_to(row)
    assert (shown.selected(), shown.ends()) == (selected, ends)


def test_rows_and_pages_agree_where_some_captures_are_unfolded() -> None:
    shown = captured(pane(200), [3, 4, 5], [10, 11], [50, 51, 52, 53], revisits=1)
    for index in (10, 4):
        shown.turn_captures(index)
    shown.unfold(51, replace(plain(Ref("a.jsonl", 51), "x"), headlines=Rows(Headline, FOUND)))
    rows = [shown.listing[row] for row in range(shown.count())]
    pages = [row.page for row in rows if isinstance(row, PageRow)]
    assert pages == [index for index in range(200) if index not in (51, 52, 53)]
    for row, entry in enumerate(rows):
        if isinstance(entry, PageRow):
            assert shown.listing.row_of(entry.page) == row


def test_a_page_is_found_by_its_number_wherever_it_stands_and_whatever_it_is_folded_into() -> None:
    shown = captured(pane(6), [1, 2, 3])
    shown.pages.show([5, 1, 2, 3, 0])
    folded(shown, shown._captures)
    assert [shown.index_of_number(number) for number in (5, 1, 2, 3, 0)] == [0, 1, 2, 3, 4]
    assert [shown.row_of_number(number) for number in (5, 1, 2, 3, 0)] == [0, 1, 1, 1, 2]
    assert shown.index_of_number(4) == 4
