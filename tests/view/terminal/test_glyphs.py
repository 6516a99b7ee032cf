"""The Linux console shows marks that its fonts have, in its sixteen colours."""

import re
import sys

import pytest
from pty_screen import PtyScreen
from rich.color import ColorSystem
from where import TESTS

from tui.text.words.cells import visible, width
from tui.view.terminal.cell import glyphs
from tui.view.terminal.lean import color_system

MAIN = str(TESTS / "screen_main.py")


def test_each_glyph_is_as_wide_as_what_it_stands_for() -> None:
    for old, new in glyphs("linux").items():
        for wide in (False, True):
            assert width(old, wide=False) == width(new, wide=False) == 1, (old, wide)


def test_every_stand_in_for_a_control_has_one() -> None:
    for code in (*range(0x20), 0x7F, 0x85, 0x2028, 0x202E):
        shown = visible(chr(code))
        assert shown in glyphs("linux"), hex(code)


def test_the_linux_console_gets_neither_other_glyphs_nor_more_colours() -> None:
    with PtyScreen([sys.executable, MAIN, "hostile"], env={"TERM": "linux"}) as screen:
        screen.wait_for("► ! []0;OWNEDG")
        text = screen.text()
        assert not set(text) & set(glyphs("linux"))
        assert not re.search(rb"\x1b\[[0-9;]*[34]8[;:][0-9;:]*m", screen.sent)


@pytest.mark.parametrize(
    ("env", "is_true"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "screen-256color", "TMUX": "x"}, True),
        ({"TERM": "tmux-256color", "TMUX": "x"}, True),
        ({"TERM": "screen"}, False),
        ({"TERM": "screen.xterm-256color", "STY": "1.x"}, False),
        ({"TERM": "linux"}, False),
        ({"TERM": "linux-16color"}, False),
    ],
)
def test_true_colour_is_sent_where_colorterm_is_the_terminals_own(env: dict[str, str], is_true: bool) -> None:
    colors = color_system("truecolor", env)
    assert (colors is ColorSystem.TRUECOLOR) == is_true
    assert colors is not None
    assert color_system(None, env) is None
    assert color_system("standard", env) is ColorSystem.STANDARD


def test_mosh_is_named_when_something_is_copied() -> None:
    with PtyScreen([sys.executable, MAIN, "pages"], env={"NCURSES_NO_UTF8_ACS": "1"}) as screen:
        screen.wait_for("Peeked 3")
        screen.press("y")
        assert "if mosh is 1.4 or newer" in screen.text()
