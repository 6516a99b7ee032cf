"""Plays logs of keys on real terminals, and compares what they show with what is expected.

`COPYDESK_SCREENS=write pytest tests/journeys` writes the screens anew; read the difference before it is committed.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pty_screen import PtyScreen

HERE = Path(__file__).parent
SIZES = [(60, 20), (120, 40), (240, 60)]
KEYS = {"TAB": "\t", "ENTER": "\r", "ESC": "\x1b", "SPACE": " "}
LIMIT_S = 20

PAGE = "<!DOCTYPE html><meta charset=utf-8><title>{title}</title><h1>{title}</h1>{body}"
SITE = {
    "a-index.html": (
        "港灣新聞",
        (
            "<p>今天的頭條是渡輪和大橋，編輯部整理了兩篇報導，請讀者從下面選一篇來看。</p>"
            '<p>先看<a href="articles/a-ferry.html">渡輪停航三天的消息</a>，再看<a href="articles/bridge.html">大橋通車</a>。</p>'
        ),
    ),
    "articles/a-ferry.html": (
        "渡輪停航三天",
        (
            "<p>總統(tǒng)府發(fā)言人說，風浪太大，渡輪停航三天，經(jīng)濟數據已公布，旅客可以退票。</p>"
            "<p>县城的渡轮公司说，风浪过后马上开航，请旅客们注意广播里的时间。</p>"
        ),
    ),
    "articles/bridge.html": (
        "大橋下月通車",
        "<p>大橋的最後一段橋面昨天裝好，下個月就能通車，行人可以免費走上去看海。</p>",
    ),
}


class TmuxScreen:
    """The same on a terminal of tmux's, with a server of its own."""

    def __init__(self, argv: list[str], columns: int, lines: int, folder: Path, env: dict[str, str]) -> None:
        self._tmux = ["tmux", "-S", str(folder / "tmux"), "-f", os.devnull]
        size = ["-x", str(columns), "-y", str(lines)]
        named = [item for name, value in env.items() for item in ("-e", f"{name}={value}")]
        self._run("new-session", "-d", *size, *named, *argv)

    def _run(self, *arguments: str) -> str:
        done = subprocess.run([*self._tmux, *arguments], capture_output=True, encoding="utf-8", check=True)
        return done.stdout

    def press(self, keys: str) -> None:
        """Send keys."""
        self._run("send-keys", "-l", "--", keys)

    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(line.rstrip() for line in self._run("capture-pane", "-p").split("\n")).rstrip("\n")

    def wait_for(self, text: str) -> None:
        """Wait until the screen shows a text."""
        end = time.monotonic() + LIMIT_S
        while text not in self.text():
            assert time.monotonic() < end, f"{text!r} never came; the screen shows\n{self.text()}"
            time.sleep(0.05)

    def close(self) -> None:
        """End the server and what runs in it."""
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A saved site of three pages."""
    folder = tmp_path / "site"
    for name, (title, body) in SITE.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE.format(title=title, body=body), encoding="utf-8")
    return folder


def environment(home: Path) -> dict[str, str]:
    names = ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "HOME")
    # Nothing is copied to a clipboard that somebody uses.
    return {name: str(home) for name in names} | {"LANG": "C.UTF-8", "TERM": "xterm-256color"}


def steps(name: str) -> Iterator[tuple[str, str]]:
    """What is done or expected, and with which keys or text."""
    for line in (HERE / f"{name}.keys").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("# "):
            continue
        verb, _, rest = line.partition(" ")
        yield (verb, rest) if verb in ("see", "not", "screen") else ("keys", line)


def play(screen: PtyScreen | TmuxScreen, name: str, suffix: str) -> None:
    """Press what the log says, and check what it expects; without a suffix screens are not compared."""
    for verb, rest in steps(name):
        if verb == "keys":
            for key in rest.split():
                send(screen, KEYS.get(key, key))
        elif verb == "see":
            screen.wait_for(rest)
        elif verb == "not":
            until_gone(screen, rest)
        elif suffix:
            compare(screen, HERE / "screens" / f"{rest}-{suffix}.txt")


def send(screen: PtyScreen | TmuxScreen, keys: str) -> None:
    if isinstance(screen, PtyScreen):
        screen.process.write(keys.encode())
    else:
        screen.press(keys)


def until(screen: PtyScreen | TmuxScreen, holds: Callable[[str], bool], limit_s: float = LIMIT_S) -> None:
    """Wait until something holds for what the screen shows, or the time is up."""
    end = time.monotonic() + limit_s
    while not holds(screen.text()) and time.monotonic() < end:
        if isinstance(screen, PtyScreen):
            screen.read(0.02, 0.2)
        else:
            time.sleep(0.02)


def until_gone(screen: PtyScreen | TmuxScreen, gone: str) -> None:
    until(screen, lambda text: gone not in text)
    assert gone not in screen.text()


def compare(screen: PtyScreen | TmuxScreen, path: Path) -> None:
    if os.environ.get("COPYDESK_SCREENS") == "write":
        until(screen, lambda _text: False, 1)
        path.write_text(f"{screen.text().rstrip()}\n", encoding="utf-8")
    expected = path.read_text(encoding="utf-8").rstrip()
    until(screen, lambda text: text.rstrip() == expected)
    assert screen.text().rstrip().split("\n") == expected.split("\n"), path.name


def call(site: Path) -> list[str]:
    # By a short name, which stands on the screen.
    return ["sh", "-c", 'cd "$0" && exec "$1" -m tui site', str(site.parent), sys.executable]


@pytest.mark.parametrize(("columns", "lines"), SIZES)
def test_a_saved_site_is_read_at_every_size(columns: int, lines: int, site: Path, tmp_path: Path) -> None:
    with PtyScreen(call(site), columns, lines, environment(tmp_path)) as screen:
        play(screen, "reading", f"{columns}x{lines}")
        screen.press("Q")
        assert screen.end() == 0


@pytest.mark.skipif(not shutil.which("tmux"), reason="there is no tmux here")
def test_a_saved_site_is_read_in_tmux(site: Path, tmp_path: Path) -> None:
    screen = TmuxScreen(call(site), 120, 40, tmp_path, environment(tmp_path))
    try:
        play(screen, "reading", "")
    finally:
        screen.close()
