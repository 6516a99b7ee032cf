"""What the repairs did: from one to the next, all of them side by side, and why a character is what it is."""

from functools import partial

from tui.core.answers import Traced
from tui.core.i18n import tr
from tui.core.model import Original
from tui.core.questions import Trace
from tui.view.commands.base import Commands
from tui.view.pagetext.text import describe_edit


class Explaining(Commands):
    """Commands about repairs."""

    _place = -1  # of which character somebody asked why it is there

    def edit(self, step: int) -> None:
        """Go to the next repair and explain it."""
        browsing = self._browsing
        found = self._panes.body.go_to_edit(step * (browsing.take_count() or 1))
        if found is None:
            browsing.say(
                tr("repairs are marked in the page, not in its source; \\ goes back, D lists them")
                if self._panes.body.view
                else tr("no repairs here")
            )
        else:
            number, total, edit = found
            browsing.say(f"{number}/{total}  {describe_edit(edit)}")

    def why(self) -> None:
        """Ask for the bytes of the character; `explain` goes on when they are known."""
        browsing = self._browsing
        browsing.hush()
        self._place = self._panes.body.place()
        if self._panes.body.source is not None:
            self._ask_of_source(self._panes.body.source)
            return
        page = self._panes.body.page
        if page is None or not page.document.text:
            browsing.say(tr("there is no character to explain"))
            return
        if self._place < 0:
            browsing.say(tr("this line was put together from the metadata; the page's own text begins below it"))
        else:
            browsing.ask_about(browsing.open_index, partial(Trace, offset=self._place), self.explain)

    def _ask_of_source(self, source: Original) -> None:
        browsing = self._browsing
        if 0 <= self._place < len(source.text):
            question = partial(Trace, offset=self._place, in_source=True)
            browsing.ask_about(browsing.open_index, question, partial(self._explain_source, source))
        else:
            browsing.say(tr("bytes are shown here as they are; there is no character to explain"))

    def _explain_source(self, source: Original, traced: Traced) -> None:
        from tui.view.sheets.why import WhySheet, explain_source  # seldom wanted, and every start would pay

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

        def go(chosen: int | None) -> None:
            if chosen is not None:
                self._panes.activate("body")
                self._panes.body.go_to_edit_number(chosen)

        self._show_sheet(DiffSheet(self._panes.look, document, index), go)
