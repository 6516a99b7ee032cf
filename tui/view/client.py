"""What the screen wants of those who read pages for it."""

from collections.abc import Sequence
from typing import Protocol

from tui.model import Document, Effects, Options, Original, Peek, Readings, Ref


class Client(Protocol):
    """Reads pages in another process. Calls block; none raises for a page's faults, but a CopydeskError if it is cancelled."""

    def open(self, ref: Ref, options: Options) -> Document:
        """Read, repair and parse a page."""

    def peek(self, refs: Sequence[Ref], options: Options) -> list[Peek]:
        """Find out title and date of pages, cheaply."""

    def source(self, ref: Ref, options: Options) -> Original:
        """Read a page without repairing it."""

    def readings(self, ref: Ref, options: Options) -> Readings:
        """Find out in which charsets a page could be read."""

    def effects(self, ref: Ref, options: Options) -> Effects:
        """Find out what each repair does to a page, or would do if it were on."""

    def renew(self, ref: Ref) -> None:
        """Have a page of the network fetched anew when it is opened next."""

    @property
    def received(self) -> int:
        """Bytes that have come so far of the page that is being fetched; 0: none is."""

    @property
    def way(self) -> tuple[int, int]:
        """(byte that is reached, byte aimed for) while a compressed file is read forward to a page; (0, 0): none is."""

    @property
    def left(self) -> int:
        """Pages that are still to be gathered; 0: none are."""

    def cancel(self) -> None:
        """Give up the call that is under way; called from another thread."""

    def close(self) -> None:
        """End the process."""
