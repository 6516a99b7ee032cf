"""The main screen: three panes and a status line that draw what is browsed, and the keys that go to it."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from tui.choosing.choices import Choice
from tui.core.i18n import tr
from tui.core.shelf import Shelf
from tui.view.commands.table import table
from tui.view.keys import BINDINGS, first_keys, key_name
from tui.view.pagetext.brief import byline
from tui.view.panes.group import Panes
from tui.view.panes.hints import Hints
from tui.view.panes.pane import PaneClicked
from tui.view.panes.statusline import Status, StatusLine
from tui.view.state.browsing import NOTICE_S, Browsing
from tui.view.state.prompts import ON_PAGE, STEPS, WITHOUT_PAGE
from tui.view.state.services import Services
from tui.view.state.sourcenames import SourceNames, short_name
from tui.view.terminal.internals import draw_now
from tui.view.terminal.look import Look

TICK_S = 0.5
"""Seconds between two times that the status line is brought up to date while something goes on."""


class Due(Message):
    """A thread has something for the screen's own to do."""

    # No dataclass: the standard library's takes half a millisecond to make, and ours has no base with fields.
    def __init__(self, act: Callable[[], None], is_urgent: bool) -> None:
        """`is_urgent`: what it changes doesn't wait for the next frame, up to 16 ms."""
        super().__init__()
        self.act, self.is_urgent = act, is_urgent


