"""What a page was written in and read as, found by trying. Needs the character model.

A sample of the suspicious lines is read again with each pair of charsets that could have made it: at a glance with all,
in full with the few that look best. The pair that makes the text likelier by most bits is the finding, if it gains
enough of them, more than any pair that `mojibake` undoes, and makes what charsets of its kind make.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from tui.text.charset.misreading import CODECS, MULTIBYTE, NARROWER, PAIRS, Misreading
from tui.text.repairs.misread.gate import FIRST_WIDE, IN_WORD, Suspect
from tui.text.repairs.misread.rare import MOST_PAIR_BITS
from tui.text.repairs.misread.segments import Segment, aligned, solved
from tui.text.repairs.misread.unread import LOST_CHAR, unread, written_bytes
from tui.text.words.likely import cost

_HOPELESS = {Misreading("u8", "big5"), Misreading("u8", "euckr"), Misreading("gbk", "u8")}
"""Too many bytes are lost."""
_OTHERS = [pair for pair in PAIRS if pair.written == "u8" and pair.read not in MULTIBYTE]
"""The ones that `mojibake` undoes."""
_OURS = [pair for pair in PAIRS if pair not in _HOPELESS and pair not in _OTHERS]
"""The widest charset of each family stands for it; the narrower ones are told from it by what was lost."""
ROUNDS = 3
"""How often a text is read again at most."""

# The sample, in characters.
_SAMPLE_CHARS = 800
_CLIP_CHARS = 300
"""Most of one line."""
_AROUND = 4
"""What is taken along on either side of a line's signs."""
_PIECE_CHARS = 8
"""Length of the pieces that clips are cut into where what is right outweighs the damage."""
_MOST_LOST = 0.2
"""Share of the sample that may stand for lost bytes."""

# Which pairs are tried.
_KINDS = {"gbk": "han", "big5": "han", "euckr": "hangul", "sjis": "kana"}
"""What text that was read as a charset always has some characters of; read as one of single bytes, narrow ones."""
_CHARACTERS = {
    "narrow": re.compile("[\x80-\u024f\u0370-\u04ff\u2018-\u2122]"),
    "han": re.compile("[\u3400-\u9fff\ue000-\uf8ff]"),
    "hangul": re.compile("[\uac00-\ud7a3]"),
    "kana": re.compile("[\uff61-\uff9f]"),
}
_TRIED = 3
"""Pairs that are tried in full."""
_CLEAR = 1.5
"""The best pair is tried alone where its glance gains so many times what the second's does."""

# How many bits a finding must gain.
LEAST_BITS = 20.0
"""Least gain of a page, and of a line that is read once more."""
_WORD_BITS = 15.0
"""The same where damage stands within a word of letters that are right."""
_MIXED_BITS = 100.0
"""The same where what is right stands close around the damage."""
_SIGN_BITS = 0.6
"""Least gain for each sign of the page's suspicious lines, as far as the sample has room for them."""
_SWAPPED = Misreading("koi8r", "cp1251")
_SWAPPED_SHARE = 0.3
"""Share of the sample's bits that `_SWAPPED` must gain: it only exchanges letters and their case, as Caps Lock does."""
_LOST_BITS = 0.5
"""What a narrower charset of the family must gain more for each lost byte."""

# What must come out, or have stood there.
_LEAST_CHARS = 4
"""Different characters of the damage that it takes to tell charsets of many bytes apart."""
_MANY = re.compile(r"[^\x00-\x7f]+")
_MAPPED = re.compile(r"[^\x00-\x7f\ue000-\uf8ff]")
"""Characters that count for that: private-use ones may be icons."""
_ALPHABETS = frozenset({"cp1251", "koi8r", "cp1253"})
_LATIN = frozenset({"cp1250", "cp1252"})
_LEAST_LETTERS = 3
"""Letters of a word of an alphabet, and different characters of the damage that must be there. One such word is too little."""
_MOST_CYRILLIC_BITS, _MOST_GREEK_BITS = 6.2, 7.5
"""Bits for each letter that comes out: words take 4 to 5.6 and 5 to 7, any letters in a row 7 and more, 10 and more."""
_PLACE_BITS = 12.0
"""What Latin text gains at least at each damaged place: 18 and more if the letter is one of its language."""
_CASED = re.compile(r".?[^\W\d_A-ZА-ЯЁΑ-Ω]*|[^a-zа-яёα-ω]+")
"""A word as it is written: small, with a capital, or shouted."""
_FEW_HAN = 8
_MOST_HAN_BITS, _MOST_FEW_HAN_BITS = 21.0, 16.0
"""The same for characters of CJK text: headlines take up to 20, signs that pass for some 18 and more."""
_PAIR_BITS, _CHAR_BITS = 60.0, 4.5
"""What CJK text that was read as other CJK text gains at least, each character counted once, and for each character:
text gains 5 to 20, a table of characters 1 to 4 in another order."""
_DOUBT_BITS = 8.0
"""What another reading of a run must be likelier by for the run to be no more than probable."""
_FEW_SIGNS = 4
"""Different characters of a run that has each of them three times on average, and is no text."""
_IN_ORDER = 0.8
"""Share of the steps from one character to the next that go up, from which on a run is a list of characters."""
_CUT = 3
"""Characters at the ends of a clip that may be made of halves."""


