"""The Textual application around the main screen: theme, filters, signals."""

import asyncio
import gc
import os
import re
import select
import shutil
import signal
import sys
from collections.abc import Sequence
from pathlib import PurePath
from typing import ClassVar, TextIO

import textual
from textual import events
from textual.filter import LineFilter

from tui.choosing.choices import Choice
from tui.core.errors import UsageError
from tui.core.i18n import tr
from tui.view.early import EarlyScreen
from tui.view.keys import check_label_keys, keymap
from tui.view.reader import Reader
from tui.view.sheets.sheet import Sheet
from tui.view.state.services import Services
from tui.view.terminal.cell import glyphs
from tui.view.terminal.internals import LeanApp
from tui.view.terminal.lean import Terminal, color_system
from tui.view.terminal.look import THEMES, Harmless, Look, is_strong

QUIT_SIGNALS = (signal.SIGTERM, signal.SIGHUP)
MONOCHROME = re.compile(r"dumb|unknown|vt\d+$|.*-m(ono)?$")
"""Values of TERM that mean a terminal without colours."""
START_S = 1.0
"""Seconds after which what is in memory is taken to stay there."""


class Desk(LeanApp, inherit_bindings=False):
    """One screen; no palette, no mouse, no animation, no keys but those of `keys`."""

    CSS_PATH: ClassVar = PurePath(__file__).with_name("app.tcss")
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = None
    TITLE = "copydesk"

    def __init__(self, services: Services, choice: Choice, early: EarlyScreen | None = None) -> None:
        """`early` has the terminal until now. Raises UsageError if there is no theme of the name that is chosen."""
        super().__init__(early)
        config = choice.start.config
        for theme in THEMES:
            self.register_theme(theme)
        if config.theme not in self.available_themes:
            raise UsageError(f"theme {config.theme}: unknown; known are {', '.join(sorted(self.available_themes))}")
        self.theme = config.theme
        self._wants_lean = config.lean
        self._hangup: select.epoll | None = None
        self.set_keymap(keymap(config.keys))
        if choice.start.is_labelling:
            check_label_keys(services.ledger.keys, config.keys)
        self.animation_level = "none"
        term = os.environ.get("TERM", "")
        if self.console.is_dumb_terminal:
            # rich says 80x25 whatever the size is; the first layout, and if it comes late the last one, would be that.
            self.console.size = shutil.get_terminal_size()
        no_color = choice.start.no_color or self.no_color or bool(MONOCHROME.match(term))
        look = Look(
            self.get_css_variables(),
            no_color=no_color,
            is_strong=is_strong(config.theme),
            wide=config.ambiguous_wide,
        )
        if config.lean and not self.lacking:
            colors = color_system(self.console.color_system, os.environ)
            self.terminal = Terminal(colors, wide=config.ambiguous_wide, glyphs=glyphs(term))
        self._line_filters = (Harmless(),)
        self.reader = Reader(look, services, choice)

    def get_default_screen(self) -> Reader:
        """The main screen is the first and the last one."""
        return self.reader

    async def on_event(self, event: events.Event) -> None:
        """Let each key act before the next one is looked at, on the screen that is on top by then.

        Textual would hand it to the screen's queue, and let it bubble back here if it is bound: keys that are typed fast,
        or come together over a slow line, would overtake it. The 5 of `#5` would be no part of the answer, and the K
        behind the ESC that closes the list of commands would be typed into that list.
        """
        if isinstance(event, events.Key) and isinstance(self.screen, Reader | Sheet):
            await self.screen.take_key(event)
        else:
            await super().on_event(event)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Ours alone: colours are chosen in `look`, and terminals know their own."""
        return self._line_filters

    def on_mount(self) -> None:
        """Begin to look for pages, and leave in order when told to end."""
        loop = asyncio.get_running_loop()
        for number in QUIT_SIGNALS:
            loop.add_signal_handler(number, self.exit, None, 128 + number)
        if not self.is_headless:
            self._hangup = _hangup_of(sys.__stdin__)
        if self._hangup is not None:
            loop.add_reader(self._hangup.fileno(), self._hung_up)
        self.app_resume_signal.subscribe(self, lambda _app: self.action_repaint())
        self.set_timer(START_S, self._has_started)
        self.reader.browsing.looking.start()
        if self._wants_lean and self.lacking:
            self.say_lacking()

    def is_coming(self) -> bool:
        return self.screen is self.reader and self.reader.browsing.document is None

    def _has_started(self) -> None:
        """Collect garbage from now on, but never look again at what starting has made: pauses fall from 15 ms to 1."""
        gc.freeze()
        gc.enable()
        self.show_all()

    def _hung_up(self) -> None:
        """End, as if SIGHUP had come: that is sent only where the terminal controls us."""
        if self._hangup is not None:
            asyncio.get_running_loop().remove_reader(self._hangup.fileno())
        self.stop_reading()
        self.exit(None, 128 + signal.SIGHUP)

    def say_lacking(self) -> None:
        names = ", ".join(self.lacking)
        self.reader.browsing.say(
            tr(
                "Textual {version} has changed {names}; it draws the screen itself and sends more per key",
                version=textual.__version__,
                names=names,
            )
        )

    def action_leave(self) -> None:
        """Quit, whatever is on top."""
        self.exit(0)


def _hangup_of(stream: TextIO | None) -> "select.epoll | None":
    """What becomes readable when the terminal is gone; None: no system call for it here, or the stream is none."""
    if stream is None or not hasattr(select, "epoll"):
        return None
    watch = select.epoll()
    try:
        watch.register(stream.fileno(), 0)  # no events: what is told in any case is that it hung up
    except (OSError, ValueError):
        watch.close()
        return None
    return watch
