"""Where one is in the text of a page: how far down, at which repair, in which row."""

from dataclasses import replace

import pytest
from screen_fake import plain
from textual.geometry import Region

from tui.core.model import Block, Charset, Document, Edit, Original, Ref, Rows, Shape, Span
from tui.view.pagetext.query import Query
from tui.view.panes.body import BodyPane
from tui.view.terminal.look import Look

REF = Ref("a.html", 0, "html")
LINES = "aa\nbb\ncc\ndd\n"


def body(columns: int = 40, rows: int = 10) -> BodyPane:
    """A pane with room for so many rows of text below its header."""
    pane = BodyPane(Look({}, no_color=True), 80)
    pane.put(Region(0, 0, columns, rows + 1), is_beside=False)
    return pane


def mended(*places: int) -> Document:
    """A page of four lines of two characters, with repairs at these."""
    edits = [Edit(at, at + 1, "x", LINES[at], "entities") for at in places]
    return replace(plain(REF, LINES), edits=Rows(Edit, edits))


@pytest.mark.parametrize(
    ("text", "line", "percent"),
    [
        ("x\n" * 100, 1, 9),
        ("x\n" * 100, 2, 9),
        ("x\n" * 100, 50, 55),
        ("x\n" * 100, 96, 100),
        ("x\n" * 11, 1, 86),
        ("x\n" * 10, 1, 100),
        ("x\n" * 10 + "y", 1, 90),
        ("", 1, 100),
    ],
)
def test_percent_say_how_much_lies_above_the_lower_edge(text: str, line: int, percent: int) -> None:
    pane = body()
    pane.say(text)
    pane.move("top", line)
    assert pane.percent() == percent


@pytest.mark.parametrize(("columns", "row"), [(1, "x" * 8), (11, "x" * 8), (12, "x" * 9)])
def test_rows_have_eight_cells_however_narrow_the_pane_is(columns: int, row: str) -> None:
    pane = body(columns)
    pane.say("x" * 99)
    assert pane.rows_in_sight()[0].text == row


@pytest.mark.parametrize(
    ("line", "steps", "numbers"),
    [
        (1, [1, 1, 1], [1, 2, 3]),
        (1, [2, 1, -1], [2, 3, 2]),
        (1, [-1, 1], [4, 1]),
        (3, [1, -2], [3, 1]),
        (3, [2], [4]),
        (3, [-1, -1, -1], [2, 1, 4]),
        (3, [-2], [1]),
        (4, [1, 1], [4, 1]),
        (4, [3], [2]),
    ],
)
def test_repairs_are_gone_to_from_the_line_that_is_read_and_around_the_ends(
    line: int, steps: list[int], numbers: list[int]
) -> None:
    pane = body()
    pane.show(mended(0, 3, 6, 9))
    pane.move("top", line)
    found = [pane.go_to_edit(step) for step in steps]
    assert [each and each[:2] for each in found] == [(number, 4) for number in numbers]


@pytest.mark.parametrize(("line", "index"), [(1, 0), (2, 0), (3, 1), (4, 1)])
def test_the_repair_in_sight_is_the_next_one_or_else_the_last(line: int, index: int) -> None:
    pane = body()
    pane.show(mended(3, 6))
    pane.move("top", line)
    assert pane.edit_in_sight() == index


def test_the_character_that_is_meant_is_the_first_of_the_line_or_that_of_the_repair_gone_to() -> None:
    pane = body()
    pane.show(mended(1, 7))
    assert pane.place() == 0
    pane.go_to_edit(1)
    assert pane.place() == 1
    pane.move("down", 1)
    assert pane.place() == 3
    pane.show(replace(mended(1), title="Head"))
    pane.move("top", None)
    assert pane.place() == -len("Head\n")


def test_a_hit_is_what_is_meant_while_its_line_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    pane = body()
    monkeypatch.setattr(pane, "_count_on", lambda: None)
    pane.show(mended(0, 1, 6))
    assert pane.place() == 0
    pane.search(Query("a"), 1)
    pane.next_hit(1)
    assert (pane.here(), pane.place()) == (0, 1)
    assert [(pane.go_to_edit(1) or (0,))[0] for _ in range(2)] == [2, 3]
    pane.next_hit(-1)
    assert pane.place() == 1
    pane.move("down", 1)
    assert pane.place() == 3


@pytest.mark.parametrize(("line", "inside"), [(1, ["/a"]), (2, ["/b", "/c"]), (3, [])])
def test_links_of_a_line_are_those_that_begin_in_it(line: int, inside: list[str]) -> None:
    spans = [
        Span(0, 2, "link", "/a"),
        Span(3, 4, "link", "/b"),
        Span(4, 6, "link", "/c"),
        Span(6, 6, "link", "/empty"),
        Span(6, 7, "image", "/d"),
    ]
    pane = body()
    pane.show(replace(plain(REF, LINES), spans=Rows(Span, spans)))
    pane.move("top", line)
    assert list(pane.links(in_line=True).values()) == inside
    assert list(pane.links().values()) == ["/a", "/b", "/c"]


