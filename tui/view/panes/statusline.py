"""The one line at the bottom: where one is, how the page was read, what is going on, or what is being typed."""

from collections.abc import Iterator

from textual.strip import Strip
from textual.widget import Widget

from tui.core.i18n import tr, tr_claim, tr_name
from tui.core.model import Document, Headline, WrittenIn
from tui.core.values import dataclass
from tui.text.words.cells import ELLIPSIS, fit, pad, visible, width
from tui.view.pagetext.text import NAMES
from tui.view.state.prompts import Prompt
from tui.view.terminal.look import Look, strip

NOTE_CELLS = 24


@dataclass(frozen=True, slots=True)
class Status:
    """Everything the status line may say; a message takes the place of the page's name."""

    name: str = ""
    ordinal: int | None = None
    place: int | None = None
    """Among the pages that are shown, from 1, where those aren't all; None: the ordinal says it."""
    pages: int = 0
    is_counting: bool = False
    is_following: bool = False
    """It is looked for more pages all the time."""
    percent: int | None = None
    document: Document | None = None
    is_certain: bool = False
    """Probable edits are left out."""
    view: str = ""
    """Such as `raw` or `hex`; empty for the repaired page."""
    script: WrittenIn | None = None
    """Of the line that is read, where it is another one than that of most of the page."""
    search: str = ""
    decided: tuple[tuple[str, ...], str] = ((), "")
    """Labels and note of the page."""
    labelled: tuple[str, ...] = ()
    """How many pages carry a label, and the keys of labels; empty: nobody asks."""
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


def problem_count(count: int) -> str:
    """So many problems, in words.

    >>> problem_count(1), problem_count(2)
    ('1 problem', '2 problems')
    """
    return tr("1 problem" if count == 1 else "{count:,} problems", count=count)


def status_text(status: Status, cells: int, *, wide: bool = False) -> str:
    """Return the line, exactly `cells` wide: on the left what, on the right where and how.

    >>> status_text(Status(name="a.txt", ordinal=3, pages=10, percent=40), 40)
    ' a.txt                   #3 of 10 · 40% '
    """
    facts = _facts(status)
    left = status.message or status.name
    least = min(width(fit(left, 60, wide=wide), wide=wide), cells // 2 if status.message else cells // 4)
    # From the left: what is said last is what one looks for most.
    while facts and width(" · ".join(facts), wide=wide) + least + 4 > cells:
        facts.pop(0)
    right = " · ".join(facts)
    room = max(cells - width(right, wide=wide) - 3, 0)
    return pad(f" {pad(left, room, wide=wide)} {right} ", cells, wide=wide)


def _facts(status: Status) -> list[str]:
    """Least wanted first."""
    facts = [*_reading(status), *status.labelled, *_deciding(status)]
    facts += [tr_name(NAMES[status.script]) if status.script else "", status.view, status.search, _place(status)]
    facts.append(tr("following") if status.is_following else "")
    facts += [f"{status.percent}%" if status.percent is not None else "", status.count]
    return [fact for fact in facts if fact]


def _reading(status: Status) -> Iterator[str]:
    document = status.document
    if document is not None:
        total = sum(repair.count for repair in document.repairs)
        yield tr("probable off" if status.is_certain else "probable on")
        yield tr("1 repair" if total == 1 else "{count:,} repairs", count=total)
        yield f"{document.charset.name} ({tr_claim(document.charset.by)})"
        if document.problems:
            yield problem_count(len(document.problems))


def _deciding(status: Status) -> Iterator[str]:
    labels, note = status.decided
    if note:
        yield tr("note: {text}", text=fit(note, NOTE_CELLS))
    yield ", ".join(labels)


def _place(status: Status) -> str:
    more = "+" * status.is_counting
    if status.ordinal is None:
        return f"{page_count(status.pages)}{more}" if status.pages else ""
    place = tr(
        "#{ordinal:,} of {pages:,}" if status.place is None else "#{ordinal:,}, {place:,} of {pages:,}",
        ordinal=status.ordinal,
        place=status.place,
        pages=status.pages,
    )
    return f"{place}{more}"


def about(headline: Headline, shown: str = "") -> str:
    """Say in one line what a row of the list does not show of a found headline; last the rest of a title that was cut.

    >>> about(Headline("hot", "Ferry stops for three days", 0, 26, tag="Traffic"), "   Ferry stops for…  ")
    'Traffic · … three days'
    """
    comments = tr("{count} comments", count=headline.comments) if headline.comments is not None else ""
    parts = (headline.date_text or headline.date, headline.tag, comments, _rest(visible(headline.title), shown))
    return " · ".join(part for part in parts if part)


def _rest(title: str, shown: str) -> str:
    cut = shown.partition(ELLIPSIS)[0].strip()
    if title in shown:
        return ""
    return f"{ELLIPSIS}{title[len(cut) :]}" if title.startswith(cut) else title


class StatusLine(Widget, can_focus=False):
    """Shows a `Status`; a prompt takes its place while it is open."""

    DEFAULT_CSS = "StatusLine { dock: bottom; height: 1; }"

    def __init__(self, look: Look) -> None:
        super().__init__(id="status")
        self._look = look
        self._wide = look.wide
        self._status = Status()
        self._prompt: Prompt | None = None

    def show(self, status: Status, prompt: Prompt | None) -> None:
        """Show a status or a prompt; costs nothing if it is what is shown already."""
        if (status, prompt) != (self._status, self._prompt) or prompt is not None:
            self._status, self._prompt = status, prompt
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one
        """The line for Textual."""
        cells = self.size.width
        if self._prompt is not None:
            typed, hits = f"{self._prompt.sign}{self._prompt.text}", self._status.search
            while width(typed, wide=self._wide) > cells - 1:
                typed = typed[1:]
            parts = [(typed, None), (" ", self._look.style("cursor"))]
            gap = cells - width(typed, wide=self._wide) - width(hits, wide=self._wide) - 2
            if hits and gap > 0:
                parts += [(" " * gap, None), (hits, self._look.style("note"))]
            row = strip(parts, cells, wide=self._wide)
            return row.apply_style(self._look.base) if self._look.base else row
        style = self._look.style("status_trouble" if self._status.is_trouble else "status")
        return strip([(status_text(self._status, cells, wide=self._wide), style)], cells, wide=self._wide)
