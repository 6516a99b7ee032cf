"""Which pages are wanted of those that are found: addresses stand for the pages of a collection, and lead to others."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tui.choosing.choices import Choice, Pick
from tui.core.errors import CopydeskError, SourceError
from tui.core.files import is_address
from tui.core.model import FETCHED, Document, Item, Ref, Trouble, is_fetched
from tui.core.questions import Open, Scan
from tui.core.shelf import singly
from tui.core.values import replace

if TYPE_CHECKING:
    from tui.core.problems import Problem
    from tui.processes.pages import PageClient


def wanted(
    refs: Iterable[Item],
    targets: Sequence[str],
    choice: Choice,
    client: "PageClient",
    *,
    may_be: Callable[[str], bool] = lambda _source: True,
    on_lost: "Callable[[Item, Sequence[Problem]], None] | None" = None,
    on_passed: "Callable[[int], object] | None" = None,
) -> Iterator[Pick]:
    """Yield the pages that the user asked for, of those that were found at the targets and those they lead to.

    Only addresses that `may_be` a collection are fetched to see whether they are one. `on_lost` and `on_passed` are as in `Selector`.
    Raises UsageError if they are chosen by their twins, and no index knows these.
    """
    has_address = any(map(is_address, targets))
    if has_address:
        refs = split(refs, client, choice, may_be)
    if choice.fetching.depth:
        refs = gathered(refs, choice, client)
    refs = choice.selection.by_place(refs)
    if choice.selection.is_plain:
        return map(Pick, refs)
    from tui.choosing.fields import OF_TWINS
    from tui.choosing.selection import Selector

    if asked := OF_TWINS & choice.selection.fields:
        if choice.all_records:
            from tui.core.errors import UsageError

            raise UsageError(f"--all-records: an index knows {min(asked)} of pages alone; drop one of the two")
        from tui.config import index_folder
        from tui.lookup.catalogue import Catalogue

        # Without an index there is no answer, and this says so; of a damaged one nothing more has to be told.
        Catalogue(index_folder(), choice.options, lambda _error: None).check(asked, targets)
    is_hasty = choice.is_following or has_address or "-" in targets
    # An index counts pages alone, so that its ordinals are others where all records have one.
    known = () if choice.all_records else targets
    return Selector(client, choice.options, known, on_lost, is_hasty, client.crowd(), on_passed).choose(
        refs, choice.selection
    )


def gathered(refs: Iterable[Item], choice: Choice, reader: "PageClient") -> Iterator[Item]:
    """Yield each reference, and after an address those that its headlines name, as they come.

    `reader` reads pages to find their headlines. Ordinals count on from the address's own; `choice.selection.plain_limit` bounds what
    is fetched for one address.
    """
    for ref in refs:
        yield ref
        if is_fetched(ref):
            yield from _below(ref, choice, reader)


def _below(start: Ref, choice: Choice, reader: "PageClient") -> Iterator[Item]:
    seen = {start.source}
    level, ordinal = [start], start.ordinal
    for _ in range(choice.fetching.depth):
        above, level = level, []
        for page in above:
            left = None if choice.selection.plain_limit is None else max(0, choice.selection.plain_limit - len(seen))
            fresh = [url for url in links(reader.ask(Open(page, choice.options))) if url not in seen][:left]
            seen.update(fresh)
            for url, found in zip(fresh, reader.network.client.gather(fresh), strict=True):
                ordinal += 1
                if isinstance(found, SourceError):
                    yield Trouble(url, ordinal, found.problem)
                    continue
                ref = Ref(url, ordinal, FETCHED, 0, found.length, spool=found.path, via=page.source)
                level.append(ref)
                yield ref


def links(document: Document) -> list[str]:
    """The addresses that the found headlines of a page name, in order, each once; what can't be fetched is left out."""
    addresses = dict.fromkeys(address for item in document.headlines if (address := _address(item.url)))
    addresses.pop(document.url or "", None)
    return list(addresses)


def _address(link: str | None) -> str:
    """An address in one spelling, without its fragment; empty for what is none."""
    from tui.web import urls  # 6 ms, for those who gather

    try:
        url = urls.parse(link or "")
    except urls.RefusedError:
        return ""
    return "" if url.userinfo else url.text


def split(
    refs: Iterable[Item],
    client: "PageClient",
    choice: Choice,
    may_be: Callable[[str], bool] = lambda _source: True,
) -> Iterator[Item]:
    """Yield each reference, or, of an address that the user named and that is a collection, its pages.

    What is no page of text is left out, unless all records are wanted. Of a feed from which pages are gathered that
    its entries name, these entries are none. `#12` at the end of such an address leaves the
    page with that ordinal. Only addresses that `may_be` one are fetched. What can't be fetched is yielded as it is: opening it says why.
    """
    for ref in refs:
        if is_fetched(ref) and not ref.via and may_be(ref.source):
            yield from _parts(ref, client, choice)
        else:
            yield ref


def _parts(ref: Ref, client: "PageClient", choice: Choice) -> Iterator[Item]:
    parts = 0
    try:
        page = client.network.client.page(ref.source, is_typed=True)
        fetched = replace(ref, spool=client.network.client.pin(page), length=page.length)
        for each in singly(client.look_aside(Scan((), choice.options, choice.all_records, fetched=fetched))):
            if is_fetched(each) and choice.fetching.depth:
                break
            parts += 1
            if parts == 1 and page.problem:  # of a single page it is told when that is read
                client.remark(page.problem)
            yield each
    except (CopydeskError, OSError):
        pass
    if not parts:
        yield ref
