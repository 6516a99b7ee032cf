"""The command that restores a whole corpus: `copydesk batch`."""

import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any, TypeGuard

import click

from tui.commands import completing
from tui.commands.options import grouped
from tui.commands.output import ExitStatus, Notice, put, say
from tui.core.errors import CopydeskError, SourceError, UsageError
from tui.core.values import dataclass, replace

if TYPE_CHECKING:
    from tui.batch.folder import BatchFolder, Marker
    from tui.batch.plan import BatchPlan, Order
    from tui.batch.run import Pace
    from tui.choosing.recipe import Recipe
    from tui.core.model import Item, Trouble

SHARD_MB = 256.0
LEAST_MB = 0.001
SCANS = 4
"""How often pages are looked for where somebody kills the process that does it."""
LINE_S = 10.0
"""Seconds between two lines that say how far a batch is, where no terminal shows it."""


@grouped(name="batch", short_help="Restore a whole corpus into parts, with any number of jobs.")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("-o", "--out", metavar="OUT", help="The folder that is filled: OUT/parts, and OUT/.batch beside it.")
@click.option("--recipe", metavar="FILE", help="Read pages by this recipe (TOML).")
@click.option("--where", shell_complete=completing.expressions, metavar="EXPR", help="Only rows of matching pages.")
@click.option("--all-records", is_flag=True, help="Include archive records that are not pages of text.")
@click.option("--columns", metavar="NAME,...", help="What a row has; without it all but text.")
@click.option(
    "--format", "form", type=click.Choice(["jsonl", "parquet"]), default="jsonl", help="Of the parts; default jsonl."
)
@click.option(
    "--engine",
    type=click.Choice(["local", "daft"]),
    default="local",
    help="Who runs the shards: copydesk, or Daft, which takes them over many machines.",
)
@click.option("--workers", type=click.IntRange(1, 1024), metavar="N", help="Processes that read pages; default: cores.")
@click.option("--shard", metavar="I/N", help="Only every Nth shard, from the Ith on, counted from 1: job I of N.")
@click.option(
    "--shard-mb",
    type=click.FloatRange(LEAST_MB, 1_000_000),
    default=SHARD_MB,
    metavar="MB",
    help=f"Megabytes of stored pages in a shard; default {SHARD_MB:g}.",
)
@click.option("--only-quarantine", is_flag=True, help="Read pages in quarantine once more, and nothing else.")
@click.option("--fresh", is_flag=True, help="Remove what batches made in OUT, and begin anew.")
@click.option("--merge", metavar="OUT", help="Check that OUT is whole, and print counts of all that is in it.")
def batch(sources: tuple[str, ...], **given: Any) -> int:
    """Restore all pages of files, folders and archives into the parts of OUT, as lines of JSON or Parquet.

    Running it again goes on where it was left. What is written depends on SOURCE and recipe alone.
    """
    if given["merge"] is not None:
        if sources or given["out"] is not None:
            raise UsageError("--merge: takes OUT alone; leave out SOURCE and --out")
        return _merge(given["merge"])
    call = _call(sources, given)
    batch_plan, folder, status = _prepared(call)
    return _run(call, batch_plan, folder, status)


@dataclass(frozen=True, slots=True)
class _Call:
    """What the command was called for."""

    order: "Order"
    out: str
    shard: tuple[int, int]
    workers: int | None
    """None: as many as there are cores."""
    is_daft: bool
    is_fresh: bool
    is_again: bool
    """Only what is in quarantine."""


def _call(sources: Sequence[str], given: dict[str, Any]) -> _Call:
    from tui.batch.plan import Order
    from tui.export import parquet

    if not sources:
        raise UsageError("batch: no SOURCE; name a file, a folder or a pattern")
    if not given["out"]:
        raise UsageError("batch: no folder to fill; add --out OUT")
    if given["form"] == "parquet":
        parquet.check()
    if given["shard"] and given["fresh"]:
        raise UsageError("--fresh: removes what the other jobs made; run it without --shard")
    if given["only_quarantine"] and given["fresh"]:
        raise UsageError("--fresh: leaves nothing in quarantine; drop one of the two")
    if given["engine"] == "daft":
        from tui.batch.engine import check_engine

        if given["only_quarantine"]:
            raise UsageError("--engine daft: does whole shards only; drop it or --only-quarantine")
        check_engine()
    if given["shard_mb"] != given["shard_mb"]:
        raise UsageError("--shard-mb nan: not a number; write 64 or 0.5")
    _check_places(sources, given["out"])
    return _Call(
        Order(tuple(sources), _recipe(given), given["form"], given["shard_mb"], given["all_records"]),
        given["out"],
        _turn(given["shard"] or "1/1"),
        given["workers"],
        given["engine"] == "daft",
        given["fresh"],
        given["only_quarantine"],
    )


