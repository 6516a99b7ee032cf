"""Readers of pages wherever they lie: what an address names is fetched first, and then read like a file."""

import os
import re
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from tui.choices import Choice
from tui.errors import CopydeskError, SourceError, UsageError
from tui.model import Charset, Document, Effects, Options, Original, Peek, Problem, Readings, Ref
from tui.workers.worker_client import WorkerClient

if TYPE_CHECKING:
    import subprocess

    from tui.lookup.hits import Searched
    from tui.web.job import Settings
    from tui.workers.fetch_client import FetchClient

FORMAT = "web"
"""Format of references whose source is an address."""


def is_address(source: str) -> bool:
    """Say whether a SOURCE is to be fetched from the network."""
    return source[:8].lower().startswith(("http://", "https://"))


_COLLECTION = re.compile(
    r"https?://[^?#]*\.(?:jsonl|ndjson|warc|we[ta]|wacz|parquet|csv|tsv|zip|tar|t[gx]z|har|sqlite|mhtml?|cdxj?)"
    r"(?:\.(?:gz|zst|bz2|xz))?(?:[?#]|\Z)",
    re.IGNORECASE,
)


def is_named_like_one(source: str) -> bool:
    """Say whether an address is named like a collection of pages.

    >>> is_named_like_one("https://example.org/a.warc.gz#3"), is_named_like_one("https://example.org/a.html")
    (True, False)
    """
    return bool(_COLLECTION.match(source))


class Network:
    """The one fetching client of a program, made when the first address is asked for: most never ask for one."""

    def __init__(self, choice: Choice) -> None:
        self._choice = choice
        self._lock = threading.Lock()
        self._made: FetchClient | None = None

    @property
    def client(self) -> "FetchClient":
        """The client."""
        with self._lock:
            if self._made is None:
                from tui.workers.fetch_client import FetchClient

                self._made = FetchClient(_settings(self._choice), self._choice.fetching.is_offline)
            return self._made

    def prepare(self, sources: Iterable[str]) -> None:
        """Start what fetches if addresses are among the sources: it takes as long to start as the rest of the program.

        User names and passwords in them are remembered here, since references don't hold them. Raises UsageError if
        what is fetched would be added to one of the sources.
        """
        sources = tuple(sources)
        if warc := self._choice.fetching.warc:
            from tui.records import check_places  # it knows how to read every format, which costs 20 ms

            check_places([Path(warc)], sources)
        addresses = list(filter(is_address, sources))
        for address in addresses:
            self.client.learn(address)
        if addresses:
            self.client.start(addresses[0])

    @property
    def received(self) -> int:
        """Bytes that have come so far of the page that is being fetched; 0: none is."""
        return self._made.received if self._made is not None else 0

    @property
    def left(self) -> int:
        """Pages that are still to be gathered; 0: none are."""
        return self._made.left if self._made is not None else 0

    def cancel(self) -> None:
        """Give up the page that is being fetched."""
        if self._made is not None:
            self._made.cancel()

    def close(self) -> None:
        """End what was started."""
        if self._made is not None:
            self._made.close()


def _settings(choice: Choice) -> "Settings":
    """Fold the options of the user and what this machine has together. Raises UsageError if an option means nothing."""
    from tui.web import store
    from tui.web.job import Settings

    wish = choice.fetching
    if wish.warc:
        try:
            Path(wish.warc).open("ab").close()
        except OSError as error:
            raise UsageError(f"--warc {wish.warc}: {error.strerror}; name a file that can be written") from error
    folder = Path(os.environ.get("TMPDIR") or "/tmp")  # noqa: S108 - the name in it can't be guessed
    return Settings(
        session=os.fspath(folder / f"copydesk-{os.urandom(8).hex()}"),
        cache=store.default_folder(),
        cache_bytes=choice.config.cache_mb * 1024 * 1024,
        headers=wish.headers,
        timeout_s=wish.timeout_s,
        warc=os.fspath(Path(wish.warc).resolve()) if wish.warc else "",
        delay_s=wish.delay_s,
    )


class ReplacedError(SourceError):
    """A page can't be read where it was found: another file lies there."""

    def __init__(self, said: str) -> None:
        super().__init__(f"{said}; read the collection again (R on the screen)")


