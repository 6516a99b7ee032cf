"""Which pages are wanted: --where, --sample and --limit, in this order, and no page read further than that takes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Protocol

from tui.choosing import fields, groups, sampling
from tui.choosing.expression import Expression
from tui.choosing.fields import Depth, Facts, Kept, Value
from tui.model import Document, Options, Peek, Problem, Ref
from tui.shelf import Shelf
from tui.values import dataclass


class Reader(Protocol):
    """What reads pages, such as a worker."""

    def open(self, ref: Ref, options: Options) -> Document:
        """Return the page."""
        ...

    def peek(self, refs: Sequence[Ref], options: Options) -> list[Peek]:
        """Return a peek for each reference."""
        ...


class Decided(Protocol):
    """What knows which pages the user labelled."""

    def at(self, ref: Ref) -> tuple[str, ...] | None:
        """Return the labels of the page that lies there; None if only its bytes can tell."""
        ...

    def of(self, document: Document) -> tuple[tuple[str, ...], str]:
        """Return the labels and the note of a page."""
        ...


class Known(Protocol):
    """What knows pages that were read before."""

    def kept(self, ref: Ref) -> Kept | None:
        """Return what tells what is kept of a page; None if nothing is."""
        ...

    def lacks(self, ref: Ref, query: str) -> bool:
        """Say whether title and text of a page can't hold a query; False if that isn't known."""
        ...


@dataclass(frozen=True, slots=True)
class Wish:
    """Which pages a user asked for."""

    where: Expression | None = None
    sample: int | None = None
    """How many to choose at random; None: all."""
    seed: int = 0
    by: str | None = None
    """Field of the strata from which the sample takes equal shares."""
    limit: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A page that is wanted, and what was read of it to know that."""

    ref: Ref
    facts: Facts
    peek: Peek | None = None
    document: Document | None = None


