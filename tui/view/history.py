"""The pages that were read, in the order of reading, and where in them one was: to go back there, and forward again."""

from tui.model import Ref
from tui.values import dataclass
from tui.view.plan import PaneName

MOST_VISITS = 500


@dataclass(frozen=True, slots=True)
class Visit:
    """A page, and where in it and around it one was."""

    ref: Ref
    start: int = 0
    """Place in its text, in code points."""
    below: int = 0
    """Rows from the page to the cursor of the list."""
    pane: PaneName = "body"


class History:
    """Visits, one of which is the present one."""

    def __init__(self) -> None:
        self._visits: list[Visit] = []
        self._at = -1

    def arrive(self, ref: Ref) -> None:
        """A page is shown: it is the present visit, or a new one, behind which nothing comes any more."""
        if self._at >= 0 and self._visits[self._at].ref == ref:
            return
        del self._visits[self._at + 1 :]
        self._visits.append(Visit(ref))
        del self._visits[:-MOST_VISITS]
        self._at = len(self._visits) - 1

    def leave(self, visit: Visit) -> None:
        """Remember where one was in the page that is shown."""
        if self._at >= 0 and self._visits[self._at].ref == visit.ref:
            self._visits[self._at] = visit

    def look(self, step: int) -> Visit | None:
        """The visit so many steps on, or back if negative; None: there is none so far."""
        return self._visits[self._at + step] if 0 <= self._at + step < len(self._visits) else None

    def go(self, step: int) -> None:
        """Make the visit so many steps on the present one."""
        if self.look(step) is not None:
            self._at += step
