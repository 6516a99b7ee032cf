"""Compares the structure with what public extractors make of the same pages, in one run: body F1, order of lines, titles, cost.

python benchmarks/extraction.py [--cost] [SET…]     needs the benchmark sets beside the checkout; without them it says so and ends well

The others are no dependencies of copydesk: pip install trafilatura readability-lxml lxml_html_clean resiliparse
Those that are missing, or lack a part, are left out and named. Cost is processor time over the same 200 pages, taken evenly
from all sets or those named, the least of some rounds for each: of the others from decoded HTML to what they find, of
copydesk from bytes, for the whole document as JSON, for title, body and date alone, and for a peek. The ratio is to
trafilatura's or, where that is missing, to the slowest. `--cost` measures nothing else.
"""

import gc
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from html import unescape
from pathlib import Path

from benchmarks.structure import BENCH, page, scorer, truth
from tui import loader
from tui.core.model import Limits, Options, Ref
from tui.export import documents
from tui.processes.launch import YOUNG
from tui.text import document

SETS = ("articles_en", "articles_publishers", "articles_zh_ja_ko", "news_zh", "forums", "page_types")
Extractor = Callable[[str, str | None], tuple[str, str]]
"""(decoded HTML, address) -> (title, body)."""
COST_PAGES, ROUNDS = 200, 3


def ours(source: str, url: str | None) -> tuple[str, str]:
    """The structure as it is shown."""
    found = document.parse(page(source.encode(), "page.html", url))
    return found.title, found.body


def trafilatura(source: str, url: str | None) -> tuple[str, str]:
    """trafilatura with comments, which forums consist of, and metadata."""
    from trafilatura import bare_extraction

    found = bare_extraction(source, url=url, include_comments=True, with_metadata=True)
    if found is None:
        return "", ""
    return found.title or "", "\n".join(text for text in (found.text, found.comments) if text)


def readability(source: str, url: str | None) -> tuple[str, str]:
    """readability-lxml; its summary is HTML, whose tags are taken out."""
    from lxml.html import fromstring
    from readability import Document

    found = Document(source, url=url)
    return unescape(found.short_title()), fromstring(found.summary()).text_content()


def turbohtml(source: str, _url: str | None) -> tuple[str, str]:
    """turbohtml's article."""
    from turbohtml import parse

    found = parse(source).article()
    return found.title or "", found.text or ""


def resiliparse(source: str, _url: str | None) -> tuple[str, str]:
    """resiliparse's main content."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(source)
    return tree.title or "", extract_plain_text(tree, main_content=True, alt_texts=False)


EXTRACTORS: dict[str, Extractor] = {
    "trafilatura": trafilatura, "readability": readability, "turbohtml": turbohtml, "resiliparse": resiliparse, "copydesk": ours,
}  # fmt: skip


def pages(name: str) -> list[tuple[str, dict[str, object]]]:
    """Decoded HTML and truth of a set's pages."""
    folder = BENCH / "extract" / name
    found = []
    for known in truth(folder):
        found.append((_decoded((folder / known["file"]).read_bytes()), known))
    return found


def _decoded(payload: bytes) -> str:
    try:
        return payload.decode("utf-8-sig")
    except UnicodeDecodeError:
        return payload.decode("gb18030", errors="replace")


def installed() -> dict[str, Extractor]:
    """The extractors that work here; the others are named with what they lack."""
    found = {}
    for name, extract in EXTRACTORS.items():
        try:
            extract("<title>Rain</title><p>It rained all day, and nobody went out.</p>", None)
        except ImportError as error:
            print(f"left out: {name}: {error}")
        else:
            found[name] = extract
    return found


def _whole(ref: Ref) -> object:
    return documents.to_json(documents.page(loader.load(ref, Options(), Limits())))


def _title_body_date(ref: Ref) -> object:
    found = loader.load(ref, Options(), Limits())
    return found.title, found.body, found.metadata.get("date")


def _peek(ref: Ref) -> object:
    return loader.peek(ref, Options())


WAYS: dict[str, Callable[[Ref], object]] = {
    "copydesk: whole document": _whole, "copydesk: title, body, date": _title_body_date, "copydesk: peek": _peek,
}  # fmt: skip


def least(work: Sequence[Callable[[], object]]) -> float:
    """Seconds of the processor for all of the work, each at its least of some rounds."""
    spent = [float("inf")] * len(work)
    for _ in range(ROUNDS):
        for number, each in enumerate(work):
            started = time.process_time()
            each()
            spent[number] = min(spent[number], time.process_time() - started)
    return sum(spent)


def compare_cost(names: Sequence[str], used: dict[str, Extractor]) -> None:
    """Print what each extractor and each way of ours costs on the same pages."""
    known = [
        (name, each) for name in names for each in truth(BENCH / "extract" / name) if each["file"].endswith("html")
    ]
    known = known[:: max(1, len(known) // COST_PAGES)][:COST_PAGES]
    files = [BENCH / "extract" / name / each["file"] for name, each in known]
    sources = [
        (_decoded(file.read_bytes()), str(each.get("url") or "") or None)
        for file, (_, each) in zip(files, known, strict=True)
    ]
    costs = {
        name: least([lambda source=source, extract=extract: extract(*source) for source in sources])  # type: ignore[misc]
        for name, extract in used.items()
        if extract is not ours
    }
    # As in the process that reads pages.
    gc.freeze()
    gc.set_threshold(YOUNG)
    refs = [Ref(str(file), 0, "html") for file in files]
    for name, way in WAYS.items():
        costs[name] = least([lambda ref=ref, way=way: way(ref) for ref in refs])  # type: ignore[misc]
    peer = "trafilatura" if "trafilatura" in costs else max(costs, key=lambda name: costs[name])
    for name, seconds in costs.items():
        print(f"cost {name:28} {1000 * seconds / len(files):7.2f} ms a page  {peer}/it = {costs[peer] / seconds:5.1f}")
    print(f"cost of a page of 1 MB           {1000 * _large(files):7.0f} ms")


def _large(files: Sequence[Path]) -> float:
    """Seconds for a page of 1 MB, made of what stands in many others."""
    parts = [file.read_bytes().partition(b"<body")[2].partition(b"</body")[0].partition(b">")[2] for file in files]
    with tempfile.NamedTemporaryFile(suffix=".html") as made:
        made.write(b"<title>Large</title>" + b"".join(parts)[:1_000_000])
        made.flush()
        return least([lambda: _whole(Ref(made.name, 0, "html"))])


def measure(names: Sequence[str], used: dict[str, Extractor]) -> None:
    """Print a table for each set."""
    score = scorer()
    for name in names:
        results: dict[str, list[dict[str, float]]] = defaultdict(list)
        for source, known in pages(name):
            url = str(known.get("url") or "") or None
            for extractor, extract in used.items():
                title, body = extract(source, url)
                results[extractor].append(score.score({"title": title, "body": body}, known))
        for extractor, scored in results.items():
            means = {key: [float(each[key]) for each in scored if key in each] for key in ("F1", "order", "title")}
            figures = "  ".join(f"{key} {sum(values) / len(values):.3f}" for key, values in means.items() if values)
            print(f"{name:20} {extractor:12} {figures}")


def main() -> None:
    """All sets, or those named."""
    if not BENCH.is_dir():
        print("no benchmark sets beside the checkout")
        return
    names = [name for name in sys.argv[1:] if name != "--cost"] or SETS
    used = installed()
    if "--cost" not in sys.argv:
        measure(names, used)
    compare_cost(names, used)


if __name__ == "__main__":
    main()
