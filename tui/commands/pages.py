"""The pages that a command is for, as they are found, and what is said of those that were passed over."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

import click

from tui.choosing.choices import Choice, Pick
from tui.commands.output import ExitStatus, say
from tui.core.answers import Changed, Completion, Recaptures
from tui.core.model import Document, Options, Trouble
from tui.core.problems import Reason
from tui.core.questions import Open, Scan, rest_s
from tui.core.values import replace

if TYPE_CHECKING:
    from tui.core.shelf import Pages
    from tui.processes.pages import PageClient


class Patience:
    """Waits for pages until it is interrupted: a `ScanWatch` that follows."""

    is_following = True

    def __init__(self, status: ExitStatus) -> None:
        self._status = status

    def rest(self, look_s: float) -> bool:
        time.sleep(rest_s(look_s))
        return True

    def take_note(self, event: Changed | Completion | Recaptures) -> None:
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
    from tui.core.shelf import singly

    rows = singly(_found(sources, choice, client, status, ahead))
    on_lost = lambda ref, problems: status.note(ref.source, problems)  # noqa: E731
    pages = wanted(rows, sources, choice, client, on_lost=on_lost, on_passed=status.pass_by)
    count = 0
    for count, page in enumerate(pages, 1):  # noqa: B007 - used below
        yield page
    _end(sources, choice, client, status, is_any=bool(count))


def scan_together(
    sources: Sequence[str],
    choice: Choice,
    client: "PageClient",
    status: ExitStatus,
    *,
    ahead: Literal["", "open", "peek"] = "",
) -> Iterator["Pages"]:
    """As `scan`, for those who need no page by itself: many at once, where nothing has to be asked about them."""
    from tui.core.files import is_address

    selection = choice.selection
    if not selection.is_plain or selection.limit is not None or choice.fetching.depth or any(map(is_address, sources)):
        yield from (page.ref for page in scan(sources, choice, client, status, ahead=ahead))
        return
    is_any = False
    for some in _found(sources, choice, client, status, ahead):
        is_any = True
        yield some
    _end(sources, choice, client, status, is_any=is_any)


def _found(
    sources: Sequence[str],
    choice: Choice,
    client: "PageClient",
    status: ExitStatus,
    ahead: Literal["", "open", "peek"] = "",
) -> Iterator["Pages"]:
    from tui.core.files import is_address

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
    yield from client.scan(question, Patience(status) if choice.is_following else None)


def _end(sources: Sequence[str], choice: Choice, client: "PageClient", status: ExitStatus, *, is_any: bool) -> None:
    """Say what was passed over."""
    skipped, place = client.skipped, ", ".join(sources)
    if not is_any and choice.selection.at and not skipped.barren:
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
