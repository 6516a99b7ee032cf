"""What the commands share: their common options, the pages they are for, and what they say when something is lost."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import click

from tui.choosing.choices import Choice
from tui.core.errors import SourceError
from tui.core.files import is_deleted
from tui.core.model import DELAY_S, FETCH_S, Document, Item, Script
from tui.core.problems import Problem, Reason, is_unread
from tui.core.questions import LOOK_S, rest_s

if TYPE_CHECKING:
    from tui.core.answers import Skipped
    from tui.processes.pages import PageClient


def say(line: str) -> None:
    """Write one line to standard error; nothing in it acts on a terminal."""
    from tui.text.words.cells import visible

    print(visible(line), file=sys.stderr)


class Status:
    """What the exit status is made of."""

    def __init__(self) -> None:
        self.read = 0
        self.lost = 0

    def note(self, source: str, problems: Sequence[Problem]) -> None:
        """Count a page, and say on stderr what of it is lost."""
        readable = source.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        for problem in problems:
            if not problem.is_quiet:
                is_placed = problem.where.startswith((source, readable))
                say(problem.message if is_placed else f"{source}: {problem.message}")
        self.lost += any(problem.gravity != "told" for problem in problems)
        self.read += not is_unread(problems)

    def miss(self, skipped: "Skipped") -> None:
        """Count sources without any page, and say which they are, unless what was passed over in them is said anyway."""
        self.lost += len(skipped.barren)
        for target in () if skipped.sentence() else skipped.barren:
            said = (
                "this folder has been deleted; go to another one"
                if is_deleted(target)
                else "no page in it; name another SOURCE"
            )
            say(f"{target}: {said}")

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


DAY_S = 86_400.0
"""The longest that anything may be asked to take."""


class Seconds(click.FloatRange):
    """A number of seconds within a range, in which nan is not."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """As in click."""
        found = float(super().convert(value, param, ctx))
        if found != found:
            self.fail(f"{value} is no number.", param, ctx)
        return found


def fetching(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command that takes pages the options that say how those of the network are fetched."""
    for option in (
        click.option(
            "--delay", type=Seconds(0, DAY_S), metavar="S", help=f"Seconds between requests to a host; {DELAY_S:g}."
        ),
        click.option(
            "--depth", type=click.IntRange(0, 3), metavar="N", help="Gather what headlines link to, N levels."
        ),
        click.option("--warc", metavar="FILE", help="Add everything that is fetched to this WARC file."),
        click.option("--offline", is_flag=True, help="Take pages of the network from the cache only."),
        click.option(
            "--timeout", type=Seconds(0, DAY_S, min_open=True), metavar="S", help=f"Seconds for one page; {FETCH_S:g}."
        ),
        click.option("--header", multiple=True, metavar="'NAME: VALUE'", help="Send this header; may be given again."),
    ):
        command = option(command)
    return command


def following(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command that takes pages the option to wait for more."""
    about = f"Go on with what comes, as tail -f does, looking every {LOOK_S:g} s until Ctrl-C."
    return click.option("--follow", is_flag=True, help=about)(command)


class Patience:
    """Waits for pages until it is interrupted. As `scans.Watch`."""

    is_following = True

    def __init__(self, status: Status) -> None:
        self._status = status
        self._since = time.monotonic()

    def rest(self) -> bool:
        """As in `Watch`."""
        time.sleep(rest_s(time.monotonic() - self._since))
        self._since = time.monotonic()
        return True

    def changed(self, ref: Item, problem: Problem) -> None:
        """As in `Watch`."""
        remedy = Reason("from_its_start")
        self._status.note(ref.source, [replace(problem, values={**problem.values, "remedy": remedy})])

    def mended(self, ref: Item) -> None:
        """As in `Watch`: of one who follows from the start, no page is cut."""


class Wanted(NamedTuple):
    """A page that is wanted."""

    ref: Item
    document: Document | None = None
    """The page, where it had to be read to know whether it is wanted."""


def scan(
    sources: Sequence[str], choice: Choice, client: "PageClient", status: Status, *, reads_first: bool = False
) -> Iterator[Wanted]:
    """The wanted pages; at the end, one line about what folders passed over.

    `reads_first`: the first page is going to be opened, so it is read as soon as it is found.
    """
    from tui.core.files import is_address
    from tui.core.questions import Scan
    from tui.core.shelf import singly

    choice.check_targets(sources)
    count = 0
    client.network.prepare(sources)
    question = Scan(
        tuple(sources),
        choice.options,
        choice.all_records,
        rereads=True,
        at=() if any(map(is_address, sources)) else choice.at,  # what an address holds is counted when it is fetched
        reads_first=reads_first and choice.wish is None,
    )
    refs: Iterator[Item] = singly(client.scan(question, Patience(status) if choice.is_following else None))
    if any(map(is_address, sources)):
        from tui.app.splitting import split

        refs = split(refs, client, choice.options, choice.all_records)
    if choice.fetching.depth:
        from tui.app.gathering import gathered

        refs = gathered(refs, choice, client)
    for page in _chosen(choice.wanted((ref.ordinal, ref) for ref in refs), choice, client, status, sources):
        count += 1
        yield page
    skipped = client.skipped
    if not count and choice.at and not skipped.barren:
        say(f"{', '.join(sources)}: no page has one of these ordinals; they count from 0 within each SOURCE")
    status.miss(skipped)
    if skipped.sentence():
        say(f"{', '.join(sources)}: {skipped.sentence()} passed over; name a file to see why")
    if skipped.asides:
        say(f"{', '.join(sources)}: {skipped.of_asides()} passed over; --all-records shows them")


def _chosen(
    refs: Iterator[Item], choice: Choice, client: "PageClient", status: Status, sources: Sequence[str]
) -> Iterator[Wanted]:
    if choice.wish is None:
        yield from map(Wanted, refs)
        return
    from tui.choosing.selection import Selection
    from tui.core.files import is_address

    selection = Selection(
        client,
        choice.options,
        sources,
        lambda ref, problems: status.note(ref.source, problems),
        is_hasty=choice.is_following or any(source == "-" or is_address(source) for source in sources),
    )
    for found in selection.choose(refs, choice.wish):
        yield Wanted(found.ref, found.document)


@contextmanager
def worker(choice: Choice) -> Iterator["PageClient"]:
    """Whoever asks about pages: first the process that was launched when the program began."""
    from tui.processes.network import Network
    from tui.processes.pages import Processes

    process = click.get_current_context().obj
    with closing(Network(choice)) as network, Processes(choice.limits, network, process) as processes:
        yield processes.client()
