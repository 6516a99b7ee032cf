"""Finds the files beside a saved page to which it links."""

from collections.abc import Sequence
from pathlib import Path

from tui.core.questions import Scan
from tui.files import real
from tui.model import Options, Ref
from tui.processes.pages import PageClient
from tui.shelf import singly


class FileNeighbours:
    """As `Neighbours` says."""

    def __init__(self, targets: Sequence[str], client: PageClient) -> None:
        """`targets` are what the user named: folders, or files, which stand for the folder they lie in."""
        local = [Path(real(target)) for target in targets if "://" not in target and target != "-"]
        self._roots = [path if path.is_dir() else path.parent for path in local]
        self._client = client

    def find(self, paths: Sequence[str]) -> Ref | None:
        """As in `Neighbours`."""
        path = next(filter(self._is_there, map(Path, paths)), None)
        if path is None:
            return None
        return next(singly(self._client.look_aside(Scan((str(path),), Options()))), None)

    def _is_there(self, path: Path) -> bool:
        try:
            return path.is_file() and any(map(Path(real(str(path))).is_relative_to, self._roots))
        except (OSError, ValueError):  # too long, or with a NUL: pages may name anything
            return False
