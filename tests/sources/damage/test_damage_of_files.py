"""Files of every format, cut, with wrong bits, with holes and in the wrong order: each says something, and none does harm."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_archives import EVERY, as_tar, as_zip
from made_wikis import DOCS, PAGES, export
from troubles import trouble

from tui import sources
from tui.core.errors import SourceError
from tui.core.model import Limits
from tui.sources import Tally

KINDS = {
    **EVERY,
    "all.zip": as_zip(EVERY),
    "all.tar": as_tar(EVERY),
    "all.tar.gz": as_tar(EVERY, "w:gz"),
    "archives.zip": as_zip({"b.zip": as_zip(EVERY), "c.tar.gz": as_tar(EVERY, "w:gz")}),
    "feed.xml": b'<?xml version="1.0"?><rss version="2.0"><channel>'
    + b"<item><title>Rain</title></item>" * 9
    + b"</channel></rss>",
    "a.mbox": b"From a@e.org Fri Mar  5 06:07:08 2021\nFrom: a@e.org\nTo: b@e.org\nSubject: Rain\n\nIt rained.\n\n" * 5,
    "dump.xml": export(PAGES).encode(),
    "wiki_00": "\n".join(DOCS).encode(),
    "index.cdxj": b'org,example)/ 20210305060708 {"url": "u", "filename": "a.warc.gz", "offset": "12", "length": "9"}\n'
    * 5,
}
CUTS = 50


def cut(whole: bytes, _chance: random.Random) -> Iterator[bytes]:
    yield from (whole[: len(whole) * number // CUTS] for number in range(1, CUTS))


def flipped(whole: bytes, chance: random.Random) -> Iterator[bytes]:
    for _ in range(12):
        made = bytearray(whole)
        for _ in range(3):
            made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
        yield bytes(made)


def holed(whole: bytes, chance: random.Random) -> Iterator[bytes]:
    for _ in range(8):
        start = chance.randrange(len(whole))
        end = min(len(whole), start + chance.randrange(1, 600))
        yield whole[:start] + bytes(end - start) + whole[end:]


def halved(whole: bytes, _chance: random.Random) -> Iterator[bytes]:
    half = len(whole) // 2
    yield from (whole[half:] + whole[:half], whole[:half] + whole, whole + whole[half:])


@pytest.mark.parametrize("damage", [cut, flipped, holed, halved], ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("name", KINDS)
def test_a_damaged_file_is_read_as_far_as_it_goes_and_never_passed_over(
    tmp_path: Path, name: str, damage: type
) -> None:
    path = tmp_path / name
    for content in damage(KINDS[name], random.Random(name)):
        path.write_bytes(content)
        tally = Tally()
        rows = 0
        for ref in sources.scan([str(path)], tally):
            rows += 1
            try:
                page = sources.read(ref, Limits())
            except SourceError as error:
                assert str(error).startswith(str(path)) or trouble(ref)  # noqa: PT017 - either way it says where
            else:
                assert page.payload or page.problems
        assert rows + tally.asides
