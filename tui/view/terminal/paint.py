"""Makes strips of cells from runs of text: the one way by which text gets onto the screen."""

import re
from collections.abc import Iterable

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip

from tui.text.words.cells import EMOJI, expand, fit, visible, width

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
