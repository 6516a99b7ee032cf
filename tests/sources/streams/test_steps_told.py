"""Bytes that pass are told of, so that a long way is no hang; those that pass again and again are not, in the end."""

from pathlib import Path

import pytest

from tui.core.model import Ref
from tui.sources.streams import files


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One for each step that was told of."""
    told: list[int] = []
    monkeypatch.setattr(files, "_listeners", [lambda: told.append(1)])
    monkeypatch.setattr(files, "LEAST_STEPS", 3)
    monkeypatch.setattr(files, "STEPS_PER_STEP", 5)
    files.begin_steps()
    return told


def read_for_ever(path: Path, megabytes: int) -> None:
    path.write_bytes(bytes(megabytes * files.STEP_BYTES))
    with files.open_regular(Ref(str(path), 0)) as stream:
        for _ in range(100):
            stream.seek(0)
            stream.read(files.STEP_BYTES)
            files.count_read(2 * files.STEP_BYTES)  # came out of a decoder


@pytest.mark.parametrize(("megabytes", "told"), [(0, 3), (1, 3 + 5), (2, 3 + 10)])
def test_a_file_that_is_read_for_ever_is_told_of_so_often(
    tmp_path: Path, steps: list[int], megabytes: int, told: int
) -> None:
    read_for_ever(tmp_path / "a.tar", megabytes)
    assert len(steps) == told


def test_each_page_and_entry_is_told_of_anew(tmp_path: Path, steps: list[int]) -> None:
    read_for_ever(tmp_path / "large.tar", 2)
    files.begin_steps()
    read_for_ever(tmp_path / "a.tar", 1)
    assert len(steps) == (3 + 10) + (3 + 5)
