"""Where cells, items and quotations stand, as markup says it."""

import pytest

from tui.core.model import Shape
from tui.text.markup.html import parse


def cells(markup: str) -> list[tuple[str, int, int]]:
    """Text, row and column of all cells."""
    page = parse(markup)
    return [(page.text[s.start : s.end], s.row, s.column) for s in page.shapes if s.table >= 0]


def leads(markup: str) -> list[tuple[str, int, int, str]]:
    """Text, quotations, indent and marker of all lines that have any."""
    page = parse(markup)
    return [(page.text[s.start : s.end], s.quotes, s.indent, s.marker) for s in page.shapes]


def test_cells_know_their_column_behind_empty_and_spanning_ones() -> None:
    assert cells(
        "<table><tr><td rowspan=2>a<td colspan=2>b<td>c</tr><tr><td><td>d<td>e</tr><tr><td>f<td>g</tr></table>"
    ) == [("a", 0, 0), ("b", 0, 1), ("c", 0, 3), ("d", 1, 2), ("e", 1, 3), ("f", 2, 0), ("g", 2, 1)]


def test_lines_of_one_cell_share_its_place_and_rows_of_links_have_cells_too() -> None:
    assert cells("<table><tr><td>a<br>b<td>c</tr><tr><td><a href=/1>d</a><td><a href=/2>e</a></tr></table>") == [
        ("a", 0, 0),
        ("b", 0, 0),
        ("c", 0, 1),
        ("d", 1, 0),
        ("e", 1, 1),
    ]


@pytest.mark.parametrize(
    ("markup", "is_data"),
    [
        ("<tr><td>a<td>b</tr><tr><td>c<td>d</tr>", True),
        ("<tr><td>a<td>b</tr><tr><td>c</tr>", False),
        ("<tr><td>a<td>b</tr>", False),
        ("<tr><td>a</tr><tr><td>b</tr>", False),
        (f"<tr><td>a<td>b</tr><tr><td>c<td>{'d' * 600}</tr>", True),
        (f"<tr><td>a<td>b</tr><tr><td>c<td>{'d' * 601}</tr>", False),
        (f"<tr><td>a<td>b</tr><tr><td>c<td>{'d<br>' * 12}</tr>", True),
        (f"<tr><td>a<td>b</tr><tr><td>c<td>{'d<br>' * 13}</tr>", False),
        ("<tr><td>a<td>b</tr><tr><td>c<td><table><tr><td>x</table></tr>", False),
        ("<tr><td>a<td colspan=99>b</tr><tr><td>c<td>d</tr>", True),
        ("<tr><td>a<td colspan=100>b</tr><tr><td>c<td>d</tr>", False),
        (f"<tr>{'<td>x' * 101}</tr><tr><td>c<td>d</tr>", False),
    ],
)
def test_a_table_that_lays_out_a_page_has_no_cells(markup: str, is_data: bool) -> None:
    assert bool(cells(f"<table>{markup}</table>")) is is_data


@pytest.mark.parametrize(("rows", "is_data"), [(24_999, True), (25_000, False)])
def test_a_table_of_more_than_50000_cells_has_none(rows: int, is_data: bool) -> None:
    page = parse("<table><tr><td>a<td>b</tr><tr><td>c<td>d</tr></table><table>" + "<tr><td>a<td>b</tr>" * (rows - 1))
    assert len(page.shapes) == (2 * rows + 2 if is_data else 4)


def test_items_hang_their_bullets_and_numbers_before_their_first_line() -> None:
    assert leads(
        "<ul><li>a<ul><li>b</ul><p>c</ul><ol start=9><li>d<li>e<li value=3>f<li value=x>g</ol><blockquote><p>h</blockquote>"
    ) == [
        ("a", 0, 2, "•"),
        ("b", 0, 4, "◦"),
        ("c", 0, 2, ""),
        ("d", 0, 3, "9."),
        ("e", 0, 4, "10."),
        ("f", 0, 3, "3."),
        ("g", 0, 3, "4."),
        ("h", 1, 0, ""),
    ]


def test_what_nests_deep_stands_no_further_to_the_right() -> None:
    *_, (_text, _quotes, indent, marker) = leads("<ul><li>" * 40 + "deep")
    assert (indent, marker) == (24, "◦")


def test_a_place_follows_no_attribute_that_nobody_would_write() -> None:
    page = parse("<ol start=12345678><li>a</ol><ol start=²><li>b</ol>")
    assert [shape.marker for shape in page.shapes] == ["1.", "1."]
    assert parse("<p>a</p>").shapes == parse("").shapes
    assert Shape(0, 1).table == -1
