"""The left pane: pages of the collection, and under the open one the headlines found in it."""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from rich.style import Style
from textual.strip import Strip

from tui.core.i18n import tr, tr_problem
from tui.core.model import Document, Headline, Item, Preview, Trouble
from tui.core.shelf import Shelf
from tui.core.values import replace
from tui.text.words.cells import ELLIPSIS, fit, pad, width
from tui.view.pagetext.query import Query
from tui.view.pagetext.sight import Motion
from tui.view.pagetext.text import name_of_list
from tui.view.panes.pane import RowsPane
from tui.view.panes.statusline import about, page_count
from tui.view.state.captures import Captures, Folds, Revisit
from tui.view.state.sourcenames import SourceNames, index_of, short_name
from tui.view.terminal.look import Look, strip


class PageRow(NamedTuple):
    """A page of the collection."""

    page: int
    """Its index."""


class GroupRow(NamedTuple):
    """The name of a list of headlines in the open page."""

    list: str
    """As in `Headline`."""
    name: str
    """What it is called on the screen."""
    size: int
    """How many headlines it has."""
    is_folded: bool = False


class FoundRow(NamedTuple):
    """A headline found in the open page."""

    headline: Headline


class RevisitRow(NamedTuple):
    """A record that says that a page is unchanged."""

    page: int
    """Index of the capture below which it stands."""
    revisit: Revisit


ListRow = PageRow | GroupRow | FoundRow | RevisitRow


class _Block(NamedTuple):
    """Rows that stand below a page."""

    page: int
    """Its index."""
    row: int
    """Its row."""
    rows: list[ListRow]
    below_all: int
    """How many rows stand below it and the pages above."""


class Listing:
    """Says what stands in which row without keeping a row for each page."""

    def __init__(self) -> None:
        self.pages = 0
        """How many pages are known."""
        self.open = -1
        """Index of the open page; -1: none."""
        self._below: list[GroupRow | FoundRow] = []
        self.folds = Folds()
        """Captures of one address, of which one is shown."""
        self.revisits: dict[int, list[RevisitRow]] = {}
        """Index of a page -> what is shown below it of captures that are no pages, and below what was found in it."""
        self._blocks: list[_Block] = []
        """What stands below pages, in the order of these."""
        self._hidden = 0
        """How many pages have no row."""

    def __len__(self) -> int:
        return self.pages - self._hidden + self._below_above(len(self._blocks))

    def _below_above(self, block: int) -> int:
        """How many rows stand below the pages of the blocks before one."""
        return self._blocks[block - 1].below_all if block else 0

    def arrange(self) -> None:
        """Take in that something was folded or unfolded."""
        shown = self.folds.shown(self.open) if self.open >= 0 else -1
        self._blocks, self._hidden, below = [], self.folds.total(), 0
        for index in sorted({shown, *self.revisits} - {-1}):
            rows = [*(self._below if index == shown else ()), *self.revisits.get(index, ())]
            row, below = index - self.folds.before(index) + below, below + len(rows)
            self._blocks.append(_Block(index, row, rows, below))

    def unfold(self, index: int, headlines: Sequence[Headline], folded: Collection[str] = ()) -> None:
        """Make `index` the open page, and show what was found in it; of `folded` lists their names only."""
        groups: dict[str, list[Headline]] = {}
        for headline in headlines:
            groups.setdefault(headline.list, []).append(headline)
        self.open = index
        self._below = []
        for name, members in groups.items():
            self._below.append(GroupRow(name, name_of_list(members[0]), len(members), name in folded))
            self._below += [] if name in folded else [FoundRow(headline) for headline in members]
        self.arrange()

    def found(self) -> tuple[int, int]:
        """How many lists the open page has, and how many headlines."""
        sizes = [row.size for row in self._below if isinstance(row, GroupRow)]
        return len(sizes), sum(sizes)

    def group_of(self, row: int) -> tuple[GroupRow, int] | None:
        """The list that a row of found headlines belongs to, and at which place in it, from 0 for its name; None: to none."""
        for above in range(row, self.row_of(self.open), -1):
            entry = self[above]
            if isinstance(entry, PageRow):
                return None
            if isinstance(entry, GroupRow):
                return entry, row - above
        return None

    def find(self, entry: ListRow) -> int:
        """The row of an entry; of a headline in a folded list that of its list, of what is nowhere that of the open page."""
        if isinstance(entry, PageRow | RevisitRow):
            return self.row_of(entry.page)
        name = entry.list if isinstance(entry, GroupRow) else entry.headline.list
        groups = (at for at, row in enumerate(self._below, 1) if isinstance(row, GroupRow) and row.list == name)
        below = (
            self._below.index(entry) + 1 if isinstance(entry, FoundRow) and entry in self._below else next(groups, 0)
        )
        return self.row_of(self.open) + below

    def __getitem__(self, row: int) -> ListRow:
        """Raises IndexError outside of the list."""
        if not 0 <= row < len(self):
            raise IndexError(row)
        block = bisect_left(self._blocks, row, key=attrgetter("row"))
        if block:
            above = self._blocks[block - 1]
            if row <= above.row + len(above.rows):
                return above.rows[row - above.row - 1]
        return PageRow(self.folds.index(row - self._below_above(block)))

    def found_rows(self) -> Iterator[tuple[int, FoundRow]]:
        """Yield what was found in the open page with its rows."""
        first = self.row_of(self.open) + 1
        yield from ((row, entry) for row, entry in enumerate(self._below, first) if isinstance(entry, FoundRow))

    def row_of(self, index: int) -> int:
        """The row of a page; of a capture that is folded, the one that is shown of its address."""
        index = self.folds.shown(index)
        return (
            index
            - self.folds.before(index)
            + self._below_above(bisect_left(self._blocks, index, key=attrgetter("page")))
        )

    def page_of(self, row: int) -> int:
        """The page that a row is or belongs to."""
        entry = self[row]
        return entry.page if isinstance(entry, PageRow | RevisitRow) else self.open


