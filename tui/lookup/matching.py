"""Regular expressions that a user typed, held against texts. It runs in a child process: some take longer than anybody lives."""

from collections.abc import Sequence
from time import monotonic

from tui.core.answers import Matched

REGEX_S = 1.0
"""Seconds for one search."""
MOST_MATCHES = 50_000
"""Matches of one text that are told."""


def match(texts: Sequence[str], expression: str) -> Matched:
    """Return where an expression stands in each text. Letter case counts only if there is a capital in it.

    >>> match(["One one", ""], "o.e").spans
    (((0, 3), (4, 7)), ())
    """
    import regex  # the one that can be stopped; 30 ms

    try:
        compiled = regex.compile(expression, 0 if expression != expression.lower() else regex.IGNORECASE)
    except regex.error as error:
        return Matched(error=str(error))
    deadline = monotonic() + REGEX_S
    found: list[tuple[tuple[int, int], ...]] = []
    spans: list[tuple[int, int]] = []
    try:
        for text in texts:
            spans = []
            for each in compiled.finditer(text, timeout=max(deadline - monotonic(), 0.001)):
                if each.end() > each.start():
                    spans.append(each.span())
                if len(spans) == MOST_MATCHES:
                    break
            found.append(tuple(spans))
    except TimeoutError:
        return Matched((*found, tuple(spans)), is_cut=True)
    return Matched(tuple(found))
