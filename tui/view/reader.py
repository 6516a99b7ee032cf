"""The main screen: three panes and a status line, and what each key does to them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.worker import Worker, WorkerState, get_current_worker

from tui.model import Document, Options, Peek, Ref
from tui.shelf import Shelf
from tui.view.client import Client
from tui.view.keys import BINDINGS
from tui.view.library import Kept, peek_titles, read_document, read_source, scan_in_batches
from tui.view.listing import FoundRow, GroupRow
from tui.view.look import Look
from tui.view.messages import DocumentReady, PeeksReady, RefsFound, ScanEnded, SourceReady, WorkFailed
from tui.view.pagetext import describe_edit
from tui.view.panes.body import BodyPane
from tui.view.panes.headlines import HeadlinesPane
from tui.view.panes.metadata import MetadataPane
from tui.view.panes.pane import Motion, Pane
from tui.view.panes.status import StatusLine
from tui.view.plan import PANES, PaneName, arrange
from tui.view.prompts import Prompt, pattern
from tui.view.settings import Settings
from tui.view.statusline import Status, short_name

PATIENCE_S = 0.5
"""Seconds for which a page that nobody wants any more may go on loading before it is cancelled."""
NOTICE_S = 0.2
"""Seconds after which the status line says that a page is being read."""


class Reader(Screen[None], inherit_bindings=False):
    """Holds what is open and what is wanted; the panes only draw."""

    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]
    AUTO_FOCUS = None
    ALLOW_SELECT = False

    def __init__(
        self,
        look: Look,
        settings: Settings,
        shelf: Shelf,
        clients: tuple[Client, Client],
        options: Options,
    ) -> None:
        """`clients` are the one that opens pages and the one that peeks at them."""
        super().__init__()
        self._look, self._settings = look, settings
        self._shelf = shelf
        self._client, self._peeker = clients
        self._options = options
        self.headlines = HeadlinesPane(look, settings, shelf)
        self.body = BodyPane(look, settings)
        self.metadata = MetadataPane(look, settings)
        self.status = StatusLine(look, settings)
        self.active: PaneName = "headlines"
        self.is_zoomed = False
        self.document: Document | None = None
        self.open_index = -1
        self._kept = Kept()
        self._wanted: tuple[int, Options] | None = None
        self._loading: tuple[int, Options] | None = None
        self._loading_since = 0.0
        self._peeking = False
        self._scanning = False
        self._prompt: Prompt | None = None
        self._on_answer: Callable[[str], None] | None = None
        self._typed = ""
        self._message = ""
        self._is_trouble = False

    def compose(self) -> ComposeResult:
        """Four widgets; where they stand is `plan`'s affair."""
        yield self.headlines
        yield self.body
        yield self.metadata
        yield self.status

    @property
    def pane(self) -> Pane:
        """The pane that the keys go to."""
        panes: dict[PaneName, Pane] = {"headlines": self.headlines, "body": self.body, "metadata": self.metadata}
        return panes[self.active]

    # Layout

    def on_resize(self, event: events.Resize) -> None:
        """Place the panes anew."""
        self._arrange(event.size.width, event.size.height)

    def _arrange(self, columns: int, rows: int) -> None:
        boxes = arrange(columns, rows, self.active, zoomed=self.is_zoomed)
        panes: dict[PaneName, Pane] = {"headlines": self.headlines, "body": self.body, "metadata": self.metadata}
        for name, pane in panes.items():
            box = boxes.get(name)
            pane.display = box is not None
            pane.activate(name == self.active)
            if box is not None:
                pane.styles.offset = (box.x, box.y)
                pane.styles.width, pane.styles.height = box.width, box.height
        self.headlines.right_rule = "headlines" in boxes and "body" in boxes
        self.metadata.left_rule = "body" in boxes and "metadata" in boxes and boxes["metadata"].x > 0

    def _activate(self, name: PaneName) -> None:
        shown = {pane for pane in PANES if self.query_one(f"#{pane}").display}
        self.active = name
        if name in shown and len(shown) > 1 and shown == set(arrange(*self.size, name, zoomed=self.is_zoomed)):
            for pane in (self.headlines, self.body, self.metadata):
                pane.activate(pane.id == name)
        else:
            self._arrange(*self.size)

    # Scanning

    def start(self, scan: Callable[[], Iterable[Ref]]) -> None:
        """Begin to look for pages."""
        self._scanning = True

        def work() -> None:
            scan_in_batches(scan, self.post_message, lambda: get_current_worker().is_cancelled)

        self.run_worker(work, thread=True, group="scan", exit_on_error=False)

    def on_refs_found(self, message: RefsFound) -> None:
        """Take in pages; the first one is opened."""
        is_first = not self._shelf
        self._shelf.extend(message.refs)
        self.headlines.grow()
        if is_first:
            self.open_page(0)
        self._tell()

    def on_scan_ended(self, message: ScanEnded) -> None:
        """All pages are there; a single one is what one wants to read."""
        self._scanning = False
        if message.trouble:
            self._say(message.trouble, is_trouble=True)
        if not self._shelf:
            self.headlines.empty = "No pages here"
            self.headlines.refresh()
            reason = message.trouble or "nothing was found that can be read; name other files or folders"
            self.body.say(f"No pages here: {reason}\n\nh shows the keys, q quits.\n")
        elif len(self._shelf) == 1 and self.active == "headlines":
            self._activate("body")
        self._tell()

    # Opening

    def open_page(self, index: int) -> None:
        """Show a page as soon as it is read; the last wish counts."""
        self._wanted = (index, self._options)
        kept = self._kept.get(*self._wanted)
        if kept is not None:
            self._show(index, kept)
        elif self._loading is None:
            self._load()
        elif self._loading != self._wanted and monotonic() - self._loading_since > PATIENCE_S:
            self._client.cancel()

    def _load(self) -> None:
        assert self._wanted is not None  # noqa: S101 - only called when there is a wish
        index, options = self._loading = self._wanted
        self._loading_since = monotonic()
        work = partial(read_document, self._client, index, self._shelf[index], options, self.post_message)
        self.run_worker(work, thread=True, exclusive=True, group="load", exit_on_error=False)
        self.set_timer(NOTICE_S, self._tell)

    def on_document_ready(self, message: DocumentReady) -> None:
        """A page came; it is shown if it is still wanted."""
        self._loading = None
        self._kept.put(message.index, message.options, message.document)
        if self._wanted == (message.index, message.options):
            self._show(message.index, message.document)
        elif self._wanted is not None:
            self._load()
        self._tell()

    def _show(self, index: int, document: Document) -> None:
        is_same_page = index == self.open_index
        self._wanted = None
        self.open_index, self.document = index, document
        trouble = "" if document.text else next((problem.message for problem in document.problems), "")
        date = document.metadata.get("date")
        peek = Peek(document.ref, document.title, str(date.value) if date else None, trouble)
        self.headlines.unfold(index, document.headlines, peek)
        self.body.show(document, keep_place=is_same_page)
        self.metadata.show(document)
        self._say("")

    def on_source_ready(self, message: SourceReady) -> None:
        """The source of the open page came."""
        self._loading = None
        if message.index == self.open_index:
            self.body.show_source(message.source)
        self._tell()

    def on_work_failed(self, message: WorkFailed) -> None:
        """Go on with what was wished for meanwhile; else say what happened."""
        if message.work == "peek":
            self._peeking = False
            return
        failed, self._loading = self._loading, None
        if self._wanted is not None and self._wanted != failed:
            self._load()
        elif self._wanted is not None:
            self._wanted = None
            self._say(message.reason, is_trouble=True)
        self._tell()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A thread that died of a fault of ours says so instead of waiting for ever."""
        if event.state is WorkerState.ERROR:
            work = "peek" if event.worker.group == "peek" else "open"
            self.on_work_failed(WorkFailed(work, f"{event.worker.group}: {event.worker.error!r}"))

    def _peek(self) -> None:
        """Ask for the titles of pages in sight, one question at a time."""
        if self._peeking or not self.headlines.display:
            return
        unknown = self.headlines.unknown_in_sight()
        if unknown:
            self._peeking = True
            refs = {index: self._shelf[index] for index in unknown}
            work = partial(peek_titles, self._peeker, refs, self._options, self.post_message)
            self.run_worker(work, thread=True, exclusive=True, group="peek", exit_on_error=False)

    def on_peeks_ready(self, message: PeeksReady) -> None:
        """Titles came; by now others may be in sight."""
        self._peeking = False
        self.headlines.learn(message.peeks)
        self._peek()

    # The status line

    def _say(self, message: str, *, is_trouble: bool = False) -> None:
        self._message, self._is_trouble = message, is_trouble
        self._tell()

    def _tell(self) -> None:
        """Bring the status line up to date."""
        self._peek()
        index = self.open_index
        ref = self._shelf[index] if index >= 0 else None
        message = self._message
        if not message and self._loading and monotonic() - self._loading_since >= NOTICE_S:
            loading = self._shelf[self._loading[0]]
            message = f"reading {short_name(loading.member or loading.source)}… (Ctrl-C stops)"
        if not message and self.active == "headlines":
            message = self._about_cursor()
        hits = self.pane.hits_text()
        status = Status(
            name=short_name(ref.member or ref.source) if ref else "copydesk",
            ordinal=ref.ordinal if ref else None,
            pages=len(self._shelf),
            is_counting=self._scanning,
            percent=self.body.percent() if self.document and self.body.display else None,
            document=self.document,
            is_certain=self._options.certain,
            view=self.body.view,
            search=f"hit {hits}" if hits else "",
            message=message,
            is_trouble=self._is_trouble,
            count=self._typed,
        )
        self.status.show(status, self._prompt)

    def _about_cursor(self) -> str:
        entry = self.headlines.current()
        if not isinstance(entry, FoundRow):
            return ""
        found = entry.headline
        comments = f"{found.comments} comments" if found.comments is not None else ""
        return " · ".join(part for part in (found.title, found.date_text or found.date, found.tag, comments) if part)

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Take keys for a prompt that is open, digits of a count, and the second g of gg."""
        if self._prompt is not None:
            event.stop()
            self._answer(self._prompt.press(event.key, event.character))
        elif event.character and event.character.isdigit() and event.character.isascii():
            if event.character != "0" or self._typed.isdigit():
                event.stop()
                self._typed = (self._typed if self._typed.isdigit() else "")[:8] + event.character
                self._tell()
        elif self._typed == "g" and event.key != "g":
            self._typed = ""
        elif event.key == "escape" and self._typed:
            event.stop()
            self._typed = ""
            self._tell()

    def on_paste(self, event: events.Paste) -> None:
        """Paste into the prompt; elsewhere pasted text is no keys."""
        if self._prompt is not None:
            self._prompt.paste(event.text)
            self._tell()

    def _ask(self, sign: str, on_answer: Callable[[str], None]) -> None:
        self._prompt, self._on_answer = Prompt(sign), on_answer
        self._tell()

    def _answer(self, outcome: str) -> None:
        prompt, on_answer = self._prompt, self._on_answer
        if outcome != "open":
            self._prompt = self._on_answer = None
        if outcome == "done" and prompt is not None and on_answer is not None:
            on_answer(prompt.text)
        self._tell()

    def _take_count(self) -> int | None:
        count = int(self._typed) if self._typed.isdigit() else None
        self._typed = ""
        return count

    def action_prefix(self) -> None:
        """The first g waits for a second one."""
        if self._typed == "g":
            self._typed = ""
            self.action_move("top")
        else:
            self._typed = "g"

    def action_move(self, motion: Motion) -> None:
        """Move in the active pane."""
        self._message = ""
        self.pane.move(motion, self._take_count())
        self._tell()

    def action_page(self, step: int) -> None:
        """Open the next or previous page."""
        index = self._wanted[0] if self._wanted else self.open_index
        index = max(0, min(index + step * (self._take_count() or 1), len(self._shelf) - 1))
        if self._shelf and index != self.open_index:
            self._message = ""
            self.headlines.go_to(self.headlines.listing.row_of(index))
            self.open_page(index)
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
        self.open_page(self.headlines.listing.page_of(row))

    def action_choose(self) -> None:
        """Open what is under the cursor."""
        self._typed = ""
        entry = self.headlines.current()
        if self.active != "headlines" or entry is None:
            return
        if isinstance(entry, FoundRow):
            self.body.go_to_headline(entry.headline)
            if not self.body.display:
                self._activate("body")
        elif not isinstance(entry, GroupRow):
            if entry.page != self.open_index:
                self.open_page(entry.page)
            self._activate("body")
        self._tell()

    def action_pane(self, step: int) -> None:
        """Go to the next pane."""
        self._typed = self._message = ""
        self._activate(PANES[(PANES.index(self.active) + step) % len(PANES)])
        self._tell()

    def action_zoom(self) -> None:
        """Give the active pane the whole screen, or take it back."""
        self.is_zoomed = not self.is_zoomed
        self._arrange(*self.size)
        self._tell()

    def action_search(self, step: int) -> None:
        """Ask what to look for in the active pane."""
        self._typed = ""
        self._ask("/" if step > 0 else "?", partial(self._search, step))

    def _search(self, step: int, query: str) -> None:
        if not query:
            return
        self._search_step = step
        self.pane.search(pattern(query), step)
        found = self.pane.hits_text()
        self._message = ""
        if found.endswith("/0"):
            known, pages = self.headlines.known(), len(self._shelf)
            where = (
                f" in the {known:,} of {pages:,} titles read so far"
                if self.active == "headlines" and known < pages
                else ""
            )
            self._say(f"{query}: not found{where}", is_trouble=True)

    def action_hit(self, step: int) -> None:
        """Go to the next hit."""
        self._message = ""
        self.pane.next_hit(step * getattr(self, "_search_step", 1) * (self._take_count() or 1))
        self._tell()

    def action_edit(self, step: int) -> None:
        """Go to the next repair and explain it."""
        found = self.body.go_to_edit(step * (self._take_count() or 1))
        if found is None:
            self._say(
                "no repairs on this page" if not self.body.view else "repairs are marked in the page, not in its source"
            )
            return
        number, total, edit = found
        self._say(f"{number}/{total}  {describe_edit(edit)}")

    def action_raw(self) -> None:
        """Show the source, or the page again."""
        if self.body.view:
            self.body.show_source(None)
        elif self.open_index >= 0 and self._loading is None:
            index = self.open_index
            self._loading, self._loading_since = (index, self._options), monotonic()
            work = partial(read_source, self._client, index, self._shelf[index], self._options, self.post_message)
            self.run_worker(work, thread=True, exclusive=True, group="load", exit_on_error=False)
            if self.active != "body":
                self._activate("body")
        self._tell()

    def action_probable(self) -> None:
        """Read the page with or without edits that were chosen by likelihood."""
        self._options = replace(self._options, certain=not self._options.certain)
        if self.open_index >= 0:
            self.open_page(self.open_index)
        self._say("probable repairs are left out" if self._options.certain else "probable repairs are made and marked")

    def action_reload(self) -> None:
        """Read the page again."""
        if self.open_index >= 0:
            self._kept.drop(self.open_index)
            self.headlines.forget()
            self.open_page(self.open_index)
            self._tell()

    def action_repaint(self) -> None:
        """Draw the screen anew, whatever the terminal has made of it."""
        self.app.action_repaint()  # type: ignore[attr-defined]

    def action_help(self) -> None:
        """Show the keys."""
        from tui.view.help import HelpScreen  # seldom wanted, and every start would pay

        self.app.push_screen(HelpScreen(self._look, self._settings))

    def action_close(self) -> None:
        """Close what is on top."""
        self._message = ""
        if self.pane.hits_text():
            self.pane.search(None, 1)
        else:
            self._close_top()
        self._tell()

    def _close_top(self) -> bool:
        if self.body.view:
            self.body.show_source(None)
        elif self.is_zoomed:
            self.action_zoom()
        elif not self.headlines.display and len(self._shelf) > 1:
            self._activate("headlines")
        else:
            return False
        return True

    def action_leave(self) -> None:
        """Close what is on top, or quit."""
        self._message = self._typed = ""
        if not self._close_top():
            self.action_quit()
        self._tell()

    def action_quit(self) -> None:
        """Quit."""
        self.app.exit(0)

    def action_cancel(self) -> None:
        """Stop what is going on, else leave."""
        if self._loading is not None:
            self._wanted = None
            self._client.cancel()
            self._say("stopped")
        elif self._scanning:
            self.workers.cancel_group(self, "scan")
            self._scanning = False
            self._say(f"stopped; {len(self._shelf):,} pages were found")
        else:
            self.action_leave()
