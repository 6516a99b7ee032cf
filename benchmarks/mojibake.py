"""How much misread text comes back exactly, by family, beside ftfy's `fix_encoding` in the same run.

    python benchmarks/mojibake.py [STEP]

Uses every STEP-th row of the shared benchmark if it is there, otherwise the made-up texts of the tests through the forward
models.
"""

import difflib
import json
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import ftfy

from tui.core.model import Options
from tui.text.charset.misreading import MULTIBYTE
from tui.text.mending.damage import CLASSES
from tui.text.mending.mend import mend

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "bench" / "mojibake.jsonl"
COMPARED_CHARS = 400
DECODER_ROWS = 20
"""Texts for each decoder that loses bytes."""
_WRITTEN = {
    "gbk": ("simplified Chinese", "zh-Hans.wiki.cmrc"),
    "big5": ("traditional Chinese", "zh-Hant.wiki.drcd"),
    "cp950": ("traditional Chinese", "zh-Hant.wiki.drcd"),
    "sjis": ("Japanese", "ja.wiki.jsquad"),
    "jisx0208": ("Japanese", "ja.wiki.jsquad"),
    "euckr": ("Korean", "ko.ud-kaist"),
    "ksx1001": ("Korean", "ko.ud-kaist"),
}
"""What UTF-8 is read as -> the language of the text, in the tests and among the shared texts."""


class Row(NamedTuple):
    """A text, what became of it, and by which class of damage."""

    clean: str
    damaged: str
    name: str
    is_part: bool
    is_reversible: bool


def family(row: Row) -> str:
    """The kind of damage, as the shared scorer groups it."""
    if row.name == "clean":
        return "clean"
    if "lossy" in row.name or row.name.startswith("gbk>u8"):
        return "can't be known"
    written, read = row.name.split(" ")[0].split(">")
    kind = "legacy" if written != "u8" else "UTF-8 as CJK" if read in MULTIBYTE else "UTF-8 as single-byte"
    return f"{kind}, {'in part' if row.is_part else 'whole'}, {'reversible' if row.is_reversible else 'lossy'}"


def rows(step: int) -> Iterator[Row]:
    """The shared rows, or our own."""
    if not SHARED.is_file():
        yield from own_rows()
        return
    for line in SHARED.read_text(encoding="utf-8").split("\n")[::step]:
        if line:
            row = json.loads(line)
            yield Row(row["clean"], row["damaged"], row["class"], row["length"].startswith("part"), row["reversible"])


def own_rows() -> Iterator[Row]:
    """Each text of the tests by each class that fits it."""
    sys.path.insert(0, str(ROOT / "tests"))
    from languages import TEXTS

    chance = random.Random(1)
    for text in TEXTS.values():
        yield Row(text, text, "clean", False, True)
        for name, (_, make) in CLASSES.items():
            damaged = make(text, chance)
            if ">" in name and not {"?", "\ufffd"} & set(damaged):
                yield Row(text, damaged, name, False, True)


def alike(one: str, other: str) -> float:
    """Similarity of the beginnings, 0 to 1."""
    return difflib.SequenceMatcher(None, one[:COMPARED_CHARS], other[:COMPARED_CHARS], autojunk=False).ratio()


def decoder_rows() -> Iterator[Row]:
    """Texts whose bytes each of the decoders read that lose some: of the shared clean texts, or of the tests."""
    sys.path.insert(0, str(ROOT / "tests"))
    from languages import TEXTS

    chance = random.Random(1)
    for name, (_, make) in CLASSES.items():
        match = re.fullmatch(r"(u8|gbk)>(\w+)( dropping)?", name)
        if match is None or match[2] not in MULTIBYTE or (match[1] == "gbk" and match[3]):
            continue
        language, file = (
            _WRITTEN.get(match[2], ("simplified Chinese", "zh-Hans.wiki.cmrc")) if match[1] == "u8" else _WRITTEN["gbk"]
        )
        path = SHARED.parent / "clean" / f"{file}.txt"
        texts = path.read_text(encoding="utf-8").split("\n") if path.is_file() else [TEXTS[language]]
        for text in texts[:: max(1, len(texts) // DECODER_ROWS)]:
            yield Row(text, make(text, chance), name, False, False)


def decoders() -> None:
    """Print for each decoder how alike the answers are, and how often the damage stays and is reported."""
    found: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for row in decoder_rows():
        mended = mend(row.damaged, Options())
        is_told = mended.text == row.damaged and any(problem.code == "mojibake_lost" for problem in mended.problems)
        found[row.name].append((alike(mended.text, row.clean), is_told))
    print(f"{'decoder':44} {'rows':>5} {'alike':>7} {'told':>7}")
    for name, scores in found.items():
        near, told = (sum(column) / len(scores) for column in zip(*scores, strict=True))
        print(f"{name:44} {len(scores):5} {near:7.3f} {told:7.3f}")


def main() -> None:
    """Print a row a family, and one a decoder that loses bytes."""
    found: dict[str, list[tuple[bool, float, bool]]] = defaultdict(list)
    seconds = size = 0.0
    for row in rows(int(sys.argv[1]) if len(sys.argv) > 1 else 1):
        start = time.perf_counter()
        mended = mend(row.damaged, Options()).text
        seconds += time.perf_counter() - start
        size += len(row.damaged.encode("utf-8"))
        theirs = ftfy.fix_encoding(row.damaged)
        clean = row.clean.strip()
        found[family(row)].append((mended.strip() == clean, alike(mended, row.clean), theirs.strip() == clean))
    print(f"{'':44} {'rows':>5} {'exact':>7} {'alike':>7} {'ftfy exact':>11}")
    for name, scores in sorted(found.items()):
        ours, near, theirs_exact = (sum(column) / len(scores) for column in zip(*scores, strict=True))
        print(f"{name:44} {len(scores):5} {ours:7.3f} {near:7.3f} {theirs_exact:11.3f}")
    print(f"{size / seconds / 1e6:.2f} MB/s over all rows")
    decoders()


if __name__ == "__main__":
    main()
