"""What the repairs did: from one to the next, all of them side by side, and why a character is what it is."""

from functools import partial

from tui.core.answers import Traced
from tui.core.i18n import tr
from tui.core.model import Original
from tui.core.questions import Trace
from tui.view.commands.base import Commands, Table
from tui.view.pagetext.text import describe_edit


class Explaining(Commands):
    """Commands about repairs."""

    _place = -1  # of which character somebody asked why it is there

    def table(self) -> Table:
        return {
            "next-edit": partial(self.edit, 1),
            "previous-edit": partial(self.edit, -1),
            "why": self.why,
            "diff": self.diff,
        }

    def edit(self, step: int) -> None:
        """Go to the next repair and explain it."""
        reader = self._reader
        found = reader.body.go_to_edit(step * (reader.take_count() or 1))
        if found is None:
            reader.say(
                tr("repairs are marked in the page, not in its source; \\ goes back, D lists them")
                if reader.body.view
                else tr("no repairs here")
            )
        else:
            number, total, edit = found
            reader.say(f"{number}/{total}  {describe_edit(edit)}")

    def why(self) -> None:
        """Ask for the bytes of the character; `explain` goes on when they are known."""
        reader = self._reader
        reader.hush()
        self._place = reader.body.place()
        if reader.body.source is not None:
            self._ask_of_source(reader.body.source)
            return
        page = reader.body.page
        if page is None or not page.document.text:
            reader.say(tr("there is no character to explain"))
            return
        if self._place < 0:
            reader.say(tr("this line was put together from the metadata; the page's own text begins below it"))
        else:
            reader.ask_about(reader.open_index, partial(Trace, offset=self._place), self.explain)

    def _ask_of_source(self, source: Original) -> None:
        reader = self._reader
        if 0 <= self._place < len(source.text):
            question = partial(Trace, offset=self._place, in_source=True)
            reader.ask_about(reader.open_index, question, partial(self._explain_source, source))
        else:
            reader.say(tr("bytes are shown here as they are; there is no character to explain"))

    def _explain_source(self, source: Original, traced: Traced) -> None:
        from tui.view.sheets.why import WhySheet, explain_source  # seldom wanted, and every start would pay

        entries = list(explain_source(source, self._place, traced))
        self._reader.app.push_screen(WhySheet(self._reader.look, entries))

    def explain(self, traced: Traced) -> None:
        """Say why the character is there."""
        from tui.view.sheets.why import WhySheet, explain  # as above

        reader, page = self._reader, self._reader.body.page
        if page is not None and 0 <= self._place < len(page.document.text):
            entries = list(explain(page.document, self._place, traced))
            reader.app.push_screen(WhySheet(reader.look, entries))

    def diff(self) -> None:
        """Show all repairs, before and after."""
        from tui.view.sheets.diff import DiffSheet  # as above

        reader, document = self._reader, self._reader.document
        reader.hush()
        if document is None or not document.edits:
            reader.say(tr("no repairs here"))
            return
        index = reader.body.edit_in_sight()

        def go(chosen: int | None) -> None:
            if chosen is not None:
                reader.panes.activate("body")
                reader.body.go_to_edit_number(chosen)

        reader.app.push_screen(DiffSheet(reader.look, document, index), go)
