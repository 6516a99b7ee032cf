"""Archives of pages, zip and tar: each member is what it would be as a file of its own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO

from tui.errors import SourceError
from tui.model import Limits, Ref
from tui.page import RawPage
from tui.sources import _formats
from tui.sources._base import Aside, Head, Source, shown, taken_apart
from tui.sources._magic import binary_kind
from tui.sources._members import compression
from tui.sources._streams import damaged_rows, open_content, open_stored, open_whole

_ZIP = b"PK\x03\x04"
_UNFIT_FOR_TAR = frozenset({"table", "parquet", "mhtml", "sqlite"})
"""Formats whose pages need more of the file than their own stretch, which in a tar can't be found again."""


def claims(head: Head) -> bool:
    """Say whether the file is a zip archive that is no office document, or a tar archive, compressed or not."""
    return is_zip(head) or is_tar(head)


def is_zip(head: Head) -> bool:
    """Say whether the file is a zip archive of files, not a document or program that happens to be one."""
    return head.start.startswith(_ZIP) and not any(mark in head.start[:200] for mark in _DOCUMENTS)


_DOCUMENTS = (b"[Content_Types].xml", b"mimetypeapplication/vnd", b"META-INF/", b"AndroidManifest.xml", b"_rels/.rels")


def is_tar(head: Head) -> bool:
    """Say whether the file is a tar archive."""
    return head.start[257:262] == b"ustar"


def scan(whole: Ref) -> Iterator[Ref | Aside]:
    """Yield the pages of all members; what is no page of text as `Aside`. Raises SourceError."""
    with open_stored(whole) as stored:
        if stored.read(4) == _ZIP:
            yield from zip_pages(whole, stored, lambda _name: True)
            return
    with open_content(whole) as stream:
        yield from _tar_pages(whole, stream)


def zip_pages(whole: Ref, stored: BinaryIO, is_wanted: Callable[[str], bool]) -> Iterator[Ref | Aside]:
    """Yield the pages of the members of a zip archive whose names are wanted. Raises SourceError."""
    if whole.member is not None or whole.offset:
        raise SourceError(
            f"{shown(whole.source)}: {shown(whole.member or '')}: an archive inside of an archive; unpack it"
        )
    from tui.sources import _zips  # zipfile takes 4 ms to import

    ordinal = whole.ordinal
    for info in _zips.members(whole, stored):
        if is_wanted(info.filename) and not _is_hidden(info.filename):
            for found in _pages(replace(whole, member=info.filename, ordinal=ordinal)):
                yield found
                ordinal += isinstance(found, Ref)


def _tar_pages(whole: Ref, stream: BinaryIO) -> Iterator[Ref | Aside]:
    """Members of a tar lie in its content as they are, so references into it count from the start of the archive."""
    import tarfile

    ordinal = whole.ordinal
    try:
        with tarfile.open(fileobj=stream, mode="r:") as archive:
            for info in archive:
                if info.isreg() and not _is_hidden(info.name):
                    member = replace(
                        whole, member=info.name, offset=info.offset_data, length=info.size, ordinal=ordinal
                    )
                    for found in _pages(member):
                        yield found
                        ordinal += isinstance(found, Ref)
                archive.members = []  # type: ignore[attr-defined]  # or it keeps all of them
    except (tarfile.TarError, EOFError) as error:
        said = f"{shown(whole.source)}: the tar archive can't be read any further: {error}; what came before is shown"
        yield replace(whole, ordinal=ordinal, trouble=said)
    yield from damaged_rows(stream, whole, ordinal)


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") and part.strip(".") for part in name.split("/")) or name.startswith("__MACOSX/")


def _pages(member: Ref) -> Iterator[Ref | Aside]:
    """The pages of one member; a member of no known format, as one."""
    where = f"{shown(member.source)}: {shown(member.member or '')}"
    try:
        head = _formats.head_of(member)
        source = _formats.recognise(head)
        if source is None:
            said = (
                f"{where}: {binary_kind(head.start) or 'nothing we know'}, not text; leave it out or convert it first"
            )
            yield Aside(replace(member, trouble=said))
        elif member.length >= 0 and (source.name in _UNFIT_FOR_TAR or _is_packed(member, source.name)):
            yield replace(member, trouble=f"{where}: it can't be read inside of a tar archive; unpack it")
        else:
            yield from taken_apart(source.scan(member))
    except SourceError as error:
        yield replace(member, trouble=str(error))


def _is_packed(member: Ref, format_name: str) -> bool:
    """Say whether a member of a tar is compressed; only the records of WARC files are found in such."""
    if format_name == "warc":
        return False
    with open_whole(member) as stream:
        return bool(compression(stream.read(8)))


def read(ref: Ref, _limits: Limits) -> RawPage:
    """Pages of archives are read by the formats of their members. Raises SourceError."""
    raise SourceError(f"{shown(ref.source)}: an archive is no page; open it again")


SOURCE = Source("archive", 6, claims, scan, read, is_binary=True)
