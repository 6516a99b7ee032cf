"""The pages that are shown, the one that is open, how pages are read, and what is said about it."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, get_args

from tui.core.errors import CopydeskError
from tui.core.i18n import tr, tr_name, tr_problem
from tui.core.model import Document, Item, Options, Script
from tui.core.problems import is_binary
from tui.core.questions import Source
from tui.core.shelf import Shelf
from tui.core.values import replace
from tui.view.pagetext.query import Query
from tui.view.state.captures import Captures
from tui.view.state.opener import Ask, Opener
from tui.view.state.prompts import Prompt, TypeAhead, Typing
from tui.view.state.services import Host, Services, View
from tui.view.state.sourcenames import SourceNames

T = TypeVar("T")


class ShownPages:
    """What filter, labels and history have in common."""

    def __init__(
        self,
        shelf: Shelf,
        names: SourceNames,
        view: View,
        host: Host,
        services: Services,
        options: Options,
    ) -> None:
        self.shelf, self.names, self.view, self.host = shelf, names, view, host
        self.outlet, self.ledger, self.collection = services.outlet, services.ledger, services.collection
        self.captures = Captures()
        self.options = options
        self._charsets: dict[int, str | None] = {}  # by index, where the user chose for one page
        self.opener = Opener(shelf, services.clients, host, self._show, view.learn, self.complain)
        self.document: Document | None = None
        self._drawn: Document | None = None
        """What was on the screen with the last frame that showed another page."""
        self.open_index = -1
        self.is_looking = False
        """Not all pages are known yet, and somebody looks for them."""
        self.awaited = -1
        """Index of a page that is opened as soon as it is found; -1: none."""
        self.message, self.is_trouble = "", False
        self.typing = Typing()
        self.typed_ahead: TypeAhead[Any] = TypeAhead(self.is_to_come, self._page_meant, lambda: self.open_index)
        self._place: tuple[int, int, Query | None] | None = None  # page, place in it, and what stands there

    def open(self, index: int) -> None:
        """Show a page as soon as it is read."""
        self.awaited = -1
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

    def options_of(self, ref: Item) -> Options:
        """How the page that lies there is to be read."""
        own = (index for index in self._charsets if self.shelf[index] == ref)
        return self.options_for(next(own, -1))

    def override(self, charset: str | None, index: int | None) -> None:
        """Read a page, or with None all of them, in a charset; None: find it out again."""
        if index is None:
            self._charsets.clear()
            self.options = replace(self.options, charset=charset)
        else:
            self._charsets[index] = charset

    def reread(self, options: Options, reason: str) -> None:
        """Read all pages in another way, the open one first."""
        self.options = options
        if self.open_index >= 0:
            self.open(self.open_index)
        self.say(reason)

    def _show(self, index: int, document: Document) -> None:
        is_same_page = index == self.open_index
        self.open_index, self.document = index, document
        self.view.show(index, document, keep_place=is_same_page)
        place, self._place = self._place, None
        if place is not None and place[0] == index:
            self.view.go_to_place(*place[1:])
        if is_binary(document.problems):
            self.ask_about(index, Source, self.view.show_source, even_beneath=True)
        self.host.call_after_refresh(partial(self._has_drawn, document))

    def _has_drawn(self, document: Document) -> None:
        self._drawn = document
        if self.typed_ahead:
            self.host.post(lambda: None)  # keys act behind whatever is posted

    def go_to_page(self, index: int) -> None:
        """Open a page, with the cursor of the list on it."""
        self.view.go_to_page(index)
        self.open(index)

    def step(self, step: int) -> None:
        """Open the next or previous page, or as many on as was typed before; the next may still have to be found."""
        wanted, last = self._page_meant() + step * (self.take_count() or 1), len(self.shelf) - 1
        index = max(0, min(wanted, last))
        is_awaited = wanted == last + 1 and self.is_looking
        if self.shelf and index != self.index_in_mind:
            self.go_to_page(index)
        elif self.shelf and not is_awaited and wanted != index:
            self.say(self.and_forgotten(tr("this is the last page" if step > 0 else "this is the first page")))
        self.awaited = wanted if is_awaited else -1

    def go_on(self) -> None:
        """More pages were found, or all are: open the one that is awaited, and say so if there is none."""
        awaited, self.awaited = self.awaited, -1
        if awaited >= 0 and awaited == self.index_in_mind + 1:
            self.step(1)

    def go_to_place(self, index: int, start: int, query: Query | None = None) -> None:
        """Open a page at a place in its text, with the hits of a query marked."""
        self._place = (index, start, query)
        self.go_to_page(index)
        self.view.activate("body")

    def forget_pages(self) -> None:
        """Know no pages any more; what is shown stays until there are others."""
        self.opener.forget()
        self.typed_ahead.forget()
        self.shelf.clear()
        self.names.clear()
        self.captures.clear()
        self._charsets.clear()
        self._place = None
        self.open_index = -1
        self.view.rearrange(lambda _index: None)

    def rearrange(self, moved: Callable[[int], int | None]) -> None:
        """The shelf shows other pages, or another order: `moved` gives the new index of one that was shown, if it has any."""
        self._charsets = {new: name for old, name in self._charsets.items() if (new := moved(old)) is not None}
        before = self.index_in_mind
        is_open = before == self.open_index
        self.opener.forget()
        forgotten = self.typed_ahead.forget()
        index = moved(before) if before >= 0 else None
        self.view.rearrange(moved)
        self.open_index = index if is_open and index is not None else -1
        if self._place is not None and self._place[0] == before and index is not None:
            self._place = (index, *self._place[1:])
        if index is not None and is_open and self.document is not None:
            self._show(index, self.document)
            self.view.go_to_page(index)
        elif len(self.shelf):
            self.go_to_page(index or 0)
        if forgotten:
            self.say(forgotten)

    def ask_about(self, index: int, question: Ask[T], use: Callable[[T], None], *, even_beneath: bool = False) -> None:
        """Ask something about a page, and go on with the answer if the page is open then, and no sheet lies over it."""

        def use_if_open(answer: T) -> None:
            is_open = index == self.open_index and self.opener.wanted is None
            if is_open and (even_beneath or self.host.is_current):
                use(answer)

        if index >= 0:
            self.opener.ask(index, self.options_for(index), question, use_if_open)

    def say(self, message: str, *, is_trouble: bool = False) -> None:
        """Say something in the status line, until something else begins."""
        self.message, self.is_trouble = message, is_trouble
        self.host.tell()

    def complain(self, message: str) -> None:
        """Say what went wrong; keys that were typed ahead are dropped: nobody knew of it who typed them."""
        self.say(self.and_forgotten(message), is_trouble=True)

    def and_forgotten(self, message: str) -> str:
        """Drop the keys that were typed ahead; returns the message, and behind it how many they were."""
        return "; ".join(filter(None, (message, self.typed_ahead.forget())))

    def hush(self) -> None:
        """Forget the last message, what was typed and what y would say yes to: something new begins."""
        self.message, self.is_trouble = "", False
        self.typing.forget()

    def attempt(self, act: Callable[[], None]) -> None:
        """Do something; if what it needs can't be had, such as a store that can't be read, say so, and all else goes on."""
        try:
            act()
        except CopydeskError as error:
            self.complain(tr_problem(error))

    def ask(
        self,
        sign: str,
        on_answer: Callable[[str], None],
        on_change: Callable[[str], None] = lambda _text: None,
        on_cancel: Callable[[], None] = lambda: None,
        *,
        text: str = "",
        is_offered: bool = False,
    ) -> None:
        """Open a prompt at the bottom, with a text to begin with, or one in whose place comes what is typed."""
        self.hush()
        self.typing.ask(Prompt(sign, on_answer, on_change, on_cancel, text, is_offered))

    def ask_key(self, sign: str, use: Callable[[str], None]) -> None:
        """Ask for one key, and go on with it."""
        self.hush()
        self.typing.ask(Prompt(sign, lambda key: self.attempt(lambda: use(key)), is_key=True))

    def take_count(self) -> int | None:
        """The number typed before the command that runs now; None: there is none."""
        count = self.typing.take_count()
        self.hush()
        return count

    @property
    def is_next_to_come(self) -> bool:
        """Whether the page after the one in mind is wanted, but not found yet."""
        return self.is_looking and self.awaited == self.index_in_mind + 1

    def is_to_come(self) -> bool:
        """Whether the page that a key is for is not on the screen yet."""
        is_drawn = self.document is self._drawn
        return self.opener.wanted is not None or self.is_next_to_come or self.is_before_first or not is_drawn

    @property
    def is_before_first(self) -> bool:
        """Whether no page has been shown yet, and one may come."""
        return self.document is None and (self.is_looking or self.opener.wanted is not None)

    def _page_meant(self) -> int:
        """The page that a key typed now is for."""
        return max(self.index_in_mind, 0) + self.is_next_to_come


SCRIPTS = {
    "keep": "Chinese as written",
    "hans": "Chinese converted to simplified",
    "hant": "Chinese converted to traditional",
    "tw": "Chinese converted to traditional, as in Taiwan",
    "hk": "Chinese converted to traditional, as in Hong Kong",
}


def toggle_probable(options: Options) -> tuple[Options, str]:
    """With or without edits that were chosen by likelihood."""
    is_certain = not options.certain
    notice = tr("guesses are hidden" if is_certain else "guesses are shown and marked")
    return replace(options, certain=is_certain), notice


def switch(options: Options, name: str, *, is_optional: bool) -> Options:
    """With a repair that was off, or without one that was on; optional ones are off unless asked for.

    >>> sorted(switch(Options(), "letter_swap", is_optional=True).also)
    ['letter_swap']
    >>> switch(switch(Options(), "entities", is_optional=False), "entities", is_optional=False) == Options()
    True
    """
    if is_optional and name not in options.without:
        return replace(options, also=options.also ^ {name})
    return replace(options, without=options.without ^ {name})


def repairs_in_use(options: Options) -> str:
    """Which repairs are other than usual.

    >>> repairs_in_use(Options(without=frozenset({"entities"}), also=frozenset({"letter_swap"})))
    'without entities, with letter_swap'
    """
    changes = [tr("without {repair}", repair=name) for name in sorted(options.without)]
    changes += [tr("with {repair}", repair=name) for name in sorted(options.also - options.without)]
    return ", ".join(changes) or tr("the default repairs")


def next_script(options: Options) -> tuple[Options, str]:
    """The next script that Chinese can be turned into, and at last none.

    >>> next_script(Options(script="hk"))[1]
    'Chinese as written'
    """
    scripts: tuple[Script, ...] = get_args(Script)
    script = scripts[(scripts.index(options.script) + 1) % len(scripts)]
    return replace(options, script=script), tr_name(SCRIPTS[script])
