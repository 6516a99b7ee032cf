"""Lines of CSV that may be opened in a spreadsheet: what a page or a label says is never run there."""

import csv
import io
import re
from collections.abc import Iterable

_RUN = re.compile(
    r"'*+[=+\-@\t\r\n\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}]"
)
"""How a cell begins that spreadsheets take for a formula, and what `harmless` has made of such a cell."""


def csv_line(values: Iterable[object]) -> bytes:
    """Return a line of CSV in UTF-8, its cells harmless. A lone surrogate becomes `?`."""
    line = io.StringIO()
    csv.writer(line).writerow(harmless(value) if isinstance(value, str) else value for value in values)
    return line.getvalue().removesuffix("\r\n").encode("utf-8", "replace") + b"\n"


def harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run, as OWASP's "CSV Injection" says; `as_meant` takes it away.

    >>> harmless("=1+1"), harmless("'=1+1"), harmless("'tis"), harmless("7")
    ("'=1+1", "''=1+1", "'tis", '7')
    """
    return f"'{cell}" if _RUN.match(cell) else cell


def as_meant(cell: str) -> str:
    """Return the cell of which `harmless` made this one.

    >>> as_meant("'=1+1"), as_meant("''=1+1"), as_meant("'tis")
    ('=1+1', "'=1+1", "'tis")
    """
    return cell[1:] if cell[:1] == "'" and _RUN.match(cell) else cell
