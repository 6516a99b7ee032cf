"""What can be copied is what is offered, then the page in each form."""

import pytest

from tui.view.sheets.taking import copy_sheet, save_sheet
from tui.view.terminal.look import Look

LOOK = Look({}, no_color=True)


@pytest.mark.parametrize(("row", "chosen"), [(0, ("title", "Rain")), (1, ("URL", "/1")), (2, "markdown"), (5, "json")])
def test_behind_what_is_offered_come_the_forms(row: int, chosen: tuple[str, str] | str) -> None:
    sheet = copy_sheet(LOOK, [("title", "Rain"), ("URL", "/1")])
    assert sheet.chosen(row) == chosen


def test_a_page_is_saved_in_the_form_of_its_row() -> None:
    assert save_sheet(LOOK, ("markdown", "text")).chosen(1) == "text"
