"""The main screen: three panes and a status line, what is open in them, and the messages that fill them."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from tui.model import Document, Options, Original, Ref
from tui.shelf import Run, Shelf
from tui.view.actions.choosing import Choosing
from tui.view.actions.counting import Counting
from tui.view.actions.deciding import Deciding
from tui.view.actions.explaining import Explaining
from tui.view.actions.finding import Finding
from tui.view.actions.following import Following
from tui.view.actions.hinting import Hinting
from tui.view.actions.labelling import Labelling
from tui.view.actions.leaving import Leaving
from tui.view.actions.moving import Moving
from tui.view.actions.pointing import Pointing
from tui.view.actions.reading import Reading
from tui.view.actions.searching import Searching
from tui.view.actions.taking import Taking
from tui.view.client import Client
from tui.view.keys import BINDINGS
from tui.view.library import FETCHED, answering, scan_in_batches
from tui.view.look import Look
from tui.view.messages import (
    AnswerReady,
    DocumentReady,
    PeeksReady,
    RefsFound,
    ScanEnded,
    SourceReady,
    WorkFailed,
)
from tui.view.opener import Opener, is_same
from tui.view.panes.group import Panes
from tui.view.panes.pane import PaneClicked
from tui.view.panes.status import StatusLine
from tui.view.plan import Box
from tui.view.prompts import Typing
from tui.view.query import Query
from tui.view.resume import Resume, state_of
from tui.view.services import Services
from tui.view.settings import Settings
from tui.view.statusline import Status, short_name

if TYPE_CHECKING:
    from tui.view.background import JobStepped

T = TypeVar("T")

NOTICE_S = 0.2
"""Seconds after which the status line says that a page is being read."""


class Reader(Screen[None], inherit_bindings=False):
    """Holds what is open; the panes only draw, `actions` say what keys do, and `opener` knows what is being read."""

    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]
    AUTO_FOCUS = None
    ALLOW_SELECT = False

    def __init__(
        self, look: Look, settings: Settings, clients: tuple[Client, Client], services: Services, options: Options
    ) -> None:
        """`clients` are the one that opens pages and the one that peeks at them."""
        super().__init__()
        self.outlet, self.ledger, self.collection = services.outlet, services.ledger, services.collection
        self.neighbours = services.neighbours
        self.look, self.settings = look, settings
        self.shelf = Shelf()
        self.options = options
        self._charsets: dict[int, str | None] = {}  # by index, where the user chose for one page
        self.opener = Opener(self.shelf, clients, self._start_thread, self.post_message)
        self.panes = Panes(look, settings, self.shelf)
        self.headlines, self.body, self.metadata = self.panes.headlines, self.panes.body, self.panes.metadata
        self.status = StatusLine(look, settings)
        self.document: Document | None = None
        self.open_index = -1
        self.is_scanning = False
        self._scan_stopped = threading.Event()
        self.typing = Typing()
        self._message = ""
        self._is_trouble = False
        self.decided: tuple[tuple[str, ...], str] = ((), "")
        """Labels and note of the open page."""
        self.labelled = ""
        """As in `Status`."""
        self._place: tuple[int, int, Query | None] | None = None  # page, place in it, and what stands there
        self.commands: dict[str, Callable[[], None]] = {}
        self.following, self.hinting = Following(self), Hinting(self)
        self.choosing, self.searching, self.labelling = Choosing(self), Searching(self), Labelling(self)
        self._resume = Resume(self, self.ledger.left)
        plain = (Reading(self), Moving(self), Finding(self), Explaining(self), Taking(self), Leaving(self))
        kept = (self.following, self.hinting, self.choosing, self.labelling)
        for group in (*kept, Counting(self), Deciding(self), Pointing(self), *plain):
            self.commands |= group.commands

    def compose(self) -> ComposeResult:
        """Four widgets; where they stand is `plan`'s affair."""
        yield from self.panes.by_name.values()
        yield self.status

    def on_resize(self, event: events.Resize) -> None:
        """Place the panes anew."""
        self.panes.resize(event.size.width, event.size.height)

    def boxes(self) -> list[Box]:
        """Where rows may scroll."""
        return [pane.box() for pane in self.panes.by_name.values() if pane.display]

    def _start_thread(self, work: Callable[[], None], group: str) -> None:
        self.run_worker(work, thread=True, exclusive=True, group=group, exit_on_error=False)
        if group == "load":
            self.set_timer(NOTICE_S, self.tell)

    def start(self, scan: Callable[[], Iterable[Ref | Run]]) -> None:
        """Begin to look for pages."""
        self.is_scanning = True
        work = partial(scan_in_batches, scan, self.post_message, self._scan_stopped.is_set)
        # No worker of Textual's: it would be waited for at the end, and a scan may wait for a pipe for ever.
        threading.Thread(target=work, name="scan", daemon=True).start()

    def on_unmount(self) -> None:
        """Leave no thread that has to be waited for."""
        self._scan_stopped.set()
        self.ledger.leave(state_of(self))
        self.choosing.stop()
        self.opener.close()

    def on_refs_found(self, message: RefsFound) -> None:
        """Take in pages; the first one is opened."""
        is_first, before = not self.shelf, self.shelf.found
        self.shelf.extend(message.refs)
        self.headlines.names.add(message.refs)
        self.headlines.grow()
        if is_first:
            self.open(0)
        self.choosing.grew()
        self._resume.look(before)
        self.tell()

    def on_scan_ended(self, message: ScanEnded) -> None:
        """All pages are there; a single one is what one wants to read."""
        self.is_scanning = False
        if message.trouble:
            self.say(message.trouble, is_trouble=True)
        if not self.shelf:
            self._say_why_empty(message.trouble or "nothing was found that can be read; name other files or folders")
        elif len(self.shelf) == 1 and self.panes.active_name == "headlines":
            self.panes.activate("body")
        self.choosing.grew()
        self._resume.end()
        self.tell()

    def _say_why_empty(self, reason: str) -> None:
        self.headlines.say("No pages here")
        self.body.say(f"No pages here: {reason}\n\nh shows the keys, q quits.\n")

    def open(self, index: int) -> None:
        """Show a page as soon as it is read."""
        document = self.opener.open(index, self.options_for(index))
        if document is not None:
            self._show(index, document)

    @property
    def index_in_mind(self) -> int:
        """The page that is wanted, or else the open one; -1: none."""
        return self.open_index if self.opener.wanted is None else self.opener.wanted

    def options_for(self, index: int) -> Options:
        """How a page is to be read."""
        return replace(self.options, charset=self._charsets.get(index, self.options.charset))

    def override(self, charset: str | None, index: int | None) -> None:
        """Read a page, or with None all of them, in a charset; None: find it out again."""
        if index is None:
            self._charsets.clear()
            self.options = replace(self.options, charset=charset)
        else:
            self._charsets[index] = charset

    def on_document_ready(self, message: DocumentReady) -> None:
        """A page came; it is shown if it is still wanted."""
        if self.opener.came(message):
            self._show(message.index, message.document)
        self.tell()

    def _show(self, index: int, document: Document) -> None:
        is_same_page = index == self.open_index
        self.following.leave()
        self.open_index, self.document = index, document
        self.headlines.unfold(index, document)
        self.body.show(document, keep_place=is_same_page)
        self.metadata.show(document)
        place, self._place = self._place, None
        if place is not None and place[0] == index:
            self._go_to_place(*place[1:])
        self.following.arrive()
        self.decided = ((), "")
        self.call_after_refresh(self.labelling.show)

    def go_to_page(self, index: int) -> None:
        """Open a page, with the cursor of the list on it."""
        self.headlines.go_to(self.headlines.listing.row_of(index))
        self.open(index)

    def go_to_place(self, index: int, start: int, query: Query | None = None) -> None:
        """Open a page at a place in its text, with the hits of a query marked."""
        self._place = (index, start, query)
        self.go_to_page(index)
        self.panes.activate("body")

    def _go_to_place(self, start: int, query: Query | None) -> None:
        if query is not None:
            self.body.search(query, 1)
        if self.body.page is not None and start >= 0:
            self.body.go_to_offset(start + self.body.page.shift)

    def rearranged(self, moved: Callable[[int], int | None]) -> None:
        """The shelf shows other pages, or another order: `moved` gives the new index of one that was shown, if it has any."""
        self._charsets = {new: name for old, name in self._charsets.items() if (new := moved(old)) is not None}
        before = self.index_in_mind
        is_open = before == self.open_index
        self.opener.forget()
        index = moved(before) if before >= 0 else None
        self.headlines.rearrange(moved)
        self.open_index = index if is_open and index is not None else -1
        if self._place is not None and self._place[0] == before and index is not None:
            self._place = (index, *self._place[1:])
        if index is not None and is_open and self.document is not None:
            self._show(index, self.document)
            self.headlines.go_to(self.headlines.listing.row_of(index))
        elif len(self.shelf):
            self.go_to_page(index or 0)

    def on_job_stepped(self, message: "JobStepped") -> None:
        """What goes on beside came further."""
        message.job.take(message)

    def on_source_ready(self, message: SourceReady) -> None:
        """The source of the open page came."""
        self.opener.answered()
        if message.index == self.open_index and self.opener.wanted is None:
            self.body.show_source(message.source)
        self.tell()

    def ask_about(self, index: int, question: Callable[[Client, Ref, Options], T], use: Callable[[T], None]) -> None:
        """Ask something about a page, and go on with the answer if the page is open then."""
        if index >= 0:
            self.opener.ask(answering(question, use), index, self.options_for(index))

    def on_answer_ready(self, message: AnswerReady) -> None:
        """The answer to such a question came."""
        self.opener.answered()
        if message.index == self.open_index and self.opener.wanted is None and self.is_current:
            message.use()
        self.tell()

    def with_original(self, then: Callable[[Original], None]) -> None:
        """Read the bytes of the open page, and go on with them if it is still open."""
        self.ask_about(self.open_index, lambda client, ref, options: client.source(ref, options), then)

    def on_work_failed(self, message: WorkFailed) -> None:
        """Say what happened, if anybody waits for it."""
        if self.opener.failed(message):
            self.say(message.reason, is_trouble=True)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A thread that died of a fault of ours says so instead of waiting for ever."""
        if event.state is WorkerState.ERROR:
            self.on_work_failed(WorkFailed(event.worker.group, f"{event.worker.error!r}; this is a fault of copydesk"))

    def on_peeks_ready(self, message: PeeksReady) -> None:
        """Titles came; by now others may be in sight."""
        self.opener.peeked()
        at = len(self.shelf)
        self.headlines.learn(
            {i: peek for i, peek in message.peeks.items() if i < at and is_same(self.shelf[i], peek.ref)}
        )
        self.tell()

    def on_hits_counted(self) -> None:
        """Say how many there are by now."""
        self.tell()

    def say(self, message: str, *, is_trouble: bool = False) -> None:
        self._message, self._is_trouble = message, is_trouble
        self.tell()

    def hush(self) -> None:
        """Forget the last message and what was typed: something new begins."""
        self._message = self.typing.pending = ""
        self._is_trouble = False

    def tell(self) -> None:
        """Bring the status line up to date, and ask for titles that have come into sight."""
        if self.headlines.display:
            self.opener.peek(self.headlines.unknown_in_sight(), self.options)
        ref = self.shelf[self.open_index] if self.open_index >= 0 else None
        hits = self.panes.active.hits_text()
        status = Status(
            name=short_name(ref.member or ref.source) if ref else "copydesk",
            ordinal=ref.ordinal if ref else None,
            place=None if ref is None or ref.ordinal == self.open_index else self.open_index + 1,
            pages=len(self.shelf),
            is_counting=self.is_scanning,
            percent=self.body.percent() if self.document and self.body.display else None,
            document=self.document,
            is_certain=self.options.certain,
            view=self.body.view,
            script=self.body.script_here(),
            search=f"hit {hits}" if hits else "",
            decided=self.decided,
            labelled=self.labelled,
            message=self._message or self._activity(),
            is_trouble=self._is_trouble,
            count=self.typing.pending,
        )
        self.status.show(status, self.typing.prompt)

    def _activity(self) -> str:
        """What is going on, or else what is under the cursor."""
        if ref := self.opener.loading(NOTICE_S):
            if ref.format == FETCHED:
                return self.following.progress(ref)
            return f"reading {short_name(ref.member or ref.source)}… (Ctrl-C stops)"
        if self.choosing.activity:
            return self.choosing.activity
        if self.opener.left:
            return f"gathering, {self.opener.left} pages to come… (Ctrl-C stops)"
        return self.headlines.unseen() if self.panes.active is self.headlines else ""

    async def on_key(self, event: events.Key) -> None:
        """Take keys for a prompt or a count; the rest is bound, and runs here and now.

        Textual would let the key bubble to the application first, and keys that are typed fast or pasted would overtake
        it: the 5 of `#5` would be no part of the answer.
        """
        event.stop()
        if self.labelling.takes(event.key) or self.typing.takes(event.key, event.character):
            self.tell()
        else:
            await self.app._check_bindings(event.key)  # noqa: SLF001 - as in Textual 8.2.8; no public name for it

    def on_paste(self, event: events.Paste) -> None:
        """Paste into the prompt; elsewhere pasted text is no keys."""
        if self.typing.paste(event.text):
            self.tell()

    def on_pane_clicked(self, message: PaneClicked) -> None:
        """A click chooses a pane and a line in it; in the list, one on the line that is chosen opens it."""
        pane = self.panes.by_name[message.name]
        was_active, before = pane.is_active, pane.sight.line
        self.panes.activate(message.name)
        is_there = message.row >= 0 and pane.read_row(message.row)
        if is_there and was_active and pane is self.headlines and pane.sight.line == before:
            self.commands["choose"]()
        self.tell()

    def ask(
        self,
        sign: str,
        on_answer: Callable[[str], None],
        on_change: Callable[[str], None] = lambda _text: None,
        on_cancel: Callable[[], None] = lambda: None,
    ) -> None:
        """Open a prompt at the bottom, as in `Typing`."""
        self.hush()
        self.typing.ask(sign, on_answer, on_change, on_cancel)

    def take_count(self) -> int | None:
        """The number typed before the command that runs now; None: there is none."""
        count = self.typing.take_count()
        self.hush()
        return count

    def stop_scan(self) -> None:
        """Look for no more pages."""
        self._scan_stopped.set()
        self.is_scanning = False
        if not self.shelf:
            self._say_why_empty("the search was stopped before there was one")

    def action_run(self, name: str) -> None:
        """Run a command by its name in `keys`."""
        self.commands[name]()
        self.tell()
