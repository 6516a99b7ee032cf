"""Finds the files beside a saved page to which it links."""

from collections.abc import Sequence
from pathlib import Path

from tui.model import Ref
from tui.sources import Tally, scan


class FileNeighbours:
    """As `Neighbours` says."""

    def __init__(self, targets: Sequence[str]) -> None:
        """`targets` are what the user named: folders, or files, which stand for the folder they lie in."""
        local = [Path(target).resolve() for target in targets if "://" not in target and target != "-"]
        self._roots = [path if path.is_dir() else path.parent for path in local]

    def find(self, paths: Sequence[str]) -> Ref | None:
        """As in `Neighbours`."""
        path = next(filter(self._is_there, map(Path, paths)), None)
        return next(scan([str(path)], Tally()), None) if path is not None else None

    def _is_there(self, path: Path) -> bool:
        try:
            return path.is_file() and any(map(path.resolve().is_relative_to, self._roots))
        except (OSError, ValueError):  # too long, or with a NUL: pages may name anything
            return False
