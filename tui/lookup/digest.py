"""What an index keeps of a page: what expressions ask for, and the pieces of its text. It runs in a child process."""

from tui import loader
from tui.choosing import fields
from tui.core.answers import Digest
from tui.core.model import Item, Limits, Options
from tui.text.words.bigrams import pieces


def digest(ref: Item, options: Options, limits: Limits) -> Digest:
    """Read a page. What can't be read is a digest with a problem."""
    document = loader.load(ref, options, limits)
    found = pieces(document.text) | pieces(document.title)
    lost = tuple(problem for problem in document.problems if problem.gravity == "unread")
    return Digest(fields.kept(document), " ".join(sorted(found)), lost)