KEPT_PEEKS = 20_000
"""Titles that are kept; beyond that the oldest go and are asked for again when they are seen."""
ROOMY_CELLS = 40
"""From this width on, dates of pages have a day."""
_FOLDS = {False: "▾", True: "▹"}
TWIN = "="
"""Before pages that others are nearly the same as."""
LEAST_SOURCE_CELLS = 7
"""Cells that the names of sources may take, however narrow the pane is."""


class HeadlinesPane(RowsPane):
    """Draws visible rows only, so that a million pages cost what fifty do."""

    def __init__(self, look: Look, pages: Shelf, names: SourceNames) -> None:
        super().__init__(look, "headlines")
        self.pages, self.names = pages, names
        self.listing = Listing()
        self._headlines: Sequence[Headline] = ()
        self._day = ""
        """Of the open page: times of that day need no date."""
        self._turned: set[str] = set()
        """Lists that the user has folded or unfolded: they are not as they would be."""
        self._held_open: set[str] = set()
        """Lists in which something was found: they are open, whatever they would be."""
        self._query: Query | None = None
        self._anchor: int | None = None
        """Index of the page where selecting began; None: nothing is selected."""
        self._peeks: OrderedDict[int, Preview] = OrderedDict()
        self.labels_at: Callable[[Item], tuple[str, ...]] = lambda _ref: ()
        """Labels of a page that nobody has read."""
        self._captures, self._folded_next = Captures(), Folds()
        self._words = tr("Looking for pages…")
        """What the first row says while there are no pages."""

    def heading(self) -> str:
        return tr("Headlines")

    def tally(self, *, is_brief: bool) -> str:
        """How many pages, or of a single one how many headlines in how many lists."""
        lists, found = self.listing.found()
        pages, known = self.listing.pages, self.pages.found
        if pages < known:
            return f"{pages:,}/{known:,}" if is_brief else tr("{pages:,} of {known:,} pages", pages=pages, known=known)
        if is_brief:
            return f"{found if self.listing.pages == 1 else self.listing.pages:,}"
        if self.listing.pages != 1 or not lists:
            return page_count(self.listing.pages)
        return tr("{count:,} in 1 list" if lists == 1 else "{count:,} in {lists} lists", count=found, lists=lists)

    def say(self, words: str) -> None:
        """Say something where the first page would be."""
        self._words = words
        self.refresh()

    def count(self) -> int:
        return len(self.listing)

    def row_of_number(self, number: int) -> int:
        return self.listing.row_of(self.index_of_number(number))

    def index_of_number(self, number: int) -> int:
        """The index of that page, or of another one where none has it; of several files with that number, of one."""
        pages = self.pages
        last = len(pages) - 1
        at = min(number, last)
        if at < 0 or pages[at].ordinal == number:
            return at
        if number < pages.found and pages.row(number).ordinal == number:  # of one file, as it was found
            index = index_of(pages, number)
            if index is not None:
                return index
        return next((i for i in range(min(last + 1, 100_000)) if pages[i].ordinal == number), at)

    def current(self) -> ListRow | None:
        """What stands under the cursor."""
        return self.listing[self.cursor] if len(self.listing) else None

    def title(self) -> str:
        """The title under the cursor; empty if it isn't known."""
        entry = self.current()
        if isinstance(entry, FoundRow):
            return entry.headline.title
        peek = self._peeks.get(entry.page) if isinstance(entry, PageRow) else None
        return peek.title if peek else ""

    def with_url(self, url: str) -> int | None:
        """The index of a page that is known to have an address; None: none is."""
        return next((index for index, peek in self._peeks.items() if peek.url == url), None)

    def unseen(self) -> str:
        """How many pages are selected, or else what the row under the cursor doesn't show of a found headline."""
        if selected := self.selected():
            return tr("{pages:,} pages selected  (t: label them; v: deselect)", pages=len(selected))
        entry = self.current()
        if not isinstance(entry, FoundRow):
            return ""
        group = self.listing.group_of(self.cursor)
        assert group is not None  # noqa: S101 - a headline is below the name of its list
        where = tr("{list} {place:,} of {size:,}", list=group[0].name, place=group[1], size=group[0].size)
        return f"{where} · {about(entry.headline, self.paint(self.cursor - self.top).text)}".removesuffix(" · ")

    def grow(self) -> None:
        """Take in pages that were added to the collection."""
        cursor_page = self.listing.page_of(self.cursor) if len(self.listing) else 0
        offset, below = self.cursor - self.listing.row_of(cursor_page), self.cursor - self.top
        was_single, self.listing.pages = self.listing.pages == 1, len(self.pages)
        row = self.listing.row_of(cursor_page) + offset
        self.put_at(row, row - below)
        if was_single and self.listing.pages > 1:
            self._lay_out()

    def is_on_last_page(self) -> bool:
        """Whether the cursor is on the last page, or on what was found in it."""
        return self.cursor >= self.listing.row_of(self.listing.pages - 1)

    def forget(self, index: int) -> None:
        """Ask for the title of a page again."""
        self._peeks.pop(index, None)
        self.refresh()

    def unfold(self, index: int, document: Document) -> None:
        """Show a page as the open one, with what was found in it, and its own title."""
        page = self.listing.page_of(self.cursor) if len(self.listing) else 0
        on_found = bool(len(self.listing)) and not isinstance(self.current(), PageRow)
        offset = self.cursor - self.listing.row_of(page) if on_found and page == index else 0
        screen_row = self.cursor - self.top
        if index != self.listing.open:
            self._turned, self._held_open = set(), set()
        self._headlines, peek = document.headlines, _peek_of(document)
        newest = max((headline.date or "" for headline in document.headlines), default="")
        self._day = (peek.date or document.fetched or newest)[:10]
        self.listing.unfold(index, document.headlines, self._folded())
        self.learn({index: peek})
        self._find_hits()
        # Rows above may have been folded away: what one looks at stays where it is.
        row = min(self.listing.row_of(page) + offset, self.count() - 1)
        self.put_at(row, row - screen_row)

    def _folded(self) -> set[str]:
        """Of several pages, lists but the first are folded, unless somebody wished otherwise."""
        lists = list(dict.fromkeys(headline.list for headline in self._headlines))
        closed = set(lists[1:] if len(self.pages) > 1 else ())
        return (closed ^ self._turned) - self._held_open

    def _lay_out(self) -> None:
        """Fold what is to be folded; what is under the cursor stays where it is."""
        if self.listing.open < 0:
            return
        place = self.bookmark()
        self.listing.unfold(self.listing.open, self._headlines, self._folded())
        self._find_hits()
        self.go_back_to(place)

    def turn(self, group: GroupRow) -> None:
        """Unfold a list that is folded; fold one that isn't."""
        self._held_open.discard(group.list)
        if (group.list in self._folded()) == group.is_folded:
            self._turned ^= {group.list}
        self._lay_out()

    def bookmark(self) -> object:
        return (self.current(), self.cursor - self.top) if len(self.listing) else None

    def go_back_to(self, bookmark: object) -> None:
        if isinstance(bookmark, tuple):
            entry, screen_row = bookmark
            row = self.listing.find(entry)
            self.put_at(row, row - screen_row)

    def search(self, query: Query | None, step: int) -> None:
        """Lists with hits are open until something else is looked for; the one that one is in stays so."""
        if query is not None:
            held = {headline.list for headline in self._headlines if query.matches(headline.title)}
        else:
            here = self.current() if len(self.listing) else None
            held = {here.headline.list} & self._held_open if isinstance(here, FoundRow) else set()
        if held != self._held_open:
            self._held_open = held
            self._lay_out()
        self._query = query
        super().search(query, step)

    def texts(self) -> list[str]:
        """In folded lists is searched as well."""
        return [*(peek.title for peek in self._peeks.values()), *(headline.title for headline in self._headlines)]

    def _find_hits(self) -> None:
        if self._query is not None:
            self.find_hits(self._query)

    def fold(self, captures: Captures, folds: Folds) -> None:
        """Fold these stretches of captures when pages are rearranged next."""
        self._captures, self._folded_next = captures, folds

    def has_captures(self) -> bool:
        """Whether the page under the cursor, or what stands below it, is one of several captures of its address."""
        listing = self.listing
        return bool(len(listing)) and listing.folds.number(listing.page_of(self.cursor)) is not None

    def turn_captures(self, index: int) -> bool:
        """Unfold the captures of a page's address, or fold them; returns whether it has several."""
        listing = self.listing
        number = listing.folds.number(index)
        if number is None:
            return False
        place = self.bookmark()
        listing.folds.turn(number)
        is_unfolded = number in listing.folds.unfolded
        for at in listing.folds.bounds(number):
            listing.revisits.pop(at, None)
            revisits = self._captures.revisits(self.pages.number(at)) if is_unfolded else ()
            if rows := [RevisitRow(at, each) for each in revisits]:
                listing.revisits[at] = rows
        listing.arrange()
        self.go_back_to(place)
        self._find_hits()
        self.redraw()
        return True

    def rearrange(self, moved: Callable[[int], int | None]) -> None:
        """Take in that other pages are shown, or in another order; `moved` gives the new index of one, if it has any."""
        known = [(new, peek) for old, peek in self._peeks.items() if (new := moved(old)) is not None]
        self._peeks = OrderedDict(known)
        self.listing = Listing()
        self.listing.pages = len(self.pages)
        self.listing.folds, self._folded_next = self._folded_next, Folds()
        self.listing.arrange()
        self._anchor, self._headlines = None, ()
        self.go_to(0)
        self.search(None, 1)

    def select(self) -> None:
        """Begin to select pages at the cursor; what goes up to it is selected. Once more: select none."""
        self._anchor = None if self._anchor is not None or not len(self.listing) else self.listing.page_of(self.cursor)
        self.refresh()

    def move(self, motion: Motion, count: int | None) -> None:
        """Rows between the old place and the new one may be selected now."""
        super().move(motion, count)
        if self._anchor is not None:
            self.redraw()

    def selected(self) -> range:
        """Indexes of the selected pages; empty if there are none."""
        if self._anchor is None:
            return range(0)
        folds, (first, last) = self.listing.folds, self._span()
        number = folds.number(last)
        is_folded = number is not None and number not in folds.unfolded
        return range(first, folds.bounds(number).stop if number is not None and is_folded else last + 1)

    def _span(self) -> tuple[int, int]:
        """Indexes of the pages in whose rows selecting began and has come to, in order; 0 where it hasn't begun."""
        if self._anchor is None:
            return 0, 0
        shown = self.listing.folds.shown
        first, last = sorted((shown(self._anchor), shown(self.listing.page_of(self.cursor))))
        return first, last

    def ends(self) -> tuple[int, int] | None:
        """Indexes of the pages where selecting began and where it has come to, in order; None: it is one page, or none."""
        first, last = self._span()
        return (first, last) if first != last else None

    def learn(self, peeks: dict[int, Preview]) -> None:
        """Take in titles and dates of pages, by index."""
        for index, peek in peeks.items():
            self._peeks[index] = peek
            self._peeks.move_to_end(index)
        while len(self._peeks) > KEPT_PEEKS:
            self._peeks.popitem(last=False)
        self.refresh()

    def unknown_in_sight(self) -> list[int]:
        """Indexes of pages on the screen whose titles nobody has asked for."""
        entries = [self.listing[row] for row in self._in_sight()]
        return [e.page for e in entries if isinstance(e, PageRow) and e.page not in self._peeks]

    def known(self) -> int:
        """How many pages' titles are known."""
        return len(self._peeks)

    def row_texts(self) -> Iterable[tuple[int, str]]:
        """Of pages only those whose title is known."""
        yield from ((self.listing.row_of(index), peek.title) for index, peek in self._peeks.items())
        yield from ((row, entry.headline.title) for row, entry in self.listing.found_rows())

    def paint(self, y: int) -> Strip:
        row = self.top + y
        if row >= self.count():
            message = [(f" {self._words}", self.look.style("empty"))] if y == 0 and not self.count() else []
            return strip(message, self.cells, wide=self.wide)
        entry = self.listing[row]
        over = self._over(row)
        if isinstance(entry, PageRow):
            return self._page(entry.page, over)
        if isinstance(entry, RevisitRow):
            since = entry.revisit.since[:10]
            words = tr("same as {day}" if since else "same as before", day=since)
            return self._line(f"    {words}", self._time(entry.revisit.time), "note", over)
        if isinstance(entry, GroupRow):
            return self._line(f"  {_FOLDS[entry.is_folded]} {entry.name}", f"{entry.size}", "group", over)
        return self._found(entry.headline, over)

    def _over(self, row: int) -> tuple[str, ...]:
        names = ("hit_row",) if self.is_hit(row) else ()
        if row != self.cursor:
            return names
        return (*names, "cursor" if self.is_active else "cursor_away")

    def _page(self, index: int, over: tuple[str, ...]) -> Strip:
        ref, peek = self.pages[index], self._peeks.get(index)
        digits = len(f"#{self.pages[-1].ordinal}")
        is_open = self.listing.open >= 0 and index == self.listing.folds.shown(self.listing.open)
        twin = TWIN if peek and peek.twins else " "
        mark = "▸" if is_open else "*" if index in self.selected() else twin
        name = short_name(ref.member or ref.source)
        trouble = ref.problem if isinstance(ref, Trouble) else peek.trouble if peek else None
        # The name of a file with many pages tells nothing of this one, and is drawn over as soon as the title comes.
        is_record = ref.length >= 0 and not ref.member
        title, kind = (ELLIPSIS if is_record and peek is None else name), "empty"
        if trouble and trouble.gravity == "unread":
            where = trouble.where.removeprefix(ref.source).removeprefix(": ")
            title, kind = f"! {name}: {tr_problem(replace(trouble, where=where))}", "trouble"
        elif peek and peek.title:
            title, kind = peek.title, "plain"
        date = self._date(peek.date if peek else None)
        number = self.listing.folds.number(index)
        if number is not None:
            is_folded, is_first = number not in self.listing.folds.unfolded, self.listing.folds.is_first(index)
            title = f"{_FOLDS[is_folded]} {title}" if is_first else f"  {title}"
            place = self.pages.number(index)
            count = self._captures.count(self._captures.address_of(place))
            date = f"×{count:,} {date}" if is_folded else self._time(self._captures.time(place))
        if index in self.selected():
            over = ("picked", *over)
        source = f" {self._source(ref.source)}" if self.names.are_several else ""
        ordinal = f" {f'#{ref.ordinal}':>{digits}}" if len(self.pages) > 1 or ref.ordinal else ""
        lead = (f"{mark}{ordinal}", source)
        return self._line(f" {title}", date, kind, over, lead, ", ".join(self.labels_at(ref)))

    def _source(self, source: str) -> str:
        """What tells the sources apart, as wide as the longest, or a fifth of the pane."""
        cells = self.names.longest(max(self.cells // 5, LEAST_SOURCE_CELLS))
        return pad(fit(self.names.name(source), cells, wide=self.wide), cells, wide=self.wide)

    def _in_sight(self) -> range:
        return range(self.top, min(self.top + self.height, self.count()))

    def _found(self, headline: Headline, over: tuple[str, ...]) -> Strip:
        comments = f"({headline.comments})" if headline.comments is not None else ""
        date = brief_date(headline.date or "", self._day)
        return self._line(f"    {headline.title}", f"{comments} {date}".strip(), "found", over)

    def _time(self, time: str) -> str:
        return time if self.cells >= ROOMY_CELLS else time[5:]

    def _date(self, date: str | None) -> str:
        return (date or "")[: 10 if self.cells >= ROOMY_CELLS else 7]

    def _line(
        self,
        left: str,
        right: str,
        kind: str,
        over: tuple[str, ...],
        lead: tuple[str, str] = ("", ""),
        labels: str = "",
    ) -> Strip:
        """Left text, and right-aligned text that stays whole; before them what looks like the left one, and a note.

        Labels stand before the right text, or in its place where both would take more than half of the row.
        """
        style = self.look.style(kind, *over)
        # One style for the row of the cursor: it is drawn most.
        dim, bright = (style, style) if over else (self.look.style("note"), self.look.style("given"))
        most = self.cells // 2
        right, labels = fit(right, most, wide=self.wide), fit(labels, most, wide=self.wide)
        if labels and right:
            right = f" {right}" if width(f"{labels} {right}", wide=self.wide) <= most else ""
        ends = labels + right
        room = self.cells - width("".join(lead) + ends, wide=self.wide) - bool(ends)
        text = fit(left, room, wide=self.wide)
        space = " " * (room - width(text, wide=self.wide) + bool(ends))
        fill = self.look.style(*over) if over else None
        parts: list[tuple[str, Style | None]] = [(lead[0], style), (lead[1], dim), (text, style)]
        parts += [(space, fill), (labels, bright), (right, dim)]
        return strip(parts, self.cells, wide=self.wide, fill=fill)


def brief_date(date: str, day: str) -> str:
    """What need be said of a date beside a page of a day: the time, month and day, or year and month.

    >>> [brief_date(date, "2021-12-07") for date in ("2021-12-07T23:33", "2021-12-07", "2021-11-30T08:00", "2020-12-07")]
    ['23:33', '12-07', '11-30', '2020-12']
    """
    if date[:10] == day and len(date) > 10:
        return date[11:16]
    return date[5:10] if date[:4] == day[:4] and len(date) >= 10 else date[:7]


def _peek_of(document: Document) -> Preview:
    date = document.metadata.get("date")
    trouble = None if document.text else next(iter(document.problems), None)
    twins = document.twins.others if document.twins else 0
    return Preview(document.ref, document.title, str(date.value) if date else None, trouble, twins=twins)
