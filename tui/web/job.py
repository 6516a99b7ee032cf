"""What is asked of the fetching process, and what it answers: values that cross the pipe."""

from tui.core.model import DELAY_S, FETCH_S, Limits
from tui.core.problems import Problem
from tui.core.values import dataclass

CONNECT_S = 5.0
"""Seconds for one connection, TLS included."""


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How pages are fetched: the first message to the fetching process."""

    session: str
    """Folder for answers that may not be kept; it goes when the program ends."""
    cache: str
    """Folder of the cache; it is made when something is kept."""
    cache_bytes: int
    """Bytes that the cache may take."""
    headers: tuple[tuple[str, str], ...] = ()
    """(name, value) that are sent on top of our own, or instead of them."""
    timeout_s: float = FETCH_S
    warc: str = ""
    """Path of a WARC file to which each exchange is added; empty: none."""
    delay_s: float = DELAY_S
    """Seconds between two requests to one host while gathering."""

    @property
    def limits(self) -> Limits:
        """The bounds on the process."""
        return Limits(page_s=self.timeout_s, memory_bytes=512 * 1024 * 1024)


@dataclass(frozen=True, slots=True)
class FetchJob:
    """One page to be fetched."""

    url: str
    is_typed: bool
    """The user named it; then it may name a private host. Else a page did, and it may not."""
    inward: frozenset[str] = frozenset()
    """Origins that are private and that the user named: their own pages may name them too."""
    named: str = ""
    """The origin of `url` if the user named it: it alone sees what the user adds. Empty: nobody named it."""
    userinfo: str = ""
    """`user:password` for `named`; empty: none."""
    asked: float = 0.0
    """When somebody began to wait for it, on the system's monotonic clock; 0: nobody does."""
    must_ask: bool = False
    """Ask the server even if the cache holds a fresh answer."""


@dataclass(frozen=True, slots=True)
class Gather:
    """Pages to be fetched politely, in this order; each is answered as soon as it and those before it are done."""

    jobs: tuple[FetchJob, ...]


@dataclass(frozen=True, slots=True)
class BytesReceived:
    """Bytes that have come so far."""

    received: int


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer came, and lies in this file; see `store`."""

    url: str
    path: str
    length: int
    """Bytes of the page."""
    inward: str = ""
    """Origin of the page if it is private and the user named it."""
    problem: Problem | None = None
    """What is to be said about the keeping of it, such as that it is an older answer than was asked for."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing came that could be shown."""

    url: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class GatherDone:
    """Every job of a `Gather` has been answered."""
