"""The pages that a command is for, as they are found, and what is said of those that were passed over."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

import click

from tui.choosing.choices import Choice, Pick
from tui.commands.output import ExitStatus, say
from tui.core.answers import Changed, Completion
from tui.core.model import Document, Options, Trouble
from tui.core.problems import Reason
from tui.core.questions import Open, Scan, rest_s
from tui.core.values import replace

if TYPE_CHECKING:
    from tui.processes.pages import PageClient


class Patience:
    """Waits for pages until it is interrupted: a `ScanWatch` that follows."""

    is_following = True

    def __init__(self, status: ExitStatus) -> None:
        self._status = status

    def rest(self, look_s: float) -> bool:
        time.sleep(rest_s(look_s))
        return True

    def take_note(self, event: Changed | Completion) -> None:
        """Of one who follows from the start, no page is cut that could be whole by now."""
        if isinstance(event, Changed):
            values = {**event.problem.values, "remedy": Reason("from_its_start")}
            self._status.note(event.ref.source, [replace(event.problem, values=values)])


def scan(
    sources: Sequence[str],
    choice: Choice,
    client: "PageClient",
    status: ExitStatus,
    *,
    ahead: Literal["", "open", "peek"] = "",
) -> Iterator[Pick]:
    """The wanted pages; at the end, one line about what folders passed over.

    `ahead`: what is going to be asked of the first pages, as in `Scan`.
    """
    from tui.app.addresses import wanted
    from tui.core.files import is_address
    from tui.core.shelf import singly

    choice.check_targets(sources)
    client.network.prepare(sources)
    selection = choice.selection
    question = Scan(
        tuple(sources),
        choice.options,
        choice.all_records,
        rereads=True,
        at=() if any(map(is_address, sources)) else selection.at,  # what an address holds is counted when it is fetched
        ahead=ahead if selection.is_plain else "",
    )
    rows = singly(client.scan(question, Patience(status) if choice.is_following else None))
    on_lost = lambda ref, problems: status.note(ref.source, problems)  # noqa: E731
    pages = wanted(rows, sources, choice, client, on_lost=on_lost)
    count = 0
    for count, page in enumerate(pages, 1):  # noqa: B007 - used below
        yield page
    skipped, place = client.skipped, ", ".join(sources)
    if not count and selection.at and not skipped.barren:
        say(f"{place}: no page has these ordinals; they count from 0 within each SOURCE")
    status.skip(place, skipped)
    if skipped.asides:
        say(f"{place}: {skipped.of_asides()} skipped; --all-records shows them")


def opened(client: "PageClient", page: Pick, options: Options) -> Document:
    """A wanted page, read, unless it had to be read to know that it is wanted."""
    if isinstance(page.ref, Trouble):
        return Document.unread(page.ref, page.ref.problem)
    return page.document or client.ask(Open(page.ref, options))


@contextmanager
def worker(choice: Choice) -> Iterator["PageClient"]:
    """Whoever asks about pages: first the process that was launched when the program began."""
    from tui.processes.pages import PATIENCE_OF_COMMANDS_S, Processes

    process = click.get_current_context().obj
    with Processes(choice.limits, choice.fetching, process, on_remark=say) as processes:
        yield processes.client(patience_s=PATIENCE_OF_COMMANDS_S)
