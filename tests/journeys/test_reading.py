"""Plays logs of keys on real terminals, and compares what they show with what is expected.

`COPYDESK_SCREENS=write pytest tests/journeys` writes the screens anew; read the difference before it is committed.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import screen_marks
from pty_screen import PtyScreen
from waiting import wait_until

HERE = Path(__file__).parent
SIZES = [(60, 20), (120, 40), (240, 60)]
KEYS = {"TAB": "\t", "ENTER": "\r", "ESC": "\x1b", "SPACE": " "}

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

    def send(self, keys: str) -> None:
        """Send keys."""
        self._run("send-keys", "-l", "--", keys)

    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(line.rstrip() for line in self._run("capture-pane", "-p").split("\n")).rstrip("\n")

    def wait_for(self, text: str) -> None:
        """Wait until the screen shows a text."""
        self.until(lambda: text in self.text(), repr(text))

    def until(self, is_so: Callable[[], object], what: str) -> None:
        """Wait until something is so."""
        wait_until(is_so, lambda: f"{what} never came; the screen shows\n{self.text()}")

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


def play(screen: PtyScreen | TmuxScreen, name: str, suffix: str = "") -> None:
    """Press what the log says, and check what it expects; whole screens only where there is no tmux in between."""
    for verb, rest in steps(name):
        if verb == "keys":
            for key in rest.split():
                screen.send(KEYS.get(key, key))
        elif verb == "see":
            screen.wait_for(rest)
        elif verb == "not":
            wait_until_gone(screen, rest)
        elif isinstance(screen, PtyScreen):
            compare(screen, HERE / "screens" / f"{rest}-{suffix}.txt")


def wait_until_gone(screen: PtyScreen | TmuxScreen, text: str) -> None:
    screen.until(lambda: text not in screen.text(), f"the end of {text!r}")


def compare(screen: PtyScreen, path: Path) -> None:
    if os.environ.get("COPYDESK_SCREENS") == "write":
        screen.settle()
        path.write_text(f"{screen.text().rstrip()}\n", encoding="utf-8")
    expected = path.read_text(encoding="utf-8").rstrip()
    screen.until(lambda: screen.text().rstrip() == expected, f"what {path.name} says")


def call(site: Path, *options: str) -> list[str]:
    # By a short name, which stands on the screen.
    program = [sys.executable, screen_marks.__file__, *options, "site"]
    return ["sh", "-c", 'cd "$0" && exec "$@"', str(site.parent), *program]


@pytest.mark.parametrize(("columns", "lines"), SIZES)
def test_a_saved_site_is_read_at_every_size(columns: int, lines: int, site: Path, tmp_path: Path) -> None:
    with PtyScreen(call(site), columns, lines, environment(tmp_path)) as screen:
        play(screen, "reading", f"{columns}x{lines}")
        screen.send("Q")
        assert screen.end() == 0


@pytest.mark.skipif(not shutil.which("tmux"), reason="there is no tmux here")
def test_a_saved_site_is_read_in_tmux(site: Path, tmp_path: Path) -> None:
    screen = TmuxScreen(call(site), 120, 40, tmp_path, environment(tmp_path))
    try:
        play(screen, "reading")
    finally:
        screen.close()


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 36)])
def test_a_saved_site_is_labelled_page_after_page(columns: int, lines: int, site: Path, tmp_path: Path) -> None:
    with PtyScreen(call(site, "--label", "good,bad,x=spam"), columns, lines, environment(tmp_path)) as screen:
        play(screen, "labelling", f"{columns}x{lines}")
        screen.send("Q")
        assert screen.end() == 0
