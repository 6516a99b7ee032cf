"""Numbers of posts: what counts from one post to the next, by a sign or by ones."""

import pytest

from tui.core.page import Line
from tui.text.markup.paragraphs import read
from tui.text.structure.numbers import find


def _numbers(*heads: str, place: str = "head") -> list[int | None]:
    return find([[(place, line) for line in read(text, [Line(0, len(text))])] for text in heads])


@pytest.mark.parametrize(
    ("heads", "numbers"),
    [
        (("#1", "#2", "#3"), [1, 2, 3]),
        (("Ann #5207 May 2", "Bo #5209 May 2"), [5207, 5209]),
        (("Reply #9 on: May 2", "Reply #8 on: May 2"), [9, 8]),
        (("[#1]", "(#2)"), [1, 2]),
        (("No. 17", "No. 18"), [17, 18]),
        (("1楼", "2楼"), [1, 2]),
        (("1#", "2#"), [1, 2]),
        (("楼主", "沙发", "3#", "4#"), [1, 2, 3, 4]),
        (("来自Android客户端 1楼 2024-05-02", "2樓 2024-05-02"), [1, 2]),
        # The first of them has none.
        (("Ann", "#1", "#2"), [None, 1, 2]),
        (("Ann", "Bo", "Cy", "#1"), [None] * 4),
        # What goes up and down counts something else, or leads to other posts.
        (("#1", "#3", "#2"), [None] * 3),
        (("#7", "#7"), [None] * 2),
        (("#rain2024", "#rain2025"), [None] * 2),
        (("C#1", "C#2"), [None] * 2),
        (("#1,500 in Music", "#1,600 in Music"), [None] * 2),
        (("3 楼主", "4 楼主"), [None] * 2),
        # Without a sign, they follow one another.
        (("Ann May 2, 2024, 10:05 1", "Bo May 2, 2024, 10:06 2", "Cy May 2, 2024, 10:07 3"), [1, 2, 3]),
        (("Ann May 2, 2024, 1:05am1", "Bo May 2, 2024, 1:06am2", "Cy May 2, 2024, 1:07am3"), [1, 2, 3]),
        (("1. Re: Pumps", "2. Re: Pumps", "3. Re: Pumps"), [1, 2, 3]),
        (("3", "2", "1"), [3, 2, 1]),
        (("1", "2"), [None] * 2),
        (("1", "3", "5"), [None] * 3),
        (("1", "2", "3", "4", "5", "7"), [1, 2, 3, 4, 5, 7]),
        (("1", "2", "3", "4", "6"), [None] * 5),
        (("1", "2", "3", "4", "Ed"), [1, 2, 3, 4, None]),
        (("1", "2", "3", "Di"), [None] * 4),
    ],
)  # fmt: skip
def test_what_counts_from_post_to_post_is_their_number(heads: tuple[str, ...], numbers: list[int | None]) -> None:
    assert _numbers(*heads) == numbers


def test_numbers_of_one_place_count() -> None:
    votes = [("votes", "7"), ("votes", "2"), ("votes", "9")]
    places = [("number", "1"), ("number", "2"), ("number", "3")]
    posts = [
        [(place, line) for place, text in each for line in read(text, [Line(0, len(text))])]
        for each in zip(votes, places, strict=True)
    ]
    assert find(posts) == [1, 2, 3]


@pytest.mark.parametrize(("size", "numbers"), [(39, [1, 2]), (40, [None, None])])
def test_a_long_line_counts_nothing(size: int, numbers: list[int | None]) -> None:
    assert _numbers("#1 " + "雨" * size, "#2 " + "雨" * size) == numbers
