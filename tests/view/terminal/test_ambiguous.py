"""Where characters of ambiguous width take two cells, nothing is pushed out of its place."""

import pytest
from screen_fake import FakeClient, refs, services
from shown import Shown

from tui.choosing.choices import Choice, Start
from tui.config import Config
from tui.text.words.cells import width
from tui.view.desk import Desk
from tui.view.sheets.sheet import Sheet


@pytest.mark.parametrize("columns", [60, 120, 160])
async def test_every_row_takes_the_cells_of_its_pane(columns: int) -> None:
    client = FakeClient()
    desk = Desk(services(lambda: refs(5), client), Choice(start=Start(Config(ambiguous_wide=True))))
    async with desk.run_test(size=(columns, 30)) as pilot:
        screen = Shown(desk, pilot)
        await screen.settle()
        for keys in (["tab"], ["tab"], ["slash", "縣", "enter"], ["D"]):
            await screen.press(*keys)
            panes = [pane for pane in screen.reader.panes.by_name.values() if pane.display]
            sheet = desk.screen
            if isinstance(sheet, Sheet):
                panes = [sheet.pane]
            for pane in panes:
                rows = [pane.render_line(y) for y in range(pane.size.height)]
                assert {width(row.text, wide=True) for row in rows} == {pane.size.width}
