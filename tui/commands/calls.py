"""What the commands share: their common options, the pages they are for, and what they say when something is lost."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, NamedTuple, get_args

import click

from tui.choices import Choice
from tui.config import index_folder, state_path
from tui.errors import SourceError
from tui.model import Document, Problem, Ref, Script

if TYPE_CHECKING:
    from tui.lookup.catalogue import Catalogue
    from tui.workers.clients import PageClient
    from tui.workers.worker_client import WorkerClient

_QUIET = frozenset({"charset_unknown", "naive_conversion"})
"""Codes of problems by which nothing is lost."""
_HARMLESS = frozenset({"cache_damaged", "cache_unwritable", "charset_split", "empty"})
"""Codes of problems that are told, but by which nothing of the page is lost."""
_UNREAD = frozenset({"unreadable", "worker_failed", "source_changed", "http_status", "not_text"})
"""Codes of problems by which the page that was asked for is not there, though a server's message may be."""


def say(line: str) -> None:
    """Write one line to standard error; nothing in it acts on a terminal."""
    from tui.text.cells import visible

    print(visible(line), file=sys.stderr)


class Status:
    """What the exit status is made of."""

    def __init__(self) -> None:
        self.read = 0
        self.lost = 0

    def note(self, source: str, problems: Iterable[Problem]) -> None:
        """Count a page, and say on stderr what of it is lost."""
        told = [problem for problem in problems if problem.code not in _QUIET]
        for problem in told:
            say(problem.message if problem.message.startswith(source) else f"{source}: {problem.message}")
        self.lost += any(problem.code not in _HARMLESS for problem in told)
        self.read += not any(problem.code in _UNREAD for problem in told)

    @property
    def code(self) -> int:
        """The exit status."""
        if self.lost and not self.read:
            return SourceError.exit_status
        return int(self.lost > 0)


