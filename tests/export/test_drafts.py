"""A document is at its place whole, or what was there before is; nothing else is written over or left behind."""

import bz2
import errno
import gzip
import lzma
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from tui.core.errors import AlreadyThereError, UsageError
from tui.export.drafts import check, is_terminal, sweep, written

KILLS = 12


def nothing() -> None:
    pass


def write(
    path: Path | str, *contents: bytes, is_forced: bool = False, meanwhile: Callable[[], object] = nothing
) -> None:
    """`meanwhile`: what happens before the document gets its place."""
    with written(str(path), is_forced=is_forced) as file:
        for content in contents:
            file.write(content)
        meanwhile()


def give_up() -> None:
    raise KeyboardInterrupt


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_document_is_there_when_it_is_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with written(str(out)) as file:
        file.write(b"one")
        assert not out.exists()
        file.write(b"two")
    assert out.read_bytes() == b"onetwo"
    assert names(tmp_path) == ["out"]


def test_an_error_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for before in (None, b"before"):
        if before:
            out.write_bytes(before)
        with pytest.raises(KeyboardInterrupt):
            write(out, b"half", is_forced=True, meanwhile=give_up)
        assert names(tmp_path) == (["out"] if before else [])
    assert out.read_bytes() == b"before"


def test_a_file_is_written_over_only_by_force_and_keeps_who_may_read_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_bytes(b"mine")
    out.chmod(0o640)
    with pytest.raises(AlreadyThereError, match=r"out: already exists; .* --force"):
        write(out, b"other")
    assert out.read_bytes() == b"mine"
    write(out, b"other", is_forced=True)
    assert (out.read_bytes(), out.stat().st_mode & 0o777) == (b"other", 0o640)


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_may_be_read_by_whom_the_user_lets(mask: int, mode: int, tmp_path: Path) -> None:
    before = os.umask(mask)
    try:
        write(tmp_path / "out", b"x")
    finally:
        assert os.umask(before) == mask
    assert (tmp_path / "out").stat().st_mode & 0o777 == mode


