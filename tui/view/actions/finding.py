"""Looking for words, and going from hit to hit."""

from functools import partial
from typing import TYPE_CHECKING

from tui.core.answers import Matched
from tui.core.questions import Match
from tui.i18n import tr
from tui.view.panes.pane import Pane
from tui.view.query import Query

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.view.reader import Reader


class Finding:
    """Commands that look for something, and what was looked for last."""

    def __init__(self, reader: "Reader") -> None:
        self._reader = reader
        self._typed = ("", 1)  # what was looked for last, and in which direction
        self.commands: dict[str, Callable[[], None]] = {
            "search": partial(self.ask, 1),
            "search-back": partial(self.ask, -1),
            "next-hit": partial(self.hit, 1),
            "previous-hit": partial(self.hit, -1),
        }

    def ask(self, step: int) -> None:
        """Ask what to look for in the active pane, and go to the first place while it is being typed."""
        reader, pane = self._reader, self._reader.panes.active
        if reader.typing.after_g:
            reader.searching.ask()
            return
        place = pane.bookmark()

        def changed(typed: str) -> None:
            pane.go_back_to(place)
            # An expression is looked for when it is whole.
            pane.search(Query(typed) if typed and not typed.startswith("/") else None, step)

        def answered(typed: str) -> None:
            pane.go_back_to(place)
            self._search(pane, step, typed)

        def cancelled() -> None:
            pane.search(None, step)
            pane.go_back_to(place)

        reader.ask("/" if step > 0 else "?", answered, changed, cancelled)

    def _search(self, pane: Pane, step: int, typed: str) -> None:
        typed = typed or self._typed[0]
        if not typed:
            return
        self._typed = (typed, step)
        if typed.startswith("/"):
            texts = tuple(pane.texts())
            self._reader.ask_about(
                self._reader.open_index,
                lambda _ref, _options: Match(texts, typed[1:]),
                partial(self._show, pane, step, typed, texts),
            )
            return
        pane.search(Query(typed), step)
        self._say_found(pane, typed)

    def _show(self, pane: Pane, step: int, typed: str, texts: tuple[str, ...], matched: Matched) -> None:
        """Go to the first match of an expression."""
        reader = self._reader
        if matched.error:
            pane.search(None, step)
            said = tr("{typed}: no regular expression: {error}; mend it", typed=typed, error=matched.error)
            reader.say(said, is_trouble=True)
            return
        spans = dict(zip(texts, matched.spans, strict=False))
        pane.search(Query(typed, spans, is_cut=matched.is_cut), step)
        if matched.is_cut:
            reader.say(
                tr("{typed}: stopped, it takes too long; a simpler expression may end", typed=typed), is_trouble=True
            )
        else:
            self._say_found(pane, typed)

    def _say_found(self, pane: Pane, typed: str) -> None:
        """Say so if there is no hit, or if there may be more: in titles that nobody has seen yet."""
        reader = self._reader
        known, pages = reader.headlines.known(), len(reader.shelf)
        is_found = not pane.hits_text().startswith("0/")
        if pane is reader.headlines and known < pages:
            said = tr(
                "{typed}: in the {known:,} of {pages:,} titles read so far; & title:… looks at all of them"
                if is_found
                else "{typed}: not found in the {known:,} of {pages:,} titles read so far; & title:… looks at all of them",
                typed=typed,
                known=known,
                pages=pages,
            )
            reader.say(said, is_trouble=not is_found)
        elif not is_found:
            reader.say(tr("{typed}: not found", typed=typed), is_trouble=True)

    def hit(self, step: int) -> None:
        """Go to the next hit; on a page that wasn't searched yet, search it."""
        pane = self._reader.panes.active
        count = self._reader.take_count() or 1
        typed, direction = self._typed
        if pane.hits_text():
            pane.next_hit(step * direction * count)
        elif typed:
            self._search(pane, step * direction, typed)
            self._typed = (typed, direction)
