"""Counts pages within a target, and tells with which record a file ends."""

from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace

from tui.core.model import Item, Trouble
from tui.core.problems import Reason, unreadable
from tui.core.shelf import Run
from tui.sources.base import Aside, Found, Records, Tally, shown, taken_apart


def numbered(
    target: str, pages: Iterable[Found], tally: Tally, all_records: bool
) -> Generator[Item | Run, None, list[Item | Aside]]:
    """Yield pages with their ordinals in a target; records that are none are counted, unless they are wanted.

    Returns the last record and the words behind it that tell what is missing.
    """
    ordinal = tally.next.get(target, 0)
    last: Found | None = None
    words: list[Item | Aside] = []
    try:
        for found in pages:
            if isinstance(found, Item):
                if isinstance(found, Trouble):
                    words.append(found)
                else:
                    last = found
                    words = words and []  # a new one only if need be: there are hundreds of thousands
                yield found if found.ordinal == ordinal else replace(found, ordinal=ordinal)
                ordinal += 1
                continue
            if _count(found):
                last, words = found, []
            if isinstance(found, Run | Records):
                run = _run(found, tally, all_records).numbered(ordinal)
                if run:
                    yield run
                ordinal += len(run)
            elif all_records:
                yield replace(found.ref, ordinal=ordinal)
                ordinal += 1
            else:
                tally.asides += 1
    finally:
        tally.next[target] = ordinal
    return words if last is None else [_last(last), *words]


def bounded(target: str, pages: Generator[Item | Run, None, None], tally: Tally) -> Iterator[Item | Run]:
    """Yield as many pages of a target as `tally` allows, and then one row that says that there are more."""
    most = tally.most
    for found in pages:
        first, count = (found.first.ordinal, len(found)) if isinstance(found, Run) else (found.ordinal, 1)
        if first + count <= most:
            yield found
            continue
        if isinstance(found, Run) and first < most:
            yield found[: most - first]
        reason = Reason("more_pages", {"most": most, "last": 2 * most - 1})
        yield Trouble(target, most, unreadable(reason, shown(target)))
        pages.close()
        tally.next[target] = most + 1
        return


def _count(found: Run | Records | Aside) -> int:
    if isinstance(found, Records):
        return len(found.run)
    return len(found) if isinstance(found, Run) else 1


def _last(found: Found) -> Item | Aside:
    if isinstance(found, Records):
        return found.run[-1] if found.are_pages[-1] else Aside(found.run[-1])
    return found[-1] if isinstance(found, Run) else found


def _run(found: Run | Records, tally: Tally, all_records: bool) -> Run:
    """The references that are wanted; the others are counted."""
    if isinstance(found, Run):
        return found
    asides = found.are_pages.count(0)
    if all_records or not asides:
        return found.run
    tally.asides += asides
    return found.run.only(found.are_pages)


def but_end(pages: Iterable[Found], end: list[Item | Aside]) -> Iterator[Item | Aside]:
    """Yield all but the last record and the words behind it that tell what is missing; these are left in `end`."""
    for found in taken_apart(pages):
        if not isinstance(ref_of(found), Trouble):
            yield from end
            end.clear()
        end.append(found)


def ref_of(found: Item | Aside) -> Item:
    """Where a record lies, be it a page or not."""
    return found.ref if isinstance(found, Aside) else found
