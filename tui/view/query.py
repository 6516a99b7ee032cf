"""What is looked for: words in any script and width, or after `/` a regular expression, which another process looks for."""

from collections.abc import Iterator, Mapping, Sequence

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
            from tui.text.fold import pattern  # 5 ms that nobody pays who looks for nothing

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
