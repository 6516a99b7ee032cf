"""Outputs that are full, closed or slow cost a line; the screen finds the terminal wherever its streams lead."""

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from called import call
from pty_screen import PtyScreen

COMMANDS = {
    "text": ["show", "--text", "page.html"],
    "json": ["show", "--json", "page.html"],
    "raw": ["show", "--raw", "page.html"],
    "charsets": ["show", "--charsets", "page.html"],
    "schema": ["show", "--schema"],
    "list": ["list", "page.html"],
    "repair": ["repair", "page.html"],
    "lines": ["repair", "--jsonl", "text", "pages.jsonl"],
    "find": ["find", "one", "pages.jsonl"],
    "labels": ["labels", "export"],
    "config": ["config"],
    "completion": ["completion", "bash"],
    "damage": ["damage", "list"],
    "help": ["--help"],
    "version": ["--version"],
}
FULL = "standard output: No space left on device; the output is incomplete: mend that and run it again"


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, state: str) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "page.html").write_text("<title>One page</title><p>Text of one page.")
    (folder / "pages.jsonl").write_text('{"text": "one"}\n{"text": "two"}\n')
    call("labels", "add", "good", "page.html", cwd=folder, env={"XDG_STATE_HOME": state})
    return folder


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_is_one_line_whatever_was_to_be_written(name: str, pages: Path, state: str) -> None:
    answer = call(*COMMANDS[name], redirect=">/dev/full", cwd=pages, env={"XDG_STATE_HOME": state})
    assert (answer.status, answer.lines) == (1, [FULL])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="as above")
def test_a_file_that_can_not_be_written_is_named(pages: Path, state: str) -> None:
    answer = call("labels", "export", "-o", "/dev/full", cwd=pages, env={"XDG_STATE_HOME": state})
    assert (answer.status, answer.line) == (1, "/dev/full: No space left on device; mend that and run it again")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_closed_output_is_one_line(name: str, pages: Path, state: str) -> None:
    answer = call(*COMMANDS[name], redirect=">&-", cwd=pages, env={"XDG_STATE_HOME": state})
    assert (answer.status, answer.line) == (1, "standard output: it is closed; send it to a file or a pipe")


@pytest.mark.parametrize("redirect", ["2>&-", "2>/dev/full", "<&-"])
def test_closed_and_full_streams_of_other_kinds_change_nothing(redirect: str, pages: Path) -> None:
    assert call("show", "page.html", redirect=redirect, cwd=pages) == (0, b"Text of one page.\n", [])
    # Python prints to standard output where there is no standard error.
    assert call("show", "missing", redirect=f"{redirect} 2>&-", cwd=pages) == (3, b"", [])


@pytest.mark.parametrize(
    "arguments", [["show", "-"], ["repair"], ["repair", "--jsonl", "text"], ["damage", "pinyin_gloss"]]
)
def test_a_closed_input_is_one_line(arguments: list[str], pages: Path) -> None:
    answer = call(*arguments, redirect="<&-", cwd=pages)
    assert (answer.status, answer.line) == (3, "-: standard input is closed; name a file")


def test_a_pipe_that_does_not_wait_gets_everything(tmp_path: Path) -> None:
    records = tmp_path / "pages.jsonl"
    records.write_text("".join(f'{{"text": "page {i} {"x" * 400}"}}\n' for i in range(1000)))
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETFL, fcntl.fcntl(writing, fcntl.F_GETFL) | os.O_NONBLOCK)
    with subprocess.Popen(
        [sys.executable, "-m", "tui", "repair", str(records)], stdout=writing, stderr=subprocess.PIPE
    ) as command:
        os.close(writing)
        time.sleep(1)  # until the pipe is full, if the machine is quick; else the test is easier
        with os.fdopen(reading, "rb") as pipe:
            assert pipe.read() == records.read_bytes()
        assert command.stderr is not None
        assert command.stderr.read() == b""
    assert command.returncode == 0


@pytest.mark.parametrize("redirect", ["2>/dev/null", "2>&-", "</dev/null", "<&-", "2>log </dev/null"])
def test_the_screen_finds_the_terminal_wherever_its_streams_lead(redirect: str, pages: Path) -> None:
    script = f'cd "$1" && exec "$0" -m tui page.html {redirect}'
    with PtyScreen(["sh", "-c", script, sys.executable, str(pages)]) as screen:
        screen.wait_for("Text of one page.")
        screen.send("q")
        assert screen.end() == 0
        assert screen.is_restored()


def test_without_a_terminal_for_the_keys_the_screen_is_refused(pages: Path) -> None:
    # In a session of its own a process has no terminal to open.
    script = "import os, sys; os.setsid(); os.execv(sys.executable, [sys.executable, '-m', 'tui', *sys.argv[1:]])"
    command = f'exec "$0" -c "{script}" "$1" </dev/null'
    with PtyScreen(["sh", "-c", f"({command}); echo status $?", sys.executable, str(pages)]) as screen:
        screen.wait_for("status 2")
        assert "no terminal to read keys from; use `copydesk show` or `copydesk list`" in screen.text()
