"""What a command is asked for: how pages are read, which of them, how they are fetched, how the screen starts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from tui.config import Config
from tui.core.answers import FieldValue
from tui.core.errors import UsageError
from tui.core.model import DELAY_S, FETCH_S, Document, Item, Limits, Options
from tui.core.values import dataclass, field

if TYPE_CHECKING:
    from tui.choosing.expression import Expression

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which pages a user asked for; by default all."""

    at: tuple[range, ...] = ()
    """Ordinals; empty: all."""
    limit: int | None = None
    where: "Expression | None" = None
    sample: int | None = None
    """How many to choose at random; None: all."""
    seed: int = 0
    by: str | None = None
    """Field of the strata from which the sample takes equal shares; without a sample, whose values are wanted."""

    @property
    def fields(self) -> frozenset[str]:
        """Fields by which pages are chosen."""
        return (self.where.fields if self.where is not None else frozenset()) | ({self.by} if self.by else frozenset())

    @property
    def is_plain(self) -> bool:
        """The places of pages tell which of them are wanted; no page has to be read, and none is drawn."""
        return self.where is None and self.sample is None and self.by is None

    @property
    def plain_limit(self) -> int | None:
        """How many pages are wanted where their places tell which; None: nobody knows before they are read."""
        return self.limit if self.is_plain else None

    def by_ordinal(self, numbered: Iterable[tuple[int, T]]) -> Iterator[T]:
        """Of (ordinal, page) pairs, the pages that are wanted, as far as their places tell."""
        left = self.plain_limit
        for ordinal, page in numbered:
            if left == 0:
                return
            if not self.at or any(ordinal in part for part in self.at):
                left = None if left is None else left - 1
                yield page

    def by_place(self, refs: Iterable[Item]) -> Iterator[Item]:
        """Yield the pages that are wanted, as far as their places tell."""
        return self.by_ordinal((ref.ordinal, ref) for ref in refs)


@dataclass(frozen=True, slots=True, eq=False)
class Pick:
    """A page that is wanted, and what was read of it to know that."""

    ref: Item
    at: int = -1
    """Its place among the pages that were asked about, from 0; -1: none had to be."""
    value: FieldValue = None
    """What it has for `Selection.by`, if that was asked for."""
    document: Document | None = None
    stratum: str = ""
    """The one that it was drawn from, if strata were asked for."""
    stands_for: float = 1.0
    """Pages of its stratum for each that was drawn."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """How pages of the network are fetched."""

    headers: tuple[tuple[str, str], ...] = ()
    """(name, value) of the user's."""
    timeout_s: float = FETCH_S
    """Seconds for one page."""
    is_offline: bool = False
    """Only what the cache has."""
    cache_bytes: int = 256 * 1024 * 1024
    """What fetched pages may take there."""
    warc: str = ""
    """Path of a WARC file to which everything is added; empty: none."""
    depth: int = 0
    """Levels of found headlines that are gathered below an address."""
    delay_s: float = DELAY_S
    """Seconds between two requests to one host while gathering."""


@dataclass(frozen=True, slots=True)
class Start:
    """How the screen starts."""

    config: Config = Config()
    """How it looks, and its keys."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Key -> label."""
    is_labelling: bool = False
    """One key gives a label and goes on."""
    is_resuming: bool = False
    """It goes on where one left."""
    no_color: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What the options that mean the same everywhere ask for."""

    options: Options = Options()
    limits: Limits = Limits()
    """The bounds on one page."""
    selection: Selection = Selection()
    fetching: Fetching = Fetching()
    start: Start = Start()
    all_records: bool = False
    """Include archive records that are not pages of text."""
    is_following: bool = False
    """Pages are waited for that come later."""
    recipe: str = ""
    """Path of the recipe that some of this comes from; empty: there is none."""

    def check_targets(self, targets: Iterable[str]) -> None:
        """Raise UsageError if nothing more can come of the targets, and more is waited for."""
        if self.is_following and all("://" in target for target in targets):
            raise UsageError("--follow: web pages don't grow; drop it, or name a file or folder")


def configured(config: Config, labels: Sequence[str] = ()) -> Choice:
    """Return what is asked for where only a configuration says something, and perhaps `--label`.

    Raises UsageError if a value means nothing.
    """
    from tui.core.labels import keys

    charset = config.charset
    if charset:
        from tui.text.charset.names import canonical

        charset = canonical(charset)
    check_repairs("--without", config.without)
    check_repairs("--also", config.also)
    where, words = ("--label", labels) if labels else (f"{config.path}: labels", config.labels)
    return Choice(
        Options(charset, frozenset(config.without), config.certain, config.script, frozenset(config.also)),
        config.limits,
        fetching=Fetching(cache_bytes=config.cache_mb * 1024 * 1024),
        start=Start(config, keys(words, where), is_labelling=bool(labels)),
    )


def check_repairs(option: str, names: Sequence[str]) -> None:
    """Raise UsageError if one of the names is no repair that can be left out, or with an `option` of the optional ones, added."""
    if not names:
        return
    from tui.text.mending.mend import REPAIRS

    known = [repair.name for repair in REPAIRS if repair.is_optional or option.endswith("without")]
    for name in names:
        if name not in known:
            raise UsageError(f"{option} {name}: no such repair; known: {', '.join(known)}")
