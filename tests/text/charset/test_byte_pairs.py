"""The table of byte pairs says what the character model says, and what it leaves out is asked of the model."""

import random

import pytest
from languages import PAGES

from tui.text.charset.byte_pairs import SINGLE, UNIT, BytePairs, cost, known
from tui.text.charset.judge import bits
from tui.text.charset.names import codec, to_text
from tui.text.words import likely


@pytest.mark.parametrize("name", SINGLE)
def test_the_table_is_made_of_the_model_as_it_is(name: str) -> None:
    chance = random.Random(name)
    read = to_text(bytes(range(256)), name)[0]
    for _ in range(300):
        first, second = chance.randrange(256), chance.randrange(128, 256)
        asked = likely.cost(known(read[second], name), known(read[first], name))
        pair = cost(bytes((first, second)), name) - cost(bytes((first,)), name)
        assert pair == round(asked * UNIT) / UNIT


@pytest.mark.parametrize(("name", "text"), [page for page in PAGES if page[0] in SINGLE])
def test_the_cost_of_bytes_is_that_of_their_text(name: str, text: str) -> None:
    payload = text.encode(codec(name))
    assert BytePairs(payload).cost(name) == cost(payload, name)
    assert cost(payload, name) == pytest.approx(likely.cost(known(text, name)), abs=len(text) / 16)


@pytest.mark.parametrize("payload", [b"", b"x", b"xy", b"\xe9", b"x\xe9", b"\xe9\xe8"])
def test_a_sample_of_any_length_has_a_cost(payload: bytes) -> None:
    assert BytePairs(payload).cost("windows-1252") == cost(payload, "windows-1252") >= 0


def test_letters_that_stand_as_two_bytes_are_judged_as_letters() -> None:
    payload = "Mô\u0323t ha\u0323t giô\u0301ng tô\u0301t".encode("cp1258")
    assert bits(payload, "windows-1258") < bits(payload, "viscii")
