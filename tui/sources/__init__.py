"""Bytes: one module is one format and exports it as `SOURCE`."""

from tui.sources._base import Aside, Head, Source, Tally, Watch
from tui.sources._following import follow
from tui.sources._formats import read, stored
from tui.sources._growth import changed, remembered
from tui.sources._progress import Progress
from tui.sources._streams import tell_way
from tui.sources._targets import runs, scan

__all__ = [
    "Aside",
    "Head",
    "Progress",
    "Source",
    "Tally",
    "Watch",
    "changed",
    "follow",
    "read",
    "remembered",
    "runs",
    "scan",
    "stored",
    "tell_way",
]
