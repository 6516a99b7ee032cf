"""`copydesk labels summary`: how frequent each label is, and how sure that is."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from tui import config
from tui.choosing.choices import Choice, Selection
from tui.choosing.rates import Rate, Rates
from tui.commands.labels import labels
from tui.commands.options import choosing, chosen, common
from tui.commands.output import ExitStatus, put, say
from tui.commands.pages import scan, worker
from tui.core.errors import UsageError
from tui.core.model import Ref
from tui.core.questions import Source

if TYPE_CHECKING:
    from tui.notebook.store import Store

_HEAD = ("stratum", "label", "pages", "share", "95 % interval")


@labels.command(name="summary")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per label and stratum, one a line.")
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
