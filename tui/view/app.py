"""The way in for the command line: importing this costs nothing, Textual comes with the call."""

import gc
import os
from collections.abc import Callable, Iterator

from tui.i18n import use
from tui.model import Options, Ref
from tui.shelf import Run
from tui.view.client import Client
from tui.view.headstart import HeadStart
from tui.view.services import Services
from tui.view.settings import Settings


def run(
    scan: Callable[[], Iterator[Ref | Run]],
    clients: tuple[Client, Client],
    services: Services,
    options: Options,
    settings: Settings,
) -> int:
    """Show the pages that `scan` finds until the user quits; returns the exit status, 128 + n after signal n.

    Raises UsageError if there is no theme of that name. `scan` runs in a thread; a CopydeskError of its is shown. `clients` are the one that opens pages
    and the one that finds out their titles.
    """
    # Collecting while everything is imported and built costs 30 ms of the start and frees nothing; `Desk` turns it on.
    gc.disable()
    # Textual looks for something to draw 60 times a second; the first screen would wait for that twice.
    os.environ.setdefault("TEXTUAL_FPS", "120")
    use(settings.language)
    client, peeker = clients
    ahead = HeadStart(scan, client, options)
    from tui.view.desk import Desk  # imports Textual, 0.3 s

    desk = Desk(ahead.scan, (ahead, peeker), services, options, settings)
    desk.run(mouse=settings.mouse)
    return desk.return_code or 0
