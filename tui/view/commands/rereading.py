"""How the open page is read: from its source anew, in another charset or script, with or without repairs."""

from functools import partial

from tui.core import questions
from tui.core.i18n import tr, tr_problem
from tui.core.model import CharsetReadings, Options, RepairEffects
from tui.view.commands.base import Commands
from tui.view.state.pages import repairs_in_use


class Rereading(Commands):
    """Commands that show the open page in another way."""

    def raw(self) -> None:
        """Show the source, or the page again."""
        browsing = self._browsing
        browsing.hush()
        if self._panes.body.view:
            self._panes.body.show_source(None)
        elif browsing.index_in_mind >= 0:
            index = browsing.index_in_mind
            browsing.ask_about(index, questions.Source, self._panes.body.show_source, even_beneath=True)
            self._panes.activate("body")

    def charset(self) -> None:
        """Ask in which charset the page is to be read; `_offer_charsets` goes on when they are known."""
        browsing, index = self._browsing, self._browsing.index_in_mind
        browsing.hush()
        browsing.ask_about(index, questions.Readings, partial(self._offer_charsets, index))

    def _offer_charsets(self, index: int, readings: CharsetReadings) -> None:
        """Let the user choose between charsets, and read the page anew."""
        from tui.view.sheets.readings import CharsetChosen, CharsetSheet  # seldom wanted, and every start would pay

        browsing = self._browsing

        def read(choice: CharsetChosen | None) -> None:
            if choice is None:
                return
            browsing.override(choice.name, None if choice.for_all else index)
            which = tr("all pages") if choice.for_all else tr("this page")
            notice = (
                tr("{which}: read as {name}", which=which, name=choice.name)
                if choice.name
                else tr("{which}: the charset is found out", which=which)
            )
            browsing.reread(browsing.options, notice)

        if not readings.candidates:
            browsing.say(
                "; ".join(tr_problem(problem) for problem in readings.problems) or tr("no charsets to choose from"),
                is_trouble=True,
            )
        else:
            self._show_sheet(CharsetSheet(self._panes.look, readings), read)

    def repairs(self) -> None:
        """Ask what the repairs do to the page; `_offer_repairs` goes on when it is known."""
        browsing = self._browsing
        browsing.hush()
        browsing.ask_about(browsing.index_in_mind, questions.Effects, self._offer_repairs)

    def _offer_repairs(self, effects: RepairEffects) -> None:
        """Let the user switch repairs on and off, and read the page anew."""
        from tui.view.sheets.readings import RepairSheet  # as above

        browsing = self._browsing

        def read(options: Options | None) -> None:
            if options is not None and options != browsing.options:
                browsing.reread(options, tr("all pages: {repairs}", repairs=repairs_in_use(options)))

        if not effects.effects:
            notice = "; ".join(tr_problem(problem) for problem in effects.problems)
            browsing.complain(notice or tr("no repairs to choose from"))
        else:
            self._show_sheet(RepairSheet(self._panes.look, effects.effects, browsing.options), read)
