"""The fuzzer itself: it sees what goes wrong, goes on behind it, and makes the same input again."""

import os
import random
import signal
from dataclasses import replace
from pathlib import Path

import pytest
from fuzz import cases, check, running, seeds
from fuzz.always import hold
from fuzz.running import Case, Finding, attempt, made, run

from tui.sources.formats import table
from tui.sources.streams.files import count_read

MEGABYTE = 1024 * 1024


def misbehave(_folder: Path, _name: str, content: bytes, _chance: random.Random) -> None:
    """Do what the input says."""
    match content:
        case b"loops":
            signal.setitimer(signal.ITIMER_PROF, 0.1)
            while True:
                pass
        case b"fills memory":
            bytes(2 * check.LIMITS.memory_bytes)
        case b"crashes":
            os.abort()
        case b"raises":
            next(table.scan(None))  # type: ignore[arg-type]
        case b"is broken":
            hold(False, "something")


@pytest.fixture
def misbehaving(monkeypatch: pytest.MonkeyPatch) -> None:
    """An input of the kind `cdx` does what it says."""
    running.warm()
    monkeypatch.setattr(check, "CHECKS", {"cdx": misbehave})
    monkeypatch.setattr(check, "LIMITS", replace(check.LIMITS, memory_bytes=512 * MEGABYTE))


@pytest.mark.usefixtures("misbehaving")
def test_each_way_to_go_wrong_is_a_finding_and_the_next_input_has_its_turn() -> None:
    ways = [b"loops", b"is fine", b"fills memory", b"crashes", b"raises", b"is broken", b"is fine"]
    found = dict(run([Case("cdx", "a", way, 0) for way in ways]))
    assert {ways[at]: finding.what for at, finding in found.items()} == {
        b"loops": "hangs",
        b"fills memory": "outgrew",
        b"crashes": "crashed",
        b"raises": "raised",
        b"is broken": "broken",
    }
    assert found[4].where == "tui/sources/streams/opening.py open_stored"
    assert found[5].said == "something"


@pytest.mark.usefixtures("misbehaving")
def test_what_is_found_is_kept_and_fails_when_it_is_tried_again(tmp_path: Path) -> None:
    path = cases.store(Case("cdx", "a.cdx", b"crashes", 7), Finding("crashed", "", "SIGABRT"), tmp_path)
    ((name, case),) = cases.stored(tmp_path)
    assert (name, case) == (path.name, Case("cdx", "a.cdx", b"crashes", 7))
    found = attempt(case)
    assert found is not None
    assert (found.what, found.said) == ("crashed", "SIGABRT")


def test_the_same_seed_makes_the_same_input() -> None:
    inputs = [made(kind, 5, number) for kind in ("html", "archive", "sqlite") for number in range(9)]
    assert inputs == [made(kind, 5, number) for kind in ("html", "archive", "sqlite") for number in range(9)]
    assert inputs[:9] != [made("html", 6, number) for number in range(9)]


@pytest.mark.parametrize("kind", check.CHECKS)
def test_undamaged_input_does_no_harm(kind: str) -> None:
    inputs = [Case(kind, seed.name, seed.file, number) for number, seed in enumerate(seeds.of(kind))]
    assert list(run(inputs[:: len(inputs) // 12 + 1] if kind != "command" else inputs[:2])) == []


def test_what_is_read_after_the_fuzzer_does_not_end_the_process() -> None:
    running.warm()
    count_read(8 * MEGABYTE)
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)
