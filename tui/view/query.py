"""What is looked for: words in any script and width, or after `/` a regular expression that may not run for ever."""

from collections.abc import Callable, Iterator
from time import monotonic
from typing import Protocol

from tui.errors import UsageError
from tui.i18n import tr

REGEX_S = 1.0
"""Seconds that a regular expression may take for one search; some take longer than anybody lives."""

Span = tuple[int, int]


class Found(Protocol):
    """What `re` and `regex` call a match."""

    def span(self) -> Span:
        """Start and end."""


class Query:
    """A search as it was typed. Letter case counts only if there is a capital in it."""

    def __init__(self, typed: str) -> None:
        """Raises UsageError if `typed` begins with / and the rest is no regular expression."""
        self.typed = typed
        self.is_cut = False
        """The time was up before all was searched."""
        self._find: Callable[[str, int], Iterator[Found]]
        if typed.startswith("/"):
            self._compile_regex(typed[1:])
        else:
            from tui.text.fold import pattern  # 5 ms that nobody pays who looks for nothing

            self._find = pattern(typed).finditer

    def _compile_regex(self, expression: str) -> None:
        import regex  # the one that can be stopped; 30 ms

        try:
            compiled = regex.compile(expression, 0 if expression != expression.lower() else regex.IGNORECASE)
        except regex.error as error:
            said = tr("/{expression}: no regular expression: {error}; mend it", expression=expression, error=error)
            raise UsageError(said) from error
        deadline = monotonic() + REGEX_S
        self._find = lambda text, at: compiled.finditer(text, at, timeout=max(deadline - monotonic(), 0.001))

    def spans(self, text: str, at: int = 0) -> Iterator[Span]:
        """Yield where it stands from `at` on, nothing that is empty; ends early, with `is_cut`, when time is up."""
        try:
            for match in self._find(text, at):
                start, end = match.span()
                if end > start:
                    yield start, end
        except TimeoutError:
            self.is_cut = True

    def matches(self, text: str) -> bool:
        """Whether it stands anywhere in a text."""
        return next(self.spans(text), None) is not None
