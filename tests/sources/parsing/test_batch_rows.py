"""Rows of batches are taken for such only if they hold together; anybody may write what looks like one."""

import json
from pathlib import Path
from typing import Any

import pytest

from tui.core.model import Limits, Options, Ref, RuleBounds
from tui.core.problems import Reason
from tui.loader import Tally, peek, restore, scan
from tui.sources.parsing.batch_rows import names, row
from tui.sources.parsing.pages import page
from tui.text.document import parse

EDIT = {"start": 2, "end": 3, "before": "Ã¶", "after": "ö", "repair": "mojibake", "certainty": "certain"}
PROBLEM = {"stage": "decode", "code": "bytes_lost", "message": "x: 2 bytes", "start": 0, "end": 1, "byte": 7, "lost": 2}
ROW: dict[str, Any] = {
    "recipe": "0123456789abcdef",
    "text": "Fröhlich\nsein",
    "body_at": [[0, 8]],
    "edits": [EDIT],
    "problems": [PROBLEM],
    "signals": {"han_ratio": 0.5, "doubt": None},
    "fails": [{"rule": "gopher_few_words", "value": 2, "bound": 20}, {"rule": "of_tomorrow", "value": 1, "bound": 0}],
    "type": "article",
    "language": "de",
}


def test_a_row_gives_what_it_has() -> None:
    made = row(ROW, ROW["text"])
    assert made is not None
    assert ([edit.before for edit in made.edits], made.body, made.signals) == (["Ã¶"], ((0, 8),), {"han_ratio": 0.5})
    (problem,) = made.problems
    assert (problem.message, problem.gravity, problem.lost) == ("x: 2 bytes", "lost", 2)


@pytest.mark.parametrize(
    "other",
    [
        {"recipe": "0123456789abcde"},
        {"recipe": "0123456789ABCDEF"},
        {"recipe": None},
        {"edits": None},
        {"edits": "none"},
        {"edits": [3]},
        {"edits": [{**EDIT, "start": 1}]},
        {"edits": [{**EDIT, "end": 30}]},
        {"edits": [{**EDIT, "start": "two"}]},
        {"edits": [{**EDIT, "start": 1e400}]},
        {"edits": [{**EDIT, "before": "a\nb"}]},
        {"edits": [EDIT, EDIT]},
        {"edits": [{**EDIT, "steps": [{"repair": "mojibake"}]}]},
        {"body_at": [[0, 80]]},
        {"body_at": [[5, 8], [0, 4]]},
        {"body_at": [[5]]},
        {"body_at": 8},
        {"problems": [{**PROBLEM, "code": "of_tomorrow"}]},
        {"problems": [{"code": "empty"}]},
        {"signals": [1]},
        {"signals": {"han_ratio": "much"}},
        {"signals": {"han_ratio": float("nan")}},
        {"charset": "of_tomorrow"},
        {"problems": [{**PROBLEM, "byte": 1 << 60}]},
        {"problems": [{**PROBLEM, "lost": -1}]},
        {"fails": {"gopher_few_words": 2}},
        {"fails": [{"rule": "gopher_few_words", "value": 2}]},
        {"fails": [{"rule": "gopher_few_words", "value": "two", "bound": 20}]},
        {"fails": [{"rule": "gopher_few_words", "value": 2, "bound": float("inf")}]},
    ],
)
def test_what_does_not_hold_together_is_a_record_like_any_other(other: dict[str, Any]) -> None:
    assert row({**ROW, **other}, ROW["text"]) is None


def test_a_list_leaves_the_title_as_the_batch_left_it(tmp_path: Path) -> None:
    title = "SchÃ¶ne GrÃ¼ÃŸe aus MÃ¼nchen"
    plain = {"text": "It rains. SchÃ¶ne GrÃ¼ÃŸe!"}
    left = {**ROW, **plain, "body_at": [], "edits": [], "problems": []}
    for kept, shown in ((left, title), (plain, "Schöne Grüße aus München")):
        path = tmp_path / "rows.jsonl"
        path.write_text(json.dumps({**kept, "title": title}) + "\n", encoding="utf-8")
        (ref,) = scan([str(path)], Tally())
        assert peek(ref, Options()).title == shown


@pytest.mark.parametrize(
    ("fails", "bounds", "expected"),
    [
        (ROW["fails"], (), {"gopher_few_words": (2.0, 20.0)}),
        ([], (), {}),
        (None, (), {"gopher_few_words": (1.0, 50.0)}),
        (ROW["fails"], (("gopher_few_words", 30.0),), {"gopher_few_words": (1.0, 30.0)}),
    ],
)
def test_rules_are_those_of_the_row_unless_it_has_none_or_other_bounds_are_asked_for(
    fails: object, bounds: RuleBounds, expected: dict[str, tuple[float, float]]
) -> None:
    raw = page(
        Ref("a.jsonl", 0, "jsonl"), {**ROW, "fails": fails}, lambda: b"", Limits(), place=lambda: Reason("row", {})
    )
    document = parse(*restore(raw, Options()), bounds)
    found = {name: (failure.value, failure.bound) for name, failure in document.fails.items()}
    is_measured = fails is None or bounds
    assert ({name: found[name] for name in expected} if is_measured else found) == expected


def test_without_text_places_are_those_of_the_body() -> None:
    body = {**ROW, "text": None, "body": "Fröhlich", "body_at": [[10, 18]]}
    edits = [{**EDIT, "start": 3, "end": 4}, {**EDIT, "start": 12, "end": 13}]
    made = row({**body, "edits": edits, "problems": [{**PROBLEM, "start": 12, "end": 13}, PROBLEM]}, "Fröhlich")
    assert made is not None
    assert [(edit.start, edit.end) for edit in made.edits] == [(2, 3)]
    assert (len(made.others), made.body) == (1, ((0, 8),))
    assert [(problem.start, problem.end) for problem in made.problems] == [(2, 3), (None, None)]
    assert names(body)["body"] == "body"


@pytest.mark.parametrize(("problems", "codes"), [([], ["empty"]), ([PROBLEM], [])])
def test_a_row_without_any_text_says_something(problems: list[dict[str, Any]], codes: list[str]) -> None:
    record = {**ROW, "text": "", "body_at": [], "edits": [], "problems": problems}
    made = page(Ref("a.jsonl", 0, "jsonl"), record, lambda: b"", Limits(), place=lambda: Reason("row", {"row": 0}))
    assert made.row is not None
    assert [problem.code for problem in made.problems] == codes
