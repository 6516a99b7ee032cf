"""`show --json` asks about many records at once, and prints what it would print of each alone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tui import loader, sources
from tui.commands import show as showing
from tui.core.model import Limits, Options
from tui.export import documents
from tui.processes import client
from tui.processes.child import Child
from tui.sources import Tally

TEXTS = [
    "It rained all day, and nobody went out.",
    "鏄ㄥぉ涓嬩簡涓€鏁村鐨勯洦",
    "\ud800 lone",
    "",
    "caf&eacute; \x85 au lait",
]


def write(folder: Path, count: int) -> Path:
    path = folder / "a.jsonl"
    lines = [json.dumps({"title": f"Title {number}", "text": TEXTS[number % 5]}) for number in range(count)]
    lines[count // 2] = '{"text": "cut'
    path.write_text("\n".join(lines))
    return path


@pytest.mark.parametrize("most", [1, 3, 64])
def test_lines_are_those_of_each_page_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    path = write(tmp_path, 30)
    write(tmp_path, 30).rename(tmp_path / "b.jsonl")
    write(tmp_path, 30)
    monkeypatch.setattr(showing, "MOST_PAGES", most)
    done = CliRunner().invoke(showing.show, ["--json", str(path), str(tmp_path / "b.jsonl")])
    alone = [
        documents.to_json(documents.page(loader.load(ref, Options(), Limits())))
        for ref in sources.scan([str(path), str(tmp_path / "b.jsonl")], Tally())
    ]
    assert done.stdout.splitlines() == alone
    assert "b.jsonl: line 16" in done.stderr


def poisoned(module: str = "tui.processes.worker", *_: str) -> "subprocess.Popen[bytes]":
    """A worker that is killed by the page with the ordinal 17, unless it is stripped."""
    code = f"""
import os
from tui import loader
from {module} import main
real = loader.load
loader.load = lambda ref, options, limits, plain=None: (
    os.kill(os.getpid(), 9) if ref.ordinal == 17 and plain is None else real(ref, options, limits, plain)
)
main()
"""
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-P", "-c", code], stdin=pipe, stdout=pipe, bufsize=0)


def test_a_page_that_kills_its_process_is_shown_stripped_and_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, 30)
    monkeypatch.setattr(client, "Child", lambda setup, process: Child(setup, process, poisoned))
    done = CliRunner().invoke(showing.show, ["--json", str(path)])
    pages = [json.loads(line) for line in done.stdout.splitlines()]
    assert [page["ordinal"] for page in pages] == list(range(30))
    assert [page["ordinal"] for page in pages if "parser_gave_up" in str(page["problems"])] == [17]
