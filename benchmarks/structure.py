"""Quality of the structure over the benchmark sets that lie beside the checkout: body, title, fields, lists of headlines.

python benchmarks/structure.py [--each] [SET…]     prints one line a set; without the sets it says so and ends well
"""

import importlib.util
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from tui.core.model import Charset, Document, Edit, Ref, Rows, Span
from tui.core.page import Line, Node, Page, RawPage
from tui.text import document
from tui.text.markup import html

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"


def scorer() -> ModuleType:
    """The scoring tool of the benchmark."""
    spec = importlib.util.spec_from_file_location("score", BENCH / "score.py")
    if spec is None or spec.loader is None:
        raise ImportError(f"{BENCH}: no score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page(payload: bytes, name: str, url: str | None = None) -> Page:
    """A page without any repair, decoded as UTF-8 or else as GB 18030."""
    try:
        source = payload.decode("utf-8-sig")
    except UnicodeDecodeError:
        source = payload.decode("gb18030", errors="replace")
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    media = "text/html" if name.endswith(".html") else "text/plain"
    raw = RawPage(Ref(name, 0), payload, media, len(payload), url=url)
    charset = Charset("utf-8", "default")
    if media == "text/plain":
        lines, at = [], 0
        for line in source.split("\n"):
            lines.append(Line(at, at + len(line)))
            at += len(line) + 1
        return Page(raw, charset, source, Rows(Edit), Rows(Line, lines), Rows(Node), Rows(Span))
    markup = html.parse(source)
    return Page(raw, charset, markup.text, Rows(Edit), markup.lines, markup.nodes, markup.spans, markup.meta)


def as_json(found: Document) -> dict[str, Any]:
    """The keys of the contract that the scorer looks at."""
    return {
        "title": found.title,
        "body": found.body,
        "type": found.type,
        "metadata": {key: {"value": field.value} for key, field in found.metadata.items()},
        "headlines": [
            {"title": row.title, "date": row.date, "date_text": row.date_text, "tag": row.tag, "comments": row.comments}
            for row in found.headlines
        ],
    }


def truth(folder: Path) -> list[dict[str, Any]]:
    """What is known about the pages of a set."""
    return [json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").split("\n") if line]


def measure(folder: Path, score: ModuleType, *, each: bool) -> list[tuple[float, float]]:
    """Print the means over one set, and with `each` a line for every page, worst first; return doubt and F1 of each body."""
    pages = truth(folder)
    scored = []
    doubts: list[tuple[float, float]] = []
    slowest = spent = 0.0
    for known in pages:
        payload = (folder / known["file"]).read_bytes()
        started = time.perf_counter()
        found = document.parse(page(payload, known["file"], known.get("url") or None))
        seconds = time.perf_counter() - started
        spent, slowest = spent + seconds, max(slowest, seconds)
        result = score.score(as_json(found), known)
        if known.get("type"):
            result["type"] = found.type == known["type"]
        scored.append(result)
        if "F1" in result:
            doubts.append((found.signals["doubt"], result["F1"]))
    keys = dict.fromkeys(key for result in scored for key in result)
    means = {key: [float(result[key]) for result in scored if key in result] for key in keys}
    figures = " ".join(f"{key}={sum(values) / len(values):.3f}({len(values)})" for key, values in means.items())
    print(
        f"{folder.name:18} n={len(pages):3} {1000 * spent / len(pages):5.1f} ms, max {1000 * slowest:4.0f}  {figures}"
    )
    if each:
        for result, known in sorted(
            zip(scored, pages, strict=True), key=lambda pair: pair[0].get("F1", pair[0].get("items", 1))
        ):
            print(
                f"   {known['file'][:44]:44} " + " ".join(f"{key}={float(value):.2f}" for key, value in result.items())
            )
    return doubts


def first_tenth(doubts: Sequence[tuple[float, float]]) -> str:
    """How many of the bad bodies stand in the tenth of the pages that are most doubtful.

    >>> first_tenth([(0.9, 0.4), *[(0.1, 0.9)] * 8, (0.0, 0.3)])
    'doubt: of 2 bodies under .5, 1 in its first tenth (1 of 10 pages)'
    """
    first = sorted(doubts, reverse=True)[: len(doubts) // 10]
    bad, found = (sum(f1 < 0.5 for _, f1 in pages) for pages in (doubts, first))
    return f"doubt: of {bad} bodies under .5, {found} in its first tenth ({len(first)} of {len(doubts)} pages)"


def main() -> None:
    """All sets, or those named, and what doubt says of all their pages together."""
    if not BENCH.is_dir():
        print("no benchmark sets beside the checkout")
        return
    each = "--each" in sys.argv
    doubts: list[tuple[float, float]] = []
    names = [name for name in sys.argv[1:] if name != "--each"]
    for folder in sorted((BENCH / "extract").iterdir()):
        if folder.is_dir() and (not names or folder.name in names):
            doubts += measure(folder, scorer(), each=each)
    print(first_tenth(doubts))


if __name__ == "__main__":
    main()
