"""The documents name every key, command, option, format, repair and setting that there is, and what they show works."""

import re
import subprocess
import sys
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

DOCS = ROOT / "docs"
MANUAL = (DOCS / "copydesk.1").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
MOST_LINES = 120
"""Of the README: what is longer is reference, and stands in docs/."""
SHOWING = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]


def document(name: str) -> str:
    """Text of a document."""
    return (DOCS / name).read_text(encoding="utf-8")


def named(name: str) -> set[str]:
    """What a document names as code."""
    return {code.replace(r"\|", "|") for code in re.findall(r"`([^`\n]+)`", document(name))}


def test_what_is_made_from_the_code_is_current() -> None:
    script = (
        "import reference; print(*(path for path, text in reference.made().items() if path.read_text('utf-8') != text))"
    )
    env = {"PYTHONPATH": f"{ROOT / 'scripts'}:{ROOT}", "PYTHONIOENCODING": "utf-8"}
    made = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, check=True, text=True)
    assert made.stdout.split() == [], "make docs"


def test_the_readme_is_short_and_leads_to_every_document() -> None:
    assert len(README.splitlines()) <= MOST_LINES
    assert {f"docs/{path.name}" for path in DOCS.glob("*.md")} <= set(re.findall(r"\]\(([\w./-]+)", README))


def test_every_key_is_named() -> None:
    bound = (key for binding in BINDINGS if binding.id != "prefix" for key in binding.key.split(","))
    keys = {key_name(key) for key in bound if not key.startswith("no_key_for_")}
    assert keys - named("keys.md") == set()
    assert "`g/`" in document("keys.md")


def test_every_command_and_option_is_named() -> None:
    for name, command in COMMANDS.items():
        assert name == "open" or f"copydesk {name}" in document("commands.md")
        assert name == "open" or f"copydesk {name}" in MANUAL
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--"):
                    assert re.search(rf"{option}\b", document("commands.md")), option
                    assert re.search(rf"{option}\b", MANUAL.replace(r"\-", "-")), option


def test_every_repair_format_and_setting_is_named() -> None:
    assert {repair.name for repair in REPAIRS} <= named("repairs.md")
    assert {source.name for source in collect(formats, "FORMAT", tui.sources.Format)} <= named("formats.md")
    for setting in SETTINGS:
        assert re.search(rf"^(# )?{setting} = ", document("configuration.md"), re.MULTILINE), setting


TABLE = re.sub("`(--.+?)`", r"\1", document("repairs.md").split("\n## ")[1])
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


SHORT = [
    (repair, damaged.replace("&amp;", "&"), clean)
    for damaged, clean, repair in re.findall(r"^\| (\S+) \| (\S+) \| `(\w+)`", README, re.MULTILINE)
]


@pytest.mark.parametrize(("name", "damaged", "clean"), SHORT)
def test_every_example_of_the_readme_does_what_it_says(name: str, damaged: str, clean: str) -> None:
    mended = mend(damaged, Options())
    assert (mended.text, {edit.repair for edit in mended.edits}) == (clean, {name})


def test_the_readme_has_examples() -> None:
    assert len(SHORT) == 5


def test_every_field_of_expressions_is_named() -> None:
    assert set(FIELDS) <= named("expressions.md")
    assert {f"{family}.NAME" for family in FAMILIES} <= named("expressions.md")


def test_the_settings_shown_are_the_defaults(tmp_path: Path) -> None:
    (shown,) = re.findall(r"```toml\n(.*?)```", document("configuration.md"), re.DOTALL)
    path = tmp_path / "config.toml"
    path.write_text(shown, encoding="utf-8")
    assert replace(load(str(path)), path="") == Config()


def test_the_pictures_are_there_and_small_and_fetch_nothing() -> None:
    pictures = re.findall(r"!\[.*?\]\((.*?)\)", README)
    assert pictures == ["docs/screenshot.svg", "docs/tour.svg"]
    for picture in pictures:
        svg = (ROOT / picture).read_text(encoding="utf-8")
        assert len(svg.encode()) < 60_000
        assert re.findall(r"(?:href|url)\s*[=(]\s*[\"']?https?:", svg) == []


SHOWN = [
    (path.name, shown)
    for path in SHOWING
    for block in re.findall(r"```console\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    for shown in re.findall(r"^\$ (.+)$", block, re.MULTILINE)
]
"""What a reader is shown to type, and could try on the sample pages."""


def test_the_tasks_of_the_cookbook_are_numbered() -> None:
    numbers = re.findall(r"^## (\d+)\. ", document("cookbook.md"), re.MULTILINE)
    assert [int(number) for number in numbers] == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(("name", "shown"), SHOWN)
def test_what_the_documents_show_can_be_run(name: str, shown: str, tmp_path: Path) -> None:
    env = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "PYTHONIOENCODING": "utf-8",
        "LC_ALL": "C.UTF-8",
    }
    made = subprocess.run(["/bin/sh", "-c", shown], cwd=ROOT, env=env, capture_output=True)
    assert made.returncode in (0, 1)  # 1: of a sample page, something is lost
    assert made.stdout or "labels" in shown or "index" in shown, made.stderr.decode()
