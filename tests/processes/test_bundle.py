"""In a bundle, which has no interpreter to start, children are made by the bundle's own executable."""

import sys
from pathlib import Path

import pytest
from waiting import PATIENCE_S
from where import ROOT

from tui.processes.launch import launch


def test_a_bundle_starts_its_worker_through_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = tmp_path / "copydesk"
    start = ROOT / "scripts" / "bundle" / "start.py"
    bundle.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" "{start}" "$@"\n', encoding="utf-8")
    bundle.chmod(0o755)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(bundle))
    with launch() as process:
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(PATIENCE_S) == 0  # a worker that nobody asks
