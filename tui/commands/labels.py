"""The commands that label pages and take labels out: `copydesk labels …`."""

import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui import config
from tui.choosing.choices import Choice, Pick, Selection
from tui.choosing.rates import Rate, Rates
from tui.commands import completing
from tui.commands.options import GroupedCommand, choosing, chosen, common
from tui.commands.output import ExitStatus, put, say
from tui.commands.pages import opened, scan, worker
from tui.core.errors import StoreError, UsageError
from tui.core.model import Ref
from tui.core.problems import Reason, is_unread, unreadable
from tui.core.questions import Source

if TYPE_CHECKING:
    from tui.notebook.store import Decision, Store
    from tui.processes.pages import PageClient

_HEAD = ("stratum", "label", "pages", "share", "95 % interval")


class _Labels(click.Group):
    command_class = GroupedCommand


@click.group(
    name="labels", cls=_Labels, short_help="Label pages, and export, import and count labels.", no_args_is_help=False
)
def labels() -> None:
    """Label pages without the screen; export labels, notes and labelled pages."""


@labels.command(name="export")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), help="Output format; by OUT's name, else jsonl.")
@click.option("-o", "--output", metavar="OUT", help="Write to OUT instead of standard output.")
@click.option(
    "--records",
    metavar="LABEL,...",
    shell_complete=completing.label_lists,
    help="The pages themselves, those with one of these labels.",
)
@click.option("--force", is_flag=True, help="Overwrite OUT.")
@choosing
@common
def _export(
    sources: tuple[str, ...], form: str | None, output: str | None, records: str | None, *, force: bool, **given: Any
) -> int:
    """Write a line for each page with a label or a note; with SOURCE, only for pages in it now, matched by content.

    With --records, the stored records of the pages that carry a label: byte for byte and in their own format, in the
    file OUT, or in a folder OUT where that takes several files.

    OUT appears only once complete, compressed if its name ends in .gz, .zst, .bz2 or .xz. It never overwrites a file
    from which pages are read. In CSV, a cell that a spreadsheet would run gets an apostrophe in front.
    """
    from tui.notebook.database import files
    from tui.notebook.store import Store

    choice = chosen(given)
    if records is not None and not output:
        raise UsageError("labels export --records: no OUT; name a file or a folder with -o")
    if not sources and choice.selection != Selection():
        raise UsageError("labels export: choosing pages needs the pages; name a SOURCE too")
    kept = files(config.state_path())
    if output and sources and all(map(os.path.isfile, sources)):  # of others it is known later what is read
        _check_output(output, (*kept, *sources), force)
    names = [name.strip() for name in records.split(",")] if records is not None else []
    status = ExitStatus()
    damage: list[StoreError] = []
    with Store(config.state_path()) as store, worker(choice) as client:
        entries: Iterable[tuple[Ref, Decision]] = (
            (decision.page.ref, decision) for decision in _sound(store.decisions(names), damage)
        )
        read: set[str] = set()
        if sources:
            pages = _noting(scan(sources, choice, client, status), read)
            entries = _there(client, pages, {decision.page.key: decision for _, decision in entries}, choice)
        if output:
            entries = list(entries)  # whatever is read is known then, and none of it may be written onto
            read.update((*kept, *(ref.source for ref, _ in entries)))
            _check_output(output, read, force)
        if records is None:
            _write_lines(entries, form or _form_of(output or ""), output or "-", force)
        else:
            _write_records(client, list(entries), str(output), read, choice, status, force)
    if damage:
        raise damage[0]
    return status.code


def _form_of(output: str) -> str:
    """The format that a name asks for.

    >>> _form_of("labels.CSV.gz"), _form_of("labels.txt")
    ('csv', 'jsonl')
    """
    return "csv" if ".csv" in map(str.lower, Path(output).suffixes[-2:]) else "jsonl"


def _check_output(output: str, sources: Iterable[str], is_forced: bool) -> None:
    from tui.export.drafts import check

    if not Path(output).is_dir():  # into which files will go that are not known yet
        check([output], sources, is_forced=is_forced)


def _noting(pages: Iterable[Pick], read: set[str]) -> Iterator[Pick]:
    """The same pages; what they are read from is added to `read`."""
    for page in pages:
        read.add(page.ref.source)
        yield page


def _sound(decisions: Iterator["Decision"], damage: list[StoreError]) -> Iterator["Decision"]:
    """All that can be read; `damage` gets why there is no more."""
    try:
        yield from decisions
    except StoreError as error:
        damage.append(error)


def _there(
    client: "PageClient", pages: Iterable[Pick], decided: dict[str, "Decision"], choice: Choice
) -> Iterator[tuple[Ref, "Decision"]]:
    """The pages of these references that something was decided about."""
    for ref in (page.ref for page in pages):
        if isinstance(ref, Ref):
            key = _key(client.ask(Source(ref, choice.options)).raw)
            if key in decided:
                yield ref, decided[key]


def _key(raw: bytes) -> str:
    import hashlib

    return hashlib.sha256(raw).hexdigest()


def _write_lines(entries: Iterable[tuple[Ref, "Decision"]], form: str, output: str, is_forced: bool) -> None:
    from tui.export.decisions import HEADER, line
    from tui.export.drafts import written

    with written(output, is_forced=is_forced) as out:
        if form == "csv":
            out.write(HEADER)
        for ref, decision in entries:
            out.write(line(ref, decision, form))


