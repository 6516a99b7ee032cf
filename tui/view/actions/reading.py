"""How the open page is read: from its source anew, in another charset or script, with or without repairs."""

from functools import partial
from typing import TYPE_CHECKING

from tui.core import questions
from tui.i18n import tr, tr_said
from tui.model import Effects, Options, Readings
from tui.view.library import read_source
from tui.view.wishes import next_script, said_of_repairs, toggle_probable

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
            "repairs": self.repairs,
            "reload": self.reload,
        }

    def raw(self) -> None:
        """Show the source, or the page again."""
        reader = self._reader
        reader.hush()
        if reader.body.view:
            reader.body.show_source(None)
        elif reader.index_in_mind >= 0:
            index = reader.index_in_mind
            reader.opener.ask(read_source, index, reader.options_for(index))
            reader.panes.activate("body")

    def _reread(self, options: Options, said: str) -> None:
        reader = self._reader
        reader.options = options
        if reader.open_index >= 0:
            reader.open(reader.open_index)
        reader.say(said)

    def charset(self) -> None:
        """Ask in which charset the page is to be read; `_offer_charsets` goes on when they are known."""
        reader, index = self._reader, self._reader.index_in_mind
        reader.hush()
        reader.ask_about(index, questions.Readings, partial(self._offer_charsets, index))

    def _offer_charsets(self, index: int, readings: Readings) -> None:
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
                "; ".join(tr_said(problem) for problem in readings.problems) or tr("no charsets to choose from"),
                is_trouble=True,
            )
        else:
            reader.app.push_screen(CharsetSheet(reader.look, reader.settings, readings), read)

    def repairs(self) -> None:
        """Ask what the repairs do to the page; `_offer_repairs` goes on when it is known."""
        reader = self._reader
        reader.hush()
        reader.ask_about(reader.index_in_mind, questions.Effects, self._offer_repairs)

    def _offer_repairs(self, effects: Effects) -> None:
        """Let the user switch repairs on and off, and read the page anew."""
        from tui.view.repairsheet import RepairSheet  # as above

        reader = self._reader

        def read(options: Options | None) -> None:
            if options is not None and options != reader.options:
                self._reread(options, tr("all pages: {repairs}", repairs=said_of_repairs(options)))

        if not effects.effects:
            said = "; ".join(tr_said(problem) for problem in effects.problems)
            reader.say(said or tr("no repairs to choose from"), is_trouble=True)
        else:
            reader.app.push_screen(RepairSheet(reader.look, reader.settings, effects.effects, reader.options), read)

    def reload(self) -> None:
        """Read the page again, or the whole collection if its files are others by now."""
        reader = self._reader
        reader.hush()
        if not reader.surveying.begin_anew() and reader.open_index >= 0:
            reader.opener.drop(reader.open_index)
            reader.open(reader.open_index)
