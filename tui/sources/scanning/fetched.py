"""The pages of what was fetched for an address: a feed of records, an archive, a table."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING

from tui.core.errors import SourceError
from tui.core.model import Item, Ref, Trouble
from tui.core.problems import Reason, unreadable
from tui.core.values import replace
from tui.sources.base import Aside, Record, each_record
from tui.sources.dispatch import head_of, recognise
from tui.sources.formats.web import ONE_PAGE, facts_of, fetched
from tui.sources.scanning.folders import Tally

if TYPE_CHECKING:
    from tui.web.cache import Stored


def split(address: Ref, tally: Tally, all_records: bool) -> Iterator[Item]:
    """Yield the pages of what was fetched for an address, if there are several; nothing if it is one.

    What is no page of text is counted in `tally`, unless `all_records` are wanted. `#12` at the end of the address leaves
    the page with that ordinal. What can't be read is a page that says why.
    """
    try:
        facts = facts_of(address)
    except SourceError:  # it stays one page, which says why when it is read
        return
    bare, _, fragment = address.source.partition("#")
    file = replace(address, source=bare)
    pages = _counted(file, _records(file, facts), tally, all_records)
    first = list(islice(pages, 2))
    if len(first) < 2:
        return
    ordinal = address.ordinal
    for ordinal, page in enumerate(chain(first, pages), address.ordinal):
        if not fragment.isdecimal() or ordinal == address.ordinal + int(fragment):
            yield replace(page, ordinal=ordinal)
    for problem in facts.problems:
        reason = Reason("save_and_open", {"problem": replace(problem, where=""), "url": bare})
        yield Trouble(bare, ordinal + 1, unreadable(reason, problem.where))


def _records(address: Ref, facts: "Stored") -> Iterator[Record]:
    """The records of what was fetched; none if it is a page. Raises SourceError."""
    file = fetched(address, facts.length)
    file_format = recognise(head_of(file)) if facts.length and facts.http.status < 400 else None
    if file_format is not None and file_format.name not in ONE_PAGE:
        yield from each_record(file_format.scan(file, None))


def _counted(file: Ref, records: Iterable[Record], tally: Tally, all_records: bool) -> Iterator[Item]:
    try:
        for record in records:
            if not isinstance(record, Aside):
                yield record
            elif all_records:
                yield record.ref
            else:
                tally.asides += 1
    except SourceError as error:
        yield Trouble.at(file, error.problem)
