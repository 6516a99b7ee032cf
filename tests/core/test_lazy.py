"""Patterns that are compiled when they are first used."""

from typing import Any

from tui.core.patterns import lazy


def test_a_thread_that_comes_while_another_compiles_finds_all_it_needs() -> None:
    kind: Any = lazy
    word = kind("[a-z]+")
    assert word.findall("A page") == ["page"]
    assert kind.__getattr__(word, "pattern") == "[a-z]+"  # what the slower one of the two goes on to do
