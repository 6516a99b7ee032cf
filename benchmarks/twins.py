"""How many near-duplicates an index with twins finds, how many of those are none, and what it takes.

    python benchmarks/twins.py [--pages COUNT] [PLACE…]

Bodies of the pages at the places are changed, a share of their words each time, and looked for among all; a text file has
pages of one paragraph or a few. A pair counts as right if one was made of the other, or if two thirds of the words of the
shorter stand in the longer, in the same order or in stretches of five. Then as many pages as `--pages` says (100,000) are made up, a tenth of them
copies: the table says what their signatures cost, finding the twins among them, and memory.
"""

import argparse
import difflib
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tui import loader
from tui.core.model import Limits, Options
from tui.lookup.twins import TwinSearch
from tui.sources import Tally, scan
from tui.text.quality.likeness import SIGNATURE_BYTES, signature
from tui.text.words.fold import WIDE

SHARES = (0.01, 0.05, 0.15)
"""Of words that are changed."""
LEAST_WORDS = 50
"""Of pages that are changed: of fewer, 1 % is none."""
MOST_ALIGNED = 10_000
"""Words of two texts that are held against each other."""
_PARTS = re.compile(f"([{WIDE}]+)|([^\\W_{WIDE}]+)|([\\W_]+)")
_WORD = re.compile(f"[{WIDE}]|[^\\W_{WIDE}]+")


class Page(NamedTuple):
    """A page as a deduplication sees it."""

    language: str
    body: str


def pages_at(places: list[str]) -> Iterator[Page]:
    """The bodies of all pages; of a text file, its paragraphs, put together to 400 characters at least."""
    for place in places:
        for ref in scan([place], Tally()):
            if ref.source.endswith("truth.jsonl"):
                continue
            if ref.source.endswith(".txt") and Path(ref.source).stat().st_size > 20_000:
                yield from _paragraphs(Path(ref.source))
            else:
                document = loader.load(ref, Options(), Limits())
                yield Page(document.language or "", document.body)


def _paragraphs(path: Path) -> Iterator[Page]:
    waiting: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        waiting.append(line)
        if sum(map(len, waiting)) > 400:
            yield Page(path.name.partition(".")[0], "\n".join(waiting))
            waiting = []


def parted(text: str) -> list[tuple[bool, str]]:
    """The text in parts, and whether each is a word; runs of characters are cut into words of one to three."""
    chance, parts = random.Random(len(text)), []
    for match in _PARTS.finditer(text):
        if not match[1]:
            parts.append((bool(match[2]), match[0]))
            continue
        at = 0
        while at < len(match[1]):
            size = chance.choices((1, 2, 3), (35, 55, 10))[0]
            parts.append((True, match[1][at : at + size]))
            at += size
    return parts


def changed(text: str, share: float, words: list[str], chance: random.Random) -> str:
    """The text with a share of its words replaced by others of the same language."""
    parts = parted(text)
    places = [at for at, (is_word, _) in enumerate(parts) if is_word]
    for at in chance.sample(places, round(share * len(places))):
        parts[at] = (True, chance.choice(words))
    return "".join(part for _, part in parts)


def aligned(one: str, other: str) -> float:
    """Which share of the words of the shorter text stands in the longer in the same order."""
    words, others = (_WORD.findall(text.lower())[:MOST_ALIGNED] for text in (one, other))
    blocks = difflib.SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / max(1, min(len(words), len(others)))


def covered(one: str, other: str) -> float:
    """Which share of the words of the shorter text stands in the longer in stretches of five, in whatever order."""
    words, others = sorted((_WORD.findall(text.lower()) for text in (one, other)), key=len)
    known = set(zip(*(others[at:] for at in range(5)), strict=False))
    within = {at + step for at in range(len(words) - 4) if tuple(words[at : at + 5]) in known for step in range(5)}
    return len(within) / max(1, len(words))


def quality(places: list[str]) -> None:
    """Print recall by language and share, and precision."""
    pages = list(pages_at(places))
    words: dict[str, list[str]] = {}
    for page in pages:
        words.setdefault(page.language, []).extend(part for is_word, part in parted(page.body[:2000]) if is_word)
    chance, texts = random.Random(1), [page.body for page in pages]
    origins: dict[int, tuple[int, float]] = {}
    for share in SHARES:
        for at, page in enumerate(pages):
            if len(_WORD.findall(page.body)) >= LEAST_WORDS:
                origins[len(texts)] = at, share
                texts.append(changed(page.body, share, words[page.language], chance))
    with tempfile.TemporaryDirectory() as folder, TwinSearch(Path(folder)) as search:
        for text in texts:
            search.add(signature(text))
        copies = search.copies()

    def first(at: int) -> int:
        return copies[at].kept if at in copies else at

    print(f"{len(pages):,} pages; recall of copies with so many words changed")
    print(f"{'language':10}{'pages':>8}" + "".join(f"{share:>9.0%}" for share in SHARES))
    for language in ("en", "zh", "ja", ""):
        members = {at for at, page in enumerate(pages) if page.language.startswith(language)}
        shown, count = "", 0
        for share in SHARES:
            made = [(at, origin) for at, (origin, other) in origins.items() if other == share and origin in members]
            count = len(made)
            shown += f"{sum(first(at) == first(origin) for at, origin in made) / max(1, count):9.4f}"
        print(f"{language or 'all':10}{count:8,}{shown}")
    for name, some in (("all pairs", copies), ("real pages", [at for at in copies if at < len(pages)])):
        right = [at for at in some if is_right(texts, origins, at, copies[at].kept)]
        print(f"{name:12}{len(some):8,} found{len(right) / max(1, len(some)):9.4f} of them right")


def is_right(texts: list[str], origins: dict[int, tuple[int, float]], one: int, other: int) -> bool:
    """Whether two pages are nearly the same."""
    if origins.get(one, (one,))[0] == origins.get(other, (other,))[0] or texts[one] == texts[other]:
        return True
    return max(aligned(texts[one], texts[other]), covered(texts[one], texts[other])) >= 2 / 3


def cost(count: int) -> None:
    """Print time and memory for made-up pages of 400 words."""
    chance = random.Random(2)
    words = [f"w{number}" for number in range(20_000)]
    weights = [1 / (number + 10) for number in range(len(words))]
    pool = chance.choices(words, weights, k=2_000_000)
    signing_s = 0.0
    before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as folder, TwinSearch(Path(folder)) as search:
        body: list[str] = []
        for number in range(count):
            if number % 10 == 9:
                body = [chance.choice(words) if chance.random() < 0.05 else word for word in body]
            else:
                at = chance.randrange(len(pool) - 400)
                body = chance.sample(pool[at : at + 400], 400)
            start = time.process_time()
            search.add(signature(" ".join(body)))
            signing_s += time.process_time() - start
        start = time.process_time()
        copies = search.copies()
        finding_s = time.process_time() - start
    after_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    scale = 1024 if sys.platform == "darwin" else 1
    print(f"{count:,} pages of 400 words, {len(copies):,} copies found of {count // 10:,}")
    print(f"signatures  {signing_s / count * 1000:8.2f} ms a page")
    print(f"twins       {finding_s:8.1f} s")
    print(f"memory      {(after_kb - before_kb) / 1000 / scale:8.0f} MB more, mapped signatures among it")
    print(f"signatures  {count * SIGNATURE_BYTES / 1e6:8.0f} MB on disk, until the index is made")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("places", nargs="*")
    parser.add_argument("--pages", type=int, default=100_000)
    given = parser.parse_args()
    if given.places:
        quality(given.places)
    cost(given.pages)


if __name__ == "__main__":
    main()
