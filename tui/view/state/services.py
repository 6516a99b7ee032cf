"""What `Browsing` is given: who draws it, who runs its loop, and who does for it what needs files or programs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, Protocol, get_args

from tui.core.answers import FieldValue, Searched
from tui.core.model import Document, Item, Options, Original, Preview
from tui.core.questions import Asker
from tui.core.values import dataclass
from tui.notebook.ledger import StoreLedger
from tui.view.pagetext.query import Query
from tui.view.state.captures import Captures, Folds
from tui.view.state.survey import Survey

if TYPE_CHECKING:
    from tui.notebook.store import Known

PaneName = Literal["headlines", "body", "metadata"]
PANES: tuple[PaneName, ...] = get_args(PaneName)


@dataclass(frozen=True, slots=True)
class Where:
    """Where in the open page, and around it, one is."""

    start: int = -1
    """Place in its text, in code points; -1: before it, or its source is shown."""
    below: int = 0
    """Rows from the page to the cursor of the list."""
    pane: PaneName = "headlines"
    is_zoomed: bool = False


class View(Protocol):
    """Draws the pages. The cursor of the list and the place in the text are its own."""

    def show(self, index: int, document: Document, *, keep_place: bool) -> None:
        """Show a page, from where reading begins, or where the one before stood."""

    def show_source(self, source: Original | None) -> None:
        """Show the source of the open page, or its bytes where it is no text; None: the page again."""

    def show_empty(self, reason: str) -> None:
        """Say why there are no pages."""

    def grow(self, *, follow_end: bool = False) -> None:
        """Take in pages that were added; with `follow_end` a cursor at the end of the list stays there."""

    def rearrange(self, moved: Callable[[int], int | None]) -> None:
        """Take in that other pages are shown, or in another order; `moved` gives the new index of one, if it has any."""

    def fold(self, captures: Captures, folds: Folds) -> None:
        """Show one row for each stretch of captures, when the pages are rearranged next."""

    def learn(self, peeks: dict[int, Preview]) -> None:
        """Take in titles and dates of pages, by index."""

    def forget(self, index: int) -> None:
        """Ask for the title of a page again."""

    def with_url(self, url: str) -> int | None:
        """Return the index of a page that is known to have an address; None: none is."""

    def list_labels(self, labels_at: Callable[[Item], tuple[str, ...]]) -> None:
        """Show labels in the list."""

    def where(self) -> Where:
        """Return where one is."""

    def activate(self, name: PaneName) -> None:
        """Send keys to a pane."""

    def zoom(self) -> None:
        """Give the active pane the whole screen, or take it back."""

    def go_to_page(self, index: int, below: int = 0) -> None:
        """Put the cursor of the list on a page, or so many rows below."""

    def go_to_place(self, start: int, query: Query | None = None) -> None:
        """Go to a place in the text of the open page, with the hits of a query marked; a negative one: stay."""

    def selected(self) -> range:
        """Return the indexes of the pages that are selected in the list."""

    def select_none(self) -> None:
        """Select no pages any more."""

    def page_under_cursor(self) -> int | None:
        """Return the index of the page under the cursor of the list; None: the list is empty, or keys don't go there."""


class Host(Protocol):
    """Runs the loop: starts threads, takes from them what is to be done, and has the status line drawn."""

    @property
    def is_current(self) -> bool:
        """Nothing lies over the panes."""

    def start_thread(self, work: Callable[[], None], group: str) -> object:
        """Run something in a thread; of a group, one is wanted at a time."""

    def post(self, act: Callable[[], None], *, is_urgent: bool = False) -> object:
        """Have something done by the thread that draws, soon; threads call this. What is urgent is drawn at once."""

    def call_after_refresh(self, act: Callable[[], None], /) -> object:
        """Do something when what was changed is on the screen."""

    def tell(self) -> None:
        """Bring the status line up to date."""

    def tell_soon(self) -> None:
        """Do so again in a moment: something goes on by itself."""


