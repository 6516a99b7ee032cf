"""A batch from outside: the same bytes whatever happens to it, nothing lost, nothing twice."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import made_corpus
import made_warcs
import psutil
import pytest
from called import call
from waiting import PATIENCE_S, wait_until

from tui import __version__
from tui.batch.parts import lines

SMALL = ("--shard-mb", "0.004")
"""Shards of a few pages."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_corpus.make(tmp_path_factory.mktemp("corpus") / "in")


@pytest.fixture(scope="module")
def undisturbed(corpus: Path) -> Path:
    """What comes of it where nothing happens."""
    out = corpus.parent / "undisturbed"
    assert call("batch", corpus, "-o", out, *SMALL, "--workers", "1").status == 1  # a record of it is broken
    return out


def rows(out: Path) -> list[dict[str, object]]:
    """All rows of a batch, in order."""
    parts = sorted((out / "parts").iterdir())
    form = {".zst": "jsonl", ".parquet": "parquet"}
    return [json.loads(line) for part in parts for line in lines(part, form[part.suffix])]


def content(out: Path) -> dict[str, bytes]:
    """All that a batch has written, by name, but for the plan, whose places have a name by chance."""
    files = (path for path in out.rglob("*") if path.is_file() and not path.name.startswith("plan"))
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


def start(*arguments: str | Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tui", "batch", *map(str, arguments)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)


def test_every_page_is_a_row_in_the_order_of_the_list_and_says_what_show_does(corpus: Path, undisturbed: Path) -> None:
    shown = [json.loads(line) for line in call("show", "--json", corpus).out.splitlines()]
    made = rows(undisturbed)
    assert len(made) == 53
    assert len(list((undisturbed / "parts").iterdir())) > 5
    same = ("source", "ordinal", "sha256", "url", "fetched", "language", "type", "title", "body", "edits", "signals")
    for page, row in zip(shown, made, strict=True):
        assert [row[name] for name in same] == [page[name] for name in same]
        assert row["problems"] == page["problems"]
        locator = page["locator"]
        places = [row["member"], row["offset"], row["length"], row["record_id"]]
        assert places == [locator["member"], locator["offset"], locator["length"], locator["record_id"]]
        assert (row["charset"], row["charset_by"]) == (page["charset"]["name"], page["charset"]["by"])
    assert len({row["recipe"] for row in made}) == 1
    assert "text" not in made[0]


def test_workers_change_nothing(corpus: Path, undisturbed: Path, tmp_path: Path) -> None:
    assert call("batch", corpus, "-o", tmp_path / "out", *SMALL, "--workers", "3").status == 1
    assert content(tmp_path / "out") == content(undisturbed)


def test_jobs_that_know_nothing_of_each_other_fill_one_folder(corpus: Path, undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    jobs = [start(corpus, "-o", out, *SMALL, "--workers", "1", "--shard", f"{number}/3") for number in (1, 2, 3)]
    assert [job.wait(PATIENCE_S) in (0, 1) for job in jobs] == [True] * 3
    for job in jobs:
        job.communicate()
    assert content(out) == content(undisturbed)
    assert len(list((out / ".batch").glob("plan*"))) == 2


def test_a_job_alone_leaves_the_shards_of_others_missing(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call("batch", corpus, "-o", out, *SMALL, "--shard", "2/3")
    merged = call("batch", "--merge", out)
    assert merged.status == 1
    assert merged.line.startswith(f"{out}: missing shards: 0, 2-3, 5-6,")
    assert (out / "parts" / "part-00001.jsonl.zst").exists()
    assert not (out / "parts" / "part-00000.jsonl.zst").exists()


@pytest.mark.parametrize("seed", range(4))
def test_a_job_that_is_killed_goes_on_and_writes_the_same(
    corpus: Path, undisturbed: Path, tmp_path: Path, seed: int
) -> None:
    """The later runs are given longer, so that each seed dies while it plans, begins, and is half through."""
    out, chance = tmp_path / "out", random.Random(seed)
    for turn in range(4):
        job = start(corpus, "-o", out, *SMALL, "--workers", "2")
        marked = len(list(out.glob(".batch/done/*.json")))
        until = time.monotonic() + chance.uniform(0.1, 0.8 * (turn + 1))
        while time.monotonic() < until and len(list(out.glob(".batch/done/*.json"))) < marked + 4:
            time.sleep(0.01)
        os.kill(job.pid, signal.SIGKILL)
        job.communicate()
    assert call("batch", corpus, "-o", out, *SMALL).status == 1
    assert content(out) == content(undisturbed)
    assert len(list((out / ".batch").glob("plan.json"))) == 1


def test_children_that_are_killed_from_outside_cost_no_page(corpus: Path, undisturbed: Path, tmp_path: Path) -> None:
    out, chance = tmp_path / "out", random.Random(1)
    job = start(corpus, "-o", out, *SMALL, "--workers", "2")
    parent, kills = psutil.Process(job.pid), 0
    while job.poll() is None and kills < 12:
        for child in _children(parent) if kills < 2 or (out / ".batch" / "plan.json").exists() else []:
            with suppress(ProcessLookupError):
                os.kill(child.pid, signal.SIGKILL)
                kills += 1
        time.sleep(chance.uniform(0.05, 0.5))
    job.communicate()
    assert kills
    assert content(out) == content(undisturbed)


def _children(parent: psutil.Process) -> list[psutil.Process]:
    try:
        return [child for child in parent.children() if child.status() != psutil.STATUS_ZOMBIE]
    except psutil.NoSuchProcess:
        return []


def test_an_interrupt_leaves_it_to_be_gone_on_with(corpus: Path, undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    job = start(corpus, "-o", out, *SMALL, "--workers", "1")
    wait_until(lambda: job.poll() is not None or list(out.glob(".batch/done/*.json")))
    os.kill(job.pid, signal.SIGINT)
    _, told = job.communicate()
    assert (job.returncode, told) == (130, b"")
    before = {path: path.stat().st_mtime_ns for path in (out / "parts").iterdir()}
    assert before
    (out / ".batch" / f"plan-{'0' * 16}.bin").write_bytes(b"of one who was killed before its plan counted")
    call("batch", corpus, "-o", out, *SMALL)
    assert content(out) == content(undisturbed)
    assert {path: path.stat().st_mtime_ns for path in before} == before  # what was done is not done again
    assert len(list((out / ".batch").glob("plan*"))) == 2


def test_what_it_makes_is_opened_like_any_collection(undisturbed: Path) -> None:
    listed = call("list", undisturbed).out.decode().splitlines()
    assert len(listed) == 53
    assert all("/parts/part-" in line for line in listed)
    assert b"File 3" in b"".join(line.encode() for line in listed)


@pytest.fixture
def out(corpus: Path, tmp_path: Path) -> Path:
    """A batch of some pages, done."""
    call("batch", corpus / "a.jsonl", "-o", tmp_path / "out", *SMALL)
    return tmp_path / "out"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--where", "lang:zh"], "recipe"),
        (["--columns", "title"], "recipe"),
        (["--shard-mb", "0.005"], "shard size"),
        (["--format", "parquet"], "format"),
        (["--all-records"], "--all-records"),
    ],
)
def test_another_order_in_the_same_folder_is_refused(corpus: Path, out: Path, arguments: list[str], words: str) -> None:
    before = content(out)
    answer = call("batch", corpus / "a.jsonl", "-o", out, *SMALL, *arguments)
    assert (answer.status, content(out)) == (2, before)
    assert words in answer.line
    assert "--fresh" in answer.line
    fresh = call("batch", corpus / "a.jsonl", "-o", out, *SMALL, *arguments, "--fresh")
    assert fresh.status in (0, 1)
    assert call("batch", "--merge", out).status == 0


def test_another_source_and_another_version_are_refused(corpus: Path, out: Path) -> None:
    assert "sources" in call("batch", corpus / "b.warc", "-o", out, *SMALL).line
    plan = out / ".batch" / "plan.json"
    plan.write_bytes(plan.read_bytes().replace(b'"copydesk": "', b'"copydesk": "0.'))
    answer = call("batch", corpus / "a.jsonl", "-o", out, *SMALL)
    assert (answer.status, "version of copydesk" in answer.line) == (2, True)


def test_what_an_older_version_put_into_quarantine_is_read_once_more(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out"
    made_corpus.poison(source, {3: made_corpus.SLOW}, 8)
    lines = "import sys, tui\ntui.__version__ = '0.0.1'\nfrom tui.cli import main\nmain()"
    older = subprocess.run([sys.executable, "-c", lines, "batch", source, "-o", out], capture_output=True)
    assert older.returncode == 1
    kept = out / ".batch" / "quarantine" / "00000"
    assert (kept / "000003.record").read_bytes() == source.read_bytes().splitlines()[3]
    before = content(out)
    assert call("batch", source, "-o", out).status == 2
    again = call("batch", source, "-o", out, "--only-quarantine")
    assert again.status == 1
    assert len(again.lines) == 2  # what the page did, and the sum
    (changed,) = [name for name, written in content(out).items() if written != before[name]]
    assert json.loads((out / changed).read_bytes())["copydesk"] == __version__
    assert call("batch", "--merge", out).status == 0


def test_beginning_anew_removes_nothing_of_anybody_elses(corpus: Path, out: Path) -> None:
    foreign = [out / "notes.txt", out / "parts" / "mine.jsonl", out / ".batch" / "done" / "mine", out / ".batch" / "x"]
    for path in foreign:
        path.write_text("mine")
    call("batch", corpus / "b.warc", "-o", out, "--fresh")
    assert [path.read_text() for path in foreign] == ["mine"] * 4
    assert len(list(lines(out / "parts" / "part-00000.jsonl.zst", "jsonl"))) == 8
    assert not (out / "parts" / "part-00001.jsonl.zst").exists()


def test_parts_without_a_plan_are_not_written_over(corpus: Path, tmp_path: Path) -> None:
    part = tmp_path / "out" / "parts" / "part-00000.jsonl.zst"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"mine")
    answer = call("batch", corpus, "-o", tmp_path / "out")
    assert (answer.status, part.read_bytes()) == (2, b"mine")
    assert "without a plan" in answer.line


def test_a_damaged_part_is_found_and_made_anew_once_it_is_removed(corpus: Path, out: Path) -> None:
    before, part = content(out), out / "parts" / "part-00002.jsonl.zst"
    whole = part.read_bytes()
    assert call("batch", "--merge", out).status == 0
    part.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    merged = call("batch", "--merge", out)
    assert (merged.status, "damaged shards: 2;" in merged.line) == (1, True)
    part.unlink()
    assert call("batch", "--merge", out).status == 1
    call("batch", corpus / "a.jsonl", "-o", out, *SMALL)
    assert content(out) == before
    part.write_bytes(whole[:-1])  # shorter: noticed without being read
    call("batch", corpus / "a.jsonl", "-o", out, *SMALL)
    assert content(out) == before


def test_the_report_counts_everything(out: Path) -> None:
    merged = call("batch", "--merge", out)
    told = [line.split("\t") for line in merged.out.decode().splitlines()]
    counts = {(line[0], line[1]): line[2] for line in told if len(line) == 3}
    assert (merged.status, merged.lines) == (0, [])
    assert ["rows", f"40, {sum(path.stat().st_size for path in (out / 'parts').iterdir()):,} bytes"] in told
    assert counts["repair", "pinyin_gloss"] == "14"
    assert counts["repair", "mojibake"] == "13"
    assert counts["problem", "broken_record"] == "1"
    assert counts["charset", "utf-8"] == "40"


def test_a_source_that_changes_is_one_line_and_its_shards_are_not_done(corpus: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "a.jsonl", tmp_path / "out"
    source.write_bytes((corpus / "a.jsonl").read_bytes())
    assert call("batch", source, "-o", out).status == 1
    source.write_bytes(source.read_bytes() + b'{"text": "more"}\n')
    again = call("batch", source, "-o", out)
    assert len(again.lines) == 1  # of the record that is broken: all was done before
    (out / "parts" / "part-00000.jsonl.zst").unlink()
    answer = call("batch", source, "-o", out)
    assert answer.status in (1, 3)
    assert (
        answer.lines[0] == f"{source}: changed since the plan was made; name another OUT, or add --fresh to begin anew"
    )
    assert not (out / "parts" / "part-00000.jsonl.zst").exists()


def test_a_full_disk_is_one_line_and_leaves_no_half_part(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    answer = call("batch", corpus, "-o", out, before="ulimit -f 2;")
    assert answer.status == 1
    assert answer.lines[-1].startswith(f"{out}/parts/part-00000.jsonl.zst: ")
    assert answer.lines[-1].endswith("mend that and run it again")
    assert content(out) == {}
    assert call("batch", corpus, "-o", out).status == 1
    assert len(rows(out)) == 53


def test_an_expression_chooses_with_that_of_the_recipe(corpus: Path, tmp_path: Path) -> None:
    recipe, out = tmp_path / "r.toml", tmp_path / "out"
    recipe.write_text('where = "repairs>0"\ncolumns = ["text", "title", "ordinal"]\n', encoding="utf-8")
    assert call("batch", corpus / "a.jsonl", "-o", out, "--recipe", recipe, "--where", "repair:mojibake").status == 0
    made = rows(out)
    assert [row["ordinal"] for row in made] == [n for n in range(40) if n % 3 == 1]
    assert list(made[0]) == ["ordinal", "title", "text", "recipe"]
    assert "Schöne Grüße" in str(made[0]["text"])
    assert call("batch", "--merge", out).out.splitlines()[2].startswith(b"rows\t13,")


def test_records_that_are_no_pages_are_rows_where_they_are_wanted(tmp_path: Path) -> None:
    page, picture = ("Content-Type", "text/html"), ("Content-Type", "image/png")
    bodies = [(b"<title>A</title><p>x", page), (b"\x89PNG\r\n\x1a\n" + bytes(200), picture)]
    records = [made_warcs.response(f"https://w.example/{n}", body, kind) for n, (body, kind) in enumerate(bodies)]
    made_warcs.write(tmp_path / "a.warc", records)
    usual = call("batch", tmp_path / "a.warc", "-o", tmp_path / "usual")
    every = call("batch", tmp_path / "a.warc", "-o", tmp_path / "every", "--all-records")
    assert "--all-records" in usual.line
    assert [row["title"] for row in rows(tmp_path / "usual")] == ["A"]
    listed = call("list", "--all-records", tmp_path / "a.warc").out.splitlines()
    assert len(rows(tmp_path / "every")) == len(listed) == 2
    assert "not_text" in str(rows(tmp_path / "every")[1]["problems"])
    assert every.status == 1


def test_a_recipe_is_obeyed_and_told_in_every_row(corpus: Path, undisturbed: Path, tmp_path: Path) -> None:
    recipe, out = tmp_path / "r.toml", tmp_path / "out"
    recipe.write_text('without = ["mojibake"]\n', encoding="utf-8")
    call("batch", corpus / "a.jsonl", "-o", out, "--recipe", recipe)
    made = rows(out)
    assert "SchÃ¶ne" in str(made[1]["body"])
    assert made[0]["recipe"] != rows(undisturbed)[0]["recipe"]


def test_parquet_has_the_same_rows(corpus: Path, undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call("batch", corpus, "-o", out, *SMALL, "--format", "parquet", "--workers", "2")
    assert rows(out) == rows(undisturbed)
    again = tmp_path / "again"
    call("batch", corpus, "-o", again, *SMALL, "--format", "parquet", "--workers", "1")
    assert content(again) == content(out)


def test_parquet_without_pyarrow_names_what_is_missing(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "pyarrow.py").write_text("raise ImportError\n")
    path = os.pathsep.join([str(tmp_path), os.environ["PYTHONPATH"]])
    answer = call("batch", corpus, "-o", tmp_path / "out", "--format", "parquet", env={"PYTHONPATH": path})
    assert (answer.status, "pyarrow" in answer.lines[0], (tmp_path / "out").exists()) == (2, True, False)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-o", "out"], "no SOURCE"),
        (["in"], "--out"),
        (["-", "-o", "out"], "can't be read again"),
        (["https://a.example/", "-o", "out"], "can't be read again"),
        (["in", "-o", "in/out"], "lies in in"),
        (["in", "-o", "in"], "lies in in"),
        (["in", "-o", "label.toml"], "label.toml: a file, not a folder; name another OUT"),
        (["in", "-o", "s3://bucket/out"], "this machine"),
        (["in", "-o", "out", "--shard", "0/3"], "count from 1"),
        (["in", "-o", "out", "--shard", "4/3"], "count from 1"),
        (["in", "-o", "out", "--shard", "1"], "not I/N"),
        (["in", "-o", "out", "--shard", "1/3", "--fresh"], "without --shard"),
        (["in", "-o", "out", "--only-quarantine", "--fresh"], "quarantine"),
        (["in", "-o", "out", "--only-quarantine"], "no batch"),
        (["in", "-o", "out", "--columns", "title,bogus"], "no column"),
        (["in", "-o", "out", "--where", "label:good"], "label changes"),
        (["in", "-o", "out", "--where", "lang:zh OR note:x"], "note changes"),
        (["in", "-o", "out", "--where", "lang:"], "--where"),
        (["in", "-o", "out", "--where", "twins>0"], "--where: twins is known to an index alone"),
        (
            ["in", "-o", "out", "--recipe", "label.toml", "--where", "lang:zh"],
            "label.toml: where: a batch writes the same",
        ),
        (["in", "-o", "out", "--recipe", "twins.toml"], "twins.toml: where: twins is known to an index alone"),
        (["in", "-o", "out", "--recipe", "twins.toml", "--where", "note:x"], "twins.toml: where"),
        (["in", "-o", "out", "--recipe", "gone.toml"], "gone.toml"),
        (["in", "-o", "out", "--shard-mb", "nan"], "number"),
        (["in", "-o", "out", "--shard-mb", "0"], "range"),
        (["in", "--merge", "out"], "OUT alone"),
        (["--merge", "out"], "no batch"),
    ],
)
def test_a_wrong_call_is_one_line_and_writes_nothing(arguments: list[str], words: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text("<title>A</title><p>x")
    (tmp_path / "label.toml").write_text("where = 'label:good'")
    (tmp_path / "twins.toml").write_text("where = 'twins>0 | lang:zh'")
    answer = call("batch", *arguments, cwd=tmp_path)
    assert (answer.status, answer.out) == (2, b"")
    assert words in answer.line
    assert not (tmp_path / "out" / ".batch" / "plan.json").exists()


@pytest.mark.parametrize("sources", [["gone.jsonl"], ["in"], ["in", "gone.jsonl"]])
def test_sources_without_a_page_are_one_line(sources: list[str], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    answer = call("batch", *sources, "-o", "out", cwd=tmp_path)
    assert answer.status == 3
    assert answer.line
    assert not (tmp_path / "out" / "parts").exists()
