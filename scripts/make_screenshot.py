"""Take docs/screenshot.svg, the picture in the README: the program itself, on a sample page.

python scripts/make_screenshot.py
"""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.pilot import Pilot

from tui.app.services import FileNeighbours, FileOutlet, PageCollection
from tui.choosing.choices import configured
from tui.config import Config
from tui.core.model import Item
from tui.lookup.catalogue import Catalogue
from tui.notebook.ledger import StoreLedger
from tui.processes.pages import Processes
from tui.sources import Tally, scan
from tui.view.desk import Desk
from tui.view.state.services import Services
from tui.view.state.survey import Survey

ROOT = Path(__file__).parent.parent
OUT = ROOT / "docs" / "screenshot.svg"
PAGE = "0-start-here-glossed-scrape.txt"
SIZE = (150, 38)


def pages() -> Iterator[Item]:
    """The sample pages, named as a user in the checkout would name them."""
    return scan(["sample_pages"], Tally())


async def settled(pilot: Pilot[int]) -> None:
    """Wait until the workers have answered and the screen shows it."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause(0.3)


async def take() -> str:
    """Run the program headless and return its screen as SVG."""
    choice = configured(Config())
    with (
        TemporaryDirectory() as folder,
        Processes(choice.limits, choice.fetching) as processes,
    ):
        # Neither the labels nor the index of whoever takes the picture belong on it.
        ledger = StoreLedger(Path(folder) / "labels.sqlite", choice.start.labels, ["sample_pages"], None)
        client, peeker = processes.client(), processes.client(is_glancing=True)
        collection = PageCollection(peeker, Catalogue(Path(folder), choice.options, print), ["sample_pages"])
        neighbours = FileNeighbours(["sample_pages"], client)
        services = Services((client, peeker), Survey(pages), FileOutlet(), ledger, collection, neighbours)
        desk = Desk(services, choice)
        async with desk.run_test(size=SIZE) as pilot:
            await settled(pilot)
            ordinal = next(ref.ordinal for ref in pages() if ref.source.endswith(PAGE))
            await pilot.press("number_sign", *str(ordinal), "enter")
            await settled(pilot)
            await pilot.press("tab", *["right_square_bracket"] * 3)
            await settled(pilot)
            return desk.export_screenshot(title="copydesk sample_pages")


def main() -> None:
    """Write the picture. Its fonts are the reader's own: nothing is fetched to show it."""
    svg = asyncio.run(take())
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    OUT.write_text(svg, encoding="utf-8")
    print(f"{OUT.relative_to(ROOT)}: {len(svg)} characters")


if __name__ == "__main__":
    main()
