"""Recipes are read as they were written, and mean the same wherever they are used."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.choosing.recipe import Recipe, parsed, read
from tui.core.errors import UsageError

FULL = Recipe(
    without=("mojibake",),
    also=("letter_swap",),
    certain=True,
    script="tw",
    charset="gb18030",
    fields=(("body", "content.text"), ("url", "u")),
    where='repairs>0 "a b"',
    columns=("title", "body"),
    fails=(("c4_sentences", 3), ("gopher_letters", 0.7)),
)


@pytest.mark.parametrize("recipe", [Recipe(), FULL, Recipe(where='lang:zh\t"\x7f"')])
def test_a_recipe_is_read_as_it_was_written(recipe: Recipe, tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    path.write_text(recipe.toml(), encoding="utf-8")
    assert read(path) == recipe
    assert read(path).digest == recipe.digest


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_any_words_come_back(words: str) -> None:
    written = Recipe(fields=(("title", words), ("url", words)))
    assert parsed(written.toml(), "r.toml") == written


def test_what_means_the_same_has_the_same_digest_and_all_else_another() -> None:
    assert Recipe(without=("entities", "mojibake")).digest == Recipe(without=("mojibake", "entities")).digest
    others = [Recipe(), FULL, Recipe(certain=True), Recipe(script="hans"), Recipe(columns=("a", "b"))]
    others += [Recipe(columns=("b", "a")), Recipe(where="lang:zh"), Recipe(fails=(("c4_sentences", 3),))]
    assert len({recipe.digest for recipe in others}) == len(others)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("x = 1", "unknown key 'x'; known keys: without"),
        ("certain = 1", "certain: not true or false"),
        ("where = 1", "where: not a string"),
        ("columns = 'a'", "columns: not a list of strings"),
        ("without = ['none']", "without none: no such repair"),
        ("also = ['mojibake']", "also mojibake: no such repair"),
        ("script = 'x'", "script: 'x' is none"),
        ("charset = 'x'", "r.toml: charset 'x': unknown"),
        ("columns = ['title', 'titel']", "r.toml: columns: 'titel' is no column; known: source, ordinal"),
        ("where = 'ordinal>'", "where"),
        ("[fields]\nbody = 1", "fields: not a table of strings"),
        ("[fields]\nx = 'a'", "fields: 'x' is no role"),
        ("fails = 1", "fails: not a table of numbers"),
        ("[fails]\ngopher_letters = 'a'", "fails: not a table of numbers"),
        ("[fails]\ngopher_letters = true", "fails: not a table of numbers"),
        ("[fails]\ngopher_letters = nan", "fails: not a table of numbers"),
        ("[fails]\ngopher_letters = -inf", "fails: not a table of numbers"),
        ("[fails]\ngopher_letter = 1", "r.toml: fails: no rule 'gopher_letter'; did you mean 'gopher_letters'?"),
        ("certain = ", "invalid TOML"),
    ],
)
def test_what_means_nothing_is_named(content: str, words: str) -> None:
    with pytest.raises(UsageError) as raised:
        parsed(content, "r.toml")
    assert words in str(raised.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "No such file"), (b"\xff", "not UTF-8"), (b"#" * (1 << 20) + b"##", "larger than 1 MB")],
)
def test_a_file_that_is_no_recipe_is_named(content: bytes | None, words: str, tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=words):
        read(path)
