"""What is taken out of the screen arrives whole, and never in place of something else."""

import os
import sys
from base64 import b64decode
from pathlib import Path

import pytest
from pty_screen import PtyScreen
from screen_fake import PARAGRAPHS, TITLE, FakeClient, page, refs
from shown import shown
from where import TESTS

from tui.app.services import FileOutlet
from tui.config import state_path
from tui.core.errors import AlreadyThereError, SourceError, UsageError
from tui.core.model import Charset, Original, Ref
from tui.view.sheets.taking import MOST_BYTES, SCREEN_CHUNK, sequence

MAIN = str(TESTS / "screen_main.py")
REF = Ref("a.html", 0, "html")
DOCUMENT = page(REF)
ORIGINAL = Original(REF, b"\xff raw", b"record", "text/html", Charset("utf-8", "default"), "source")


@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("text", DOCUMENT.text.encode()),
        ("body", (DOCUMENT.body + "\n").encode()),
        ("source", b"source"),
        ("raw", b"\xff raw"),
        ("record", b"record"),
    ],
)
def test_a_page_is_saved_in_each_form(form: str, content: bytes, tmp_path: Path) -> None:
    original = ORIGINAL if form in ("source", "raw", "record") else None
    name = FileOutlet().save(str(tmp_path / "page"), DOCUMENT, original, form)  # type: ignore[arg-type]
    assert Path(name).read_bytes() == content


def test_markdown_and_json_are_those_of_the_commands() -> None:
    assert FileOutlet().render(DOCUMENT, "markdown").startswith(f"# {TITLE}")
    assert '"schema": 1' in FileOutlet().render(DOCUMENT, "json")


def test_nothing_is_written_over_and_a_bad_place_is_named(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="already exists"):
        FileOutlet().save(str(there), DOCUMENT, None, "text")
    assert there.read_text(encoding="utf-8") == "mine"
    with pytest.raises(UsageError, match="No such file or directory; name another file"):
        FileOutlet().save(str(tmp_path / "no" / "folder"), DOCUMENT, None, "text")
    os.mkfifo(tmp_path / "pipe")
    for special in ("-", "/dev/stdout", "/dev/null", str(tmp_path / "pipe")):
        with pytest.raises(UsageError, match="a special file; name another file"):
            FileOutlet().save(special, DOCUMENT, None, "text", is_forced=True)
    with pytest.raises(UsageError, match="No such file or directory; name another file"):
        FileOutlet().save("~nobody-of-this-name/page", DOCUMENT, None, "text")


def test_a_page_is_saved_over_another_file_only_by_force_and_never_over_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path / "state"))
    names = ("own.html", "target.html", "beside.html", "other.html")
    own, target, beside, other = (tmp_path / name for name in names)
    for path in (own, target, beside, other):
        path.write_text(path.name, encoding="utf-8")
    outlet, document = FileOutlet([str(target)]), page(Ref(str(own), 0, "html"))
    for path in (own, target, beside):
        with pytest.raises(UsageError, match="pages are read from this file"):
            outlet.save(str(path), document, None, "text", [str(beside)], is_forced=True)
        assert path.read_text(encoding="utf-8") == path.name
    with pytest.raises(AlreadyThereError):
        outlet.save(str(other), document, None, "text")
    outlet.save(str(other), document, None, "text", is_forced=True)
    assert other.read_text(encoding="utf-8") == document.text
    state_path().parent.mkdir(parents=True, exist_ok=True)
    state_path().write_bytes(b"labels")
    with pytest.raises(UsageError, match="pages are read from this file"):
        outlet.save(str(state_path()), document, None, "text", is_forced=True)


def test_what_no_clipboard_takes_is_kept_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    name = FileOutlet().keep("縣\ud800")
    assert Path(name).read_text(encoding="utf-8") == "縣?"
    monkeypatch.setattr("tui.app.services.state_path", lambda: tmp_path / "file" / "x" / "y")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SourceError, match="saves the page elsewhere"):
        FileOutlet().keep("x")


def test_the_clipboard_gets_base64_wrapped_for_what_stands_between() -> None:
    assert sequence("縣", {}) == "\x1b]52;c;57ij\x07"
    assert sequence("縣", {"TMUX": "x"}) == "\x1b]52;c;57ij\x07\x1bPtmux;\x1b\x1b]52;c;57ij\x07\x1b\\"
    long = sequence("x" * 1000, {"STY": "x"})
    assert long is not None
    parts = long.removesuffix("\x1b\\").split("\x1b\\")
    assert all(part.startswith("\x1bP") and len(part) <= SCREEN_CHUNK + 2 for part in parts)
    joined = "".join(part[2:] for part in parts)
    assert b64decode(joined[len("\x1b]52;c;") : -1]) == b"x" * 1000


def test_a_text_beyond_what_terminals_take_is_not_sent() -> None:
    assert sequence("x" * MOST_BYTES, {}) is not None
    assert sequence("x" * (MOST_BYTES + 1), {}) is None


def test_a_selection_reaches_the_clipboard_of_the_terminal() -> None:
    with PtyScreen([sys.executable, MAIN, "pages"]) as screen:
        screen.wait_for("Peeked 3")
        screen.press("\r")
        sent = screen.press("y")
        assert b64decode(sent.partition(b"\x1b]52;c;")[2].partition(b"\x07")[0]).decode() == TITLE
        assert "paragraph copied: 9 characters" in screen.text()


def test_a_command_gets_the_text_and_the_terminal_and_the_screen_comes_back(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with PtyScreen([sys.executable, MAIN, "pages"]) as screen:
        screen.wait_for("Peeked 3")
        screen.send(f"|cat > {out}; echo done; exit 3\r")
        screen.wait_for("status 3; ENTER goes back")
        assert PARAGRAPHS[0] in out.read_text(encoding="utf-8")
        screen.send("\n")
        screen.wait_for("1 of 200")
        screen.wait_for("status 3: cat")
        screen.send("J")
        screen.wait_for("2 of 200")


@pytest.mark.parametrize(("size", "is_sent"), [(74_994, True), (74_995, False)])
def test_what_takes_more_than_100_000_bytes_of_a_terminal_is_not_sent(size: int, is_sent: bool) -> None:
    assert (sequence("x" * size, {}) is not None) is is_sent


@pytest.mark.parametrize(("size", "parts"), [(174, [240]), (175, [240, 4]), (354, [240, 240]), (355, [240, 240, 4])])
def test_screen_gets_240_characters_at_a_time(size: int, parts: list[int]) -> None:
    sent = sequence("x" * size, {"STY": "x"})
    assert sent is not None
    assert [len(part) - len("\x1bP") for part in sent.removesuffix("\x1b\\").split("\x1b\\")] == parts


async def test_a_part_that_can_be_copied_is_shown_up_to_200_characters() -> None:
    async with shown(FakeClient({0: "x" * 250}), scan=lambda: refs(1), size=(240, 20)) as screen:
        await screen.press("G", "Y")
        assert screen.sheet_rows()[1] == f"  {'paragraph':12}{'x' * 200}"
