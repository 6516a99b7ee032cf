"""The command that prints a line for each page: `copydesk list`."""

import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from tui.choosing.choices import Pick
from tui.commands.options import choosing, chosen, common, fetching, following, grouped
from tui.commands.output import ExitStatus, put
from tui.commands.pages import opened, scan, worker
from tui.core.errors import UsageError
from tui.core.model import Options, Preview, Problem, Trouble
from tui.core.questions import Peek, as_columns

if TYPE_CHECKING:
    from tui.processes.pages import PageClient


@grouped(name="list")
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one page per line.")
@click.option("--full", is_flag=True, help="Read each page in full: slower, but finds every date, repairs and signals.")
@choosing
@fetching
@following
@common
def list_(sources: tuple[str, ...], as_json: bool, full: bool, **given: Any) -> int:
    """Print one line per page: ordinal, date, headline, source."""
    if not sources:
        raise UsageError("list: no SOURCE; name a file, a folder, a pattern or - for standard input")
    choice = chosen(given)
    status = ExitStatus()
    from tui.export import documents

    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    with worker(choice) as client:
        for page in scan(sources, choice, client, status, ahead="open" if full else "peek"):
            entry, problems = _entry(client, page, choice.options, full)
            status.note(page.ref.source, problems)
            put(documents.to_json(entry) if as_json else documents.row(entry, columns))
    return status.code


def _entry(client: "PageClient", page: Pick, options: Options, full: bool) -> tuple[dict[str, Any], Sequence[Problem]]:
    from tui.export import documents

    if full:
        document = opened(client, page, options)
        return documents.summary(document), document.problems
    ref = page.ref
    if isinstance(ref, Trouble):
        preview = Preview(ref, "", trouble=ref.problem)
    else:
        (preview,) = client.ask(Peek(as_columns([ref]), options))
    return documents.peek(preview), [preview.trouble] if preview.trouble else []
