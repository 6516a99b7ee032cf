"""Where what one looks for stands in a text: the first place at once, the others as time allows."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from time import monotonic

from tui.view.query import Query, Span

MAX_HITS = 50_000
SLICE_S = 0.02
"""Seconds of counting after which keys get their turn."""


class Hits:
    """The places found so far, and which of them one is at."""

    def __init__(self, query: Query, text: str, at: int, step: int) -> None:
        """Look for the first place after `at`, or with `step` -1 before it, around the ends of the text."""
        self.query = query
        self.length = len(text)
        self.spans: list[Span] = []
        self.is_complete = False
        self._now: Span | None = None
        self._rest = query.spans(text)
        if step > 0:
            self._now = next(query.spans(text, at), None)
        if self._now is None:
            self.count(float("inf") if step < 0 else SLICE_S)
            if self.spans:
                starts = [start for start, _end in self.spans]
                self._now = self.spans[bisect_right(starts, at) - 1 if step < 0 else 0]

    @property
    def now(self) -> Span | None:
        """The hit one is at; None: there is none."""
        return self._now

    def count(self, budget_s: float = SLICE_S) -> None:
        """Go on counting for so many seconds."""
        end = monotonic() + budget_s
        for number, span in enumerate(self._rest, 1):
            self.spans.append(span)
            if len(self.spans) == MAX_HITS:
                break
            if number % 256 == 0 and monotonic() > end:
                return
        self.is_complete = True

    def go(self, step: int, at: int | None = None) -> Span | None:
        """Go `step` hits on from the present one, or from an offset, around the ends; returns the hit."""
        if self._now is None:
            return None
        if not self.is_complete:
            self.count(float("inf"))
        if self.spans:
            index = bisect_left(self.spans, self._now)
            if at is not None:
                index = (
                    bisect_right(self.spans, (at, self.length)) - 1 if step > 0 else bisect_left(self.spans, (at, 0))
                )
            self._now = self.spans[(index + step) % len(self.spans)]
        return self._now

    def between(self, start: int, end: int) -> Iterator[Span]:
        """The hits that touch a stretch of the text, as far as they were counted, and the one that one is at."""
        index = max(bisect_right(self.spans, (start, -1)) - 1, 0)
        while index < len(self.spans) and self.spans[index][0] < end:
            if self.spans[index][1] > start:
                yield self.spans[index]
            index += 1
        if self._now is not None and not self._is_counted() and self._now[0] < end and self._now[1] > start:
            yield self._now

    def _is_counted(self) -> bool:
        return bool(self.spans) and self._now is not None and self._now <= self.spans[-1]

    def __str__(self) -> str:
        """Such as `3/17`; with a + while more may come."""
        may_grow = not self.is_complete or len(self.spans) == MAX_HITS or self.query.is_cut
        place = str(bisect_left(self.spans, self._now) + 1) if self._now and self._is_counted() else "…"
        return f"{place if self._now else 0}/{len(self.spans):,}{'+' * may_grow}"
