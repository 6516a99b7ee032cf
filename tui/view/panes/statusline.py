"""The lowest rows: where one is, and below it the keys that matter, what is going on, or what is being typed."""

from collections.abc import Iterator, Sequence

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.core.i18n import tr, tr_name
from tui.core.model import Document, Headline, WrittenIn
from tui.core.values import dataclass
from tui.text.words.cells import ELLIPSIS, fit, pad, visible, width
from tui.view.pagetext.brief import charset_name, problems_of, repairs_made
from tui.view.pagetext.text import NAMES
from tui.view.state.prompts import Prompt
from tui.view.terminal.look import Look, strip

NOTE_CELLS = 24
GAP = "   "
"""Between two keys."""

Hint = tuple[str, str]
"""What is printed on a key, and what it does in a word or two."""
Styled = tuple[str, Style | None]


@dataclass(frozen=True, slots=True)
class Status:
    """Everything the lowest rows may say; a message takes the place of the keys."""

    name: str = ""
    ordinal: int | None = None
    place: int | None = None
    """Among the pages that are shown, from 1; None: no page is open."""
    pages: int = 0
    is_counting: bool = False
    is_following: bool = False
    """It is looked for more pages all the time."""
    percent: int | None = None
    document: Document | None = None
    is_certain: bool = False
    """Guesses are left out."""
    brief: str = ""
    """When the page was written and by whom, where no pane says it."""
    links: int = 0
    """In the page; said beside that."""
    view: str = ""
    """Such as `raw` or `hex`; empty for the repaired page."""
    script: WrittenIn | None = None
    """Of the line that is read, where it is another one than that of most of the page."""
    search: str = ""
    only: str = ""
    """The expression for which the pages are shown; empty: all, or some for no reason that can be told."""
    decided: tuple[tuple[str, ...], str] = ((), "")
    """Labels and note of the page."""
    labelled: str = ""
    """How many pages carry a label; empty: nobody asks."""
    keys: tuple[Hint, ...] = ()
    """The most useful first."""
    help: tuple[Hint, ...] = ()
    """Those that are always there."""
    message: str = ""
    is_trouble: bool = False
    """The message tells of something that went wrong."""
    count: str = ""
    """Digits typed so far."""


def page_count(count: int) -> str:
    """So many pages, in words.

    >>> page_count(1), page_count(1200)
    ('1 page', '1,200 pages')
    """
    return tr("1 page" if count == 1 else "{count:,} pages", count=count)