Form = Literal["markdown", "body", "text", "json", "source", "raw", "record"]
FORMS: tuple[Form, ...] = get_args(Form)
ABOUT: dict[Form, str] = {
    "markdown": "the article and its lists of headlines, as Markdown",
    "body": "the article, one paragraph per line",
    "text": "the whole repaired text",
    "json": "everything known about the page, as JSON",
    "source": "the decoded source, unrepaired",
    "raw": "the original bytes",
    "record": "the record as stored",
}
ORIGINALS = frozenset({"source", "raw", "record"})
"""Forms that need the page's bytes."""
BYTES: tuple[Form, ...] = ("raw", "record")
"""Forms that are bytes, of what is no text as well."""


PagesForm = Literal["jsonl", "csv", "parquet", "records"]
PAGES_FORMS: tuple[PagesForm, ...] = get_args(PagesForm)
ABOUT_PAGES: dict[PagesForm, str] = {
    "jsonl": "everything known about each page, as JSON lines",
    "csv": "title, date, text and more, as a table for spreadsheets",
    "parquet": "the same table as Parquet",
    "records": "the records as stored",
}


class Outlet(Protocol):
    """Renders, saves and pipes. Each may raise a CopydeskError that says what to do."""

    def render(self, document: Document, form: Form) -> str:
        """A page in a form that is none of `ORIGINALS`."""

    def save(
        self,
        path: str,
        document: Document,
        original: Original | None,
        form: Form,
        sources: Iterable[str] = (),
        *,
        is_forced: bool = False,
    ) -> str:
        """Write a page to a file, and return its name; `original` is there for `ORIGINALS`.

        Raises AlreadyThereError if a file of that name is there, unless `is_forced`. Those that pages are read from,
        `sources` too, are never written over.
        """

    def save_text(self, path: str, text: str, sources: Iterable[str], *, is_forced: bool = False) -> str:
        """Write a text to a file, as `save` would."""

    def check(self, path: str, sources: Iterable[str], *, is_forced: bool = False) -> str:
        """Return the name of a file that may be written, as `save` would."""

    def keep(self, text: str) -> str:
        """Write what is too much for the terminal's clipboard to a file, and return its name."""

    def run(self, command: str, text: str) -> int:
        """Run a command of the user's with text on its standard input, wait for ENTER, and return its exit status."""


class Collection(Protocol):
    """Looks through pages; the iterators are run in a thread. They raise CopydeskError if an expression makes no sense."""

    def judge(self, refs: Sequence[Item], expression: str, options: Options) -> Iterator[bool]:
        """Yield for each page whether an expression holds."""

    def values(self, refs: Sequence[Item], field: str, options: Options) -> Iterator[FieldValue]:
        """Yield the value of a field for each page."""

    def search(self, refs: Sequence[Item], query: str, options: Options) -> Iterator[Searched]:
        """Yield what is found, in the order of the pages."""

    def known(self, refs: Sequence[Item], options: Options) -> "Iterator[Known | None]":
        """Yield what a page is known by, so that it can be labelled; None for one that can't be read."""

    def write(
        self, refs: Sequence[Item], path: str, form: PagesForm, options: Options, *, is_forced: bool
    ) -> Iterator[bool]:
        """Write pages to a file, which is there when the iterator is through; yield for each whether it could be read."""

    def command(
        self, options: Options, refs: Sequence[Item], expression: str, sample: tuple[int, int] | None, *, is_told: bool
    ) -> str:
        """Return the command that lists pages of the collection: those for which an expression holds, or a sample of them.

        Unless `is_told`, there is no such reason for some of them. Raises UsageError if no command can give them.
        """

    def cancel(self) -> None:
        """Give up what is being read; its iterator raises."""


class Neighbours(Protocol):
    """Looks for files that a saved page links to; nothing outside of the folders that the user named is found."""

    def find(self, paths: Sequence[str]) -> Item | None:
        """Return the first page in the first of these files that is there; None: none is."""


@dataclass(frozen=True, slots=True)
class Services:
    """What the screen is given; none of them does anything before it is asked."""

    clients: tuple[Asker, Asker]
    """The one that opens pages, and the one that finds out their titles."""
    survey: Survey
    outlet: Outlet
    ledger: StoreLedger
    collection: Collection
    neighbours: Neighbours
