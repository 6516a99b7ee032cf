"""What pages and labels say is never run by a spreadsheet, and comes back from CSV as it was."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.export.decisions import as_meant, csv_line, harmless


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "\N{FULLWIDTH EQUALS SIGN}"])
def test_a_cell_that_would_be_run_begins_with_an_apostrophe(sign: str) -> None:
    assert harmless(f"{sign}1") == f"'{sign}1"
    assert harmless(f"'{sign}1") == f"''{sign}1"
    assert harmless(f"1{sign}") == f"1{sign}"


@given(st.text(alphabet="'=+-@\t\r\n,\"a縣", max_size=6))
def test_every_cell_comes_back(cell: str) -> None:
    (row,) = csv.reader(io.StringIO(csv_line([cell, None, 7]).decode(), newline=""))
    assert (as_meant(row[0]), row[1:]) == (cell, ["", "7"])
