"""A journey through the screen in a Chinese locale, on terminals of three sizes: no word of it is English."""

import re
import sys
from pathlib import Path

import pytest
import screen_marks
from pty_screen import PtyScreen

from tui.text.charset.names import NAMES as CHARSETS
from tui.text.quality.rules import RULES
from tui.view.keys import commands

LINES = ["縣城圖書館自下週起延長開放時間，每晚開到十點。", "館長表示，這是為了讓下班的人也能借書。", "后天開始。"]
# fmt: off
STEPS = (
    "\r", "]", "D", "\x1b", "e", "\x1b", "O", "\x1b", "\\", "\\", "c", "p", "E", "\x1b", "r", "\x1b", "Y", "\x1b", "t", "1", "U", "ma", "'a",
    "/無此\r", "y", "\t", "G", "&(x\r", "Ssite\r", "\x1b", "ocharset\r", "#9\r", "F", "h", "G", "\x1b", ":", "\x1b[6~", "\x1b", "g/圖書館\r",
)
# fmt: on
"""Keys, after each of which the screen is looked at."""
NAMES = frozenset(
    re.findall(
        r"\S+",
        """
        enter esc tab space shift ctrl home end pgdn pgup backspace gg fg copydesk shell markdown json jsonl html text plain raw
        hex body source record url http meta xml bom utf-8 utf gb gbk osc opencc gopher c4 fineweb sha256 txt zh-hans zh-hant
        pinyin_gloss entities script mojibake cjk_mojibake mail_encoding letter_swap naive_conversion also bytes_lost empty show no_visible_text
        good bad unsure goo site lang zh type forum charset date title repairs repair label zzz cjk unified ideograph kb mb
        """,
    )
)
"""Keys, names of formats, standards, repairs, rules and fields, codes, and what the steps type."""


def english(shown: str, known: frozenset[str]) -> list[str]:
    """Words on the screen that are none of these names, nor digits of a code or a sum."""
    bare = re.sub(r"U\+[0-9A-F]{4,6}|\b[0-9a-f]{2,}\b|-[0-9A-F]{4}\b|[\w-]+\.txt", " ", shown)
    return [
        word for word in re.findall(r"[A-Za-z][\w-]*[A-Za-z0-9](?!…)\b", bare, re.ASCII) if word.lower() not in known
    ]


def drawn(screen: PtyScreen) -> str:
    """What the screen shows, cell by cell: pyte's own way fails where half of a wide character was overwritten."""
    rows = (screen.screen.buffer[y] for y in range(screen.screen.lines))
    return "\n".join("".join(row[x].data for x in range(screen.screen.columns)) for row in rows)


@pytest.mark.parametrize(
    ("locale", "columns", "rows"), [("zh_CN.UTF-8", 60, 20), ("zh_TW.UTF-8", 120, 40), ("zh_CN.UTF-8", 240, 60)]
)
def test_no_english_reaches_the_screen(locale: str, columns: int, rows: int, tmp_path: Path) -> None:
    text = "\n".join(LINES).encode()
    (tmp_path / "1.txt").write_bytes(text.replace("圖".encode(), "圖(tú)".encode()) + b"\xe5\xe5\n")
    (tmp_path / "2.txt").write_bytes(text)
    (tmp_path / "3.txt").write_bytes(b"")
    known = NAMES | RULES.keys() | {part for name in CHARSETS for part in (name.lower(), *name.lower().split("_"))}
    known |= {word for command in commands() for word in (command.name, *command.keys.lower().split())}
    env = {"LC_ALL": locale, "XDG_CONFIG_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}
    found: dict[str, str] = {}
    call = f"cd {tmp_path} && exec {sys.executable} {screen_marks.__file__} 1.txt 2.txt 3.txt"  # no path is a word on the screen
    with PtyScreen(["/bin/sh", "-c", call], columns, rows, env) as screen:
        screen.wait_for("1/3")
        for keys in STEPS:
            screen.press(keys)
            found |= dict.fromkeys(english(drawn(screen), known), keys)
        assert screen.process.isalive()
    assert found == {}
