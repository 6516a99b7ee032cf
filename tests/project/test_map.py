"""The map is the land: rooms, paths and words that the documents name are there, and no room is missing."""

import re
from pathlib import Path

import pytest
from where import ROOT

PAGES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "CONTRIBUTING.md"]
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
FOLDERS = "tui|tests|docs|scripts|benchmarks|sample_pages"
PATH = re.compile(rf"(?<![\w/.-])(?:{FOLDERS})/[\w./*-]*\w[\w*]*/?|(?<![\w/.])\.\./[\w./-]+|\]\(([\w./-]+)\)")
"""What looks like a path from the root of the checkout, or is linked to."""


def _name(page: Path) -> str:
    return page.name


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_path_that_is_named_exists(page: Path) -> None:
    missing = []
    for match in PATH.finditer(page.read_text(encoding="utf-8")):
        folder, named = (page.parent, match[1]) if match[1] else (ROOT, match[0])
        if named.startswith("../"):
            folder = page.parent
        if not any(folder.glob(named)) if "*" in named else not (folder / named).exists():
            missing.append(named)
    assert not missing


def test_every_room_stands_on_the_map_and_no_other() -> None:
    there = {f"{folder.relative_to(ROOT).as_posix()}/" for folder in (ROOT / "tui").rglob("*") if _is_room(folder)}
    rows = re.findall(r"^\| `(tui/[\w/]+/)` \|", ARCHITECTURE, re.MULTILINE)
    assert sorted(rows) == sorted(there)


def _is_room(folder: Path) -> bool:
    return folder.is_dir() and (folder / "__init__.py").exists()


def test_every_layer_of_the_contract_is_drawn_in_its_order() -> None:
    (contract,) = re.findall(
        r"^layers = \[\n(.*?)^\]", (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    wanted = re.findall(r"tui\.(\w+)", contract)
    drawn = re.search(r"^## Layers.*?```\n(.*?)```", ARCHITECTURE, re.MULTILINE | re.DOTALL)
    assert drawn
    assert re.findall(r"tui/(\w+)", drawn[1]) == wanted


def test_every_word_has_one_meaning_and_every_type_in_it_exists() -> None:
    words = re.findall(r"^\| \*\*(.*?)\*\*", GLOSSARY, re.MULTILINE)
    assert len(words) >= 40
    assert len(words) == len(set(words))
    assert words == sorted(words, key=str.lower)
    code = "\n".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "tui").rglob("*.py")))
    types = set(re.findall(r"^(?:class )?([A-Z]\w+)(?:\(.*|\[.*|:| = .*)$", code, re.MULTILINE))
    assert set(re.findall(r"`([A-Z][a-z]\w*)`", GLOSSARY)) - types == set()
