"""Texts are alike by the words that both have, whatever was changed between these."""

from random import Random

import pytest

from tui.text.quality import likeness as module
from tui.text.quality.likeness import PARTS, SIGNATURE_BYTES, likeness, signature

CHARACTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 900)]
WORDS = [f"word{number}" for number in range(900)]


def made(kind: list[str], size: int = 400, seed: int = 1) -> list[str]:
    return Random(seed).choices(kind, k=size)


def changed(words: list[str], share: float, seed: int = 2) -> list[str]:
    chance, kind = Random(seed), CHARACTERS if words[0] in CHARACTERS else WORDS
    for at in chance.sample(range(len(words)), round(share * len(words))):
        words = [*words[:at], chance.choice(kind), *words[at + 1 :]]
    return words


def alike(one: list[str], other: list[str]) -> float:
    between = "" if one[0] in CHARACTERS else " "
    return likeness(signature(between.join(one)), signature(between.join(other)))


@pytest.mark.parametrize(
    ("kind", "share", "least", "most"),
    [
        (WORDS, 0.01, 0.97, 1),
        (WORDS, 0.05, 0.91, 0.99),
        (WORDS, 0.15, 0.78, 0.92),
        (WORDS, 0.6, 0, 0),
        (CHARACTERS, 0.01, 0.94, 1),
        (CHARACTERS, 0.05, 0.85, 0.97),
        (CHARACTERS, 0.6, 0, 0),
    ],
)
def test_what_was_changed_is_not_the_same(kind: list[str], share: float, least: float, most: float) -> None:
    text = made(kind)
    assert least <= alike(text, changed(text, share)) <= most


def test_other_texts_are_not_alike() -> None:
    assert alike(made(WORDS), made(WORDS, seed=3)) == alike(made(CHARACTERS), made(CHARACTERS, seed=3)) == 0


def test_the_same_words_in_another_order_are_another_text_unless_half_of_the_runs_are_the_same() -> None:
    words = made(WORDS)
    assert alike(words, Random(1).sample(words, len(words))) == 0
    assert alike(words, [*words[200:], *words[:200]]) > 0.95
    assert alike(words, [*words[:320], *Random(1).sample(words[320:], 80)]) > 0.95
    assert alike(words, [*words[:120], *Random(1).sample(words[120:], 280)]) == 0


def test_case_signs_and_spaces_do_not_count() -> None:
    assert signature("Ferry, to the  ISLAND! 渡輪。今天復航") == signature("ferry to\nthe island — 渡輪今天復航")


@pytest.mark.parametrize("text", ["", " \n", "two words", "渡輪今", "!?" * 50])
def test_a_text_too_short_to_compare_has_no_signature(text: str) -> None:
    assert signature(text) == b""


@pytest.mark.parametrize("text", ["page not found", "渡輪復航", "a b c 渡", "\ud800 a b \ud800c d"])
def test_a_text_of_one_run_is_like_itself_alone(text: str) -> None:
    one = signature(text)
    assert len(one) == SIGNATURE_BYTES
    assert likeness(one, one) == 1
    assert likeness(one, signature("page was found")) == 0


def test_a_signature_is_the_same_in_every_process() -> None:
    """The children that make them are others than those who made the first ones."""
    assert signature("Ferry to the island resumes")[:6].hex() == "428c7aeb428c"


def test_parts_without_a_hash_are_filled_alike_where_texts_are_alike() -> None:
    few = [module._lowest({number * 1_000_003 for number in range(start, start + 40)}) for start in (0, 2)]
    agreed = sum(one == other for one, other in zip(memoryview(few[0]), memoryview(few[1]), strict=True))
    assert 0.7 * 2 * PARTS < agreed < 2 * PARTS
