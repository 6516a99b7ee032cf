"""ESC and other keys are told from each other, whatever a line joins or parts."""

import sys

import pytest
from pty_screen import PtyScreen
from textual import events
from textual._xterm_parser import XTermParser
from where import TESTS

from tui.view.terminal.escapes import Escapes

MAIN = str(TESTS / "screen_main.py")
LATE = ""
"""Nothing came in time."""


def keys(*pieces: str) -> list[str]:
    escapes, parser = Escapes(), XTermParser()
    pressed: list[str] = []
    for piece in pieces:
        content = escapes.feed(piece) if piece else escapes.rest()
        messages = parser.feed(content) if content else ()
        pressed += [message.key for message in messages if isinstance(message, events.Key)]
    return pressed


@pytest.mark.parametrize(
    ("pieces", "wanted"),
    [
        # Typed ahead, and joined on the way: ESC is a key of its own, and so is what follows.
        (("\x1bq",), ["escape", "q"]),
        (("\x1b:q\r",), ["escape", "colon", "q", "enter"]),
        (("\x1b", "j"), ["escape", "j"]),
        (("\x1b\x1b[A",), ["escape", "up"]),
        (("\x1b\x1b", LATE), ["escape", "escape"]),
        (("\x1b中",), ["escape", "中"]),
        (("\x1b[", LATE), ["escape", "left_square_bracket"]),
        (("\x1b[]", LATE), ["escape", "left_square_bracket", "right_square_bracket"]),
        (("\x1bOj",), ["escape", "O", "j"]),
        (("\x1bO", LATE), ["escape", "O"]),
        # Parted on the way: still one key.
        (("\x1b", "[", "A"), ["up"]),
        (("j\x1b", "[B", "j"), ["j", "down", "j"]),
        (("\x1bO", "P"), ["f1"]),
        (("\x1b[", "5", "~"), ["pageup"]),
        (("\x1b[[", "A"), ["f1"]),
        (("\x1b[1;", "5C"), ["ctrl+right"]),
        (("\x1b[27", "u"), ["escape"]),
        # Too late: what came is what was pressed.
        (("\x1b", LATE, "[", "A"), ["escape", "left_square_bracket", "A"]),
        (("\x1b[Z",), ["shift+tab"]),
    ],
)
def test_keys_are_what_was_pressed(pieces: tuple[str, ...], wanted: list[str]) -> None:
    assert keys(*pieces) == wanted


@pytest.mark.parametrize(
    "answer", ["\x1b[?2026;2$y", "\x1b[I", "\x1b[O", "\x1b[12;40R", "\x1b[<0;3;4M", "\x1b[<0;-1;4m"]
)
@pytest.mark.parametrize("cut", range(1, 12))
def test_what_a_terminal_says_is_no_key(answer: str, cut: int) -> None:
    pieces = filter(None, (answer[:cut], answer[cut:]))
    assert keys(*pieces) == []


def test_pasted_text_stays_whole_where_its_frame_is_parted() -> None:
    escapes, parser = Escapes(), XTermParser()
    sent = "\x1b[200~two words\x1b[201~"
    for cut in range(1, len(sent)):
        told = filter(None, map(escapes.feed, (sent[:cut], sent[cut:])))
        messages = [message for content in told for message in parser.feed(content)]
        assert [message.text for message in messages if isinstance(message, events.Paste)] == ["two words"]


def test_a_sheet_is_closed_and_the_next_key_acts_when_both_come_at_once() -> None:
    with PtyScreen([sys.executable, MAIN, "pages"]) as screen:
        screen.wait_for("Peeked 3")
        screen.send("h")
        screen.wait_for("Keys and marks")
        screen.press("\x1bJ")
        assert "2 of 200" in screen.text()


def test_bytes_of_another_charset_and_an_arrow_in_pieces_end_nothing() -> None:
    with PtyScreen([sys.executable, MAIN, "pages"], env={"ESCDELAY": "60000"}) as screen:
        screen.wait_for("Peeked 3")
        screen.process.write(b"\xe9\xff")
        screen.press("J")
        for byte in "\t\x1b[B":
            screen.send(byte)
            screen.read(0.2)
        screen.settle()
        assert "2 of 200" in screen.text()
        screen.send("Q")
        assert screen.end() == 0


def test_the_terminal_is_asked_nothing_that_it_may_answer_when_the_shell_has_it_again() -> None:
    with PtyScreen([sys.executable, MAIN, "pages"]) as screen:
        screen.wait_for("Peeked 3")
        screen.settle()
        assert b"$p" not in screen.sent
        assert b"\x1b[>1u" in screen.sent
        assert b"\x1b[?2026h" in screen.sent
        assert b"\x1b[?1016" not in screen.sent
