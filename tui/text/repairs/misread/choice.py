"""Which of the characters that it may have been a lost one was, by what stands around it in its line."""

import re
from collections.abc import Sequence
from functools import cache

from tui.text.words import lexicon
from tui.text.words.likely import cost

CONTEXT = 3
"""Characters on each side of a lost one that may make words with it."""
_WORD_BITS, _WORD_CHOICES = 12.0, 5
"""Lost characters so much dearer than the best, or beyond so many, are not looked up."""
_WORD_WEIGHT = 0.7
"""What a bit of the word list is worth beside one of the character model."""
_NOT_CHINESE = re.compile("[\u3041-\u30fa\uac00-\ud7a3]")
_SIDED = 2
"""Characters of one script for each of the other in a line that is in one of them."""
_BOTH = "后里干面松谷台向系舍准范征游表采范余云咸卷尽几朱仆丑斗丰出才冬别千升卜占叶号吁合吊同回困夸姜家岳布帘弦御志愿局巨并庵弥当念恤胡恶情戚托折挨据挽捆扎搜敬松板极杆栗核梁欲沈沾泛淀渺澄涌熏症痴皂盼短私秋秘种种穗签糊纤罗胜腌腊致苏茶蒙蔑术虫证谥赞踊辟迹郁里针锈雇霉颓风骂点党齐"
"""Simplified forms that traditional text has too."""
_OPENING = "“‘「『《〈（【"
_CLOSING = "”’」』》〉）】"
_STOPS = ("。", "？", "！", "…")
_CYRILLIC = re.compile("[а-я]")


def unwanted(text: str) -> frozenset[str]:
    """Characters of the other script than that of a Chinese text, simplified or traditional, if it is in one."""
    if _NOT_CHINESE.search(text):
        return frozenset()
    traditional = sum(char in _traditional() for char in text)
    simplified = sum(char in _simplified() for char in text)
    if max(traditional, simplified) <= _SIDED * min(traditional, simplified):
        return frozenset()
    return _simplified() if traditional > simplified else _traditional()


@cache
def _traditional() -> frozenset[str]:
    return frozenset(map(chr, lexicon.words().simplified))


@cache
def _simplified() -> frozenset[str]:
    """Characters that are the simplified form of others, and not traditional ones themselves."""
    return frozenset(map(chr, lexicon.words().simplified.values())) - _traditional() - frozenset(_BOTH)


def sign(best: str, choices: Sequence[str], before: str, after: str) -> str:
    """A lost sign by what is open before it in its line; in Cyrillic between spaces a dash."""
    if before[-1:] == after[:1] == " " and "—" in choices and _CYRILLIC.search(before):
        return "—"
    pairs = [(opening, closing) for opening, closing in zip(_OPENING, _CLOSING, strict=True) if closing in choices]
    open_ones = [closing for opening, closing in pairs if before.count(opening) > before.count(closing)]
    if open_ones and (best in _OPENING + _CLOSING or before[-1:] in _STOPS or not after):
        return open_ones[-1]
    if best in _OPENING + _CLOSING and not after:
        return next((stop for stop in _STOPS if stop in choices), best)
    if best in _CLOSING and _OPENING[_CLOSING.index(best)] in choices:
        return _OPENING[_CLOSING.index(best)]
    return best


def likeliest(before: str, choices: Sequence[str], after: str) -> str:
    """The character that goes best between what stands before and after it, by the model, and in Chinese by the lexicon."""
    last, following = before[-1:] or "\n", after[:1] or "\n"
    costs = {char: cost(char + following, last) for char in choices}
    limit = min(costs.values()) + _WORD_BITS
    near = sorted((char for char in costs if costs[char] <= limit), key=lambda char: costs[char])[:_WORD_CHOICES]
    if len(near) == 1 or _NOT_CHINESE.search(before + after):
        return near[0]
    return min(near, key=lambda char: costs[char] + _WORD_WEIGHT * lexicon.cost(before + char + after))
