"""Bytes: from a place or a name that the user gave to pages. `formats` has a module for each format.

What bytes mean as text is asked of `tui.text.charset`, where records can't be parted before.
"""

from tui.sources.base import Aside, Format, Head
from tui.sources.dispatch import fields, fields_of, read, stored
from tui.sources.scanning.captures import CaptureNotes
from tui.sources.scanning.growth import Observer, renewed, replaced
from tui.sources.scanning.scanner import Scanner, reach, scan
from tui.sources.scanning.targets import Tally
from tui.sources.streams.files import begin_steps, report_steps
from tui.sources.streams.opening import report_seeks
from tui.sources.streams.remote import allow_remote
from tui.sources.streams.windows import Turns, share

__all__ = [
    "Aside",
    "CaptureNotes",
    "Format",
    "Head",
    "Observer",
    "Scanner",
    "Tally",
    "Turns",
    "allow_remote",
    "begin_steps",
    "fields",
    "fields_of",
    "reach",
    "read",
    "renewed",
    "replaced",
    "report_seeks",
    "report_steps",
    "scan",
    "share",
    "stored",
]
