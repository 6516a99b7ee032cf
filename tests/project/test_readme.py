"""README names every key, command, option, format, repair and setting that there is."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from where import ROOT

import tui.sources
from tui.choosing.fields import FAMILIES, FIELDS
from tui.commands.table import COMMANDS
from tui.config import SETTINGS, Config, load
from tui.core.model import Options
from tui.core.registry import collect
from tui.sources import formats
from tui.text.mending.mend import REPAIRS, mend
from tui.view.keys import BINDINGS, key_name

README = (ROOT / "README.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([^`\n]+)`", README))


def test_every_key_is_named() -> None:
    keys = {key_name(key) for binding in BINDINGS for key in binding.key.split(",")}
    assert keys - NAMED == set()


def test_every_command_and_option_is_named() -> None:
    for name, command in COMMANDS.items():
        assert name == "open" or f"`copydesk {name}" in README
        for parameter in command.params:
            for option in parameter.opts:
                assert not option.startswith("--") or re.search(rf"{option}\b", README), option


def test_every_repair_format_and_setting_is_named() -> None:
    assert {repair.name for repair in REPAIRS} <= NAMED
    assert {source.name for source in collect(formats, "FORMAT", tui.sources.Format)} <= NAMED
    for setting in SETTINGS:
        assert re.search(rf"^(# )?{setting} = ", README, re.MULTILINE), setting


TABLE = re.sub("`(--.+?)`", r"\1", README.split("\n## ")[1])
EXAMPLES = [
    (name, damaged, clean)
    for name, before, after in re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", TABLE, re.MULTILINE)
    for damaged, clean in zip(re.findall("`(.+?)`", before), re.findall("`(.+?)`", after), strict=False)
]
"""What the table of repairs says, in the order in which it says it: repair, damage, and what becomes of it."""


@pytest.mark.parametrize(("name", "damaged", "clean"), EXAMPLES)
def test_every_example_of_a_repair_does_what_the_table_says(name: str, damaged: str, clean: str) -> None:
    mended = mend(damaged, Options(also=frozenset({name} & {repair.name for repair in REPAIRS if repair.is_optional})))
    assert (mended.text, {edit.repair for edit in mended.edits}) == (clean, {name})


def test_every_repair_but_that_of_scripts_has_an_example() -> None:
    assert {name for name, _, _ in EXAMPLES} == {repair.name for repair in REPAIRS} - {"script"}


def test_every_field_of_expressions_is_named() -> None:
    assert set(FIELDS) <= NAMED
    assert {f"{family}.NAME" for family in FAMILIES} <= NAMED


def test_the_settings_shown_are_the_defaults(tmp_path: Path) -> None:
    (shown,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    path = tmp_path / "config.toml"
    path.write_text(shown, encoding="utf-8")
    assert replace(load(str(path)), path="") == Config()


def test_the_picture_is_there_and_fetches_nothing() -> None:
    (picture,) = re.findall(r"!\[.*?\]\((.*?)\)", README)
    svg = (ROOT / picture).read_text(encoding="utf-8")
    assert re.findall(r"(?:href|url)\s*[=(]\s*[\"']?https?:", svg) == []
