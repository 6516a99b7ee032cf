"""The options that mean the same in every command: which pages, and how they are read."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from tui.config import Config, load
from tui.core.errors import UsageError
from tui.core.model import DELAY_S, FETCH_S, Fields, Limits, Options
from tui.core.values import dataclass, field

if TYPE_CHECKING:
    from tui.choosing.selection import Wish

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fetching:
    """How pages of the network are fetched."""

    headers: tuple[tuple[str, str], ...] = ()
    """(name, value) of the user's."""
    timeout_s: float = FETCH_S
    """Seconds for one page."""
    is_offline: bool = False
    """Only what the cache has."""
    warc: str = ""
    """Path of a WARC file to which everything is added; empty: none."""
    depth: int = 0
    """Levels of found headlines that are gathered below an address."""
    delay_s: float = DELAY_S
    """Seconds between two requests to one host while gathering."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which pages, and how they are read: the options that mean the same everywhere."""

    options: Options
    config: Config
    at: tuple[range, ...]
    limit: int | None
    no_color: bool
    wish: "Wish | None" = None
    """What only reading, or chance, can tell; None: nothing. Its limit holds then, and `limit` is None."""
    fetching: Fetching = Fetching()
    all_records: bool = False
    """Also the records of archives that are no pages of text."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Key -> label."""
    is_labelling: bool = False
    """The screen is for labelling: one key gives a label and goes on."""
    is_resuming: bool = False
    """The screen goes back to where one left."""
    is_following: bool = False
    """Pages are waited for that come later."""

    @property
    def limits(self) -> Limits:
        """The bounds on one page."""
        return self.config.limits

    def check_targets(self, targets: Iterable[str]) -> None:
        """Raise UsageError if nothing more can come of the targets, and more is waited for."""
        if self.is_following and all("://" in target for target in targets):
            raise UsageError("--follow: pages of the network don't grow; leave it out, or name a file or folder")

    def wanted(self, found: Iterable[tuple[int, T]]) -> Iterator[T]:
        """Of (ordinal, page) pairs, the pages that --at and --limit let through."""
        left = self.limit
        for ordinal, page in found:
            if left == 0:
                return
            if not self.at or any(ordinal in part for part in self.at):
                left = None if left is None else left - 1
                yield page


def chosen(given: Mapping[str, Any]) -> Choice:
    """Fold the options that were given and the configuration together. Raises UsageError if a value means nothing."""
    config = load(given.get("config_path"))
    charset = given.get("charset") or config.charset
    without = frozenset(given.get("without") or config.without)
    also = frozenset(given.get("also") or config.also)
    if charset:
        from tui.text.charset.names import canonical

        charset = canonical(charset)
    if without:
        _check_repairs("--without", without)
    if also:
        _check_repairs("--also", also)
    script = given.get("script") or config.script
    options = Options(
        charset, without, bool(given.get("certain")) or config.certain, script, also, _fields(given.get("fields"))
    )
    wish = _wish(given)
    limit = given.get("limit") if wish is None else None
    return Choice(
        options,
        config,
        _ordinals(given.get("at")),
        limit,
        bool(given.get("no_color")),
        wish,
        _fetching(given),
        bool(given.get("all_records")),
        _labels(given.get("label"), config),
        bool(given.get("label")),
        bool(given.get("resume")),
        bool(given.get("follow")),
    )


def _labels(given: str | None, config: Config) -> Mapping[str, str]:
    from tui.core.labels import keys

    if given:
        return keys([word.strip() for word in given.split(",")])
    return keys(config.labels, f"{config.path}: labels")


def _fetching(given: Mapping[str, Any]) -> Fetching:
    default = Fetching()
    timeout_s, delay_s = given.get("timeout"), given.get("delay")
    return Fetching(
        _headers(given.get("header") or ()),
        default.timeout_s if timeout_s is None else timeout_s,
        bool(given.get("offline")),
        given.get("warc") or "",
        given.get("depth") or 0,
        default.delay_s if delay_s is None else delay_s,
    )


def _headers(lines: Iterable[str]) -> tuple[tuple[str, str], ...]:
    if not lines:
        return ()
    from tui.web.headers import parse

    return tuple(parse(line) for line in lines)


def _wish(given: Mapping[str, Any]) -> "Wish | None":
    where, sample, by = given.get("where"), given.get("sample"), given.get("by")
    if sample is None and (by or given.get("seed") is not None):
        raise UsageError(f"{'--by' if by else '--seed'}: no sample to be drawn; add --sample N")
    if given.get("follow") and sample is not None:
        raise UsageError("--follow: a sample is drawn when all pages are known; leave out --follow or --sample")
    if where is None and sample is None:
        return None
    from tui.choosing.expression import field_name, parse
    from tui.choosing.selection import Wish

    return Wish(
        where=parse(where) if where is not None else None,
        sample=sample,
        seed=given.get("seed") or 0,
        by=field_name(by, "--by") if by else None,
        limit=given.get("limit"),
    )


def _check_repairs(option: str, names: Iterable[str]) -> None:
    from tui.text.mending.mend import REPAIRS

    known = [repair.name for repair in REPAIRS if repair.is_optional or option == "--without"]
    for name in names:
        if name not in known:
            raise UsageError(f"{option} {name}: no such repair; known: {', '.join(known)}")


_ROLES = ("body", "title", "url", "fetched")


def _fields(given: Iterable[str] | None) -> Fields:
    found = []
    for text in given or ():
        role, equals, name = text.partition("=")
        if role not in _ROLES or not equals or not name:
            raise UsageError(
                f"--field {text}: names no field; write --field body=content.text; known are {', '.join(_ROLES)}"
            )
        found.append((role, name))
    return tuple(found)


MOST_DIGITS = 18
"""Of an ordinal; no collection has so many pages, and int() refuses numbers of 5,000 digits."""


def _ordinals(text: str | None) -> tuple[range, ...]:
    parts = []
    for part in text.split(",") if text else ():
        first, dash, last = part.strip().partition("-")
        is_number = first.isdecimal() and (last.isdecimal() or not dash)
        if not is_number or max(len(first), len(last)) > MOST_DIGITS or (dash and int(last) < int(first)):
            raise UsageError(f"--at {text}: {part!r} is no ordinal or range of them; write 3 or 3-7,12")
        parts.append(range(int(first), int(last if dash else first) + 1))
    return tuple(parts)
