"""Opens the browser: everything around the screen that is not the screen."""

import io
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tui.choosing.choices import Choice
from tui.core.errors import SourceError, StoreError, UsageError
from tui.core.problems import Reason
from tui.core.questions import Scan
from tui.core.shelf import Pages, singly

if TYPE_CHECKING:
    import subprocess

    from tui.lookup.catalogue import Catalogue
    from tui.processes.pages import Processes
    from tui.view.state.survey import Survey


def browse(sources: Sequence[str], choice: Choice, process: "subprocess.Popen[bytes] | None") -> int:
    """Show the pages of the sources, or of the folder it stands in, until the user quits; returns the exit status.

    `process` is a child that was launched already. Raises UsageError if there is no terminal.
    """
    if not sys.stdout.isatty():
        raise UsageError("standard output is not a terminal; use `copydesk show` or `copydesk list`")
    targets, place = sources or (".",), None
    if choice.start.is_resuming:
        from tui.config import state_path
        from tui.notebook.ledger import left

        targets, place = left(state_path(), sources)
    _check_that_any_is_there(targets)
    choice.check_targets(targets)
    from tui.processes.pages import Processes

    if "-" in targets:
        _keep_standard_input()
    _take_terminal()
    with Processes(choice.limits, choice.fetching, process) as processes:
        processes.network.prepare(targets)
        return _show(processes, tuple(targets), choice, place)


def _show(processes: "Processes", targets: tuple[str, ...], choice: Choice, place: Mapping[str, Any] | None) -> int:
    from tui.app.services import FileNeighbours, FileOutlet, PageCollection, TitleClient, TwinClient
    from tui.config import index_folder, state_path
    from tui.lookup.catalogue import Catalogue
    from tui.notebook.ledger import StoreLedger
    from tui.view import run
    from tui.view.early import EarlyScreen
    from tui.view.state.services import Services
    from tui.view.state.survey import Survey

    def pages() -> Iterator[Pages]:
        return _pages(processes, targets, choice, catalogue, survey)

    survey = Survey(pages, choice.is_following, lambda: processes.scans.done)
    processes.on_remark = survey.remark
    catalogue = Catalogue(index_folder(), choice.options, survey.remark)
    ledger = StoreLedger(state_path(), choice.start.labels, targets, place)
    # Their processes start with their first questions: several that import would fight for two cores now.
    client, peeker, aside = processes.client(), *(processes.client(is_glancing=True) for _ in range(2))
    services = Services(
        (TwinClient(client, catalogue), TitleClient(peeker, catalogue)),
        survey,
        FileOutlet(targets),
        ledger,
        PageCollection(TitleClient(aside, catalogue), catalogue, targets, choice, aside.crowd()),
        FileNeighbours(targets, client),
    )
    with EarlyScreen(choice.start.config) as early:
        if not choice.start.is_resuming:  # then another page is the first
            processes.scans.on_ahead = early.show_soon
        status, waiting = run(services, choice, early)
    try:
        ledger.close()
    except StoreError as error:
        print(error, file=sys.stderr)
    if waiting:
        names = ", ".join(targets)
        print(f"{names}: typed-ahead keys dropped: {waiting:,}; wait for their pages before you quit", file=sys.stderr)
    _tell_skipped(processes, targets)
    return status


def _tell_skipped(processes: "Processes", targets: tuple[str, ...]) -> None:
    skipped, names = processes.scans.skipped, ", ".join(targets)
    if skipped.sentence():
        print(f"{names}: {skipped.sentence()} skipped; name a file to see why", file=sys.stderr)
    if skipped.asides:
        print(f"{names}: {skipped.of_asides()} skipped; --all-records shows them", file=sys.stderr)