class Reader(Screen[None], inherit_bindings=False):
    """Draws `Browsing`, and is its `Host`."""

    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]
    AUTO_FOCUS = None
    ALLOW_SELECT = False

    def __init__(self, look: Look, services: Services, choice: Choice) -> None:
        super().__init__()
        shelf, names = Shelf(), SourceNames()
        start = choice.start
        self._keys = first_keys(start.config.keys)
        self.panes = Panes(look, shelf, names, start.config.width, self._keys)
        self.browsing = Browsing(
            shelf, names, self.panes, self, services, choice.options, is_labelling=start.is_labelling
        )
        self.status = StatusLine(look, has_footer=start.config.footer)
        self._is_ticking = False
        self.commands = table(self.browsing, self.panes, self, start.config.keys)
        self._hints = Hints(self.browsing, self.panes, start.config.keys)

    def compose(self) -> ComposeResult:
        """Four widgets; where they stand is `Panes`' affair."""
        yield from self.panes.by_name.values()
        yield self.status

    def on_resize(self, event: events.Resize) -> None:
        """Place the panes anew, and ask for the titles that have come into sight."""
        self.panes.resize(event.size.width, max(event.size.height - self.status.tall, 1))
        self.call_after_refresh(self.tell)

    def on_unmount(self) -> None:
        """Leave no thread that has to be waited for."""
        self.browsing.close()

    def start_thread(self, work: Callable[[], None], group: str) -> None:
        self.run_worker(work, thread=True, exclusive=True, group=group, exit_on_error=False)
        if group == "load":
            self.set_timer(NOTICE_S, self.tell)

    def post(self, act: Callable[[], None], *, is_urgent: bool = False) -> None:
        self.post_message(Due(act, is_urgent))

    async def on_due(self, message: Due) -> None:
        """Do it, and let keys act that waited for it."""
        message.act()
        self.tell()
        if message.is_urgent:
            draw_now(self)
        await self.browsing.typed_ahead.hand_out(self._press_late)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A thread that died of a fault of ours says so instead of waiting for ever."""
        if event.state is WorkerState.ERROR:
            reason = tr("{error}; this is a bug in copydesk", error=repr(event.worker.error))
            self.browsing.opener.failed(event.worker.group, reason)

    def on_hits_counted(self) -> None:
        """Say how many there are by now."""
        self.tell()

    def tell(self) -> None:
        """Bring the status line up to date, and ask for titles that have come into sight."""
        browsing, body, headlines = self.browsing, self.panes.body, self.panes.headlines
        if headlines.display:
            browsing.opener.peek(headlines.unknown_in_sight(), browsing.options)
        index, survey = browsing.open_index, browsing.looking.survey
        ref = browsing.shelf[index] if index >= 0 else None
        hits = self.panes.active.hits_text()
        status = Status(
            name=self._unseen() or (short_name(ref.member or ref.source) if ref else "copydesk"),
            ordinal=ref.ordinal if ref else None,
            place=index + 1 if ref else None,
            pages=len(browsing.shelf),
            is_counting=browsing.is_looking,
            is_following=survey.is_following and not survey.is_over,
            percent=body.percent() if browsing.document and body.display else None,
            document=browsing.document,
            is_certain=browsing.options.certain,
            view=body.view,
            script=body.script_here(),
            search=tr("hit {hits}", hits=hits) if hits else "",
            only=browsing.filter.expression,
            decided=browsing.labels.decided,
            labelled=browsing.labels.progress,
            message=browsing.message or browsing.activity(),
            is_trouble=browsing.is_trouble,
            count=browsing.typing.pending,
            keys=self._hints.now(),
            help=self._hints.always,
            brief=byline(browsing.document) if browsing.document and self.panes.brief_rows else "",
            links=body.page.link_count if body.page and self.panes.brief_rows else 0,
        )
        self.status.grow(self.panes.brief_rows)
        self.status.show(status, browsing.typing.prompt)

    def _unseen(self) -> str:
        """What the list doesn't show, where one is in it."""
        return self.panes.headlines.unseen() if self.panes.active is self.panes.headlines else ""

    def tell_soon(self) -> None:
        if not self._is_ticking:
            self._is_ticking = True
            self.set_timer(TICK_S, self._tick)

    def _tick(self) -> None:
        self._is_ticking = False
        self.tell()

    async def take_key(self, event: events.Key) -> None:
        """Take keys for a prompt or a count; the rest is bound, and runs here and now."""
        self.browsing.message, self.browsing.is_trouble = "", False
        browsing, bound = self.browsing, self.active_bindings.get(event.key)
        command = bound.binding.id if bound else None
        is_step = browsing.labels.is_fast and (browsing.labels.is_label(event.character) or command in STEPS)
        is_early = browsing.is_before_first and command is not None and command not in WITHOUT_PAGE
        is_meant = is_step or command in ON_PAGE or is_early
        is_meant = is_meant and not (browsing.typing.is_busy or browsing.view.selected())
        if browsing.typed_ahead.takes(event, command, is_for_page=is_meant, is_step=is_step or is_early):
            self.tell()
        else:
            await self._press(event)

    async def _press(self, event: events.Key) -> None:
        if self.browsing.labels.takes(event.character) or self.browsing.typing.takes(event.key, event.character):
            self.tell()
        elif bound := self.app.active_bindings.get(event.key):
            await self.app.run_action(bound.binding.action, bound.node)
        else:
            self.browsing.hush()
            key = event.character if event.is_printable and event.character else key_name(event.key)
            self.browsing.say(tr("{key} does nothing here; {help} lists the keys", key=key, help=self._keys["help"]))
            self.tell()

    async def _press_late(self, event: events.Key) -> None:
        if self.app.screen is self:  # `is_current` holds as well below a sheet in the terminal's own colours
            await self._press(event)
        else:  # the one before opened a sheet, which gets the rest
            self.app.post_message(events.Key(event.key, event.character))

    def on_paste(self, event: events.Paste) -> None:
        """Paste into the prompt; elsewhere pasted text is no keys."""
        if self.browsing.typing.paste(event.text):
            self.tell()

    def on_pane_clicked(self, message: PaneClicked) -> None:
        """A click chooses a pane and a line in it; in the list, one on the line that is chosen opens it."""
        pane = self.panes.by_name[message.name]
        was_active, before = pane.is_active, pane.sight.line
        self.panes.activate(message.name)
        is_there = message.row >= 0 and pane.read_row(message.row)
        if is_there and was_active and pane is self.panes.headlines and pane.sight.line == before:
            self.commands["choose"]()
        self.tell()

    def on_links_clicked(self) -> None:
        """A click on the number of links shows a letter on each in sight."""
        self.action_run("hints")

    def action_run(self, name: str) -> None:
        """Run a command by its name in `keys`."""
        self.commands[name]()
        self.tell()
