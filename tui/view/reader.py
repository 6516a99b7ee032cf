"""The main screen: three panes and a status line, what is open in them, and the messages that fill them."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from tui.core.i18n import tr
from tui.core.model import Document, Item, Options, Original, is_fetched
from tui.core.questions import Asker, Question, Source
from tui.core.shelf import Shelf
from tui.view.commands.choosing import Choosing
from tui.view.commands.deciding import Deciding, Labelling
from tui.view.commands.explaining import Explaining
from tui.view.commands.finding import Finding, Searching
from tui.view.commands.following import Following, Hinting
from tui.view.commands.leaving import Leaving
from tui.view.commands.moving import Moving, Pointing
from tui.view.commands.ordering import Counting, Ordering
from tui.view.commands.reading import Reading
from tui.view.commands.surveying import Surveying, state_of
from tui.view.commands.taking import Taking
from tui.view.keys import BINDINGS
from tui.view.pagetext.query import Query
from tui.view.panes.group import Panes
from tui.view.panes.pane import PaneClicked
from tui.view.panes.statusline import Status, StatusLine, short_name
from tui.view.start import Settings
from tui.view.state.background import (
    AnswerReady,
    DocumentReady,
    JobStepped,
    PeeksReady,
    SourceReady,
    Surveyed,
    WorkFailed,
)
from tui.view.state.opener import Opener, answering
from tui.view.state.plan import Box
from tui.view.state.prompts import TypeAhead, Typing
from tui.view.state.services import Services
from tui.view.terminal.look import Look

T = TypeVar("T")

NOTICE_S = 0.2
"""Seconds after which the status line says that a page is being read."""
TICK_S = 0.5
"""Seconds between two times that it is brought up to date while something goes on."""


class Reader(Screen[None], inherit_bindings=False):
    """Holds what is open; the panes only draw, `actions` say what keys do, and `opener` knows what is being read."""

    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]
    AUTO_FOCUS = None
    ALLOW_SELECT = False

    def __init__(
        self, look: Look, settings: Settings, clients: tuple[Asker, Asker], services: Services, options: Options
    ) -> None:
        """`clients` are the one that opens pages and the one that peeks at them."""
        super().__init__()
        self.outlet, self.ledger, self.collection = services.outlet, services.ledger, services.collection
        self.neighbours = services.neighbours
        self.survey = services.survey
        self.look, self.settings = look, settings
        self.shelf = Shelf()
        self.options = options
        self._charsets: dict[int, str | None] = {}  # by index, where the user chose for one page
        self.opener = Opener(self.shelf, clients, self._start_thread, self.post_message)
        self.panes = Panes(look, self.shelf)
        self.headlines, self.body, self.metadata = self.panes.headlines, self.panes.body, self.panes.metadata
        self.status = StatusLine(look)
        self.document: Document | None = None
        self.open_index = -1
        self.typing, self.typed_ahead = Typing(), TypeAhead(self)
        self._message = ""
        self._is_trouble = self._is_ticking = False
        self.decided: tuple[tuple[str, ...], str] = ((), "")
        """Labels and note of the open page."""
        self.labelled: tuple[str, ...] = ()
        """As in `Status`."""
        self._place: tuple[int, int, Query | None] | None = None  # page, place in it, and what stands there
        self.commands: dict[str, Callable[[], None]] = {}
        self.following, self.hinting = Following(self), Hinting(self)
        self.choosing, self.searching, self.labelling = Choosing(self), Searching(self), Labelling(self)
        self.surveying = Surveying(self)
        plain = (Reading(self), Moving(self), Finding(self), Explaining(self), Taking(self), Leaving(self))
        kept = (self.surveying, self.following, self.hinting, self.choosing, self.labelling)
        for group in (*kept, Counting(self), Ordering(self), Deciding(self), Pointing(self), *plain):
            self.commands |= group.table()

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

    def on_unmount(self) -> None:
        """Leave no thread that has to be waited for."""
        self.survey.end()
        self.ledger.leave(state_of(self))
        self.choosing.stop()
        self.opener.close()

    async def on_surveyed(self, message: Surveyed) -> None:
        """Pages were found, or something became of them."""
        self.surveying.take(message)
        await self.typed_ahead.hand_out()

    def forget_pages(self) -> None:
        """Know no pages any more; what is shown stays until there are others."""
        self.opener.forget()
        self.typed_ahead.forget()
        self.shelf.clear()
        self.headlines.names.clear()
        self._charsets.clear()
        self._place = None
        self.open_index = -1
        self.headlines.rearrange(lambda _index: None)

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

    async def on_document_ready(self, message: DocumentReady) -> None:
        """A page came; it is shown if it is still wanted."""
        if self.opener.came(message):
            self._show(message.index, message.document)
        self.tell()
        self._on_timer_update()  # a page that is waited for needn't wait for the next frame, up to 16 ms
        await self.typed_ahead.hand_out()

    def _show(self, index: int, document: Document) -> None:
        is_same_page = index == self.open_index
        self.following.leave()
        self.open_index, self.document = index, document
        self.headlines.unfold(index, document)
        self.body.show(document, keep_place=is_same_page)
        self.metadata.show(document)
        self.surveying.notice(document)
        place, self._place = self._place, None
        if place is not None and place[0] == index:
            self._go_to_place(*place[1:])
        self.following.arrive()
        self.decided = ((), "")
        self.call_after_refresh(self.labelling.show)
        self.call_after_refresh(self.survey.drawn)

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
        forgotten = self.typed_ahead.forget()
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
        if forgotten:
            self.say(forgotten)

    def on_job_stepped(self, message: JobStepped) -> None:
        """What goes on beside came further."""
        message.job.take(message)

    def on_source_ready(self, message: SourceReady) -> None:
        """The source of the open page came."""
        self.opener.answered()
        if message.index == self.open_index and self.opener.wanted is None:
            self.body.show_source(message.source)
        self.tell()

    def ask_about(self, index: int, question: Callable[[Item, Options], Question[T]], use: Callable[[T], None]) -> None:
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
        self.ask_about(self.open_index, Source, then)

    def on_work_failed(self, message: WorkFailed) -> None:
        """Say what happened, if anybody waits for it."""
        if self.opener.failed(message):
            forgotten = self.typed_ahead.forget()
            self.say(f"{message.reason}; {forgotten}" if forgotten else message.reason, is_trouble=True)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A thread that died of a fault of ours says so instead of waiting for ever."""
        if event.state is WorkerState.ERROR:
            reason = tr("{error}; this is a fault of copydesk", error=repr(event.worker.error))
            self.on_work_failed(WorkFailed(event.worker.group, reason))

    def on_peeks_ready(self, message: PeeksReady) -> None:
        """Titles came; by now others may be in sight, or a page may be whole that was being written."""
        self.opener.peeked()
        at = len(self.shelf)
        self.headlines.learn({i: peek for i, peek in message.peeks.items() if i < at and self.shelf[i] == peek.ref})
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
            is_counting=self.surveying.is_looking,
            is_following=self.survey.is_following and not self.survey.is_over,
            percent=self.body.percent() if self.document and self.body.display else None,
            document=self.document,
            is_certain=self.options.certain,
            view=self.body.view,
            script=self.body.script_here(),
            search=tr("hit {hits}", hits=hits) if hits else "",
            decided=self.decided,
            labelled=self.labelled,
            message=self._message or self._activity(),
            is_trouble=self._is_trouble,
            count=self.typing.pending,
        )
        self.status.show(status, self.typing.prompt)

    def tell_soon(self) -> None:
        """Do so again in a moment: something goes on by itself."""
        if not self._is_ticking:
            self._is_ticking = True
            self.set_timer(TICK_S, self._tick)

    def _tick(self) -> None:
        self._is_ticking = False
        self.tell()

    def _activity(self) -> str:
        """What is going on, or else what is under the cursor."""
        if ref := self.opener.loading(NOTICE_S):
            way = self.following.progress(ref) if is_fetched(ref) else self.surveying.way(ref)
            return self.typed_ahead.said() + way
        if activity := self.choosing.activity or self.surveying.activity():
            return self.typed_ahead.said() + activity
        if left := self.opener.progress().left:
            return tr("gathering, {left} pages to come… (Ctrl-C stops)", left=left)
        return self.headlines.unseen() if self.panes.active is self.headlines else ""

    async def on_key(self, event: events.Key) -> None:
        """Take keys for a prompt or a count; the rest is bound, and runs here and now.

        Textual would let the key bubble to the application first, and keys that are typed fast or pasted would overtake
        it: the 5 of `#5` would be no part of the answer.
        """
        event.stop()
        if self.typed_ahead.takes(event):
            self.tell()
        else:
            await self.press(event)

    async def press(self, event: events.Key) -> None:
        """Let a key act."""
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

    def action_run(self, name: str) -> None:
        """Run a command by its name in `keys`."""
        self.commands[name]()
        self.tell()
