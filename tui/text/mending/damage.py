"""Forward models: what goes wrong with a text on its way, for measuring repairs and for making pairs to train on.

A class `gbk>cp1252` is text written in GBK whose bytes were read as windows-1252; ` x2` means twice.
"""

import random
from collections.abc import Callable, Mapping
from functools import partial

from tui.text.charset.misreading import MULTIBYTE, NAMES, NARROWER, PAIRS, misread
from tui.text.repairs.gloss.forward import COMMA, INVISIBLE, LEVELS, READINGS
from tui.text.repairs.gloss.forward import damage as gloss
from tui.text.repairs.gloss.toneless import damage as gloss_without_tones
from tui.text.repairs.letter_swap import swap


def _misread(text: str, _chance: random.Random, written: str, read: str, times: int) -> str:
    for _ in range(times):
        text = misread(text, written, read)
    return text


def _dropping(text: str, _chance: random.Random, written: str, read: str) -> str:
    return misread(text, written, read, is_dropping=True)


def _twice(text: str, _chance: random.Random) -> str:
    return misread(misread(text, "gbk", "u8"), "u8", "gbk")


_LEVELS = (22, 60, LEVELS)
_SUBSET = 18
"""Characters of a subset that is not the start of the ranking."""


def _gloss(text: str, chance: random.Random, *, keep_private: bool = True, is_halved: bool = False) -> str:
    return gloss(text, chance.choice(_LEVELS), keep_private=keep_private, is_halved=is_halved)


def _gloss_hit(text: str, chance: random.Random, share: float, put_in: int = INVISIBLE) -> str:
    return gloss(text, chance.choice(_LEVELS), hits=lambda _: chance.random() < share, put_in=put_in)


def _gloss_subset(text: str, chance: random.Random) -> str:
    chosen = chance.sample(sorted(READINGS), _SUBSET)
    return (
        gloss(text, characters=chosen).replace(")", " )") if chance.random() < 0.5 else gloss(text, characters=chosen)
    )


def _classes() -> dict[str, tuple[str, Callable[[str, random.Random], str]]]:
    classes: dict[str, tuple[str, Callable[[str, random.Random], str]]] = {}
    for written, read, _ in PAIRS:
        pair = f"{written}>{read}"
        for times in (1, 2, 3) if pair == "u8>cp1252" else (1, 2) if pair == "u8>gbk" else (1,):
            name = pair if times == 1 else f"{pair} x{times}"
            often = {1: "", 2: ", twice", 3: ", three times"}[times]
            about = f"{NAMES[written]} bytes read as {NAMES[read]}{often}"
            classes[name] = (about, partial(_misread, written=written, read=read, times=times))
        for kind in (read, *NARROWER.get(read, ())):
            about = f"{NAMES[written]} bytes read as {NAMES[kind]}"
            classes.setdefault(f"{written}>{kind}", (about, partial(_misread, written=written, read=kind, times=1)))
            if kind in MULTIBYTE:
                about += ", which drops those that it does not have"
                classes[f"{written}>{kind} dropping"] = (about, partial(_dropping, written=written, read=kind))
    classes["gbk>u8>gbk"] = ("GBK bytes read as UTF-8, written again and read as GBK (锟斤拷)", _twice)
    glossed = "readings written into the bytes of GBK text; traditional characters wanted"
    classes["pinyin_gloss"] = (glossed, _gloss)
    for name, about, make in (
        ("halved", "fullwidth ASCII made halfwidth afterwards", partial(_gloss, is_halved=True)),
        ("dropped", "pairs that nothing maps dropped", partial(_gloss, keep_private=False)),
        ("hit", "something invisible put in before one punctuation mark in fifty", partial(_gloss_hit, share=0.02)),
        ("comma", "a visible comma put in before one in ten", partial(_gloss_hit, share=0.1, put_in=COMMA)),
        ("subset", "another subset of characters, some with a space in the reading", _gloss_subset),
    ):
        classes[f"pinyin_gloss {name}"] = (f"{glossed}; {about}", make)
    classes["pinyin_gloss toneless"] = ("readings without tone marks behind characters at random", gloss_without_tones)
    classes["letter_swap"] = ("Latin letters turned into Chinese characters", lambda text, _chance: swap(text))
    return classes


CLASSES: Mapping[str, tuple[str, Callable[[str, random.Random], str]]] = _classes()
"""Name of a class -> (what happens, function of a text and a source of chance)."""
