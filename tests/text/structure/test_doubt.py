"""How doubtful a body is: from what is known line by line, a second way to it, and what is left out."""

import pytest
from made_pages import bare, marked_up

from tui.core.page import Line
from tui.text import document
from tui.text.markup.paragraphs import Paragraph, claim, read
from tui.text.structure.doubt import Verdict, measure

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
        ([0, 0, 0, 0], [], [], 0.5),
        ([40, -40, -40, -40], [], [], 0.3333),
        ([], [0, 1], [], 0.0),
        ([], [2, 3], [], 1.0),
        ([], [1, 2], [], 0.5),
        ([], [], [0, 1, 2, 3], 0.3333),
        ([40, 40, -40, -40], [0, 1], [2], 0.3333),
        ([], [], [], 0.0),
    ],
)
def test_doubt_is_the_mean_of_what_speaks_against_a_body(
    scores: list[float], run: list[int], shown: list[int], doubt: float
) -> None:
    assert measure(_lines(4, 2), Verdict({}, scores, run), shown) == doubt


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