class PageClient(WorkerClient):
    """A worker client that fetches what it is asked to open. What can't be had is a value with a problem, as ever."""

    def __init__(
        self,
        choice: Choice,
        network: Network,
        process: "subprocess.Popen[bytes] | None" = None,
        is_glancing: bool = False,
    ) -> None:
        """`is_glancing`: with low priority, and its peeks fetch nothing: they look at what is here."""
        super().__init__(choice.limits, is_glancing, process)
        self.network = network
        self._is_glancing = is_glancing
        self._renewed: set[str] = set()
        self.changed: Callable[[Ref], str] = lambda _ref: ""
        """Says for people what has become of the file of a page that was found in another; empty: it is the same.

        Asked when a page was read: what lies in a file that was replaced, before that or meanwhile, is not the page.
        """

    def open(self, ref: Ref, options: Options) -> Document:
        """As in `WorkerClient`. Raises CopydeskError if it is cancelled."""
        try:
            local, problem = self._local(ref)
        except SourceError as error:
            return Document.unread(ref, _unreadable(error))
        document = super().open(local, options)
        if said := self.changed(ref):
            return Document.unread(ref, _unreadable(ReplacedError(said)))
        problems = (problem, *document.problems) if problem else document.problems
        return document if local is ref else replace(document, ref=ref, problems=problems)

    def peek(self, refs: Sequence[Ref], options: Options) -> list[Peek]:
        """As in `WorkerClient`; an address of which nothing is here is its own title. Raises CopydeskError if it is
        cancelled.
        """
        if not any(ref.format == FORMAT for ref in refs):
            found = super().peek(refs, options)
        else:
            found = [self._peek(ref, options) for ref in refs]
        return [Peek(peek.ref, "", trouble=said) if (said := self.changed(peek.ref)) else peek for peek in found]

    def _peek(self, ref: Ref, options: Options) -> Peek:
        if ref.format == FORMAT and self._is_glancing and not ref.spool and not self.network.client.has(ref.source):
            return Peek(ref, ref.source)
        try:
            local, _problem = self._local(ref)
        except SourceError as error:
            return Peek(ref, "", trouble=str(error))
        (found,) = super().peek([local], options)
        return replace(found, ref=ref)

    def source(self, ref: Ref, options: Options) -> Original:
        """As in `WorkerClient`. Raises CopydeskError if it is cancelled."""
        try:
            local, problem = self._local(ref)
        except SourceError as error:
            return Original(ref, b"", b"", "text/plain", Charset("utf-8", "default"), "", (_unreadable(error),))
        original = super().source(local, options)
        return replace(original, ref=ref, problems=(problem, *original.problems) if problem else original.problems)

    def readings(self, ref: Ref, options: Options) -> Readings:
        """As in `WorkerClient`. Raises CopydeskError if it is cancelled."""
        try:
            local, _problem = self._local(ref)
        except SourceError as error:
            return Readings(ref, Charset("utf-8", "default"), (), (_unreadable(error),))
        return super().readings(local, options)

    def effects(self, ref: Ref, options: Options) -> Effects:
        """As in `WorkerClient`. Raises CopydeskError if it is cancelled."""
        try:
            local, _problem = self._local(ref)
        except SourceError as error:
            return Effects(ref, (), (_unreadable(error),))
        return super().effects(local, options)

    def search(self, refs: Sequence[Ref], query: str, options: Options, is_thorough: bool = False) -> "Searched":
        """As in `WorkerClient`. Raises CopydeskError if it is cancelled."""
        from tui.lookup.hits import Searched  # most programs never search

        first = refs[0]
        if said := self.changed(first):
            return Searched(1, (), ((first, _unreadable(ReplacedError(said))),))
        if first.format != FORMAT:
            here = list(takewhile(lambda ref: ref.format != FORMAT, refs))
            return super().search(here, query, options, is_thorough)
        try:
            local, _problem = self._local(first)
        except SourceError as error:
            return Searched(1, (), ((first, _unreadable(error)),))
        answer = super().search([local], query, options, is_thorough)
        found = tuple(replace(hits, ref=first) for hits in answer.found)
        return Searched(1, found, tuple((first, problem) for _, problem in answer.problems))

    def renew(self, ref: Ref) -> None:
        """Ask the server when this page is opened next, whatever is kept of it."""
        if ref.format == FORMAT:
            self._renewed.add(ref.source)

    @property
    def received(self) -> int:
        """Bytes that have come so far of the page that is being fetched; 0: none is."""
        return self.network.received

    @property
    def left(self) -> int:
        """Pages that are still to be gathered; 0: none are."""
        return self.network.left

    def cancel(self) -> None:
        """As in `WorkerClient`; fetching is given up as well."""
        self.network.cancel()
        super().cancel()

    def close(self) -> None:
        """As in `WorkerClient`; the network is its owner's to close."""
        self.network.cancel()
        super().close()

    def _local(self, ref: Ref) -> tuple[Ref, Problem | None]:
        """The reference with the bytes on this machine, and what is to be said about their keeping.

        Raises SourceError if they can't be had, CopydeskError if fetching was given up.
        """
        if said := self.changed(ref):
            raise ReplacedError(said)
        must_ask = ref.source in self._renewed
        if ref.format != FORMAT or (ref.spool and not must_ask):
            return ref, None
        self._renewed.discard(ref.source)
        found = self.network.client.page(ref.source, not ref.via, must_ask)
        return replace(ref, spool=found.path, length=found.length), found.problem


def _unreadable(error: CopydeskError) -> Problem:
    if isinstance(error, ReplacedError):
        return Problem("read", "source_changed", str(error))
    return Problem("fetch", "unreadable", str(error))
