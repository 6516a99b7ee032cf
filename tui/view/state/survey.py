"""What the thread that looks for pages and the screen say to each other: found, stop, go on, look again.

It begins before Textual is there.
"""

import threading
from collections.abc import Callable, Iterable
from time import monotonic

from tui.core.answers import Changed, Completion, Recaptures
from tui.core.i18n import tr_error, tr_problem
from tui.core.model import Item, is_fetched
from tui.core.problems import Template
from tui.core.questions import rest_s
from tui.core.shelf import Pages, how_many
from tui.core.values import dataclass

FIRST_REFS = 50
MORE_REFS = 5_000
"""Single references, or runs of them, that the screen takes in without a pause."""
BATCH_S = 0.1
"""Seconds after which pages that were found are handed on, however few."""
DRAWING_S = 0.3
"""Seconds for which finding more waits at the most until the first page is on the screen, since both would be slower."""
PATIENCE_S = 2.0
"""Seconds for which an end is waited for."""


@dataclass(frozen=True, slots=True)
class Found:
    """More pages were found."""

    refs: list[Pages]


@dataclass(frozen=True, slots=True)
class Ended:
    """All pages are known, or finding them failed for the reason given."""

    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Remarked:
    """Something that copydesk keeps is damaged, and is done without."""

    words: str


Report = Found | Ended | Changed | Completion | Recaptures | Remarked
Tell = Callable[[Report, int], object]
"""Gets the number of the scan as well."""


class Survey:
    """Hands on pages as they are found: first few, then many at a time. It is a `ScanWatch` to the scan."""

    def __init__(
        self,
        scan: Callable[[], Iterable[Pages]],
        is_following: bool = False,
        progress: Callable[[], float | None] = lambda: None,
    ) -> None:
        """`scan` runs in a thread; a CopydeskError of its is told. Called again, it begins anew."""
        self._scan = scan
        self.is_following = is_following
        """Once all is found, it is looked for more."""
        self.is_over = False
        """Nothing more will come, whatever anybody wishes."""
        self.number = 0
        """Of the scan that is going on: messages of an older one mean nothing any more."""
        self.since = monotonic()
        """When it began, in seconds."""
        self._changed = threading.Condition()
        self._is_stopped = self._is_ended = self._has_rested = False
        self._has_begun = self._is_drawn = False
        self._tell: Tell | None = None
        self._batch: list[Pages] = []
        self._handed_on = self._stopped = monotonic()
        self._thread: threading.Thread | None = None
        self.progress = progress
        """Says how much of what there is has been looked through, from 0 to 1; None: nobody knows."""

    def start(self, tell: Tell) -> None:
        """Tell of what is found. If nobody has begun to look for pages, begin."""
        if self._tell is not None or self._thread is None:
            self.begin()
        with self._changed:
            self._tell = tell
            self._changed.notify_all()

    def begin(self) -> None:
        """Begin to look for pages, in a thread of its own, before there is anybody to be told."""
        self.number += 1
        self._tell = None
        self.since = self._handed_on = monotonic()
        self._batch, self._has_begun = [], False
        # No worker of Textual's: it would be waited for at the end, and a scan may wait for a pipe for ever.
        self._thread = threading.Thread(target=self._run, name="scan", daemon=True)
        self._is_stopped = self._is_ended = self._has_rested = self.is_over = False
        self._thread.start()

    def _run(self) -> None:
        trouble = ""
        try:
            for some in self._scan():
                self._take(some)
                if self._is_ended:
                    return
        except Exception as error:  # noqa: BLE001 - a fault of ours; the screen says it, else it would wait for ever
            trouble = tr_error(error)
        self.pause()
        self.is_over = True
        if not (self._is_ended or (self._has_rested and not trouble)):
            self._send(Ended(trouble))

    def _take(self, some: Pages) -> None:
        self._batch.append(some)
        is_first = not self._has_begun
        pages = sum(map(how_many, self._batch)) if is_first else len(self._batch)
        # The next page of the network may be a second away.
        is_slow = isinstance(some, Item) and is_fetched(some)
        if pages >= (FIRST_REFS if is_first else MORE_REFS) or is_slow or monotonic() - self._handed_on > BATCH_S:
            self.pause()
            if is_first:
                self._begin()
        if self._is_stopped:
            self.pause()
            with self._changed:
                self._changed.wait_for(lambda: not self._is_stopped or self._is_ended)

    def _begin(self) -> None:
        """The first pages are handed on: let them be drawn."""
        self._has_begun = True
        with self._changed:
            self._changed.wait_for(lambda: self._is_drawn or self._is_stopped or self._is_ended, DRAWING_S)
        self._handed_on = monotonic()

    def _send(self, report: Report) -> None:
        with self._changed:  # the scan may have begun before the screen was there
            self._changed.wait_for(lambda: self._tell is not None or self._is_ended)
        if self._tell is not None and not self._is_ended:
            self._tell(report, self.number)

    def pause(self) -> None:
        """Hand on what was found."""
        batch, self._batch, self._handed_on = self._batch, [], monotonic()
        if batch:
            self._send(Found(batch))

    def rest(self, look_s: float) -> bool:
        self.pause()
        if not self._has_rested:
            self._has_rested = True
            self._send(Ended())
        with self._changed:
            if self.is_following:
                self._changed.wait_for(lambda: self._is_ended or not self.is_following, rest_s(look_s))
            self._changed.wait_for(lambda: self._is_ended or self.is_following)
        return not self._is_ended

    def take_note(self, event: Changed | Completion | Recaptures) -> None:
        """Of a file that is another one by now, the user decides whether all is looked for again."""
        self.pause()  # it tells of pages that come first
        self._send(event)

    def remark(self, what: Template) -> None:
        """Tell of what is damaged and costs no page; any thread but that of the screen."""
        self._send(Remarked(tr_problem(what)))

    def drawn(self) -> None:
        """The first page is on the screen."""
        with self._changed:
            self._is_drawn = True
            self._changed.notify_all()

    def follow(self, is_following: bool) -> None:
        """Look for more from now on, or no longer."""
        self._set(is_following=is_following)

    def stop(self) -> None:
        """Wait with looking; `go_on` continues where it was."""
        self._stopped = monotonic()
        self._set(is_stopped=True)

    def go_on(self) -> None:
        """Continue."""
        self.since += monotonic() - self._stopped
        self._set(is_stopped=False)

    @property
    def is_stopped(self) -> bool:
        """Whether pages are left to be found, for which nobody looks now."""
        return self._is_stopped and not self._has_rested

    def end(self, patience_s: float = 0) -> bool:
        """Find nothing more; returns whether nobody is looking any more, after so many seconds at the most."""
        self._set(is_ended=True)
        if self._thread is not None:
            self._thread.join(patience_s)
        return self._thread is None or not self._thread.is_alive()

    def _set(
        self, is_following: bool | None = None, is_stopped: bool | None = None, is_ended: bool | None = None
    ) -> None:
        with self._changed:
            self.is_following = self.is_following if is_following is None else is_following
            self._is_stopped = self._is_stopped if is_stopped is None else is_stopped
            self._is_ended = self._is_ended if is_ended is None else is_ended
            self._changed.notify_all()