class _Trial:
    """A pair, and what a sample gains when it is read again with it."""

    def __init__(self, pair: Misreading, clips: Sequence[str]) -> None:
        self.pair = pair
        self.clips = clips
        readings = [solved(clip, pair) for clip in clips]
        self.segments: list[list[Segment]] = [segments for segments, _ in readings]
        """For each clip, its damaged segments."""
        self.gain = sum(gain for _, gain in readings)

    @cached_property
    def damage(self) -> str:
        """All that is damaged in the sample."""
        return "".join(
            clip[segment.start : segment.end]
            for clip, segments in zip(self.clips, self.segments, strict=True)
            for segment in segments
        )

    @cached_property
    def runs(self) -> list["_Run"]:
        """The changed stretches of the sample."""
        both = zip(self.clips, self.segments, strict=True)
        return [run for clip, segments in both for run in _runs(clip, list(_cut(clip, segments, self.pair)))]

    def is_evident(self) -> bool:
        """Whether words come out: lists of signs, alphabets and single signs are no evidence, whatever they gain."""
        runs = [run for run in self.runs if not is_listed(run.before)]
        if self.pair.written == "u8":
            return True
        if self.pair.written in _LATIN:
            return any(run.is_in_word for run in runs) and self.gain >= _PLACE_BITS * len(runs)
        # Of what was read as many bytes, characters that both charsets have at the same place count too.
        seen = self.damage if self.pair.read in MULTIBYTE and runs else "".join(run.before for run in runs)
        mapped = set(_MAPPED.findall(seen))
        if self.pair.written in _ALPHABETS:
            cased = (run.after for run in runs if _CASED.fullmatch(run.after))
            words = sorted({word.lower() for word in cased if _letters(word) >= _LEAST_LETTERS})
            letters = sum(map(_letters, words))
            most = _MOST_GREEK_BITS if self.pair.written == "cp1253" else _MOST_CYRILLIC_BITS
            return letters > _LEAST_LETTERS and len(mapped) >= _LEAST_LETTERS and _bits(words) <= most
        if self.pair.read in MULTIBYTE:
            after = "".join(segment.after for segments in self.segments for segment in segments)
            once = self.gain * len(set(self.damage)) / max(1, len(self.damage))
            is_gain = once >= _PAIR_BITS and self.gain >= _CHAR_BITS * len(self.damage)
            is_text = any(_letters(run.after) > 1 and not is_listed(run.after) for run in runs)
            is_text = is_text and _bits([after]) <= MOST_PAIR_BITS
            return len(mapped) >= _LEAST_CHARS and is_gain and is_text
        # ° ± × ÷ side by side are a table's, or a list of signs.
        words = [run.after for run in runs if _letters(run.after) > 1 and any(map(str.isalpha, run.before))]
        most = _MOST_HAN_BITS if sum(map(_letters, words)) >= _FEW_HAN else _MOST_FEW_HAN_BITS
        return bool(words) and len(mapped) >= _LEAST_CHARS and _bits(words) <= most


class _Run(NamedTuple):
    """A changed stretch of a clip."""

    before: str
    after: str
    is_in_word: bool
    """It stands in or at a word of ASCII letters."""


