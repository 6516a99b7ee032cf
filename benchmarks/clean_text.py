"""What the repairs change in clean text: each change is printed, to be judged by eye.

    python benchmarks/clean_text.py FOLDER [SHARE]

FOLDER holds unpacked packages of documentation and translations: message catalogs (.mo, .po), manual pages (.gz), pages
(.html), word lists and other text. Paragraphs beyond ASCII are put together in pages of up to 60. SHARE, 0 to 1, tries
a part of the pages. Debian's libreoffice-l10n-*, libreoffice-help-*, manpages-*, iso-codes and debian-reference-* make
over 100 MB in 40 languages.
"""

import ast
import gettext
import gzip
import html
import itertools
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tui.core.model import Options
from tui.text.mending.mend import mend

PAGE_PARAGRAPHS = 60
SHOWN_CHARS = 40
_NO_TEXT = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_PO_STRING = re.compile(r'^(?:msgstr(?:\[\d\])? )?(".*")$', re.MULTILINE)
_ROFF = re.compile(r"\\f.|\\[-&|^]|^\.\S+ ?", re.MULTILINE)


def paragraphs(path: Path) -> Iterator[str]:
    """The text of one file, without its markup; nothing if it isn't UTF-8 or no text."""
    if path.suffix == ".mo":
        try:
            with path.open("rb") as file:
                catalog = gettext.GNUTranslations(file)
        except (OSError, UnicodeDecodeError):
            return
        for message in catalog._catalog.values():  # type: ignore[attr-defined]  # noqa: SLF001 - there is no other way in
            yield from str(message).split("\n")
        return
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return
    if "\0" in text:
        return
    if path.suffix in {".html", ".htm"}:
        text = html.unescape(_TAG.sub("", _NO_TEXT.sub("", text)))
    elif path.suffix == ".po":
        text = "\n".join(ast.literal_eval(string) for string in _PO_STRING.findall(text))
    elif path.suffix == ".gz":
        text = _ROFF.sub("", text)
    yield from text.split("\n")


def pages(folder: Path) -> Iterator[tuple[Path, list[str]]]:
    """Files and their paragraphs beyond ASCII, each paragraph once, a page at a time."""
    seen: set[int] = set()
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        found = (line.strip() for line in paragraphs(path))
        new = (line for line in found if not line.isascii() and hash(line) not in seen and not seen.add(hash(line)))  # type: ignore[func-returns-value]
        while page := list(itertools.islice(new, PAGE_PARAGRAPHS)):
            yield path, page


def main() -> None:
    """Print each change, then a row for each top folder."""
    if len(sys.argv) < 2:
        print("give a folder of unpacked packages; the first lines of this script name some")
        return
    folder = Path(sys.argv[1])
    share = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
    sizes: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    spent: dict[str, float] = {}
    for number, (path, page) in enumerate(pages(folder)):
        if number * share % 1 + share < 1:
            continue
        text = "\n".join(page)
        name = path.relative_to(folder).parts[0]
        start = time.perf_counter()
        mended = mend(text, Options())
        spent[name] = spent.get(name, 0.0) + time.perf_counter() - start
        sizes[name] += len(text.encode("utf-8"))
        counts[name] += len(page)
        for old, new in zip(page, mended.text.split("\n"), strict=True):
            if old != new:
                changed[name] += 1
        for edit in mended.edits:
            around = mended.text[max(0, edit.start - 20) : edit.end + 20].replace("\n", " / ")
            print(
                f"{path.name}: {edit.repair} {edit.before[:SHOWN_CHARS]!r} -> {edit.after[:SHOWN_CHARS]!r} in {around[:120]!r}"
            )
    print(f"{'':24} {'MB':>7} {'paragraphs':>10} {'changed':>8} {'MB/s':>6}")
    for name in sorted(sizes):
        print(
            f"{name:24} {sizes[name] / 1e6:7.2f} {counts[name]:10} {changed[name]:8} {sizes[name] / 1e6 / spent[name]:6.1f}"
        )
    total, hurt = counts.total(), changed.total()
    print(
        f"{'all':24} {sizes.total() / 1e6:7.2f} {total:10} {hurt:8}   {hurt / max(1, total) * 1e5:.2f} changed in 100,000"
    )


if __name__ == "__main__":
    main()
