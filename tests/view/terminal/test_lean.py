"""What is sent to the terminal makes it show what it ought to, however little that is."""

from collections.abc import Iterator
from typing import Any

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pty_screen import Emulator
from pyte.screens import Char
from rich.color import ColorSystem
from rich.console import RenderableType
from rich.segment import Segment
from rich.style import Style
from screen_fake import FakeClient, refs, services
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.screen import Screen as TextualScreen
from textual.strip import Strip
from waiting import until

from tui.choosing.choices import Choice
from tui.view.desk import Desk
from tui.view.terminal.internals import patches
from tui.view.terminal.lean import Patch, Terminal
from tui.view.terminal.look import strip

COLUMNS, LINES = 24, 4
STYLES = [
    None,
    Style(bold=True),
    Style(reverse=True),
    Style(underline=True, color="red"),
    Style(dim=True, bgcolor="default"),
]

runs = st.lists(st.tuples(st.text(st.sampled_from("ab 國—é한"), max_size=14), st.sampled_from(STYLES)), max_size=4)
frames = st.lists(st.dictionaries(st.integers(0, LINES - 1), runs, max_size=LINES), min_size=1, max_size=6)


def seen(cell: Char) -> tuple[object, ...]:
    """What one sees of a cell: of a blank neither weight nor colour, unless lines or reverse video show them."""
    if cell.data == " " and not (cell.underscore or cell.reverse or cell.strikethrough):
        return " ", cell.bg
    return cell


class Screen:
    """A terminal of pyte's, which knows what a real one does."""

    def __init__(self, columns: int = COLUMNS, lines: int = LINES) -> None:
        self.screen = Emulator(columns, lines)
        self.stream = pyte.Stream(self.screen)

    def cells(self) -> list[list[tuple[object, ...]]]:
        columns, lines = self.screen.columns, self.screen.lines
        rows = [[self.screen.buffer[y][x] for x in range(columns)] for y in range(lines)]
        return [[seen(c) for c in row] for row in rows]


def layout(rows: list[Strip], y: int = 0) -> Iterator[Patch]:
    return patches(LayoutUpdate([[row] for row in rows], Region(0, y, rows[0].cell_length, len(rows))))


def blank() -> Strip:
    return strip([], COLUMNS, wide=False)


@settings(max_examples=150)
@given(frames)
def test_any_series_of_changes_leaves_what_one_full_drawing_shows(
    changes: list[dict[int, list[tuple[str, Style | None]]]],
) -> None:
    terminal, shown = Terminal(ColorSystem.EIGHT_BIT, wide=False), Screen()
    rows = [blank() for _ in range(LINES)]
    shown.stream.feed(terminal.update(layout(rows), (COLUMNS, LINES)))
    for change in changes:
        for y, parts in change.items():
            rows[y] = strip(parts, COLUMNS, wide=False)
            shown.stream.feed(terminal.update(layout([rows[y]], y), (COLUMNS, LINES)))
    anew = Screen()
    anew.stream.feed(Terminal(ColorSystem.EIGHT_BIT, wide=False).update(layout(rows), (COLUMNS, LINES)))
    assert shown.cells() == anew.cells()
    again = Screen()
    again.stream.feed("rubbish\x1b[41m on the screen" + terminal.repaint())
    assert [row.rstrip() for row in again.screen.display] == [row.rstrip() for row in shown.screen.display]


WIDE, HIGH = 60, 12
words = st.sampled_from(
    ["縣城圖書館自下週起", "延長開放時間", "Harrow Quay", "ferry stays", " ", "      ", "│ ", "e\u0301é", "▸", "한국"]
)
lines = st.lists(st.tuples(words, st.sampled_from(STYLES)), max_size=9)
screens = st.lists(lines, min_size=HIGH, max_size=HIGH)
Line = list[tuple[str, Style | None]]


@st.composite
def moved(draw: st.DrawFn, rows: list[Line]) -> list[Line]:
    """The same rows, a few of them gone, put in, or with something else at the left."""
    now = rows[:]
    for at, kind, line in draw(st.lists(st.tuples(st.integers(0, HIGH - 1), st.integers(0, 3), lines), max_size=5)):
        if kind == 0:
            now = [*now[:at], *now[at + 1 :], line]
        elif kind == 1:
            now = [*now[:at], line, *now[at:-1]]
        elif kind == 2:
            now[at] = [*line[:2], *now[at]]
        else:
            now[at] = [*now[at][:1], *now[at][3:], *line[:1]]
    return now


