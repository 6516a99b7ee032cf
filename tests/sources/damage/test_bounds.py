"""What a page may hold is counted: beyond a bound it is shown with less done to it, which it says."""

from itertools import pairwise
from pathlib import Path

import bounded
import pytest

from tui import loader
from tui.core.model import BODY_KINDS, Document, Limits, Options, Ref
from tui.loader import load
from tui.text.charset import split
from tui.text.markup import marks, paragraphs
from tui.text.mending.edits import undo
from tui.text.repairs import cjk_mojibake, entities, mail_encoding, mojibake, pinyin_gloss

SENTENCE = "It rained all day long, and nobody in the town went out to see the sea."
HAN = "山城縣立圖書館今晚開放館長說歡迎大家來看書"


def read(path: Path, content: "str | bytes") -> Document:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    kind = "html" if path.suffix == ".html" else "plain"
    return load(Ref(str(path), 0, kind), Options(), Limits())


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_lines_that_are_too_many_are_taken_for_what_the_last_ones_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(paragraphs, "MOST_LINES", 10)
    monkeypatch.setattr("tui.text.structure.webpage.MOST_NODES", 10)
    lines = [f"On day {number} it was so. {SENTENCE}" for number in range(30)]
    source = "\n".join(lines) if name == "a.txt" else "".join(f"<p>{line}</p>\n" for line in lines)
    found = read(tmp_path / name, source + "\n \n")
    (problem,) = found.problems
    assert (problem.code, found.text[problem.start : problem.end]) == ("many_lines", "\n".join(lines[10:]))
    assert (found.blocks[-1].kind, found.blocks[-1].start, found.blocks[-1].end) == ("body", problem.start, problem.end)
    assert len(found.blocks) == 11


def test_menus_that_are_too_many_stay_menus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paragraphs, "MOST_LINES", 10)
    found = read(tmp_path / "a.txt", "home\n" * 30)
    assert [block.kind for block in found.blocks if block.kind in BODY_KINDS] == []


def test_just_as_many_lines_as_are_read_are_no_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paragraphs, "MOST_LINES", 10)
    assert codes(read(tmp_path / "a.txt", f"{SENTENCE}\n" * 10 + "\n-----\n")) == []


def test_a_page_is_shown_up_to_the_line_or_tag_that_is_one_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loader, "MOST_LINES", 3)
    monkeypatch.setattr(loader, "MOST_TAGS", 4)
    bare = read(tmp_path / "a.txt", "a\nb\nc\nd\ne")
    assert (bare.text, codes(bare)) == ("a\nb\nc\nd", ["clipped_text"])
    assert codes(read(tmp_path / "a.txt", "a\nb\nc\nd")) == []
    marked = read(tmp_path / "a.html", "<p>a</p><p>b</p><p>c</p>")
    assert (marked.text, codes(marked)) == ("a\nb", ["clipped_text"])


REPAIRS = [
    (entities, "MOST_SIGNS", 10, "caf&eacute;\n"),
    (mail_encoding, "MOST_SIGNS", 20, "caf=C3=A9\n"),
    (mojibake, "MOST_CHARS", 60, "cafÃ©\n"),
    (cjk_mojibake, "MOST_CHARS", 200, HAN.encode("gb18030").decode("latin-1") + "\n"),
    (pinyin_gloss, "MOST_HINTS", 20, "總統(tǒng)府發(fā)言人說經(jīng)濟數據已公布\n"),
]


@pytest.mark.parametrize(("repair", "bound", "most", "line"), REPAIRS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_repair_that_has_too_much_to_do_stops_and_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, repair: object, bound: str, most: int, line: str
) -> None:
    name = repair.REPAIR.name  # type: ignore[attr-defined]
    whole = read(tmp_path / "a.txt", line * 40)
    assert (name, "repair_bounded" in codes(whole)) == (whole.repairs[0].name, False)
    monkeypatch.setattr(repair, bound, most)
    found = read(tmp_path / "a.txt", line * 40)
    problem = next(problem for problem in found.problems if problem.code == "repair_bounded")
    assert problem.where == name
    assert problem.start is not None
    assert problem.start > 0
    assert found.text[: problem.start].rstrip("\n") == whole.text[: problem.start].rstrip("\n")
    assert all(edit.end <= problem.start for edit in found.edits if edit.repair == name)
    assert undo(found.text, list(found.edits)) == line * 40
    assert all(one.end <= other.start for one, other in pairwise(found.edits))