def _cut(clip: str, segments: Sequence[Segment], pair: Misreading) -> Iterator[Segment]:
    """Segments cut where ASCII begins and ends, or, if it agrees in number only by chance, at every character."""
    for segment in segments:
        old, new, start = clip[segment.start : segment.end], segment.after, segment.start
        if not segment.is_certain or len(new) == 1:
            yield segment
        elif _MANY.split(old) == _MANY.split(new):
            for match, after in zip(_MANY.finditer(old), _MANY.findall(new), strict=True):
                yield segment._replace(start=start + match.start(), end=start + match.end(), after=after)
        else:
            for before, after in aligned(old, new, pair, 1):
                yield segment._replace(start=start, end=start + len(before), after=after)
                start += len(before)


def _runs(clip: str, segments: Sequence[Segment]) -> Iterator[_Run]:
    start = end = -1
    after = ""
    for segment in (*segments, None):
        if segment is not None and clip[segment.start : segment.end] == segment.after:
            continue
        if segment is not None and segment.start == end:
            end, after = segment.end, after + segment.after
            continue
        if after:
            is_in_word = any(
                char.isascii() and char.islower() for char in (clip[start - 1 : start], clip[end : end + 1])
            )
            yield _Run(clip[start:end], after, is_in_word)
        if segment is not None:
            start, end, after = segment.start, segment.end, segment.after


def is_listed(run: str) -> bool:
    """Whether the characters of a run beyond ASCII are few again and again, or stand in the order of their code points.

    So do alphabets, tables of characters and rows of signs, and hardly any words.

    >>> [is_listed(run) for run in ("ÄÖÜ", "£££", "ÅÄÖÅÄÖÅÄÖ", "ÁÂÃÀÇÉÊ", "Ïðèâåò", "ÐÂÎÅ")]
    [True, True, True, True, False, False]
    """
    signs = [char for char in run if char > "\x7f"]
    rising = sum(first <= second for first, second in pairwise(signs))
    return len(signs) > 2 and (
        len(set(signs)) <= min(_FEW_SIGNS, len(signs) / 3) or rising >= _IN_ORDER * (len(signs) - 1)
    )


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _bits(words: Sequence[str]) -> float:
    """Bits for each character of some words."""
    text = " ".join(words)
    return cost(text, " ") / len(text)


def is_doubtful(old: str, new: str, read: str) -> bool:
    """Whether some other charset makes much likelier text of a run than what came out, if that is no plain word.

    >>> is_doubtful("ÐÂÎÅ", "РВОЕ", "cp1252"), is_doubtful("Ïðèâåò", "Привет", "cp1252")
    (True, False)
    """
    if not new or len(old) < _LEAST_LETTERS or _bits([new]) <= _most_bits(new):
        return False
    content = written_bytes(old, read)
    if content is None:
        return False
    others = (content.decode(CODECS[pair.written], "replace") for pair in PAIRS if pair.read == read)
    return any(cost(other, " ") < cost(new, " ") - _DOUBT_BITS for other in others)


def _most_bits(word: str) -> float:
    """Bits for each character up to which a run is plain text."""
    if max(word) >= FIRST_WIDE:
        return _MOST_HAN_BITS if len(word) >= _FEW_HAN else _MOST_FEW_HAN_BITS
    return _MOST_GREEK_BITS


def finding(text: str, lines: Sequence[Suspect]) -> Misreading | None:
    """The pair of charsets that makes the most of a sample of the lines, if it is one of ours and makes enough."""
    clips = list(_sample(text, lines))
    if sum(clip.count(LOST_CHAR) for clip in clips) > _MOST_LOST * sum(map(len, clips)):
        return None
    others = {pair: sum(_glance(clip, pair, ROUNDS) for clip in clips) for pair in _possible(_OTHERS, clips)}
    theirs = max(others, key=lambda pair: others[pair], default=None)
    if theirs and others[theirs] > _MIXED_BITS and not any(_is_broken(clip, theirs) for clip in clips):
        return None
    glances = {pair: sum(_glance(clip, pair) for clip in clips) for pair in _possible(_OURS, clips)}
    is_in_word = any(map(IN_WORD.search, clips))
    is_mixed = not is_in_word and max(glances.values(), default=0.0) < LEAST_BITS
    if is_mixed:
        pieces = [clip[at : at + _PIECE_CHARS] for clip in clips for at in range(0, len(clip), _PIECE_CHARS)]
        glances = {pair: sum(max(0.0, _glance(piece, pair)) for piece in pieces) for pair in glances}
    if not is_mixed and theirs and others[theirs] > _CLEAR * max(glances.values(), default=0.0):
        return None
    least_glance = _MIXED_BITS / 2 if is_mixed else 0.0
    trials = [_Trial(pair, clips) for pair in _promising(glances) if glances[pair] > least_glance]
    if not trials:
        return None
    best = max(trials, key=lambda trial: trial.gain)
    signs = min(sum(line.signs for line in lines), _SAMPLE_CHARS)
    least = max(_MIXED_BITS if is_mixed else _WORD_BITS if is_in_word else LEAST_BITS, _SIGN_BITS * signs)
    if best.pair == _SWAPPED:
        least = max(least, _SWAPPED_SHARE * sum(map(cost, clips)))
    if best.gain < least or not best.is_evident():
        return None
    return _narrowed(best) if best.gain > max(others.values(), default=0.0) else None


