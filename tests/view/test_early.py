"""The first page's text is on the terminal before Textual is, in its cells, and keys wait from the first moment on."""

import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pty_screen import PtyScreen
from screen_fake import FakeClient, page, plain
from shown import shown
from where import TESTS

from tui.config import Config
from tui.core.model import Block, Document, Options, Post, Ref, Rows
from tui.text.words.cells import width
from tui.view.early import drawn
from tui.view.pagetext.text import PageText
from tui.view.panes.plan import arrange
from tui.view.terminal.cell import BLANK, Cell

MAIN = str(TESTS / "screen_main.py")
REF = Ref("page-0.html", 0, "html")


def cells(text: str) -> list[str]:
    return [part for char in text for part in [char, *[""] * (width(char) - 1)]]


def long_page() -> Document:
    menu, title, body = (
        "Home\nNews\nWeather\nSport\n" * 3,
        "The ferry stays in port",
        "It snows, and the wind blows. " * 12,
    )
    text = f"{menu}{title}\n" + f"{body}\n港灣新聞，渡輪停航三天，旅客可以退票。\n" * 20
    start = len(menu)
    blocks = [
        Block("boiler", 0, start - 1),
        Block("title", start, start + len(title)),
        Block("body", start + len(title) + 1, len(text) - 1),
    ]
    return replace(plain(REF, text), blocks=Rows(Block, blocks), title=title)


def thread() -> Document:
    posts = ["The ferry stays in port today.", "It snows, and the wind blows.", "Who knows when it goes again?"]
    text = "\n".join(posts) + "\n"
    starts = [text.index(post) for post in posts]
    return replace(
        plain(REF, text),
        blocks=Rows(Block, [Block("post", at, at + len(post)) for at, post in zip(starts, posts, strict=True)]),
        posts=Rows(Post, [Post(at, "Ann", "2021-12-07T23:33") for at in starts]),
    )


class OneClient(FakeClient):
    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document

    def open(self, ref: Ref, options: Options) -> Document:
        return self.document


@pytest.mark.parametrize("size", [(120, 40), (240, 60), (95, 20), (140, 18), (90, 31), (161, 12)])
@pytest.mark.parametrize("document", [page(REF), long_page(), thread()], ids=["short", "long", "thread"])
async def test_what_is_drawn_early_stands_where_the_screen_draws_it(size: tuple[int, int], document: Document) -> None:
    columns, lines = size
    box = arrange(columns, lines - 2, "headlines", zoomed=False)["body"]
    early = drawn(PageText(document), box, [[BLANK] * columns for _ in range(lines)], Config())
    assert sum(cell != BLANK for row in early for cell in row) > 60
    async with shown(OneClient(document), size=size) as screen:
        for y in range(lines - 3):
            now = cells(screen.row(y))
            before = [(x, char) for x, (char, _codes) in enumerate(early[y]) if early[y][x] != BLANK]
            assert [(x, now[x]) for x, _char in before] == before, y


@pytest.mark.parametrize(
    ("text", "is_there"),
    [("snow\tsnow", False), ("हिन्दी", False), ("cafe\u0301", False), ("snow 雪 é", True), ("snow\x1b[2J", True)],
)
def test_rows_whose_cells_are_not_sure_stay_blank(text: str, is_there: bool) -> None:
    rows = drawn(
        PageText(plain(REF, text)), arrange(120, 38, "headlines", zoomed=False)["body"], blank(120, 40), Config()
    )
    assert any(cell != BLANK for row in rows for cell in row) == is_there
    assert all(char.isprintable() for row in rows for char, _codes in row)


