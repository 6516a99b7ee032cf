"""What a command writes: results on standard output, a line on standard error for each thing lost, and the exit status."""

import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.core.errors import SourceError
from tui.core.files import is_deleted
from tui.core.model import Item, Ref
from tui.core.problems import Problem, Template, is_unread
from tui.core.values import replace

if TYPE_CHECKING:
    from tui.core.answers import Skipped

NOTICE_S = 0.3
"""Seconds between two notices of how far something is."""


def say(line: str | Template) -> None:
    """Write one line to standard error; nothing in it acts on a terminal."""
    from tui.text.words.cells import visible

    print(visible(str(line)), file=sys.stderr)


def put(text: str) -> None:
    """Write text to standard output, and a line end where it has none; somebody may be waiting for it."""
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + (b"" if text.endswith("\n") else b"\n"))
    sys.stdout.buffer.flush()


class Notice:
    """A line on a terminal that says how far something is, and goes away."""

    def __init__(self, is_shown: bool) -> None:
        """`is_shown`: nothing else is being written there."""
        self._is_shown = is_shown and sys.stderr.isatty()
        self._due = time.monotonic() + NOTICE_S

    def show(self, text: str) -> None:
        """Say it, unless something was said just now."""
        if self._is_shown and time.monotonic() > self._due:
            self._due = time.monotonic() + NOTICE_S
            self._write(text)

    def end(self) -> None:
        """Take the line away."""
        if self._is_shown:
            self._write("")

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r{text}\x1b[K")
        sys.stderr.flush()


class ExitStatus:
    """What the exit status is made of."""

    def __init__(self) -> None:
        self.read = 0
        self.lost = 0

    def note(self, source: str, problems: Sequence[Problem], page: Item | None = None) -> None:
        """Count a page, and say on stderr what of it is lost: of one among many in a file by its number, or else by its place."""
        if not problems:
            self.read += 1
            return
        readable = source.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        number = _number(page) if isinstance(page, Ref) else None
        for problem in problems:
            if problem.is_quiet:
                continue
            if number is not None and problem.where in ("", source, readable) and not _says_place(problem):
                problem = replace(problem, where=f"{source} #{number}")
            is_placed = problem.where.startswith((source, readable))
            say(problem.message if is_placed else f"{source}: {problem.message}")
        self.lost += any(problem.gravity != "told" for problem in problems)
        self.read += not is_unread(problems)

    def pass_by(self, count: int) -> None:
        """Count pages that were looked at, and aren't wanted."""
        self.read += count

    def skip(self, place: str, skipped: "Skipped") -> None:
        """Count sources without any page, and say which they are, or what was passed over in `place`."""
        self.lost += len(skipped.barren)
        for target in () if skipped.sentence() else skipped.barren:
            gone, empty = "this folder has been deleted; go to another one", "no page in it; name another SOURCE"
            say(f"{target}: {gone if is_deleted(target) else empty}")
        if skipped.sentence():
            say(f"{place}: {skipped.sentence()} skipped; name a file to see why")

    @property
    def code(self) -> int:
        """The exit status."""
        if self.lost and not self.read:
            return SourceError.exit_status
        return int(self.lost > 0)


def _number(page: Ref) -> int | None:
    """The ordinal of a page that is not all of its file."""
    return page.ordinal if page.length >= 0 or page.offset or page.member is not None else None


def _says_place(problem: Problem) -> bool:
    return problem.template.startswith(("{place}", "byte {"))
