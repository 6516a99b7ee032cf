"""Pages of the network, as they lie in the store after fetching. Nothing here reaches out: see `tui.processes.fetcher`."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from time import time
from typing import TYPE_CHECKING, BinaryIO

from tui.core.errors import SourceError
from tui.core.model import FETCHED, Item, Limits, Ref, Trouble
from tui.core.page import RawPage
from tui.core.problems import Problem, Reason, system_reason, unreadable
from tui.sources.base import Aside, Source, Tally, shown, taken_apart
from tui.sources.dispatch import formats, head_of, recognise
from tui.sources.dispatch import read as read_page
from tui.sources.parsing.magic import binary_kind, is_html
from tui.sources.parsing.whole import read_whole
from tui.sources.streams.route import AS_STORED, Step
from tui.sources.warcs.record import value

if TYPE_CHECKING:
    from tui.web.cache import Stored

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_ONE_PAGE = frozenset({"html", "plain", "feed"})
"""Formats of which a whole answer is one page."""


def scan(whole: Ref, _below: BinaryIO | None = None) -> Iterator[Item]:
    """Yield the address: it is one page."""
    yield replace(whole, format=SOURCE.name)


def read(ref: Ref, limits: Limits) -> RawPage:
    """Read a page that was fetched, with what its server said. Raises SourceError if it is not there."""
    from tui.sources.parsing.http_message import charset_claims  # pages of files need none of it

    if not ref.spool:
        raise SourceError(Reason("not_fetched"), shown(ref.source))
    stored = _facts(ref)
    media = value(stored.http.headers, "Content-Type")
    page = _page(fetched(ref, stored.length), stored.length, limits, media)
    return replace(
        page,
        ref=ref,
        # Text out of JSON was written by us: what the server says of its bytes isn't said of that.
        claims=page.claims or charset_claims(media),
        url=page.url or stored.url,
        fetched=stored.fetched,
        problems=_joined(stored.problems, page.problems),
        http=replace(stored.http, age_s=round(max(0.0, time() - stored.checked), 1)) if stored.http.status else None,
    )


def _facts(ref: Ref) -> "Stored":
    """What came with the answer that the store keeps. Raises SourceError if it can't be read."""
    from tui.web import cache  # as above

    try:
        return cache.facts(ref.spool)
    except (OSError, cache.DamagedError) as error:
        reason = system_reason(error) if isinstance(error, OSError) else error.reason
        raise SourceError(Reason("stored_unreadable", {"error": reason}), shown(ref.source)) from error


def fetched(ref: Ref, length: int) -> Ref:
    """Return what was fetched for an address as a whole file, without what the store keeps behind it."""
    return replace(ref, format="", offset=0, length=-1, route=str(Step(0, length, AS_STORED)))


def records(ref: Ref, facts: "Stored") -> Iterator[Item | Aside]:
    """Yield what was fetched for an address as a file's records; nothing if it is a page. Raises SourceError."""
    whole = fetched(ref, facts.length)
    source = recognise(head_of(whole)) if facts.length and facts.http.status < 400 else None
    if source is not None and source.name not in _ONE_PAGE:
        yield from taken_apart(source.scan(whole, None))


def split(whole: Ref, tally: Tally, is_all: bool) -> Iterator[Item]:
    """Yield the pages of what was fetched for an address, if there are several; nothing if it is one.

    What is no page of text is counted in `tally`, unless `is_all` is wanted. `#12` at the end of the address leaves the
    page with that ordinal. What can't be read is a page that says why.
    """
    try:
        facts = _facts(whole)
    except SourceError:  # it stays one page, which says why when it is read
        return
    address, _, fragment = whole.source.partition("#")
    place = replace(whole, source=address)
    pages = _counted(place, records(place, facts), tally, is_all)
    first = list(islice(pages, 2))
    if len(first) < 2:
        return
    ordinal = whole.ordinal
    for ordinal, page in enumerate(chain(first, pages), whole.ordinal):
        if not fragment.isdecimal() or ordinal == whole.ordinal + int(fragment):
            yield replace(page, ordinal=ordinal)
    for problem in facts.problems:
        reason = Reason("save_and_open", {"problem": replace(problem, where=""), "url": address})
        yield Trouble(address, ordinal + 1, unreadable(reason, problem.where))


def _counted(place: Ref, found: Iterable[Item | Aside], tally: Tally, is_all: bool) -> Iterator[Item]:
    try:
        for some in found:
            if isinstance(some, Item):
                yield some
            elif is_all:
                yield some.ref
            else:
                tally.asides += 1
    except SourceError as error:
        yield Trouble.at(place, error.problem)


def _page(inner: Ref, length: int, limits: Limits, content_type: str) -> RawPage:
    head = head_of(inner)
    media = content_type.partition(";")[0].strip().lower()
    source = recognise(head)
    kind = binary_kind(head.start)
    if kind == "binary_data" and is_html(head):  # a page that is full of NULs
        return read_whole(replace(inner, format="html"), limits, "text/html")
    if length and source is None:
        return _named(inner, length, media, Reason(kind or "binary_data"))
    if media in _HTML and (source is None or source.name == "plain"):
        name = "html"  # a fragment, whose first bytes don't show what it is
    elif source is None or source.name in _ONE_PAGE:
        name = source.name if source is not None else "plain"
    else:
        pages = list(islice((some for some in taken_apart(source.scan(inner, None)) if isinstance(some, Item)), 2))
        if pages:  # one: such as the answer of a programming interface
            return _first(read_page(pages[0], limits), is_alone=len(pages) == 1)
        if source.is_binary:
            named = Reason(kind) if kind else Reason("verbatim", {"words": source.name})
            return _named(inner, length, media, named)
        name = "plain"
    reader = next(known for known in formats() if known.name == name)
    return reader.read(replace(inner, format=name), limits)


def _first(page: RawPage, is_alone: bool) -> RawPage:
    """The first page of a collection, which says so unless it is the only one."""
    if is_alone:
        return page
    name = shown(page.ref.source)
    return replace(page, problems=(*page.problems, Problem("more_records", name, {"command": name})))


def _named(inner: Ref, length: int, media: str, kind: Reason) -> RawPage:
    """A page of which nothing can be shown but what it is."""
    return RawPage(
        inner,
        b"",
        media or "application/octet-stream",
        length,
        clipped=length,
        problems=(Problem("not_text", shown(inner.source), {"kind": kind, "size": length}, lost=length),),
    )


def _joined(fetched: tuple[Problem, ...], read: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """All problems, but for the one that the page is empty where the server's answer says why."""
    return fetched + tuple(problem for problem in read if not (fetched and problem.code == "empty"))


# No file is of this format: addresses are named, not recognised.
SOURCE = Source(FETCHED, 5, lambda _head: False, scan, read)
