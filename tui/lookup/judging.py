"""Holds pages against an expression that a user typed, and reads them only as far as that takes. It runs in a child process."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from tui.choosing import fields
from tui.choosing.expression import Expression, parse
from tui.choosing.fields import Depth, Facts, FieldValue, KeptValue
from tui.config import index_folder, state_path
from tui.core.answers import Judged
from tui.core.errors import StoreError
from tui.core.model import Document, Item, Options, Preview, Trouble
from tui.core.page import RecordFields
from tui.core.problems import Problem, Reason, unreadable
from tui.core.questions import Judge
from tui.core.values import dataclass
from tui.lookup.catalogue import Catalogue
from tui.notebook.store import Labelled

Moment = Callable[[Sequence[Item]], Iterator[Item]]
"""Yields the first of the pages, as many as there is time for."""


class Looks(NamedTuple):
    """How a page is looked at, the cheapest way first."""

    records: Callable[[Sequence[Item], Options], Callable[[int], RecordFields | None]]
    """As `loader.recorded`."""
    day: Callable[[Callable[[str], Any], Sequence[str]], str | None]
    """As `loader.recorded_day`."""
    peek: Callable[[Item, Options], Preview]
    page: Callable[[Item, Options], Document]


def judge(question: Judge, looks: Looks, a_moment: Moment, on_damage: Callable[[StoreError], object]) -> Judged:
    """Look at the first pages of a question, at least one. Raises UsageError if its expression makes no sense.

    `on_damage` is told of an index that is damaged. Raises StoreError if twins are asked for, and no index knows them
    any more: pages say nothing of that.
    """
    where = _parsed(question.where) if question.where else None
    of_twins = fields.OF_TWINS & {question.field, *(where.fields if where else ())}
    known = _catalogue(question.targets, question.options, _lose_twins if of_twins else on_damage)
    looking = _Looking(looks, question, known, where, min(of_twins, default=""))
    pages, kept, values = 0, [], []
    documents: list[tuple[int, Document]] = []
    problems: list[tuple[int, tuple[Problem, ...]]] = []
    for at, ref in enumerate(a_moment(question.refs)):
        pages += 1
        verdict = looking.judge(at, ref, question.field)
        if not verdict.is_kept:
            if lost := verdict.page.lost():
                problems.append((at, lost))
            continue
        kept.append(at)
        if question.field:
            values.append(verdict.value)
        if question.with_documents and verdict.page.document is not None:
            documents.append((at, verdict.page.document))
    return Judged(pages, tuple(kept), tuple(values), tuple(documents), tuple(problems))


_parsed = lru_cache(parse)


@lru_cache(2)
def _catalogue(targets: tuple[str, ...], options: Options, on_damage: Callable[[StoreError], object]) -> Catalogue:
    """The indexes of these targets, as they were when somebody first asked."""
    found = Catalogue(index_folder(), options, on_damage)
    for target in targets:
        found.adopt(target)
    return found


def _lose_twins(error: StoreError) -> None:
    raise StoreError(Reason("twins_lost", dict(error.values)), error.where)


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
            return (trouble,) if trouble.gravity == "unread" else ()
        problems = self.document.problems if self.document else ()
        return tuple(problem for problem in problems if problem.gravity == "unread")


class _Verdict(NamedTuple):
    """What was asked for of a page."""

    page: _Page
    is_kept: bool
    value: FieldValue


def _problem(row: Item) -> Problem | None:
    return row.problem if isinstance(row, Trouble) else None


class _Looking:
    """Reads pages as far as it takes to tell something of them."""

    def __init__(
        self, looks: Looks, question: Judge, known: Catalogue, where: Expression | None, of_twins: str
    ) -> None:
        """`of_twins`: a field of these that is asked for; empty: none is."""
        self._looks, self._options, self._targets, self._where = looks, question.options, question.targets, where
        self._of_twins = of_twins
        self._records = looks.records(question.refs, question.options)
        self._at = 0
        """The place of the page among those of the question."""
        self._decided = Labelled(state_path())
        if where is not None and not _DECIDED.isdisjoint(where.fields):
            self._decided.check()
        self._known = known
        asked = where.fields if where is not None else frozenset()
        self._is_placed = any(name in _DECIDED or fields.find(name).depth == Depth.PLACE for name in asked)
        """Of the place of a page something is asked."""

    def judge(self, at: int, ref: Item, field: str) -> _Verdict:
        """Say whether the expression holds, and what a page that is kept has for a field; empty: nobody asks."""
        self._at = at
        labels = self._decided.at(ref)

        def indexed(kept: KeptValue) -> _Verdict:
            lacks = partial(self._known.lacks, ref)
            return self._judged(_Page(ref, fields.of_kept(ref, kept, labels, lacks)), field)

        if self._known.knows_any and (verdict := self._known.known(ref, indexed)) is not None:
            return verdict
        if self._of_twins:
            # Reading tells nothing of twins; none would be a lie.
            reason = Reason("no_twins", {"field": self._of_twins})
            gone = self._known.without_twins(self._targets)
            if gone is not None or not self._known.knows_any:
                raise StoreError(reason, gone or ref.source)
            problem = unreadable(reason, ref.source)  # it came after the index
            return _Verdict(_Page(Trouble(ref.source, ref.ordinal, problem), fields.of_ref(ref)), False, None)
        return self._judged(_Page(ref, fields.of_ref(ref, labels)), field)

    def _judged(self, page: _Page, field: str) -> _Verdict:
        """Read a page as far as it takes to know."""
        is_kept, where = True, self._where
        if where is not None:
            page, is_kept = self._held(page, where)
        if not is_kept or not field:
            return _Verdict(page, is_kept, None)
        page = self._knowing(page, field)
        return _Verdict(page, is_kept, page.facts.value(field))

    def _held(self, page: _Page, where: Expression) -> tuple[_Page, bool]:
        facts = page.facts
        held = where.holds(facts) if facts.kept is not None or self._is_placed else None
        for depth, may_tell in _DEPTHS:
            if held is None and any(may_tell(name, page.facts) for name in where.fields):
                page = self._deeper(page, depth)
                held = where.holds(page.facts)
        return page, bool(held)

    def _knowing(self, page: _Page, name: str) -> _Page:
        """Return the page read as far as it takes to know a field."""
        for depth, may_tell in _DEPTHS:
            if not page.facts.knows(name) and may_tell(name, page.facts):
                page = self._deeper(page, depth)
        return page

    def _deeper(self, page: _Page, depth: Depth) -> _Page:
        if page.facts.depth >= depth:
            return page
        if isinstance(page.ref, Trouble):
            document = Document.unread(page.ref, page.ref.problem)
            return _Page(page.ref, fields.of_document(document, kept=page.facts.kept), document=document)
        if depth == Depth.RECORD:
            record = self._records(self._at)
            day = partial(self._looks.day, record.other, record.dates) if record is not None else None
            return page if record is None or day is None else _Page(page.ref, fields.of_record(record, day, page.facts))
        if depth == Depth.PEEK:
            peek = self._looks.peek(page.ref, self._options)
            return _Page(page.ref, fields.of_peek(peek, page.facts), peek)
        document = self._looks.page(page.ref, self._options)
        labels, note = self._decided.of(document)
        return _Page(page.ref, fields.of_document(document, labels, note, page.facts.kept), page.peek, document)


_DECIDED = frozenset({"label", "note"})
"""Fields of what the user decided."""
_EARLY = frozenset({"date", "site"})
"""Fields that a peek may know already."""


def _may_be_recorded(name: str, facts: Facts) -> bool:
    return not facts.knows(name) and (name in fields.RECORDED or name.startswith("record."))


def _may_be_peeked(name: str, facts: Facts) -> bool:
    return not facts.knows(name) and (fields.find(name).depth == Depth.PEEK or name in _EARLY)


_DEPTHS: tuple[tuple[Depth, Callable[[str, Facts], bool]], ...] = (
    (Depth.RECORD, _may_be_recorded),
    (Depth.PEEK, _may_be_peeked),
    (Depth.PAGE, lambda _name, _facts: True),
)
"""How far a page is read, one after the other, and whether it may tell a field then."""
