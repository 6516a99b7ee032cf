"""What reaches the network for a program: one fetching client, made when the first address is asked for."""

import re
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tui.choosing.choices import Fetching
from tui.core.errors import ReasonedError, UsageError
from tui.core.files import absolute, is_address
from tui.core.problems import Reason
from tui.core.questions import Progress
from tui.processes import leftovers

if TYPE_CHECKING:
    from tui.processes.fetch_client import FetchClient
    from tui.web.job import FetchSettings


_COLLECTION = re.compile(
    r"https?://[^?#]*(?:\.(?:jsonl|ndjson|warc|we[ta]|arc|wacz|parquet|arrow|feather|csv|tsv|zip|tar|t[gx]z|har|sqlite|mhtml?|cdxj?)"
    r"(?:\.(?:gz|zst|bz2|xz))?|\.(?:rss|atom|rdf)|/(?:feed|rss|atom)(?:\.xml)?/?)(?:[?#]|\Z)",
    re.IGNORECASE,
)


def is_named_like_one(source: str) -> bool:
    """Say whether an address is named like a collection of pages.

    >>> is_named_like_one("https://example.org/a.warc.gz#3"), is_named_like_one("https://example.org/a.html")
    (True, False)
    >>> is_named_like_one("https://example.org/feed/"), is_named_like_one("https://example.org/feeds")
    (True, False)
    """
    return bool(_COLLECTION.match(source))


class Network:
    """The one fetching client of a program, made when the first address is asked for: most never ask for one."""

    def __init__(self, fetching: Fetching) -> None:
        self._fetching = fetching
        self._lock = threading.Lock()
        self._made: FetchClient | None = None

    @property
    def client(self) -> "FetchClient":
        """The client."""
        with self._lock:
            if self._made is None:
                from tui.processes.fetch_client import FetchClient

                self._made = FetchClient(_settings(self._fetching), self._fetching.is_offline)
            return self._made

    def prepare(self, sources: Iterable[str]) -> None:
        """Start what fetches if addresses are among the sources: it takes as long to start as the rest of the program.

        User names and passwords in them are remembered here, since references don't hold them. Raises UsageError if
        what is fetched would be added to one of the sources.
        """
        sources = tuple(sources)
        if warc := self._fetching.warc:
            from tui.export.drafts import check_sources  # few write one

            check_sources([warc], sources)
        addresses = list(filter(is_address, sources))
        for address in addresses:
            self.client.learn(address)
        if addresses:
            self.client.start(addresses[0])

    def progress(self) -> Progress | None:
        """Say how far what is being fetched or gathered is; None: nothing is."""
        made = self._made
        if made is None or not (made.received or made.gathered[1]):
            return None
        return Progress(made.received, gathered=made.gathered)

    def cancel(self) -> None:
        """Give up the page that is being fetched."""
        if self._made is not None:
            self._made.cancel()

    def close(self) -> None:
        """End what was started."""
        if self._made is not None:
            self._made.close()


def _check_warc(path: str) -> None:
    """Raise UsageError if nothing can be added to a WARC file."""
    from tui.export.drafts import PACKED, descriptor
    from tui.web import warcfile

    if descriptor(path) is not None or Path(path).suffix in PACKED - {".gz"}:
        raise UsageError(f"--warc {path}: WARC needs a file; name one that ends in .warc or .warc.gz")
    if Path(path).is_symlink():
        raise UsageError(f"--warc {path}: {Reason('is_link')}")
    try:
        warcfile.check(path)
    except ReasonedError as error:
        raise UsageError(f"--warc {path}: {error.reason}") from error
    except OSError as error:
        raise UsageError(f"--warc {path}: {error.strerror}; name a writable file") from error


def _settings(fetching: Fetching) -> "FetchSettings":
    """Fold the options of the user and what this machine has together. Raises UsageError if an option means nothing."""
    from tui.web import cache
    from tui.web.job import FetchSettings

    if fetching.warc:
        _check_warc(fetching.warc)
    return FetchSettings(
        session=leftovers.new_path(),
        cache=cache.default_folder(),
        cache_bytes=fetching.cache_bytes,
        headers=fetching.headers,
        timeout_s=fetching.timeout_s,
        warc=absolute(fetching.warc) if fetching.warc else "",
        delay_s=fetching.delay_s,
    )