def _promising(glances: Mapping[Misreading, float]) -> list[Misreading]:
    """The few pairs that look best at a glance."""
    pairs = sorted(glances, key=lambda pair: -glances[pair])[:_TRIED]
    is_clear = len(pairs) > 1 and glances[pairs[0]] > _CLEAR * glances[pairs[1]]
    return pairs[:1] if is_clear else pairs


def _narrowed(trial: _Trial) -> Misreading | None:
    """The pair with that charset of its family which makes most sense of what was lost, since each loses other bytes.

    A charset that doesn't have all of the damage is none.
    """
    pair = trial.pair
    clips = [clip for clip in trial.clips if LOST_CHAR in clip]
    if pair.written == "u8" and not clips and any(_is_broken(clip, pair) for clip in trial.clips):
        return _dropping(trial)
    narrower = NARROWER.get(pair.read, ()) if clips else ()
    seen = set(trial.damage) - {LOST_CHAR}
    least = _LOST_BITS * sum(clip.count(LOST_CHAR) for clip in clips)
    gains = {Misreading(pair.written, read): -least for read in narrower if all(unread(char, read) for char in seen)}
    if not gains:
        return pair
    gains[pair] = 0.0  # the wider one if they come out even: it leaves less to choice
    return max(gains, key=lambda pair: gains[pair] + sum(solved(clip, pair)[1] for clip in clips))


def _is_broken(clip: str, pair: Misreading) -> bool:
    """Whether UTF-8 that was read in another charset is incomplete, except where the clip was cut."""
    content = b"".join(unread(char, pair.read) or b"" for char in clip)
    return LOST_CHAR in content.decode("utf-8", "replace")[_CUT:-_CUT]


def _dropping(trial: _Trial) -> Misreading | None:
    """The pair, or the one in whose charset bytes were dropped, if that makes more sense; None if too many were."""
    reads = (trial.pair.read, *NARROWER.get(trial.pair.read, ()))
    best = max((_Trial(Misreading("u8", read, True), trial.clips) for read in reads), key=lambda other: other.gain)
    if best.gain <= trial.gain + LEAST_BITS:
        best = trial
    size = sum(len(segment.after.encode("utf-8")) for segments in best.segments for segment in segments)
    dropped = size - len(best.damage.encode(CODECS[best.pair.read]))
    return best.pair if dropped <= _MOST_LOST * size else None


def _possible(pairs: Sequence[Misreading], clips: Sequence[str]) -> Iterator[Misreading]:
    """The pairs that could have made some text, by the characters that it has."""
    kinds = {name for name, chars in _CHARACTERS.items() if any(map(chars.search, clips))}
    return (pair for pair in pairs if _KINDS.get(pair.read, "narrow") in kinds)


def _sample(text: str, lines: Sequence[Suspect]) -> Iterator[str]:
    size = 0
    for line in sorted(lines, key=lambda line: -line.signs):
        start = max(line.start, line.first - _AROUND)
        clip = text[start : min(line.end, line.last + _AROUND + 1, start + _CLIP_CHARS)]
        yield clip
        size += len(clip)
        if size >= _SAMPLE_CHARS:
            return


def _glance(clip: str, pair: Misreading, rounds: int = 1) -> float:
    """About how many bits likelier a text is when the characters that the charset has are read again, so many times."""
    gain = 0.0
    for _ in range(rounds):
        content = clip.replace(LOST_CHAR, "").encode(CODECS[pair.read], "ignore")
        clip = content.decode(CODECS[pair.written], "replace")
        more = _cost(content.decode(CODECS[pair.read])) - _cost(clip)
        if more <= 0 and gain:
            break
        gain += more
    return gain


_cost = lru_cache(1024)(cost)
