"""How doubtful a body is: from what is known line by line, a second way to it, and what is left out."""

import pytest
from made_pages import bare, marked_up
from made_sites import Made, pages

from tui.core.model import PageType
from tui.core.page import Line
from tui.text import document
from tui.text.markup.paragraphs import Paragraph, claim, read
from tui.text.structure import article
from tui.text.structure.doubt import Verdict, measure
from tui.text.structure.places import survey

STORY = (
    "The ferries stayed in port on Monday, because the wind blew harder than the harbour master had ever seen.",
    "Nobody was hurt, and the shops at the quay were open all day, said the mayor in the evening.",
    "On Tuesday the first boats left again, with three hundred people who had slept in the school.",
)


def _lines(count: int, body: int) -> list[Paragraph]:
    """So many lines of ten characters, the first of them the body."""
    text = "\n".join("It rained." for _ in range(count))
    lines = read(text, [Line(11 * number, 11 * number + 10) for number in range(count)])
    claim(lines, dict.fromkeys(range(body), "body"))
    return lines


@pytest.mark.parametrize(
    ("scores", "run", "shown", "doubt"),
    [
        ([40, 40, -40, -40], [], [], 0.0),
        ([0, 0, 0, 0], [], [], 0.25),
        ([40, -40, -40, -40], [], [], 0.1667),
        ([], [0, 1], [], 0.0),
        ([], [2, 3], [], 0.5),
        ([], [1, 2], [], 0.25),
        ([], [], [0, 1, 2, 3], 0.1667),
        ([40, 40, -40, -40], [0, 1], [2], 0.25),
        ([], [], [], 0.0),
    ],
)
def test_doubt_is_the_mean_of_what_speaks_against_a_body(
    scores: list[float], run: list[int], shown: list[int], doubt: float
) -> None:
    assert measure(_lines(4, 2), Verdict({}, scores, run), shown) == doubt


@pytest.mark.parametrize(
    ("body", "doubt"), [([0, 1], 0.0), ([0, 2], 0.5), ([0, 3], 1.0), ([0, 5], 1.0), ([0, 1, 3, 5], 0.5)]
)
def test_a_body_with_much_left_out_in_its_midst_is_doubtful(body: list[int], doubt: float) -> None:
    lines = _lines(6, 0)
    claim(lines, dict.fromkeys(body, "body"))
    assert measure(lines, Verdict({})) == doubt


def test_a_title_in_the_midst_is_not_left_out() -> None:
    lines = _lines(3, 3)
    claim(lines, {1: "title"})
    assert measure(lines, Verdict({})) == 0


@pytest.mark.parametrize(
    ("kind", "doubt"),
    [("article", 0.5), ("documentation", 0.5), ("service", 0.55), ("listing", 0.55), ("product", 0.65)],
)
def test_a_body_is_more_doubtful_on_pages_that_have_no_one_shape(kind: PageType, doubt: float) -> None:
    assert measure(_lines(4, 2), Verdict({}, [], [2, 3]), kind=kind) == doubt


def _doubts(made: Made) -> tuple[float, float]:
    """How doubtful the body of a page is, and how doubtful all its other sentences would be."""
    page = marked_up(made.source)
    lines, nodes = read(page.text, page.lines), list(page.nodes)
    found = article.body(lines, nodes, survey(nodes, lines))
    claim(lines, found.claims)
    right = measure(lines, found)
    claim(lines, {n: "body" if line.kind == "boiler" else "boiler" for n, line in enumerate(lines) if line.is_sentence})
    return right, measure(lines, found)


def test_the_body_of_a_page_is_less_doubtful_than_what_stands_around_it() -> None:
    """Of our benchmarks' pages 24 of 918 have a bad body, and 15 of these stand in the first tenth by doubt."""
    doubts = [_doubts(made) for made in pages() if made.is_html and made.kind in ("article", "tail")]
    first = sorted(((doubt, is_wrong) for pair in doubts for is_wrong, doubt in enumerate(pair)), reverse=True)
    assert len(doubts) == 36
    assert sum(is_wrong for _, is_wrong in first[: len(doubts)]) >= 35


def test_text_without_a_body_is_as_doubtful_as_can_be_and_nothing_is_not() -> None:
    assert (measure(_lines(4, 0), Verdict({})), measure([], Verdict({}))) == (1.0, 0.0)


def test_an_article_alone_is_beyond_doubt_and_one_below_as_much_other_text_is_not() -> None:
    text = "".join(f"<p>{line}</p>" for line in STORY)
    alone = document.parse(marked_up(f"<title>Storm</title><main><h1>Storm</h1>{text}</main>"))
    beside = "".join(f"<div class=b{n}><div>{line}</div></div>" for n, line in enumerate(STORY))
    among = document.parse(marked_up(f"<title>Storm</title><div><h1>Storm</h1>{text}</div><div>{beside}</div>"))
    assert alone.signals["doubt"] < 0.1 < among.signals["doubt"]


def test_bare_text_has_doubts_of_its_own() -> None:
    assert 0 < document.parse(bare("\n".join(STORY))).signals["doubt"] < 0.5
