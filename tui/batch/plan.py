"""The plan of a batch: its pages, cut into shards at records, and how each is read. Whoever makes it makes the same.

It is two files: `plan.json` says what was asked for and where each shard lies in the other one, which has the places of
the pages, packed, so that a job that does one shard scans nothing and reads no more than that.
"""

import json
import os
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from tui import __version__
from tui.choosing.recipe import Recipe, parsed
from tui.core.errors import AlreadyThereError, CopydeskError, UsageError
from tui.core.files import is_remote
from tui.core.model import Item, Ref, Trouble
from tui.core.problems import Reason, restored
from tui.core.shelf import Run
from tui.core.values import dataclass
from tui.export.drafts import Sink, written

SCHEMA = 1
"""Of the files beside the parts; raised when an older version could not go on with them."""
MEGABYTE = 1_000_000
UNKNOWN_BYTES = 64 * 1024
"""What a page counts for whose size the scan doesn't tell, such as a member of an archive."""
_FROM_OUTSIDE = frozenset({"SIGKILL", "SIGTERM", "SIGHUP", "SIGINT"})
"""Signals that no page sends; the system may, where it has less memory than a page may take."""
LEVEL = 6
"""Of zlib, for the places of pages."""
MOST_BYTES = 1 << 30
"""Of the places of one shard, unpacked."""


class Shard(NamedTuple):
    """Pages that follow each other and become one part."""

    start: int
    """Byte at which its places lie in the file of the plan."""
    length: int
    """Bytes of these, packed."""
    pages: int
    size: int
    """Bytes of the pages as they are stored."""
    sha256: str
    """Of its places, unpacked; hexadecimal."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a batch is asked for; another order in the same folder is another batch."""

    sources: tuple[str, ...]
    recipe: Recipe
    """With the columns and the expression of the call."""
    form: str
    """jsonl or parquet."""
    shard_mb: float
    all_records: bool = False
    """Records of archives that are no pages of text as well."""
    version: str = __version__
    """Of copydesk: another one may write other rows."""

    def told(self) -> dict[str, Any]:
        """The order as JSON."""
        return {
            "schema": SCHEMA,
            "copydesk": self.version,
            "sources": list(self.sources),
            "recipe": self.recipe.digest,
            "toml": self.recipe.toml(),
            "format": self.form,
            "shard_mb": self.shard_mb,
            "all_records": self.all_records,
        }


_WORDS = {
    "schema": "schema",
    "copydesk": "version of copydesk",
    "sources": "list of sources",
    "recipe": "recipe, expression or choice of columns",
    "format": "format",
    "shard_mb": "shard size",
    "all_records": "choice of records (--all-records)",
}
"""What an order says, for people."""


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """An order, and its shards."""

    order: Order
    shards: tuple[Shard, ...]
    path: str
    """The file of their places."""

    @property
    def pages(self) -> int:
        """How many there are."""
        return sum(shard.pages for shard in self.shards)

    @property
    def digest(self) -> str:
        """Is the same for equal plans, however their places are packed: 16 hexadecimal digits."""
        told = [self.order.told(), [shard[2:] for shard in self.shards]]
        return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


class Places(NamedTuple):
    """What a plan knows of the pages of one shard."""

    items: Sequence[Item | Run]
    stamps: Mapping[str, tuple[int, int]]
    """(size in bytes, time of the last change in ns) of their files when the plan was made."""

    def singly(self) -> Iterator[Item]:
        """Yield the pages."""
        for some in self.items:
            if isinstance(some, Run):
                yield from some
            else:
                yield some


def stamp(path: str) -> tuple[int, int] | None:
    """Return size and time of a file; None: nothing can be said of it."""
    try:
        status = os.stat(path)  # noqa: PTH116 - paths are plain strings all the way
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns


class ScanKilledError(CopydeskError):
    """Somebody else has ended the process that looked for pages: no file is to blame, and the plan is not made."""


def is_from_outside(loss: Reason) -> bool:
    """Whether a process was ended by somebody else, as far as its end tells."""
    return loss.values.get("signal") in _FROM_OUTSIDE


def sound(found: Iterable[Item]) -> Iterator[Item]:
    """Yield the pages as they are. Raises ScanKilledError if a file counts as unreadable for what it did not do."""
    for item in found:
        reason = item.problem.values.get("reason") if isinstance(item, Trouble) else None
        loss = reason.values.get("reason") if isinstance(reason, Reason) and reason.name == "scan_lost" else None
        if isinstance(loss, Reason) and is_from_outside(loss):
            raise ScanKilledError(f"{item.source}: the process that looked for pages was killed; run it again")
        yield item


