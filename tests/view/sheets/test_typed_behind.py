"""Keys that come together act one after the other, each on what the one before has left on top."""

import pytest
from shown import shown

from tui.view.reader import Reader


@pytest.mark.parametrize("opener", ["colon", "h", "D", "O", "Y", "s"])
async def test_a_key_behind_the_one_that_closes_a_sheet_is_for_what_lies_below(opener: str) -> None:
    async with shown() as screen:
        await screen.press("J", "J", opener)
        assert not isinstance(screen.desk.screen, Reader)
        await screen.press("escape", "K")
        assert "2 of 5" in screen.status
        assert isinstance(screen.desk.screen, Reader)


async def test_a_command_that_is_chosen_runs_before_the_key_behind_it() -> None:
    async with shown() as screen:
        await screen.press("colon", *"next page", "enter", "tab")
        assert "2 of 5" in screen.status
        assert screen.reader.panes.active_name == "body"