@settings(max_examples=60, deadline=None)
@given(screens, st.data())
def test_from_any_screen_to_any_other_the_bytes_lead_exactly_there(first: list[Line], data: st.DataObject) -> None:
    size = WIDE, HIGH
    terminal, shown = Terminal(ColorSystem.EIGHT_BIT, wide=False), Screen(*size)
    for rows in (first, data.draw(moved(first)), data.draw(moved(first)), data.draw(screens)):
        strips = [strip(line, WIDE, wide=False) for line in rows]
        sent = terminal.update(layout(strips), size)
        shown.stream.feed(sent)
        meant = Screen(*size)
        for y, line in enumerate(strips):
            looks = [(text, style or Style()) for text, style, _control in line]
            drawn = "".join(style.render(text, color_system=ColorSystem.EIGHT_BIT) for text, style in looks)
            meant.stream.feed(f"\x1b[{y + 1}H{drawn}")
        assert shown.cells() == meant.cells()


def test_what_is_shown_already_is_not_sent_again() -> None:
    terminal = Terminal(ColorSystem.EIGHT_BIT, wide=False)
    rows = [strip([("縣城圖書館", Style(bold=True))], COLUMNS, wide=False)] * LINES
    assert terminal.update(layout(rows), (COLUMNS, LINES))
    assert terminal.update(layout(rows), (COLUMNS, LINES)) == ""


def test_one_changed_character_costs_a_cursor_move_and_itself() -> None:
    terminal = Terminal(ColorSystem.EIGHT_BIT, wide=False)
    terminal.update(layout([strip([("page 12", None)], COLUMNS, wide=False)]), (COLUMNS, LINES))
    sent = terminal.update(layout([strip([("page 13", None)], COLUMNS, wide=False)]), (COLUMNS, LINES))
    assert sent == "\x1b[1;7H3"


def test_a_terminal_of_another_size_is_cleared_first() -> None:
    terminal = Terminal(ColorSystem.EIGHT_BIT, wide=False)
    rows = [blank()] * LINES
    terminal.update(layout(rows), (COLUMNS, LINES))
    assert "\x1b[2J" in terminal.update(layout(rows), (COLUMNS, LINES + 1))


def test_what_an_update_after_a_resize_leaves_out_stays() -> None:
    terminal, shown = Terminal(ColorSystem.EIGHT_BIT, wide=False), Screen()
    rows = [strip([(f"row {y} 縣", None)], COLUMNS, wide=False) for y in range(LINES - 1)]
    terminal.update(layout(rows), (COLUMNS, LINES - 1))
    shown.stream.feed(
        terminal.update(layout([strip([("last", None)], COLUMNS, wide=False)], LINES - 1), (COLUMNS, LINES))
    )
    assert [row.rstrip() for row in shown.screen.display] == ["row 0 縣", "row 1 縣", "row 2 縣", "last"]


def test_partial_updates_land_where_textual_puts_them() -> None:
    terminal, shown = Terminal(ColorSystem.EIGHT_BIT, wide=False), Screen()
    shown.stream.feed(terminal.update(layout([blank()] * LINES), (COLUMNS, LINES)))
    left, right = Strip([Segment("left  ")], 6), Strip([Segment("right ")], 6)
    chops = [{0: left, 6: right}]
    shown.stream.feed(terminal.update(patches(ChopsUpdate(chops, [(0, 6, 12)], [[6, 12]])), (COLUMNS, LINES)))
    assert shown.screen.display[0].rstrip() == "      right"


class Recorded(Desk):
    """The application, with what it would send to a terminal."""

    sent = ""
    pictures: list[str] = []  # noqa: RUF012 - each test has its own

    def _display(self, screen: TextualScreen[Any], renderable: RenderableType | None) -> None:
        if self.terminal is not None and renderable is not None and not self._batch_count:
            picture = self.terminal.update(patches(renderable), self.size)
            self.sent += picture
            self.pictures = [*self.pictures, *filter(None, [picture])]
        super()._display(screen, renderable)


@pytest.mark.parametrize("size", [(150, 30), (110, 30), (60, 20)])
async def test_what_is_sent_for_many_keys_adds_up_to_the_screen_that_textual_means(size: tuple[int, int]) -> None:
    keys = [
        "j",
        "j",
        "enter",
        "tab",
        "tab",
        "space",
        "z",
        "z",
        "slash",
        "開",
        "enter",
        "n",
        "J",
        "J",
        "h",
        "q",
        "K",
        "backslash",
        "q",
        "G",
        "g",
        "g",
        "right_square_bracket",
    ]

    client = FakeClient({1: "第一行。\n" * 300})
    desk = Recorded(services(lambda: refs(80), client), Choice())
    async with desk.run_test(size=size) as pilot:
        shown = Screen(*size)

        def is_as_meant() -> bool:
            shown.stream.feed(desk.sent)
            desk.sent = ""
            meant = Screen(*size)
            rows = desk.screen._compositor.render_strips()
            meant.stream.feed(Terminal(ColorSystem.TRUECOLOR, wide=False).update(layout(rows), size))
            return shown.screen.display == meant.screen.display

        for key in ["", *keys]:
            if key:
                await pilot.press(key)
            await desk.workers.wait_for_complete()
            await pilot.pause()
            await until(is_as_meant, f"what is meant after {key!r}")


