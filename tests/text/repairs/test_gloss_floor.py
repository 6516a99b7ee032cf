"""How many paragraphs of our own come back exactly from each variant of glossing; the floors only rise."""

import json
from collections.abc import Callable
from functools import partial
from random import Random

import pytest
from where import TESTS

from tui.core.model import Options
from tui.text.mending.mend import mend
from tui.text.repairs.gloss.forward import COMMA, INVISIBLE, LEVELS, damage, halved

ANSWERS = TESTS / "answers"
NAMES = ("22", "60", "122", "and-punctuation", "without-tones")


def _page(name: str) -> str:
    stem = f"glossed-readings-{'level-' if name.isdecimal() else ''}{name}"
    (answer,) = json.loads((ANSWERS / f"{stem}.json").read_text(encoding="utf-8"))["pages"]
    return "\n".join([answer["title"], *answer["body"]])


PAGES = [_page(name) for name in NAMES]


def _hit(text: str, level: int, share: float, put_in: int) -> str:
    chance = Random(level)
    lines = text.split("\n")  # a mark at a line's end would take the next line with it
    return "\n".join(damage(line, level, hits=lambda _: chance.random() < share, put_in=put_in) for line in lines)


VARIANTS: dict[str, tuple[Callable[[str, int], str], float]] = {
    "as it is": (damage, 1.0),
    "halved": (partial(damage, is_halved=True), 1.0),
    "dropped": (partial(damage, keep_private=False), 0.97),
    "sparse hits": (partial(_hit, share=0.05, put_in=INVISIBLE), 1.0),
    "every mark hit": (partial(_hit, share=1.0, put_in=INVISIBLE), 1.0),
    "commas": (partial(_hit, share=0.3, put_in=COMMA), 0.98),
}
"""Name -> (damage of a text at a level, share of the paragraphs that is exact, `?` for a swallowed sign aside)."""


@pytest.mark.parametrize("name", VARIANTS)
def test_enough_paragraphs_come_back_exactly(name: str) -> None:
    make, floor = VARIANTS[name]
    right = count = 0
    for page in PAGES:
        for level in (22, 60, LEVELS):
            found = mend(make(page, level), Options()).text.split("\n")
            clean = (halved(page) if name == "halved" else page).split("\n")
            count += len(clean)
            if len(found) == len(clean):
                right += sum(map(_is_right, clean, found))
    assert right >= floor * count, f"{right} of {count}"


def _is_right(clean: str, found: str) -> bool:
    return len(clean) == len(found) and all(
        one == other or (other == "?" and one < "@") for one, other in zip(clean, found, strict=True)
    )
