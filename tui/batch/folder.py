"""The folder that a batch fills: the parts, and hidden beside them the plan, markers of shards that are done, quarantine.

Nothing in it depends on when, where or by how many it was filled. Scans pass over what is hidden.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path
from typing import Any

from tui.batch.plan import BatchPlan
from tui.core.values import dataclass, field
from tui.export.drafts import sweep, written

SUFFIXES = {"jsonl": ".jsonl.zst", "parquet": ".parquet"}
"""Format -> how its parts end."""
_OURS = {
    "parts": re.compile(r"part-\d{5,12}+(?:\.jsonl\.zst|\.parquet)"),
    ".batch/done": re.compile(r"\d{5,12}+\.json"),
    ".batch": re.compile(r"plan\.json|plan-[0-9a-f]{16}\.bin"),
}
"""Folder -> names of what batches make there, the plan last: as long as it is there, nothing is taken for another one's."""
_KEPT = re.compile(r"\d{6,12}+\.(?:record|json)")
"""Names in quarantine."""


@dataclass(frozen=True, slots=True)
class Marker:
    """Says that a shard is done, and what came of it."""

    plan: str
    """Digest of the plan."""
    sha256: str
    """Of the part as it lies there; hexadecimal."""
    size: int
    """Of the part, in bytes."""
    pages: int
    rows: int
    """Fewer than pages where an expression chose."""
    quarantined: int
    """Pages that cost a process its life."""
    gravities: Mapping[str, int] = field(default_factory=dict)
    """Gravity -> pages whose gravest problem has it."""
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """charset, language, type, repair or problem -> name -> rows."""

    def told(self) -> dict[str, Any]:
        """It as JSON."""
        return {name: getattr(self, name) for name in self.__match_args__}


class BatchFolder:
    """What lies where in the folder of a batch."""

    def __init__(self, out: str) -> None:
        self.path = Path(out)
        self.hidden = self.path / ".batch"
        self._done, self._parts, self._quarantine = (
            self.hidden / "done",
            self.path / "parts",
            self.hidden / "quarantine",
        )

    def prepare(self, plan: BatchPlan) -> None:
        """Make the folders, and remove what killed jobs left half done. Raises OSError."""
        for folder in (self._parts, self._done, self._quarantine):
            folder.mkdir(parents=True, exist_ok=True)
        for folder in (self.hidden, self._parts, self._done):
            sweep(str(folder))
        for path in list(_ours(self.hidden, _OURS[".batch"])):
            if path.name not in (
                "plan.json",
                Path(plan.path).name,
            ):  # of one who came second, or was killed before its plan counted
                path.unlink(missing_ok=True)

    def part(self, number: int, form: str) -> Path:
        """The part of a shard, by its number from 0."""
        return self._parts / f"part-{number:05}{SUFFIXES[form]}"

    def quarantine(self, number: int) -> Path:
        """The folder of those pages of a shard that cost a process its life."""
        return self._quarantine / f"{number:05}"

    def has_parts(self) -> bool:
        """Whether there are parts, of whatever plan."""
        return next(_ours(self._parts, _OURS["parts"]), None) is not None

    def marker(self, number: int, plan: BatchPlan) -> Marker | None:
        """Return what says that a shard is done; None: it isn't, by this plan."""
        with suppress(FileNotFoundError, ValueError, TypeError):  # half of one is none
            told = Marker(**json.loads((self._done / f"{number:05}.json").read_bytes()))
            return told if told.plan == plan.digest else None
        return None

    def done(self, number: int, plan: BatchPlan) -> Marker | None:
        """Return the marker of a shard whose part is there, as large as it was; None: the shard has to be done."""
        marker = self.marker(number, plan)
        with suppress(FileNotFoundError):
            if marker is not None and self.part(number, plan.order.form).stat().st_size == marker.size:
                return marker
        return None

    def mark(self, number: int, marker: Marker) -> None:
        """Say that a shard is done. Raises OSError."""
        with written(str(self._done / f"{number:05}.json"), is_forced=True) as sink:
            sink.write(json.dumps(marker.told(), sort_keys=True).encode() + b"\n")

    def unmark(self, number: int, *, is_cleared: bool = True) -> None:
        """Say that a shard has to be done; unless it is kept for now, clear its quarantine. Raises OSError."""
        (self._done / f"{number:05}.json").unlink(missing_ok=True)
        if is_cleared:
            self.clear(number)

    def clear(self, number: int) -> None:
        """Empty the quarantine of a shard. Raises OSError."""
        folder = self.quarantine(number)
        for path in list(_ours(folder, _KEPT)):
            path.unlink()
        with suppress(OSError):
            folder.rmdir()

    def keep(self, number: int, at: int, record: bytes, told: Mapping[str, Any]) -> None:
        """Put a page of a shard, by its place in it, into quarantine: its stored record, and what is to be said of it."""
        folder = self.quarantine(number)
        folder.mkdir(exist_ok=True)
        line = json.dumps(told, sort_keys=True).encode() + b"\n"
        for suffix, content in (("record", record), ("json", line)):
            with written(str(folder / f"{at:06}.{suffix}"), is_forced=True, is_one_of_many=True) as sink:
                sink.write(content)

    def kept(self, number: int) -> list[dict[str, Any]]:
        """Return what is said of the pages of a shard that are in quarantine, in their order. Raises OSError."""
        paths = sorted(_ours(self.quarantine(number), _KEPT))
        return [json.loads(path.read_bytes()) for path in paths if path.suffix == ".json"]

    def forget(self) -> None:
        """Remove all that batches made, and nothing else. Raises OSError."""
        numbers = list(_ours(self._quarantine, re.compile(r"\d{5,12}+")))
        for path in numbers:
            self.clear(int(path.name))
        for name in (".batch/done", "parts", ".batch"):
            for path in list(_ours(self.path / name, _OURS[name])):
                path.unlink()
        for folder in (self._done, self._parts, self._quarantine):
            if folder.is_dir():
                sweep(str(folder))
                with suppress(OSError):  # somebody else's files are in it
                    folder.rmdir()


def _ours(folder: Path, name: re.Pattern[str]) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in folder.iterdir() if name.fullmatch(path.name))


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal. Raises OSError."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def counted(tags: Counter[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Return counts of (what, name) by what and name, in order.

    >>> counted(Counter([("type", "forum"), ("language", "ja"), ("type", "article"), ("type", "forum")]))
    {'language': {'ja': 1}, 'type': {'article': 1, 'forum': 2}}
    """
    made: dict[str, dict[str, int]] = {}
    for (what, name), count in sorted(tags.items()):
        made.setdefault(what, {})[name] = count
    return made
