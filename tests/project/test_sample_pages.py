"""Every sample page is held against the true answer in tests/answers/."""

import json
import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from where import ROOT

from tui import loader, sources
from tui.core.model import Document, Limits, Options
from tui.text.mending.edits import undo
from tui.text.mending.mend import REPAIRS

PAGES = ROOT / "sample_pages"
ANSWERS = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "tests" / "answers").iterdir()}
CASES = [
    pytest.param(answer["file"], page, id=f"{answer['file']}-{page['ordinal']}")
    for _, answer in sorted(ANSWERS.items())
    for page in answer["pages"]
]
UNREPAIRED = Options(without=frozenset(repair.name for repair in REPAIRS))

every_page = pytest.mark.parametrize(("name", "answer"), CASES)


def pages_that_know(key: str) -> pytest.MarkDecorator:
    """The pages whose true answer is known."""
    cases = [case for case in CASES if case.values[1][key] is not None]  # type: ignore[index]
    return pytest.mark.parametrize(("name", "answer"), cases)


@cache
def documents(path: Path, options: Options = Options()) -> list[Document]:  # noqa: B008 - a frozen value
    """All pages of a file through the whole pipeline."""
    return [loader.load(ref, options, Limits()) for ref in sources.scan([str(path)], sources.Tally())]


def document(name: str, answer: dict[str, Any], options: Options = Options()) -> Document:  # noqa: B008 - a frozen value
    ordinal: int = answer["ordinal"]
    return documents(PAGES / name, options)[ordinal]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the script has made everything anew."""
    folder = tmp_path_factory.mktemp("made")
    subprocess.run([sys.executable, ROOT / "scripts" / "make_sample_pages.py", "--into", folder], check=True)
    return folder


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("folder", ["sample_pages", "tests/answers"])
def test_what_is_committed_is_what_the_script_makes(made: Path, folder: str) -> None:
    assert _contents(ROOT / folder) == _contents(made / folder)


def test_a_scan_of_the_folder_finds_each_page_once_and_in_order() -> None:
    found = list(sources.scan([str(PAGES)], sources.Tally()))
    assert [ref.ordinal for ref in found] == list(range(len(CASES)))
    assert sorted(Path(ref.source).name for ref in found) == sorted(case.values[0] for case in CASES)  # type: ignore[type-var]


@every_page
def test_title_type_language_and_charset_are_the_true_ones(name: str, answer: dict[str, Any]) -> None:
    page = document(name, answer)
    seen = {"title": page.title, "type": page.type, "language": page.language, "charset": page.charset.name}
    true = {key: answer[key] for key in seen if answer[key] is not None}
    assert {key: seen[key] for key in true} == true


@pages_that_know("body")
def test_the_body_is_the_article_and_nothing_else(name: str, answer: dict[str, Any]) -> None:
    assert [line for line in document(name, answer).body.split("\n") if line.strip()] == answer["body"]


@pages_that_know("headlines")
def test_all_headlines_of_all_lists_are_found_with_what_the_page_says_of_them(
    name: str, answer: dict[str, Any]
) -> None:
    found = document(name, answer).headlines
    assert [item.title for item in found] == [item["title"] for item in answer["headlines"]]
    for item, true in zip(found, answer["headlines"], strict=True):
        assert {key: getattr(item, key) for key in true} == true


@every_page
def test_a_headline_stands_where_it_says(name: str, answer: dict[str, Any]) -> None:
    page = document(name, answer)
    assert [page.text[item.start : item.end] for item in page.headlines] == [item.title for item in page.headlines]


@every_page
def test_the_page_states_its_date_its_people_and_its_source(name: str, answer: dict[str, Any]) -> None:
    fields = document(name, answer).metadata
    assert {key: fields[key].value if key in fields else None for key in answer["metadata"]} == answer["metadata"]


@every_page
def test_the_repairs_that_are_needed_act_and_no_others(name: str, answer: dict[str, Any]) -> None:
    page = document(name, answer)
    assert [repair.name for repair in page.repairs] == answer["repairs"]
    assert bool(page.edits) == bool(answer["repairs"])


@every_page
def test_the_problems_of_the_page_are_named_with_their_place(name: str, answer: dict[str, Any]) -> None:
    found = document(name, answer).problems
    assert [problem.code for problem in found] == [true["code"] for true in answer["problems"]]
    for problem, true in zip(found, answer["problems"], strict=True):
        assert {key: getattr(problem, key) for key in true} == true


@every_page
def test_the_repaired_text_is_the_clean_one(name: str, answer: dict[str, Any]) -> None:
    text = document(name, answer).text
    if answer["text_is"] is not None:
        assert text.strip("\n").split("\n") == answer["text_is"].strip("\n").split("\n")
    assert [part for part in answer["text_contains"] if part not in text] == []
    assert [part for part in answer["text_lacks"] if part in text] == []


@every_page
def test_edits_are_sorted_stand_where_they_say_and_can_be_undone(name: str, answer: dict[str, Any]) -> None:
    page = document(name, answer)
    spans = [(edit.start, edit.end) for edit in page.edits]
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert all(page.text[edit.start : edit.end] == edit.after for edit in page.edits)
    assert undo(page.text, page.edits) == document(name, answer, UNREPAIRED).text


def test_a_damaged_page_becomes_the_page_that_it_was(made: Path) -> None:
    """The same page without the damage, in UTF-8, goes through the pipeline beside it."""
    undamaged = sorted((made / "undamaged").iterdir())
    assert len(undamaged) >= 14
    differing = {path.name: _differences(documents(PAGES / path.name), documents(path)) for path in undamaged}
    assert {name: found for name, found in differing.items() if found} == {}


def _differences(mended: list[Document], clean: list[Document]) -> list[str]:
    keys = ("title", "type", "language", "text", "body", "blocks", "headlines")
    found = [
        key
        for one, other in zip(mended, clean, strict=True)
        for key in keys
        if getattr(one, key) != getattr(other, key)
    ]
    for one, other in zip(mended, clean, strict=True):
        values = [{key: field.value for key, field in page.metadata.items()} for page in (one, other)]
        found += ["metadata"] if values[0] != values[1] else []
    return found