def test_of_very_many_stretches_some_stand_for_their_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    page = ("<p>Grüße aus Köln</p>\n" * 40).encode() + ("<p>新闻中心的老师说</p>\n" * 40).encode("gb18030")
    border = page.index("新闻".encode("gb18030"))
    (_, second) = split.parts(page, "utf-8", 99)
    assert second.start == border
    monkeypatch.setattr(split, "MOST_STRETCHES", 20)
    (_, second) = split.parts(page, "utf-8", 99)
    assert second.charset == "gb18030"
    assert abs(second.start - border) < 100


def test_a_row_of_many_cells_is_one_line_and_the_head_keeps_so_many_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.text.markup import html

    page = html.parse("<table><tr>" + "<td>a" * 1000)
    assert page.text == "\t".join("a" * 1000)
    monkeypatch.setattr(marks, "MOST_META", 3)
    page = html.parse("<meta name=a content=b>" * 9 + "<title>x</title>")
    assert page.meta == (("a", "b"),) * 3


LONG = {
    "lines.txt": b"a\n" * 2_000_000,
    "paragraphs.txt": f"{SENTENCE}\n\n".encode() * 200_000,
    "han.txt": f"{HAN}。\n".encode() * 200_000,
    "dates.txt": b"2021-03-05\n" * 1_000_000,
    "paragraphs.html": b"<p>a" * 3_000_000,
    "cells.html": b"<table><tr>" + b"<td>a" * 1_000_000,
    "links.html": b"<li><a href=/a>Rain again in the town</a> 2021-03-05" * 300_000,
    "pre.html": b"<pre>" + b"a = b;\n" * 2_000_000,
    "title.html": b"<title>" + b"Rain | The News " * 500_000,
    "entities.txt": b"caf&amp;eacute; http://a.example/x " * 300_000,
    "quoted.txt": b"caf=C3=A9\n" * 1_000_000,
    "mojibake.txt": "caf\u00c3\u00a9 d\u00c3\u00a9j\u00c3\u00a0\n".encode() * 400_000,
    "gbk.txt": (HAN.encode("gb18030").decode("latin-1") + "\n").encode() * 60_000,
    "one_line.txt": (HAN * 60_000).encode().decode("gb18030", "replace").encode(),
    "glosses.txt": "總統(tǒng)府發(fā)言人說經(jīng)濟數據已公布\n".encode("gb18030") * 200_000,
    "marks.txt": ("e" + "\u0301" * 2_000_000).encode(),
    "charsets.txt": (f"{HAN}\n".encode() * 20 + f"{HAN}\n".encode("gb18030") * 20) * 3_000,
    "bytes.txt": bytes(range(128, 256)) * 40_000,
}


def read_long() -> None:
    """Read a page of some MB."""
    name = Path("name").read_text("utf-8")
    read(Path(name), LONG[name])


@pytest.mark.parametrize("name", LONG)
def test_a_page_of_any_shape_takes_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("name").write_text(name, "utf-8")
    # 1 to 3 s, on a machine that does other things as well up to 7 s; before there were bounds, 10 s to hours.
    ended = bounded.call(read_long, cpu_s=15)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_three_hundred_thousand_lines_are_shown(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a\n" * 300_000)
    ended = bounded.copydesk("show", "--text", str(tmp_path / "a.txt"), cpu_s=8)
    assert ended.stdout.count("a\n") == 300_000
    assert "only the first 50,000 lines are classified" in ended.stderr