def status_text(status: Status, cells: int, *, wide: bool = False) -> str:
    """Return the line, exactly `cells` wide: on the left what, on the right where and how.

    >>> status_text(Status(name="a.txt", ordinal=3, place=4, pages=10, percent=40), 40)
    ' a.txt               4 of 10 · #3 · 40% '
    """
    facts = [fact for fact in _facts(status) if fact[1]]
    left = status.name
    least = min(width(fit(left, 60, wide=wide), wide=wide), cells // 4)
    while facts and width(" · ".join(fact for _rank, fact in facts), wide=wide) + least + 4 > cells:
        facts.remove(max(facts))
    right = " · ".join(fact for _rank, fact in facts)
    room = max(cells - width(right, wide=wide) - 3, 0)
    return pad(f" {pad(left, room, wide=wide)} {right} ", cells, wide=wide)


def _facts(status: Status) -> Iterator[tuple[int, str]]:
    """Yield what is said, with how soon it gives way where there is no room for all: the highest first."""
    labels, note = status.decided
    document, more = status.document, "+" * status.is_counting
    yield 9, status.labelled
    yield 8, tr("note: {text}", text=fit(note, NOTE_CELLS)) if note else ""
    yield 4, ", ".join(labels)
    yield 6, tr_name(NAMES[status.script]) if status.script else ""
    yield 3, status.view
    yield 3, status.search
    yield 10, tr("only {expression}", expression=fit(status.only, NOTE_CELLS)) if status.only else ""
    if status.place is None:
        yield 1, f"{page_count(status.pages)}{more}" if status.pages else ""
    elif status.pages > 1 or more:
        yield 1, tr("{place:,} of {pages:,}", place=status.place, pages=status.pages) + more
    if status.ordinal is not None and (status.pages > 1 or status.ordinal):
        yield 2, f"#{status.ordinal}"
    if document is not None:
        yield 7, charset_name(document.charset.name)
        yield 6, repairs_made(document)
        yield 5, tr("guesses hidden") if status.is_certain else ""
        yield 5, problems_of(document.problems)
    yield 5, tr("following") if status.is_following else ""
    yield 1, f"{status.percent}%" if status.percent is not None else ""
    yield 0, status.count


def about(headline: Headline, shown: str = "") -> str:
    """Say in one line what a row of the list does not show of a found headline; last the rest of a title that was cut.

    >>> about(Headline("hot", "Ferry stops for three days", 0, 26, tag="Traffic"), "   Ferry stops for…  ")
    'Traffic · … three days'
    """
    date = headline.date_text or (headline.date or "")[:16].replace("T", " ")
    parts = (headline.tag, date, _rest(visible(headline.title), shown))
    return " · ".join(part for part in parts if part)


def _rest(title: str, shown: str) -> str:
    cut = shown.partition(ELLIPSIS)[0].strip()
    if title in shown:
        return ""
    return f"{ELLIPSIS}{title[len(cut) :]}" if title.startswith(cut) else title


class LinksClicked(Message):
    """The mouse was pressed on the number of links."""


class StatusLine(Widget, can_focus=False):
    """Shows a `Status`; a prompt takes its place while it is open."""

    DEFAULT_CSS = "StatusLine { dock: bottom; height: 2; }"

    def __init__(self, look: Look, *, has_footer: bool = True) -> None:
        """Without the footer, messages and prompts take the row of the status."""
        super().__init__(id="status")
        self.tall = 1 + has_footer
        """Rows."""
        self.styles.height = self.tall
        self._look = look
        self._wide = look.wide
        self._status = Status()
        self._prompt: Prompt | None = None
        self._brief_rows = 0

    def show(self, status: Status, prompt: Prompt | None) -> None:
        """Show a status or a prompt; costs nothing if it is what is shown already."""
        if (status, prompt) != (self._status, self._prompt) or prompt is not None:
            self._status, self._prompt = status, prompt
            self.refresh()

    def grow(self, rows: int) -> None:
        """Have so many rows above the others for what the page says about itself."""
        if rows != self._brief_rows:
            self._brief_rows = rows
            self.styles.height = self.tall + rows

    def render_line(self, y: int) -> Strip:
        y -= self._brief_rows
        row = self._lowest(self._status) if y == self.tall - 1 else None
        if y < 0:
            links = self._links()
            room = self.size.width - width(links, wide=self._wide) - 2 - bool(links)
            row = [
                (
                    f" {pad(self._status.brief, room, wide=self._wide)}{' ' * bool(links)}{links}",
                    self._look.style("note"),
                )
            ]
        if row is None:
            text = status_text(self._status, self.size.width, wide=self._wide)
            row = [(text, self._look.style("status"))]
        drawn = strip(row, self.size.width, wide=self._wide)
        return drawn.apply_style(self._look.base) if self._look.base else drawn

    def _links(self) -> str:
        count = self._status.links
        return tr("1 link" if count == 1 else "{count:,} links", count=count) if count else ""

    def on_click(self, event: events.Click) -> None:
        """Tell the screen of a click on the number of links."""
        if event.y < self._brief_rows and event.x >= self.size.width - width(self._links(), wide=self._wide) - 1:
            self.post_message(LinksClicked())

    def _lowest(self, status: Status) -> Sequence[Styled] | None:
        """What stands in the lowest row; None: the status."""
        if self._prompt is not None:
            return self._typed(self._prompt)
        if status.message:
            return [(f" {status.message}", self._look.style("trouble" if status.is_trouble else "given"))]
        return footer(self._look, self.size.width, status.keys, status.help) if self.tall > 1 else None

    def _typed(self, prompt: Prompt) -> Sequence[Styled]:
        cells, sign, text, hits = self.size.width, prompt.sign, prompt.text, self._status.search
        if width(f"{sign}{text}", wide=self._wide) > cells - 1 and width(sign, wide=self._wide) > cells // 2:
            sign = f"{fit(sign.rstrip(': '), cells // 2 - 2, wide=self._wide)}: "
        if prompt.is_offered:
            offer = fit(text, cells - width(sign, wide=self._wide) - 1, wide=self._wide), self._look.style("note")
            return [(sign, None), offer, (" ", self._look.style("cursor"))]
        while width(f"{sign}{text}", wide=self._wide) > cells - 1:
            text = text[1:]
        typed = f"{sign}{text}"
        gap = cells - width(typed, wide=self._wide) - width(hits, wide=self._wide) - 2
        shown = [(" " * gap, None), (hits, self._look.style("note"))] if hits and gap > 0 else []
        return [(typed, None), (" ", self._look.style("cursor")), *shown]


def footer(look: Look, cells: int, keys: Sequence[Hint], always: Sequence[Hint]) -> Sequence[Styled]:
    """Return as many keys as fit, the most useful first, and at the right those that are always there."""
    right = GAP.join(map(" ".join, always))
    left, room = "", cells - width(right, wide=look.wide) - 4
    shown: list[Styled] = []
    for key, does in keys:
        more = f"{GAP if left else ''}{key} {does}"
        if width(left + more, wide=look.wide) > room:
            break
        left += more
        shown += [*([(GAP, None)] if shown else []), (key, look.style("key")), (f" {does}", look.style("note"))]
    gap = cells - width(left + right, wide=look.wide) - 2
    ends = [
        part
        for key, does in always
        for part in ((GAP, None), (key, look.style("key")), (f" {does}", look.style("note")))
    ]
    return [(" ", None), *shown, (" " * gap, None), *ends[1:], (" ", None)]
