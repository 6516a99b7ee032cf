"""`copydesk labels import`: the labels of another person or machine, merged into the own ones."""

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from tui import config
from tui.commands.labels import labels
from tui.commands.options import chosen, common
from tui.commands.output import ExitStatus, put, say
from tui.core.errors import SourceError

if TYPE_CHECKING:
    from tui.notebook.merging import Agreement
    from tui.notebook.store import Decision, Merge, Store


@labels.command(name="import")
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a conflict, a line each.")
@common
def _import(file: str, as_json: bool, **given: Any) -> int:
    """Take over the labels and notes of FILE, which `labels export` wrote; - is standard input.

    What a page has here already stays: where FILE says something else, the page is printed as a conflict. At the end
    comes how far both agree, on the pages that both have labelled.
    """
    from tui.notebook.merging import Agreement
    from tui.notebook.store import Store

    chosen(given)
    status, agreement = ExitStatus(), Agreement()
    added = conflicts = 0
    with _opened(file) as stream, Store(config.state_path()) as store:
        for merge in _merges(store, stream, file, status):
            agreement.count(merge.labels, merge.theirs.labels)
            added += bool((merge.theirs.labels and not merge.labels) or (merge.theirs.note and not merge.note))
            if merge.is_conflict:
                conflicts += 1
                put(_json(merge) if as_json else _line(merge))
    say(f"labels import: {_pages(added)} got labels or a note, {conflicts:,} in conflict{_agreed(agreement)}")
    return status.code


def _opened(file: str) -> Any:
    if file == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise SourceError(f"{file}: {error.strerror}; name a file that labels export wrote") from error


def _merges(store: "Store", stream: BinaryIO, file: str, status: ExitStatus) -> Iterator["Merge"]:
    from tui.notebook.merging import BATCH

    lines = _lines(stream, file, status)
    while batch := list(islice(lines, BATCH)):
        status.read += len(batch)
        yield from store.merge(batch)


def _lines(stream: BinaryIO, file: str, status: ExitStatus) -> Iterator["Decision"]:
    from tui.notebook.merging import read

    for number, decision in read(stream):
        if decision is None:
            say(f"{file}: line {number:,} is none that labels export wrote; it was left out")
            status.lost += 1
        else:
            yield decision


def _line(merge: "Merge") -> str:
    from tui.text.words.cells import visible

    theirs = merge.theirs
    place = f"{theirs.page.ref.source} #{theirs.page.ref.ordinal}"
    ours = f"here {' '.join(merge.labels) or '-'}, there {' '.join(theirs.labels) or '-'}"
    notes = f"here ‘{merge.note}’, there ‘{theirs.note}’" if merge.note and theirs.note != merge.note else ""
    return "\t".join(visible(part) for part in (place, ours, theirs.page.title, notes) if part)


def _json(merge: "Merge") -> str:
    from tui.export.documents import to_json

    theirs = merge.theirs
    return to_json(
        {
            "sha256": theirs.page.key,
            "source": theirs.page.ref.source,
            "ordinal": theirs.page.ref.ordinal,
            "title": theirs.page.title,
            "here": {"labels": list(merge.labels), "note": merge.note},
            "there": {"labels": list(theirs.labels), "note": theirs.note},
        }
    )


def _agreed(agreement: "Agreement") -> str:
    if not agreement.both:
        return "; no page was labelled by both"
    chance = f", kappa {agreement.kappa:.2f}" if agreement.kappa is not None else ""
    return f"; {agreement.alike:,} of {_pages(agreement.both)} alike ({agreement.share:.1%}{chance})"


def _pages(count: int) -> str:
    return f"{count:,} page{'s' if count != 1 else ''}"