def test_a_file_that_appears_while_one_writes_stays(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(AlreadyThereError):
        write(out, b"late", meanwhile=lambda: out.write_bytes(b"early"))
    assert (out.read_bytes(), names(tmp_path)) == (b"early", ["out"])


def test_of_many_who_write_at_once_one_gets_the_name(tmp_path: Path) -> None:
    out = tmp_path / "out"
    won: list[bytes] = []
    ready = threading.Barrier(8)

    def attempt(content: bytes) -> None:
        try:
            with written(str(out)) as file:
                file.write(content)
                ready.wait()
            won.append(content)
        except AlreadyThereError:
            pass

    threads = [threading.Thread(target=attempt, args=[b"%d" % number * 1000]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won == [out.read_bytes()]
    assert names(tmp_path) == ["out"]


@pytest.mark.parametrize("is_forced", [False, True])
@pytest.mark.parametrize("target", ["mine", "nothing", "folder"])
def test_no_link_is_followed(target: str, is_forced: bool, tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(target)
    with pytest.raises(UsageError, match=r"link: (a symbolic link; name|Is a directory)"):
        write(tmp_path / "link", b"other", is_forced=is_forced)
    assert (tmp_path / "mine").read_bytes() == b"mine"
    assert (tmp_path / "link").is_symlink()


def test_a_link_that_appears_while_one_writes_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    with written(str(tmp_path / "out"), is_forced=True) as file:
        file.write(b"other")
        (tmp_path / "out").symlink_to("mine")
    assert ((tmp_path / "mine").read_bytes(), (tmp_path / "out").read_bytes()) == (b"mine", b"other")


def test_a_source_is_known_by_any_name(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_bytes(b"{}")
    (tmp_path / "hard").hardlink_to(source)
    (tmp_path / "soft").symlink_to(source)
    for name in ("a.jsonl", "hard", "soft"):
        with pytest.raises(UsageError, match="pages are read from this file"):
            check([str(tmp_path / "new"), str(tmp_path / name)], [str(source)], is_forced=True)


@pytest.mark.parametrize(
    ("suffix", "unpack"),
    [
        (".gz", gzip.decompress),
        (".zst", lambda content: zstandard.ZstdDecompressor().decompressobj().decompress(content)),
        (".bz2", bz2.decompress),
        (".xz", lzma.decompress),
        ("", bytes),
    ],
)
def test_a_document_is_compressed_as_its_name_says(
    suffix: str, unpack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    contents = []
    for name in ("a", "b"):
        out = tmp_path / f"{name}.jsonl{suffix}"
        with written(str(out)) as file:
            for _ in range(1000):
                file.write(b"the same line\n")
        contents.append(out.read_bytes())
    assert unpack(contents[0]) == b"the same line\n" * 1000
    assert contents[0] == contents[1], "nothing in it depends on the moment or the name"
    assert not suffix or len(contents[0]) < 1000


def test_records_are_members_of_their_own(tmp_path: Path) -> None:
    out = tmp_path / "x.warc.gz"
    with written(str(out), is_by_record=True) as file:
        file.write(b"first")
        file.write(b"second")
    member = zlib.decompressobj(31)
    assert member.decompress(out.read_bytes()) == b"first"
    assert gzip.decompress(member.unused_data) == b"second"


def test_a_pipe_is_written_straight(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    content: list[bytes] = []
    reader = threading.Thread(target=lambda: content.append(pipe.read_bytes()))
    reader.start()
    write(pipe, b"through")
    reader.join()
    assert (content, pipe.is_fifo(), names(tmp_path)) == ([b"through"], True, ["pipe"])


def test_a_terminal_is_known_by_any_name(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    try:
        assert all(map(is_terminal, (f"/dev/fd/{theirs}", os.ttyname(theirs))))
        assert not any(map(is_terminal, ("/dev/null", str(tmp_path), str(tmp_path / "new"))))
    finally:
        os.close(ours)
        os.close(theirs)


def test_an_open_file_is_written_where_it_stands(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("wb") as stream:
        stream.write(b"before ")
        stream.flush()
        write(f"/dev/fd/{stream.fileno()}", b"and after")
    assert log.read_bytes() == b"before and after"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_an_open_file_that_takes_no_more_is_named_as_the_user_named_it() -> None:
    with Path("/dev/full").open("wb", buffering=0) as stream:
        name = f"/dev/fd/{stream.fileno()}"
        with pytest.raises(OSError, match="No space left") as error:
            write(name, b"rain")
    assert error.value.filename == name


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst", ".xz", ".bz2"])
def test_a_full_disk_leaves_the_old_file_whole(suffix: str, tmp_path: Path) -> None:
    """A bound on the size of files, which the system refuses to go beyond as it does on a full disk."""
    out = tmp_path / f"out{suffix}"
    out.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(OSError, match="out") as caught:
            write(out, *(random.Random(seed).randbytes(10_000) for seed in range(40)), is_forced=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (caught.value.errno, out.read_bytes(), names(tmp_path)) == (errno.EFBIG, b"old", [out.name])


def test_where_a_file_has_one_name_it_is_taken_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on FAT, which can't be mounted here: it makes neither nameless files nor second names."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    write(tmp_path / "out", b"x")
    with pytest.raises(AlreadyThereError):
        write(tmp_path / "late", b"late", meanwhile=lambda: (tmp_path / "late").write_bytes(b"early"))
    assert ((tmp_path / "out").read_bytes(), (tmp_path / "late").read_bytes()) == (b"x", b"early")
    assert names(tmp_path) == ["late", "out"]


_WRITER = """
import os, sys
from tui.export.drafts import written
while True:
    for letter in b"ab":
        with written(sys.argv[1], is_forced=True) as file:
            for _ in range(50):
                file.write(bytes([letter]) * 20_000)
                os.write(1, b".")
"""


@pytest.mark.parametrize("moment", range(KILLS))
def test_who_is_killed_leaves_the_one_or_the_other(moment: int, tmp_path: Path) -> None:
    """`benchmarks/killed.py` does it to the program, and by hundreds."""
    out = tmp_path / "out"
    with subprocess.Popen([sys.executable, "-c", _WRITER, str(out)], stdout=subprocess.PIPE, bufsize=0) as writer:
        assert writer.stdout is not None
        for _ in range(100 + moment * 9):
            writer.stdout.read(1)
        writer.send_signal(signal.SIGKILL)
    assert out.read_bytes() in (b"a" * 1_000_000, b"b" * 1_000_000)
    # One that takes another's place has a second name for a moment, which is hidden, and is whole by then.
    assert all(path.stat().st_size == 1_000_000 for path in tmp_path.iterdir())


def test_drafts_of_the_dead_are_swept_and_those_of_the_living_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a file system where no file can be without a name."""
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    dead, foreign = tmp_path / f".copydesk-{'0' * 16}", tmp_path / ".copydesk-mine"
    dead.write_bytes(b"half")
    foreign.write_bytes(b"mine")
    with written(str(tmp_path / "out")) as sink:
        sink.write(b"whole")
        sweep(str(tmp_path))
    assert names(tmp_path) == [".copydesk-mine", "out"]
