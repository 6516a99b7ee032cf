"""The command that finds pages by their text: `copydesk find`."""

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from tui.choosing.choices import Choice
from tui.commands.options import choosing, chosen, common, fetching, grouped
from tui.commands.output import ExitStatus, Notice, put, say
from tui.commands.pages import scan_together, worker
from tui.config import index_folder
from tui.core.errors import UsageError
from tui.core.files import is_address
from tui.core.model import Item
from tui.core.values import replace

if TYPE_CHECKING:
    from tui.core.answers import Hit, PageHits, Searched
    from tui.core.shelf import Pages
    from tui.processes.pages import PageClient


@grouped(name="find", short_help="Print where a text stands.")
@click.argument("text")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one page per line, with all its hits.")
@click.option("--full", is_flag=True, help="Repair each page before searching it: slow, but finds damaged text too.")
@choosing
@fetching
@common
def find(text: str, sources: tuple[str, ...], as_json: bool, full: bool, **given: Any) -> int:
    """Print where TEXT stands: a line for each hit, with ordinal, source and its context.

    Lower case matches upper case, too. Chinese is found in every script: 台湾 finds 臺灣. Only pages whose bytes may hold
    TEXT are read and repaired, unless --full. --limit counts pages with hits.
    """
    if not text.strip():
        raise UsageError("find: no TEXT; say what to find")
    choice = chosen(given)
    status = ExitStatus()
    with worker(choice) as client:
        _print(_found(client, text, sources, choice, full, status), as_json, _hit_style(choice.start.no_color))
    return status.code


def _found(
    client: "PageClient", text: str, sources: tuple[str, ...], choice: Choice, full: bool, status: ExitStatus
) -> Iterator["PageHits"]:
    """The pages with hits, in order; says how far it is on a terminal, and at the end if there were none."""
    from tui.lookup.hunt import hunt

    left = choice.selection.limit
    choice = replace(choice, selection=replace(choice.selection, limit=None))
    progress = _Progress()
    for refs, is_thorough in _places(client, text, sources, choice, full, status, progress):
        is_hasty = "-" in sources or any(map(is_address, sources))
        for answer in hunt(client, refs, text, choice.options, is_thorough, client.crowd(), is_hasty):
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
        say(f"find: {text!r} is in none of {looked:,} pages" + ("" if full else "; --full repairs pages first"))


def _places(
    client: "PageClient",
    text: str,
    sources: tuple[str, ...],
    choice: Choice,
    full: bool,
    status: ExitStatus,
    progress: "_Progress",
) -> Iterator[tuple[Iterator["Pages"], bool]]:
    """For each source, the pages to be searched, and whether by their repaired text: an index tells which may hold it."""
    from tui.lookup.catalogue import Catalogue

    catalogue = Catalogue(index_folder(), choice.options, say)
    for source in sources:
        is_whole = choice.selection.is_plain and not choice.all_records
        matching = catalogue.matching(source, text, choice.options) if is_whole else None
        if matching is None:
            yield scan_together([source], choice, client, status), full
        else:
            ruled_out, refs = matching
            progress.pages += ruled_out
            yield choice.selection.by_place(refs), True


class _Progress(Notice):
    """How far a search is, and a line on a terminal that says so."""

    def __init__(self) -> None:
        super().__init__(is_shown=not sys.stdout.isatty())
        self.pages = self.hits = self.unread = 0

    def note(self, answer: "Searched") -> None:
        """Count an answer."""
        self.pages += answer.pages
        self.hits += len(answer.found)
        self.unread += sum(problem.gravity == "unread" for _, problem in answer.problems)
        self.show(f"{self.pages:,} pages searched, {self.hits:,} with hits")


def _hit_style(no_color: bool) -> str:
    """What makes hits stand out on the terminal, as grep does it; without colours bold alone, and nothing where it may not act."""
    if not sys.stdout.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        return ""
    return "\x1b[1m" if no_color or os.environ.get("NO_COLOR") else "\x1b[1;31m"


def _print(pages: Iterable["PageHits"], as_json: bool, style: str) -> None:
    from tui.export.documents import to_json

    for hits in pages:
        put(to_json(_entry(hits)) if as_json else "\n".join(_line(hits.ref, hit, style) for hit in hits.hits))


def _entry(hits: "PageHits") -> dict[str, Any]:
    places = [
        {"start": hit.start if hit.start >= 0 else None, "before": hit.before, "found": hit.found, "after": hit.after}
        for hit in hits.hits
    ]
    return {"schema": 1, "source": hits.ref.source, "ordinal": hits.ref.ordinal, "count": hits.count, "hits": places}


def _line(ref: Item, hit: "Hit", style: str) -> str:
    from tui.text.words.cells import visible

    match = visible(hit.found)
    shown = f"{style}{match}\x1b[m" if style else match
    return f"{ref.ordinal}\t{visible(ref.source)}\t{visible(hit.before)}{shown}{visible(hit.after)}"