def make(folder: Path, order: Order, found: Iterable[Item]) -> BatchPlan:
    """Write the plan for the pages that were found, unless somebody else was first: then it is theirs, which is the same.

    Raises CopydeskError if there is no page, and OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"plan-{os.urandom(8).hex()}.bin"
    try:
        with written(str(path)) as sink:
            shards = tuple(_packed(sink, _cut(found, round(order.shard_mb * MEGABYTE))))
        plan = BatchPlan(order, shards, str(path))
        told = {**order.told(), "places": path.name, "pages": plan.pages, "shards": shards}
        with written(str(folder / "plan.json")) as sink:
            sink.write(json.dumps(told).encode() + b"\n")
    except BaseException as error:
        with suppress(OSError):
            path.unlink()
        if not isinstance(error, AlreadyThereError):
            raise
        return read(folder)
    return plan


def read(folder: Path) -> BatchPlan:
    """Return the plan that lies in a folder. Raises FileNotFoundError if none does, UsageError if it can't be understood."""
    path = folder / "plan.json"
    content = path.read_bytes()
    try:
        told = json.loads(content)
        name, version = told["places"], told["copydesk"]
        if told["schema"] != SCHEMA or Path(name).name != name:
            raise UsageError(f"{path}: made by copydesk {version}; {REMEDY}")
        recipe = parsed(told["toml"], str(path))
        order = Order(tuple(told["sources"]), recipe, told["format"], told["shard_mb"], told["all_records"], version)
        return BatchPlan(order, tuple(Shard(*shard) for shard in told["shards"]), str(folder / name))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{path}: damaged ({type(error).__name__}); {REMEDY}") from error


REMEDY = "name another OUT, or add --fresh to begin anew"


def check(plan: BatchPlan, order: Order, out: str, *, is_any_version: bool = False) -> None:
    """Raise UsageError if a plan is for another order."""
    planned, wanted = plan.order.told(), order.told()
    for name, words in _WORDS.items():
        if planned[name] != wanted[name] and not (is_any_version and name == "copydesk"):
            raise UsageError(f"{out}: begun with another {words}; {REMEDY}")


def places(plan: BatchPlan, number: int) -> Places:
    """Return the pages of a shard, by its number from 0. Raises CopydeskError if they are not what was written."""
    shard = plan.shards[number]
    with open(plan.path, "rb") as stream:  # noqa: PTH123 - one seek
        stream.seek(shard.start)
        packed = stream.read(shard.length)
    try:
        content = zlib.decompressobj().decompress(packed, MOST_BYTES)
    except zlib.error:
        content = b""
    if sha256(content).hexdigest() != shard.sha256:
        raise CopydeskError(f"{plan.path}: damaged at byte {shard.start:,}; {REMEDY}")
    return _unpacked(content)


_Counted = tuple[Item, int]
"""A page, and the bytes that it counts for."""


def _cut(found: Iterable[Item], most: int) -> Iterator[list[_Counted]]:
    """Pages that follow each other, of no more than so many bytes, or one that has more.

    >>> pages = [Ref("a", ordinal, "x", 0, length) for ordinal, length in enumerate([4, 4, 4, 99, 1, 8, 1])]
    >>> [[size for _, size in shard] for shard in _cut(pages, 9)]
    [[4, 4], [4], [99], [1, 8], [1]]
    """
    shard: list[_Counted] = []
    left = most
    for item in found:
        size = _size(item)
        if shard and size > left:
            yield shard
            shard, left = [], most
        shard.append((item, size))
        left -= size
    if shard:
        yield shard


def _size(item: Item) -> int:
    if item.length >= 0:
        return item.length
    if isinstance(item, Ref) and item.member is None and not is_remote(item.source) and (known := stamp(item.source)):
        return known[0]
    return UNKNOWN_BYTES


def _packed(sink: Sink, shards: Iterable[list[_Counted]]) -> Iterator[Shard]:
    start = 0
    for shard in shards:
        content = _content([item for item, _ in shard])
        packed = zlib.compress(content, LEVEL)
        sink.write(packed)
        size = sum(size for _, size in shard)
        yield Shard(start, len(packed), len(shard), size, sha256(content).hexdigest())
        start += len(packed)


_SHARED = ("source", "format", "member", "via", "route")


def _content(items: Sequence[Item]) -> bytes:
    """The places of pages: what stretches of them share as JSON, their offsets and lengths as 64-bit numbers."""
    stretches: list[list[Any]] = []
    last: tuple[Any, ...] = ()
    for item in items:
        trouble = asdict(item.problem) if isinstance(item, Trouble) else None
        shared = tuple(getattr(item, name, "") for name in _SHARED)
        if trouble is not None or (*shared, item.ordinal) != last:
            stretches.append([*shared, trouble, item.ordinal, 0])
        stretches[-1][-1] += 1
        last = () if trouble is not None else (*shared, item.ordinal + 1)
    paths = dict.fromkeys(item.source for item in items if not is_remote(item.source))
    stamps = {path: known for path in paths if (known := stamp(path))}
    head = json.dumps({"stamps": stamps, "stretches": stretches}, separators=(",", ":")).encode()
    offsets, lengths = (array("q", (getattr(item, name) for item in items)) for name in ("offset", "length"))
    return head + b"\n" + _bytes(offsets) + _bytes(lengths)


def _bytes(column: "array[int]") -> bytes:
    if sys.byteorder == "big":
        column.byteswap()
    return column.tobytes()


def _unpacked(content: bytes) -> Places:
    head, _, rest = content.partition(b"\n")
    told = json.loads(head)
    numbers = array("q", rest)
    if sys.byteorder == "big":
        numbers.byteswap()
    half = len(numbers) // 2
    items: list[Item | Run] = []
    at = 0
    for source, kind, member, via, route, trouble, ordinal, count in told["stretches"]:
        offsets, lengths = numbers[at : at + count], numbers[half + at : half + at + count]
        at += count
        if trouble is not None:
            items.append(Trouble(source, ordinal, restored(trouble), offsets[0], lengths[0], member))
        else:
            items.append(Run(Ref(source, ordinal, kind, member=member, via=via, route=route), offsets, lengths))
    return Places(items, {path: (size, time) for path, (size, time) in told["stamps"].items()})
