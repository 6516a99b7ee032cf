"""The main screen in this very process, with pages made by hand: keys in, rows out."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager

from screen_fake import FakeClient, refs, services
from textual.pilot import Pilot

from tui.choosing.choices import Choice
from tui.core.model import Ref
from tui.view.desk import Desk
from tui.view.reader import Reader
from tui.view.sheets.sheet import Sheet

Scan = Callable[[], Iterable[Ref]]


class Shown:
    """The screen under test."""

    def __init__(self, desk: Desk, pilot: Pilot[int]) -> None:
        self.desk, self.pilot = desk, pilot

    @property
    def reader(self) -> Reader:
        return self.desk.reader

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def settle(self) -> None:
        """Until threads have ended and their messages have arrived."""
        await self.desk.workers.wait_for_complete()
        await self.pilot.pause()

    def row(self, y: int) -> str:
        """A row of the terminal, from the panes that are shown."""
        parts = []
        for pane in sorted(self.reader.panes.by_name.values(), key=lambda pane: pane.region.x):
            if pane.display and pane.region.y <= y < pane.region.bottom:
                parts.append(pane.render_line(y - pane.region.y).text)
        return "".join(parts)

    def text(self) -> str:
        """All rows, and the status line."""
        rows = [self.row(y) for y in range(self.desk.size.height - self.reader.status.size.height)]
        return "\n".join([*rows, self.status])

    def sheet_rows(self) -> list[str]:
        """The rows of the sheet that lies on top."""
        sheet = self.desk.screen
        assert isinstance(sheet, Sheet)
        return [sheet.pane.render_line(y).text.rstrip() for y in range(sheet.pane.size.height)]

    def marked(self) -> str:
        """What stands behind the mark in the body."""
        body = self.reader.panes.body
        rows = [body.render_line(y).text for y in range(1, body.size.height)]
        (row,) = [row for row in rows if row.startswith("▸")]
        return row[1:].strip()

    @property
    def status(self) -> str:
        """The rows below the panes."""
        line = self.reader.status
        return "\n".join(line.render_line(y).text for y in range(line.size.height))


@asynccontextmanager
async def shown(
    client: FakeClient | None = None, scan: Scan = lambda: refs(5), size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Shown]:
    client = client or FakeClient()

    def scanned() -> Iterator[Ref]:
        return iter(scan())

    desk = Desk(services(scanned, client), Choice())
    async with desk.run_test(size=size) as pilot:
        screen = Shown(desk, pilot)
        await pilot.pause()
        if not client.gates:
            await screen.settle()
        yield screen
