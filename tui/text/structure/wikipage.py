"""The page of a wiki, as its export has it: nothing surrounds the text, but templates and notes are not the text."""

from collections.abc import Sequence

from tui.core.page import Page
from tui.text.markup.paragraphs import Paragraph
from tui.text.markup.wikitext import ASIDE
from tui.text.structure import places


def read_structure(page: Page, lines: Sequence[Paragraph]) -> None:
    """Claim each line as what its markup says."""
    nodes = page.nodes
    asides = places.inherited([node.hint == ASIDE for node in nodes], nodes)
    for line, place in zip(
        lines, map(places.survey(nodes, lines).__getitem__, (line.node for line in lines)), strict=True
    ):
        is_title = nodes[line.node].tag == "h1" and nodes[line.node].hint == "title"
        line.kind = "title" if is_title else "boiler" if asides[line.node] else place.kind
        line.level = place.level
