"""How the open page is read: from its source, in another charset, with which repairs, and what each of these did."""

from functools import partial

from tui.core import questions
from tui.core.answers import Traced
from tui.core.i18n import tr, tr_problem
from tui.core.model import CharsetReadings, Options, Original, RepairEffects
from tui.view.commands import Commands
from tui.view.pagetext.text import describe_edit
from tui.view.state.pages import repairs_in_use


class Rereading(Commands):
    """Commands that show the open page in another way, or why it reads as it does."""

    _place: int  # of which character somebody asked why it is there

    def raw(self) -> None:
        """Show the source, or the page again."""
        browsing = self._browsing
        browsing.hush()
        if self._panes.body.view:
            self._panes.body.show_source(None)
        elif browsing.index_in_mind >= 0:
            index = browsing.index_in_mind
            question = partial(questions.Source, offset=self._place_meant(index))
            browsing.ask_about(index, question, self._panes.body.show_source, even_beneath=True)
            self._panes.activate("body")

    def _place_meant(self, index: int) -> int:
        """Where in the text of a page one is; -1 where that isn't known, or the page is none that can be parsed again."""
        browsing, document = self._browsing, self._browsing.document
        if document is None or index != browsing.open_index:
            return -1
        is_parsed = all(problem.code != "parser_gave_up" for problem in document.problems)
        return max(self._panes.body.place(), -1) if is_parsed else -1

    def charset(self) -> None:
        """Ask in which charset the page is to be read; `_offer_charsets` goes on when they are known."""
        browsing, index = self._browsing, self._browsing.index_in_mind
        browsing.hush()
        browsing.ask_about(index, questions.Readings, partial(self._offer_charsets, index))

    def _offer_charsets(self, index: int, readings: CharsetReadings) -> None:
        """Let the user choose between charsets, and read the page anew."""
        from tui.view.sheets.readings import CharsetChosen, CharsetSheet  # seldom wanted, and every start would pay

        browsing = self._browsing

        def read(choice: CharsetChosen) -> None:
            browsing.override(choice.name, None if choice.for_all else index)
            which = tr("all pages") if choice.for_all else tr("this page")
            notice = (
                tr("{which}: read as {name}", which=which, name=choice.name)
                if choice.name
                else tr("{which}: charset detected anew", which=which)
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

        def read(options: Options) -> None:
            if options != browsing.options:
                browsing.reread(options, tr("all pages: {repairs}", repairs=repairs_in_use(options)))

        if not effects.effects:
            notice = "; ".join(tr_problem(problem) for problem in effects.problems)
            browsing.complain(notice or tr("no repairs to choose from"))
        else:
            self._show_sheet(RepairSheet(self._panes.look, effects.effects, browsing.options), read)

    def edit(self, step: int) -> None:
        """Go to the next repair and explain it."""
        browsing = self._browsing
        self._panes.show_body()
        place = self._panes.body.go_to_edit(step * (browsing.take_count() or 1))
        if place is None:
            browsing.say(
                tr("repairs are marked in the page, not in its source; \\ goes back, D lists them")
                if self._panes.body.view
                else tr("no repairs here")
            )
        else:
            number, total, edit = place
            browsing.say(f"{number}/{total}  {describe_edit(edit)}")

    def why(self) -> None:
        """Ask for the bytes of the character; `explain` goes on when they are known."""
        browsing = self._browsing
        browsing.hush()
        self._panes.show_body()
        self._place = self._panes.body.place()
        if self._panes.body.source is not None:
            self._ask_of_source(self._panes.body.source)
            return
        page = self._panes.body.page
        if page is None or not page.document.text:
            browsing.say(tr("there is no character to explain"))
            return
        if self._place < 0:
            browsing.say(tr("this line comes from the metadata; the page's own text begins below it"))
        else:
            browsing.ask_about(browsing.open_index, partial(questions.Trace, offset=self._place), self.explain)

    def _ask_of_source(self, source: Original) -> None:
        browsing = self._browsing
        if 0 <= self._place < len(source.text):
            question = partial(questions.Trace, offset=self._place, in_source=True)
            browsing.ask_about(browsing.open_index, question, partial(self._explain_source, source))
        else:
            browsing.say(tr("these are raw bytes; there is no character to explain"))

    def _explain_source(self, source: Original, traced: Traced) -> None:
        from tui.view.sheets.why import WhySheet, explain_source  # as above

        entries = list(explain_source(source, self._place, traced))
        self._show_sheet(WhySheet(self._panes.look, entries))

    def explain(self, traced: Traced) -> None:
        """Say why the character is there."""
        from tui.view.sheets.why import WhySheet, explain  # as above

        page = self._panes.body.page
        if page is not None and 0 <= self._place < len(page.document.text):
            entries = list(explain(page.document, self._place, traced))
            self._show_sheet(WhySheet(self._panes.look, entries))

    def diff(self) -> None:
        """Show all repairs, before and after."""
        from tui.view.sheets.diff import DiffSheet  # as above

        browsing, document = self._browsing, self._browsing.document
        browsing.hush()
        if document is None or not document.edits:
            browsing.say(tr("no repairs here"))
            return
        index = self._panes.body.edit_in_sight()

        def go(chosen: int) -> None:
            self._panes.activate("body")
            self._panes.body.go_to_edit_number(chosen)

        self._show_sheet(DiffSheet(self._panes.look, document, index), go)