class Selection:
    """Reads pages as far as it takes to tell whether they are wanted."""

    def __init__(
        self,
        reader: Reader,
        options: Options,
        decided: Decided | None = None,
        known: Known | None = None,
        on_lost: Callable[[Ref, Sequence[Problem]], None] | None = None,
    ) -> None:
        """`on_lost` is told of pages that can't be read and so aren't among the wanted ones."""
        self._reader, self._options = reader, options
        self._decided, self._known = decided, known
        self._on_lost = on_lost

    def choose(self, refs: Iterable[Ref], wish: Wish) -> Iterator[Found]:
        """Yield the wanted pages, in order. Without a sample each comes as soon as it is found."""
        if wish.by is not None and wish.sample is not None:
            found: Iterable[Found] = self._from_strata(self._matching(refs, wish.where), wish)
        elif wish.sample is not None and wish.where is not None:
            found = self._by_lot(refs, wish, wish.sample)
        elif wish.sample is not None:
            chosen = sampling.lowest(((sampling.chance(ref, wish.seed), ref) for ref in refs), wish.sample)
            found = map(self.place, chosen)
        else:
            found = self._matching(refs, wish.where)
        for number, page in enumerate(found):
            if number == wish.limit:
                return
            yield page
            if number + 1 == wish.limit:
                return

    def _matching(self, refs: Iterable[Ref], where: Expression | None) -> Iterator[Found]:
        for ref in refs:
            page = self.judge(ref, where) if where is not None else self.place(ref)
            if page is not None:
                yield page

    def judge(self, ref: Ref, where: Expression) -> Found | None:
        """Return the page if it is wanted, read as far as it took to know."""
        page = self.place(ref)
        held = where.holds(page.facts)
        if held is None and any(_may_be_peeked(name, page.facts) for name in where.fields):
            page = self.deeper(page, Depth.PEEK)
            held = where.holds(page.facts)
        if held is None:
            page = self.deeper(page, Depth.PAGE)
            held = where.holds(page.facts)
        if not held:
            self._tell(page)
            return None
        return page

    def value(self, ref: Ref, name: str) -> Value:
        """Return the value of a page's field; the page is read as far as it takes to know."""
        page = self.place(ref)
        if _may_be_peeked(name, page.facts):
            page = self.deeper(page, Depth.PEEK)
        return (page if page.facts.knows(name) else self.deeper(page, Depth.PAGE)).facts.value(name)

    def deeper(self, page: Found, depth: Depth) -> Found:
        """Return the page read so far, or further."""
        if page.facts.depth >= depth:
            return page
        if page.ref.trouble:
            document = Document.unread(page.ref, page.ref.trouble)
            return Found(page.ref, fields.of_document(document), document=document)
        if depth == Depth.PEEK:
            (peek,) = self._reader.peek([page.ref], self._options)
            return Found(page.ref, fields.of_peek(peek, page.facts), peek)
        document = self._reader.open(page.ref, self._options)
        labels, note = self._decided.of(document) if self._decided else ((), "")
        return Found(page.ref, fields.of_document(document, labels, note), page.peek, document)

    def place(self, ref: Ref) -> Found:
        """Return a page that nobody has read yet."""
        labels = self._decided.at(ref) if self._decided else None
        kept = self._known.kept(ref) if self._known else None
        if self._known is None or kept is None:
            return Found(ref, fields.of_ref(ref, labels))
        return Found(ref, fields.of_kept(ref, kept, labels, partial(self._known.lacks, ref)))

    def _tell(self, page: Found) -> None:
        problems: Sequence[Problem] = page.document.problems if page.document else ()
        if trouble := (page.peek and page.peek.trouble) or page.ref.trouble:
            problems = [trouble]
        lost = [problem for problem in problems if problem.gravity == "unread"]
        if lost and self._on_lost:
            self._on_lost(page.ref, lost)

    def _by_lot(self, refs: Iterable[Ref], wish: Wish, count: int) -> list[Found]:
        """Draw pages one by one until enough of them match: far fewer are read than by looking at all."""
        shelf = Shelf(refs)
        order = sorted(range(len(shelf)), key=lambda number: sampling.chance(shelf[number], wish.seed))
        drawn: list[tuple[int, Found]] = []
        assert wish.where is not None  # noqa: S101 - as `choose` asks
        for number in order:
            if len(drawn) == count:
                break
            page = self.judge(shelf[number], wish.where)
            if page is not None:
                drawn.append((number, page))
        return [page for _, page in sorted(drawn, key=lambda entry: entry[0])]

    def _from_strata(self, pages: Iterable[Found], wish: Wish) -> list[Found]:
        """Equal shares of all values of a field, as far as each reaches."""
        assert wish.by is not None and wish.sample is not None  # noqa: S101, PT018 - as `choose` asks
        strata: dict[str, list[tuple[int, int, Found]]] = {}
        for place, page in enumerate(pages):
            value = page.facts.value(wish.by) if page.facts.knows(wish.by) else self.value(page.ref, wish.by)
            stratum = strata.setdefault(groups.stratum(value), [])
            # Documents are let go: a corpus of them fits in no memory.
            stratum.append((sampling.chance(page.ref, wish.seed), place, self.place(page.ref)))
            if len(stratum) > 2 * wish.sample + 100:
                stratum[:] = sorted(stratum, key=lambda entry: entry[:2])[: wish.sample]
        names = sorted(strata)
        counts = sampling.shares([len(strata[name]) for name in names], wish.sample)
        drawn = [
            entry
            for name, count in zip(names, counts, strict=True)
            for entry in sorted(strata[name], key=lambda entry: entry[:2])[:count]
        ]
        return [page for _, _, page in sorted(drawn, key=lambda entry: entry[1])]


_EARLY = frozenset({"date", "url", "site"})
"""Fields that a peek may know already."""


def _may_be_peeked(name: str, facts: Facts) -> bool:
    return not facts.knows(name) and (fields.find(name).depth == Depth.PEEK or name in _EARLY)
