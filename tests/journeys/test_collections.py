"""Journeys through a collection on a real terminal: keys in, screen out."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import screen_marks
from made_warcs import response, warc_record, write
from pty_screen import PtyScreen
from test_reading import play

MONTHS = ("2020-11", "2020-12", "2021-02")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two files of made-up pages, sixty in all: the second file is the younger one."""
    place = tmp_path_factory.mktemp("collection") / "crawl"
    place.mkdir()
    for name, first in (("crawl-a.jsonl", 0), ("crawl-b.jsonl", 40)):
        pages = (
            {
                "title": f"第{number}號渡輪停航",
                "text": f"第{number}號渡輪停航。\n港務處說，{'風' if number % 5 else '浪'}太大了。\n",
                "url": f"https://{'port' if number % 3 else 'town'}.example/{number}.html",
                "date": f"{MONTHS[number // 20]}-{number % 20 + 1:02}",
            }
            for number in range(first, 40 if name == "crawl-a.jsonl" else 60)
        )
        lines = (json.dumps(page, ensure_ascii=False) + "\n" for page in pages)
        (place / name).write_text("".join(lines), encoding="utf-8")
    return place


def places(home: Path) -> dict[str, str]:
    """An environment in which nothing is kept but below `home`."""
    names = ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "HOME")
    return {name: str(home) for name in names}


def started(home: Path, *arguments: str | Path, columns: int = 90, lines: int = 24, **env: str) -> PtyScreen:
    return PtyScreen([sys.executable, screen_marks.__file__, *map(str, arguments)], columns, lines, places(home) | env)


def test_an_indexed_collection_is_charted_filtered_labelled_and_left_for_later(folder: Path, tmp_path: Path) -> None:
    call = [sys.executable, "-m", "tui", "index", str(folder)]
    assert subprocess.run(call, capture_output=True, env=os.environ | places(tmp_path)).returncode == 0
    with started(tmp_path, folder) as screen:
        screen.wait_for("of 60")
        screen.wait_for(" #1 a 第1號渡輪停航")
        screen.press("S")
        screen.press("date\r")
        screen.wait_for("Pages by date: 60")
        screen.settle()
        rows = [row.split()[:3] for row in screen.text().splitlines()[1:5]]
        assert rows == [
            ["2020-11", "20", "33%"],
            ["2020-12", "20", "33%"],
            ["2021-01", "0"],
            ["2021-02", "20", "33%"],
        ]
        screen.press("jjj\r")
        screen.wait_for("date:2021-02: 20 matching")
        screen.settle()
        assert " #41 b 第41號渡輪停… 2021-02" in screen.text()
        screen.press("t*1")
        screen.wait_for("good: added to 20 of 20 pages")
        screen.press("U")
        screen.wait_for("undone: good added to 20 pages")
        screen.press("vjj")
        screen.wait_for("3 pages selected")
        screen.press("t2")
        screen.wait_for("bad: added to 3 of 3 pages")
        screen.press("j")
        screen.wait_for("3 of 60 labelled")
        screen.send("Q")
        assert screen.end() == 0
    with started(tmp_path, "--resume", columns=120, lines=40) as screen:
        screen.wait_for("1 of 20 · #40")
        screen.settle()
        assert "20 of 60 pages" in screen.text()
        screen.wait_for(" bad ")


def test_hits_of_all_pages_are_kept_on_a_narrow_terminal(folder: Path, tmp_path: Path) -> None:
    with started(tmp_path, folder, columns=60, lines=14, NO_COLOR="1") as screen:
        screen.wait_for("of 60")
        screen.press("g/")
        screen.press("风太大\r")
        screen.wait_for("in 48 of 60 pages")
        screen.press("&")
        screen.wait_for('"风太大": 48 matching')
        screen.press("S")
        screen.press("site\r")
        screen.wait_for("Pages by site: 48")
        screen.settle()
        cells = [[screen.screen.buffer[row][column].reverse for column in range(60)] for row in (1, 2)]
        names = [row.split()[0] for row in screen.text().splitlines()[1:3]]
        assert names == ["port.example", "town.example"]
        start = cells[1].index(True)
        bars = [sum(row[start:]) for row in cells]
        assert bars[1] > 10
        assert abs(bars[0] - 2 * bars[1]) <= 2
        assert cells[0][: start - 1] == [True] * (start - 1), "the cursor is on what stands before the bar"
        assert not cells[0][start - 1], "and both are to be seen"


def test_a_chart_costs_few_bytes_and_grows_while_pages_are_read(folder: Path, tmp_path: Path) -> None:
    with started(tmp_path, folder, columns=120, lines=40) as screen:
        screen.wait_for("of 60")
        screen.press("S")
        screen.press("ordinal")
        before = len(screen.sent)
        screen.press("\r")
        screen.wait_for("Pages by ordinal: 60")
        screen.settle()
        assert len(screen.sent) - before < 3000
        assert len(screen.press("j")) < 300
        screen.press("q")
        screen.wait_for("1 of 60")


