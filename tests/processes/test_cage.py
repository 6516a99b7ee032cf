"""What a file costs that kills every process that looks into it: its own row, and nothing of its neighbours."""

import lzma
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from troubles import trouble
from waiting import PATIENCE_S
from where import ROOT

from tui.core.answers import Position
from tui.core.model import Item, Limits, Options
from tui.core.questions import Scan
from tui.core.shelf import singly
from tui.processes.client import ChildClient
from tui.processes.scans import Scans

MEGABYTE = 1024 * 1024
PAGE = b"<title>Rain</title><p>It rained all day, and the harbour stayed empty."
SMALL = Limits(memory_bytes=160 * MEGABYTE)
"""Room for any page here, but not for what a decoder of xz needs for the second file."""
WINDOW = {"id": lzma.FILTER_LZMA2, "dict_size": 192 * MEGABYTE}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A page, a file that outgrows the memory of whoever scans it, and another page."""
    (tmp_path / "a.html").write_bytes(PAGE)
    (tmp_path / "b.jsonl.xz").write_bytes(lzma.compress(b'{"text": "rain"}\n', filters=[WINDOW]))
    (tmp_path / "c.html").write_bytes(PAGE)
    return tmp_path


def scanned(folder: Path, **options: object) -> list[Item]:
    with ChildClient(SMALL) as client:
        scans = Scans(client, lambda: client)
        return list(singly(scans.runs(Scan((str(folder),), Options(), **options))))  # type: ignore[arg-type]


def test_a_file_that_kills_whoever_scans_it_is_a_row_between_its_neighbours(folder: Path) -> None:
    refs = scanned(folder)
    assert [(Path(ref.source).name, ref.ordinal, trouble(ref) is None) for ref in refs] == [
        ("a.html", 0, True),
        ("b.jsonl.xz", 1, False),
        ("c.html", 2, True),
    ]
    message = str(trouble(refs[1]))
    assert message.startswith(f"{folder}/b.jsonl.xz: it needed more than 160 MB while being scanned")
    assert "the rest is left out" in message


def test_where_no_process_can_start_each_target_is_told_of_once(tmp_path: Path) -> None:
    """As of an installation that is not whole."""
    shutil.copytree(ROOT / "tui", tmp_path / "tui", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "tui" / "processes" / "worker.py").write_text("raise SystemExit(3)\n", encoding="utf-8")
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_bytes(PAGE)
    command = [sys.executable, "-m", "tui", "show", "a.html", "b.html"]
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, cwd=tmp_path, env=env, check=False, timeout=PATIENCE_S)
    assert [line.partition(b":")[0] for line in done.stderr.splitlines()] == [b"a.html", b"b.html"]
    assert (done.returncode, done.stdout) == (3, b"")


def test_a_scan_goes_on_from_a_place_and_tells_of_no_page_again(folder: Path) -> None:
    (folder / "b.jsonl.xz").write_bytes(PAGE)
    refs = scanned(folder, start=Position(places=1, first=7, ordinal=7))
    assert [(Path(ref.source).name, ref.ordinal) for ref in refs] == [("b.jsonl.xz", 7), ("c.html", 8)]
    assert [ref.ordinal for ref in scanned(folder, known=(2,))] == [2]


def test_the_command_lists_the_neighbours_and_says_what_is_lost(folder: Path) -> None:
    (folder / "config.toml").write_text("memory_mb = 160", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "tui",
        "list",
        "--config",
        str(folder / "config.toml"),
        *map(str, sorted(folder.glob("?.*"))),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    assert [line.split("\t")[2] for line in done.stdout.splitlines() if "Rain" in line] == ["Rain", "Rain"]
    assert "b.jsonl.xz: it needed more than 160 MB while being scanned" in done.stderr
    assert done.returncode == 1


RUNAWAY = """
import sys
from tui.commands import repair
from tui.processes import process
from tui.text.mending import damage
process.LEAST_S, process.PER_MEGABYTE_S = 1, 0

def endless(*_):
    while True:
        pass

repair.repaired_text = endless
damage.CLASSES = {"endless": ("never ends", endless)}
from tui.cli import main
sys.argv = ["copydesk", *sys.argv[1:]]
main()
"""


@pytest.mark.parametrize("command", [("repair", "-"), ("damage", "endless", "-")])
def test_a_text_that_is_never_done_with_is_one_line(command: tuple[str, ...]) -> None:
    # No text is known that does it: the repair and the damage that run are ours.
    done = subprocess.run([sys.executable, "-c", RUNAWAY, *command], input=b"rain", capture_output=True, check=False)
    assert done.returncode == 3
    assert done.stderr.decode().splitlines() == [
        "-: it took more than 1 s of CPU time; repair it in smaller parts, or report it if it is small"
    ]


def test_a_text_whose_repair_needs_more_memory_than_there_may_be_is_one_line() -> None:
    script = RUNAWAY.replace("while True:\n        pass", "return bytearray(8 << 30)")
    done = subprocess.run(
        [sys.executable, "-c", script, "repair", "-"], input=b"rain", capture_output=True, check=False
    )
    assert done.returncode == 3
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("-: it needed more than 1,024 MB; ")
