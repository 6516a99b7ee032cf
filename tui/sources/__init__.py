"""Bytes: from a place or a name that the user gave to pages. `formats` has a module for each format.

What bytes mean as text is none of its business.
"""

from tui.sources.base import Aside, Head, Source, Tally, Watch, tell_passed
from tui.sources.dispatch import read, stored
from tui.sources.scanning.counting import bounded
from tui.sources.scanning.growth import remembered, renewed, replaced
from tui.sources.scanning.targets import Progress, look_again, runs, scan
from tui.sources.streams.opening import tell_way
from tui.sources.streams.remote import allow_remote

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
