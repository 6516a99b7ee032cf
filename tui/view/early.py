"""The terminal from the first moment on: keys wait for the screen, and the first page's text is there before Textual.

Importing Textual takes four times as long as reading a page. Nothing here imports it.
"""

import array
import fcntl
import os
import select
import signal
import sys
import termios
import threading
from collections.abc import Mapping
from contextlib import suppress
from types import FrameType
from typing import Any, NoReturn, Self

from tui.config import Config
from tui.core.model import Document
from tui.text.words.cells import visible, width
from tui.view.pagetext.rows import Row
from tui.view.pagetext.sight import Sight
from tui.view.pagetext.text import PageText
from tui.view.panes.plan import Box, arrange
from tui.view.terminal.ansi import Writer
from tui.view.terminal.cell import BLANK, Cell, Codes, glyphs, is_sure

OPENED = "\x1b[?1049h\x1b[?25l\x1b[m\x1b[2J"
CLOSED = "\x1b[?25h\x1b[?1049l"
SIGNALS = (signal.SIGTERM, signal.SIGHUP)
GUTTER_CELLS = 2
"""Of the body, left of the text; as many as in `textpane`, and one that stays free at the right."""
_BOLD: Codes = ("1",)
SWITCH_S = 0.0005
"""Seconds after which the thread that imports lets those go on that read and draw: a tenth of what is usual."""


class EarlyScreen:
    """Takes the terminal, shows a text on it, and hands it over; without that, leaving gives it back as it was."""

    def __init__(self, config: Config, terminal: int = 0) -> None:
        """`terminal`: a descriptor; if it leads to none, nothing is done."""
        self._config, self._terminal = config, terminal
        self.modes: list[Any] | None = None
        """Of the terminal, as they were; None: it isn't ours."""
        self.lines_typed_bytes = 0
        """What was typed before the terminal was taken, in which ENTER is a line end."""
        self.rows: list[list[Cell]] = []
        """What the screen shows."""
        self.has_text = False
        self._state = threading.Lock()
        """Guards what is on the screen, and who draws."""
        self._is_ours = self.is_handed_over = False
        self._switch_s = sys.getswitchinterval()

    def __enter__(self) -> Self:
        """Take the terminal: what is typed from now on stays, letter by letter, until the screen reads it."""
        try:
            modes = termios.tcgetattr(self._terminal)
            columns, lines = os.get_terminal_size(self._terminal)
        except (termios.error, OSError):
            return self
        if not select.select([], [self._terminal], [], 0)[1]:  # it takes nothing, and to write would be to wait
            return self
        for number in SIGNALS:
            signal.signal(number, _leave)
        self.modes = [*modes[:6], [*modes[6]]]
        modes[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
        modes[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        modes[6][termios.VMIN] = 1
        termios.tcsetattr(self._terminal, termios.TCSANOW, modes)
        typed = array.array("i", [0])
        fcntl.ioctl(self._terminal, termios.FIONREAD, typed)
        self.lines_typed_bytes = typed[0]
        self.rows = [[BLANK] * columns for _ in range(lines)]
        os.write(self._terminal, OPENED.encode())
        self._is_ours = True
        sys.setswitchinterval(SWITCH_S)
        return self

    def __exit__(self, *_: object) -> None:
        self.hand_over()
        if self.modes is None:
            return
        with suppress(OSError, termios.error):  # it has vanished
            if not self.is_handed_over:
                os.write(self._terminal, CLOSED.encode())
            termios.tcsetattr(self._terminal, termios.TCSANOW, self.modes)

    def hand_over(self, *, is_drawn_on: bool = False) -> None:
        """Draw no more; `is_drawn_on`: somebody else does, and leaves the screen."""
        sys.setswitchinterval(self._switch_s)
        with self._state:
            self._is_ours = False
            self.is_handed_over = self.is_handed_over or is_drawn_on

    def show_soon(self, document: Document) -> None:
        """Show a page's text as soon as it is laid out; whoever calls reads on meanwhile."""
        threading.Thread(target=self.show, args=(document,), name="early", daemon=True).start()

    def show(self, document: Document) -> None:
        """Show a page's text where the screen will show it."""
        lines, columns = len(self.rows), len(self.rows[0]) if self.rows else 0
        if not (self._config.lean and columns):
            return
        boxes = arrange(columns, max(lines - 1 - self._config.footer, 1), "headlines", zoomed=False)
        if "body" not in boxes:
            return
        rows, out = drawn(PageText(document), boxes["body"], self.rows, self._config), Writer()
        for y, row in enumerate(rows):
            out.turn(y, self.rows[y], row)
        with self._state:
            if self._is_ours:
                os.write(self._terminal, out.done().encode())
                self.rows, self.has_text = rows, True


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


def drawn(page: PageText, box: Box, blank: list[list[Cell]], config: Config) -> list[list[Cell]]:
    """Return the rows of a screen with a page's text in the body's box, without its colours.

    Rows about whose cells there may be two opinions stay blank.
    """
    wide, others = config.ambiguous_wide, glyphs(os.environ.get("TERM", ""))
    room = max(box.width - GUTTER_CELLS - 1, 8)
    flow, indent = page.laid_out(room, config.width, wide=wide)
    sight = Sight(flow)
    sight.fit(box.height - 1)
    sight.put(flow.place_of(page.opening()), flow.place_of(page.beginning()))
    rows, place = [row[:] for row in blank], sight.top
    for y in range(box.y + 1, min(box.bottom, len(rows))):
        row = flow.row(place)
        if row is not None:
            codes = _BOLD if page.look(row.start) in ("title", "heading") else ()
            _put(rows[y], box.x + indent + GUTTER_CELLS, box.x + box.width, row, codes, others, wide=wide)
        below = flow.move(place, 1)
        if below == place:
            break
        place = below
    return rows


def _put(
    cells: list[Cell], start: int, end: int, row: Row, codes: Codes, others: Mapping[str, str], *, wide: bool
) -> None:
    if row.columns or not row.text.isprintable() or visible(row.text) != row.text or not is_sure(row.text):
        return
    x, drawn_cells = start, list[Cell]()
    for char in row.text:
        taken = width(char, wide=wide)
        if not taken:
            return
        drawn_cells += [BLANK if char == " " else (others.get(char, char), codes), *[("", codes)] * (taken - 1)]
    x += len(drawn_cells)
    if x <= min(end, len(cells)):
        cells[start:x] = drawn_cells