def _check_places(sources: Sequence[str], out: str) -> None:
    from pathlib import Path

    from tui.core.files import is_address, is_remote, real

    if is_remote(out) or is_address(out):
        raise UsageError(f"{out}: a folder of this machine is filled; copy it from there")
    if Path(out).is_file():
        raise UsageError(f"{out}: a file, not a folder; name another OUT")
    for source in sources:
        if source == "-" or is_address(source):
            raise UsageError(f"{source}: can't be read again; save it to a file first, an address with --warc")
        if not is_remote(source) and f"{real(out)}/".startswith(f"{real(source)}/"):
            raise UsageError(f"{out}: lies in {source}, and would be read; name a folder elsewhere")


def _turn(text: str) -> tuple[int, int]:
    number, _, count = text.partition("/")
    if not (number.isascii() and number.isdigit() and count.isascii() and count.isdigit() and len(count) < 10):
        raise UsageError(f"--shard {text}: not I/N; write 3/16 for the third job of 16")
    if not 1 <= int(number) <= int(count):
        raise UsageError(f"--shard {text}: jobs count from 1 to N")
    return int(number), int(count)


def _recipe(given: dict[str, Any]) -> "Recipe":
    """The recipe of the call, with all columns by their names."""
    from tui.choosing.expression import both
    from tui.choosing.recipe import COLUMNS, Recipe, check_columns, read
    from tui.export.corpus import USUAL

    recipe = read(given["recipe"]) if given["recipe"] else Recipe()
    names = [name.strip() for name in given["columns"].split(",")] if given["columns"] is not None else recipe.columns
    check_columns("--columns", names)
    _check_lasting(recipe.where, f"{given['recipe']}: where")
    _check_lasting(given["where"] or "", "--where")
    where = both(recipe.where, given["where"] or "")
    # In the order of all, so that the same choice is the same batch; by what a row was made always stands in it.
    chosen = {*(names or USUAL), "recipe"}
    return replace(recipe, where=where, columns=tuple(name for name in COLUMNS if name in chosen))


def _check_lasting(expression: str, where: str) -> None:
    """Raise UsageError if an expression makes no sense, or does not choose the same pages of a corpus each time."""
    from tui.choosing.expression import parse
    from tui.choosing.fields import OF_TWINS

    asked = parse(expression, where).fields if expression else frozenset[str]()
    if changing := asked & {"label", "note"}:
        name = min(changing)
        raise UsageError(
            f"{where}: a batch writes the same each time, and {name} changes with you; `copydesk show --json --where` takes it"
        )
    if asked & OF_TWINS:
        raise UsageError(f"{where}: {min(asked & OF_TWINS)} is known to an index alone; ask `copydesk list` for it")


def _prepared(call: _Call) -> "tuple[BatchPlan, BatchFolder, ExitStatus]":
    """The plan, made if there is none."""
    from tui.batch import plan
    from tui.batch.folder import BatchFolder

    folder, status = BatchFolder(call.out), ExitStatus()
    if call.is_fresh:
        folder.forget()
    try:
        made = plan.read(folder.hidden)
    except FileNotFoundError:
        if call.is_again:
            raise UsageError(f"{call.out}: no batch; run it without --only-quarantine first") from None
        if folder.has_parts():
            raise UsageError(f"{call.out}: parts without a plan; {plan.REMEDY}") from None
        made = _planned(folder, call.order, status)
    plan.check(made, call.order, call.out, is_any_version=call.is_again)
    folder.prepare(made)
    return made, folder, status


def _planned(folder: "BatchFolder", order: "Order", status: ExitStatus) -> "BatchPlan":
    from tui.batch import plan

    for _ in range(SCANS - 1):
        with suppress(plan.ScanKilledError):
            return plan.make(folder.hidden, order, _found(order, status))
    return plan.make(folder.hidden, order, _found(order, status))


def _found(order: "Order", status: ExitStatus) -> Any:
    """Yield all pages. Raises SourceError if a source can't be read, or none has any page."""
    from tui.batch.plan import sound
    from tui.choosing.choices import Fetching
    from tui.core.model import Limits
    from tui.core.questions import Scan
    from tui.core.shelf import singly
    from tui.processes.pages import Processes

    notice, count = Notice(is_shown=True), 0
    with Processes(Limits(), Fetching()) as processes:
        rows = processes.scans.runs(Scan(order.sources, order.recipe.options, order.all_records, is_anew=True))
        for count, item in enumerate(sound(singly(rows)), 1):
            if _is_no_source(item, order):
                raise SourceError(item.problem)
            notice.show(f"{count:,} pages found")
            yield item
        notice.end()
        skipped = processes.scans.skipped
    if not count:
        raise SourceError(f"{', '.join(order.sources)}: no page in it; name another SOURCE")
    place = ", ".join(order.sources)
    status.skip(place, skipped)
    if skipped.asides:
        say(f"{place}: {skipped.of_asides()} skipped; --all-records takes them as well")


