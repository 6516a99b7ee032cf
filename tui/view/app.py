"""The way in for the command line: importing this costs nothing, Textual comes with the call."""

from collections.abc import Callable, Iterator

from tui.model import Options, Ref
from tui.view.client import Client
from tui.view.settings import Settings


def run(scan: Callable[[], Iterator[Ref]], client: Client, peeker: Client, options: Options, settings: Settings) -> int:
    """Show the pages that `scan` finds until the user quits; returns the exit status, 128 + n after signal n.

    `scan` runs in a thread; a CopydeskError of its is shown. `client` opens pages, `peeker` finds out their titles.
    """
    from tui.view.desk import Desk  # imports Textual, 0.3 s

    desk = Desk(scan, (client, peeker), options, settings)
    desk.run(mouse=settings.mouse)
    return desk.return_code or 0
