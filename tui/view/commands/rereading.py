"""How the open page is read: from its source, in another charset, with which repairs, and what each of these did."""

from collections.abc import Sequence
from functools import partial

from tui.core import questions
from tui.core.answers import Traced
from tui.core.i18n import tr, tr_problem
from tui.core.model import CharsetReadings, Document, Item, Options, Original, RepairEffects, Twin
from tui.view.commands import Commands
from tui.view.pagetext.text import describe_edit
from tui.view.state.comparing import ComparedTexts, Other
from tui.view.state.pages import repairs_in_use
from tui.view.state.sourcenames import index_of


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
        """Compare two pages, or the page with what it can be compared with; of several, the user chooses one."""
        browsing, headlines = self._browsing, self._panes.headlines
        number, document, ends = browsing.take_count(), browsing.document, headlines.ends()
        if number is not None and document is not None:
            self._compare_numbered(number, document)
        elif ends is not None:
            browsing.comparing.compare(*(browsing.shelf[index] for index in ends))
        elif document is None:
            browsing.say(tr("no page is open"))
        else:
            self._compare(document)

    def _compare_numbered(self, number: int, document: Document) -> None:
        """Of several files with a page of that number, the file of the open one is meant."""
        browsing, shelf = self._browsing, self._browsing.shelf
        others = [shelf.row(place) for place in shelf.with_ordinal(number)]
        if not others:
            browsing.complain(tr("there is no page #{number} here", number=number))
            return
        near = (other for other in others if other.source == document.ref.source)
        browsing.comparing.compare(next(near, others[0]), document.ref)

    def _compare(self, document: Document) -> None:
        browsing = self._browsing
        others = list(browsing.comparing.others(document))
        if document.edits:
            others.insert(0, Other("D", tr("itself before its repairs"), partial(self._show_repairs, document)))
        if not others:
            browsing.say(tr("no repairs here, and nothing to compare the page with; 12D compares it with page #12"))
        elif len(others) == 1:
            others[0].compare()
        else:
            sign = " · ".join(f"{other.key} {other.name}" for other in others)
            browsing.ask_key(tr("compare with: {others} ", others=sign), partial(self._choose_other, others))

    def _choose_other(self, others: Sequence[Other], key: str) -> None:
        chosen = next((other for other in others if other.key == key), None)
        if chosen is not None:
            chosen.compare()
        else:
            self._browsing.complain(tr("{key}: nothing to compare with has this key", key=key))

    def _show_repairs(self, document: Document) -> None:
        from tui.view.pagetext.changes import of_repairs  # as above
        from tui.view.sheets.diff import DiffSheet  # as above

        def go(chosen: int) -> None:
            self._panes.activate("body")
            self._panes.body.go_to_edit_number(chosen)

        sheet = DiffSheet(self._panes.look, of_repairs(document), self._panes.body.edit_in_sight())
        self._show_sheet(sheet, go)

    def choose_copy(self, page: Item, count: int, copies: Sequence[Twin]) -> None:
        """Compare a page with one of its copies: so many, of which these are the first."""
        from tui.view.sheets.places import copies_sheet  # as above

        self._show_sheet(
            copies_sheet(self._panes.look, page, count, copies), partial(self._browsing.comparing.compare, page)
        )

    def show_comparison(self, comparison: ComparedTexts) -> None:
        """Show what changed from one text to another."""
        from tui.view.pagetext.changes import of_texts  # as above
        from tui.view.sheets.diff import DiffSheet  # as above

        browsing = self._browsing

        def go(chosen: int) -> None:
            number = browsing.shelf.find(comparison.page)
            index = index_of(browsing.shelf, number)
            if index is not None:
                browsing.go_to_place(index, comparison.compared.changes[chosen].start_after)

        self._show_sheet(DiffSheet(self._panes.look, of_texts(comparison)), go)
