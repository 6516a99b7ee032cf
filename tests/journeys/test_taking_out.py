"""What is shown is written to a file, and given again by a command of the shell."""

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import screen_marks
from pty_screen import PtyScreen

NAME = "it's a crawl.jsonl"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with sixty pages in one file."""
    place = tmp_path / "crawl"
    place.mkdir()
    rows = (
        {"title": f"第{at}號渡輪", "text": f"第{at}號渡輪。\n{'風' if at % 5 else '浪'}太大了。\n"} for at in range(60)
    )
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (place / NAME).write_text("".join(lines), encoding="utf-8")
    return place


def places(home: Path) -> dict[str, str]:
    return {name: str(home) for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "HOME")}


def copied(screen: PtyScreen) -> str:
    """What was copied last."""
    return base64.b64decode(re.findall(rb"\x1b\]52;c;([^\x07]*)\x07", screen.sent)[-1]).decode()


def listed(command: str, folder: Path, home: Path) -> set[int]:
    """Ordinals of what a command lists, run by a shell."""
    script = command.replace("copydesk list", '"$PYTHON" -m tui list --json', 1)
    env = os.environ | places(home) | {"PYTHON": sys.executable}
    done = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, env=env, check=True)
    return {json.loads(line)["ordinal"] for line in done.stdout.splitlines()}


def ordinals(path: Path) -> list[int]:
    return [json.loads(line)["ordinal"] for line in path.read_text("utf-8").splitlines()]


def opened(folder: Path, home: Path, *arguments: str) -> PtyScreen:
    os.chdir(folder)
    return PtyScreen([sys.executable, screen_marks.__file__, *arguments, NAME], 120, 30, places(home))


@pytest.fixture(autouse=True)
def _back() -> Iterator[None]:
    here = Path.cwd()
    yield
    os.chdir(here)


@pytest.mark.parametrize(
    ("arguments", "keys", "option", "count"),
    [
        ([], [], "", 60),
        ([], ["&", "台风 OR 风太大\r"], "--where", 48),
        (["--where", "ordinal<30 | ordinal>=50"], ["&", "风太大\r", "7x"], "--seed", 7),
        (["--sample", "12", "--seed", "5"], [], "--sample 12", 12),
        (["--sample", "12", "--seed", "5"], ["&", "风太大\r"], "--at", None),
        (["--limit", "20"], ["&", "风太大\r", "5x"], "--at", 5),
        ([], ["9x", "4x"], "--at", 4),
    ],
)
def test_the_command_lists_the_pages_that_are_written(
    folder: Path, tmp_path: Path, arguments: list[str], keys: list[str], option: str, count: int | None
) -> None:
    with opened(folder, tmp_path, *arguments) as screen:
        screen.wait_for("1 of ")
        for key in keys:
            screen.press(key)
            screen.settle()
        screen.press("W")
        screen.wait_for("as a table for spreadsheets")
        screen.press("\r")
        screen.wait_for("write jsonl to: it-s-a-crawl-pages.jsonl")
        screen.press("shown.jsonl\r")
        screen.wait_for("pages written to shown.jsonl")
        screen.press("C")
        screen.wait_for("copied, if the terminal allows it (OSC 52): copydesk list")
        command = copied(screen)
        screen.send("Q")
        assert screen.end() == 0
    assert option in command
    shown = ordinals(folder / "shown.jsonl")
    assert count in (None, len(shown))
    assert shown
    assert listed(command, folder, tmp_path) == set(shown)


def test_pages_are_written_in_the_order_in_which_they_are_shown_in_every_form(folder: Path, tmp_path: Path) -> None:
    with opened(folder, tmp_path) as screen:
        screen.wait_for("1 of 60")
        screen.press("&")
        screen.press("ordinal<3\r")
        screen.wait_for("3 of 60 pages")
        screen.press("o")
        screen.press("-ordinal\r")
        screen.wait_for("sorted by -ordinal")

        def write(down: int, name: str) -> None:
            screen.press("W")
            screen.press("j" * down + "\r")
            screen.press(name + "\r")

        for down, name in enumerate(("a.jsonl", "a.csv", "a.parquet", "b.jsonl")):
            write(down, name)
            screen.wait_for(f"3 pages written to {name}")
        write(0, NAME)
        screen.wait_for("pages are read from this file")
        write(0, "a.jsonl")
        screen.wait_for("overwrite? y/n")
        screen.press("n")
        screen.wait_for("nothing was written")
        screen.send("Q")
        assert screen.end() == 0
    assert ordinals(folder / "a.jsonl") == [2, 1, 0]
    stored = (folder / NAME).read_bytes().splitlines(keepends=True)
    assert (folder / "b.jsonl").read_bytes() == b"".join(reversed(stored[:3]))
    env = os.environ | places(tmp_path)
    for name in ("a.csv", "a.parquet"):
        call = [sys.executable, "-m", "tui", "list", name]
        titles = subprocess.run(call, cwd=folder, capture_output=True, env=env).stdout.decode()
        assert re.findall(r"第(\d)號渡輪", titles) == ["2", "1", "0"]
    assert sorted(path.name for path in folder.iterdir()) == ["a.csv", "a.jsonl", "a.parquet", "b.jsonl", NAME]
