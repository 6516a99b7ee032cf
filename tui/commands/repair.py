"""The command that repairs one text, or a field of JSON lines: `copydesk repair`."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from tui.choosing.choices import Choice
from tui.commands.options import chosen, common
from tui.commands.output import ExitStatus, say
from tui.core.errors import SourceError, UsageError
from tui.core.model import Problem

if TYPE_CHECKING:
    from tui.processes.process import Bounds


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
    from tui.commands import filters

    bounds.begin(file, len(payload))
    status = ExitStatus()
    for text in choice.selection.by_ordinal([(0, payload)]):
        repaired, problems, explanations = filters.text(text, choice.options, file)
        _write(repaired, file, problems, explanations if explain else (), status)
    return int(status.lost > 0)


def _repair_lines(stream: BinaryIO, file: str, field: str, choice: Choice, explain: bool, bounds: "Bounds") -> int:
    from tui.commands import filters

    if choice.options.charset:
        raise UsageError("--charset: JSON lines are UTF-8; leave it out, or convert the file first")
    status = ExitStatus()
    is_lossy = False
    for number, stored in choice.selection.by_ordinal((number, (number, line)) for number, line in enumerate(stream)):
        place = f"{file}:{number + 1}"
        bounds.begin(place, len(stored))
        try:
            repaired, problems, explanations = filters.line(stored, field, choice.options, place)
        except ValueError as error:
            repaired, problems, explanations, is_lossy = stored, [], [], True
            say(f"{place}: {error}; the line is passed through unchanged")
        _write(repaired, place, problems, explanations if explain else (), status)
    return int(is_lossy or status.lost > 0)


def _write(
    repaired: bytes, place: str, problems: list[Problem], explanations: Iterable[str], status: ExitStatus
) -> None:
    from tui.commands import filters

    sys.stdout.buffer.write(filters.harmless(repaired) if sys.stdout.isatty() else repaired)
    status.note(place, problems)
    for line in explanations:
        say(line)
