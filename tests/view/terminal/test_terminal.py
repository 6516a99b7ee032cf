"""The screen on a real pseudo-terminal: what reaches it, what it costs, and how it is left."""

import os
import re
import signal
import statistics
import subprocess
import sys

import psutil
import pytest
from pty_screen import PtyScreen
from waiting import PATIENCE_S
from where import TESTS

MAIN = str(TESTS / "screen_main.py")
OURS = re.compile(
    r"\x1b\[[0-9;]*[mrABCDHJKXLMP@]|\x1b[DM]|[\r\x08]|\x1b\[[<=>?][0-9;]*\$?[a-z]|\x1b\]22;default\x07|\r?\n"
)
"""All the sequences that the screen itself sends; the last one is Textual's, for the shape of the mouse pointer."""
ACTS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\U000e0000-\U000e0fff]")

SHEETS = [key for sheet in "DeOYEs:" for key in (sheet, "\x1b")] + ["v", "v", "j", "Z", "}", "\\", "\\"]
"""Keys that open whatever lies over the main screen, and close it again."""


def started(kind: str, **env: str) -> PtyScreen:
    return PtyScreen([sys.executable, MAIN, kind], env=env)


def test_nothing_of_a_hostile_page_reaches_the_terminal_as_a_control() -> None:
    with started("hostile") as screen:
        screen.wait_for("␛]0;OWNED␇")
        for key in ("j", "j", "\r", "\t", "\t", " ", "z", "z", "/OWNED\r", "n", "\x1b[Z", "]", *SHEETS):
            screen.press(key)
        assert "1 of 2" in screen.text()
        assert screen.process.isalive()
        sent = OURS.sub("", screen.sent.decode("utf-8"))
        assert ACTS.findall(sent) == []
        assert "␛" in sent
        screen.send("Q")
        assert screen.end() == 0


@pytest.mark.parametrize(("number", "status"), [(None, 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_the_terminal_is_given_back_however_the_screen_ends(number: signal.Signals | None, status: int) -> None:
    with started("pages") as screen:
        screen.wait_for("Peeked 3")
        assert not screen.is_restored()
        if number is None:
            screen.send("q")
        assert screen.end(number) == status
        assert screen.is_restored()


@pytest.mark.parametrize("number", [None, signal.SIGTERM])
def test_neither_a_stuck_page_nor_a_stuck_scan_keeps_the_screen_from_ending(number: signal.Signals | None) -> None:
    with started("stuck") as screen:
        screen.wait_for("1 of")
        screen.send("J")
        screen.wait_for("reading page-1.html")
        if number is None:
            screen.send("Q")
        assert screen.end(number) == (143 if number else 0)
        assert screen.is_restored()
        assert b"Traceback" not in screen.sent


def test_the_terminal_is_given_back_after_a_fault_of_ours() -> None:
    with started("faulty") as screen:
        screen.wait_for("Peeked 3")
        screen.send("J")
        assert screen.end() == 1
        assert screen.is_restored()


def test_the_screen_goes_to_the_background_and_comes_back_as_it_was() -> None:
    with started("pages") as screen:
        screen.wait_for("Peeked 3")
        screen.press("J")
        before = screen.text()
        process = psutil.Process(screen.process.pid)
        screen.send("\x1a")
        screen.until(lambda: process.status() == psutil.STATUS_STOPPED, "the background")
        assert screen.is_restored()
        screen.screen.reset()
        process.send_signal(signal.SIGCONT)
        screen.wait_for("2 of 200")
        screen.settle()
        assert screen.text() == before
        screen.press("K")
        assert "1 of 200" in screen.text()


def test_a_key_costs_few_bytes() -> None:
    with started("long") as screen:
        screen.wait_for("Peeked 20")
        screen.settle()
        screen.press("j")
        moves = [len(screen.press("j")) for _ in range(6)]
        panes = [len(screen.press("\t")) for _ in range(4)]
        pages = [len(screen.press(key)) for key in "   bb"]
        zooms = [len(screen.press("z")) for _ in range(3)]
        assert max(moves) <= 150
        assert max(panes) <= 500
        assert max(pages) <= 1300
        assert statistics.median(zooms) <= 1600


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"TERM": "vt100"}])
def test_without_colours_repairs_are_still_told_apart(env: dict[str, str]) -> None:
    with PtyScreen([sys.executable, MAIN, "pages"], env=env) as screen:
        screen.wait_for("│  縣城圖書館自下週起")
        codes = {code for codes in re.findall(rb"\x1b\[([0-9;]*)m", screen.sent) for code in codes.split(b";")}
        assert codes <= {b"", b"0", b"1", b"2", b"4", b"7"}
        cells = [screen.screen.buffer[y][x] for y in range(1, 28) for x in range(41, 120)]
        repaired = [(cell.underscore, cell.reverse) for cell in cells if cell.data == "縣" and cell.reverse]
        assert repaired == [(False, True), (True, True)]


def test_a_dumb_terminal_is_as_large_as_it_is() -> None:
    script = """
from screen_fake import refs, services
from tui.choosing.choices import Choice
from tui.view.desk import Desk
print(Desk(services(lambda: refs(1)), Choice()).size)
"""
    paths = os.pathsep.join(filter(None, (str(TESTS), os.environ.get("PYTHONPATH"))))
    env = {"TERM": "dumb", "PYTHONPATH": paths}
    with PtyScreen([sys.executable, "-c", script], columns=100, lines=30, env=env) as screen:
        screen.wait_for("Size(width=100, height=30)")


def test_a_terminal_that_goes_away_ends_the_program_without_a_signal() -> None:
    """SIGHUP comes to those alone whose controlling terminal it was."""
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [sys.executable, MAIN, "hostile"], stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    ) as process:
        os.close(theirs)
        seen = b""
        while b"OWNED" not in seen:
            seen += os.read(ours, 65536)
        os.close(ours)
        assert process.wait(PATIENCE_S) == 128 + signal.SIGHUP
