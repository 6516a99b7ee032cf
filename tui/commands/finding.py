"""The command that finds pages by their text: `copydesk find`."""

import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from tui.choosing.choices import Choice, chosen
from tui.commands.calls import Status, choosing, common, fetching, say, scan, worker
from tui.config import index_folder
from tui.core.errors import UsageError
from tui.core.model import Item

if TYPE_CHECKING:
    from tui.core.answers import Hit, PageHits, Searched
    from tui.processes.pages import PageClient

NOTICE_S = 0.3
"""Seconds between two reports of how far the search is."""


@click.command(name="find")
@click.argument("text")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a page, a line each, with all its hits.")
@click.option("--full", is_flag=True, help="Repair every page before it is searched: slow, and finds damaged text too.")
@choosing
@fetching
@common
def find(text: str, sources: tuple[str, ...], as_json: bool, full: bool, **given: Any) -> int:
    """Print where TEXT stands: a line for each hit, with ordinal, source and what stands around it.

    Small letters find capitals too. Chinese is found in every script: 台湾 finds 臺灣. Only pages whose bytes may hold
    TEXT are read and repaired, unless --full. --limit counts pages with hits.
    """
    if not text.strip():
        raise UsageError("find: no TEXT; write what to look for")
    choice = chosen(given)
    status = Status()
    with worker(choice) as client:
        _print(_found(client, text, sources, choice, full, status), as_json)
    return status.code


def _found(
    client: "PageClient", text: str, sources: tuple[str, ...], choice: Choice, full: bool, status: Status
) -> Iterator["PageHits"]:
    """The pages with hits, in order; says how far it is on a terminal, and at the end if there were none."""
    from tui.lookup.hunt import hunt

    left = choice.limit if choice.wish is None else choice.wish.limit
    choice = replace(choice, limit=None, wish=choice.wish and replace(choice.wish, limit=None))
    progress = _Progress()
    for refs, is_thorough in _places(client, text, sources, choice, full, status, progress):
        for answer in hunt(client, refs, text, choice.options, is_thorough):
            progress.note(answer)
            status.read += answer.pages - len(answer.problems)
            for ref, problem in answer.problems:
                status.note(ref.source, [problem])
            yield from answer.found[:left]
            left = None if left is None else left - len(answer.found[:left])
            if left == 0:
                return
    progress.end()
    looked = progress.pages - progress.unread
    if not progress.hits and looked:
        say(f"find: {text!r} stands in none of {looked:,} pages" + ("" if full else "; --full looks behind damage"))


def _places(
    client: "PageClient",
    text: str,
    sources: tuple[str, ...],
    choice: Choice,
    full: bool,
    status: Status,
    progress: "_Progress",
) -> Iterator[tuple[Iterator[Item], bool]]:
    """For each source, the pages to be searched, and whether by their repaired text: an index tells which may hold it."""
    from tui.lookup.catalogue import Catalogue

    catalogue = Catalogue(index_folder(), choice.options)
    for source in sources:
        index = catalogue.index(source) if choice.wish is None and not choice.all_records else None
        ordinals = index.candidates(text) if index is not None and index.suits(choice.options) else None
        if index is None or ordinals is None:
            yield (page.ref for page in scan([source], choice, client, status)), full
        else:
            progress.pages += index.pages - len(ordinals)
            yield choice.wanted((ordinal, index.ref(ordinal)) for ordinal in ordinals), True


class _Progress:
    """A line on a terminal that says how far a search is, and goes away."""

    def __init__(self) -> None:
        self.pages = self.hits = self.unread = 0
        self._is_shown = sys.stderr.isatty() and not sys.stdout.isatty()
        self._due = time.monotonic() + NOTICE_S

    def note(self, answer: "Searched") -> None:
        """Count an answer."""
        self.pages += answer.pages
        self.hits += len(answer.found)
        self.unread += len(answer.problems)
        if self._is_shown and time.monotonic() > self._due:
            self._due = time.monotonic() + NOTICE_S
            sys.stderr.write(f"\r{self.pages:,} pages searched, {self.hits:,} with hits\x1b[K")
            sys.stderr.flush()

    def end(self) -> None:
        """Take the line away."""
        if self._is_shown:
            sys.stderr.write("\r\x1b[K")


def _print(found: Iterable["PageHits"], as_json: bool) -> None:
    from tui.export.documents import to_json

    write = sys.stdout.buffer
    is_bold = sys.stdout.isatty()
    for hits in found:
        lines = [to_json(_entry(hits))] if as_json else [_line(hits.ref, hit, is_bold) for hit in hits.hits]
        write.write("".join(line + "\n" for line in lines).encode("utf-8", "replace"))
        write.flush()


def _entry(hits: "PageHits") -> dict[str, Any]:
    places = [
        {"start": hit.start if hit.start >= 0 else None, "before": hit.before, "found": hit.found, "after": hit.after}
        for hit in hits.hits
    ]
    return {"schema": 1, "source": hits.ref.source, "ordinal": hits.ref.ordinal, "count": hits.count, "hits": places}


def _line(ref: Item, hit: "Hit", is_bold: bool) -> str:
    from tui.text.words.cells import visible

    found = visible(hit.found)
    shown = f"\x1b[1m{found}\x1b[m" if is_bold else found
    return f"{ref.ordinal}\t{visible(ref.source)}\t{visible(hit.before)}{shown}{visible(hit.after)}"
