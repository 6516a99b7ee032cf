"""What changed from one text to another: by paragraph, then by word, and by character where words have no spaces.

Paragraphs are lines. Equal ones are aligned first (those that stand once on both sides, and what follows from them), then
of the others those that are alike are paired, and compared word by word. Work is counted: what is left when it is used up
is shown as changed as a whole.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from tui.core.answers import Compared, Difference
from tui.core.model import Rows
from tui.core.values import replace

MOST_STEPS = 3_000_000
"""Words looked at and steps of the search for the fewest changes: about two seconds."""
MOST_CHANGES = 20_000
"""Changes that are told of; what is behind them is shown as changed as a whole, as is a paragraph with more."""
LEAST_ALIKE = 0.5
"""Of the characters of two paragraphs, that stand in both in the same order, for one to be a version of the other."""
MOST_EDITS = 400
"""Words in or out between two places that are sure; where there are more, nothing in between is taken for the same."""
MOST_NEIGHBOURS = 20
"""Paragraphs with the same two words in a row up to which these say anything about which are alike."""
_PAIRED, _TRAITED, _TOLD = 20, 2, 4
"""Steps that a pair of paragraphs counts for, a word that is to tell which are alike, and a paragraph in the answer."""
LIKELIEST = 3
"""Paragraphs that are taken into account as versions of one."""

_HAN_AND_KANA = (
    "\u2e80-\u2fdf\u3005-\u3007\u3041-\u3096\u309d-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U000323af"
)
_SIGNS = "!-/:-@\\[-`{-~\u00a1-\u00bf\u2010-\u206f\u3000-\u3004\u3008-\u303f\uff01-\uff0f\uff1a-\uff20"
_ON_TOP = "\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
_WORD = re.compile(f"[{_HAN_AND_KANA}][{_ON_TOP}]*|\\s+|[^\\s{_SIGNS}{_HAN_AND_KANA}]+|.", re.DOTALL)

Equal = tuple[int, int, int]
"""Where a run of equal items begins on either side, and how long it is."""


class _Work:
    """Steps that are left."""

    def __init__(self, most: int) -> None:
        self.left = most
        self.is_rough = False
        """Somewhere there were too many edits to look for the fewest."""

    def take(self, steps: int) -> bool:
        """Whether so many more may be taken."""
        self.left -= steps
        return self.left >= 0


class _Text(NamedTuple):
    """One of the two texts as paragraphs that hold more than spaces."""

    text: str
    spans: list[tuple[int, int]]
    keys: list[str]
    """Each without the spaces that nobody sees."""

    @classmethod
    def of(cls, text: str) -> "_Text":
        spans, at = [], 0
        for line in text.split("\n"):
            bare = line.strip()
            if bare:
                start = at + line.index(bare[0])
                spans.append((start, start + len(bare)))
            at += len(line) + 1
        return cls(text, spans, [" ".join(text[start:end].split()) for start, end in spans])

    def words(self, index: int) -> list[str]:
        start, end = self.spans[index]
        return _WORD.findall(self.text, start, end)

    def place(self, index: int) -> int:
        """Where a paragraph begins, or the text ends behind the last."""
        return self.spans[index][0] if index < len(self.spans) else len(self.text)


def compare(before: str, after: str, most_steps: int = MOST_STEPS) -> Compared:
    """Return what changed.

    >>> found = compare("The ferry stops.\\nOne\\nTwo", "The ferry sails.\\nTwo\\nThree")
    >>> [(each.kind, each.start_before, each.end_before, each.start_after, each.end_after) for each in found.changes]
    [('words', 10, 15, 10, 15), ('removed', 17, 20, 17, 17), ('added', 24, 24, 21, 26)]
    """
    return _Comparison(_Text.of(before), _Text.of(after), _Work(most_steps)).run()


class _Comparison:
    def __init__(self, left: _Text, right: _Text, work: _Work) -> None:
        self._left, self._right, self._work = left, right, work
        self._changes: list[Difference] = []
        self._coarse = 0
        self._moved: dict[int, int] = {}
        self._came: dict[int, int] = {}
        self._rest: tuple[int, int] | None = None
        """Paragraphs of which, and of those behind them, nothing is told one by one any more; None: there are none."""

    def run(self) -> Compared:
        left, right = self._left, self._right
        blocks = sorted(align(left.keys, right.keys, self._work))
        gaps = [
            (range(i + size, next_i), range(j + size, next_j))
            for (i, j, size), (next_i, next_j, _) in pairwise(
                [(0, 0, 0), *blocks, (len(left.keys), len(right.keys), 0)]
            )
        ]
        gaps = [gap for gap in gaps if gap[0] or gap[1]]
        self._find_moved(gaps)
        for gap in gaps:
            self._tell(*gap)
            if self._rest is not None:
                self._tell_rest(*self._rest)
                break
        return Compared(Rows(Difference, self._changes), self._coarse)

    def _find_moved(self, gaps: Sequence[tuple[range, range]]) -> None:
        """Paragraphs that stand on both sides, in another order."""
        places: dict[str, list[int]] = defaultdict(list)
        for _, there in reversed(gaps):
            for j in reversed(there):
                places[self._right.keys[j]].append(j)
        for here, there in gaps:
            if not self._work.take(len(here) + len(there)):
                return
            for i in here:
                if same := places.get(self._left.keys[i]):
                    self._moved[i] = same.pop()
                    self._came[self._moved[i]] = i

    def _tell(self, here: range, there: range) -> None:
        """Take note of what changed in a gap between equal paragraphs."""
        i, j = here.start, there.start
        for at, to, words in [*self._pairs(here, there), (here.stop, there.stop, None)]:
            if len(self._changes) >= MOST_CHANGES and (i < here.stop or j < there.stop):
                self._rest = i, j
                return
            self._tell_whole(range(i, at), j, self._gone)
            self._tell_whole(range(j, to), at, self._new)
            if words is not None:
                self._changes += words
            i, j = at + 1, to + 1

    def _tell_rest(self, i: int, j: int) -> None:
        left, right = self._left.spans, self._right.spans
        if i < len(left):
            self._gone(i, len(left) - 1, j)
        if j < len(right):
            self._new(j, len(right) - 1, len(left))
        self._coarse += max(len(left) - i, len(right) - j)

    def _tell_whole(self, run: range, beside: int, tell: Callable[[int, int, int], None]) -> None:
        """One by one, as some may have been moved; once the work is used up, as one."""
        for index in run:
            if not self._work.take(_TOLD) or len(self._changes) >= MOST_CHANGES:
                tell(index, run.stop - 1, beside)
                return
            tell(index, index, beside)

    def _gone(self, first: int, last: int, beside: int) -> None:
        at, moved = self._right.place(beside), self._moved.get(first) if first == last else None
        other = self._right.place(moved) if moved is not None else -1
        start, end = self._left.spans[first][0], self._left.spans[last][1]
        self._whole(Difference("removed" if moved is None else "moved_away", start, end, at, at, other), first, moved)

    def _new(self, first: int, last: int, beside: int) -> None:
        at, moved = self._left.place(beside), self._came.get(first) if first == last else None
        other = self._left.place(moved) if moved is not None else -1
        start, end = self._right.spans[first][0], self._right.spans[last][1]
        self._whole(Difference("added" if moved is None else "moved_here", at, at, start, end, other), first, moved)

    def _whole(self, change: Difference, index: int, moved: int | None) -> None:
        """Take note of a paragraph; those that follow each other are one change."""
        last = self._changes[-1] if self._changes else None
        is_left = change.kind in ("removed", "moved_away")
        own, partners = (self._left, self._moved) if is_left else (self._right, self._came)
        if last is None or last.kind != change.kind or not index:
            self._changes.append(change)
            return
        end = last.end_before if is_left else last.end_after
        if own.spans[index - 1][1] != end or (moved is not None and partners.get(index - 1) != moved - 1):
            self._changes.append(change)
        elif is_left:
            self._changes[-1] = replace(last, end_before=change.end_before)
        else:
            self._changes[-1] = replace(last, end_after=change.end_after)

    def _pairs(self, here: range, there: range) -> Iterator[tuple[int, int, list[Difference]]]:
        """Paragraphs that are versions of each other, in order, with what changed in them."""
        lefts = [i for i in here if i not in self._moved]
        rights = [j for j in there if j not in self._came]
        likely = list(_chain(self._alike(lefts, rights)))
        left, told = min(len(lefts), len(rights)), (-1, -1)
        for i, j in _filled(lefts, rights, likely):
            changes = self._by_word(i, j)
            if self._work.left < 0:
                break
            left, told = left - 1, (i, j)
            if changes is not None:
                yield i, j, changes
        if self._work.left < 0:
            self._coarse += left
            # What is likely alike stands beside each other at least.
            yield from ((*pair, [self._all_of(*pair)]) for pair in likely if pair > told)

    def _all_of(self, i: int, j: int) -> Difference:
        return Difference("words", *self._left.spans[i], *self._right.spans[j])

    def _alike(self, lefts: Sequence[int], rights: Sequence[int]) -> Iterator[tuple[int, int, float]]:
        """Paragraphs that may be versions of each other, and how likely that is."""
        traits = {j: self._traits(self._right, j) for j in rights} if lefts else {}
        having: dict[object, list[int]] = defaultdict(list)
        for j, its in traits.items():
            for trait in its:
                having[trait].append(j)
        for i in lefts if rights else ():
            own = self._traits(self._left, i)
            shared = Counter(j for trait in own if len(js := having.get(trait, ())) <= MOST_NEIGHBOURS for j in js)
            if not self._work.take(_PAIRED + shared.total()):
                return
            likely = ((2 * count / (len(own) + len(traits[j])), j) for j, count in shared.items())
            yield from ((i, j, share) for share, j in sorted(likely, reverse=True)[:LIKELIEST])

    def _traits(self, side: _Text, index: int) -> set[object]:
        if self._work.left < 0:
            return set()
        words = [word for word in side.words(index) if not word.isspace()]
        self._work.take(_TRAITED * len(words))
        return {*words, *pairwise(words)}

    def _by_word(self, i: int, j: int) -> list[Difference] | None:
        """What changed from one paragraph to the other; None: they have too little in common, or the work is used up."""
        if not self._work.take(_PAIRED):
            return None
        ours, theirs = self._left.words(i), self._right.words(j)
        self._work.is_rough = False
        blocks = sorted(align(_spaced(ours), _spaced(theirs), self._work))
        same = sum(len("".join(ours[at : at + size]).replace(" ", "")) for at, _, size in blocks)
        both = sum(len(side.keys[at].replace(" ", "")) for side, at in ((self._left, i), (self._right, j)))
        if self._work.left < 0:
            return None
        self._coarse += self._work.is_rough
        if 2 * same < LEAST_ALIKE * both:
            return [self._all_of(i, j)] if self._work.is_rough else None
        ends, ends_after = ([0, *accumulate(map(len, words))] for words in (ours, theirs))
        start, start_after = self._left.spans[i][0], self._right.spans[j][0]
        sides = pairwise([(0, 0, 0), *blocks, (len(ours), len(theirs), 0)])
        parts = (
            Difference(
                "words",
                *(start + ends[at] for at in (i + size, i_next)),
                *(start_after + ends_after[at] for at in (j + size, j_next)),
            )
            for (i, j, size), (i_next, j_next, _) in sides
            if i + size < i_next or j + size < j_next
        )
        changes = list(_merged(parts))
        if len(changes) <= MOST_CHANGES:
            return changes
        self._coarse += 1
        return [self._all_of(i, j)]


def _spaced(words: Sequence[str]) -> list[str]:
    """Words, with one space for any number of them."""
    return [" " if word.isspace() else word for word in words]


def _filled(lefts: Sequence[int], rights: Sequence[int], pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield pairs, and between them the others one by one where there are as many on both sides.

    >>> list(_filled([0, 1, 2], [5, 6, 7, 8], [(1, 6)]))
    [(0, 5), (1, 6)]
    """
    at = to = 0
    for i, j in [*pairs, (-1, -1)]:
        stop, stop_after = (lefts.index(i, at), rights.index(j, to)) if i >= 0 else (len(lefts), len(rights))
        if stop - at == stop_after - to:
            yield from zip(lefts[at:stop], rights[to:stop_after], strict=True)
        if i >= 0:
            yield i, j
        at, to = stop + 1, stop_after + 1


