"""All private names of Textual that the screen leans on; where a Textual hasn't got them, it draws the screen itself."""

from collections.abc import Iterator, Sequence
from inspect import iscoroutinefunction, signature
from typing import Any

from rich.console import RenderableType
from textual.app import App
from textual.driver import Driver
from textual.screen import Screen

from tui.view.early import EarlyScreen
from tui.view.terminal.driver import PatientDriver
from tui.view.terminal.lean import Patch, Terminal

try:
    from textual._xterm_parser import XTermParser
except ImportError:  # then Textual reads the keys itself
    XTermParser = None  # type: ignore[assignment,misc]

METHODS: tuple[tuple[type, str, list[str]], ...] = (
    # Takes what is to be drawn to the terminal; ours stands in its place.
    (App, "_display", ["self", "screen", "renderable"]),
    # Let a terminal that can show a long sequence at once do so.
    (App, "_begin_update", ["self"]),
    (App, "_end_update", ["self"]),
    # Draws what has changed now rather than with the next frame.
    (Screen, "_on_timer_update", ["self"]),
)
"""Each with its class and parameters."""
ATTRIBUTES: dict[str, type | tuple[type, ...]] = {
    # What writes to the terminal; its methods are public.
    "_driver": (Driver, type(None)),
    # Above 0: what changes now is drawn later, at once.
    "_batch_count": int,
    # Nothing may be written any more.
    "_closed": bool,
}
"""Of an application. The fields of what is to be drawn are read in `patches`, and nowhere else."""
PARSER: dict[str, list[str]] = {"feed": ["self", "data"], "tick": ["self"]}
"""What makes messages of keys: methods, and their parameters."""
UNREADABLE = (AttributeError, TypeError, ValueError, LookupError)
"""Raised when something has other fields than those that are known, or other values in them."""

PACKET_CHARS = 500
"""Characters, of up to three bytes, that go over a network in one piece."""


def lacking(app: App[Any]) -> tuple[str, ...]:
    """Return the names that this Textual hasn't got, or means otherwise."""
    methods = [name for owner, name, parameters in METHODS if not _takes(getattr(owner, name, None), parameters)]
    methods += [name for name, parameters in PARSER.items() if not _takes(getattr(XTermParser, name, None), parameters)]
    return (*methods, *(name for name, kind in ATTRIBUTES.items() if not isinstance(getattr(app, name, ...), kind)))


def _takes(method: Any, parameters: Sequence[str]) -> bool:
    # One parameter more, even with a default, would not reach `super()` through a method of ours.
    return callable(method) and not iscoroutinefunction(method) and [*signature(method).parameters] == parameters


def patches(update: Any) -> Iterator[Patch]:
    """Yield what a LayoutUpdate or ChopsUpdate writes where, as its own `render_segments` would.

    Raises one of `UNREADABLE` if it is neither.
    """
    if hasattr(update, "region"):
        for y, strips in enumerate(update.strips, update.region.y):
            yield update.region.x, y, [segment for strip in strips for segment in strip]
        return
    for y, x1, x2 in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x > x2 or end <= x1:
                continue
            is_whole = x2 > x >= x1 and end <= x2
            yield x, y, strip if is_whole else strip.crop(0, min(end, x2) - x)


def send(app: App[Any], sequence: str) -> bool:
    """Write to the terminal; False: there is none, or no way that is known."""
    driver = getattr(app, "_driver", None)
    if not isinstance(driver, Driver):
        return False
    driver.write(sequence)
    driver.flush()
    return True


def draw_now(screen: Screen[Any]) -> None:
    """Draw what has changed before the next frame, which may be 16 ms off; where there is no way to, it comes with that."""
    if isinstance(screen.app, LeanApp) and not screen.app.lacking:
        screen._on_timer_update()  # noqa: SLF001 - in METHODS


class LeanApp(App[int], inherit_bindings=False):
    """Sends what `Terminal` makes of what Textual draws; from what it can't read on, Textual draws."""

    terminal: Terminal | None = None
    """None: Textual draws."""

    def __init__(self, early: EarlyScreen | None = None) -> None:
        super().__init__(driver_class=PatientDriver)
        self.early = early
        """What has the terminal before the driver; None: nobody."""
        self.lacking = lacking(self)
        """Names that this Textual hasn't got; with any, `terminal` has to stay None."""

    def key_parser(self) -> Any:
        """Return what makes messages of keys; None: this Textual is lacking something."""
        return None if self.lacking else XTermParser()

    def take_over(self) -> list[Any] | None:
        """Draw from now on, on top of what is there; returns the modes of the terminal as they were, None: as they are."""
        early, self.early = self.early, None
        if early is None or early.modes is None:
            return None
        early.hand_over(is_drawn_on=True)
        if self.terminal is not None:
            self.terminal.begin(early.rows, is_kept=early.has_text)
        return early.modes

    def is_coming(self) -> bool:
        """Whether what was on the screen before is to stay, since the same comes soon."""
        raise NotImplementedError

    def show_all(self) -> None:
        """Wait no longer."""
        if self.terminal is not None and self.terminal.is_kept:
            self.terminal.is_kept = False
            self.action_repaint()

    def say_lacking(self) -> None:
        """Tell the reader that Textual draws, because of what it is lacking."""
        raise NotImplementedError

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if self.terminal is None or renderable is None or self._batch_count or self._driver is None:
            super()._display(screen, renderable)
            return
        if self.is_running and not self._closed and not self.is_headless:
            try:
                changed = list(patches(renderable))
            except UNREADABLE:
                self.terminal, self.lacking = None, (type(renderable).__name__,)
                self.call_later(self.say_lacking)
                super()._display(screen, renderable)
                return
            self.terminal.is_kept = self.terminal.is_kept and self.is_coming()
            sequence = self.terminal.update(changed, self.size)
            # What fits into a packet arrives at once anyway.
            is_long = len(sequence) > PACKET_CHARS
            if is_long:
                self._begin_update()
            self._driver.write(sequence)
            if is_long:
                self._end_update()
            self._driver.flush()
        self.post_display_hook()

    def stop_reading(self) -> None:
        """Take no keys any more: of a terminal that has vanished, Textual would read on for ever, and let nobody else work."""
        if isinstance(self._driver, PatientDriver):
            self._driver.disable_input()

    def action_repaint(self) -> None:
        """Draw the whole screen anew, whatever the terminal has made of it."""
        if self.terminal is None:
            self.screen.refresh(layout=True)
        else:
            send(self, self.terminal.repaint())