def _write_records(
    client: "PageClient",
    entries: list[tuple[Ref, "Decision"]],
    output: str,
    read: set[str],
    choice: Choice,
    status: ExitStatus,
    is_forced: bool,
) -> None:
    from tui.export.drafts import is_terminal
    from tui.export.records import RecordFiles

    if not is_forced and is_terminal(output):
        raise UsageError(
            f"{output}: a page's own bytes may act on a terminal; write to a file or a pipe, or add --force"
        )
    if not entries:
        say("labels export: no page has one of these labels; nothing was written")
        return
    stored = lambda ref: client.ask(Source(ref, choice.options)).record  # noqa: E731
    with RecordFiles(output, [ref for ref, _ in entries], read, stored, is_forced=is_forced) as out:
        for ref, decision in entries:
            original = client.ask(Source(ref, choice.options))
            problems = [problem for problem in original.problems if problem.stage in ("read", "worker")]
            is_same = _key(original.raw) == decision.page.key
            if original.raw and not is_same:
                problems = [unreadable(Reason("not_the_labelled", {"ordinal": ref.ordinal}), ref.source)]
            status.note(ref.source, problems)
            is_cut = any(problem.code in ("clipped", "clipped_record") for problem in problems)
            if is_same and not is_cut and not is_unread(problems):
                out.write(ref, original.record)


@labels.command(name="add")
@click.argument("name", metavar="LABEL", shell_complete=completing.labels)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@choosing
@common
def _add(name: str, sources: tuple[str, ...], **given: Any) -> int:
    """Give pages a label."""
    return _label(name, sources, chosen(given), is_on=True)


@labels.command(name="remove")
@click.argument("name", metavar="LABEL", shell_complete=completing.labels)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@choosing
@common
def _remove(name: str, sources: tuple[str, ...], **given: Any) -> int:
    """Take a label from pages."""
    return _label(name, sources, chosen(given), is_on=False)


def _label(name: str, sources: tuple[str, ...], choice: Choice, *, is_on: bool) -> int:
    from tui.core.labels import keys
    from tui.notebook.store import Store, known

    keys([name], "labels")
    status, unread = ExitStatus(), 0
    with Store(config.state_path()) as store, worker(choice) as client:
        for page in scan(sources, choice, client, status):
            document = opened(client, page, choice.options)
            status.note(page.ref.source, document.problems)
            if is_unread(document.problems):
                unread += 1
            else:
                store.label([known(document)], name, is_on)
    if unread and status.read:
        say(f"labels: {unread:,} pages could not be read and keep their labels; try those again")
    return status.code


@labels.command(name="summary")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one label and stratum per line.")
@choosing
@common
def _summary(sources: tuple[str, ...], as_json: bool, **given: Any) -> int:
    """Print the share of the labelled pages that carry each label, with its 95 % interval (Wilson).

    With SOURCE, of the pages that lie there, or of a sample of them: the same --sample, --seed and --by as when they
    were labelled. With --by, each stratum by itself, and then all of them, weighted by how many pages each has.
    """
    from tui.notebook.store import Store

    choice = chosen(given)
    if not sources and choice.selection != Selection():
        raise UsageError("labels summary: choosing pages needs the pages; name a SOURCE too")
    status, rates = ExitStatus(), Rates()
    with Store(config.state_path()) as store:
        if sources:
            _count(rates, store, sources, choice, status)
        else:
            for decision in store.decisions():
                if decision.labels:
                    rates.count(decision.labels)
    found = [*(rates.of_strata() if choice.selection.by is not None else ()), *rates.of_all()]
    for line in _as_json(found) if as_json else _as_table(found):
        put(line)
    if unlabelled := rates.pages - rates.labelled:
        say(f"labels summary: {unlabelled:,} of {rates.pages:,} pages have no label; the shares are of the others")
    return status.code


def _count(rates: Rates, store: "Store", sources: tuple[str, ...], choice: Choice, status: ExitStatus) -> None:
    """Count the pages that lie there, known by their bytes."""
    from tui.notebook.store import known_by

    with worker(choice) as client:
        for page in scan(sources, choice, client, status):
            if not isinstance(page.ref, Ref):
                status.note(page.ref.source, [page.ref.problem])
                continue
            source = client.ask(Source(page.ref, choice.options))
            status.note(
                page.ref.source, [problem for problem in source.problems if problem.stage in ("read", "worker")]
            )
            key = known_by(page.ref, source.raw, "", None).key
            rates.count(store.labels(key), page.stratum, page.stands_for)


def _as_json(rates: Iterable[Rate]) -> Iterator[str]:
    from dataclasses import asdict

    from tui.export.documents import to_json

    return (to_json(asdict(rate)) for rate in rates)


def _as_table(rates: Iterable[Rate]) -> Iterator[str]:
    from tui.text.words.cells import pad, visible, width

    rows = [
        (
            "all" if rate.stratum is None else visible(rate.stratum) or "-",
            rate.label,
            f"{rate.count:,} of {rate.of:,}",
            f"{rate.share:.1%}",
            f"{rate.low:.1%} to {rate.high:.1%}",
        )
        for rate in rates
    ]
    if rows:
        rows.insert(0, _HEAD)
    if all(row[0] in ("all", _HEAD[0]) for row in rows):  # nothing to tell apart
        rows = [("", *row[1:]) for row in rows]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (pad(cell, cells) for cell, cells in zip(row, widths, strict=True) if cells)
        yield "  ".join(cells).rstrip()


@labels.command(name="restore")
def _restore() -> int:
    """Go back to the copy of all labels that is made once a day; what is there now is moved aside."""
    from datetime import datetime

    from tui.notebook.database import copy_of, restore
    from tui.notebook.store import Store

    path = config.state_path()
    aside = restore(path)
    with closing(Store(path)) as store:
        store.check()
        made = datetime.fromtimestamp(copy_of(path).stat().st_mtime).astimezone().isoformat(" ", "minutes")
        say(
            f"{path}: as it was copied at {made}, with {sum(store.counts().values()):,} labels; the other is now {aside}"
        )
    return 0