@pytest.mark.parametrize(("columns", "lines"), [(120, 36), (80, 24)])
def test_what_is_no_text_is_looked_at_as_bytes_and_saved(tmp_path: Path, columns: int, lines: int) -> None:
    content = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
    picture = tmp_path / "a.png"
    picture.write_bytes(content)
    call = [sys.executable, "-m", "tui", "show"]
    raw = subprocess.run([*call, "--raw", picture], capture_output=True, env=os.environ | places(tmp_path))
    assert (raw.returncode, raw.stdout, raw.stderr) == (0, content, b"")
    told = subprocess.run([*call, "--json", picture], capture_output=True, env=os.environ | places(tmp_path))
    page = json.loads(told.stdout)
    assert (told.returncode, page["text"], page["bytes"]) == (3, "", len(content))
    assert [problem["code"] for problem in page["problems"]] == ["not_text"]
    assert page["sha256"] == hashlib.sha256(content).hexdigest()
    with started(tmp_path, picture, columns=columns, lines=lines) as screen:
        screen.wait_for("PNG image, 264 bytes, not text")
        if columns < 100:
            screen.press("\r")
        screen.wait_for("0000000 89 50 4e 47 0d 0a 1a 0a  00 01 02 03 04 05 06 07  .PNG............")
        screen.press("\\")
        screen.until(lambda: "89 50" not in screen.text(), "the page instead of its bytes")
        assert "PNG image, 264 bytes, not text" in screen.text()
        screen.press("\\")
        screen.wait_for("89 50 4e 47")
        screen.press("s")
        screen.wait_for("the original bytes")
        assert "Markdown" not in screen.text()
        screen.press("\r")
        screen.wait_for("save raw as:")
        screen.press(f"{tmp_path}/saved.png\r")
        screen.wait_for("saved as")
    assert (tmp_path / "saved.png").read_bytes() == content


NEWS = """The ferry stops for three days because of the storm.
All tickets stay valid until the end of the month.
The school bus drives as usual."""
LATER = f"{NEWS.replace('stops for three days', 'sails again after four days')}\nTwo boats were damaged in the harbour."


def capture(day: int, name: str, text: str) -> bytes:
    body = "".join(f"<p>{line}" for line in text.split("\n"))
    page = f"<!DOCTYPE html><title>{name}</title><h1>{name}</h1>{body}".encode()
    return response(f"https://news.example/{name}", page, WARC_Date=f"2021-12-{day:02}T10:00:00Z")


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 36)])
def test_captures_of_an_address_are_unfolded_and_compared(columns: int, lines: int, tmp_path: Path) -> None:
    place = tmp_path / "crawl"
    place.mkdir()
    since = {"WARC_Date": "2021-12-07T10:00:00Z", "WARC_Refers_To_Date": "2021-12-06T10:00:00Z"}
    write(place / "1.warc.gz", [capture(6, "Ferry", NEWS), capture(6, "About", "A small paper.")], "gzip")
    write(place / "2.warc.gz", [warc_record("revisit", "https://news.example/Ferry", b"", [], **since)], "gzip")
    write(place / "3.warc.gz", [capture(10, "Sport", "The match is off."), capture(10, "Ferry", LATER)], "gzip")
    with started(tmp_path, place, columns=columns, lines=lines) as screen:
        play(screen, "captures", f"{columns}x{lines}")
        screen.send("Q")
        assert screen.end() == 0


def test_what_a_batch_wrote_shows_its_repairs_and_where_they_came_from(tmp_path: Path) -> None:
    page, out = tmp_path / "in.html", tmp_path / "out"
    page.write_text(
        "<title>嵐溪市</title><article><p>"
        + "嵐溪市總統(tǒng)府昨天發(fā)布了首份聲音地圖,統(tǒng)計完成后發(fā)布。" * 3
    )
    call = [sys.executable, "-m", "tui", "batch", str(page), "-o", str(out)]
    assert subprocess.run(call, capture_output=True, env=os.environ | places(tmp_path)).returncode == 0
    page.unlink()
    with started(tmp_path, out) as screen:
        screen.wait_for("嵐溪市總統府昨天發布")
        screen.press("D")
        screen.wait_for("總統(tǒng)府昨天發(fā)布")
        screen.wait_for("Repairs  pinyin_gloss")
        screen.press("\r")
        screen.wait_for("D repairs")
        screen.press("e")
        screen.wait_for("made by")
        screen.wait_for("utf-8, by json")
