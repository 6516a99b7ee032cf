"""How much of what was is kept, each bound from both sides."""

from dataclasses import replace

import pytest
from screen_fake import plain

from tui.core.model import Options, Ref
from tui.view.state.following import History
from tui.view.state.opener import Kept
from tui.view.state.prompts import number


def refs(count: int) -> list[Ref]:
    return [replace(Ref("a", 0), ordinal=ordinal) for ordinal in range(count)]


@pytest.mark.parametrize(("typed", "expected"), [("9" * 18, 10**18 - 1), ("1" * 18 + "9", int("1" * 18))])
def test_of_a_number_18_digits_count(typed: str, expected: int) -> None:
    assert number(typed) == expected


@pytest.mark.parametrize(("count", "back"), [(500, 499), (501, 499)])
def test_one_can_go_back_over_500_visits(count: int, back: int) -> None:
    history = History()
    for ref in refs(count):
        history.arrive(ref)
    assert history.look(-back) is not None
    assert history.look(-back - 1) is None


@pytest.mark.parametrize(
    ("chars", "is_kept"),
    [
        ([1] * 8, True),
        ([1] * 9, False),
        ([4_000_000, 4_000_000], True),
        ([4_000_000, 4_000_001], False),
        ([8_000_001], True),
    ],
)
def test_pages_are_kept_up_to_eight_and_eight_million_characters(chars: list[int], is_kept: bool) -> None:
    kept = Kept()
    for index, count in enumerate(chars):
        kept.put(index, Options(), plain(Ref("a", 0), "x" * count))
    assert (kept.get(0, Options()) is not None) is is_kept
    assert kept.get(len(chars) - 1, Options()) is not None
