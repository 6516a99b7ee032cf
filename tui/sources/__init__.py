"""Bytes: one module is one format and exports it as `SOURCE`."""

from tui.sources._base import Head, Source, Tally
from tui.sources._formats import read, stored
from tui.sources._targets import runs, scan

__all__ = ["Head", "Source", "Tally", "read", "runs", "scan", "stored"]