@pytest.mark.parametrize(("offset", "is_folded"), [(2, True), (3, False), (7, False), (8, True), (9, True)])
def test_furniture_is_unfolded_where_one_goes_into_it(offset: int, is_folded: bool) -> None:
    kinds = ("body", "boiler", "boiler", "body")
    blocks = [Block(kind, at * 3, at * 3 + 2) for at, kind in enumerate(kinds)]  # type: ignore[arg-type]
    pane = body()
    pane.show(replace(plain(REF, LINES), blocks=Rows(Block, blocks)))
    pane.fold()
    assert "2 lines of menus and footers" in "".join(row.text for row in pane.rows_in_sight())
    pane.go_to_offset(offset)
    assert ("2 lines of menus and footers" in "".join(row.text for row in pane.rows_in_sight())) is is_folded


def test_a_table_wider_than_the_pane_scrolls_by_columns_and_to_what_is_looked_for() -> None:
    rows = ["departure\tarrival\tremarks", "six\tseven\tbicycles"]
    text = "\n".join(rows)
    shapes, at = [], 0
    for number, row in enumerate(rows):
        for column, cell in enumerate(row.split("\t")):
            shapes.append(Shape(at, at + len(cell), table=1, row=number, column=column, is_head=number == 0))
            at += len(cell) + 1
    pane = body(columns=20)
    pane.show(replace(plain(REF, text), shapes=Rows(Shape, shapes)))
    assert [pane.paint(y).text.rstrip() for y in range(3)] == [
        "  departure  arriva",
        "  ─────────  ──────",
        "  six        seven",
    ]
    assert pane.has_wide_table()
    assert pane.go_to_column(1) == ""
    assert [pane.paint(y).text.rstrip() for y in (0, 2)] == ["  arrival  remarks", "  seven    bicycles"]
    assert pane.go_to_column(1) != ""
    assert pane.go_to_column(-1) == ""
    assert pane.go_to_column(-1) != ""
    pane.go_to_offset(text.index("bicycles"))
    assert pane.paint(2).text.strip() == "bicycles"
    pane.go_to_offset(text.index("six"))
    assert pane.paint(2).text.strip() == "six        seven"


@pytest.mark.parametrize(
    ("columns", "cells", "start", "size"),
    [(83, None, 2, 80), (84, None, 2, 80), (103, None, 12, 80), (103, 60, 22, 60), (103, 19, 42, 20), (50, 60, 2, 47)],
)
def test_text_is_wrapped_to_its_width_and_stands_in_the_midst(
    columns: int, cells: int | None, start: int, size: int
) -> None:
    pane = body(columns)
    pane.show(plain(REF, "x" * 400))
    if cells:
        pane.widen(cells)
    first, second = (pane.paint(y).text for y in (0, 1))
    assert first == second == (" " * start + "x" * size).ljust(columns)
    assert pane.render_line(1).text.index("▸") == pane.mark_column == start - 2


def test_text_is_as_wide_as_the_pane_on_demand_and_back() -> None:
    pane = body(203)
    pane.show(plain(REF, "x" * 400))
    assert len(pane.rows_in_sight()[0].text) == 80
    assert pane.widen(None) == "text fills the pane"
    assert len(pane.rows_in_sight()[0].text) == 200
    assert pane.widen(None) == "text is at most 80 cells wide"
    assert len(pane.rows_in_sight()[0].text) == 80


@pytest.mark.parametrize(
    ("moved_to", "step", "line"),
    [(None, 1, 2), (None, -1, 5), (0, 1, 2), (3, 1, 4), (4, 1, 4), (5, 1, 5), (3, -1, 2), (1, 1, 2), (1, -1, 0)],
)
def test_the_next_hit_is_the_one_behind_the_last_or_behind_where_one_went(
    moved_to: int | None, step: int, line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = body()
    monkeypatch.setattr(pane, "_count_on", lambda: None)
    pane.say("aa\nbb\naa\ncc\naa\naa\n")
    pane.search(Query("aa"), 1)
    assert pane.here() == 0
    if moved_to is not None:
        pane.go_to_offset(3 * moved_to)
    pane.next_hit(step)
    assert pane.here() == 3 * line


def test_a_title_out_of_sight_stands_beside_the_name_of_the_pane_and_gives_way_to_the_others() -> None:
    pane, other = body(rows=2), body()
    pane.show(replace(plain(REF, "Title\n" + LINES), title="Harrow Quay ferries", language="en", type="article"))
    pane.is_active = True
    assert pane.header(60) == "[Body]                                    article · English "
    pane.move("scroll_down", 2)
    assert pane.header(60) == "[Body]  Harrow Quay ferries               article · English "
    pane.named_beside = (pane, other)
    assert pane.header(44) == "[Body]  Harrow Qu…   Body article · English "
    assert pane.header(42) == "[Body]   Body           article · English "
    assert pane.header(24) == "[Body]   Body           "


@pytest.mark.parametrize(("place", "marked", "above"), [(3 * 60, 60, 3), (0, 0, 0), (-1, 50, 3)])
def test_the_source_is_shown_where_the_place_is_in_it_or_at_the_same_part(place: int, marked: int, above: int) -> None:
    pane = body(rows=10)
    pane.show(plain(REF, LINES * 10))
    pane.move("top", 21)
    assert pane.sight.at == 3
    source = LINES * 25
    raw = source.encode()
    pane.show_source(Original(REF, raw, raw, "text/plain", Charset("utf-8", "default"), source, place=place))
    assert (pane.here(), pane.sight.at) == (3 * marked, above)
    pane.show_source(None)
    assert pane.here() == 3 * 20
