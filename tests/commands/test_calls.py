"""Odd calls: each is one line that says what to write instead, with the status of the contract."""

import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path
from unittest.mock import ANY

import psutil
import pytest
from called import call
from waiting import PATIENCE_S, wait_until


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    path = tmp_path / "pages.jsonl"
    path.write_text('{"text": "one"}\n{"text": "two"}\n')
    return path


@pytest.mark.parametrize(
    "expression", ["(" * 400, "(" * 400 + "one" + ")" * 400, "-" * 400 + "one", "NOT " * 400 + "a"]
)
def test_an_expression_that_is_nested_without_end_is_a_wrong_call(expression: str, pages: Path) -> None:
    answer = call("list", f"--where={expression}", pages)
    assert (answer.status, answer.out) == (2, b"")
    assert "more than 50 levels" in answer.line


def test_an_expression_may_be_nested_as_deep_as_anybody_does(pages: Path) -> None:
    expression = "(" * 25 + "NOT " * 24 + "one" + ")" * 25
    assert call("list", "--where", expression, pages) == (0, f"0\t-\tone\t{pages}\n".encode(), [])


NINES = "9" * 5000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list", "--at", NINES], "is not an ordinal or a range; write 3 or 3-7,12"),
        (["list", "--at", "0-" + "9" * 19], "is not an ordinal or a range; write 3 or 3-7,12"),
        (["list", "--at", "5-2"], "--at 5-2: '5-2' is not an ordinal or a range; write 3 or 3-7,12"),
        (["list", "--limit", "-1"], "'--limit': -1 is not in the range x>=0; see copydesk list --help"),
        (["list", "--limit", NINES], "is not a valid integer range; see copydesk list --help"),
        (["show", "--timeout", "nan"], "'--timeout': nan is not a number; see copydesk show --help"),
        (["show", "--timeout", "inf"], "'--timeout': inf is not in the range 0<x<=86400.0; see copydesk show --help"),
        (["show", "--timeout", "0"], "'--timeout': 0.0 is not in the range 0<x<=86400.0; see copydesk show --help"),
        (["show", "--timeout", "86401"], "86401.0 is not in the range 0<x<=86400.0; see copydesk show --help"),
        (["show", "--delay", "inf"], "'--delay': inf is not in the range 0<=x<=86400.0; see copydesk show --help"),
        (["show", "--delay", "nan"], "'--delay': nan is not a number; see copydesk show --help"),
        (["show", "--charset", "\udcff"], "unknown; use a name such as utf-8, gb18030, big5, shift_jis, windows-1251"),
        (["show", "--charset", "ünïcödé"], "unknown; use a name such as utf-8, gb18030, big5, shift_jis, windows-1251"),
        (["show", "--bogus=\x1b[31m"], "No such option '--bogus'; see copydesk show --help"),
        (["labels"], "Missing command; see copydesk labels --help"),
        (["labels", "bogus"], "No such command 'bogus'; see copydesk labels --help"),
    ],
)
def test_a_wrong_call_is_one_line_that_says_what_is_right(arguments: list[str], said: str, pages: Path) -> None:
    answer = call(*arguments, *([] if arguments[0] == "labels" else [pages]))
    assert (answer.status, answer.out, len(answer.lines)) == (2, b"", 1)
    assert answer.lines[0].endswith(said)


@pytest.mark.parametrize("arguments", [["--at", "0-" + "9" * 18], ["--limit", "9" * 50], ["--sample", "9" * 30]])
def test_large_numbers_mean_all(arguments: list[str], pages: Path) -> None:
    assert len(call("list", *arguments, pages).out.splitlines()) == 2


@pytest.mark.skipif(sys.platform == "darwin", reason="its names are UTF-8")
@pytest.mark.parametrize(
    "name", [b"new\nline.html", b"\x1b[31mred.html", b"\xff\xfe.html", b"-dash.html", b"a*b[.html"]
)
@pytest.mark.parametrize("command", ["list", "show", "repair", "find page", "index", "labels add good"])
def test_a_file_may_have_any_name(command: str, name: bytes, tmp_path: Path) -> None:
    path = os.fsdecode(name)
    (tmp_path / path).write_text("<title>One page</title><p>Text of one page.")
    env: dict[str, str | None] = {"XDG_STATE_HOME": str(tmp_path / "state"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    answer = call(*command.split(), "--", path, cwd=tmp_path, env=env)
    assert answer.status == 0
    assert b"\x1b" not in answer.out
    assert len(answer.lines) == (command == "index")
    missing = call(command.split()[0], *command.split()[1:], "--", path + ".gone", cwd=tmp_path, env=env)
    assert (missing.status, len(missing.lines)) == (3, 1)
    assert missing.lines[0].count(".gone") == 1
    assert "\x1b" not in missing.lines[0]


def test_a_number_of_any_length_passes_through_repair(tmp_path: Path) -> None:
    line = f'{{"n": {NINES}, "text": "one", "m": -{NINES}.5e{NINES}}}\n'.encode()
    answer = call("repair", "--jsonl", "text", stdin=line)
    assert (answer.status, answer.out, answer.lines) == (0, line.replace(b"}", b', "_repairs": []}'), [])


def test_the_configuration_is_printed_as_one_that_can_be_read_whatever_its_names_are(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"new\nline\xff.toml" if sys.platform != "darwin" else b"new\nline.toml")
    path.write_text('keys = { "\\u001b[31m" = "x", next-page = "y" }\ntheme = "\\u001b"\n')
    answer = call("config", "--config", path)
    assert (answer.status, answer.lines) == (0, [])
    assert b"\x1b" not in answer.out
    assert tomllib.loads(answer.out.decode())["keys"] == {"\x1b[31m": "x", "next-page": "y"}


@pytest.mark.parametrize("command", ["list {}", "show --raw {}", "show --json {}", "repair {}", "find page {}"])
def test_a_reader_who_has_had_enough_is_no_error(command: str, tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    path.write_text("".join(f'{{"text": "page {i} {"x" * 300}"}}\n' for i in range(2000)))
    assert call(*command.format(path).split(), redirect="| head -c 1") == (0, ANY, [])


@pytest.mark.parametrize("command", ["list {}", "show {}", "find page {}", "index {}", "labels add good {}"])
def test_an_interrupt_ends_with_130_and_without_a_word(command: str, tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    path.write_text("".join(f'{{"text": "page {i}"}}\n' for i in range(100_000)))
    env = os.environ | {"XDG_STATE_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-m", "tui", *command.format(path).split()],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=env,
    ) as process:
        wait_until(psutil.Process(process.pid).children)  # those who read pages: it is at work
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, errors) == (130, b"")


@pytest.mark.parametrize("expression", ["title:nobody", "nobody", "type:forum", "NOT ordinal<9"])
def test_pages_that_do_not_match_were_read_all_the_same(expression: str, pages: Path) -> None:
    gone = pages.with_name("gone.jsonl")
    assert call("list", "--where", expression, pages).status == 0
    assert call("list", "--where", expression, gone, pages).status == 1
    assert call("show", "--json", "--where", expression, pages, gone).status == 1
    assert call("list", "--where", expression, gone).status == 3
