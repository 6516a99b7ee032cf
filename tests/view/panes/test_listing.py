"""Which row of the list is what."""

import pytest
from screen_fake import page as found_in
from screen_fake import plain
from textual.geometry import Region

from tui.core.model import Headline, Preview, Ref, Rows, Twins
from tui.core.shelf import Shelf
from tui.core.values import replace
from tui.view.pagetext.query import Query
from tui.view.panes.headlines import FoundRow, GroupRow, HeadlinesPane, Listing, PageRow
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
