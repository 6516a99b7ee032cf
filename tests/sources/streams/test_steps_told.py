"""Bytes that pass are told of, so that a long way is no hang; those that pass again and again are not, in the end."""

from pathlib import Path

import pytest

from tui.core.model import Ref
from tui.sources.streams import files


@pytest.mark.parametrize(("megabytes", "told"), [(0, 3), (1, 3 + 5), (2, 3 + 10)])
def test_a_file_that_is_read_for_ever_is_told_of_so_often(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, megabytes: int, told: int
) -> None:
    monkeypatch.setattr(files, "LEAST_STEPS", 3)
    monkeypatch.setattr(files, "STEPS_PER_STEP", 5)
    steps: list[int] = []
    monkeypatch.setattr(files, "_listeners", [lambda: steps.append(1)])
    path = tmp_path / "a.tar"
    path.write_bytes(bytes(megabytes * files.STEP_BYTES))
    with files.open_regular(Ref(str(path), 0)):
        for _ in range(100):
            files.count_read(2 * files.STEP_BYTES)
    assert len(steps) == told
