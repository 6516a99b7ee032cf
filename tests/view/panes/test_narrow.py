"""Small terminals: nothing is cut that one has to know, and no key does something unseen."""

import pytest
from shown import shown
from waiting import until


async def test_where_one_pane_has_the_screen_zoom_says_so_and_takes_no_key_to_undo() -> None:
    async with shown(size=(60, 20)) as screen:
        await screen.press("z")
        assert "only one pane fits here" in screen.status
        await screen.pilot.press("q")
        await until(lambda: screen.desk.return_code == 0)


async def test_a_zoom_that_shows_nothing_any_more_takes_no_key_either() -> None:
    async with shown() as screen:
        await screen.press("z")
        await screen.pilot.resize_terminal(60, 20)
        await screen.settle()
        await screen.pilot.press("q")
        await until(lambda: screen.desk.return_code == 0)


@pytest.mark.parametrize(
    "key", ["right_square_bracket", "e", "right_curly_bracket", "Z", "equals_sign", "greater_than_sign"]
)
async def test_what_acts_on_the_text_shows_it_first(key: str) -> None:
    async with shown(size=(60, 20)) as screen:
        assert "[Headlines]" in screen.row(0)
        await screen.press(key)
        assert "[Body]" in screen.row(0)
