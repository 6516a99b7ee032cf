"""Files of wikiextractor: an article a page, its title and address from the element."""

import bz2
from pathlib import Path

import pytest
from made_wikis import DOCS

from tui import loader, sources
from tui.core.model import Item, Limits, Options, Ref, Trouble
from tui.sources import Tally


def scan(path: Path, content: bytes) -> list[Item]:
    path.write_bytes(content)
    return list(sources.scan([str(path)], Tally()))


@pytest.mark.parametrize("name", ["wiki_00", "wiki_00.bz2"])
def test_an_element_is_a_page(tmp_path: Path, name: str) -> None:
    content = "\n".join((*DOCS, "")).encode()
    refs = scan(tmp_path / name, bz2.compress(content) if name.endswith("bz2") else content)
    assert [sources.stored(ref, Limits()) for ref in refs] == [each.encode() for each in DOCS]
    rain, team, wet = (loader.load(ref, Options(), Limits()) for ref in refs)
    assert (rain.title, rain.url, rain.record) == ("Rain", "https://wiki.example/wiki?curid=12", {"id": "12"})
    assert rain.body == "Rain is water, 1 < 2.\nCauses.\nClouds & wind."
    assert [(span.kind, span.value) for span in rain.spans] == [("link", "water")]
    assert (team.title, team.body) == ('The "A" team', "It played.")
    assert (wet.title, wet.body, wet.record["language"]) == ("雨", "雨是水的一种。", "zh")
    assert not rain.problems


def test_lists_and_headings_of_the_html_option_stay(tmp_path: Path) -> None:
    text = '<doc id="1" url="u" title="Rain">\nRain\n\n<h2>Causes</h2>\n<ul><li>Clouds</li></ul>\n<script>\n</doc>\n'
    (ref,) = scan(tmp_path / "wiki_00", text.encode())
    document = loader.load(ref, Options(), Limits())
    assert document.body == "Causes\nClouds\n<script>"
    assert [block.kind for block in document.blocks] == ["title", "heading", "list", "body"]


def test_a_cut_file_gives_all_whole_articles_and_one_line(tmp_path: Path) -> None:
    content = "\n".join(DOCS).encode()
    for end in range(len(DOCS[0]) + 10, len(content), 29):
        refs = scan(tmp_path / "wiki_00", content[:end])
        whole = content[:end].count(b"</doc>")
        assert [type(ref) for ref in refs] == [Ref] * whole + [Trouble] * (content[:end].count(b"<doc id=") - whole)
