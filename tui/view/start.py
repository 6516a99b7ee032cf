"""The way in for the command line: importing this costs nothing, Textual comes with the call."""

import gc
import os
from collections.abc import Callable, Iterator

from tui.core.i18n import Language, use
from tui.core.model import Options
from tui.core.questions import Asker
from tui.core.shelf import Pages
from tui.core.values import dataclass
from tui.view.state.services import Services


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose for the screen, in the configuration or on the command line."""

    theme: str = "ansi-dark"
    """Name of a Textual theme. The ansi themes use the terminal's own colours and cost the fewest bytes."""
    ambiguous_wide: bool = False
    """Characters of ambiguous width (quotes, arrows, Greek in CJK fonts) take two cells."""
    no_color: bool = False
    """Only bold, dim, underline and reverse. NO_COLOR and TERM=dumb in the environment mean the same."""
    mouse: bool = False
    """Let the program have the mouse; the terminal's own selection then needs SHIFT."""
    lean: bool = True
    """Send only what has changed; else what Textual itself would."""
    labelling: bool = False
    """The key of a label gives it to the page and goes on to the next."""
    keys: tuple[tuple[str, str], ...] = ()
    """Commands, and the keys that run them instead of their own, as they are printed: `J`, `Ctrl-N`, `PgDn`."""
    language: Language = "en"
    """What the screen speaks."""


def run(
    scan: Callable[[], Iterator[Pages]],
    clients: tuple[Asker, Asker],
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
    services.survey.begin(scan)
    from tui.view.desk import Desk  # imports Textual, 0.3 s

    desk = Desk(scan, clients, services, options, settings)
    desk.run(mouse=settings.mouse)
    return desk.return_code or 0