def _merged(changes: Iterable[Difference]) -> Iterator[Difference]:
    """Changes with little between them, as one: less than has changed on either side of it.

    >>> parts = [Difference("words", 0, 5, 0, 4), Difference("words", 6, 9, 5, 9), Difference("words", 30, 31, 30, 31)]
    >>> [(each.start_before, each.end_before) for each in _merged(parts)]
    [(0, 9), (30, 31)]
    """
    kept: list[Difference] = []
    for change in changes:
        while kept:
            last = kept[-1]
            between = change.start_before - last.end_before
            if between > min(_size(last), _size(change)):
                break
            change = replace(change, start_before=last.start_before, start_after=last.start_after)
            kept.pop()
        kept.append(change)
    yield from kept


def _size(change: Difference) -> int:
    return max(change.end_before - change.start_before, change.end_after - change.start_after)


def _chain(candidates: Iterator[tuple[int, int, float]]) -> Iterator[tuple[int, int]]:
    """The likeliest pairs that are in the same order on both sides.

    >>> list(_chain(iter([(0, 5, 0.9), (1, 1, 0.5), (2, 2, 0.6), (2, 6, 0.1)])))
    [(1, 1), (2, 2)]
    """
    weights: list[float] = []
    ends: list[int] = []
    tails: list[tuple[int, int, object]] = []
    # Of chains that end at or before a place on the right, the weightiest; both grow from one to the next.
    by_left: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for i, j, weight in candidates:
        by_left[i].append((j, weight))
    for i, options in by_left.items():
        made = []
        for j, weight in options:
            before = bisect_left(ends, j) - 1
            made.append((j, weight + (weights[before] if before >= 0 else 0.0), tails[before] if before >= 0 else None))
        for j, weight, tail in made:
            at = bisect_left(ends, j)
            if at and weights[at - 1] >= weight:
                continue
            stop = at
            while stop < len(ends) and weights[stop] <= weight:
                stop += 1
            ends[at:stop], weights[at:stop], tails[at:stop] = [j], [weight], [(i, j, tail)]
    chain: list[tuple[int, int]] = []
    link = tails[-1] if tails else None
    while link is not None:
        chain.append(link[:2])
        link = link[2]  # type: ignore[assignment]
    yield from reversed(chain)