def common(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options that mean the same everywhere."""
    for option in (
        click.option("--no-color", is_flag=True, help="Use no colours."),
        click.option("--config", "config_path", metavar="FILE", help="Read this configuration."),
        click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Stop after N pages."),
        click.option("--at", metavar="N[-M],...", help="Only pages with these ordinals; they count from 0."),
        click.option("--script", type=click.Choice(get_args(Script)), help="Turn Chinese into this script."),
        click.option("--certain", is_flag=True, help="Leave out edits that were chosen by likelihood."),
        click.option("--also", multiple=True, metavar="REPAIR", help="Run an optional repair too; may be given again."),
        click.option("--without", multiple=True, metavar="REPAIR", help="Leave out a repair; may be given again."),
        click.option("--charset", metavar="NAME", help="Decode with this charset, whatever the page says."),
    ):
        command = option(command)
    return command


def choosing(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command that takes pages the options that choose among them by what they are, or at random."""
    for option in (
        click.option(
            "--field",
            "fields",
            multiple=True,
            metavar="ROLE=NAME",
            help="This field of a record is its body, title, url or fetched; dots lead into objects; may be given again.",
        ),
        click.option("--all-records", is_flag=True, help="Also the records of archives that are no pages of text."),
        click.option("--by", metavar="FIELD", help="Sample equal shares of each value of this field."),
        click.option("--seed", type=int, metavar="S", help="The same seed chooses the same pages; 0 if none is given."),
        click.option("--sample", type=click.IntRange(min=0), metavar="N", help="Choose N pages at random."),
        click.option("--where", metavar="EXPR", help="Only pages for which this holds, such as 'repairs>0 lang:zh'."),
    ):
        command = option(command)
    return command


def fetching(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command that takes pages the options that say how those of the network are fetched."""
    for option in (
        click.option(
            "--delay", type=click.FloatRange(min=0), metavar="S", help="Seconds between requests to a host; 1."
        ),
        click.option(
            "--depth", type=click.IntRange(0, 3), metavar="N", help="Gather what headlines link to, N levels."
        ),
        click.option("--warc", metavar="FILE", help="Add everything that is fetched to this WARC file."),
        click.option("--offline", is_flag=True, help="Take pages of the network from the cache only."),
        click.option(
            "--timeout", type=click.FloatRange(0, min_open=True), metavar="S", help="Seconds for one page; 15."
        ),
        click.option("--header", multiple=True, metavar="'NAME: VALUE'", help="Send this header; may be given again."),
    ):
        command = option(command)
    return command


LOOK_S = 1.0
"""Seconds between two looks at files that are followed."""
LONGEST_LOOK_S = 10.0
"""The same where a look itself takes long."""


def following(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command that takes pages the option to wait for more."""
    about = f"Go on with what comes, as tail -f does, looking every {LOOK_S:g} s until Ctrl-C."
    return click.option("--follow", is_flag=True, help=about)(command)


class Patience:
    """Waits for pages until it is interrupted. As `sources.Watch`."""

    is_following = True

    def __init__(self, status: Status) -> None:
        self._status = status
        self._since = time.monotonic()

    def pause(self) -> None:
        """As in `Watch`: what was found is printed already."""

    def rest(self) -> bool:
        """As in `Watch`."""
        time.sleep(min(max(LOOK_S, 10 * (time.monotonic() - self._since)), LONGEST_LOOK_S))
        self._since = time.monotonic()
        return True

    def changed(self, ref: Ref, said: str) -> bool:
        """As in `Watch`."""
        self._status.note(ref.source, [Problem("read", "source_changed", f"{said}; it is read from its start")])
        return True

    def mended(self, ref: Ref) -> None:
        """As in `Watch`: of one who follows from the start, no page is cut."""


class Wanted(NamedTuple):
    """A page that is wanted."""

    ref: Ref
    document: Document | None = None
    """The page, where it had to be read to know whether it is wanted."""


def scan(sources: Sequence[str], choice: Choice, client: "PageClient", status: Status) -> Iterator[Wanted]:
    """The wanted pages; at the end, one line about what folders passed over."""
    from tui.lookup.catalogue import Catalogue
    from tui.sources import Tally, changed
    from tui.workers.clients import is_address

    choice.check_targets(sources)
    tally = Tally.reaching(choice.at)
    count = 0
    client.network.prepare(sources)
    client.changed = lambda ref: changed(ref, tally)
    catalogue = Catalogue(index_folder(), choice.options)
    refs = catalogue.scan(sources, tally, choice.all_records, Patience(status) if choice.is_following else None)
    if any(map(is_address, sources)):
        from tui.browsing.splitting import split

        refs = split(refs, client.network.client, tally, choice.all_records)
    if choice.fetching.depth:
        from tui.browsing.gathering import gathered

        refs = gathered(refs, choice, client)
    for page in _chosen(choice.wanted((ref.ordinal, ref) for ref in refs), choice, client, status, catalogue):
        count += 1
        yield page
    if not count and choice.at:
        say(f"{', '.join(sources)}: no page has one of these ordinals; they count from 0 within each SOURCE")
    if tally.sentence():
        say(f"{', '.join(sources)}: {tally.sentence()} passed over; name a file to see why")
    if tally.asides:
        say(f"{', '.join(sources)}: {tally.of_asides()} passed over; --all-records shows them")


def _chosen(
    refs: Iterator[Ref], choice: Choice, client: "WorkerClient", status: Status, catalogue: "Catalogue"
) -> Iterator[Wanted]:
    if choice.wish is None:
        yield from map(Wanted, refs)
        return
    from tui.choosing.selection import Selection
    from tui.notebook.decided import Labelled

    selection = Selection(
        client,
        choice.options,
        Labelled(state_path()),
        catalogue,
        lambda ref, problems: status.note(ref.source, problems),
    )
    for found in selection.choose(refs, choice.wish):
        yield Wanted(found.ref, found.document)


@contextmanager
def worker(choice: Choice) -> Iterator["PageClient"]:
    """The worker that was launched when the process began, or a new one."""
    from tui.workers.clients import Network, PageClient

    with (
        closing(Network(choice)) as network,
        PageClient(choice, network, click.get_current_context().obj) as client,
    ):
        yield client
