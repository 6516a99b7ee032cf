"""What the user chose for the screen."""

from tui.core.i18n import Language
from tui.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """In the configuration or on the command line."""

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
