"""How things look: a style for each name, and the strips of cells that text is made into.

Colours are a theme's where there are colours; without them things differ all the same.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip
from textual.theme import Theme

from tui.text.words.cells import EMOJI, expand, fit, visible, width

THEMES = (
    Theme(
        "high-contrast",
        primary="#ffffff",
        secondary="#00ffff",
        warning="#ffff00",
        error="#ff5050",
        success="#00ff00",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#000000",
        dark=True,
    ),
    Theme(
        "high-contrast-light",
        primary="#000000",
        secondary="#00008b",
        warning="#8b0000",
        error="#b00000",
        success="#005000",
        foreground="#000000",
        background="#ffffff",
        surface="#ffffff",
        panel="#ffffff",
        dark=False,
    ),
)


def is_strong(name: str) -> bool:
    """Whether nothing may be dim in a theme."""
    return name.startswith("high-contrast")


# name: (attributes, theme variable of the colour or "", attributes without colour)
_LOOKS: dict[str, tuple[str, str, str]] = {
    "plain": ("", "", ""),
    "body": ("", "", ""),
    "post": ("", "", ""),
    "title": ("bold", "", "bold"),
    "heading": ("bold", "", "bold"),
    "subheading": ("bold italic", "", "bold italic"),
    "bold": ("bold", "", "bold"),
    "italic": ("italic", "", "italic"),
    "link": ("underline", "text-secondary", "underline"),
    "byline": ("", "text-secondary", ""),
    "caption": ("dim", "", "dim"),
    "quote": ("", "", ""),
    "list": ("", "", ""),
    "table": ("", "", ""),
    "code": ("", "text-secondary", ""),
    "headline": ("", "", ""),
    "boiler": ("dim", "", "dim"),
    "empty": ("dim", "", "dim"),
    "note": ("dim", "", "dim"),
    "label": ("", "text-secondary", ""),
    "given": ("bold", "text-success", "bold"),
    "group": ("bold", "text-secondary", "bold"),
    "found": ("", "", ""),
    "rule": ("dim", "", "dim"),
    "drawn": ("dim", "", "dim"),
    "table_head": ("bold", "", "bold"),
    "trouble": ("bold", "text-error", "bold"),
    "edit": ("", "text-success", "reverse"),
    "probable": ("bold italic", "text-warning", "reverse underline"),
    "gone": ("strike", "text-error", "reverse"),
    "removed": ("", "text-error", ""),
    "added": ("", "text-success", ""),
    "moved": ("", "text-warning", ""),
    "edit_now": ("reverse", "", "reverse"),
    "hint": ("bold reverse", "text-warning", "bold reverse"),
    "hit": ("reverse", "text-warning", "bold reverse"),
    "hit_now": ("bold reverse", "text-error", "bold reverse underline"),
    "hit_row": ("bold underline", "text-error", "bold underline"),
    "target": ("bold reverse", "", "bold reverse"),
    "selected": ("reverse", "", "reverse"),
    "caret": ("bold reverse", "text-warning", "bold reverse underline"),
    "stand_in": ("reverse", "", "dim reverse"),
    "mark": ("bold", "text-warning", "bold"),
    "mark_away": ("dim", "", "dim"),
    "picked": ("bold", "text-warning", "bold"),
    "bar": ("reverse", "", "reverse"),
    "cursor": ("reverse", "", "reverse"),
    "cursor_away": ("bold", "", "bold"),
    "header": ("bold reverse", "", "bold reverse"),
    "header_away": ("dim underline", "", "underline"),
    "status": ("reverse", "", "reverse"),
    "key": ("bold", "", "bold"),
}


_TINTS = {"code": "panel"}
"""Theme variables of what lies under a thing; themes of the terminal's own colours have none."""


class Look:
    """Styles by the names that the panes use; several names together make one style, the later ones on top."""

    def __init__(
        self, variables: Mapping[str, str], *, no_color: bool, is_strong: bool = False, wide: bool = False
    ) -> None:
        """With `no_color` only attributes are used, and they alone tell things apart; all else as in `wear`.

        `wide`: characters of ambiguous width take two cells.
        """
        self.wide, self._no_color = wide, no_color
        self.wear(variables, is_strong=is_strong)

    def wear(self, variables: Mapping[str, str], *, is_strong: bool) -> None:
        """Put a theme on, whose `variables` these are; `is_strong`: what would be dim is slanted."""
        no_color = self._no_color
        self.base = Style.null() if no_color else _page_style(variables)
        """What lies under everything; null: the terminal's own colours."""
        self._styles: dict[str, Style | None] = {}
        for name, (attributes, variable, plain) in _LOOKS.items():
            color = "" if no_color or not variable else variables.get(variable, "")
            text = plain if no_color else attributes
            if is_strong:
                text = text.replace("dim", "italic")
            style = Style.parse(text) if text else Style.null()
            if color:
                style += Style(color=Color.parse(color).rich_color)
            tint = Color.parse("transparent" if no_color else variables.get(_TINTS.get(name, ""), "transparent"))
            if tint.a and tint.ansi is None:
                style += Style(bgcolor=tint.rich_color)
            self._styles[name] = style or None
        self.style = cache(self._style)

    def _style(self, *names: str) -> Style | None:
        """The style of a thing that is all of `names`; None: as the terminal has it."""
        style: Style | None = None
        for name in names:
            more = self._styles[name]
            if more is not None:
                style = more if style is None else style + more
        return style


def _page_style(variables: Mapping[str, str]) -> Style:
    colors = [Color.parse(variables.get(name, "ansi_default")) for name in ("foreground", "background")]
    text, page = (None if color.ansi == -1 else color.rich_color for color in colors)
    return Style(color=text, bgcolor=page)


# Terminals disagree about the width of what these follow or join; without them all agree.
_SELECTORS = dict.fromkeys(range(0xFE00, 0xFE10))
_JOINED = re.compile(f"(?<=[{EMOJI}])\u200d")
RULES = {False: "\N{BOX DRAWINGS LIGHT VERTICAL}", True: "|"}
"""What stands between two panes; the proper one takes two cells where characters of ambiguous width do."""
_ACTS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def strip(runs: Iterable[tuple[str, Style | None]], cells: int, *, wide: bool, fill: Style | None = None) -> Strip:
    """Return exactly `cells` cells: the runs made visible, cut at the right, filled up with `fill`."""
    segments, room = [], cells
    for text, style in runs:
        shown = visible(text)
        taken = width(shown, wide=wide)
        if taken > room:
            shown = fit(shown, room, wide=wide)
            taken = width(shown, wide=wide)
        if shown:
            segments.append(Segment(_inked(shown), style))
        room -= taken
        if room <= 0:
            break
    if room > 0:
        segments.append(Segment(" " * room, fill))
    return Strip(segments, cells)


def expanded(runs: Iterable[tuple[str, Style | None]], *, wide: bool) -> list[tuple[str, Style | None]]:
    """Turn the tabs of a row into spaces, each according to where it stands in the whole row."""
    done, at = [], ""
    for text, style in runs:
        grown = expand(at + text, wide=wide)
        done.append((grown[len(at) :], style))
        at = grown
    return done


def _inked(text: str) -> str:
    return text if text.isascii() else _JOINED.sub("", text).translate(_SELECTORS)


class Harmless(LineFilter):
    """The second layer: whatever a widget lets through, no control and no bidi character leaves for the terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return the segments with stand-ins for characters that act; control segments are dropped."""
        return [
            Segment(visible(text), style) if _ACTS.search(text) else Segment(text, style)
            for text, style, control in segments
            if not control
        ]
