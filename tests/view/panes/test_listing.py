"""Which row of the list is what."""

import pytest

from tui.core.model import Headline
from tui.view.panes.headlines import FoundRow, GroupRow, Listing, PageRow

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
        GroupRow("related", 2),
        FoundRow(FOUND[0]),
        FoundRow(FOUND[2]),
        GroupRow("hot", 1),
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
