"""Compares the structure with what public extractors make of the same pages, in one run: body F1, order of lines, titles, time.

python benchmarks/extraction.py [SET…]     needs the benchmark sets beside the checkout; without them it says so and ends well

The others are no dependencies of copydesk: pip install trafilatura readability-lxml lxml_html_clean resiliparse
Those that are missing, or lack a part, are left out and named. Times are of the whole way from decoded HTML to the
result, on a page that was done once before; the ratio is to trafilatura's or, where that is missing, to the slowest.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from html import unescape

from benchmarks.structure import BENCH, page, scorer, truth
from tui.text import document

SETS = ("articles_en", "articles_publishers", "articles_zh_ja_ko", "news_zh", "forums", "page_types")
Extractor = Callable[[str, str | None], tuple[str, str]]
"""(decoded HTML, address) -> (title, body)."""


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
        payload = (folder / known["file"]).read_bytes()
        try:
            source = payload.decode("utf-8-sig")
        except UnicodeDecodeError:
            source = payload.decode("gb18030", errors="replace")
        found.append((source, known))
    return found


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


def measure(names: tuple[str, ...]) -> None:
    """Print a table for each set, and the times over all."""
    score = scorer()
    spent: dict[str, float] = defaultdict(float)
    used = installed()
    for name in names:
        results: dict[str, list[dict[str, float]]] = defaultdict(list)
        for source, known in pages(name):
            url = str(known.get("url") or "") or None
            for extractor, extract in used.items():
                extract(source, url)
                started = time.perf_counter()
                title, body = extract(source, url)
                spent[extractor] += time.perf_counter() - started
                results[extractor].append(score.score({"title": title, "body": body}, known))
        for extractor, scored in results.items():
            means = {key: [float(each[key]) for each in scored if key in each] for key in ("F1", "order", "title")}
            figures = "  ".join(f"{key} {sum(values) / len(values):.3f}" for key, values in means.items() if values)
            print(f"{name:20} {extractor:12} {figures}")
    peer = "trafilatura" if "trafilatura" in spent else max(spent, key=lambda name: spent[name], default="")
    for extractor, seconds in spent.items():
        print(f"time {extractor:12} {seconds:7.2f} s  {peer}/it = {spent[peer] / seconds:5.1f}")


def main() -> None:
    """All sets, or those named."""
    if not BENCH.is_dir():
        print("no benchmark sets beside the checkout")
        return
    measure(tuple(sys.argv[1:]) or SETS)


if __name__ == "__main__":
    main()
