"""Looks through all pages for the screen, with a process of its own that is started when it is first asked."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tui.core.problems import is_unread
from tui.core.questions import Asker, Peek, Source
from tui.lookup.catalogue import Catalogue
from tui.model import Options, Ref, Rows

if TYPE_CHECKING:
    from tui.choosing.selection import Selection
    from tui.core.answers import Searched, Value
    from tui.notebook.store import Known


class PageCollection:
    """As `Collection` says. One iterator runs at a time."""

    def __init__(self, client: Asker, catalogue: Catalogue, targets: Sequence[str]) -> None:
        self._client, self._catalogue, self._targets = client, catalogue, targets

    def judge(self, refs: Sequence[Ref], expression: str, options: Options) -> Iterator[bool]:
        """As in `Collection`."""
        from tui.choosing.expression import parse

        for pages, answer in self._selection(options).answers(refs, parse(expression, "&")):
            kept = frozenset(answer.kept)
            yield from (at in kept for at in range(len(pages)))

    def values(self, refs: Sequence[Ref], field: str, options: Options) -> "Iterator[Value]":
        """As in `Collection`."""
        from tui.choosing.fields import is_kept

        if not (is_kept(field) and self._catalogue.is_made_with(options) and self._catalogue.knows_any):
            yield from self._read(refs, field, options)
            return
        # An index is asked here: half the time for a million pages.
        for ref in refs:
            kept = self._catalogue.kept(ref)
            if kept is not None:
                yield kept(field)
            else:
                yield from self._read([ref], field, options)

    def _read(self, refs: Sequence[Ref], field: str, options: Options) -> "Iterator[Value]":
        for pages, answer in self._selection(options).answers(refs, None, field):
            values = dict(zip(answer.kept, answer.values, strict=True))
            yield from map(values.get, range(len(pages)))

    def search(self, refs: Sequence[Ref], query: str, options: Options) -> "Iterator[Searched]":
        """As in `Collection`."""
        from tui.core.answers import Searched
        from tui.lookup.hunt import hunt

        may_hold = self._catalogue.holding(query, options)
        if may_hold is None:
            yield from hunt(self._client, refs, query, options)
            return
        looked = 0
        for answer in hunt(self._client, filter(may_hold, refs), query, options, is_thorough=True):
            looked += answer.pages
            yield answer
        yield Searched(len(refs) - looked)  # what the index rules out was looked at, too

    def known(self, refs: Sequence[Ref], options: Options) -> "Iterator[Known | None]":
        """As in `Collection`. Pages are read, but not parsed."""
        from tui.notebook.store import known_by

        for ref in refs:
            original = None if ref.trouble else self._client.ask(Source(ref, options))
            if original is None or is_unread(original.problems):
                yield None
            else:
                (peek,) = self._client.ask(Peek(Rows(Ref, [ref]), options))
                yield known_by(ref, original.raw, peek.title, peek.url)

    def _selection(self, options: Options) -> "Selection":
        from tui.choosing.selection import Selection

        return Selection(self._client, options, tuple(self._targets))

    def cancel(self) -> None:
        """As in `Collection`."""
        self._client.cancel()