async def test_what_lies_over_the_panes_is_drawn_once_in_the_size_it_has() -> None:
    desk = Recorded(services(lambda: refs(3), FakeClient()), Choice())
    async with desk.run_test(size=(120, 40)) as pilot:
        await desk.workers.wait_for_complete()
        await pilot.pause()
        desk.pictures = []
        await pilot.press("D")
        await pilot.pause()
        assert [("Repairs" in sent, "│" in sent) for sent in desk.pictures] == [(True, True)]


def test_ambiguous_characters_take_two_cells_where_the_terminal_says_so() -> None:
    terminal = Terminal(ColorSystem.EIGHT_BIT, wide=True)
    sent = terminal.update(layout([strip([("“a", None)], COLUMNS, wide=True)]), (COLUMNS, LINES))
    changed = terminal.update(layout([strip([("“b", None)], COLUMNS, wide=True)]), (COLUMNS, LINES))
    assert "“a" in sent
    assert changed == "\x1b[1;3Hb"


class Disagreeing(Screen):
    """A terminal that takes flags and tones of skin for two cells each, and vowel signs for none."""

    CELLS = {**dict.fromkeys("🇩🇪🏽", 2), "ि": 0}  # noqa: RUF012 - a constant

    def draw(self, sequence: str) -> None:
        """Take what is sent, with that many cells for each of them."""
        for char in sequence:
            self.stream.feed("▒" * self.CELLS[char] if char in self.CELLS else char)


def test_where_the_terminal_counts_other_cells_what_follows_stands_in_its_place() -> None:
    terminal, shown = Terminal(ColorSystem.EIGHT_BIT, wide=False), Disagreeing()
    rows = [strip([(text, None)], COLUMNS, wide=False) for text in ("a🇩🇪b|c", "👍🏽 |", "लिस|", "plain")]
    for number, row in enumerate(rows):
        shown.draw(terminal.update(layout([row], number), (COLUMNS, LINES)))
    # What takes too much is written over, what takes too little leaves a blank.
    assert [line[:8].rstrip() for line in shown.screen.display] == ["a▒▒b|c", "👍 |", "लस |", "plain"]
    shown.draw(terminal.update(layout([strip([("x", None)], COLUMNS, wide=False)], 0), (COLUMNS, LINES)))
    assert shown.screen.display[0].rstrip() == "x"


@pytest.mark.parametrize(
    ("style", "codes"),
    [
        (Style(color="rgb(1,2,3)", bgcolor="color(9)", bold=True), "1;38;2;1;2;3;101"),
        (Style(color="color(200)", underline=True), "4;38;5;200"),
        (Style(color="default", bgcolor="default", italic=True), "3"),
        (Style(color="default", bgcolor="rgb(1,2,3)"), "48;2;1;2;3"),
    ],
)
def test_colours_of_any_depth_are_sent_and_the_terminals_own_left_alone(style: Style, codes: str) -> None:
    terminal = Terminal(ColorSystem.TRUECOLOR, wide=False)
    sent = terminal.update(layout([strip([("ab", style)], COLUMNS, wide=False)]), (COLUMNS, LINES))
    assert f"\x1b[{codes}mab\x1b[m" in sent


def test_nothing_is_drawn_outside_of_the_terminal() -> None:
    terminal, shown = Terminal(ColorSystem.EIGHT_BIT, wide=False), Screen()
    outside = [(0, -1, [Segment("above")]), (0, LINES, [Segment("below")])]
    edge = [
        (COLUMNS - 1, 0, [Segment("xyz")]),
        (COLUMNS - 1, 1, [Segment("縣")]),
        (COLUMNS - 2, 2, [Segment("縣e\u0301")]),
    ]
    shown.stream.feed(terminal.update([*outside, *edge], (COLUMNS, LINES)))
    assert [line.rstrip() for line in shown.screen.display] == [
        " " * (COLUMNS - 1) + "x",
        "",
        " " * (COLUMNS - 2) + "縣",
        "",
    ]
