"""Holds pages against an expression that a user typed, and reads them only as far as that takes. It runs in a child process."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial

from tui.choosing import fields
from tui.choosing.expression import Expression, parse
from tui.choosing.fields import Depth, Facts
from tui.config import index_folder, state_path
from tui.core.answers import Judged
from tui.core.model import Document, Item, Options, Preview, Trouble
from tui.core.problems import Problem
from tui.core.questions import Judge
from tui.core.values import dataclass
from tui.lookup.catalogue import Catalogue
from tui.notebook.store import Labelled

Moment = Callable[[Sequence[Item]], Iterator[Item]]
"""Yields the first of the pages, as many as there is time for."""


Read = Callable[[Item, Options], Document]
Glance = Callable[[Item, Options], Preview]


def judge(question: Judge, read: Read, peek: Glance, a_moment: Moment) -> Judged:
    """Look at the first pages of a question, at least one. Raises UsageError if its expression makes no sense."""
    where = _parsed(question.where) if question.where else None
    looking = _Looking(read, peek, question.options, _catalogue(question.targets, question.options))
    pages, kept, values = 0, [], []
    documents: list[tuple[int, Document]] = []
    problems: list[tuple[int, tuple[Problem, ...]]] = []
    for at, ref in enumerate(a_moment(question.refs)):
        pages += 1
        page = looking.place(ref)
        is_kept = True
        if where is not None:
            page, is_kept = looking.judge(page, where)
        if is_kept and question.field:
            page = looking.knowing(page, question.field)
            values.append(page.facts.value(question.field))
        if not is_kept and (lost := page.lost()):
            problems.append((at, lost))
        if is_kept:
            kept.append(at)
            if question.with_documents and page.document is not None:
                documents.append((at, page.document))
    return Judged(pages, tuple(kept), tuple(values), tuple(documents), tuple(problems))


_parsed = lru_cache(parse)


@lru_cache(2)
def _catalogue(targets: tuple[str, ...], options: Options) -> Catalogue | None:
    """The indexes of these targets, as they were when somebody first asked."""
    found = Catalogue(index_folder(), options)
    return found if [target for target in targets if found.adopt(target)] else None


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """What is known of a page so far."""

    ref: Item
    facts: Facts
    peek: Preview | None = None
    document: Document | None = None

    def lost(self) -> tuple[Problem, ...]:
        """Why it could not be read; empty: it could, as far as it was."""
        if self.document is None and (trouble := self.peek.trouble if self.peek else _problem(self.ref)):
            return (trouble,)
        problems = self.document.problems if self.document else ()
        return tuple(problem for problem in problems if problem.gravity == "unread")


def _problem(row: Item) -> Problem | None:
    return row.problem if isinstance(row, Trouble) else None


class _Looking:
    """Reads pages as far as it takes to tell something of them."""

    def __init__(self, read: Read, peek: Glance, options: Options, known: Catalogue | None) -> None:
        self._read, self._peek, self._options = read, peek, options
        self._decided = Labelled(state_path())
        self._known = known

    def place(self, ref: Item) -> _Page:
        """Return a page that nobody has read yet."""
        labels = self._decided.at(ref)
        kept = self._known.kept(ref) if self._known else None
        if self._known is None or kept is None:
            return _Page(ref, fields.of_ref(ref, labels))
        return _Page(ref, fields.of_kept(ref, kept, labels, partial(self._known.lacks, ref)))

    def judge(self, page: _Page, where: Expression) -> tuple[_Page, bool]:
        """Say whether the expression holds, of a page that was read as far as it took to know."""
        held = where.holds(page.facts)
        if held is None and any(_may_be_peeked(name, page.facts) for name in where.fields):
            page = self._deeper(page, Depth.PEEK)
            held = where.holds(page.facts)
        if held is None:
            page = self._deeper(page, Depth.PAGE)
            held = where.holds(page.facts)
        return page, bool(held)

    def knowing(self, page: _Page, name: str) -> _Page:
        """Return the page read as far as it takes to know a field."""
        if _may_be_peeked(name, page.facts):
            page = self._deeper(page, Depth.PEEK)
        return page if page.facts.knows(name) else self._deeper(page, Depth.PAGE)

    def _deeper(self, page: _Page, depth: Depth) -> _Page:
        if page.facts.depth >= depth:
            return page
        if isinstance(page.ref, Trouble):
            document = Document.unread(page.ref, page.ref.problem)
            return _Page(page.ref, fields.of_document(document), document=document)
        if depth == Depth.PEEK:
            peek = self._peek(page.ref, self._options)
            return _Page(page.ref, fields.of_peek(peek, page.facts), peek)
        document = self._read(page.ref, self._options)
        labels, note = self._decided.of(document)
        return _Page(page.ref, fields.of_document(document, labels, note), page.peek, document)


_EARLY = frozenset({"date", "url", "site"})
"""Fields that a peek may know already."""


def _may_be_peeked(name: str, facts: Facts) -> bool:
    return not facts.knows(name) and (fields.find(name).depth == Depth.PEEK or name in _EARLY)
