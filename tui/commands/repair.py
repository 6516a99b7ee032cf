"""The command that repairs one text, or a field of JSON lines: `copydesk repair`."""

import re
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from tui.choosing.choices import Choice
from tui.commands.options import chosen, common
from tui.commands.output import ExitStatus, say
from tui.core.errors import SourceError, UsageError
from tui.core.model import Edit, Options, Problem
from tui.core.values import replace

if TYPE_CHECKING:
    from tui.processes.process import Bounds
    from tui.text.mending.mend import Mending

_LINE_ENDS = re.compile(rb"\r\n|\r|\n")
_LF = "\n"
_UTF8_MARK = b"\xef\xbb\xbf"
_SHOWN = 60
"""Code points of an edit that an explanation shows."""


@click.command(name="repair")
@click.argument("file", default="-")
@click.option("--explain", is_flag=True, help="List each change on stderr.")
@click.option(
    "--jsonl", "field", metavar="FIELD", help="JSON lines in and out: repair this field (a.b reaches into objects)."
)
@common
def repair(file: str, explain: bool, field: str | None, **given: Any) -> int:
    """Repair text: bytes in, repaired UTF-8 out. With --jsonl, each line is a page for --at and --limit."""
    from tui.processes.process import Bounds

    choice = chosen(given)
    bounds = Bounds(choice.limits)
    try:
        with stream_of(file) as stream:
            if field is None:
                return _repair_text(stream.read(), file, choice, explain, bounds)
            return _repair_lines(stream, file, field, choice, explain, bounds)
    except MemoryError as error:
        raise bounds.outgrown() from error


def stream_of(file: str) -> BinaryIO:
    """Open a file, or standard input for `-`. Raises SourceError if that can't be."""
    from pathlib import Path

    if file == "-" and sys.stdin is None:
        raise SourceError("-: standard input is closed; name a file")
    if file == "-":
        return sys.stdin.buffer
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise SourceError(f"{file}: {error.strerror}; check the name") from error


def _repair_text(payload: bytes, file: str, choice: Choice, explain: bool, bounds: "Bounds") -> int:
    bounds.begin(file, len(payload))
    status = ExitStatus()
    for text in choice.selection.by_ordinal([(0, payload)]):
        repaired, problems, explanations = repaired_text(text, choice.options, file)
        _write(repaired, file, problems, explanations if explain else (), status)
    return int(status.lost > 0)


def _repair_lines(stream: BinaryIO, file: str, field: str, choice: Choice, explain: bool, bounds: "Bounds") -> int:
    if choice.options.charset:
        raise UsageError("--charset: JSON lines are UTF-8; leave it out, or convert the file first")
    status = ExitStatus()
    is_lossy = False
    for number, stored in choice.selection.by_ordinal((number, (number, line)) for number, line in enumerate(stream)):
        place = f"{file}:{number + 1}"
        bounds.begin(place, len(stored))
        try:
            repaired, problems, explanations = repaired_line(stored, field, choice.options, place)
        except ValueError as error:
            repaired, problems, explanations, is_lossy = stored, [], [], True
            say(f"{place}: {error}; the line is passed through unchanged")
        _write(repaired, place, problems, explanations if explain else (), status)
    return int(is_lossy or status.lost > 0)


def _write(
    repaired: bytes, place: str, problems: list[Problem], explanations: Iterable[str], status: ExitStatus
) -> None:
    sys.stdout.buffer.write(harmless(repaired) if sys.stdout.isatty() else repaired)
    status.note(place, problems)
    for line in explanations:
        say(line)