@pytest.mark.parametrize(("term", "shown_as"), [("linux", "["), ("xterm-256color", "␛")])
def test_what_a_console_has_no_sign_for_is_shown_otherwise_from_the_first(
    term: str, shown_as: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    box = arrange(120, 38, "headlines", zoomed=False)["body"]
    rows = drawn(PageText(plain(REF, "snow\x1b fell")), box, blank(120, 40), Config())
    text = "".join(char for row in rows for char, _codes in row)
    assert f"snow{shown_as} fell" in text


def blank(columns: int, lines: int) -> list[list[Cell]]:
    return [[BLANK] * columns for _ in range(lines)]


@pytest.mark.parametrize(("columns", "lines"), [(1, 1), (20, 2), (89, 40), (91, 3)])
def test_the_smallest_terminals_are_taken_and_given_back(columns: int, lines: int) -> None:
    with PtyScreen([sys.executable, MAIN, "pages"], columns, lines) as screen:
        screen.until(lambda: b"\x1b[?1004h" in screen.sent, "the application")
        screen.settle()
        screen.send("Q")
        assert screen.end() == 0
        assert screen.is_restored()


SCRIPT = """
import os, sys, threading
from screen_fake import page, refs
from tui.config import Config
from tui.view.early import EarlyScreen
with EarlyScreen(Config()) as early:
    early.show(page(next(refs(1))))
    if sys.argv[1] == "raise":
        raise SystemExit(3)
    threading.Event().wait()
"""


@pytest.mark.parametrize(
    ("argument", "number", "status"),
    [("raise", None, 3), ("wait", signal.SIGTERM, 143), ("wait", signal.SIGHUP, 129), ("wait", signal.SIGINT, 1)],
)
def test_the_terminal_is_given_back_before_there_is_an_application(
    argument: str, number: signal.Signals | None, status: int
) -> None:
    with PtyScreen([sys.executable, "-c", SCRIPT, argument], env={"PYTHONPATH": str(TESTS)}) as screen:
        if number is not None:
            screen.wait_for("縣城圖書館自下週起")
            assert not screen.is_restored()
        assert abs(screen.end(number)) == (signal.SIGINT if number is signal.SIGINT else status)
        assert screen.is_restored()


def test_what_cannot_be_shown_is_said_on_a_terminal_that_is_given_back(tmp_path: Path) -> None:
    (tmp_path / "copydesk").mkdir()
    (tmp_path / "copydesk" / "config.toml").write_text('theme = "none-such"\n', encoding="utf-8")
    (tmp_path / "a.txt").write_text("It snows.\n", encoding="utf-8")
    call = [sys.executable, "-m", "tui", str(tmp_path / "a.txt")]
    with PtyScreen(call, env={"XDG_CONFIG_HOME": str(tmp_path)}) as screen:
        assert screen.end() != 0
        assert b"none-such" in screen.sent[screen.sent.rfind(b"\x1b[?1049l") :]
        assert screen.is_restored()


def test_one_alternate_screen_is_opened_and_nothing_of_the_text_is_taken_back() -> None:
    with PtyScreen([sys.executable, MAIN, "pages"]) as screen:
        screen.wait_for("Peeked 3")
        screen.settle()
        assert screen.sent.count(b"\x1b[?1049h") == screen.sent.count(b"\x1b[2J") == 1
        assert b"Looking for pages" not in screen.sent
        assert screen.sent.index("延長開放時間".encode()) < screen.sent.index(b"\x1b[?1004h")


def keys_typed_before(keys: str, tmp_path: Path) -> PtyScreen:
    """A screen before which a shell has waited while keys were typed."""
    go = tmp_path / "go"
    wait: Sequence[str] = ["sh", "-c", 'until [ -e "$0" ]; do sleep 0.02; done; exec "$@"', str(go)]
    screen = PtyScreen([*wait, sys.executable, MAIN, "pages"])
    screen.send(keys)
    screen.until(lambda: keys.strip() in screen.text(), "the echo")
    go.touch()
    return screen


def test_keys_typed_into_the_shell_are_keys_of_the_screen_and_enter_is_one(tmp_path: Path) -> None:
    with keys_typed_before("JJ\r", tmp_path) as screen:
        screen.wait_for("3 of 200")
        screen.settle()
        assert "[Body]" in screen.text()
        assert "no key here" not in screen.text()
        screen.send("Q")
        assert screen.end() == 0
        assert screen.is_restored()
