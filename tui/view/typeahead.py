"""Keys that are typed ahead: for a page that is wanted, but not on the screen yet."""

from collections import deque
from typing import TYPE_CHECKING

from textual import events

from tui.i18n import tr

if TYPE_CHECKING:
    from tui.view.reader import Reader

ON_PAGE = frozenset({"label", "note", "mark"})
"""Commands that write down something about the open page."""
AT_ONCE = frozenset({"close", "cancel", "repaint", "suspend"})
"""Commands whose keys wait for nothing."""


class TypeAhead:
    """Keeps such keys, and all that are typed after them, until the page is shown; then they act in order."""

    def __init__(self, reader: "Reader") -> None:
        self._reader = reader
        self._keys: deque[events.Key] = deque()
        self._page = -1
        """Index of the page that the first of them is for."""

    def said(self) -> str:
        """How many keys wait, to stand before what they wait for; empty: none."""
        return tr("typed-ahead keys: {count} (ESC drops them)", count=len(self._keys)) + "  " if self._keys else ""

    def takes(self, event: events.Key) -> bool:
        """Keep a key if it has to wait; False: it acts now."""
        if self._keys and not (self._is_to_come() and self._page == self._meant()):
            self.forget()  # they were for a page that nobody waits for any more
        must_wait = self._command(event.key) not in AT_ONCE if self._keys else self._is_for_page_to_come(event.key)
        if must_wait:
            self._page = self._meant()
            self._keys.append(event)
        return must_wait

    async def hand_out(self) -> None:
        """Let the keys act whose page is shown, up to one that makes another page come."""
        reader = self._reader
        while self._keys and not self._is_to_come():
            if self._page != reader.open_index:
                self.forget()
            elif reader.is_current:
                await reader.press(self._keys.popleft())
                self._page = self._meant()
            else:  # one of them opened a sheet, which gets the rest
                event = self._keys.popleft()
                reader.app.post_message(events.Key(event.key, event.character))

    def forget(self) -> str:
        """Keep no keys any more; returns a sentence that says so, empty if there were none."""
        count = len(self._keys)
        self._keys.clear()
        return tr("typed-ahead keys dropped: {count}", count=count) if count else ""

    def _is_for_page_to_come(self, key: str) -> bool:
        reader = self._reader
        if reader.typing.is_busy or not self._is_to_come() or reader.headlines.selected():
            return False
        return reader.labelling.is_label(key) or self._command(key) in ON_PAGE

    def _command(self, key: str) -> str | None:
        bound = self._reader.active_bindings.get(key)
        return bound.binding.id if bound else None

    def _is_to_come(self) -> bool:
        """Whether the page that a key is for is not shown yet."""
        reader = self._reader
        is_first = reader.document is None and reader.surveying.is_looking
        return reader.opener.wanted is not None or reader.labelling.is_next_to_come or is_first

    def _meant(self) -> int:
        """The page that a key typed now is for."""
        reader = self._reader
        return max(reader.index_in_mind, 0) + reader.labelling.is_next_to_come