def _is_no_source(item: "Item", order: "Order") -> "TypeGuard[Trouble]":
    """Whether it says of what the user named that nothing can be read of it."""
    from tui.core.model import Trouble

    is_whole = item.offset == 0 and item.member is None and item.ordinal == 0
    return isinstance(item, Trouble) and is_whole and item.source in order.sources


def _run(call: _Call, batch_plan: "BatchPlan", folder: "BatchFolder", status: ExitStatus) -> int:
    from tui.batch.run import Running, cores, turn

    numbers = turn(range(len(batch_plan.shards)), *call.shard)
    finished = {number: marker for number in numbers if (marker := folder.done(number, batch_plan))}
    if call.is_again and len(finished) < len(numbers):
        raise UsageError(f"{call.out}: not done; run it without --only-quarantine first")
    kept = {number: marker for number, marker in finished.items() if call.is_again and marker.quarantined}
    wanted = [number for number in numbers if number not in finished]
    pages = sum(each.quarantined for each in kept.values()) + sum(batch_plan.shards[at].pages for at in wanted)
    markers = [marker for number, marker in finished.items() if number not in kept]
    progress = _Progress(pages)
    with ExitStack() as stack:
        if call.is_daft:
            from tui.batch import engine

            outcomes = engine.done(call.out, wanted, call.workers, on_look=progress.note, on_lost=progress.say)
        else:
            running = Running(folder, batch_plan, call.workers or cores(), on_look=progress.note, on_lost=progress.say)
            stack.enter_context(running)
            outcomes = running.again(kept) if call.is_again else running.done(wanted)
        for outcome in outcomes:
            if isinstance(outcome, CopydeskError):
                progress.say(str(outcome))
                status.lost += 1
            else:
                markers.append(outcome)
    progress.end()
    return _told(call, markers, len(numbers), status)


def _told(call: _Call, markers: "Sequence[Marker]", shards: int, status: ExitStatus) -> int:
    """Say what was lost, and return the exit status."""
    from tui.batch.report import total

    gravities = total(markers)
    pages, quarantined = sum(each.pages for each in markers), sum(each.quarantined for each in markers)
    status.read += pages - gravities["unread"]
    status.lost += gravities["unread"] + gravities["lost"] + (len(markers) < shards)
    if gravities["unread"] or gravities["lost"]:
        say(
            f"{call.out}: pages that could not be read: {gravities['unread']:,}, in quarantine: {quarantined:,}, that lost "
            f"something: {gravities['lost']:,}; `copydesk batch --merge` has the counts"
        )
    return status.code


class _Progress(Notice):
    """Says how far a batch is: on one line of a terminal, else on one every few seconds."""

    def __init__(self, pages: int) -> None:
        super().__init__(is_shown=True)
        self._pages, self._since = pages, time.monotonic()
        self._line_due = self._since + LINE_S

    def note(self, pace: "Pace") -> None:
        """Say it, unless something was said just now."""
        now = time.monotonic()
        rate = pace.pages / max(now - self._since, 1e-9)
        left = f"{(self._pages - pace.pages) / rate:,.0f} s left" if rate else "waiting"
        words = f"{pace.pages:,} of {self._pages:,} pages, {rate:,.1f} pages/s, {left}, {pace.failures:,} failures"
        self.show(words)
        if now > self._line_due and not sys.stderr.isatty():
            self._line_due = now + LINE_S
            say(words)

    def say(self, line: str) -> None:
        """Say something else."""
        self.end()
        say(line)


def _merge(out: str) -> int:
    from tui.batch import plan
    from tui.batch.folder import BatchFolder
    from tui.batch.report import ranges, report

    folder = BatchFolder(out)
    try:
        batch_plan = plan.read(folder.hidden)
    except FileNotFoundError:
        raise UsageError(f"{out}: no batch; name the OUT of one") from None
    found = report(folder, batch_plan)
    if found.missing:
        say(f"{out}: missing shards: {ranges(found.missing)}; run the batch again")
    if found.damaged:
        say(f"{out}: damaged shards: {ranges(found.damaged)}; remove their parts and run the batch again")
    put("\n".join(found.lines(batch_plan)))
    return 0 if found.is_whole else 1
