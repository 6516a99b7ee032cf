"""Archives of pages, zip and tar: each member is what it would be as a file of its own."""

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from tui.core.errors import SourceError
from tui.core.model import Limits, Ref, Trouble
from tui.core.page import RawPage
from tui.core.problems import Reason, unreadable
from tui.core.values import replace
from tui.sources import dispatch
from tui.sources.archives import zips
from tui.sources.base import Aside, Format, Head, Record, each_record
from tui.sources.parsing.magic import BINARY, binary_kind
from tui.sources.streams.files import printable
from tui.sources.streams.opening import damaged_rows, display_name, open_content, open_seekable
from tui.sources.streams.route import SEPARATOR, Packed, longer

_ZIP = b"PK\x03\x04"
DEEPEST = 3
"""Archives in archives that are looked into, one below the other."""


def claims(head: Head) -> bool:
    """Say whether the file is a zip archive that is no office document, or a tar archive, compressed or not."""
    return is_zip(head) or is_tar(head)


def is_zip(head: Head) -> bool:
    """Say whether the file is a zip archive of files, not a document or program that happens to be one."""
    return head.start.startswith(_ZIP) and binary_kind(head.start) == "zip_archive"


def is_tar(head: Head) -> bool:
    """Say whether the file is a tar archive."""
    return head.start[257:262] == b"ustar"


def scan(file: Ref, below: BinaryIO | None = None) -> Iterator[Record]:
    """Yield the pages of all members; what is no page of text as `Aside`. Raises SourceError."""
    if file.member and file.member.count(SEPARATOR) >= DEEPEST:
        raise SourceError(Reason("nested_too_deeply", {"deepest": DEEPEST}), display_name(file))
    with open_content(file, below) as stream:
        is_tar_archive = stream.read(4) != _ZIP
        if is_tar_archive:
            yield from _pages(file, stream, _tar_members(stream))
    if not is_tar_archive:
        yield from zip_pages(file, below, lambda _name: True)


def _tar_members(stream: BinaryIO) -> Iterator[Packed]:
    from tui.sources.archives import tars  # tarfile takes 4 ms to import

    return tars.members(stream)


def zip_pages(file: Ref, below: BinaryIO | None, is_wanted: Callable[[str], bool]) -> Iterator[Record]:
    """Yield the pages of the members of a zip archive whose names are wanted. Raises SourceError."""
    with open_seekable(file, below) as stream:
        members = (packed for packed in zips.members(stream) if not packed.name or is_wanted(packed.name))
        yield from _pages(file, stream, members)


def _pages(file: Ref, stream: BinaryIO, members: Iterable[Packed]) -> Iterator[Record]:
    ordinal = file.ordinal
    for packed in members:
        if packed.name and _is_hidden(packed.name):
            continue
        for record in _records_of(replace(file, ordinal=ordinal), packed, stream):
            yield record
            ordinal += not isinstance(record, Aside)
    yield from damaged_rows(stream, file, ordinal)


def _records_of(file: Ref, packed: Packed, stream: BinaryIO) -> Iterator[Record]:
    if not packed.name:
        place = replace(file, offset=packed.step.start, length=packed.step.length)
        yield Trouble.at(place, unreadable(packed.trouble, display_name(file))) if packed.trouble else place
        return
    name = f"{file.member}{SEPARATOR}{packed.name}" if file.member else packed.name
    member = replace(file, member=name, route=longer(file.route, packed.step))
    if packed.trouble:
        yield Trouble.at(member, unreadable(packed.trouble, display_name(member)))
    else:
        yield from _member_pages(member, stream)


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") and part.strip(".") for part in name.split("/")) or name.startswith("__MACOSX/")


def _member_pages(member: Ref, below: BinaryIO) -> Iterator[Record]:
    """The pages of one member; a member of no known format, as one."""
    try:
        head = dispatch.head_of(member, below)
        source = dispatch.recognise(head)
        if source is None:
            yield Aside(replace(member, format=BINARY))
        else:
            yield from each_record(source.scan(member, below))
    except SourceError as error:
        yield Trouble.at(member, error.problem)


def read(ref: Ref, _limits: Limits) -> RawPage:
    """Pages of archives are read by the formats of their members. Raises SourceError."""
    raise SourceError(Reason("archive_is_no_page"), printable(ref.source))


FORMAT = Format("archive", 6, claims, scan, read, is_binary=True)
