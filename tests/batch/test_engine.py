"""Shards done by Daft: the same bytes, lines and exit status as without. `make test-engine` has Daft for them."""

import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path

import made_corpus
import pytest
from called import call
from waiting import PATIENCE_S, wait_until

SMALL = ("--shard-mb", "0.004")
needs_daft = pytest.mark.skipif(importlib.util.find_spec("daft") is None, reason="needs daft: make test-engine")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_corpus.make(tmp_path_factory.mktemp("corpus") / "in")


@pytest.fixture(scope="module")
def local(corpus: Path) -> Path:
    call("batch", "in", "-o", corpus.parent / "local", *SMALL, cwd=corpus.parent)
    return corpus.parent / "local"


def content(out: Path) -> dict[str, bytes]:
    """All that was written but the plan, whose places have a name by chance."""
    files = (path for path in out.rglob("*") if path.is_file() and not path.name.startswith("plan"))
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


def test_without_daft_one_line_names_the_extra(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "daft.py").write_text("raise ImportError\n")
    path = os.pathsep.join([str(tmp_path), os.environ["PYTHONPATH"]])
    answer = call("batch", corpus, "-o", tmp_path / "out", "--engine", "daft", env={"PYTHONPATH": path})
    assert (answer.status, "copydesk[daft]" in answer.line, (tmp_path / "out").exists()) == (2, True, False)


def test_quarantine_is_read_without_it(corpus: Path, tmp_path: Path) -> None:
    answer = call("batch", corpus, "-o", tmp_path / "out", "--engine", "daft", "--only-quarantine")
    assert answer.status == 2
    assert answer.line == "--engine daft: does whole shards only; drop it or --only-quarantine"


@needs_daft
def test_the_bytes_are_those_of_a_batch_without_it(corpus: Path, local: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    answer = call("batch", "in", "-o", out, *SMALL, "--engine", "daft", "--workers", "2", cwd=corpus.parent)
    assert answer.status == 1  # a record of it is broken
    assert content(out) == content(local)
    assert call("batch", "--merge", out).status == 0


@needs_daft
def test_a_page_that_kills_its_child_is_a_row_and_a_line(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    made_corpus.poison(source, {2: made_corpus.SLOW}, 5)
    answers = {
        name: call("batch", source, "-o", tmp_path / name, "--engine", name, "--workers", "1")
        for name in ("local", "daft")
    }
    assert answers["daft"].status == answers["local"].status == 1
    assert f"{source} #2: " in "\n".join(answers["daft"].lines)
    assert content(tmp_path / "daft").keys() == content(tmp_path / "local").keys()
    assert (
        content(tmp_path / "daft")["parts/part-00000.jsonl.zst"]
        == content(tmp_path / "local")["parts/part-00000.jsonl.zst"]
    )


@needs_daft
def test_a_source_that_changed_is_a_line_and_what_is_done_stays(corpus: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "a.jsonl", tmp_path / "out"
    source.write_bytes((corpus / "a.jsonl").read_bytes())
    call("batch", source, "-o", out, *SMALL, "--shard", "1/2", "--engine", "daft")
    before = content(out)
    source.write_bytes(source.read_bytes() + b'{"text": "more"}\n')
    answer = call("batch", source, "-o", out, *SMALL, "--engine", "daft")
    assert "changed since the plan was made" in answer.lines[0]
    assert content(out) == before


@needs_daft
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_what_is_ended_goes_on(corpus: Path, local: Path, tmp_path: Path, end: int) -> None:
    order = ("batch", "in", "-o", str(tmp_path), *SMALL, "--engine", "daft", "--workers", "1")
    job = subprocess.Popen([sys.executable, "-m", "tui", *order], stderr=subprocess.PIPE, cwd=corpus.parent)
    wait_until(lambda: job.poll() is not None or list(tmp_path.glob(".batch/done/*.json")))
    os.kill(job.pid, end)
    _, told = job.communicate(timeout=PATIENCE_S)
    assert job.returncode == (130 if end == signal.SIGINT else -end)
    assert b"Traceback" not in told
    call(*order, cwd=corpus.parent)
    assert content(tmp_path) == content(local)
