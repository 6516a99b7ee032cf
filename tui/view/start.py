"""The way in for the command line: importing this costs nothing, Textual comes with the call."""

import gc
import os
from collections.abc import Callable, Iterator

from tui.core.i18n import use
from tui.core.model import Options
from tui.core.questions import Asker
from tui.core.shelf import Pages
from tui.view.settings import Settings
from tui.view.state.services import Services


def run(
    scan: Callable[[], Iterator[Pages]],
    clients: tuple[Asker, Asker],
    services: Services,
    options: Options,
    settings: Settings,
) -> int:
    """Show the pages that `scan` finds until the user quits; returns the exit status, 128 + n after signal n.

    `scan` runs in a thread; a CopydeskError of its is shown. `clients` are the one that opens pages and the one that
    finds out their titles. Raises UsageError if there is no theme of that name.
    """
    # Collecting while everything is imported and built costs 30 ms of the start and frees nothing; `Desk` turns it on.
    gc.disable()
    # Textual looks for something to draw 60 times a second; the first screen would wait for that twice.
    os.environ.setdefault("TEXTUAL_FPS", "120")
    use(settings.language)
    services.survey.begin(scan)
    from tui.view.desk import Desk  # imports Textual, 0.3 s

    desk = Desk(scan, clients, services, options, settings)
    desk.run(mouse=settings.mouse)
    return desk.return_code or 0
