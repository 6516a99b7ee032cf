"""HTML parsers side by side: speed, text lost, and what bombs do to them. Installs nothing; measures what is there.

python benchmarks/parsers.py [FOLDER]     FOLDER: HTML pages to parse; else ../shared/bench/extract, else made-up pages
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared" / "bench" / "extract"
SILENT = {"script", "style"}
DEADLINE_S = 8
MEMORY_BYTES = 1 << 30

BOMBS: dict[str, Callable[[], str]] = {
    "1M nested div": lambda: "<div>" * 1_000_000 + "end",
    "100k attributes": lambda: "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">end",
    "b/i formatting": lambda: "".join(f"<b a={n}><i b={n}><p>" for n in range(2_000)) + "end",
    "40k body attributes": lambda: "".join(f"<body a{n}=1>" for n in range(40_000)) + "end",
    "100k rows": lambda: "<table>" + "<tr><td>cell" * 100_000 + "</table>end",
    "100k links": lambda: "<a href=/x>link" * 100_000 + "end",
    "20 MB in one line": lambda: "<p>" + "word " * 4_000_000 + "end",
    "20 MB comment": lambda: "<!--" + "x" * 20_000_000 + "--><p>end",
}


def turbohtml_text(source: str) -> str:
    """Visible text through turbohtml's events."""
    from turbohtml.saxparse import SaxHandler, sax_parse

    parts: list[str] = []
    silent = [0]

    class Handler(SaxHandler):
        def start_element(self, tag: str, _attrs: tuple[tuple[str, str | None], ...]) -> None:
            silent[0] += tag in SILENT

        def end_element(self, tag: str) -> None:
            silent[0] -= tag in SILENT

        def characters(self, data: str) -> None:
            if not silent[0]:
                parts.append(data)

    sax_parse(source, Handler())
    return "".join(parts)


def lexbor_text(source: str) -> str:
    """Visible text through selectolax's lexbor."""
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(source).root
    if root is None:
        return ""
    nodes: Iterable[object] = root.traverse(include_text=True)
    return "".join(
        node.text_content or ""  # type: ignore[attr-defined]
        for node in nodes
        if node.tag == "-text" and node.parent.tag not in SILENT  # type: ignore[attr-defined]
    )


def library_text(source: str) -> str:
    """Visible text through the standard library's html.parser: no tree, so nothing that nests can be lost."""
    parts: list[str] = []

    class Parser(HTMLParser):
        def handle_data(self, data: str) -> None:
            if self.cdata_elem not in SILENT:
                parts.append(data)

    parser = Parser()
    parser.feed(source)
    parser.close()
    return "".join(parts)


PARSERS: dict[str, tuple[str, Callable[[str], str]]] = {
    "turbohtml": ("turbohtml", turbohtml_text),
    "lexbor": ("selectolax", lexbor_text),
    "html.parser": ("html", library_text),
}


def pages(folder: Path) -> list[str]:
    """Decoded pages of the folder, or 40 that are made up here."""
    files = sorted(folder.rglob("*.html")) if folder.is_dir() else []
    if not files:
        paragraph = "<div class=story><p>A page &amp; its text, <b>made up</b> here.<a href=/next>Next</a></div>"
        return [f"<!doctype html><title>{n}</title><body>{paragraph * (50 * n)}" for n in range(1, 41)]
    return [_decoded(file.read_bytes()) for file in files]


def _decoded(payload: bytes) -> str:
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        return payload.decode("gb18030", errors="replace")


def measure_speed(folder: Path) -> None:
    """Print seconds over all pages, and pages whose text is more than a hundredth shorter than the longest found."""
    sources = pages(folder)
    there = {name: text for name, (package, text) in PARSERS.items() if find_spec(package)}
    lengths: dict[str, list[int]] = {}
    print(f"{len(sources)} pages, {sum(map(len, sources)) / 1e6:.1f} M characters")
    print(f"{'parser':14}{'ms a page':>10}{'pages with text lost':>22}")
    seconds: dict[str, float] = {}
    for name, text in there.items():
        text("<p>warm up")
        started = time.perf_counter()
        lengths[name] = [len("".join(text(source).split())) for source in sources]
        seconds[name] = time.perf_counter() - started
    longest = [max(found) for found in zip(*(lengths[name] for name in there if name != "html.parser"), strict=True)]
    for name in there:
        lost = sum(found < 0.99 * most for found, most in zip(lengths[name], longest, strict=True))
        print(f"{name:14}{1000 * seconds[name] / len(sources):10.2f}{lost:22}")


def measure_bombs() -> None:
    """Print the seconds of every parser on every bomb, each in a process of its own."""
    print(f"\n{'bomb':22}" + "".join(f"{name:>16}" for name in PARSERS))
    for bomb in BOMBS:
        row = [run_bomb(name, bomb) if find_spec(package) else "-" for name, (package, _) in PARSERS.items()]
        print(f"{bomb:22}" + "".join(f"{cell:>16}" for cell in row))


def run_bomb(parser: str, bomb: str) -> str:
    """One cell of the table: seconds, and whether the end of the page was found."""
    try:
        done = subprocess.run(
            [sys.executable, __file__, "--bomb", parser, bomb], capture_output=True, text=True, timeout=DEADLINE_S
        )
    except subprocess.TimeoutExpired:
        return f">{DEADLINE_S} s"
    if done.returncode:
        return (done.stderr.strip().split("\n") or [""])[-1][:14] or f"exit {done.returncode}"
    return done.stdout.strip()


def explode(parser: str, bomb: str) -> None:
    """Parse one bomb under the memory limit and print the cell."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    source = BOMBS[bomb]()
    text = PARSERS[parser][1]
    text("<p>warm up")
    started = time.perf_counter()
    found = text(source).rstrip().endswith("end")
    seconds = time.perf_counter() - started
    print(f"{seconds:.2f} s{'' if found else ', text lost'}")


def main() -> None:
    """Both tables, or one bomb when a table asks for it."""
    if sys.argv[1:2] == ["--bomb"]:
        explode(*sys.argv[2:4])
        return
    measure_speed(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED)
    measure_bombs()


if __name__ == "__main__":
    main()