def _pages(
    processes: "Processes", targets: tuple[str, ...], choice: Choice, catalogue: "Catalogue", survey: "Survey"
) -> Iterator[Pages]:
    """Look for the pages that the screen is to show, and yield them as they are found."""
    from tui.core.files import is_address

    selection = choice.selection
    scan = Scan(
        targets,
        choice.options,
        choice.all_records,
        at=() if any(map(is_address, targets)) else selection.at,  # what an address holds is counted when it is fetched
        ahead="open" if selection.is_plain else "",
        with_recaptures=True,
    )
    catalogue.forget()
    # A sample can only be drawn when all pages are known, and an expression is held against many at once: who waits for
    # them would wait for ever for pages that may still come.
    is_ended = selection.sample is not None or (selection.where is not None and not choice.is_following)
    runs = processes.scans.runs(scan, None if is_ended else survey)
    yield from _wanted(_learned(runs, processes, targets, catalogue), processes, targets, choice)


def _learned(
    runs: Iterable[Pages], processes: "Processes", targets: tuple[str, ...], catalogue: "Catalogue"
) -> Iterator[Pages]:
    """Have titles and values read from the indexes that counted."""
    for some in runs:
        for target in processes.scans.indexed:
            catalogue.adopt(target, is_known_to_count=True)
        yield some
    for target in targets:
        catalogue.adopt(target)


def _wanted(runs: Iterable[Pages], processes: "Processes", targets: tuple[str, ...], choice: Choice) -> Iterable[Pages]:
    from tui.core.files import is_address
    from tui.processes.network import is_named_like_one

    selection = choice.selection
    # Others are fetched when they are opened.
    is_split = any(map(is_address, targets)) and any(map(is_named_like_one, targets))
    is_filtered = bool(selection.at) and any(map(is_address, targets))
    if not (is_split or is_filtered or choice.fetching.depth or selection.limit is not None or not selection.is_plain):
        return runs
    from tui.app.addresses import wanted

    client = processes.client(is_glancing=True)
    picks = wanted(singly(runs), targets, choice, client, may_be=is_named_like_one)
    return (page.ref for page in picks)


def _check_that_any_is_there(targets: Sequence[str]) -> None:
    """Don't open a screen for nothing. Patterns and addresses are the scan's affair."""
    missing = [target for target in targets if not re.search(r"[*?\[]|://|^-$", target) and not os.path.lexists(target)]
    if len(missing) == len(targets):
        raise SourceError(Reason("no_file"), missing[0])


def demo_folder() -> str:
    """Where the sample pages lie: in the package that was installed, or beside it in a checkout."""
    from pathlib import Path

    package = Path(__file__).parent.parent
    return str(
        next(folder for folder in (package / "sample_pages", package.parent / "sample_pages") if folder.is_dir())
    )


def _keep_standard_input() -> None:
    """Read standard input aside, so that its place is free for the terminal."""
    if sys.stdin is None:
        return  # the scan says so
    if sys.stdin.isatty():
        raise UsageError("-: standard input is the terminal; pipe a page into it, or name a file")
    # Unbuffered: a thread that waits for more holds no lock then, for which the interpreter would not wait at the end.
    sys.stdin = io.TextIOWrapper(io.FileIO(os.dup(0)), encoding="utf-8", errors="surrogateescape")


def _take_terminal() -> None:
    """Let the keys come from the terminal and the screen go there, wherever standard input and error lead.

    Textual 8.2 reads the first and draws on the second: under xargs no key would arrive, and `2>log` would get the screen.
    """
    if not os.isatty(0):
        try:
            terminal = os.open("/dev/tty", os.O_RDWR)
        except OSError as error:
            raise UsageError("no terminal to read keys from; use `copydesk show` or `copydesk list`") from error
        os.dup2(terminal, 0)
        os.close(terminal)
        sys.__stdin__ = open(0, encoding="utf-8", closefd=False)  # type: ignore[misc]  # noqa: SIM115 - not to be closed
    if not os.isatty(2):
        sys.__stderr__ = sys.stdout  # type: ignore[misc,assignment]
