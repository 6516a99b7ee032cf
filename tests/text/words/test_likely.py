"""The character model tells text from misread text, in every language it is for."""

import subprocess
import sys
from itertools import pairwise

import pytest
from languages import TEXTS

from tui.text.charset.misreading import misread
from tui.text.words.likely import cost, score


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_text_costs_few_bits_a_character(text: str) -> None:
    assert score(text) < (11.5 if max(text) > "\u3000" else 7)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("read", ["cp1252", "cp1251", "gbk"])
def test_misread_text_costs_more(text: str, read: str) -> None:
    assert cost(misread(text, "u8", read)) > cost(text) + 10


@pytest.mark.parametrize("name", ["Russian", "Greek", "Turkish", "German"])
def test_capitals_are_told_from_small_letters(name: str) -> None:
    text = TEXTS[name]
    assert cost(text) < cost(text.swapcase()) - 50
    assert score(text.upper()) < score(text.swapcase())


@pytest.mark.parametrize("text", ["，停火", "ｶﾅ", "\U00020000一", "Ａ1"])
def test_the_cost_of_a_text_is_that_of_its_parts(text: str) -> None:
    assert cost(text) == cost(text[0]) + sum(cost(second, first) for first, second in pairwise(text))


def test_any_string_has_a_cost() -> None:
    assert cost("") == score("") == 0
    assert cost("\ud800\U0001f600\x00") > 0


def test_neither_the_package_nor_clean_text_loads_the_tables() -> None:
    code = (
        "from tui.core.model import Options\nfrom tui.text.mending.mend import mend\nfrom tui.text.words import likely\n"
        f"mend({chr(10).join(TEXTS.values())!r}, Options())\nprint(likely.model.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"
