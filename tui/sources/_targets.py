"""What the user named on the command line, made into references: files, folders, patterns, standard input."""

import glob
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, BinaryIO

from tui.errors import SourceError
from tui.model import Ref
from tui.shelf import Run, singly
from tui.sources._base import Aside, Found, Records, Tally, shown, why
from tui.sources._folders import natural, walk
from tui.sources._formats import head_of, recognise
from tui.sources._magic import binary_kind

_PATTERN = re.compile(r"[*?\[]")
_URL = re.compile(r"https?://", re.IGNORECASE)
_USERINFO = re.compile(r"(?<=://)[^/?#]*@")
"""What is nobody's business: references are shown, stored and written to files."""
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)


def scan(targets: Sequence[str], tally: Tally, all_records: bool = False) -> Iterator[Ref]:
    """As `runs`, one by one."""
    return singly(runs(targets, tally, all_records))


def runs(targets: Sequence[str], tally: Tally, all_records: bool = False) -> Iterator[Ref | Run]:
    """Yield a reference for each page, or many at once, as they are found; ordinals count from 0 within each target.

    What can't be read becomes a reference with `trouble`; what folders pass over is counted in `tally`, and so are records
    of archives that are no pages of text, unless `all_records` are wanted. Never raises.
    """
    for target in targets:
        ordinal = 0
        for place, is_named in _places(target, tally):
            for found in _pages(replace(place, ordinal=ordinal), is_named, tally):
                if isinstance(found, Aside) and not all_records:
                    tally.asides += 1
                elif isinstance(found, Run | Records):
                    run = _run(found, tally, all_records).numbered(ordinal)
                    if run:
                        yield run
                    ordinal += len(run)
                else:
                    ref = found.ref if isinstance(found, Aside) else found
                    yield ref if ref.ordinal == ordinal else replace(ref, ordinal=ordinal)
                    ordinal += 1


def _run(found: Run | Records, tally: Tally, all_records: bool) -> Run:
    """The references that are wanted; the others are counted."""
    if isinstance(found, Run):
        return found
    asides = found.are_pages.count(0)
    if all_records or not asides:
        return found.run
    tally.asides += asides
    return found.run.only(found.are_pages)


def _places(target: str, tally: Tally) -> Iterator[tuple[Ref, bool]]:
    """Yield the files that a target stands for, and whether each was named by the user rather than found."""
    if target == "-":
        yield _standard_input(), True
    elif os.path.isdir(target):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
        yield from ((ref, False) for ref in walk(target, tally))
    elif os.path.lexists(target):
        yield Ref(target, 0), True
    elif _URL.match(target):
        yield Ref(_USERINFO.sub("", target), 0, "web"), True
    elif _SCHEME.match(target):
        yield from _remote_places(target)
    elif _PATTERN.search(target):
        yield from _matches(target, tally)
    else:
        yield Ref(target, 0, trouble=f"{shown(target)}: no such file; check the name"), True


def _remote_places(target: str) -> Iterator[tuple[Ref, bool]]:
    from tui.sources import _remote  # few have such

    try:
        found = _remote.places(target)
    except SourceError as error:
        yield Ref(target, 0, trouble=str(error)), True
        return
    if not found:
        yield Ref(target, 0, trouble=f"{shown(target)}: no file is there; check the address"), True
    yield from ((Ref(name, 0), name == target) for name in found)


def _matches(pattern: str, tally: Tally) -> Iterator[tuple[Ref, bool]]:
    paths = sorted(glob.iglob(pattern, recursive=True), key=natural)  # noqa: PTH207 - Path.glob finds hidden files too
    if not paths:
        yield Ref(pattern, 0, trouble=f"{shown(pattern)}: no file matches this pattern; check it"), True
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - as above
            yield Ref(path, 0), False
        elif "**" not in pattern:  # there the pattern itself names what lies below
            yield from ((ref, False) for ref in walk(path, tally))


def _pages(place: Ref, is_named: bool, tally: Tally) -> Iterator[Found]:
    if place.trouble or place.format:
        yield place
        return
    try:
        head = head_of(place)
        source = recognise(head)
        if source is not None:
            yield from source.scan(place)
        elif is_named:
            kind = binary_kind(head.start) or "nothing we know"
            yield replace(place, trouble=f"{shown(place.source)}: {kind}, not text; leave it out or convert it first")
        else:
            tally.unrecognised += 1
    except SourceError as error:
        yield replace(place, trouble=str(error))


def _standard_input() -> Ref:
    """Keep standard input in a file, since the worker, another process, has to read it too."""
    if sys.stdin is None:
        return Ref("-", 0, trouble="-: standard input is closed; name a file")
    try:
        return Ref("-", 0, spool=_spool(sys.stdin.buffer).name)
    except OSError as error:
        return Ref("-", 0, trouble=why("-", error))


@cache
def _spool(stream: BinaryIO) -> Any:
    """Copy a stream into a temporary file that lasts as long as this process. Raises OSError if that fails."""
    # Here, because nobody else needs them and they cost 4 ms.
    import shutil
    import tempfile

    spool = tempfile.NamedTemporaryFile(prefix="copydesk-")  # noqa: SIM115 - removed when the process ends
    shutil.copyfileobj(stream, spool, 1024 * 1024)
    spool.flush()
    return spool
