"""`copydesk labels import`: the labels of another person or machine, merged into the own ones."""

import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from tui import config
from tui.commands.labels import labels
from tui.commands.options import chosen, common
from tui.commands.output import ExitStatus, put, say
from tui.commands.repair import stream_of
from tui.core.errors import SourceError
from tui.core.values import dataclass, field

if TYPE_CHECKING:
    from tui.notebook.store import Decision, Merge, Store
    from tui.processes.process import Bounds

BATCH = 500
"""Pages that are merged in one transaction."""
ENTRIES_BYTES = BATCH * 1024
"""What those of one transaction are taken to be, in bytes, where CPU time and memory are bounded."""
MAGIC_BYTES = 8
"""By which a compression is known."""


@dataclass(slots=True)
class _Agreement:
    """How far two people label alike, over the pages that both have labelled."""

    both: int = 0
    alike: int = 0
    _ours: Counter[tuple[str, ...]] = field(default_factory=Counter)
    _theirs: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def count(self, ours: tuple[str, ...], theirs: tuple[str, ...]) -> None:
        """Count a page; one that either has not labelled doesn't count."""
        if ours and theirs:
            self.both += 1
            self.alike += ours == theirs
            self._ours[ours] += 1
            self._theirs[theirs] += 1

    @property
    def share(self) -> float:
        """Pages that are labelled alike; 0 of none."""
        return self.alike / self.both if self.both else 0.0

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa: the share above what chance would give, as a part of what is left above it.

        Every set of labels is a category. None where chance alone gives everything.
        """
        by_chance = sum(count * self._theirs[labels] for labels, count in self._ours.items())
        possible = self.both**2 - by_chance
        return (self.both * self.alike - by_chance) / possible if possible else None


@labels.command(name="import")
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one conflict per line.")
@common
def _import(file: str, as_json: bool, **given: Any) -> int:
    """Take over the labels and notes of FILE, which `labels export` wrote; - is standard input.

    FILE may be JSON lines or CSV, and compressed (.gz, .zst, .bz2, .xz); its content says which.

    What a page has here already stays: where FILE says something else, the page is printed as a conflict. At the end
    comes how far both agree, on the pages that both have labelled.
    """
    from tui.notebook.store import Store
    from tui.processes.process import Bounds

    bounds = Bounds(chosen(given).limits, "import_spent")
    status, agreement = ExitStatus(), _Agreement()
    added = conflicts = 0
    with stream_of(file) as stored, Store(config.state_path()) as store:
        for merge in _merges(store, _decisions(stored, file, status), file, bounds):
            status.read += 1
            agreement.count(merge.labels, merge.theirs.labels)
            added += bool((merge.theirs.labels and not merge.labels) or (merge.theirs.note and not merge.note))
            if merge.is_conflict:
                conflicts += 1
                put(_json(merge) if as_json else _line(merge))
    say(f"labels import: {_pages(added)} got labels or a note, {conflicts:,} in conflict{_agreed(agreement)}")
    return status.code


def _merges(store: "Store", decisions: Iterator["Decision"], file: str, bounds: "Bounds") -> Iterator["Merge"]:
    bounds.begin(file, ENTRIES_BYTES)
    while batch := list(islice(decisions, BATCH)):
        yield from store.merge(batch)
        bounds.begin(file, ENTRIES_BYTES)


def _decisions(stored: BinaryIO, file: str, status: ExitStatus) -> Iterator["Decision"]:
    from tui.export.decisions import read
    from tui.sources.streams.inflated import Inflated
    from tui.sources.streams.members import compression

    kind = compression(cast(io.BufferedReader, stored).peek(MAGIC_BYTES))
    if kind and not stored.seekable():
        raise SourceError(f"{file}: compressed, and a pipe; name a file, or decompress it on the way")
    inflated = Inflated(stored, kind) if kind else None
    for number, decision in read(stored if inflated is None else io.BufferedReader(inflated)):
        if decision is None:
            say(f"{file}: line {number:,} was not written by labels export; skipped")
            status.lost += 1
        else:
            yield decision
    for damage in inflated.damage if inflated is not None else ():
        say(f"{file}: byte {damage.start:,}: {kind} is damaged ({damage.reason}); what could not be read was skipped")
        status.lost += 1


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


def _agreed(agreement: _Agreement) -> str:
    if not agreement.both:
        return "; no page was labelled by both"
    chance = f", kappa {agreement.kappa:.2f}" if agreement.kappa is not None else ""
    return f"; {agreement.alike:,} of {_pages(agreement.both)} alike ({agreement.share:.1%}{chance})"


def _pages(count: int) -> str:
    return f"{count:,} page{'s' if count != 1 else ''}"
