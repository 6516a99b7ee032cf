"""Pages of the network, as they lie in the store after fetching. Nothing here reaches out: see `tui.processes.fetcher`."""

from collections.abc import Iterator
from itertools import islice
from time import time
from typing import TYPE_CHECKING, BinaryIO

from tui.core.errors import SourceError
from tui.core.model import FETCHED, Item, Limits, Ref, Trouble
from tui.core.page import RawPage
from tui.core.problems import Problem, Reason, system_reason
from tui.core.values import replace
from tui.sources.base import Format, SomeRecords, each_record
from tui.sources.dispatch import head_of, recognise
from tui.sources.dispatch import read as read_page
from tui.sources.parsing.magic import binary_kind
from tui.sources.parsing.pages import read_file, unshown
from tui.sources.streams.files import printable
from tui.sources.streams.route import AS_STORED, RouteStep
from tui.sources.warcs.record import value

if TYPE_CHECKING:
    from tui.web.cache import Stored

_HTML = frozenset({"text/html", "application/xhtml+xml"})
FEED = "feed"
ONE_PAGE = frozenset({"html", "plain", FEED})
"""Formats of which a whole answer is one page; entries of a feed are pages besides."""


def scan(file: Ref, _below: BinaryIO | None = None) -> Iterator[Item]:
    """Yield the address: it is one page."""
    yield replace(file, format=FORMAT.name)


def read(ref: Ref, limits: Limits) -> RawPage:
    """Read a page that was fetched, with what its server said. Raises SourceError if it is not there."""
    from tui.sources.parsing.http_message import charset_claims  # pages of files need none of it

    if not ref.spool:
        raise SourceError(Reason("not_fetched"), printable(ref.source))
    stored = facts_of(ref)
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


def facts_of(ref: Ref) -> "Stored":
    """What came with the answer that the store keeps. Raises SourceError if it can't be read."""
    from tui.web import cache  # as above

    try:
        return cache.facts(ref.spool)
    except (OSError, cache.DamagedError) as error:
        reason = system_reason(error) if isinstance(error, OSError) else error.reason
        raise SourceError(Reason("stored_unreadable", {"error": reason}), printable(ref.source)) from error


def fetched(ref: Ref, length: int) -> Ref:
    """Return what was fetched for an address as a whole file, without what the store keeps behind it."""
    return replace(ref, format="", offset=0, length=-1, route=str(RouteStep(0, length, AS_STORED)))


def _page(inner: Ref, length: int, limits: Limits, content_type: str) -> RawPage:
    head = head_of(inner)
    media = content_type.partition(";")[0].strip().lower()
    own = recognise(head)
    kind = binary_kind(head.start)
    if length and own is None:
        return unshown(read_file(inner, limits, media), Reason(kind or "binary_data"), media)
    if media in _HTML and (own is None or own.name == "plain"):
        name = "html"  # a fragment, whose first bytes don't show what it is
    elif own is None or own.name in ONE_PAGE:
        name = own.name if own is not None else "plain"
    else:
        pages = list(islice((record for record in each_record(own.scan(inner, None)) if isinstance(record, Ref)), 2))
        if pages:  # one: such as the answer of a programming interface
            return _first(read_page(pages[0], limits), is_alone=len(pages) == 1)
        if own.is_binary:
            content = Reason(kind) if kind else Reason("verbatim", {"words": own.name})
            return unshown(read_file(inner, limits, media), content, media)
        name = "plain"
    return read_page(replace(inner, format=name), limits)


def records(address: Ref, facts: "Stored") -> Iterator[SomeRecords]:
    """Yield the records of what was fetched, such as rows or the members of an archive; nothing if it is one page.

    The first of a feed is the address itself: that page leads to others.
    """
    file = fetched(address, facts.length)
    try:
        own = recognise(head_of(file)) if facts.length and facts.http.status < 400 else None
        if own is not None and own.name == FEED:
            yield replace(address, format=FORMAT.name, offset=0, length=facts.length)
            yield from islice(own.scan(replace(file, ordinal=address.ordinal), None), 1, None)
        elif own is not None and own.name not in ONE_PAGE:
            yield from own.scan(file, None)
    except SourceError as error:
        yield Trouble.at(address, error.problem)


def _first(page: RawPage, is_alone: bool) -> RawPage:
    """The first page of a collection, which says so unless it is the only one."""
    if is_alone:
        return page
    name = printable(page.ref.source)
    return replace(page, problems=(*page.problems, Problem("more_records", name, {"command": name})))


def _joined(fetched: tuple[Problem, ...], read: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """All problems, but for the one that the page is empty where the server's answer says why."""
    return fetched + tuple(problem for problem in read if not (fetched and problem.code == "empty"))


# No file is of this format: addresses are named, not recognised.
FORMAT = Format(FETCHED, 5, lambda _head: False, scan, read)
