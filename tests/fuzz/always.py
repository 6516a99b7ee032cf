"""What is always so of whatever was read: offsets hold, edits undo, JSON is as its schema, and no control gets out."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

import tui
from tui.choosing import fields
from tui.core import i18n
from tui.core.errors import CopydeskError
from tui.core.i18n.chinese import load
from tui.core.model import Document
from tui.core.problems import Problem, Reason, in_language
from tui.export import documents

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What acts on a terminal, but for line ends and tabs."""


class Broken(Exception):  # noqa: N818 - it isn't the input that is at fault
    """Something is not as it must always be."""


def hold(is_so: object, said: str) -> None:
    """Raise `Broken` unless something is so."""
    if not is_so:
        raise Broken(said)


def check_document(document: Document) -> None:
    """Raise `Broken` unless all of a page holds together, in itself and in every form that it is given out in."""
    text, size = document.text, len(document.text)
    at = 0
    for edit in document.edits:
        hold(at <= edit.start <= edit.end <= size, "edits overlap, or leave the text")
        hold(text[edit.start : edit.end] == edit.after, "an edit says what doesn't stand there")
        if edit.steps:
            hold(
                (edit.steps[0].before, edit.steps[-1].after) == (edit.before, edit.after), "steps don't lead to an edit"
            )
        at = edit.end
    for rows in (document.blocks, document.headlines, document.spans, document.scripts):
        for row in rows:
            hold(0 <= row.start <= row.end <= size, f"a {type(row).__name__} lies outside of the text")
    for number, headline in enumerate(document.headlines):
        hold(headline.twin is None or 0 <= headline.twin < number, "a headline is the twin of none before it")
    for problem in document.problems:
        check_problem(problem)
        hold(problem.start is None or 0 <= problem.start <= (problem.end or size) <= size, "a problem lies outside")
    check_harmless(documents.text(document), "--text")
    check_harmless(documents.markdown(document), "--markdown")
    check_harmless(documents.row(documents.summary(document)), "a row of a list")
    check_json(documents.to_json(documents.summary(document)))
    page = check_json(documents.to_json(documents.page(document)))
    error = next(iter(_schema().iter_errors(page)), None)
    if error is not None:
        raise Broken(f"JSON is not as its schema: {error.json_path}: {error.message[:200]}")
    fields.kept(document)


@cache
def _schema() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(
        json.loads(Path(tui.__file__).with_name("page.schema.json").read_text("utf-8"))
    )


def check_json(line: str) -> Any:
    """Return what a line of JSON says; raise `Broken` unless every reader of JSON can have it."""

    def refuse(word: str) -> None:
        raise Broken(f"JSON has {word}, which is no JSON")

    check_harmless(line.replace("\n", ""), "JSON")
    return json.loads(line, parse_constant=refuse)


def check_harmless(written: str, where: str) -> None:
    """Raise `Broken` if something in it acts on a terminal."""
    if found := _CONTROLS.search(written):
        raise Broken(f"U+{ord(found[0]):04X} gets out by {where}")


@cache
def _chinese() -> Mapping[str, str]:
    return load()


def check_problem(problem: Problem) -> None:
    """A problem can be said in every language, and is no fault of the program."""
    in_language(problem, i18n.tr_name)
    words = _chinese()
    in_language(problem, lambda template: words.get(template, template))
    hold(problem.code != "repair_failed", f"a repair failed: {problem.message}")
    reasons: list[Any] = [problem]
    while reasons:
        said = reasons.pop()
        hold(not (isinstance(said, Reason) and "our_fault" in said.name), f"{problem.message}")
        reasons += [value for value in said.values.values() if isinstance(value, Reason | Problem)]


def check_error(error: CopydeskError) -> None:
    """Raise `Broken` unless an error says something, in every language."""
    hold(str(error).strip(), "an error says nothing")
    words = _chinese()
    in_language(error, lambda template: words.get(template, template))
