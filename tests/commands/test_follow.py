"""Following on the command line and on the screen: a process writes, another shows."""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pty_screen import PtyScreen
from waiting import PATIENCE_S


def line(number: int) -> bytes:
    text = f"Snow report {number}. " + "The ferry to the islands stays in port because of snow. " * 3
    return json.dumps({"title": f"Snow report {number}", "text": text}).encode() + b"\n"


@contextmanager
def started(*arguments: str | Path) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "tui", *map(str, arguments)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        late = threading.Timer(PATIENCE_S, process.kill)
        late.start()
        yield process
        late.cancel()
        process.kill()


def add(path: Path, content: bytes) -> None:
    with path.open("ab") as file:
        file.write(content)


def told(process: "subprocess.Popen[bytes]") -> list[str]:
    """The parts of the next line."""
    assert process.stdout is not None
    return process.stdout.readline().decode().split("\t")


def test_list_prints_records_as_they_become_whole_until_it_is_interrupted(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(line(0) + line(1)[:50])
    with started("list", "--follow", path) as process:
        assert told(process)[::2] == ["0", "Snow report 0"]
        add(path, line(1)[50:] + line(2)[:20])
        assert told(process)[::2] == ["1", "Snow report 1"]
        add(path, line(2)[20:])
        assert told(process)[::2] == ["2", "Snow report 2"]
        path.write_bytes(line(7))
        assert told(process)[::2] == ["3", "Snow report 7"]
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate()
    assert process.returncode == 130
    (said,) = errors.decode().splitlines()
    assert said.startswith(f"{path}: was truncated from")
    assert said.endswith("it is read from the start")


def test_standard_input_gives_its_records_as_they_come() -> None:
    with started("show", "--json", "-") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(line(number))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["title"] == f"Snow report {number}"
        process.stdin.write(b'{"text": "cut')
        process.stdin.close()
        assert process.stderr is not None
        rest, errors = process.stdout.read(), process.stderr.read()
        process.wait(PATIENCE_S)
    assert [json.loads(row)["ordinal"] for row in rest.splitlines()] == [3]
    assert "invalid JSON" in errors.decode()
    assert process.returncode == 1


def test_find_prints_the_hits_of_standard_input_as_they_come() -> None:
    with started("find", "ferry", "-") as process:
        assert process.stdin is not None
        for number in range(3):
            process.stdin.write(line(number))
            process.stdin.flush()
            assert [told(process)[0] for _ in range(3)] == 3 * [str(number)]
        process.stdin.close()
        process.wait(PATIENCE_S)
    assert process.returncode == 0


@pytest.mark.parametrize(
    "arguments", [("--sample", "3", "a.jsonl"), ("--by", "site", "--count", "a.jsonl"), ("https://example.invalid/",)]
)
def test_what_can_not_be_followed_is_refused(arguments: tuple[str, ...]) -> None:
    with started("list", "--follow", *arguments) as process:
        _, errors = process.communicate()
    assert process.returncode == 2
    assert errors.startswith(b"--follow: ")


def test_the_screen_follows_and_notices_when_the_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(line(0) + line(1) + line(2)[:40])
    environment = {"XDG_CONFIG_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    with PtyScreen([sys.executable, "-m", "tui", str(path)], env=environment) as screen:
        screen.wait_for("1 of 3 · #0")
        screen.send("F")
        screen.wait_for("following, checking every")
        add(path, line(2)[40:] + line(3) + line(4)[:30])
        screen.wait_for("1 of 4 · #0")
        screen.wait_for("Snow report 2 ")
        screen.send("G")
        add(path, line(4)[30:])
        screen.wait_for("1 of 5 · #0")
        screen.send("\r")
        screen.wait_for("5 of 5 · #4")
        screen.send("\x03")
        screen.wait_for("no longer following")
        other = tmp_path / "b"
        other.write_bytes(line(11) + line(12))
        other.replace(path)
        screen.send("K")
        screen.wait_for("R reads the collection again: a.jsonl: was truncated from 1,")
        assert "Snow report 12" not in screen.text()
        screen.send("R")
        screen.wait_for("of 2")
        screen.wait_for("Snow report 12")
        screen.send("Q")
        assert screen.end() == 0


def test_text_that_is_followed_has_a_heading_on_each_page_as_more_may_come(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(line(0))
    with started("show", "--follow", path) as process:
        assert process.stdout is not None
        assert b"a.jsonl" in process.stdout.readline()
