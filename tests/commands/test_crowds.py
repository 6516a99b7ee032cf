"""`find` and `--where` ask several processes where one takes long: in order, each page once, and none for little."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tui.choosing import selection
from tui.commands import find as finding
from tui.commands import list as listing
from tui.lookup import hunt
from tui.processes import pages as asking
from tui.processes.abreast import parts_abreast

PAGES = 700
BROKEN = 10
PLACES = [number for number in range(PAGES) if number % 7 == 3]


@pytest.fixture
def crowds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many processes are asked each time, of three."""
    asked: list[int] = []

    def noted(askers: Any, *question: Any) -> Any:
        asked.append(len(askers))
        return parts_abreast(askers, *question)

    monkeypatch.setattr(asking, "parts_abreast", noted)
    monkeypatch.setattr(asking, "width", lambda: 3)
    monkeypatch.setattr(selection, "MOST_PAGES", 32)
    monkeypatch.setattr(hunt, "FIRST_PAGES", 32)
    monkeypatch.setattr(hunt, "MOST_PAGES", 32)
    return asked


def write(folder: Path) -> list[str]:
    lines = [
        json.dumps({"title": "T", "n": number % 7, "text": "rain" if number % 7 == 3 else "wind"})
        for number in range(PAGES)
    ]
    lines[BROKEN] = '{"text": "rain, cut'
    (folder / "a.jsonl").write_text("\n".join(lines[:300]))
    (folder / "b.zip").write_bytes(b"PK\x03\x04 is none")
    (folder / "c.jsonl").write_text("\n".join(lines[300:]))
    return [str(folder / name) for name in ("a.jsonl", "b.zip", "c.jsonl")]


@pytest.mark.parametrize("serial_s", [60.0, 0.0])
def test_what_is_found_stands_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, crowds: list[int], serial_s: float
) -> None:
    monkeypatch.setattr(selection, "SERIAL_S", serial_s)
    monkeypatch.setattr(hunt, "SERIAL_S", serial_s)
    sources = write(tmp_path)
    kept = CliRunner().invoke(listing.list_, ["--json", "--where", "record.n:3", *sources])
    rows = [json.loads(line) for line in kept.stdout.splitlines()]
    assert [row["ordinal"] + 300 * row["source"].endswith("c.jsonl") for row in rows] == [
        number for number in PLACES if number != BROKEN
    ]
    assert crowds == ([3] if not serial_s else [])
    limited = CliRunner().invoke(listing.list_, ["--where", "record.n:3", "--limit", "5", *sources])
    assert [line.split("\t")[0] for line in limited.stdout.splitlines()] == ["3", "17", "24", "31", "38"]
    crowds.clear()
    found = CliRunner().invoke(finding.find, ["rain", *sources])
    hits = [line.split("\t") for line in found.stdout.splitlines()]
    assert [int(at) + 300 * source.endswith("c.jsonl") for at, source, _ in hits] == PLACES
    assert len(crowds) == (3 if not serial_s else 0)
    assert "b.zip" in found.stderr
