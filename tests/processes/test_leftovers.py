"""What a program leaves in the folder for temporary files when it is killed: nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hostile import Server, answer, says
from waiting import wait_until

from tui.processes import leftovers, process

COPYDESK = str(Path(sys.executable).with_name("copydesk"))
FETCH = """
import sys
from tui.processes import leftovers
from tui.processes.fetch_client import FetchClient
from tui.web.job import FetchSettings
client = FetchClient(FetchSettings(leftovers.new_path(), sys.argv[1], 10**7))
print(client.page(sys.argv[2], is_typed=True).path, flush=True)
sys.stdin.read()
"""


def run(folder: Path, *command: str) -> "subprocess.Popen[bytes]":
    environment = os.environ | {"TMPDIR": str(folder), "XDG_CACHE_HOME": str(folder.parent / "cache")}
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "temporary"
    made.mkdir()
    return made


def test_standard_input_is_not_left_by_a_killed_program(folder: Path) -> None:
    with run(folder, COPYDESK, "list", "-") as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(b'{"text": "rain"}\n')
        program.stdin.flush()
        assert program.stdout.readline().endswith(b"rain\t-\n")
        (copy,) = folder.iterdir()
        assert copy.stat().st_mode & 0o077 == 0
        program.kill()
        wait_until(lambda: list(folder.iterdir()) == [])


def test_a_page_that_may_not_be_stored_is_not_left_by_a_killed_program(folder: Path, tmp_path: Path) -> None:
    server = Server(says(answer(b"<p>For you", "Cache-Control: no-store")))
    command = (sys.executable, "-c", FETCH, str(tmp_path / "cache"), server.url + "/")
    with server, run(folder, *command) as program:
        assert program.stdout is not None
        page = Path(program.stdout.readline().decode().strip())
        assert page.read_bytes().startswith(b"<p>For you")
        assert page.stat().st_mode & 0o077 == page.parent.stat().st_mode & 0o077 == 0
        program.kill()
        wait_until(lambda: list(folder.iterdir()) == [])
    assert not (tmp_path / "cache").exists()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux tells")
def test_a_program_that_ends_is_known_before_its_children_get_another_parent() -> None:
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as program:
        assert not process.is_ending(program.pid)
        program.kill()
        wait_until(lambda: process.is_ending(program.pid))  # it is waited for only later
    assert not process.is_ending(program.pid)


def test_what_dead_programs_left_goes_with_the_next_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(folder))
    with subprocess.Popen(["true"]) as dead:
        dead.wait()
    (folder / f"copydesk-{dead.pid}-abc").mkdir()
    (folder / f"copydesk-{dead.pid}-abc" / "1.page").write_bytes(b"x")
    (folder / f"copydesk-{dead.pid}-def").write_bytes(b"x")
    kept = {f"copydesk-{os.getpid()}-abc", f"copydesk-{os.getppid()}-abc", "copydesk-notes.txt", f"x-{dead.pid}-abc"}
    for name in kept:
        (folder / name).write_bytes(b"x")
    assert Path(leftovers.new_path()).parent == folder
    assert {path.name for path in folder.iterdir()} == kept
