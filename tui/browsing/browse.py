"""Opens the browser: everything around the screen that is not the screen."""

import io
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from tui.choices import Choice
from tui.core.problems import Reason
from tui.errors import SourceError, StoreError, UsageError
from tui.i18n import of_locale
from tui.model import Ref
from tui.shelf import Run, singly

if TYPE_CHECKING:
    import subprocess

    from tui.lookup.catalogue import Catalogue
    from tui.workers.clients import Network


def browse(sources: Sequence[str], choice: Choice, process: "subprocess.Popen[bytes] | None") -> int:
    """Show the pages of the sources, or of the folder it stands in, until the user quits; returns the exit status.

    `process` is a worker that was launched already. Raises UsageError if there is no terminal.
    """
    if not sys.stdout.isatty():
        raise UsageError("standard output is no terminal; use `copydesk show` or `copydesk list`")
    targets, place = sources or (".",), None
    if choice.is_resuming:
        from tui.config import state_path
        from tui.notebook.ledger import left

        targets, place = left(state_path(), sources)
    _check_that_any_is_there(targets)
    choice.check_targets(targets)
    from tui.workers.clients import Network, PageClient, is_address, is_named_like_one

    network = Network(choice)
    network.prepare(targets)
    if "-" in targets:
        _keep_keyboard()
    from tui.browsing.collection import PageCollection
    from tui.browsing.neighbours import FileNeighbours
    from tui.browsing.outlet import FileOutlet
    from tui.browsing.titles import TitleClient
    from tui.config import index_folder, state_path
    from tui.lookup.catalogue import Catalogue
    from tui.notebook.ledger import StoreLedger
    from tui.sources import Progress, Tally, changed
    from tui.view.app import run
    from tui.view.services import Services
    from tui.view.settings import Settings
    from tui.view.survey import Survey

    tally = Tally()
    catalogue = Catalogue(index_folder(), choice.options)
    survey = Survey(choice.is_following)

    def pages() -> Iterator[Ref | Run]:
        nonlocal tally
        tally = Tally()
        survey.progress = Progress(targets, tally).done
        catalogue.forget()
        # A sample can only be drawn when all pages are known.
        is_sample = choice.wish is not None and choice.wish.sample is not None
        runs = catalogue.runs(targets, tally, choice.all_records, None if is_sample else survey)
        # Others are fetched when they are opened.
        is_split = any(map(is_address, targets)) and any(map(is_named_like_one, targets))
        if not (is_split or choice.fetching.depth or choice.at or choice.limit is not None or choice.wish):
            return runs
        found = singly(runs)
        if is_split:
            from tui.browsing.splitting import split

            found = split(found, network.client, tally, choice.all_records, is_named_like_one)
        if choice.fetching.depth:
            from tui.browsing.gathering import gathered

            found = gathered(found, choice, peeker)
        refs = choice.wanted((ref.ordinal, ref) for ref in found)
        return refs if choice.wish is None else _selected(refs, choice, network, catalogue)

    config = choice.config
    settings = Settings(
        config.theme,
        config.ambiguous_wide,
        choice.no_color,
        config.mouse,
        config.lean,
        choice.is_labelling,
        config.keys,
        config.language or of_locale(os.environ),
    )
    # The peeker starts with the first peek: three processes that import would fight for two cores now.
    peeker = TitleClient(choice, network, catalogue)
    ledger = StoreLedger(state_path(), choice.labels, targets, place)
    collection = PageCollection(choice, network, catalogue)
    services = Services(FileOutlet(), ledger, collection, FileNeighbours(targets), survey)
    with closing(network), PageClient(choice, network, process) as client, closing(peeker), closing(collection):
        for reader in (client, peeker, collection):
            reader.changed = lambda ref: changed(ref, tally)
        status = run(pages, (client, peeker), services, choice.options, settings)
    try:
        ledger.close()
    except StoreError as error:
        print(error, file=sys.stderr)
    if tally.sentence():
        print(f"{', '.join(targets)}: {tally.sentence()} passed over; name a file to see why", file=sys.stderr)
    if tally.asides:
        print(f"{', '.join(targets)}: {tally.of_asides()} passed over; --all-records shows them", file=sys.stderr)
    return status


def _selected(refs: Iterator[Ref], choice: Choice, network: "Network", catalogue: "Catalogue") -> Iterator[Ref]:
    """The pages that --where and --sample let through, found by a worker of its own."""
    assert choice.wish is not None  # noqa: S101 - as the caller asks
    from tui.choosing.selection import Selection
    from tui.config import state_path
    from tui.notebook.decided import Labelled
    from tui.workers.clients import PageClient

    with PageClient(choice, network, is_glancing=True) as reader:
        selection = Selection(reader, choice.options, Labelled(state_path()), catalogue)
        yield from (found.ref for found in selection.choose(refs, choice.wish))


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


def _keep_keyboard() -> None:
    """Read standard input aside, and give its place to the terminal, where the keys come from."""
    if sys.stdin.isatty():
        raise UsageError("-: standard input is the terminal; pipe a page into it, or name a file")
    # Unbuffered: a thread that waits for more holds no lock then, for which the interpreter would not wait at the end.
    sys.stdin = io.TextIOWrapper(io.FileIO(os.dup(0)), encoding="utf-8", errors="surrogateescape")
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError as error:
        raise UsageError("-: there is no terminal for the keys; use `copydesk show -`") from error
    os.dup2(terminal, 0)
    os.close(terminal)
