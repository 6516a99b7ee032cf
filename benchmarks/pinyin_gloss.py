"""How many glossed pages come back exactly: clean Chinese text, damaged by the forward model in several ways.

    python benchmarks/pinyin_gloss.py [TEXT]

TEXT is simplified Chinese, a paragraph a line; by default the encyclopedia text of the shared benchmark, if it is there.
"""

import random
import sys
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from opencc import OpenCC

from tui.core.model import Options
from tui.text.mending.mend import mend
from tui.text.repairs.gloss.forward import damage, halved

SHARED = Path(__file__).parent.parent.parent / "shared" / "bench" / "clean" / "zh-Hans.wiki.cmrc.txt"
PAGES = 50
CHARACTERS = 1200
"""Code points of a page, about."""
KEPT = "后里于云么"
"""Characters that the sites' own conversion leaves as they are."""
_CONVERT = OpenCC("s2tw").convert


@cache
def traditional(char: str) -> str:
    """A simplified character as the sites turn it, whatever stands beside it: 发 is always 發."""
    return char if char in KEPT else _CONVERT(char)


def pages(path: Path) -> list[str]:
    """Cut a text into pages and turn it into traditional characters one by one, as the sites do."""
    text = "".join(map(traditional, path.read_text(encoding="utf-8")))
    text = "".join(char if char.encode("gb18030")[2:] == b"" else "□" for char in text)
    found, page = [], ""
    for line in text.split("\n"):
        page += line + "\n"
        if len(page) >= CHARACTERS:
            found.append(page)
            page = ""
    return found[:PAGES]


def is_right(page: str, found: str) -> bool:
    """Whether a mended page is exact but for signs that were swallowed, for which `?` stands."""
    return len(page) == len(found) and all(
        one == other or (other == "?" and one < "@") for one, other in zip(page, found, strict=True)
    )


def row(name: str, clean: list[str], make: Callable[[str], str]) -> None:
    """Damage and mend every page; print how many are exact, and how many but for signs that nothing can know."""
    exact = known = 0
    start = time.perf_counter()
    for page in clean:
        found = mend(make(page), Options()).text
        true = halved(page) if "halved" in name else page
        exact += found == true
        known += is_right(true, found)
    took = (time.perf_counter() - start) / len(clean) * 1000
    print(f"{name:44} exact {exact}/{len(clean)}   but for swallowed signs {known}   {took:6.1f} ms a page")


def main() -> None:
    """Print the table."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    if not path.is_file():
        print(f"{path}: not there; name a file of simplified Chinese text")
        return
    clean = pages(path)
    chance = random.Random(7)
    for level in (22, 60, 122):
        row(f"level {level}", clean, partial(damage, level=level))
        row(f"level {level}, private use dropped", clean, partial(damage, level=level, keep_private=False))
        row(f"level {level}, halved", clean, partial(damage, level=level, is_halved=True))
        row(
            f"level {level}, one punctuation in 50 hit",
            clean,
            partial(damage, level=level, hits=lambda _: chance.random() < 0.02),
        )
    row("clean", clean, lambda page: page)


if __name__ == "__main__":
    main()
