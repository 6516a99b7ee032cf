"""What a page was written in and read as, found by trying. Needs the character model."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from tui.text.mending.damage import CLASSES, CODECS, MULTIBYTE, NARROWER
from tui.text.repairs.misread.gate import IN_WORD, Suspect
from tui.text.repairs.misread.segments import Pair, Part, solve
from tui.text.repairs.misread.unread import LOST_CHAR, unread
from tui.text.words.likely import cost

_PAIR = re.compile(r"(\w+)>(\w+)")
_ALL = [Pair(match[1], match[2]) for name in CLASSES if (match := _PAIR.fullmatch(name))]
_NARROWER = frozenset(read for reads in NARROWER.values() for read in reads)
"""They are told from their wider kin by what was lost."""
_HOPELESS = {Pair("u8", "big5"), Pair("u8", "euckr"), Pair("gbk", "u8")}
"""Too many bytes are lost."""
_OTHERS = [pair for pair in _ALL if pair.written == "u8" and pair.read not in MULTIBYTE]
"""The ones that `mojibake` undoes."""
_OURS = [pair for pair in _ALL if pair not in _HOPELESS and pair not in _OTHERS and pair.read not in _NARROWER]
_SHOWN = {
    "narrow": re.compile("[\x80-\u024f\u0370-\u04ff\u2018-\u2122]"),
    "han": re.compile("[\u3400-\u9fff\ue000-\uf8ff]"),
    "hangul": re.compile("[\uac00-\ud7a3]"),
    "kana": re.compile("[\uff61-\uff9f]"),
}
_KINDS = {"gbk": "han", "big5": "han", "euckr": "hangul", "sjis": "kana"}
"""What is always among the text that is read as a charset; as one of single bytes, narrow characters."""
_SAMPLE_CHARS, _CLIP_CHARS, _AROUND = 800, 300, 4
_TRIED = 3
"""Pairs that look best at a glance and are tried in full,"""
_CLEAR = 1.5
"""unless the first is better than the second so many times."""
_MOST_LOST = 0.2
"""Share of characters of a sample that may stand for lost bytes."""
LEAST_BITS = 20.0
"""What a page must gain by a finding, as must a line when it is read again,"""
_MIXED_BITS = 100.0
"""where what is right stands close around,"""
_WORD_BITS = 15.0
"""or where it stands within a word,"""
_LEAST_RATE = 0.6
"""and for each of its doubtful characters."""
_SWAPPED, _SWAPPED_SHARE = Pair("koi8r", "cp1251"), 0.3
"""Reads letters as other letters of the other case; text typed with Caps Lock on must not pass for it."""
_ALPHABETS = frozenset({"cp1251", "koi8r", "cp1253"})
_WORD = re.compile(r"[^\x00-\x7f\u3000\s]{3}")
"""Text in another alphabet has whole words of the characters in question; a table of them has not."""
_RUN = re.compile(r"[^\x00-\x7f]+")
_LEAST_CHARS = 4
"""Different characters that it takes to tell charsets of many bytes apart; private-use ones may be icons."""
_LEAST_LETTERS = 3
_MOST_RATE = 8.5
"""Bits for each character of what comes out in them: words take 5 to 7, any letters in a row 10 and more."""
_MAPPED = re.compile(r"[^\x00-\x7f\ue000-\uf8ff]")
_LOST_BITS = 0.5
"""What a narrower charset of the family must make more of each lost byte."""
_CUT = 3
"""Characters at the ends of a clip that may be made of halves."""
_PIECE_CHARS = 8
ROUNDS = 3
"""How often a text is read again at most."""


def finding(text: str, lines: Sequence[Suspect]) -> Pair | None:
    """The pair of charsets that makes the most of a sample of the lines, if it is one of ours and makes enough."""
    sample = list(_sample(text, lines))
    if sum(clip.count(LOST_CHAR) for clip in sample) > _MOST_LOST * sum(map(len, sample)):
        return None
    pairs = list(_possible(_OURS, sample))
    seen = {pair: sum(_glance(clip, pair) for clip in sample) for pair in pairs}
    if not seen:
        return None
    is_in_word = any(map(IN_WORD.search, sample))
    is_mixed = max(seen.values()) < LEAST_BITS and not is_in_word  # what is right around the damage outweighs it
    if is_mixed:
        pieces = [clip[at : at + _PIECE_CHARS] for clip in sample for at in range(0, len(clip), _PIECE_CHARS)]
        seen = {pair: sum(max(0.0, _glance(piece, pair)) for piece in pieces) for pair in pairs}
    ours = sorted(seen, key=lambda pair: -seen[pair])[:_TRIED]
    if len(ours) > 1 and seen[ours[0]] > _CLEAR * seen[ours[1]]:
        del ours[1:]
    least_seen = _MIXED_BITS / 2 if is_mixed else 0.0
    tries = {pair: [solve(clip, pair) for clip in sample] for pair in ours if seen[pair] > least_seen}
    gains = {pair: sum(gain for _, gain in solved) for pair, solved in tries.items()}
    if not gains:
        return None
    others = max(
        (sum(_glance(clip, pair, ROUNDS) for clip in sample) for pair in _possible(_OTHERS, sample)), default=0.0
    )
    pair = max(gains, key=lambda pair: gains[pair])
    gain = gains[pair]
    damage = "".join(
        clip[part.start : part.end] for clip, (parts, _) in zip(sample, tries[pair], strict=True) for part in parts
    )
    doubtful = sum(line.signs for line in lines)
    least = _MIXED_BITS if is_mixed else _WORD_BITS if is_in_word else LEAST_BITS
    enough = max(least, _LEAST_RATE * min(doubtful, _SAMPLE_CHARS))
    mapped = set(_MAPPED.findall(damage))
    different = len(mapped)
    is_of_signs = not any(map(str.isalpha, mapped))  # ° ± × ÷ side by side are a table's, or a list of signs
    if pair.written in MULTIBYTE - {"u8"} and (different < _LEAST_CHARS or is_of_signs):
        return None
    if pair.written in _ALPHABETS:
        words = " ".join(_RUN.findall(" ".join(_read_anew(parts) for parts, _ in tries[pair])))
        is_like_words = cost(words, " ") <= _MOST_RATE * len(words)
        if different < _LEAST_LETTERS or not is_like_words or not any(map(_WORD.search, sample)):
            return None
    if pair == _SWAPPED:
        enough = max(enough, _SWAPPED_SHARE * sum(map(cost, sample)))
    return _narrowed(pair, sample, damage) if gain >= enough and gain > others else None


def _read_anew(parts: Sequence[Part]) -> str:
    """What is read again, with a space for what stands between."""
    pieces: list[str] = []
    end = -1
    for part in parts:
        if end not in (-1, part.start):
            pieces.append(" ")
        pieces.append(part.after)
        end = part.end
    return "".join(pieces)


def _narrowed(pair: Pair, sample: Sequence[str], damage: str) -> Pair | None:
    """The pair with that charset of its family which makes most sense of what was lost, since each loses other bytes.

    `damage` is all that is damaged in the sample; a charset that doesn't have all of it is none.
    """
    clips = [clip for clip in sample if LOST_CHAR in clip]
    if pair.written == "u8" and not clips and any(_is_broken(clip, pair) for clip in sample):
        return _dropping(pair, sample)
    narrower = NARROWER.get(pair.read, ()) if clips else ()
    has_all = [read for read in narrower if all(char == LOST_CHAR or unread(char, read) for char in set(damage))]
    least = _LOST_BITS * sum(clip.count(LOST_CHAR) for clip in clips)
    gains = {Pair(pair.written, read): -least for read in has_all}
    if not gains:
        return pair
    gains[pair] = 0.0  # the wider one if they come out even: it leaves less to choice
    return max(gains, key=lambda pair: gains[pair] + sum(solve(clip, pair)[1] for clip in clips))


def _is_broken(clip: str, pair: Pair) -> bool:
    """Whether UTF-8 that was read in another charset is incomplete, except where the clip was cut."""
    content = clip.encode(CODECS[pair.read], "ignore").decode("utf-8", "replace")
    return LOST_CHAR in content[_CUT:-_CUT]


def _dropping(pair: Pair, sample: Sequence[str]) -> Pair | None:
    """The pair, or the one in whose charset bytes were dropped, if that makes more sense; None if too many were."""
    pairs = [pair, *(Pair("u8", read, True) for read in (pair.read, *NARROWER.get(pair.read, ())))]
    tries = {tried: [solve(clip, tried) for clip in sample] for tried in pairs}
    gains = {tried: sum(gain for _, gain in solved) for tried, solved in tries.items()}
    gains[pair] += LEAST_BITS
    best = max(gains, key=lambda tried: gains[tried])
    size = dropped = 0
    for clip, (parts, _) in zip(sample, tries[best], strict=True):
        for part in parts:
            size += len(part.after.encode("utf-8"))
            dropped -= len(clip[part.start : part.end].encode(CODECS[best.read]))
    return best if dropped + size <= _MOST_LOST * size else None


def _possible(pairs: Sequence[Pair], sample: Sequence[str]) -> Iterator[Pair]:
    """The pairs that could have made some text, by the characters that it has."""
    seen = {name for name, shown in _SHOWN.items() if any(map(shown.search, sample))}
    return (pair for pair in pairs if _KINDS.get(pair.read, "narrow") in seen)


def _sample(text: str, lines: Sequence[Suspect]) -> Iterator[str]:
    size = 0
    for line in sorted(lines, key=lambda line: -line.signs):
        start = max(line.start, line.first - _AROUND)
        clip = text[start : min(line.end, line.last + _AROUND + 1, start + _CLIP_CHARS)]
        yield clip
        size += len(clip)
        if size >= _SAMPLE_CHARS:
            return


def _glance(clip: str, pair: Pair, rounds: int = 1) -> float:
    """About how many bits likelier a text is when the characters that the charset has are read again, so many times."""
    gain = 0.0
    for _ in range(rounds):
        content = clip.replace(LOST_CHAR, "").encode(CODECS[pair.read], "ignore")
        clip = content.decode(CODECS[pair.written], "replace")
        more = _cost(content.decode(CODECS[pair.read])) - cost(clip)
        if more <= 0 and gain:
            break
        gain += more
    return gain


_cost = lru_cache(64)(cost)