def repaired_text(payload: bytes, options: Options, name: str) -> tuple[bytes, list[Problem], Iterator[str]]:
    """Return repaired text as UTF-8 with its own line ends, what was lost, and a line of explanation for each change.

    Clean UTF-8 comes back byte for byte. UTF-16 and UTF-32 come back with `\\n` as line ends and without their mark.
    """
    from tui.text.charset.decode import decode
    from tui.text.mending.mend import mend

    decoded = decode(payload, override=options.charset)
    mended = mend(decoded.text, options)
    lines = mended.text.encode("utf-8", "replace").split(b"\n")
    ends = _LINE_ENDS.findall(payload)
    if len(ends) != len(lines) - 1 or decoded.charset.name.startswith(("utf-16", "utf-32")):
        ends = [b"\n"] * (len(lines) - 1)
    mark = _UTF8_MARK if payload.startswith(_UTF8_MARK) and decoded.charset.name == "utf-8" else b""
    repaired = mark + b"".join(part for pair in zip(lines, [*ends, b""], strict=True) for part in pair)
    return repaired, [*decoded.problems, *_placed(mended, name)], explanations(mended, name)


def repaired_line(stored: bytes, field: str, options: Options, name: str) -> tuple[bytes, list[Problem], list[str]]:
    """Return a JSON line with its field repaired, what was lost, and a line of explanation for each change.

    Raises ValueError, saying why, if the line is no JSON object or has no such field; it is to be passed on as it is.
    """
    from tui.text.mending.json_line import mend_field
    from tui.text.mending.mend import mend

    problems: list[Problem] = []
    notes: list[str] = []
    if not stored.strip():
        return stored, problems, notes

    def repaired(string: str) -> "Mending":
        mended = mend(string, options)
        problems.extend(_placed(mended, name))
        notes.extend(explanations(mended, name))
        return mended

    made = mend_field(stored.decode("utf-8", "surrogateescape"), field, repaired)
    return made.encode("utf-8", "surrogateescape"), problems, notes


def harmless(written: bytes) -> bytes:
    """UTF-8 for a terminal: controls and bidi marks become visible stand-ins, line ends stay."""
    from tui.text.words.cells import visible

    text = written.decode("utf-8", "replace").replace("\r\n", "\n")
    return "\n".join(visible(line, tabs=True) for line in text.split("\n")).encode()


def explanations(mended: "Mending", name: str) -> Iterator[str]:
    """What each repair found out, then each change (place, repair, certainty, before and after), then what it left."""
    from tui.text.words.scripts import naive_problems  # loads a list of words, which only explanations need

    for repair, plan in mended.plans:
        if plan.note:
            yield f"{name}: {repair.name}: {plan.note}"
    places = _Places(mended.text, name)
    for edit in mended.edits:
        change = f"{_steps(edit)} ({edit.certainty}): {_quoted(edit.before)} -> {_quoted(edit.after)}"
        yield f"{places.of(edit.start)}: {change}"
    yield from (each.message for each in _with_places(naive_problems(mended.text), mended.text, name))


def _placed(mended: "Mending", name: str) -> list[Problem]:
    return list(_with_places(mended.problems, mended.text, name))


def _with_places(problems: Iterable[Problem], text: str, name: str) -> Iterator[Problem]:
    """The problems in the order of the text, each with its line and column before what it says."""
    places = _Places(text, name)
    for problem in sorted(problems, key=lambda each: each.start or 0):
        if problem.start is None:
            yield problem
        else:
            yield replace(problem, where=": ".join(filter(None, (places.of(problem.start), problem.where))))


class _Places:
    """Says the line and the column of places that are asked for in their order; both count from 1."""

    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self._name = name
        self._at = 0
        self._line = 1

    def of(self, at: int) -> str:
        self._line += self._text.count("\n", self._at, at)
        self._at = at
        return f"{self._name}:{self._line}:{at - self._text.rfind(_LF, 0, at)}"


def _steps(edit: Edit) -> str:
    return ", ".join(step.repair for step in edit.steps) or edit.repair


def _quoted(text: str) -> str:
    from tui.text.words.cells import visible

    seen = visible(text)
    return f"‘{seen if len(seen) <= _SHOWN else seen[: _SHOWN - 1] + '…'}’"
