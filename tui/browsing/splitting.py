"""Addresses of collections, parted into the pages that a file with the same bytes would have."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice

from tui.core.problems import Reason, unreadable
from tui.errors import CopydeskError
from tui.model import Ref
from tui.sources import Aside, Tally, web
from tui.web import store
from tui.workers.clients import FORMAT
from tui.workers.fetch_client import FetchClient


def split(
    refs: Iterable[Ref],
    client: FetchClient,
    tally: Tally,
    is_all: bool,
    may_be: Callable[[str], bool] = lambda _source: True,
) -> Iterator[Ref]:
    """Yield each reference, or, of an address that the user named and that is a collection, its pages.

    What is no page of text is counted in `tally`, unless `is_all` is wanted. `#12` at the end of such an address leaves the
    page with that ordinal. Only addresses that `may_be` one are fetched. What can't be fetched is yielded as it is: opening it says why.
    """
    for ref in refs:
        if ref.format == FORMAT and not ref.via and may_be(ref.source):
            yield from _pages(ref, client, tally, is_all)
        else:
            yield ref


def _pages(ref: Ref, client: FetchClient, tally: Tally, is_all: bool) -> Iterator[Ref]:
    try:
        found = client.page(ref.source, is_typed=True)
        facts = store.facts(found.path)
        address, _, fragment = ref.source.partition("#")
        whole = replace(ref, source=address, spool=client.pin(found))
        pages = _counted(web.records(whole, facts), tally, is_all)
        first = list(islice(pages, 2))
    except (CopydeskError, OSError, store.DamagedError):
        yield ref
        return
    if len(first) < 2:
        yield ref
        return
    for ordinal, page in enumerate(chain(first, pages), ref.ordinal):
        if not fragment.isdecimal() or ordinal == ref.ordinal + int(fragment):
            yield replace(page, ordinal=ordinal)
    for problem in facts.problems:
        reason = Reason("save_and_open", {"problem": replace(problem, where=""), "url": address})
        yield Ref(address, ordinal + 1, trouble=unreadable(reason, problem.where))


def _counted(found: Iterable[Ref | Aside], tally: Tally, is_all: bool) -> Iterator[Ref]:
    for some in found:
        if isinstance(some, Ref):
            yield some
        elif is_all:
            yield some.ref
        else:
            tally.asides += 1
