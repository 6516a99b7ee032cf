"""Addresses of collections, parted into the pages that a file with the same bytes would have."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from tui.core.errors import CopydeskError
from tui.core.model import Item, Options, Ref, is_fetched
from tui.core.questions import Scan
from tui.core.shelf import singly
from tui.processes.pages import PageClient


def split(
    refs: Iterable[Item],
    client: PageClient,
    options: Options,
    is_all: bool,
    may_be: Callable[[str], bool] = lambda _source: True,
) -> Iterator[Item]:
    """Yield each reference, or, of an address that the user named and that is a collection, its pages.

    What is no page of text is left out, unless `is_all` is wanted. `#12` at the end of such an address leaves the
    page with that ordinal. Only addresses that `may_be` one are fetched. What can't be fetched is yielded as it is: opening it says why.
    """
    for ref in refs:
        if is_fetched(ref) and not ref.via and may_be(ref.source):
            yield from _pages(ref, client, options, is_all)
        else:
            yield ref


def _pages(ref: Ref, client: PageClient, options: Options, is_all: bool) -> Iterator[Item]:
    found = 0
    try:
        page = client.network.client.page(ref.source, is_typed=True)
        whole = replace(ref, spool=client.network.client.pin(page), length=page.length)
        for each in singly(client.look_aside(Scan((), options, is_all, fetched=whole))):
            found += 1
            yield each
    except (CopydeskError, OSError):
        pass
    if not found:
        yield ref