def align(ours: Sequence[str], theirs: Sequence[str], work: _Work) -> Iterator[Equal]:
    """Yield runs of items that stand on both sides in the same order; nothing more once the work is used up.

    >>> sorted(align("a b c d".split(), "b c x d".split(), _Work(100)))
    [(1, 0, 1), (2, 1, 1), (3, 3, 1)]
    """
    gaps = [(0, len(ours), 0, len(theirs))]
    while gaps:
        i, i_end, j, j_end = gaps.pop()
        begin = i
        while i < i_end and j < j_end and ours[i] == theirs[j]:
            i, j = i + 1, j + 1
        if i > begin:
            yield begin, j - (i - begin), i - begin
        stop = i_end
        while i < i_end and j < j_end and ours[i_end - 1] == theirs[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
        if stop > i_end:
            yield i_end, j_end, stop - i_end
        if i == i_end or j == j_end:
            continue
        parts = ours[i:i_end], theirs[j:j_end]
        anchors: list[tuple[int, int]] = []
        for reach in (1, _REACH):
            if not anchors:
                if not work.take(len(parts[0]) + len(parts[1])):
                    return
                anchors = _anchors(*(_windows(part, reach) for part in parts))
        if anchors:
            # An anchor stands where the gap behind it begins.
            bounds = [(i, j), *((i + at, j + to) for at, to in anchors), (i_end, j_end)]
            gaps += [(a, b, c, d) for (a, c), (b, d) in pairwise(bounds)]
        else:
            yield from ((i + at, j + to, size) for at, to, size in _fewest(*parts, work))


_REACH = 8
"""Items in a row that are looked for where none stands once by itself: of a megabyte in one line, no word does."""


def _windows(items: Sequence[str], reach: int) -> Sequence[object]:
    """Each item with those behind it; numbers will do, as what is taken for equal is looked at again."""
    return items if reach == 1 else list(map(hash, zip(*(items[at:] for at in range(reach)), strict=False)))


def _anchors(ours: Sequence[object], theirs: Sequence[object]) -> list[tuple[int, int]]:
    """Items that stand once on either side, as many as are in the same order (patience)."""
    counts, counts_after = Counter(ours), Counter(theirs)
    places = {item: at for at, item in enumerate(theirs) if counts_after[item] == 1}
    once = [(at, places[item]) for at, item in enumerate(ours) if counts[item] == 1 and item in places]
    tops: list[int] = []
    piles: list[int] = []
    below = [-1] * len(once)
    for number, (_, to) in enumerate(once):
        pile = bisect_left(tops, to)
        below[number] = piles[pile - 1] if pile else -1
        tops[pile : pile + 1], piles[pile : pile + 1] = [to], [number]
    chain: list[tuple[int, int]] = []
    number = piles[-1] if piles else -1
    while number >= 0:
        chain.append(once[number])
        number = below[number]
    return chain[::-1]


def _fewest(ours: Sequence[str], theirs: Sequence[str], work: _Work) -> Iterator[Equal]:
    """Runs that leave the fewest items in or out (Myers); none where that takes more than `MOST_EDITS`."""
    size, size_after = len(ours), len(theirs)
    furthest = {1: 0}
    trail: list[dict[int, int]] = []
    for edits in range(min(size + size_after, MOST_EDITS) + 1):
        trail.append(furthest.copy())
        steps = edits + 1
        for diagonal in range(-edits, edits + 1, 2):
            down = diagonal == -edits or (
                diagonal != edits and furthest.get(diagonal - 1, -1) < furthest.get(diagonal + 1, -1)
            )
            x = furthest.get(diagonal + 1, -1) if down else furthest.get(diagonal - 1, -1) + 1
            y = x - diagonal
            begin = x
            while x < size and y < size_after and ours[x] == theirs[y]:
                x, y = x + 1, y + 1
            furthest[diagonal], steps = x, steps + x - begin
            if x >= size and y >= size_after:
                yield from _back(trail, x, y)
                return
        if not work.take(steps):
            return
    work.is_rough = True


def _back(trail: Sequence[dict[int, int]], x: int, y: int) -> Iterator[Equal]:
    """Go the way back from the end, and yield the runs on it."""
    for edits in range(len(trail) - 1, -1, -1):
        furthest, diagonal = trail[edits], x - y
        down = diagonal == -edits or (
            diagonal != edits and furthest.get(diagonal - 1, -1) < furthest.get(diagonal + 1, -1)
        )
        from_x = furthest.get(diagonal + 1, -1) if down else furthest.get(diagonal - 1, -1)
        from_y = from_x - (diagonal + 1 if down else diagonal - 1)
        run = x - from_x - (not down)
        if run > 0:
            yield x - run, y - run, run
        x, y = from_x, from_y
