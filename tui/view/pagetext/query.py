"""What is looked for, and its hits: words in any script and width, or a regular expression that another process looks for."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from time import monotonic

Span = tuple[int, int]


class Query:
    """A search as it was typed. Letter case counts only if there is a capital in it."""

    def __init__(self, typed: str, spans: Mapping[str, Sequence[Span]] | None = None, *, is_cut: bool = False) -> None:
        """`spans`: where an expression stands in texts, as was found out before; None: `typed` are words.

        `is_cut`: the time was up before all was searched.
        """
        self.typed, self.is_cut = typed, is_cut
        self._spans = spans
        if spans is None:
            from tui.text.words.fold import pattern  # 5 ms that nobody pays who looks for nothing

            self._find = pattern(typed).finditer

    def spans(self, text: str, at: int = 0) -> Iterator[Span]:
        """Yield where it stands from `at` on, nothing that is empty."""
        if self._spans is not None:
            yield from (span for span in self._spans.get(text, ()) if span[0] >= at)
            return
        for match in self._find(text, at):
            if match.end() > match.start():
                yield match.span()

    def matches(self, text: str) -> bool:
        """Whether it stands anywhere in a text."""
        return next(self.spans(text), None) is not None


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
        self.now: Span | None = None
        """The hit one is at; None: there is none."""
        self._rest = query.spans(text)
        if step > 0:
            self.now = next(query.spans(text, at), None)
        if self.now is None:
            self.count(float("inf") if step < 0 else SLICE_S)
            if self.spans:
                starts = [start for start, _end in self.spans]
                self.now = self.spans[bisect_right(starts, at) - 1 if step < 0 else 0]

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
        if self.now is None:
            return None
        if not self.is_complete:
            self.count(float("inf"))
        if self.spans:
            index = bisect_left(self.spans, self.now)
            if at is not None:
                index = (
                    bisect_right(self.spans, (at, self.length)) - 1 if step > 0 else bisect_left(self.spans, (at, 0))
                )
            self.now = self.spans[(index + step) % len(self.spans)]
        return self.now

    def between(self, start: int, end: int) -> Iterator[Span]:
        """The hits that touch a stretch of the text, as far as they were counted, and the one that one is at."""
        index = max(bisect_right(self.spans, (start, -1)) - 1, 0)
        while index < len(self.spans) and self.spans[index][0] < end:
            if self.spans[index][1] > start:
                yield self.spans[index]
            index += 1
        if self.now is not None and not self._is_counted() and self.now[0] < end and self.now[1] > start:
            yield self.now

    def _is_counted(self) -> bool:
        return bool(self.spans) and self.now is not None and self.now <= self.spans[-1]

    def __str__(self) -> str:
        """Such as `3/17`; with a + while more may come."""
        may_grow = not self.is_complete or len(self.spans) == MAX_HITS or self.query.is_cut
        place = str(bisect_left(self.spans, self.now) + 1) if self.now and self._is_counted() else "…"
        return f"{place if self.now else 0}/{len(self.spans):,}{'+' * may_grow}"
