"""Names that are offered for files: of what is saved, and in which form."""

from pathlib import PurePath
from urllib.parse import urlsplit

from tui.core.model import Item, Ref
from tui.view.state.services import ORIGINALS, Form, PagesForm

MOST_CHARS = 60
"""Code points of a name without its end."""
_PACKED = frozenset({".gz", ".zst", ".bz2", ".xz"})
_ENDS: dict[Form, str] = {"markdown": ".md", "body": ".txt", "text": ".txt", "json": ".json"}


def name_for(ref: Item, form: Form) -> str:
    """Return a name for a page in a form; that of its file is never among them, which is not to be written over.

    >>> from tui.core.model import Ref
    >>> name_for(Ref("/corpus/a.html", 0), "markdown"), name_for(Ref("/corpus/a.html", 0), "raw")
    ('a.md', 'a-raw.html')
    >>> name_for(Ref("crawl.jsonl.gz", 12, "jsonl", 90, 9), "json"), name_for(Ref("crawl.jsonl.gz", 12, "jsonl", 90, 9), "record")
    ('crawl-12.json', 'crawl-12-record.jsonl')
    >>> name_for(Ref("https://example.org/news/?id=7", 0), "text"), name_for(Ref("-", 0), "raw")
    ('news.txt', 'page-raw.html')
    """
    stem, end = _parts(ref.member or ref.source)
    if ref.length >= 0 and not ref.member:
        stem = f"{stem}-{ref.ordinal}"
        end = end if form == "record" else ".html"
    if form in ORIGINALS:
        return f"{stem}-{form}{end}"
    return stem + _ENDS[form]


def name_for_all(sources: list[str], end: str) -> str:
    """Return a name for the pages of sources.

    >>> name_for_all(["/corpus/crawl.warc.gz"], ".csv"), name_for_all(["a.html", "b.html"], ".csv"), name_for_all(["."], "/")
    ('crawl-pages.csv', 'pages.csv', 'pages/')
    """
    stem = _parts(sources[0])[0] if len(sources) == 1 and sources[0] not in (".", "-") else ""
    return f"{stem}-pages{end}" if stem else f"pages{end}"


def end_of(form: PagesForm, first: Item) -> str:
    """Return how the file ends that gets pages such as the first one; empty: a folder."""
    if form != "records":
        return f".{form}"
    from tui.export.records import JOINED, is_joined  # few write records

    return JOINED[first.format][0] if isinstance(first, Ref) and is_joined(first) else "/"


def _parts(source: str) -> tuple[str, str]:
    """How a file or address is called, and how its name ends."""
    if "://" in source:
        parts = urlsplit(source)
        path = PurePath(PurePath(parts.path).name or f"{parts.netloc}.html")
    else:
        path = PurePath(PurePath(source).name)
    if path.suffix in _PACKED:
        path = path.with_suffix("")
    kept = "".join(char if char.isalnum() or char in "-_." else "-" for char in path.stem)
    return kept.strip("-.")[:MOST_CHARS] or "page", path.suffix if path.suffix[1:].isalnum() else ".html"
