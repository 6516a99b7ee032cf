"""Comparing a page with another one, or with a text that its record holds beside it."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, cast

from tui.core.answers import Compared
from tui.core.i18n import tr, tr_problem
from tui.core.model import Document, Item, Options, Twin, Twins, is_fetched
from tui.core.problems import Reason, is_unread
from tui.core.questions import Compare, Copies, Given, Open
from tui.core.values import dataclass
from tui.view.state.pages import ShownPages
from tui.view.state.sourcenames import short_name

LEAST_OF_PAGE = 0.25
"""Characters of a field of a record, for one of the page, from which on it may be another form of the page."""


@dataclass(frozen=True, slots=True, eq=False)
class ComparedTexts:
    """Two texts, and what changed from one to the other."""

    names: tuple[str, str]
    before: str
    after: str
    compared: Compared
    page: Item
    """Whose text is `after`."""


class Other(NamedTuple):
    """Something that the open page can be compared with."""

    key: str
    name: str
    compare: Callable[[], None]


class Comparing:
    """Has pages read and compared by those who read pages, one comparison at a time; the last wish counts."""

    def __init__(self, pages: ShownPages) -> None:
        self._pages = pages
        self.show: Callable[[ComparedTexts], None] = lambda _comparison: None
        """Draws a comparison; set by whoever draws."""
        self.choose: Callable[[Item, int, Sequence[Twin]], None] = lambda _page, _count, _copies: None
        """Lets the user choose the copy that a page is compared with, of so many, or of the first of them; set likewise."""

    def compare(self, left: Item, right: Item) -> None:
        """Show what changed from one page to another, as soon as both are read; of captures, from the earlier one.

        Where nothing is open, nothing happens.
        """
        self._read(left, lambda before: self._read(right, lambda after: self._of_pages(before, after)))

    def others(self, document: Document) -> Iterator[Other]:
        """Yield what the open page can be compared with, beside itself before its repairs."""
        pages = self._pages
        if pages.open_index >= 0:
            yield from self._capture(document, pages.shelf.number(pages.open_index))
        if document.twins is not None:
            yield from self._twins(document, document.twins)
        if name := field_beside(document):
            yield Other("f", tr("field {name}", name=name), partial(self._with_field, document, name))

    def _capture(self, document: Document, number: int) -> Iterator[Other]:
        """The capture before the page, and of the first capture that after it."""
        pages = self._pages
        neighbour = pages.captures.before(number)
        if neighbour is None:
            neighbour = pages.captures.after(number)
        if neighbour is not None:
            name = tr("the capture of {time}", time=pages.captures.time(neighbour))
            yield Other("c", name, partial(self.compare, pages.shelf.row(neighbour), document.ref))

    def _twins(self, document: Document, twins: Twins) -> Iterator[Other]:
        """What a deduplication throws away, and what it keeps in its place."""
        if twins.kept is not None:
            name = tr("#{ordinal}, which it is a copy of", ordinal=twins.kept.ordinal)
            yield Other("t", name, partial(self.compare, twins.kept, document.ref))
        elif twins.copies and twins.others == 1:
            copy = twins.copies[0].ref
            yield Other("t", tr("its copy #{ordinal}", ordinal=copy.ordinal), partial(self.compare, document.ref, copy))
        elif twins.copies:
            name = tr("one of its {count:,} copies", count=twins.others)
            yield Other("t", name, partial(self._list_copies, document.ref, twins.others))

    def _list_copies(self, page: Item, count: int) -> None:
        def use(copies: Sequence[Twin]) -> None:
            if copies:
                self.choose(page, count, copies)
            else:  # the index was found damaged
                self._pages.complain(
                    tr(
                        "no index knows the copies of #{ordinal} any more; `copydesk index --twins` makes one",
                        ordinal=page.ordinal,
                    )
                )

        self._pages.ask_about(self._pages.open_index, lambda _ref, _options: Copies(page), use)

    def _read(self, ref: Item, use: Callable[[Document], None]) -> None:
        pages, options = self._pages, self._pages.options_of(ref)

        def use_if_read(document: Document) -> None:
            unread = [problem for problem in document.problems if is_unread((problem,))]
            if unread:
                pages.complain(tr_problem(unread[0]))
            else:
                use(document)

        here = pages.document
        if here is not None and here.ref == ref:
            use_if_read(here)
        else:
            pages.ask_about(pages.open_index, lambda _ref, _options: Open(ref, options), use_if_read)

    def _of_pages(self, before: Document, after: Document) -> None:
        is_timed = before.url == after.url and None not in (before.fetched, after.fetched)
        if is_timed and (before.fetched or "") > (after.fetched or ""):
            before, after = after, before
        names = tuple(name_of(each, with_time=is_timed) for each in (before, after))
        self._texts((names[0], names[1]), before.text, after)

    def _with_field(self, document: Document, name: str) -> None:
        value, names = str(document.record[name]), (name, tr("text"))
        if not value.lstrip().startswith("<"):
            self._texts(names, value, document)
            return

        def question(ref: Item, options: Options) -> Given:
            return Given(ref, options, value.encode("utf-8", "replace"), "text/html;charset=utf-8")

        self._pages.ask_about(
            self._pages.open_index, question, lambda parsed: self._texts(names, parsed.text, document)
        )

    def _texts(self, names: tuple[str, str], before: str, after: Document) -> None:
        pages = self._pages

        def use(compared: Compared) -> None:
            if compared.problem is not None:
                reason = tr_problem(cast(Reason, compared.problem.values["reason"]))
                pages.complain(
                    tr(
                        "comparing {before} and {after} failed: {reason}",
                        before=names[0],
                        after=names[1],
                        reason=reason,
                    )
                )
            elif not compared.changes:
                pages.say(tr("{before} and {after}: the same text", before=names[0], after=names[1]))
            else:
                self.show(ComparedTexts(names, before, after.text, compared, after.ref))

        pages.ask_about(pages.open_index, lambda _ref, _options: Compare(before, after.text), use)


def name_of(document: Document, *, with_time: bool) -> str:
    """Return what tells a page from another one: its number, and its title or when it was fetched.

    >>> from tui.core.model import Ref
    >>> page = Document(Ref("a.warc", 7), title="Ferry", fetched="2021-12-07T10:00:00Z")
    >>> name_of(page, with_time=False), name_of(page, with_time=True)
    ('#7 Ferry', '#7 2021-12-07 10:00:00')
    """
    ref = document.ref
    words = (document.fetched or "")[:19].replace("T", " ") if with_time else document.title
    where = ref.source if is_fetched(ref) else short_name(ref.member or ref.source)
    return f"#{ref.ordinal} {words or where}"


def field_beside(document: Document) -> str:
    """Return the name of the longest text in a page's record that may be another form of the page; empty: there is none.

    A word of ASCII is an address, a path or a digest.

    >>> from tui.core.model import Ref
    >>> record = {"raw": "<p>Four words", "path": "/crawl/2024/05/06/page.html"}
    >>> field_beside(Document(Ref("a", 0), text="Four words stand here", record=record))
    'raw'
    """
    texts = {
        name: len(value) for name, value in document.record.items() if isinstance(value, str) and not _is_word(value)
    }
    longest = max(texts, key=lambda name: texts[name], default="")
    return longest if longest and texts[longest] >= max(LEAST_OF_PAGE * len(document.text), 1) else ""


def _is_word(value: str) -> bool:
    return value.isascii() and len(value.split(None, 1)) == 1
