"""Where copydesk stands costs no page: odd configuration files are refused in a line, homes that are none are done without."""

import os
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from called import Answer, call
from hostile import Server, answer, says
from pty_screen import PtyScreen
from where import TESTS

NOWHERE: dict[str, dict[str, str | None]] = {
    "a device": {"HOME": "/dev/null"},
    "unset": {"HOME": None},
    "empty": {"HOME": ""},
    "not there": {"HOME": "/dev/null/home"},
    "relative": {"HOME": "somewhere"},
    "a file": {"HOME": __file__},
    "files for each kind": dict.fromkeys(("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"), __file__),
    "relative for each kind": dict.fromkeys(("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"), "x/y"),
}
ALL: dict[str, str | None] = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"))


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text("<title>One page</title><p>Text of one page.")
    return path


def at(folder: Path, home: str) -> dict[str, str | None]:
    """The environment in which home is so; never the home of whoever runs the tests."""
    return ALL | {"HOME": str(folder / "own")} | NOWHERE[home]


def run(page: Path, env: Mapping[str, str | None], *arguments: str) -> Answer:
    return call(*arguments, cwd=page.parent, env=env)


@pytest.mark.parametrize("home", NOWHERE)
def test_commands_that_keep_nothing_need_no_home(home: str, page: Path) -> None:
    env = at(page.parent, home)
    assert run(page, env, "list", "page.html") == (0, b"0\t-\tOne page\tpage.html\n", [])
    assert run(page, env, "show", "page.html") == (0, b"Text of one page.\n", [])
    assert run(page, env, "repair", "page.html") == (0, page.read_bytes(), [])
    assert run(page, env, "find", "one", "page.html").status == 0
    assert run(page, env, "config").status == 0


@pytest.mark.parametrize("home", ["a device", "a file", "files for each kind"])
def test_what_can_not_be_kept_is_one_line(home: str, page: Path) -> None:
    env = at(page.parent, home)
    labels, index = run(page, env, "labels", "add", "good", "page.html"), run(page, env, "index", "page.html")
    assert (labels.status, index.status) == (1, 1)
    assert labels.line.endswith("labels.sqlite: Not a directory; nothing can be kept there")
    assert index.line.endswith("; free some space, or set XDG_CACHE_HOME")


@pytest.mark.parametrize("home", ["a device", "not there", "files for each kind"])
def test_pages_of_the_network_are_shown_where_none_can_be_kept(home: str, page: Path) -> None:
    with Server(says(answer(page.read_bytes(), "Content-Type: text/html"))) as server:
        shown = run(page, at(page.parent, home), "show", server.url)
    assert shown.out == b"Text of one page.\n"
    assert shown.status == 0
    assert len(shown.lines) <= 1


def test_a_folder_for_temporary_files_that_is_none_is_done_without(page: Path) -> None:
    with Server(says(answer(page.read_bytes(), "Content-Type: text/html"))) as server:
        env = {"TMPDIR": "/dev/null", "XDG_CACHE_HOME": str(page.parent / "cache")}
        assert run(page, env, "show", server.url) == (0, b"Text of one page.\n", [])
        assert call("show", "-", stdin=b"text", env=env) == (0, b"text\n", [])


@pytest.mark.parametrize("home", ["a device", "files for each kind"])
def test_the_screen_shows_pages_and_says_what_can_not_be_kept(home: str, page: Path) -> None:
    env = at(page.parent, home)
    unset = " ".join(f"-u {name}" for name, value in env.items() if value is None)
    named = " ".join(f"{name}={value}" for name, value in env.items() if value is not None)
    command = f'cd "$1" && exec env {unset} {named} "$0" "$2" page.html'
    program = str(TESTS / "screen_marks.py")
    with PtyScreen(["sh", "-c", command, sys.executable, str(page.parent), program]) as screen:
        screen.wait_for("Text of one page.")
        screen.press("t1")
        screen.send("Q")
        assert screen.end() == 0
        assert b"labels.sqlite: Not a directory; nothing can be kept there" in screen.sent
        assert b"Traceback" not in screen.sent


def config(folder: Path) -> Path:
    """Where the configuration lies, as its environment says."""
    place = folder / "Library" / "Application Support" if sys.platform == "darwin" else folder / ".config"
    (place / "copydesk").mkdir(parents=True)
    return place / "copydesk" / "config.toml"


def fifo(path: Path) -> None:
    os.mkfifo(path)


def listening(path: Path) -> None:
    before = Path.cwd()
    os.chdir(path.parent)  # names of sockets are short
    try:
        with socket.socket(socket.AF_UNIX) as found:
            found.bind(path.name)
    finally:
        os.chdir(before)


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 30)


ODD: dict[str, tuple[Callable[[Path], object], str]] = {
    "a FIFO": (fifo, "a pipe (FIFO), not a file; fix it or name another one"),
    "a folder": (Path.mkdir, "a folder, not a file; fix it or name another one"),
    "a socket": (listening, "a socket, not a file; fix it or name another one"),
    "a device": (lambda path: path.symlink_to("/dev/zero"), "a device, not a file; fix it or name another one"),
    "a gigabyte": (huge, "larger than 1 MB, not a configuration; name another one"),
    "a loop": (
        lambda path: path.symlink_to(path.name),
        "Too many levels of symbolic links; fix it or name another one",
    ),
    "no TOML": (
        lambda path: path.write_text("certain ="),
        "invalid TOML: Invalid value (at end of document); fix the line",
    ),
    "no UTF-8": (lambda path: path.write_bytes(b"theme = '\xff'"), "byte 9: not UTF-8; convert the file"),
    "a value out of range": (
        lambda path: path.write_text("page_s = 1e400"),
        "page_s: inf is not a number from 0.1 to 86400; fix the value",
    ),
}


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("is_named", [False, True])
def test_a_configuration_that_is_none_is_one_line_and_never_waited_for(kind: str, is_named: bool, page: Path) -> None:
    path = config(page.parent)
    make, said = ODD[kind]
    make(path)
    named = ["--config", str(path)] if is_named else []
    told = run(page, ALL | {"HOME": str(page.parent)}, "show", *named, "page.html")
    assert (told.status, told.out, told.line) == (2, b"", f"{path}: {said}")


def test_the_null_device_is_no_configuration(page: Path) -> None:
    config(page.parent).write_text("certain =")
    told = run(page, ALL | {"HOME": str(page.parent)}, "show", "--config", "/dev/null", "page.html")
    assert told == (0, b"Text of one page.\n", [])


def test_a_byte_order_mark_is_none_of_the_configuration(page: Path) -> None:
    config(page.parent).write_bytes(b"\xef\xbb\xbfpage_mb = 7\n")
    assert b"page_mb = 7 " in run(page, ALL | {"HOME": str(page.parent)}, "config").out
