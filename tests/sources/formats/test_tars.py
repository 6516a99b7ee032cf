"""Tar archives behind damage, and headers that ask for much."""

import io
import subprocess
import tarfile
from pathlib import Path

import pytest
from made_archives import as_tar

from tui.core.problems import Reason
from tui.sources.archives import tars

MEMBER = as_tar({"b.txt": b"wind"})
PACKED = as_tar({"a.txt": b"rain"})[:1024]
"""A member, and no end behind it."""


@pytest.mark.parametrize("filling", [b"\0", b"x"])
def test_a_header_is_found_wherever_the_chunks_end(monkeypatch: pytest.MonkeyPatch, filling: bytes) -> None:
    monkeypatch.setattr(tars, "CHUNK_BYTES", 1024)
    for length in range(500, 1100):
        starts = [(each.name, each.step.start) for each in tars.members(io.BytesIO(PACKED + filling * length + MEMBER))]
        assert ("b.txt", 1024 + length + 512) in starts


class Patient(io.BytesIO):
    """A file that is read so many times, and no more."""

    left = 60

    def read(self, count: int | None = -1) -> bytes:
        self.left -= 1
        assert self.left
        return super().read(count)


@pytest.mark.parametrize(("beyond", "names"), [(0, ["x"]), (1, [])])
def test_a_name_may_have_16_megabytes(beyond: int, names: list[str]) -> None:
    held = Patient()
    with tarfile.open(fileobj=held, mode="w", format=tarfile.GNU_FORMAT) as archive:
        archive.addfile(tarfile.TarInfo("x" * (16 * 1024 * 1024 - 1 + beyond)), io.BytesIO())
    assert [each.name[:1] for each in tars.members(held) if len(each.name) > 100] == names


@pytest.mark.parametrize(("asked", "given"), [(16 * 1024 * 1024, 16 * 1024 * 1024), (2**40, 16 * 1024 * 1024)])
def test_a_header_gets_16_megabytes_whatever_it_asks_for(asked: int, given: int) -> None:
    assert len(tars._FullReader(io.BytesIO(bytes(17 * 1024 * 1024))).read(asked)) == given


@pytest.mark.parametrize(("cut", "missing"), [(0, []), (1, [1]), (1500, [1500])])
def test_a_member_is_whole_to_its_last_byte(monkeypatch: pytest.MonkeyPatch, cut: int, missing: list[int]) -> None:
    monkeypatch.setattr(tars, "CHUNK_BYTES", 1000)
    content = as_tar({"a.txt": b"r" * 2048})[: 512 + 2048 - cut]
    told = [each.trouble.values.get("reason") for each in tars.members(io.BytesIO(content)) if each.trouble]
    assert [reason.values["missing"] for reason in told if isinstance(reason, Reason)] == missing


def test_names_that_are_not_utf8_are_decoded() -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT, encoding="gbk") as archive:
        for name in ("新闻/第一篇.txt", "plain.txt"):
            archive.addfile(tarfile.TarInfo(name), io.BytesIO())
    assert [each.name for each in tars.members(packed) if each.name] == ["新闻/第一篇.txt", "plain.txt"]


@pytest.mark.parametrize(
    "way", ["--format=gnu", "--format=posix --sparse-version=0.0", "--format=posix --sparse-version=1.0"]
)
def test_a_sparse_file_is_named_and_what_follows_is_read(tmp_path: Path, way: str) -> None:
    """As GNU tar writes it."""
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(3_000_000)
        file.seek(2_000_000)
        file.write(b"rain")
    (tmp_path / "b.txt").write_text("It rained.\n")
    subprocess.run(["tar", *way.split(), "--sparse", "-cf", "a.tar", "sparse", "b.txt"], cwd=tmp_path, check=True)
    with (tmp_path / "a.tar").open("rb", buffering=0) as stream:
        found = [(packed.name, packed.trouble) for packed in tars.members(stream)]
    assert found == [("sparse", Reason("sparse_member")), ("b.txt", None)]


@pytest.mark.parametrize("cut", [0, 1, 508])
def test_an_archive_that_ends_in_the_filling_of_a_member_has_no_end_mark(cut: int) -> None:
    found = list(tars.members(io.BytesIO(PACKED[: len(PACKED) - cut])))
    assert [each.name for each in found][:1] == ["a.txt"]
    assert [each.trouble for each in found] == [None, Reason("no_end_mark", {"byte": len(PACKED)})]
