"""Finds the twins among the pages of an index: pages whose bodies are nearly the same.

The first of several is the one that a deduplication keeps, and the others are its copies: each of them was held against
that page itself, so that a chain of small changes makes no twins of its ends. Signatures lie in a file without a name, and one band of
them at a time in memory: some 150 bytes a page.
"""

import mmap
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import NamedTuple

from tui.choosing.fields import FieldValue
from tui.text.quality.likeness import BAND_BYTES, BANDS, SIGNATURE_BYTES, likeness

LEAST = 0.7
"""Likeness from which pages are twins. With 15 % of their words changed, English pages have 0.86, Chinese ones 0.77; pages
that one template made, and that say something else, rarely more than 0.69."""
MOST_HEADS = 16
"""Pages that agree in a band and are no twins; whoever comes behind them is compared with these alone."""
NEXT = "twins.next"
"""Column of an index, no field: the next page of those that are twins."""

_NONE = bytes(SIGNATURE_BYTES)


class Copy(NamedTuple):
    """A page that says what another one before it says."""

    kept: int
    """Ordinal of the page that it is a copy of, which is none itself."""
    likeness: float
    """How alike the two are, from `LEAST` to 1."""


class TwinSearch:
    """The signatures of pages, and which of these are twins."""

    def __init__(self, folder: Path) -> None:
        """`folder` has room for the signatures. Raises OSError, as adding does."""
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115 - closed by __exit__
        self._pages = 0
        self._rows: bytes | mmap.mmap = b""

    def __enter__(self) -> "TwinSearch":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(self._rows, mmap.mmap):
            self._rows.close()
        self._file.close()

    def add(self, signature: bytes) -> None:
        """Take the next page; one without a signature is nobody's twin."""
        self._file.write(signature or _NONE)
        self._pages += 1

    def copies(self) -> dict[int, Copy]:
        """Return all copies by their ordinals, when every page was added."""
        if not self._pages:
            return {}
        self._file.flush()
        self._rows = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        heads: dict[int, int] = {}
        left = [ordinal for ordinal in range(self._pages) if self._signature(ordinal) != _NONE]
        for band in range(BANDS):
            self._compare(left, band * BAND_BYTES, heads)
            left = [ordinal for ordinal in left if ordinal not in heads]
        for ordinal in sorted(heads):
            # The head may have turned out a copy itself, and then this page is no copy of what nobody keeps.
            head = heads.get(heads[ordinal], heads[ordinal])
            if head != heads[ordinal] and self._likeness(ordinal, head) < LEAST:
                del heads[ordinal]
            else:
                heads[ordinal] = head
        return {ordinal: Copy(head, self._likeness(ordinal, head)) for ordinal, head in sorted(heads.items())}

    def _compare(self, ordinals: list[int], start: int, heads: dict[int, int]) -> None:
        """Find for pages that agree in a band the first one that they are copies of."""
        rows, first = self._rows, dict[bytes, int]()
        others: dict[int, list[int]] = {}
        for ordinal in ordinals:
            at = ordinal * SIGNATURE_BYTES + start
            head = first.setdefault(rows[at : at + BAND_BYTES], ordinal)
            if head == ordinal:
                continue
            rivals = others.setdefault(head, [])
            twin = next((each for each in (head, *rivals) if self._likeness(ordinal, each) >= LEAST), None)
            if twin is not None:
                heads[ordinal] = twin
            elif len(rivals) < MOST_HEADS - 1:
                rivals.append(ordinal)

    def _signature(self, ordinal: int) -> bytes:
        return self._rows[ordinal * SIGNATURE_BYTES : (ordinal + 1) * SIGNATURE_BYTES]

    def _likeness(self, one: int, other: int) -> float:
        return likeness(self._signature(one), self._signature(other))


def columns(pages: int, copies: Mapping[int, Copy]) -> Iterator[dict[str, FieldValue]]:
    """Yield what an index keeps of each page: the fields of twins, and which one is next."""
    groups: dict[int, list[int]] = {}
    for ordinal, each in copies.items():
        groups.setdefault(each.kept, [each.kept]).append(ordinal)
    following = {one: other for group in groups.values() for one, other in pairwise(group)}
    for ordinal in range(pages):
        copy = copies.get(ordinal)
        values: dict[str, FieldValue] = {"twins": len(groups.get(copy.kept if copy else ordinal, "?")) - 1}
        if copy is not None:
            values |= {"twin": copy.kept, "likeness": round(copy.likeness, 3)}
        if ordinal in following:
            values[NEXT] = following[ordinal]
        yield values
