"""What is sent to the terminal makes it show what it ought to, however little that is."""

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tui.view.lean import Terminal
from tui.view.paint import strip

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


class Screen:
    """A terminal of pyte's, which knows what a real one does."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(COLUMNS, LINES)
        self.stream = pyte.Stream(self.screen)

    def cells(self) -> list[list[tuple[object, ...]]]:
        rows = [[self.screen.buffer[y][x] for x in range(COLUMNS)] for y in range(LINES)]
        return [[(c.data, c.fg, c.bold, c.underscore, c.reverse) for c in row] for row in rows]


def layout(rows: list[Strip], y: int = 0) -> LayoutUpdate:
    return LayoutUpdate([[row] for row in rows], Region(0, y, COLUMNS, len(rows)))


def blank() -> Strip:
    return strip([], COLUMNS, wide=False)


@settings(max_examples=150, deadline=None)
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


def test_partial_updates_land_where_textual_puts_them() -> None:
    terminal, shown = Terminal(ColorSystem.EIGHT_BIT, wide=False), Screen()
    shown.stream.feed(terminal.update(layout([blank()] * LINES), (COLUMNS, LINES)))
    left, right = Strip([Segment("left  ")], 6), Strip([Segment("right ")], 6)
    chops = [{0: left, 6: right}]
    shown.stream.feed(terminal.update(ChopsUpdate(chops, [(0, 6, 12)], [[6, 12]]), (COLUMNS, LINES)))
    assert shown.screen.display[0].rstrip() == "      right"


def test_ambiguous_characters_take_two_cells_where_the_terminal_says_so() -> None:
    terminal = Terminal(ColorSystem.EIGHT_BIT, wide=True)
    sent = terminal.update(layout([strip([("“a", None)], COLUMNS, wide=True)]), (COLUMNS, LINES))
    changed = terminal.update(layout([strip([("“b", None)], COLUMNS, wide=True)]), (COLUMNS, LINES))
    assert "“a" in sent
    assert changed == "\x1b[1;3Hb"
