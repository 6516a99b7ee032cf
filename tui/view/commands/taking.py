"""Taking things out: to the clipboard, into files, into other programs."""

import os
from functools import partial

from tui.core.errors import CopydeskError
from tui.core.i18n import tr, tr_said
from tui.core.model import Document, Original
from tui.core.problems import is_unread
from tui.view.commands.base import Commands, Table
from tui.view.state.services import ORIGINALS, Form
from tui.view.terminal.internals import send


class Taking(Commands):
    """Commands that leave the page as it is and hand something of it on."""

    def table(self) -> Table:
        return {"copy": self.copy, "copy-as": self.copy_as, "save": self.save, "pipe": self.pipe}

    def copy(self) -> None:
        """Copy what is selected, else the paragraph one is at; in the list, the title under the cursor."""
        reader = self._reader
        reader.hush()
        if reader.panes.active is reader.headlines:
            self._put(tr("title"), reader.headlines.title())
        else:
            what = tr("selection" if reader.body.selection() else "paragraph")
            self._put(what, reader.body.selection() or reader.body.paragraph())
            if reader.body.caret is not None:
                reader.body.put_caret(reader.body.caret.free())

    def _put(self, what: str, text: str) -> None:
        from tui.view.sheets.taking import sequence

        reader = self._reader
        if not text:
            reader.say(tr("no {what} to copy here", what=what))
            return
        sent = sequence(text, os.environ)
        try:
            if sent is None:
                path = reader.outlet.keep(text)
                reader.say(tr("{what}: too long for a clipboard, so it is in {path}", what=what, path=path))
                return
        except CopydeskError as error:
            reader.say(tr_said(error), is_trouble=True)
            return
        # Textual's own way knows no tmux.
        if not send(reader.app, sent):
            reader.app.copy_to_clipboard(text)
        reader.say(
            tr("{what} copied: {count:,} characters, if the terminal allows it (OSC 52)", what=what, count=len(text))
        )

    def copy_as(self) -> None:
        """Choose what of the page is copied, and in which form."""
        from tui.view.sheets.taking import CopySheet, parts

        reader, document = self._reader, self._reader.document
        reader.hush()
        if document is None:
            reader.say(tr("no page is open"))
            return
        offered = parts(document, reader.body.selection(), reader.body.paragraph())

        def copied(choice: tuple[str, str] | None) -> None:
            if choice is not None:
                self._put(*choice)

        render = partial(reader.outlet.render, document)
        reader.app.push_screen(CopySheet(reader.look, offered, render), copied)

    def save(self) -> None:
        """Choose a form, then a file, and save the page."""
        from tui.view.sheets.taking import SaveSheet

        reader, document = self._reader, self._reader.document
        reader.hush()
        if document is None:
            reader.say(tr("no page is open"))
            return
        if is_unread(document.problems):
            reader.say(tr("the page was not read, so there is nothing to save; R reads it again"), is_trouble=True)
            return

        def chosen(form: Form | None) -> None:
            if form is not None:
                self._ask_where(document, form)

        reader.app.push_screen(SaveSheet(reader.look), chosen)

    def _ask_where(self, document: Document, form: Form) -> None:
        reader = self._reader

        def write(path: str, original: Original | None) -> None:
            try:
                reader.say(tr("saved as {path}", path=reader.outlet.save(path, document, original, form)))
            except CopydeskError as error:
                reader.say(tr_said(error), is_trouble=True)

        def answered(path: str) -> None:
            if not path.strip():
                reader.say(tr("nothing was saved"))
            elif form in ORIGINALS:
                reader.with_original(lambda original: write(path, original))
            else:
                write(path, None)

        reader.ask(tr("save {form} as: ", form=form), answered)
        reader.tell()

    def pipe(self) -> None:
        """Ask for a command, and run it with the selection or the text of the page on its standard input."""
        reader = self._reader
        if reader.document is None:
            reader.say(tr("no page is open"))
            return
        text = reader.body.selection() or reader.document.text

        def run(command: str) -> None:
            if not command.strip():
                return
            with reader.app.suspend():
                status = reader.outlet.run(command, text)
            reader.say(tr("status {status}: {command}", status=status, command=command), is_trouble=status != 0)

        reader.ask("| ", run)
