"""What the screen wants of those who take things out of it: it opens no file and starts no program itself."""

from typing import Literal, Protocol, get_args

from tui.model import Document, Original

Form = Literal["markdown", "body", "text", "json", "source", "raw", "record"]
FORMS: tuple[Form, ...] = get_args(Form)
ABOUT: dict[Form, str] = {
    "markdown": "the article and its lists of headlines, as Markdown",
    "body": "the article, a paragraph a line",
    "text": "the whole repaired text",
    "json": "everything that is known of the page, as JSON",
    "source": "the source as it was decoded, not repaired",
    "raw": "the bytes of the page as they came",
    "record": "the stored record as it lies there",
}
ORIGINALS = frozenset({"source", "raw", "record"})
"""Forms that need the page's bytes."""


class Outlet(Protocol):
    """Renders, saves and pipes. Each may raise a CopydeskError that says what to do."""

    def render(self, document: Document, form: Form) -> str:
        """A page in a form that is none of `ORIGINALS`."""

    def save(self, path: str, document: Document, original: Original | None, form: Form) -> str:
        """Write a page to a new file, and return its name; `original` is there for `ORIGINALS`."""

    def keep(self, text: str) -> str:
        """Write what is too much for the terminal's clipboard to a file, and return its name."""

    def run(self, command: str, text: str) -> int:
        """Run a command of the user's with text on its standard input, wait for ENTER, and return its exit status."""
