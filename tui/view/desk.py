"""The Textual application around the main screen: theme, filters, signals."""

import asyncio
import gc
import os
import re
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath
from typing import ClassVar

from rich.console import RenderableType
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.filter import LineFilter
from textual.screen import Screen

from tui.core.errors import UsageError
from tui.core.model import Options
from tui.core.questions import Asker
from tui.core.shelf import Pages
from tui.view.keys import keymap
from tui.view.reader import Reader
from tui.view.settings import Settings
from tui.view.sheets.sheet import Sheet
from tui.view.state.plan import Box
from tui.view.state.services import Services
from tui.view.terminal.lean import Terminal, glyphs
from tui.view.terminal.look import THEMES, Look, is_strong
from tui.view.terminal.paint import Harmless

QUIT_SIGNALS = (signal.SIGTERM, signal.SIGHUP)
MONOCHROME = re.compile(r"dumb|unknown|vt\d+$|.*-m(ono)?$")
"""Values of TERM that mean a terminal without colours."""
PACKET_CHARS = 500
"""Characters, of up to three bytes, that go over a network in one piece."""
START_S = 1.0
"""Seconds after which what is in memory is taken to stay there."""


class Desk(App[int], inherit_bindings=False):
    """One screen; no palette, no mouse, no animation, no keys but those of `keys`."""

    CSS_PATH: ClassVar = PurePath(__file__).with_name("app.tcss")
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = None
    TITLE = "copydesk"

    def __init__(
        self,
        scan: Callable[[], Iterator[Pages]],
        clients: tuple[Asker, Asker],
        services: Services,
        options: Options,
        settings: Settings,
    ) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        if settings.theme not in self.available_themes:
            raise UsageError(f"theme {settings.theme}: unknown; known are {', '.join(sorted(self.available_themes))}")
        self.theme = settings.theme
        self.set_keymap(keymap(settings.keys))
        self.animation_level = "none"
        term = os.environ.get("TERM", "")
        if self.console.is_dumb_terminal:
            # rich says 80x25 whatever the size is; the first layout, and if it comes late the last one, would be that.
            self.console.size = shutil.get_terminal_size()
        no_color = settings.no_color or self.no_color or bool(MONOCHROME.match(term))
        look = Look(
            self.get_css_variables(),
            no_color=no_color,
            is_strong=is_strong(settings.theme),
            wide=settings.ambiguous_wide,
        )
        # `Console._color_system` has no public name that keeps its type.
        colors = self.console._color_system  # noqa: SLF001
        self._terminal = Terminal(colors, wide=settings.ambiguous_wide, glyphs=glyphs(term))
        self._is_lean = settings.lean
        self._scan = scan
        self._line_filters = (Harmless(),)
        self.reader = Reader(look, settings, clients, services, options)

    def get_default_screen(self) -> Reader:
        """The main screen is the first and the last one."""
        return self.reader

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Ours alone: colours are chosen in `look`, and terminals know their own."""
        return self._line_filters

    def on_mount(self) -> None:
        """Begin to look for pages, and leave in order when told to end."""
        loop = asyncio.get_running_loop()
        for number in QUIT_SIGNALS:
            loop.add_signal_handler(number, self.exit, None, 128 + number)
        self.app_resume_signal.subscribe(self, lambda _app: self.action_repaint())
        self.set_timer(START_S, _collect_again)
        self.reader.browsing.looking.start(self._scan)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Send what changed. As in Textual 8.2.8, whose pin in pyproject.toml this is the reason for."""
        driver = self._driver
        if (
            not self._is_lean
            or not isinstance(renderable, LayoutUpdate | ChopsUpdate)
            or self._batch_count
            or not driver
        ):
            super()._display(screen, renderable)
            return
        if self._running and not self._closed and not self.is_headless:
            sequence = self._terminal.update(renderable, self.size, self.boxes(screen))
            # What fits into a packet arrives at once anyway.
            is_long = len(sequence) > PACKET_CHARS
            if is_long:
                self._begin_update()
            driver.write(sequence)
            if is_long:
                self._end_update()
            driver.flush()
        self.post_display_hook()

    @staticmethod
    def boxes(screen: Screen[object]) -> list[Box]:
        """Where rows of a screen may move as a whole."""
        return screen.boxes() if isinstance(screen, Reader | Sheet) else []

    def action_repaint(self) -> None:
        """Draw the whole screen anew, whatever the terminal has made of it."""
        if self._driver is None:
            return
        if self._is_lean:
            self._driver.write(self._terminal.repaint())
            self._driver.flush()
        else:
            self.screen.refresh(layout=True)

    def action_leave(self) -> None:
        """Quit, whatever is on top."""
        self.exit(0)


def _collect_again() -> None:
    """Collect garbage from now on, but never look again at what starting has made: pauses fall from 15 ms to 1."""
    gc.freeze()
    gc.enable()
