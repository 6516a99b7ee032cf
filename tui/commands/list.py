"""The command that prints a line for each page: `copydesk list`."""

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, repeat, takewhile
from typing import TYPE_CHECKING, Any

import click

from tui.choosing.choices import Pick
from tui.commands.options import choosing, chosen, common, fetching, following, grouped
from tui.commands.output import ExitStatus, put, say
from tui.commands.pages import opened, scan, scan_together, worker
from tui.core.errors import UsageError
from tui.core.files import is_address
from tui.core.model import Item, Options, Preview, Problem, Ref, Rows, Trouble
from tui.core.questions import Peek, as_columns
from tui.core.shelf import Run, places
from tui.processes.abreast import abreast, width

if TYPE_CHECKING:
    from tui.core.shelf import Pages
    from tui.processes.pages import PageClient

MOST_PEEKS = 1024
"""Pages that are asked about at once."""
SERIAL_ROWS = 40_000
"""Rows up to which one process is asked: to start another takes as long as 5,000."""


@grouped(name="list")
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one page per line.")
@click.option("--full", is_flag=True, help="Read each page in full: slower, but finds every date, repairs and signals.")
@click.option("--count", is_flag=True, help="Count the pages with each value of the field --by instead.")
@choosing
@fetching
@following
@common
def list_(sources: tuple[str, ...], as_json: bool, full: bool, **given: Any) -> int:
    """Print one line per page: ordinal, date, headline, source.

    With --count one per value: pages, their share, the value. Of --by fails, one per rule: pages that it drops by itself,
    those that no rule before it drops, those that no other rule drops.
    """
    if not sources:
        raise UsageError("list: no SOURCE; name a file, a folder, a pattern or - for standard input")
    choice = chosen(given)
    status = ExitStatus()
    from tui.export import documents

    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    with worker(choice) as client:
        if choice.selection.by and choice.selection.sample is None:
            _count(scan(sources, choice, client, status), choice.selection.by, as_json, status)
            return status.code
        if full:
            picks = scan(sources, choice, client, status, ahead="open")
            entries = _read(client, picks, choice.options, dict if as_json else partial(documents.row, columns=columns))
        else:
            is_hasty = choice.is_following or "-" in sources or any(map(is_address, sources))
            pages = scan_together(sources, choice, client, status, ahead="peek")
            tell = documents.peeks if as_json else partial(documents.rows, columns=columns)
            entries = map(partial(_entries, tell), _peeked(client, pages, choice.options, is_hasty))
        if as_json and not choice.all_records:  # an index counts pages alone
            entries = _with_twins(entries, sources, choice.options)
        for some in entries:
            lines: list[str] = []
            for source, entry, problems, page in some:
                if problems and lines:  # what is said of a page stands before its row, and behind the others
                    put("\n".join(lines))
                    lines.clear()
                status.note(source, problems, page)
                lines.append(entry if isinstance(entry, str) else documents.to_json(entry))
            if lines:
                put("\n".join(lines))
    return status.code


def _count(pages: Iterable[Pick], field: str, as_json: bool, status: ExitStatus) -> None:
    """Print the groups of the pages by a field."""
    from tui.choosing.groups import Groups
    from tui.export import documents

    groups = Groups(field)
    for page in pages:
        trouble = [page.ref.problem] if isinstance(page.ref, Trouble) else []
        status.note(page.ref.source, trouble)
        if not trouble:
            groups.add(groups.pages, page.value)
    found = groups.groups()
    if as_json:
        lines = [documents.to_json(documents.group(each)) for each in found]
    else:
        lines = documents.counts(found, field, groups.pages, is_table=sys.stdout.isatty())
    if found:
        put("\n".join(lines))


_Entry = tuple[str, Any, Sequence[Problem], Item | None]
"""Source of a page, what is said of it (a line, or a dictionary for JSON), what is wrong with it, and the page where it was read."""


def _read(
    client: "PageClient", pages: Iterable[Pick], options: Options, tell: Callable[[dict[str, Any]], Any]
) -> Iterator[Sequence[_Entry]]:
    from tui.export import documents

    for page in pages:
        document = opened(client, page, options)
        yield [(page.ref.source, tell(documents.summary(document)), document.problems, page.ref)]


def _peeked(
    client: "PageClient", pages: "Iterable[Pages]", options: Options, is_hasty: bool
) -> Iterator[Sequence[Preview]]:
    """Ask about many pages at once, the first of all alone; in haste, about none before the one that came before it.

    Behind the first of very many, the processes of all cores are asked.
    """
    rows = 0
    batches = _batches(pages, 1 if is_hasty else MOST_PEEKS)
    for batch in batches:
        rows += len(batch)
        while batch:
            previews = _previews(client, batch, options)
            yield previews
            batch = batch[len(previews) :]
        if rows >= SERIAL_ROWS and not is_hasty and width() > 1:
            break
    if (first := next(batches, None)) is not None:
        questions = (Peek(as_columns(batch), options) for batch in chain([first], batches))
        yield from abreast(client.beside(width()), questions)


def _batches(pages: "Iterable[Pages]", most: int) -> Iterator[Sequence[Item]]:
    """Yield the pages in parts of 1, 2, 4 and so on up to so many; runs that go on with each other stay runs."""
    size = 1
    held: Sequence[Item] = []
    for some in pages:
        held = _joined(held, [some] if isinstance(some, Item) else some)
        at = 0
        while at + size <= len(held):
            yield held[at : at + size]
            at, size = at + size, min(most, 2 * size)
        held = held[at:]
    if held:
        yield held


def _joined(before: Sequence[Item], behind: Sequence[Item]) -> Sequence[Item]:
    if not before:
        return behind
    run = before.joined(behind) if isinstance(before, Run) and isinstance(behind, Run) else None
    return [*before, *behind] if run is None else run


def _entries(tell: Callable[[Rows[Preview]], Iterable[Any]], previews: Sequence[Preview]) -> Sequence[_Entry]:
    rows = previews if isinstance(previews, Rows) else Rows(Preview, previews)
    sources = (source for source, _ in places(rows.column("ref")))
    troubles = ([trouble] if trouble else () for trouble in rows.column("trouble"))
    return [*zip(sources, tell(rows), troubles, repeat(None))]


def _with_twins(
    entries: Iterable[Sequence[_Entry]], sources: Sequence[str], options: Options
) -> Iterator[Sequence[_Entry]]:
    """The entries with what indexes know of the twins of pages."""
    from tui.config import index_folder
    from tui.lookup.catalogue import Catalogue

    catalogue = Catalogue(index_folder(), options, say)
    for number, some in enumerate(entries):
        if not number:  # by now the scan has told of damaged indexes
            for source in sources:
                catalogue.adopt(source)
        for source, entry, *_ in some:
            if twins := catalogue.twins(Ref(source, entry["ordinal"])):
                copy = {"twin": twins.kept.ordinal, "likeness": twins.likeness} if twins.kept else {}
                entry |= {"twins": twins.others, **copy}
        yield some


def _previews(client: "PageClient", refs: Sequence[Item], options: Options) -> Sequence[Preview]:
    """Of the first of some pages, one at least."""
    first = refs[0]
    if isinstance(refs, Run):
        return client.ask(Peek(refs, options))
    if isinstance(first, Trouble):
        return [Preview(first, "", trouble=first.problem)]
    return client.ask(Peek(as_columns([*takewhile(lambda ref: isinstance(ref, Ref), refs)]), options))
