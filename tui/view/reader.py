"""The main screen: three panes and a status line, and what each key does to them."""

import threading
from collections.abc import Callable, Iterable
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from tui.model import Document, Options, Ref
from tui.shelf import Shelf
from tui.view.client import Client
from tui.view.keys import BINDINGS
from tui.view.library import scan_in_batches
from tui.view.listing import FoundRow, PageRow
from tui.view.look import Look
from tui.view.messages import DocumentReady, PeeksReady, RefsFound, ScanEnded, SourceReady, WorkFailed
from tui.view.opener import Opener
from tui.view.pagetext import describe_edit
from tui.view.panes.group import Panes
from tui.view.panes.pane import Motion, PaneClicked
from tui.view.panes.status import StatusLine
from tui.view.prompts import Typing, pattern
from tui.view.settings import Settings
from tui.view.statusline import Status, about, short_name
from tui.view.wishes import next_script, toggle_probable

NOTICE_S = 0.2
"""Seconds after which the status line says that a page is being read."""


class Reader(Screen[None], inherit_bindings=False):
    """Holds what is open and what the keys mean; the panes only draw, and `opener` knows what is being read."""

    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]
    AUTO_FOCUS = None
    ALLOW_SELECT = False

    def __init__(self, look: Look, settings: Settings, clients: tuple[Client, Client], options: Options) -> None:
        """`clients` are the one that opens pages and the one that peeks at them."""
        super().__init__()
        self._look, self._settings = look, settings
        self._shelf = Shelf()
        self._options = options
        self._opener = Opener(self._shelf, clients, self._start_thread, self.post_message)
        self.panes = Panes(look, settings, self._shelf)
        self.headlines, self.body, self.metadata = self.panes.headlines, self.panes.body, self.panes.metadata
        self.status = StatusLine(look, settings)
        self.document: Document | None = None
        self.open_index = -1
        self._is_scanning = False
        self._scan_stopped = threading.Event()
        self._typing = Typing()
        self._query = ("", 1)  # what was looked for last, and in which direction
        self._message = ""
        self._is_trouble = False

    def compose(self) -> ComposeResult:
        """Four widgets; where they stand is `plan`'s affair."""
        yield from self.panes.by_name.values()
        yield self.status

    def on_resize(self, event: events.Resize) -> None:
        """Place the panes anew."""
        self.panes.resize(event.size.width, event.size.height)

    def _start_thread(self, work: Callable[[], None], group: str) -> None:
        self.run_worker(work, thread=True, exclusive=True, group=group, exit_on_error=False)
        if group == "load":
            self.set_timer(NOTICE_S, self._tell)

    def start(self, scan: Callable[[], Iterable[Ref]]) -> None:
        """Begin to look for pages."""
        self._is_scanning = True
        work = partial(scan_in_batches, scan, self.post_message, self._scan_stopped.is_set)
        # No worker of Textual's: it would be waited for at the end, and a scan may wait for a pipe for ever.
        threading.Thread(target=work, name="scan", daemon=True).start()

    def on_unmount(self) -> None:
        """Leave no thread that has to be waited for."""
        self._scan_stopped.set()
        self._opener.close()

    def on_refs_found(self, message: RefsFound) -> None:
        """Take in pages; the first one is opened."""
        is_first = not self._shelf
        self._shelf.extend(message.refs)
        self.headlines.grow()
        if is_first:
            self._open(0)
        self._tell()

    def on_scan_ended(self, message: ScanEnded) -> None:
        """All pages are there; a single one is what one wants to read."""
        self._is_scanning = False
        if message.trouble:
            self._say(message.trouble, is_trouble=True)
        if not self._shelf:
            self.headlines.say("No pages here")
            reason = message.trouble or "nothing was found that can be read; name other files or folders"
            self.body.say(f"No pages here: {reason}\n\nh shows the keys, q quits.\n")
        elif len(self._shelf) == 1 and self.panes.active_name == "headlines":
            self.panes.activate("body")
        self._tell()

    def _open(self, index: int) -> None:
        """Show a page as soon as it is read."""
        document = self._opener.open(index, self._options)
        if document is not None:
            self._show(index, document)

    def on_document_ready(self, message: DocumentReady) -> None:
        """A page came; it is shown if it is still wanted."""
        if self._opener.came(message):
            self._show(message.index, message.document)
        self._tell()

    def _show(self, index: int, document: Document) -> None:
        is_same_page = index == self.open_index
        self.open_index, self.document = index, document
        self.headlines.unfold(index, document)
        self.body.show(document, keep_place=is_same_page)
        self.metadata.show(document)

    def on_source_ready(self, message: SourceReady) -> None:
        """The source of the open page came."""
        self._opener.source_came()
        if message.index == self.open_index and self._opener.wanted is None:
            self.body.show_source(message.source)
        self._tell()

    def on_work_failed(self, message: WorkFailed) -> None:
        """Say what happened, if anybody waits for it."""
        if self._opener.failed(message):
            self._say(message.reason, is_trouble=True)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A thread that died of a fault of ours says so instead of waiting for ever."""
        if event.state is WorkerState.ERROR:
            self.on_work_failed(WorkFailed(event.worker.group, f"{event.worker.error!r}; this is a fault of copydesk"))

    def on_peeks_ready(self, message: PeeksReady) -> None:
        """Titles came; by now others may be in sight."""
        self._opener.peeked()
        self.headlines.learn(message.peeks)
        self._tell()

    def _say(self, message: str, *, is_trouble: bool = False) -> None:
        self._message, self._is_trouble = message, is_trouble
        self._tell()

    def _hush(self) -> None:
        """Forget the last message and what was typed: something new begins."""
        self._message = self._typing.pending = ""
        self._is_trouble = False

    def _tell(self) -> None:
        """Bring the status line up to date, and ask for titles that have come into sight."""
        if self.headlines.display:
            self._opener.peek(self.headlines.unknown_in_sight(), self._options)
        ref = self._shelf[self.open_index] if self.open_index >= 0 else None
        hits = self.panes.active.hits_text()
        status = Status(
            name=short_name(ref.member or ref.source) if ref else "copydesk",
            ordinal=ref.ordinal if ref else None,
            pages=len(self._shelf),
            is_counting=self._is_scanning,
            percent=self.body.percent() if self.document and self.body.display else None,
            document=self.document,
            is_certain=self._options.certain,
            view=self.body.view,
            search=f"hit {hits}" if hits else "",
            message=self._message or self._activity(),
            is_trouble=self._is_trouble,
            count=self._typing.pending,
        )
        self.status.show(status, self._typing.prompt)

    def _activity(self) -> str:
        """What is going on, or else what is under the cursor."""
        if ref := self._opener.loading(NOTICE_S):
            return f"reading {short_name(ref.member or ref.source)}… (Ctrl-C stops)"
        entry = self.headlines.current() if self.panes.active is self.headlines else None
        return about(entry.headline) if isinstance(entry, FoundRow) else ""

    async def on_key(self, event: events.Key) -> None:
        """Take keys for a prompt or a count; the rest is bound, and runs here and now.

        Textual would let the key bubble to the application first, and keys that are typed fast or pasted would overtake
        it: the 5 of `#5` would be no part of the answer.
        """
        event.stop()
        if self._typing.takes(event.key, event.character):
            self._tell()
        else:
            await self.app._check_bindings(event.key)  # noqa: SLF001 - as in Textual 8.2.8; no public name for it

    def on_paste(self, event: events.Paste) -> None:
        """Paste into the prompt; elsewhere pasted text is no keys."""
        if self._typing.prompt is not None:
            self._typing.prompt.paste(event.text)
            self._tell()

    def on_pane_clicked(self, message: PaneClicked) -> None:
        """A click chooses a pane, and in the list a row; one on the row that is chosen opens it."""
        was_active = self.panes.active_name == message.name
        self.panes.activate(message.name)
        row = self.headlines.top + message.row
        if message.name == "headlines" and message.row >= 0:
            if was_active and row == self.headlines.cursor:
                self.action_choose()
            elif row < self.headlines.count():
                self.headlines.go_to(row)
        self._tell()

    def _ask(self, sign: str, on_answer: Callable[[str], None]) -> None:
        self._hush()
        self._typing.ask(sign, on_answer)
        self._tell()

    def _take_count(self) -> int | None:
        count = self._typing.take_count()
        self._hush()
        return count

    def action_prefix(self) -> None:
        """The first g waits for a second one."""
        if self._typing.is_second_g():
            self.action_move("top")
        self._tell()

    def action_move(self, motion: Motion) -> None:
        """Move in the active pane."""
        self.panes.active.move(motion, self._take_count())
        self._tell()

    def action_page(self, step: int) -> None:
        """Open the next or previous page."""
        count = self._take_count() or 1
        index = self.open_index if self._opener.wanted is None else self._opener.wanted
        index = max(0, min(index + step * count, len(self._shelf) - 1))
        if self._shelf and index != self.open_index:
            self.headlines.go_to(self.headlines.listing.row_of(index))
            self._open(index)
        self._tell()

    def action_go_to_ordinal(self) -> None:
        """Ask for a page's number and open it."""
        self._ask("page number: ", self._go_to_ordinal)

    def _go_to_ordinal(self, text: str) -> None:
        if not text.strip().isdecimal() or not self._shelf:
            self._say(f"{text}: no page number; type digits only", is_trouble=True)
            return
        row = self.headlines.row_of_number(int(text))
        self.headlines.go_to(row)
        self._open(self.headlines.listing.page_of(row))

    def action_choose(self) -> None:
        """Open what is under the cursor."""
        self._hush()
        entry = self.headlines.current() if self.panes.active is self.headlines else None
        if isinstance(entry, FoundRow):
            self.body.go_to_headline(entry.headline)
            if not self.body.display:
                self.panes.activate("body")
        elif isinstance(entry, PageRow):
            if entry.page != self.open_index:
                self._open(entry.page)
            self.panes.activate("body")
        self._tell()

    def action_pane(self, step: int) -> None:
        """Go to the next pane."""
        self._hush()
        self.panes.next(step)
        self._tell()

    def action_zoom(self) -> None:
        """Give the active pane the whole screen, or take it back."""
        self.panes.zoom()
        self._tell()

    def action_search(self, step: int) -> None:
        """Ask what to look for in the active pane."""
        self._ask("/" if step > 0 else "?", partial(self._search, step))

    def _search(self, step: int, query: str) -> None:
        query = query or self._query[0]
        if not query:
            return
        self._query = (query, step)
        pane = self.panes.active
        pane.search(pattern(query), step)
        if pane.hits_text().endswith("/0"):
            known, pages = self.headlines.known(), len(self._shelf)
            is_partial = pane is self.headlines and known < pages
            where = f" in the {known:,} of {pages:,} titles read so far" if is_partial else ""
            self._say(f"{query}: not found{where}", is_trouble=True)

    def action_hit(self, step: int) -> None:
        """Go to the next hit; on a page that wasn't searched yet, search it."""
        count = self._take_count() or 1
        query, direction = self._query
        if self.panes.active.hits_text():
            self.panes.active.next_hit(step * direction * count)
        elif query:
            self._search(step * direction, query)
            self._query = (query, direction)
        self._tell()

    def action_edit(self, step: int) -> None:
        """Go to the next repair and explain it."""
        found = self.body.go_to_edit(step * (self._take_count() or 1))
        if found is None:
            self._say("repairs are marked in the page, not in its source" if self.body.view else "no repairs here")
        else:
            number, total, edit = found
            self._say(f"{number}/{total}  {describe_edit(edit)}")

    def action_raw(self) -> None:
        """Show the source, or the page again."""
        self._hush()
        if self.body.view:
            self.body.show_source(None)
        elif self.open_index >= 0 and self._opener.source(self.open_index, self._options):
            self.panes.activate("body")
        self._tell()

    def action_probable(self) -> None:
        """Read the page with or without edits that were chosen by likelihood."""
        self._reread(*toggle_probable(self._options))

    def action_script(self) -> None:
        """Turn Chinese into the next script."""
        self._reread(*next_script(self._options))

    def _reread(self, options: Options, said: str) -> None:
        self._options = options
        if self.open_index >= 0:
            self._open(self.open_index)
        self._say(said)

    def action_reload(self) -> None:
        """Read the page again."""
        self._hush()
        if self.open_index >= 0:
            self._opener.drop(self.open_index)
            self._open(self.open_index)
        self._tell()

    def action_help(self) -> None:
        """Show the keys."""
        from tui.view.help import HelpScreen  # seldom wanted, and every start would pay

        self.app.push_screen(HelpScreen(self._look, self._settings))

    def action_close(self) -> None:
        """Forget the search, or close what is on top."""
        self._hush()
        if self.panes.active.hits_text():
            self.panes.active.search(None, 1)
        else:
            self._close_top()
        self._tell()

    def _close_top(self) -> bool:
        if self.body.view:
            self.body.show_source(None)
        elif self.panes.is_zoomed:
            self.panes.zoom()
        elif not self.headlines.display and len(self._shelf) > 1:
            self.panes.activate("headlines")
        else:
            return False
        return True

    def action_leave(self) -> None:
        """Close what is on top, or quit."""
        self._hush()
        if self._close_top():
            self._tell()
        else:
            self.app.exit(0)

    def action_cancel(self) -> None:
        """Stop what is going on, else leave."""
        if self._opener.is_loading:
            self._opener.cancel()
            self._say("stopped")
        elif self._is_scanning:
            self._scan_stopped.set()
            self._is_scanning = False
            self._say(f"stopped; {len(self._shelf):,} pages were found")
        else:
            self.action_leave()
