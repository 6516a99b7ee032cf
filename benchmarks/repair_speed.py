"""How fast the repairs run beside ftfy's `fix_text` in the same run, on clean text and on damaged pages, and the first load.

    python benchmarks/repair_speed.py

Uses the shared clean texts if they are there, otherwise the made-up texts of the tests, repeated. Times are of the
processor.
"""

import random
import runpy
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import ftfy

from tui.core.model import Options
from tui.text.mending.damage import CLASSES
from tui.text.mending.mend import mend

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "bench" / "clean"
TEXT_BYTES = 200_000
PAGE_BYTES = 10_000
"""Of the damaged page."""
ROUNDS = 3
DAMAGE = {
    "zh-Hans": ("gbk>cp1252", "u8>cp1252", "u8>gbk", "u8>gbk x2", "gbk>big5", "gbk>sjis", "u8>big5"),
    "zh-Hant": ("big5>gbk", "u8>gbk"),
    "ja": ("sjis>gbk", "u8>sjis", "eucjp>latin1"),
    "ko": ("euckr>gbk", "u8>gbk"),
    "ru": ("cp1251>cp1252", "koi8r>cp1251", "u8>cp1251"),
    "de": ("u8>cp1252", "u8>cp1252 x2"),
    "pl": ("cp1250>cp1252",),
}
"""Language -> classes of damage that are timed on it."""


def texts() -> Iterator[tuple[str, str]]:
    """Languages and a clean text in each."""
    if SHARED.is_dir():
        for path in sorted(SHARED.glob("*.txt")):
            yield path.stem, clipped(path.read_text(encoding="utf-8"), TEXT_BYTES)
        return
    made_up: dict[str, str] = runpy.run_path(str(ROOT / "tests" / "languages.py"))["TEXTS"]
    for name, text in made_up.items():
        yield name, clipped(f"{text}\n" * 2000, TEXT_BYTES)


def clipped(text: str, size: int) -> str:
    """The first `size` bytes of a text."""
    return text.encode("utf-8")[:size].decode("utf-8", "ignore")


def seconds(work: Callable[[], object]) -> float:
    """The quickest of some rounds."""
    found = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def damaged(language: str, text: str) -> Iterator[tuple[str, str]]:
    """Classes of damage, and a page of each."""
    for name in DAMAGE.get(language.split(".")[0], ()):
        chance = random.Random(1)
        page = CLASSES[name][1](clipped(text, 2 * PAGE_BYTES), chance)
        yield name, clipped(page, PAGE_BYTES)


def first_load() -> float:
    """Milliseconds of the character model's first use in a new process."""
    code = "import time; from tui.text.words.likely import model; s = time.process_time(); model(); print(time.process_time() - s)"
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout for _ in range(5)]
    return min(map(float, runs)) * 1000


def main() -> None:
    """Print the tables."""
    sources = list(texts())
    mend(CLASSES["gbk>cp1252"][1](sources[0][1] + "新闻网讯", random.Random(1)), Options())
    print(f"{'clean text':24} {'MB/s':>7} {'fix_text':>9} {'ratio':>7}")
    for name, text in sources:
        size = len(text.encode("utf-8")) / 1e6
        ours, theirs = seconds(lambda text=text: mend(text, Options())), seconds(lambda text=text: ftfy.fix_text(text))  # type: ignore[misc]
        print(f"{name:24} {size / ours:7.1f} {size / theirs:9.2f} {theirs / ours:7.1f}")
    print(f"{'damaged page of 10 kB':24} {'ms':>7} {'fix_text':>9} {'times':>7}")
    for language, text in sources:
        for name, page in damaged(language, text):
            start = time.process_time()  # once: lines that were read again are remembered
            mend(page, Options())
            ours, theirs = time.process_time() - start, seconds(lambda page=page: ftfy.fix_text(page))  # type: ignore[misc]
            row = f"{language.split('.')[0] + ' ' + name:24} {ours * 1000:7.0f} {theirs * 1000:9.1f}"
            print(f"{row} {ours / theirs:7.1f}")
    print(f"the character model loads in {first_load():.0f} ms")


if __name__ == "__main__":
    main()
