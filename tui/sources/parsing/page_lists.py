"""Titles of the pages that a WACZ file lists: what the browser called them that crawled."""

import json
from typing import BinaryIO

from tui.core.model import Ref
from tui.core.values import replace
from tui.sources.archives import zips
from tui.sources.streams.opening import kept_seekable, once_a_stream
from tui.sources.streams.route import read_fully, unpacked

MOST_BYTES = 64 * 1024 * 1024
"""Of one list that are read: texts of the pages may stand in it as well."""


def listed_title(ref: Ref, url: str) -> str | None:
    """Return the title of a page of a WARC file in a WACZ file; None: it isn't listed. Raises SourceError."""
    if not ref.route or not f"/{ref.member}".rpartition("/")[0].endswith("/archive"):
        return None
    archive = replace(ref, offset=0, length=-1, route=ref.route.rpartition("/")[0])
    return _titles(kept_seekable(archive)).get(url)


@once_a_stream
def _titles(stream: BinaryIO) -> dict[str, str]:
    titles: dict[str, str] = {}
    for packed in zips.members(stream):
        if packed.trouble or not packed.name.startswith("pages/") or not packed.name.endswith(".jsonl"):
            continue
        with unpacked(stream, packed.step, is_shared=True) as member:
            content = read_fully(member, MOST_BYTES)
        for line in content.split(b"\n"):
            try:
                entry = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(entry, dict) and isinstance(entry.get("url"), str) and isinstance(entry.get("title"), str):
                titles.setdefault(entry["url"], entry["title"])
    return titles
