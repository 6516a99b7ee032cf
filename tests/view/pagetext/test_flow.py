"""Rows of a text that is laid out only where somebody looks."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.view.pagetext.flow import HexFlow, Place, TextFlow, Walk


def all_rows(flow: TextFlow) -> list[str]:
    place, rows = Place(0, 0), []
    while (row := flow.row(place)) is not None:
        rows.append(row.text)
        below = flow.move(place, 1)
        if below == place:
            break
        place = below
    return rows


@given(st.text(st.sampled_from("ab 國，\n\t\x1b"), max_size=300), st.integers(4, 30))
def test_walking_down_shows_every_character_of_the_text(text: str, cells: int) -> None:
    flow = TextFlow(text, cells)
    shown = "".join(all_rows(flow))
    assert shown.replace("␛", "\x1b") == text.replace("\n", "")


@given(st.text(st.sampled_from("ab 國，\n"), max_size=300), st.integers(0, 400), st.integers(-50, 50))
def test_a_walk_back_undoes_a_walk(text: str, start: int, rows: int) -> None:
    flow = TextFlow(text, 10, gap=lambda start: start % 2 == 0)
    here = flow.move(Place(0, 0), start)
    there = flow.move(here, rows)
    if there not in (Place(0, 0), flow.last()):
        assert flow.move(there, -rows) == here


@given(st.text(st.sampled_from("ab 國，\n"), min_size=1, max_size=300), st.data())
def test_the_row_of_an_offset_holds_it(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text) - 1))
    flow = TextFlow(text, 10)
    row = flow.row(flow.place_of(offset))
    assert row is not None
    assert row.start <= offset <= row.end


def test_an_empty_row_sets_paragraphs_off_and_belongs_to_no_text() -> None:
    flow = TextFlow("one\ntwo\n", 20, gap=lambda start: start == 4)
    assert all_rows(flow) == ["one", "", "two"]
    assert flow.place_of(4) == Place(1, 1)


def test_a_line_of_twenty_million_characters_opens_and_jumps_at_once() -> None:
    text = "一行很長的文字，沒有盡頭。" * 1_600_000
    since = time.process_time()
    flow = TextFlow(text, 80)
    last = flow.row(flow.last())
    middle = flow.row(flow.place_of(len(text) // 2))
    assert last is not None
    assert middle is not None
    assert last.end == len(text)
    assert middle.start <= len(text) // 2 <= middle.end
    assert time.process_time() - since < 2  # laying all of it out takes 10 s and more


def test_lines_are_counted_as_lines_however_long_they_are() -> None:
    flow = TextFlow("x" * 10_000 + "\nsecond\nthird\n", 80)
    second, third = flow.row(flow.line(1)), flow.row(flow.line(99))
    assert second is not None
    assert third is not None
    assert (second.text, third.text) == ("second", "third")


def test_an_empty_text_has_one_empty_row() -> None:
    flow = TextFlow("", 20)
    assert all_rows(flow) == [""]
    assert flow.last() == Place(0, 0)


def test_bytes_are_shown_as_hexadecimal_with_what_is_printable() -> None:
    flow = HexFlow(b"\x00\x1b[31mABCDEFGHIJKL")
    first, second = flow.row(Place(0, 0)), flow.row(Place(1, 0))
    assert first is not None
    assert second is not None
    assert first.text == "0000000 00 1b 5b 33 31 6d 41 42  43 44 45 46 47 48 49 4a  ..[31mABCDEFGHIJ"
    assert second.text.startswith("0000010 4b 4c ")
    assert flow.row(Place(2, 0)) is None


def test_words_about_bytes_stand_above_them_and_count_as_none() -> None:
    flow = HexFlow(bytes(40), "a picture, not text", 10)
    rows = [row for number in range(7) if (row := flow.row(Place(number, 0)))]
    assert [row.text[:10].rstrip() for row in rows] == [
        "a picture,",
        "not text",
        "",
        "0000000 00",
        "0000010 00",
        "0000020 00",
    ]
    places = [(row.start, row.end, row.is_first) for row in rows]
    assert places[:3] == [(0, 0, True), (0, 0, False), (0, 0, False)]
    assert places[3:] == [(0, 16, True), (16, 32, True), (32, 40, True)]
    assert flow.last() == Place(5, 0)
    assert (flow.place_of(3), flow.place_of(16), flow.line(2), flow.move(Place(4, 0), -9)) == (
        Place(0, 0),
        Place(4, 0),
        Place(5, 0),
        Place(0, 0),
    )


def test_a_fold_is_one_row_that_says_how_much_is_in_it_and_lines_are_counted_as_before() -> None:
    flow = TextFlow("top\nmenu\nmore\nbody\nend\n", 40, folds=[(4, 13)])
    assert all_rows(flow) == ["top", "⋯ 2 lines of menus and footers (Z shows them)", "body", "end"]
    assert flow.place_of(10) == flow.place_of(4) == Place(1, 0)
    lines = [flow.row(flow.line(number)) for number in range(5)]
    assert [row and row.start for row in lines] == [0, 4, 4, 14, 19]


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("x" * 4096, 0),
        ("x" * 4097, 4096),
        ("x" * 8192, 4096),
        ("x" * 3996 + " " + "x" * 200, 3997),
        ("x" * 3995 + " " + "x" * 200, 4096),
        ("x" * 4095 + " " + "x" * 200, 4096),
    ],
)
def test_a_line_of_more_than_4096_characters_is_parted_at_a_space_near_there(text: str, piece: int) -> None:
    row = TextFlow(text, 10_000).row(TextFlow(text, 10_000).last())
    assert row is not None
    assert row.start == piece


def test_a_narrow_text_has_four_cells() -> None:
    assert all_rows(TextFlow("abcdefghij", 3)) == ["abcd", "efgh", "ij"]
    assert all_rows(TextFlow("abcdefghij", 5)) == ["abcde", "fghij"]


def test_a_row_is_the_first_of_its_line_only_where_the_line_begins() -> None:
    text = "x" * 5000 + "\ny"
    flow = TextFlow(text, 4000, gap=lambda start: True)
    rows = [flow.row(flow.place_of(offset)) for offset in (0, 4000, 4096, 5001)]
    assert [row and (row.start, row.is_first) for row in rows] == [
        (0, True),
        (4000, False),
        (4096, False),
        (5001, True),
    ]
    assert all_rows(flow).count("") == 1, "the gap before the second line"


def test_bytes_have_a_row_for_each_sixteen() -> None:
    flow = HexFlow(bytes(range(0x20, 0x30)) + b"~\x7f")
    assert (flow.last(), flow.place_of(15), flow.place_of(16)) == (Place(1, 0), Place(0, 0), Place(1, 0))
    rows = [flow.row(Place(piece, 0)) for piece in (-1, 0, 1, 2)]
    assert [row and (row.start, row.end, row.text[-2:]) for row in rows] == [None, (0, 16, "./"), (16, 18, "~."), None]
    assert HexFlow(b"x" * 16).last() == HexFlow(b"").last() == Place(0, 0)


class Counted(Walk[int]):
    """Pieces of one row, and which of them were laid out."""

    def __init__(self, pieces: int) -> None:
        super().__init__(pieces)
        self.laid_out: list[int] = []

    def lay_out(self, piece: int) -> list[int]:
        self.laid_out.append(piece)
        return [piece]


@pytest.mark.parametrize(("pieces", "anew"), [(256, []), (257, [0])])
def test_what_was_laid_out_last_is_kept(pieces: int, anew: list[int]) -> None:
    walk = Counted(pieces)
    for piece in range(pieces):
        assert walk.row(Place(piece, 0)) == piece
    for piece in (1, 2, pieces - 1, 0):
        walk.rows_of(piece)
    assert walk.laid_out[pieces:] == anew


@pytest.mark.parametrize(
    ("place", "row"),
    [
        (Place(-1, 0), None),
        (Place(0, -1), None),
        (Place(0, 0), 0),
        (Place(0, 1), None),
        (Place(2, 0), 2),
        (Place(3, 0), None),
    ],
)
def test_there_is_no_row_beyond_either_end(place: Place, row: int | None) -> None:
    assert Counted(3).row(place) == row


@pytest.mark.parametrize(
    ("start", "rows", "end"), [(0, 2, 2), (0, 3, 2), (2, -2, 0), (2, -3, 0), (1, 0, 1), (1, 1, 2), (1, -1, 0)]
)
def test_a_walk_stops_at_either_end(start: int, rows: int, end: int) -> None:
    assert Counted(3).move(Place(start, 0), rows) == Place(end, 0)


@pytest.mark.parametrize(
    ("text", "folds", "rows"),
    [
        ("a\nb\nc\nd\n", [(0, 3), (4, 7)], [0, 4]),
        ("a\nb\nc\nd\n", [(2, 5)], [0, 2, 6]),
        ("x" * 5000 + "\nb\nc", [(0, 5002)], [0, 5003]),
        ("a\n" + "x" * 5000 + "\nc", [(2, 5002)], [0, 2, 5003]),
    ],
)
def test_a_fold_takes_the_place_of_all_that_begins_in_it(
    text: str, folds: list[tuple[int, int]], rows: list[int]
) -> None:
    flow, place, starts = TextFlow(text, 9000, folds=folds), Place(0, 0), []
    while (row := flow.row(place)) is not None:
        starts.append(row.start)
        place = Place(place.piece + 1, 0)
    assert starts == rows
