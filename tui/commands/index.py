"""The command that indexes sources: `copydesk index`."""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from tui.choosing.choices import Choice
from tui.commands.options import chosen, common
from tui.commands.output import ExitStatus, Notice, say
from tui.config import index_folder
from tui.core.errors import UsageError
from tui.core.model import Item
from tui.core.questions import Digests, Scan, as_columns, through
from tui.core.values import replace

if TYPE_CHECKING:
    from concurrent.futures import Future

    from tui.core.answers import Digest
    from tui.processes.pages import PageClient

WORKERS = 2
"""Processes that read pages; more would leave the machine nothing to write with."""
BATCH_PAGES = 200


@click.command(name="index", short_help="Index files and folders, to open and search them faster.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--remove", is_flag=True, help="Remove the indexes of these sources.")
@click.option(
    "--twins", is_flag=True, help="Find pages whose bodies are nearly the same: fields twins, twin, likeness."
)
@common
def index(sources: tuple[str, ...], remove: bool, twins: bool, **given: Any) -> int:
    """Index files and folders: they open at once, and are searched and filtered without being read.

    An index lies in the user's cache, and is thrown away when its source changes.
    """
    choice = chosen(given)
    if choice.selection.at or choice.selection.limit is not None:
        raise UsageError("index: --at and --limit do not apply; an index covers a whole source")
    status = ExitStatus()
    for source in sources:
        if remove:
            _remove(source, status)
        else:
            _index(source, choice, status, with_twins=twins)
    return status.code


def _remove(source: str, status: ExitStatus) -> None:
    from tui.lookup import sidecar

    status.read += 1
    if not sidecar.remove(index_folder(), source):
        say(f"{source}: it has no index")


def _index(source: str, choice: Choice, status: ExitStatus, *, with_twins: bool) -> None:
    import os

    from tui.core.problems import Reason, unreadable
    from tui.core.shelf import singly
    from tui.lookup import sidecar
    from tui.processes.pages import Processes

    if not os.path.exists(source):  # noqa: PTH110 - sources are plain strings
        status.note(source, [unreadable(Reason("no_path"), source)])
        return
    # Titles and texts are kept as they are written; searches find every script in them.
    choice = replace(choice, options=replace(choice.options, script="keep"))
    with Processes(choice.limits, choice.fetching) as processes:
        clients = [processes.client() for _ in range(WORKERS)]
        refs = singly(processes.scans.runs(Scan((source,), choice.options, is_anew=True)))
        pages = _noted(_digests(clients, refs, choice, with_twins), status)
        made = sidecar.build(index_folder(), source, choice.options, pages, with_twins=with_twins)
        skipped = processes.scans.skipped
    status.skip(source, skipped)
    if skipped.barren:
        sidecar.remove(index_folder(), source)
    else:
        copies = f"; {made.copies:,} of {made.pages:,} pages are copies of another" if made.copies is not None else ""
        say(f"{source}: indexed in {made.size_bytes / 1e6:,.1f} MB{copies}")


def _digests(
    clients: list["PageClient"], refs: Iterator[Item], choice: Choice, with_signatures: bool
) -> Iterator[tuple[Item, "Digest"]]:
    """Have the pages read by all clients at once; yield what they make of them, in order."""
    from concurrent.futures import ThreadPoolExecutor  # 16 ms, for nobody else

    waiting: deque[Future[list[tuple[Item, Digest]]]] = deque()
    with ThreadPoolExecutor(len(clients)) as threads:
        idle = deque(clients)
        while batch := list(islice(refs, BATCH_PAGES)):
            client = idle.popleft()
            idle.append(client)
            question = Digests(as_columns(batch), choice.options, with_signatures)
            waiting.append(threads.submit(_read, client, batch, question))
            if len(waiting) > 2 * len(clients):
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _read(client: "PageClient", batch: list[Item], question: Digests) -> list[tuple[Item, "Digest"]]:
    return list(zip(batch, through(client, question), strict=True))


def _noted(pages: Iterable[tuple[Item, "Digest"]], status: ExitStatus) -> Iterator[tuple[Item, "Digest"]]:
    """The pages as they are; says what could not be read, and on a terminal how far it is."""
    notice = Notice(is_shown=True)
    for number, (ref, digest) in enumerate(pages, 1):
        status.note(ref.source, digest.problems)
        notice.show(f"{number:,} pages indexed")
        yield ref, digest
    notice.end()
