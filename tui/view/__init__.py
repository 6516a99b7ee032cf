"""The screen: everything that knows Textual. It draws what `state` knows, and asks children for the rest.

Nothing here opens a file or looks at bytes of a page.
"""

import gc
import os

from tui.choosing.choices import Choice
from tui.core.i18n import of_locale, use
from tui.view.early import EarlyScreen
from tui.view.state.services import Services


def run(services: Services, choice: Choice, early: EarlyScreen | None = None) -> tuple[int, int]:
    """Show the pages that are found until the user quits; `early` has the terminal until then.

    Returns the exit status, 128 + n after signal n, and how many typed-ahead keys still waited for their page. Raises UsageError if there is no theme of the name that is chosen.
    """
    # Collecting while everything is imported and built costs 30 ms of the start and frees nothing; `Desk` turns it on.
    gc.disable()
    # Textual looks for something to draw 60 times a second; the first screen would wait for that twice.
    os.environ.setdefault("TEXTUAL_FPS", "120")
    use(choice.start.config.language or of_locale(os.environ))
    services.survey.begin()
    from tui.view.desk import Desk  # imports Textual, 0.3 s

    desk = Desk(services, choice, early)
    desk.run(mouse=choice.start.config.mouse)
    return desk.return_code or 0, len(desk.reader.browsing.typed_ahead)
