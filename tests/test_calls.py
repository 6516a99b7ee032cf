"""Odd calls: each is one line that says what to write instead, with the status of the contract."""

from pathlib import Path

import pytest
from called import call


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    path = tmp_path / "pages.jsonl"
    path.write_text('{"text": "one"}\n{"text": "two"}\n')
    return path


@pytest.mark.parametrize(
    "expression", ["(" * 400, "(" * 400 + "one" + ")" * 400, "-" * 400 + "one", "NOT " * 400 + "a"]
)
def test_an_expression_that_is_nested_without_end_is_a_wrong_call(expression: str, pages: Path) -> None:
    answer = call("list", f"--where={expression}", pages)
    assert (answer.status, answer.out) == (2, b"")
    assert "more than 50 levels" in answer.line


def test_an_expression_may_be_nested_as_deep_as_anybody_does(pages: Path) -> None:
    expression = "(" * 25 + "NOT " * 24 + "one" + ")" * 25
    assert call("list", "--where", expression, pages) == (0, f"0\t-\tone\t{pages}\n".encode(), [])
