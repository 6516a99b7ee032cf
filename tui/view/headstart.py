"""Finds and reads the first page while the screen is still being imported: the worker has a core of its own."""

import threading
from collections.abc import Callable, Iterator, Sequence

from tui.errors import CopydeskError
from tui.model import Document, Effects, Options, Original, Peek, Readings, Ref
from tui.shelf import Run
from tui.view.client import Client


class HeadStart:
    """A scan and a client that have begun already: `scan` and `open` give what is there, and wait for what isn't."""

    def __init__(self, scan: Callable[[], Iterator[Ref | Run]], client: Client, options: Options) -> None:
        self._client = client
        self._options = options
        self._start_scan = scan
        self._refs: Iterator[Ref | Run] = iter(())
        self._begun: Ref | Run | None = None
        self._first: Ref | None = None
        self._is_used = False
        self._fault: BaseException | None = None
        self._document: Document | None = None
        self._is_found = threading.Event()
        self._thread = threading.Thread(target=self._work, name="head-start", daemon=True)
        self._thread.start()

    def _work(self) -> None:
        try:
            self._refs = self._start_scan()
            self._begun = next(self._refs, None)
            self._first = self._begun[0] if isinstance(self._begun, Run) else self._begun
        except Exception as error:  # noqa: BLE001 - raised again by `scan`, in the thread that waits for it
            self._fault = error
        self._is_found.set()
        if self._first is not None:
            try:
                self._document = self._client.open(self._first, self._options)
            except CopydeskError:  # cancelled; `open` asks again
                self._document = None

    def scan(self) -> Iterator[Ref | Run]:
        """Yield the references; raises what the scan raises. The second time, it begins anew."""
        self._is_found.wait()
        if self._is_used:
            yield from self._start_scan()
            return
        self._is_used = True
        if self._fault is not None:
            raise self._fault
        if self._begun is not None:
            yield self._begun
        yield from self._refs

    def open(self, ref: Ref, options: Options) -> Document:
        """As in `Client`; the first page is there or on its way."""
        if ref == self._first and options == self._options:
            self._thread.join()
            document, self._document = self._document, None
            if document is not None:
                return document
        return self._client.open(ref, options)

    def peek(self, refs: Sequence[Ref], options: Options) -> list[Peek]:
        """As in `Client`."""
        return self._client.peek(refs, options)

    def source(self, ref: Ref, options: Options) -> Original:
        """As in `Client`."""
        return self._client.source(ref, options)

    def readings(self, ref: Ref, options: Options) -> Readings:
        """As in `Client`."""
        return self._client.readings(ref, options)

    def effects(self, ref: Ref, options: Options) -> Effects:
        """As in `Client`."""
        return self._client.effects(ref, options)

    def renew(self, ref: Ref) -> None:
        """As in `Client`."""
        self._client.renew(ref)

    @property
    def received(self) -> int:
        """As in `Client`."""
        return self._client.received

    @property
    def way(self) -> tuple[int, int]:
        """As in `Client`."""
        return self._client.way

    @property
    def left(self) -> int:
        """As in `Client`."""
        return self._client.left

    def cancel(self) -> None:
        """As in `Client`."""
        self._client.cancel()

    def close(self) -> None:
        """As in `Client`."""
        self._client.close()
