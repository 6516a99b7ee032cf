"""How the open page is read: from its source anew, in another charset or script, with or without repairs."""

from typing import TYPE_CHECKING

from tui.i18n import tr
from tui.model import Options, Readings
from tui.view.library import Read, read_charsets, read_source
from tui.view.wishes import next_script, toggle_probable

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.view.reader import Reader


class Reading:
    """Commands that show the open page in another way."""

    def __init__(self, reader: "Reader") -> None:
        self._reader = reader
        self.commands: dict[str, Callable[[], None]] = {
            "raw": self.raw,
            "probable": lambda: self._reread(*toggle_probable(reader.options)),
            "script": lambda: self._reread(*next_script(reader.options)),
            "charset": self.charset,
            "reload": self.reload,
        }

    def raw(self) -> None:
        """Show the source, or the page again."""
        reader = self._reader
        reader.hush()
        if reader.body.view:
            reader.body.show_source(None)
        elif reader.index_in_mind >= 0:
            self._ask(read_source)
            reader.panes.activate("body")

    def _ask(self, read: Read) -> None:
        reader, index = self._reader, self._reader.index_in_mind
        if index >= 0:
            reader.opener.ask(read, index, reader.options_for(index))

    def _reread(self, options: Options, said: str) -> None:
        reader = self._reader
        reader.options = options
        if reader.open_index >= 0:
            reader.open(reader.open_index)
        reader.say(said)

    def charset(self) -> None:
        """Ask in which charset the page is to be read; `offer` goes on when they are known."""
        self._reader.hush()
        self._ask(read_charsets)

    def offer(self, index: int, readings: Readings) -> None:
        """Let the user choose between charsets, and read the page anew."""
        from tui.view.charsets import CharsetChosen, CharsetSheet  # seldom wanted, and every start would pay

        reader = self._reader

        def read(choice: CharsetChosen | None) -> None:
            if choice is None:
                return
            reader.override(choice.name, None if choice.for_all else index)
            which = tr("all pages") if choice.for_all else tr("this page")
            said = (
                tr("{which}: read as {name}", which=which, name=choice.name)
                if choice.name
                else tr("{which}: the charset is found out", which=which)
            )
            self._reread(reader.options, said)

        if not readings.candidates:
            reader.say(
                "; ".join(problem.message for problem in readings.problems) or tr("no charsets to choose from"),
                is_trouble=True,
            )
        else:
            reader.app.push_screen(CharsetSheet(reader.look, reader.settings, readings), read)

    def reload(self) -> None:
        """Read the page again."""
        reader = self._reader
        reader.hush()
        if reader.open_index >= 0:
            reader.opener.drop(reader.open_index)
            reader.open(reader.open_index)
