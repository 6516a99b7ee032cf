"""Bytes: one module is one format and exports it as `SOURCE`."""

from tui.sources._base import Aside, Head, Source, Tally, Watch, tell_passed
from tui.sources._counting import bounded
from tui.sources._formats import read, stored
from tui.sources._growth import remembered, renewed, replaced
from tui.sources._remote import allow_remote
from tui.sources._streams import tell_way
from tui.sources._targets import Progress, look_again, runs, scan

__all__ = [
    "Aside",
    "Head",
    "Progress",
    "Source",
    "Tally",
    "Watch",
    "allow_remote",
    "bounded",
    "look_again",
    "read",
    "remembered",
    "renewed",
    "replaced",
    "runs",
    "scan",
    "stored",
    "tell_passed",
    "tell_way",
]
