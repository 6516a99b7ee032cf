"""What programs do with pages: bytes they have, and whatever can be opened, with or without a child."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import copydesk

GLOSSED = "嵐溪市總統(tǒng)府昨天發(fā)布了首份聲音地圖,統(tǒng)計完成后發(fā)布。"
HTML = f"<title>{GLOSSED}</title><article><h1>{GLOSSED}</h1><p>{GLOSSED}他們(men)說，這是第一步。</p></article>"
SAMPLES = Path(__file__).parents[2] / "sample_pages"


@pytest.mark.parametrize("isolated", [True, False])
def test_bytes_become_a_page(isolated: bool) -> None:
    payload = HTML.encode("gb18030")
    page = copydesk.restore(
        payload, url="https://a.example/1", content_type="text/html; charset=iso-8859-1", isolated=isolated
    )
    assert "總統府" in page.title
    assert "總統府" in page.body
    assert (page.url, page.charset.name, page.ordinal, page.problems) == ("https://a.example/1", "gb18030", 0, ())
    assert page.undo() == copydesk.restore(payload, recipe=copydesk.Recipe(without=("pinyin_gloss",))).text
    why = page.explain(page.text.index("統"))
    assert why.edit is not None
    assert why.edit.before == "統(tǒng)"


def test_a_page_is_what_the_command_prints(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(HTML, encoding="utf-8")
    call = [sys.executable, "-m", "tui", "show", "--json", str(path)]
    printed = json.loads(subprocess.run(call, capture_output=True, check=True).stdout)
    (opened,) = copydesk.open(path)
    assert json.loads(json.dumps(opened.to_dict())) == printed
    made = json.loads(json.dumps(copydesk.restore(HTML.encode()).to_dict()))
    own = ("source", "locator")
    assert {key: value for key, value in made.items() if key not in own} == {
        key: value for key, value in printed.items() if key not in own
    }


@pytest.mark.parametrize(("payload", "code"), [(b"", "empty"), (b"\x89PNG\r\n\x1a\n" + bytes(99), "not_text")])
@pytest.mark.parametrize("isolated", [True, False])
def test_what_is_no_page_says_so(payload: bytes, code: str, isolated: bool) -> None:
    page = copydesk.restore(payload, isolated=isolated)
    assert [problem.code for problem in page.problems] == [code]
    assert page.text == ""


def test_threads_share_the_child_and_get_their_own_answers() -> None:
    found: dict[int, str] = {}

    def read(number: int) -> None:
        found[number] = copydesk.restore(f"<title>{number}</title><p>x".encode()).title

    threads = [threading.Thread(target=read, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: str(number) for number in range(8)}


def test_a_forked_process_has_a_child_of_its_own() -> None:
    lines = (
        "import copydesk, os\n"
        "assert copydesk.restore(b'<title>A</title>').title == 'A'\n"
        "pid = os.fork()\n"
        "assert copydesk.restore(b'<title>B</title>').title == 'B'\n"
        "if pid: assert os.waitpid(pid, 0)[1] == 0\n"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", lines], check=True, timeout=60)


@pytest.mark.parametrize("isolated", [True, False])
def test_what_is_opened_comes_page_by_page_and_what_cannot_be_read_says_so(tmp_path: Path, isolated: bool) -> None:
    records = [{"text": f"Page {number}. A ferry runs.", "url": f"https://a.example/{number}"} for number in range(5)]
    lines = [json.dumps(record) for record in records]
    lines[2] = lines[2][:20]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    pages = list(copydesk.open(tmp_path / "a.jsonl", isolated=isolated))
    assert [page.ordinal for page in pages] == [0, 1, 2, 3, 4]
    assert [bool(page.problems) for page in pages] == [False, False, True, False, False]
    assert pages[4].url == "https://a.example/4"


@pytest.mark.parametrize("isolated", [True, False])
def test_pages_are_chosen_by_expressions_of_the_recipe_and_the_call_and_drawn(isolated: bool) -> None:
    recipe = copydesk.Recipe(where="repairs>0")
    found = [page.ordinal for page in copydesk.open(SAMPLES, recipe=recipe, where="lang:zh", isolated=isolated)]
    each = copydesk.open(SAMPLES, isolated=False)
    assert found == [page.ordinal for page in each if page.edits and (page.language or "").startswith("zh")]
    drawn = [page.ordinal for page in copydesk.open(SAMPLES, sample=3, seed=7, isolated=isolated)]
    assert len(drawn) == 3
    assert drawn == [page.ordinal for page in copydesk.open(SAMPLES, sample=3, seed=7)]


def test_a_name_of_nothing_is_a_page_with_a_problem(tmp_path: Path) -> None:
    (page,) = copydesk.open(tmp_path / "gone.html")
    assert [problem.gravity for problem in page.problems] == ["unread"]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: copydesk.open(), "no source"),
        (lambda: copydesk.open("https://a.example/", isolated=False), "read by a child"),
        (lambda: copydesk.open("x", where="ordinal>"), "where"),
    ],
)
def test_a_call_that_means_nothing_is_refused_at_once(call: object, words: str) -> None:
    with pytest.raises(copydesk.UsageError, match=words):
        call()  # type: ignore[operator]


def test_a_child_that_is_lost_is_replaced() -> None:
    lines = (
        "import copydesk, os, signal\n"
        "from tui.library import pages\n"
        "copydesk.restore(b'<p>a')\n"
        "child = pages._READER._client._child._process.pid\n"
        "os.kill(child, signal.SIGKILL)\n"
        "assert copydesk.restore(b'<title>B</title>').title == 'B'\n"
    )
    subprocess.run([sys.executable, "-c", lines], check=True, timeout=60, env=os.environ)
