"""The caret: it is put down, and moved by characters, words and lines."""

from functools import partial
from typing import TYPE_CHECKING

from tui.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.view.panes.caret import Caret
    from tui.view.reader import Reader


class Pointing:
    """Commands that say which character is meant."""

    def __init__(self, reader: "Reader") -> None:
        self._reader = reader
        self.commands: dict[str, Callable[[], None]] = {
            "caret": self.caret,
            "right": partial(self.sideways, 1),
            "left": partial(self.sideways, -1),
            "next-word": partial(self.word, 1),
            "page-back": self.word_or_page_back,
            "line-start": partial(self.line, "start"),
            "line-text": partial(self.line, "text"),
            "line-end": partial(self.line, "end"),
        }

    def caret(self) -> None:
        """Put the caret down, select at it, take it away; in the list, select pages, or none any more."""
        self._reader.hush()
        if self._reader.panes.active is self._reader.headlines:
            self._reader.headlines.select()
            return
        self._reader.panes.activate("body")
        self._reader.say(self._reader.body.toggle_caret())

    @property
    def _caret(self) -> "Caret | None":
        """The caret, where the keys go to it."""
        reader = self._reader
        return reader.body.caret if reader.panes.active is reader.body else None

    def sideways(self, step: int) -> None:
        """Move the caret; without one, go to the next pane."""
        reader = self._reader
        if self._caret is not None:
            reader.body.step_caret(step * (reader.take_count() or 1))
        else:
            reader.hush()
            reader.panes.next(step)

    def word(self, step: int) -> None:
        """Move the caret by words."""
        from tui.text.steps import next_word, previous_word  # few move a caret

        reader, caret = self._reader, self._caret
        count = reader.take_count() or 1
        if caret is None:
            self._say_how()
            return
        text, at = reader.body.searchable(), caret.offset
        for _ in range(count):
            at = next_word(text, at) if step > 0 else previous_word(text, at)
        reader.body.put_caret(caret.at(at))

    def word_or_page_back(self) -> None:
        """Move the caret a word back; without one, go a page back."""
        if self._caret is not None:
            self.word(-1)
        else:
            self._reader.commands["page-up"]()

    def line(self, place: str) -> None:
        """Move the caret within its line: to its `start`, to its first `text`, or to its `end`."""
        from tui.text.steps import line_span  # as above

        reader, caret = self._reader, self._caret
        reader.hush()
        if caret is None:
            self._say_how()
            return
        text = reader.body.searchable()
        start, end = line_span(text, caret.offset)
        if place == "text":
            blanks = len(text[start : end + 1]) - len(text[start : end + 1].lstrip())
            start = min(start + blanks, end)
        reader.body.put_caret(caret.at(end if place == "end" else start))

    def _say_how(self) -> None:
        self._reader.say(tr("v puts a caret down; w, b, 0, ^ and $ move it by words and lines"))
