"""The pages that a page links to: its found headlines, fetched politely, level by level."""

from collections.abc import Iterable, Iterator

from tui.choosing.choices import Choice
from tui.core.errors import SourceError
from tui.core.model import FETCHED, Document, Item, Ref, Trouble, is_fetched
from tui.core.questions import Open
from tui.processes.pages import PageClient
from tui.web import urls


def gathered(refs: Iterable[Item], choice: Choice, reader: PageClient) -> Iterator[Item]:
    """Yield each reference, and after an address those that its headlines name, as they come.

    `reader` reads pages to find their headlines. Ordinals count on from the address's own; `choice.limit` bounds what
    is fetched for one address.
    """
    for ref in refs:
        yield ref
        if is_fetched(ref):
            yield from _below(ref, choice, reader)


def _below(start: Item, choice: Choice, reader: PageClient) -> Iterator[Item]:
    seen = {start.source}
    level, ordinal = [start], start.ordinal
    for _ in range(choice.fetching.depth):
        above, level = level, []
        for page in above:
            left = None if choice.limit is None else max(0, choice.limit - len(seen))
            fresh = [url for url in links(reader.ask(Open(page, choice.options))) if url not in seen][:left]
            seen.update(fresh)
            for url, found in zip(fresh, reader.network.client.gather(fresh), strict=True):
                ordinal += 1
                if isinstance(found, SourceError):
                    yield Trouble(url, ordinal, found.problem)
                    continue
                made = Ref(url, ordinal, FETCHED, 0, found.length, spool=found.path, via=page.source)
                level.append(made)
                yield made


def links(document: Document) -> list[str]:
    """The addresses that the found headlines of a page name, in order, each once; what can't be fetched is left out."""
    found = dict.fromkeys(address for item in document.headlines if (address := _address(item.url)))
    found.pop(document.url or "", None)
    return list(found)


def _address(link: str | None) -> str:
    """An address in one spelling, without its fragment; empty for what is none."""
    try:
        url = urls.parse(link or "")
    except urls.RefusedError:
        return ""
    return "" if url.userinfo else url.text
