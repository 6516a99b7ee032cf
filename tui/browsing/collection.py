"""Looks through all pages for the screen, with a worker of its own that is started when it is first asked."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from tui.browsing.titles import TitleClient
from tui.choices import Choice
from tui.config import state_path
from tui.core.problems import Problem, is_unread
from tui.lookup.catalogue import Catalogue
from tui.model import Options, Ref
from tui.workers.clients import Network

if TYPE_CHECKING:
    from tui.choosing.fields import Value
    from tui.choosing.selection import Selection
    from tui.lookup.hits import Searched
    from tui.notebook.store import Known


class PageCollection:
    """As `Collection` says. One iterator runs at a time."""

    def __init__(self, choice: Choice, network: Network, catalogue: Catalogue) -> None:
        self._choice, self._network, self._catalogue = choice, network, catalogue
        self._made: TitleClient | None = None
        self.changed: Callable[[Ref], Problem | None] = lambda _ref: None
        """As in `PageClient`."""

    @property
    def _client(self) -> TitleClient:
        if self._made is None:
            self._made = TitleClient(self._choice, self._network, self._catalogue)
            self._made.changed = self.changed
        return self._made

    def judge(self, refs: Sequence[Ref], expression: str, options: Options) -> Iterator[bool]:
        """As in `Collection`."""
        from tui.choosing.expression import parse

        where = parse(expression, "&")
        selection = self._selection(options)
        return (selection.judge(ref, where) is not None for ref in refs)

    def values(self, refs: Sequence[Ref], field: str, options: Options) -> "Iterator[Value]":
        """As in `Collection`."""
        from tui.choosing.fields import is_kept

        selection = self._selection(options)
        has_index = is_kept(field) and self._catalogue.is_made_with(options)
        for ref in refs:
            # Past all that a selection asks for else: half the time for a million pages.
            kept = self._catalogue.kept(ref) if has_index else None
            yield kept(field) if kept is not None else selection.value(ref, field)

    def search(self, refs: Sequence[Ref], query: str, options: Options) -> "Iterator[Searched]":
        """As in `Collection`."""
        from tui.lookup.hits import Searched
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
            original = None if ref.trouble else self._client.source(ref, options)
            if original is None or is_unread(original.problems):
                yield None
            else:
                (peek,) = self._client.peek([ref], options)
                yield known_by(ref, original.raw, peek.title, peek.url)

    def _selection(self, options: Options) -> "Selection":
        from tui.choosing.selection import Selection
        from tui.notebook.decided import Labelled

        known = self._catalogue if self._catalogue.is_made_with(options) else None
        return Selection(self._client, options, Labelled(state_path()), known)

    def cancel(self) -> None:
        """As in `Collection`."""
        if self._made is not None:
            self._made.cancel()

    def close(self) -> None:
        """As in `Collection`."""
        if self._made is not None:
            self._made.close()
