"""Taking things out: to the clipboard, into files, into other programs."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tui.core.errors import AlreadyThereError, CopydeskError
from tui.core.i18n import tr, tr_problem
from tui.core.model import Document, Original
from tui.core.problems import is_binary, is_unread
from tui.core.questions import Source
from tui.view.commands import Commands
from tui.view.state.filenames import end_of, name_for, name_for_all
from tui.view.state.services import BYTES, FORMS, ORIGINALS, Form, PagesForm
from tui.view.terminal.internals import send


class Copying(Commands):
    """Commands that leave the page as it is and hand something of it on."""

    def copy(self) -> None:
        """Copy what is selected, else the paragraph one is at; in the list, the title under the cursor."""
        self._browsing.hush()
        if self._panes.active is self._panes.headlines:
            self._put(tr("title"), self._panes.headlines.title())
        else:
            what = tr("selection" if self._panes.body.selection() else "paragraph")
            self._put(what, self._panes.body.selection() or self._panes.body.paragraph())
            if self._panes.body.caret is not None:
                self._panes.body.put_caret(self._panes.body.caret.free())

    def _put(self, what: str, text: str) -> bool:
        """Copy a text, and say so; returns whether that was tried."""
        from tui.view.sheets.taking import sequence

        browsing = self._browsing
        if not text:
            browsing.say(tr("no {what} to copy here", what=what))
            return False
        sent = sequence(text, os.environ)
        try:
            if sent is None:
                path = browsing.outlet.keep(text)
                browsing.say(tr("{what}: too long for the clipboard; written to {path}", what=what, path=path))
                return False
        except CopydeskError as error:
            browsing.complain(tr_problem(error))
            return False
        # Textual's own way knows no tmux.
        if not send(self._screen.app, sent):
            self._screen.app.copy_to_clipboard(text)
        is_mosh = bool(os.environ.get("NCURSES_NO_UTF8_ACS"))  # it sets nothing else that would tell
        browsing.say(
            tr(
                "{what} copied: {count:,} characters, if mosh is 1.4 or newer (OSC 52); s saves to a file"
                if is_mosh
                else "{what} copied: {count:,} characters, if the terminal allows it (OSC 52)",
                what=what,
                count=len(text),
            )
        )
        return True

    def copy_as(self) -> None:
        """Choose what of the page is copied, and in which form."""
        from tui.view.sheets.taking import CopyPart, copy_sheet, parts

        self._browsing.hush()
        document = self._open_document()
        if document is None:
            return

        def put(chosen: CopyPart | Form) -> None:
            if isinstance(chosen, str):
                self._put(chosen, self._browsing.outlet.render(document, chosen))
            else:
                self._put(*chosen)

        offered = parts(document, self._panes.body.selection(), self._panes.body.paragraph())
        self._show_sheet(copy_sheet(self._panes.look, offered), put)

    def save(self) -> None:
        """Choose a form, then a file, and save the page."""
        from tui.view.sheets.taking import save_sheet

        self._browsing.hush()
        document = self._open_document()
        if document is None:
            return
        is_bytes = is_binary(document.problems)
        if is_unread(document.problems) and not is_bytes:
            self._browsing.complain(tr("the page was not read, so there is nothing to save; R tries again"))
            return
        self._show_sheet(save_sheet(self._panes.look, BYTES if is_bytes else FORMS), partial(self._ask_where, document))

    def _ask_where(self, document: Document, form: Form) -> None:
        browsing = self._browsing

        def write(path: str, original: Original | None) -> None:
            def act(is_forced: bool) -> None:
                sources = self._sources_called(path)
                saved = browsing.outlet.save(path, document, original, form, sources, is_forced=is_forced)
                browsing.say(tr("saved as {path}", path=saved))

            self._write_file(path, act, tr("nothing was saved"))

        def answered(path: str) -> None:
            if not path.strip():
                browsing.say(tr("nothing was saved"))
            elif form in ORIGINALS:
                browsing.ask_about(browsing.open_index, Source, partial(write, path))
            else:
                write(path, None)

        browsing.ask(tr("save {form} as: ", form=form), answered, text=name_for(document.ref, form), is_offered=True)
        browsing.host.tell()

    def write(self) -> None:
        """Choose a form, then a file, and write the pages that are shown, in their order."""
        from tui.view.sheets.taking import write_sheet

        browsing = self._browsing
        browsing.hush()
        if not browsing.filter.is_free():
            return
        if browsing.shelf:
            self._show_sheet(write_sheet(self._panes.look, len(browsing.shelf)), self._ask_where_to_write)
        else:
            browsing.say(tr("no pages here"))

    def _ask_where_to_write(self, form: PagesForm) -> None:
        browsing = self._browsing

        def answered(path: str) -> None:
            def act(is_forced: bool) -> None:
                self._write(self._checked(path, form, is_forced), form, is_forced)

            if path.strip():
                self._write_file(path, act, tr("nothing was written"))
            else:
                browsing.say(tr("nothing was written"))

        offer = name_for_all(browsing.names.first_two(), end_of(form, browsing.shelf[0]))
        browsing.ask(tr("write {form} to: ", form=form), answered, text=offer, is_offered=True)
        browsing.host.tell()

    def _write_file(self, path: str, act: Callable[[bool], None], nothing: str) -> None:
        """Write a file; `act` is told whether another one there may go, which is asked first. `nothing`: said where it may not."""
        browsing = self._browsing

        def attempt(is_forced: bool) -> None:
            try:
                act(is_forced)
            except AlreadyThereError:
                browsing.typing.confirm(partial(attempt, True), lambda: browsing.say(nothing))
                browsing.say(tr("overwrite? y/n  {path}", path=path))
            except CopydeskError as error:
                browsing.complain(tr_problem(error))

        attempt(False)

    def _sources_called(self, path: str) -> list[str]:
        """Sources of a file's name: under another name none is written over, and to look at all takes long."""
        return [each for each in self._browsing.shelf.sources() if Path(each).name == Path(path).name]

    def _checked(self, path: str, form: PagesForm, is_forced: bool) -> str:
        """Records may be many files, which are known later."""
        if form == "records" and path.endswith("/"):
            return path
        return self._browsing.outlet.check(path, self._sources_called(path), is_forced=is_forced)

    def _write(self, path: str, form: PagesForm, is_forced: bool) -> None:
        browsing = self._browsing
        refs = browsing.shelf.pick(browsing.shelf.numbers())
        pages = len(refs)

        def activity(looked: int) -> str:
            return tr("{looked:,} of {pages:,} pages written… (Ctrl-C stops)", looked=looked, pages=pages)

        def done(were_read: list[bool]) -> None:
            lost = were_read.count(False)
            count = pages - lost if form == "records" else pages
            written = tr("{pages:,} pages written to {path}", pages=count, path=path)
            if lost:
                browsing.complain(f"{written}; {tr('{count:,} could not be read', count=lost)}")
            else:
                browsing.say(written)

        items = partial(browsing.collection.write, refs, path, form, browsing.options, is_forced=is_forced)
        browsing.filter.collect(items, pages, done, activity, is_promised=True)

    def copy_command(self) -> None:
        """Copy the command of the shell that gives the pages that are shown."""
        browsing, shown = self._browsing, self._browsing.filter
        browsing.hush()
        refs = browsing.shelf.pick(browsing.shelf.numbers())

        def put() -> None:
            told = shown.expression, shown.sample
            command = browsing.collection.command(browsing.options, refs, *told, is_told=shown.is_told)
            if self._put(tr("command"), command):
                browsing.say(tr("copied, if the terminal allows it (OSC 52): {command}", command=command))

        browsing.attempt(put)

    def recipe(self) -> None:
        """Ask for a file, and write how pages are read and which are shown, for batches and programs."""
        from tui.choosing.recipe import Recipe  # seldom wanted

        browsing, options = self._browsing, self._browsing.options
        shown = browsing.filter
        browsing.hush()
        made = Recipe(
            tuple(sorted(options.without)),
            tuple(sorted(options.also)),
            options.certain,
            options.script,
            options.charset,
            options.fields,
            shown.expression,
            fails=options.bounds,
        )
        text = f"# How pages are read, for copydesk batch --recipe\n{made.toml()}"

        def answered(path: str) -> None:
            def act(is_forced: bool) -> None:
                saved = browsing.outlet.save_text(path, text, self._sources_called(path), is_forced=is_forced)
                is_whole = shown.is_told and shown.sample is None
                notice = tr("saved as {path}", path=saved)
                browsing.say(notice if is_whole else f"{notice}; {tr('without the choice of pages by hand or by lot')}")

            if path.strip():
                self._write_file(path, act, tr("nothing was saved"))
            else:
                browsing.say(tr("nothing was saved"))

        browsing.ask(tr("save recipe as: "), answered, text="recipe.toml", is_offered=True)

    def pipe(self) -> None:
        """Ask for a command, and run it with the selection or the text of the page on its standard input."""
        browsing, document = self._browsing, self._open_document()
        if document is None:
            return
        text = self._panes.body.selection() or document.text

        def run(command: str) -> None:
            if not command.strip():
                return
            with self._screen.app.suspend():
                status = browsing.outlet.run(command, text)
            browsing.say(tr("status {status}: {command}", status=status, command=command), is_trouble=status != 0)

        browsing.ask("| ", run)
