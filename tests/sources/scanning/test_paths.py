"""Paths that lead nowhere, in a circle, or to nothing that can be read cost a line."""

import os
import sys
from pathlib import Path

import pytest
from called import Answer, call
from pty_screen import PtyScreen
from where import ROOT

from tui.core.files import real


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_text("<title>One page</title><p>Text of one page.")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "to").symlink_to("fro")
    (tmp_path / "fro").symlink_to("to")
    (tmp_path / "empty").mkdir()
    return tmp_path


@pytest.mark.parametrize("name", ["loop", "to", "loop/page.html"])
@pytest.mark.parametrize("command", ["list", "show"])
def test_a_link_that_leads_to_itself_is_one_line(command: str, name: str, folder: Path) -> None:
    answer = call(command, name, cwd=folder)
    assert (answer.status, answer.line.partition(": ")[0]) == (3, name)


@pytest.mark.parametrize("name", ["loop", "to"])
def test_the_screen_shows_why_a_link_to_itself_is_no_page(name: str, folder: Path) -> None:
    with in_folder(folder, name) as screen:
        screen.wait_for("Too many levels of symbolic links")
        screen.send("q")
        assert screen.end() == 0


def test_links_are_followed_as_far_as_they_lead(folder: Path) -> None:
    (folder / "link").symlink_to("page.html")
    assert real(str(folder / "link")) == os.path.realpath(folder / "page.html")
    assert Path(real(str(folder / "to"))).parent == folder.resolve()


@pytest.mark.parametrize(
    "arguments", [["list"], ["list", "--json"], ["show"], ["find", "x"], ["index"], ["labels", "add", "good"]]
)
def test_a_folder_without_pages_is_one_line_and_nothing_that_could_be_read(arguments: list[str], folder: Path) -> None:
    answer = call(*arguments, "empty", cwd=folder)
    assert answer == Answer(3, b"", ["empty: no page in it; name another SOURCE"])
    assert call("list", "empty", cwd=folder) == answer  # nor has it an index that would hide this


def test_a_folder_without_pages_among_others_is_one_that_could_not_be_read(folder: Path) -> None:
    answer = call("list", "empty", "page.html", "emp*", cwd=folder)
    assert (answer.status, answer.out) == (1, b"0\t-\tOne page\tpage.html\n")
    assert answer.lines == ["empty: no page in it; name another SOURCE", "emp*: no page in it; name another SOURCE"]


def test_a_folder_of_files_that_nobody_knows_says_that_they_were_passed_over(folder: Path) -> None:
    (folder / "empty" / "program").write_bytes(b"\x7fELF" + bytes(range(256)))
    answer = call("list", "empty", cwd=folder)
    assert (answer.status, answer.line) == (3, "empty: 1 unrecognised file skipped; name a file to see why")


def test_the_screen_says_that_a_folder_has_no_pages(folder: Path) -> None:
    with in_folder(folder, "empty") as screen:
        screen.wait_for("No pages here: found nothing to read")
        screen.send("q")
        assert screen.end() == 0


@pytest.mark.parametrize("arguments", [["list"], ["show"], ["find", "x"], ["index"], ["labels", "add", "good"]])
def test_a_folder_that_was_deleted_is_one_line(arguments: list[str], folder: Path) -> None:
    answer = deleted(folder, *arguments, ".")
    assert answer == Answer(3, b"", [".: this folder has been deleted; go to another one"])


@pytest.mark.parametrize(
    "arguments",
    [["list", "{}"], ["show", "{}"], ["repair", "{}"], ["find", "page", "{}"], ["index", "{}"], ["labels", "export"]],
)
def test_other_folders_can_be_read_from_one_that_was_deleted(arguments: list[str], folder: Path) -> None:
    answer = deleted(folder, *(argument.format(folder / "page.html") for argument in arguments))
    assert answer.status == 0
    assert len(answer.lines) == (arguments[0] == "index")


def test_the_screen_starts_in_a_folder_that_was_deleted(folder: Path) -> None:
    (folder / "gone").mkdir()
    command = 'cd "$1" && rmdir "$1" && exec "$0" -m tui . "$2"'
    page = str(folder / "page.html")
    with PtyScreen(["sh", "-c", command, sys.executable, str(folder / "gone"), page]) as screen:
        screen.wait_for("Text of one page.")
        screen.send("q")
        assert screen.end() == 0


def test_the_screen_says_that_a_folder_that_was_deleted_has_no_pages(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    command = 'cd "$1" && rmdir "$1" && exec "$0" -m tui'
    with PtyScreen(["sh", "-c", command, sys.executable, str(tmp_path / "gone")]) as screen:
        screen.wait_for("No pages here: found nothing to read")
        screen.send("q")
        assert screen.end() == 0


def deleted(folder: Path, *arguments: str) -> Answer:
    """Call copydesk in a folder that is gone."""
    gone = folder / "gone"
    gone.mkdir(exist_ok=True)
    # Python looks for modules in the working directory, if asked for one with -m.
    place = str(ROOT)
    return call(
        *arguments, cwd=gone, env={"PYTHONPATH": f"{place}:{os.environ['PYTHONPATH']}"}, before="rmdir ../gone;"
    )


def in_folder(folder: Path, name: str) -> PtyScreen:
    """The screen, started in a folder for one SOURCE there."""
    return PtyScreen(["sh", "-c", 'cd "$1" && exec "$0" -m tui "$2"', sys.executable, str(folder), name])
