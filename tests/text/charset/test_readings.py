"""The charsets between which a user may choose: the chosen one, then the likeliest, each with a line that tells."""

import subprocess
import sys
from pathlib import Path

import pytest
from languages import PAGES

from tui import loader
from tui.core.model import Charset, Claim, Limits, Options, Ref
from tui.core.questions import Readings
from tui.text.charset.decode import decode
from tui.text.charset.names import NAMES, codec, find
from tui.text.charset.readings import LINE_CELLS, candidates
from tui.text.words.cells import width


@pytest.mark.parametrize(("name", "text"), PAGES, ids=[name for name, _ in PAGES])
def test_the_true_charset_stands_first_with_the_page_as_it_is(name: str, text: str) -> None:
    payload = f"<p class=x>plain</p>\n<p>{text}</p>".encode(codec(name))
    chosen = decode(payload).charset
    first = candidates(payload, chosen)[0]
    assert (first.charset, first.lost, first.by) == (chosen.name, 0, chosen.by)
    assert payload.decode(codec(chosen.name)) == payload.decode(codec(name))
    assert first.score > 0.7
    assert first.line.startswith(text[:20])


@pytest.mark.parametrize("name", ["utf-8", "gb18030", "euc-jp"])
def test_a_sample_cut_within_a_character_has_lost_nothing(name: str) -> None:
    for shift in range(4):
        payload = ("x" * shift + "図書館が開館した" * 200).encode(codec(name))
        assert {each.lost for each in candidates(payload, Charset(name, "guess")) if each.charset == name} == {0}
    lost = candidates(b"\xe5 " + "図書館".encode() * 400, Charset("utf-8", "guess"))
    assert [each.lost for each in lost if each.charset == "utf-8"] == [1]


def test_scores_fall_and_no_two_candidates_read_the_page_alike() -> None:
    found = candidates("Der Käse aus Köln ist größer".encode("cp1252"), Charset("windows-1252", "guess"))
    scores = [each.score for each in found]
    assert scores == sorted(scores, reverse=True)
    assert len({each.line for each in found}) == len(found)
    assert found[0].charset == "windows-1252"


def test_what_a_label_decided_stands_first_whatever_its_bytes_look_like() -> None:
    payload = b"<meta charset=iso-8859-1><p>It costs \xa325 today"
    chosen = decode(payload, is_html=True).charset
    first, second, *_ = candidates(payload, chosen)
    assert (first.charset, first.by, first.line) == ("windows-1252", "meta", "It costs £25 today")
    assert second.score > first.score


def test_a_claimed_charset_is_there_however_unlikely() -> None:
    payload = "新しい図書館が開館した".encode("cp932")
    found = candidates(
        payload, Charset("shift_jis", "guess", (Claim("meta", "utf-8"), Claim("guess", "shift_jis", 1.0)))
    )
    assert {each.charset: each.by for each in found if each.by} == {"shift_jis": "guess", "utf-8": "meta"}


def test_lines_are_harmless_and_fit() -> None:
    for each in candidates(("図書館\x1b[31m" * 40).encode("cp932"), Charset("shift_jis", "guess")):
        assert width(each.line) <= LINE_CELLS
        assert "\x1b" not in each.line


@pytest.mark.parametrize("payload", [b"", b"plain", b"<>\n", b"\xff"])
def test_any_bytes_have_the_charset_that_was_chosen(payload: bytes) -> None:
    assert "utf-8" in [each.charset for each in candidates(payload, Charset("utf-8", "default"))]


def test_the_command_line_lists_them(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes("<meta charset=utf-8>図書館が開館した".encode("cp932"))
    done = subprocess.run(
        [sys.executable, "-m", "tui", "show", "--charsets", page], capture_output=True, text=True, check=False
    )
    rows = [line.split(maxsplit=3) for line in done.stdout.splitlines()]
    assert rows[0][1:] == ["shift_jis", "detection", "図書館が開館した"]
    assert ["utf-8", "meta"] in [row[1:3] for row in rows]


def test_every_name_is_one_that_can_be_chosen() -> None:
    assert [name for name in NAMES if find(name) != name] == []


def test_a_page_that_is_gone_has_none_and_says_why() -> None:
    found = loader.readings(Readings(Ref("/nowhere/page.html", 0, "html"), Options()), Limits())
    assert (found.candidates, [problem.code for problem in found.problems]) == ((), ["unreadable"])
