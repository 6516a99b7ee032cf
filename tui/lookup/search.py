"""Searches pages for a text: their bytes first, and only what may hold it is decoded, repaired and looked through.

It runs in a worker process, a batch of pages at a time, and answers after a moment with what it has. So does a search
for a regular expression in texts that are at hand: some take longer than anybody lives.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from time import monotonic

from tui import loader
from tui.core.answers import Hit, Matched, PageHits, Searched
from tui.core.errors import SourceError
from tui.core.model import Item, Limits, Options, Problem
from tui.core.page import RawPage
from tui.core.questions import as_columns
from tui.core.shelf import Run
from tui.core.values import replace
from tui.lookup.needles import Sieve
from tui.sources import read, stored
from tui.text.charset.decode import is_whole_utf8
from tui.text.words.fold import pattern

BUDGET_S = 0.15
"""Seconds after which an answer is given, however little was searched: at least one page."""
REGION_BYTES = 8 * 1024 * 1024
"""Bytes of neighbouring records that are looked through in one go."""
CONTEXT_CHARS = 60
"""Code points on each side of a hit, within its line."""
MOST_HITS = 100
"""Hits of a page that are told; all are counted."""
REGION_FORMATS = frozenset({"jsonl"})
"""Formats whose records lie side by side and decompressed at their offsets."""
REGEX_S = 1.0
"""Seconds for one search."""
MOST_MATCHES = 50_000
"""Matches of one text that are told."""


def search(
    refs: Sequence[Item],
    query: str,
    options: Options,
    limits: Limits,
    renew: Callable[[], None],
    is_thorough: bool = False,
) -> Searched:
    """Search the first pages of `refs`, as many as there is time for; `renew` is called before each.

    `is_thorough`: every page is decoded and repaired, and found by what repairs bring to light as well.
    """
    until = monotonic() + BUDGET_S
    refs = as_columns(refs)
    found: list[PageHits] = []
    problems: list[tuple[Item, Problem]] = []

    def opened(ref: Item) -> RawPage:
        page = _read(ref, limits, options)
        cut = (problem for problem in page.problems if problem.code == "clipped")
        problems.extend((ref, problem) for problem in cut if (ref, problem) not in problems[-1:])
        return page

    at = 0
    while at < len(refs) and (at == 0 or monotonic() < until):
        renew()
        region = refs[at : at + 1] if is_thorough else _region(refs, at)
        done = len(region)
        try:
            for index in [0] if is_thorough else _sieved(region, query, options, limits, opened):
                if index and monotonic() >= until:
                    done = index
                    break
                renew()
                if (hits := find(region[index], opened(region[index]), query, options)) is not None:
                    found.append(hits)
        except SourceError as error:
            problems += ((ref, error.problem) for ref in region)
        at += done
    return Searched(at, tuple(found), tuple(problems))


def find(ref: Item, raw: RawPage, query: str, options: Options) -> PageHits | None:
    """Return the hits of a page that was read, at their places in its repaired text; None if it has none."""
    page, _ = loader.restore(raw, options)
    wanted = pattern(query)
    hits, count = [], 0
    for match in wanted.finditer(page.text):
        count += 1
        if count <= MOST_HITS:
            hits.append(_hit(page.text, match.start(), match.end()))
    if count:
        return PageHits(ref, tuple(hits), count)
    title = page.raw.title or ""
    named = wanted.search(title)
    return PageHits(ref, (replace(_hit(title, *named.span()), start=-1),), 1) if named else None


def _read(ref: Item, limits: Limits, options: Options) -> RawPage:
    page = read(ref, limits, options)
    if page.is_binary:
        raise SourceError(page.problems[0])
    return page


def _hit(text: str, start: int, end: int) -> Hit:
    first = max(text.rfind("\n", 0, start) + 1, start - CONTEXT_CHARS)
    last = text.find("\n", end, end + CONTEXT_CHARS)
    return Hit(start, text[first:start], text[start:end], text[end : last if last >= 0 else end + CONTEXT_CHARS])


def _region(refs: Sequence[Item], at: int) -> Sequence[Item]:
    """The pages from `at` on whose records lie in one stretch of a file; at least one."""
    alone = as_columns(refs[at : at + 1])
    if (
        not isinstance(refs, Run)
        or refs.first.format not in REGION_FORMATS
        or not 0 <= refs.lengths[at] <= REGION_BYTES
    ):
        return alone
    end = refs.offsets[at] + REGION_BYTES
    stop = bisect_right(refs.offsets, end, at)
    while stop > at and not 0 <= refs.lengths[stop - 1] <= end - refs.offsets[stop - 1]:
        stop -= 1
    return refs[at:stop] if stop > at else alone


def _sieved(
    region: Sequence[Item], query: str, options: Options, limits: Limits, opened: Callable[[Item], RawPage]
) -> Iterator[int] | list[int]:
    """Indexes of the pages that may hold the query. Raises SourceError if they can't be read."""
    first = region[0]
    if isinstance(region, Run) and region.first.format in REGION_FORMATS and region.lengths[0] >= 0:
        start = region.offsets[0]
        length = region.offsets[-1] + region.lengths[-1] - start
        whole = replace(region.first, offset=start, length=length)
        content = stored(whole, replace(limits, page_bytes=max(length, limits.page_bytes)))
        is_utf8 = options.charset is None and is_whole_utf8(content)
        return _sieve(query, is_utf8).records(content, [offset - start for offset in region.offsets])
    raw = opened(first)
    content = raw.encoded if raw.markup is None else raw.encoded + raw.markup.encode("utf-8", "replace")
    return [0] if _sieve(query, False).passes(content) else []


_sieve = lru_cache(4)(Sieve)
"""One is made once: to choose what to look for takes as long as to look through a megabyte."""


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
