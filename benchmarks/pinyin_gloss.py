"""How many glossed pages come back exactly, and how often edits err: clean Chinese text, damaged in 42 ways.

    python benchmarks/pinyin_gloss.py [TEXT [SKIP]]

TEXT is simplified or traditional Chinese, a paragraph a line; by default the encyclopedia text of the shared benchmark, if it
is there. SKIP leaves out so many of its pages. A fill is a probable edit that puts something where bytes are gone.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from functools import cache, partial
from itertools import product
from pathlib import Path
from typing import Any

from opencc import OpenCC

from tui.core.model import Edit, Options
from tui.text.mending.mend import Mending, mend
from tui.text.repairs.gloss.forward import COMMA, INVISIBLE, damage, halved
from tui.text.repairs.gloss.likelihood import LOST

SHARED = Path(__file__).parent.parent.parent / "shared" / "bench" / "clean" / "zh-Hans.wiki.cmrc.txt"
PAGES = 40
CHARACTERS = 1200
"""Code points of a page, about."""
KEPT = "后里于云么"
"""Characters that the sites' own conversion leaves as they are."""
_CONVERT = OpenCC("s2tw").convert


@cache
def traditional(char: str) -> str:
    """A simplified character as the sites turn it, whatever stands beside it: 发 is always 發."""
    return char if char in KEPT else _CONVERT(char)


def pages(path: Path, skip: int) -> list[str]:
    """Cut a text into pages and turn it into traditional characters one by one, as the sites do."""
    text = path.read_text(encoding="utf-8").replace("。。", "。")  # where a note was cut out of the encyclopedia
    text = "".join(map(traditional, text))
    text = "".join(char if char.encode("gb18030")[2:] == b"" else "□" for char in text)
    found, page = [], ""
    for line in text.split("\n"):
        page += line + "\n"
        if len(page) >= CHARACTERS:
            found.append(page)
            page = ""
    return found[skip:][:PAGES]


def is_right(page: str, found: str) -> bool:
    """Whether a mended page is exact but for signs that were swallowed, for which `?` stands."""
    return len(page) == len(found) and all(
        one == other or (other == "?" and one < "@") for one, other in zip(page, found, strict=True)
    )


def errors(true: str, mended: Mending) -> Iterator[tuple[str, Edit]]:
    """Each edit with what it is: certain or fill, right or wrong; one that tells that something is lost is neither."""
    turned = SequenceMatcher(None, mended.text, true, autojunk=False).get_opcodes()
    wrong = [(start, max(end, start + 1)) for kind, start, end, *_ in turned if kind != "equal"]
    for edit in mended.edits:
        if edit.certainty == "certain" or not {"?", LOST} & set(edit.after):
            kind = "certain" if edit.certainty == "certain" else "fill"
            is_wrong = any(start < edit.end and edit.start < end for start, end in wrong)
            yield f"{kind} {'wrong' if is_wrong else 'right'}", edit


def row(name: str, clean: list[str], make: Callable[[str], str], is_halved: bool) -> Counter[str]:
    """Damage and mend every page; print how many are exact but for signs that nothing can know, and how many edits err."""
    counts: Counter[str] = Counter()
    start = time.perf_counter()
    for page in clean:
        true, mended = halved(page) if is_halved else page, mend(make(page), Options())
        counts["pages"] += 1
        counts["exact"] += is_right(true, mended.text)
        counts.update(kind for kind, _ in errors(true, mended))
    counts["ms"] = round((time.perf_counter() - start) * 1000)
    tell(name, counts)
    return counts


def tell(name: str, counts: Counter[str]) -> None:
    """Print a row."""
    fills = counts["fill right"] + counts["fill wrong"]
    certain = counts["certain right"] + counts["certain wrong"]
    print(
        f"{name:36} exact {counts['exact']:4}/{counts['pages']}   certain edits wrong {counts['certain wrong']:3}/{certain}"
        f"   fills right {counts['fill right']:4}/{fills}   {counts['ms'] / counts['pages']:6.1f} ms a page",
        flush=True,
    )


HITS = {"": 0.0, ", one punctuation in 20 hit": 0.05, ", all punctuation hit": 1.0, ", commas put in": 0.5}


def by_line(text: str, **how: Any) -> str:
    """Damage a text line by line: half a character at a line's end would take the next line with it."""
    return "\n".join(damage(line, **how) for line in text.split("\n"))


def is_hit(chance: random.Random, share: float, _place: int) -> bool:
    """Whether something is put in before this punctuation."""
    return chance.random() < share


def main() -> None:
    """Print the table."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    if not path.is_file():
        print(f"{path}: not there; name a file of Chinese text")
        return
    clean = pages(path, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    total: Counter[str] = Counter()
    for level, keep, is_halved, hit in product((22, 60, 122), (True, False), (False, True), HITS):
        if "commas" in hit and is_halved:
            continue
        make = partial(
            by_line,
            level=level,
            keep_private=keep,
            is_halved=is_halved,
            hits=partial(is_hit, random.Random(4711), HITS[hit]) if hit else None,
            put_in=COMMA if "commas" in hit else INVISIBLE,
        )
        name = f"{level}{'' if keep else ', dropped'}{', halved' if is_halved else ''}{hit}"
        total += row(name, clean, make, is_halved)
    tell("all", total)
    row("clean", clean, str, False)


if __name__ == "__main__":
    main()
