"""Writes stored records byte for byte into files of their own format."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from tui.core.errors import UsageError
from tui.core.model import Ref
from tui.core.values import replace
from tui.export.drafts import PACKED, Sink, check, descriptor, sync_folder, written

JOINED = {
    "jsonl": (".jsonl", b"\n"),
    "har": (".jsonl", b"\n"),
    "parquet": (".jsonl", b"\n"),  # rows that lie in pieces come as lines of JSON
    "arrow": (".jsonl", b"\n"),  # as above
    "sqlite": (".jsonl", b"\n"),
    "warc": (".warc", b"\r\n\r\n"),
    "arc": (".arc", b"\n"),
    "table": (".csv", b"\n"),
}
"""Formats whose records can stand in one file -> its suffix, and what ends each of them there."""
_LINE_ENDS = (b"\n\0", b"\0\n", b"\r\0", b"\0\r", b"\n", b"\r")
"""What may stand behind a row of a table."""

_Part = Ref | tuple[str, str]
"""What gets a file of its own: a record, or all of one kind, as `_kind` says."""


class RecordFiles:
    """Files that are being written: one for each format whose records can be strung together, one for each other page.

    Each is at its place when it is whole; those of several records when the block ends without an error. Then all that
    are at their places are on the disk.
    """

    def __init__(
        self,
        out: str,
        refs: Iterable[Ref],
        sources: Iterable[str],
        read: Callable[[Ref], bytes],
        *,
        is_forced: bool = False,
    ) -> None:
        """Make the folder where the records of `refs`, which are gone through twice, need several files; whether they can be written is asked before.

        Raises UsageError if one of the `sources`, or unless `is_forced` any file, would be written over, OSError if the
        folder can't be made. `read` returns the bytes that lie where a reference says.
        """
        self._read, self._is_forced = read, is_forced
        self._files = ExitStack()
        self._joined: dict[tuple[str, str], tuple[Sink, bytes]] = {}
        kinds: set[_Part] = {_kind(ref) if is_joined(ref) else ("", "") for ref in refs}
        is_folder = ("", "") in kinds or len(kinds) > 1 or Path(out).is_dir() or out.endswith("/")
        if is_folder and descriptor(out) is not None:
            raise UsageError(f"{out}: these records need several files; name a folder")
        self._places = _places(Path(out), refs) if is_folder else dict.fromkeys(kinds, out)
        if is_folder:
            Path(out).mkdir(parents=True, exist_ok=True)
        check(self._places.values(), sources, is_forced=is_forced)
        if is_folder:  # once: syncing it after each file took as long as all else together
            self._files.callback(sync_folder, out)

    def __enter__(self) -> "RecordFiles":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.__exit__(kind, error, trace)

    def write(self, ref: Ref, record: bytes) -> None:
        """Add a record. Raises UsageError if its file has come to be there meanwhile, OSError if it can't be written."""
        if is_joined(ref):
            file, end = self._file(ref)
            file.write(record + (_wide(end, record) if ref.format == "jsonl" else end))
        else:
            with written(self._places[ref], is_forced=self._is_forced, is_one_of_many=True) as file:
                file.write(record)

    def _file(self, ref: Ref) -> tuple[Sink, bytes]:
        """The file for records such as this one, and what ends one there; that of a table begins as the table does."""
        kind = _kind(ref)
        if kind not in self._joined:
            document = written(self._places[kind], is_forced=self._is_forced, is_by_record=ref.format == "warc")
            top = self._read(replace(ref, offset=0, length=0)) if kind[1] else b""
            file, end = self._files.enter_context(document), JOINED[ref.format][1]
            if top:
                file.write(top)
            behind = self._read(replace(ref, offset=ref.offset + ref.length, length=2)) if kind[1] else b""
            self._joined[kind] = file, next((each for each in _LINE_ENDS if behind.startswith(each)), end)
        return self._joined[kind]


def _wide(end: bytes, record: bytes) -> bytes:
    """A line end in UTF-16, if the record, which starts with a sign of ASCII, is."""
    start = record.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")[:2]
    return end.decode().encode("utf-16-le" if start.endswith(b"\0") else "utf-16-be") if b"\0" in start else end


def _places(folder: Path, refs: Iterable[Ref]) -> dict[_Part, str]:
    """A name in the folder for each record, or for all that are joined, which none before it has: page.html, page-2.html, …"""
    places: dict[_Part, str] = {}
    taken: set[str] = set()
    for ref in refs:
        part: _Part = _kind(ref) if is_joined(ref) else ref
        if part in places:
            continue
        if isinstance(part, Ref):
            name = Path(ref.member or ref.source).name
        else:
            name = f"records{_suffix(part[1]) or JOINED[ref.format][0]}"
        stem, suffix, number = Path(name).stem, Path(name).suffix, 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}{suffix}"
        taken.add(name)
        places[part] = str(folder / name)
    return places


def _suffix(source: str) -> str:
    """How the name of a table ends, without how it is compressed."""
    path = Path(source)
    return path.with_suffix("").suffix if path.suffix in PACKED else path.suffix


def is_joined(ref: Ref) -> bool:
    """Whether the record can stand in one file with others of its format."""
    return ref.length >= 0 and ref.format in JOINED


def _kind(ref: Ref) -> tuple[str, str]:
    """What must be alike of records in one file: the format and, of tables, which name their columns, the source."""
    return ref.format, ref.source if ref.format == "table" else ""
