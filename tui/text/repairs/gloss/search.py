"""Undoes glossing by search: of all texts that would look like the damaged line, the likeliest.

The decoder that made the damage was either in step with the characters, or one byte behind. In step, what stands there is
what was there. One byte behind, a character is the last byte of one and the first of the next, and `pending` is the byte
that has been taken already. Each step below is one thing that the damage can have done; where it took bytes away, every
character that they can have been is tried, and likelihood decides.
"""

import re
from collections.abc import Iterator, Sequence

from tui.core.values import dataclass
from tui.text.repairs.gloss.bytes_around import (
    GLOSS,
    MARKS,
    SWALLOWED,
    candidates_by_lead,
    candidates_by_trail,
    following_trails,
    is_hit,
    joined,
    keys_of,
    vanished,
    widened,
)
from tui.text.repairs.gloss.dialect import Dialect
from tui.text.repairs.gloss.forward import READINGS, decoded, encoded, is_lead, is_private, is_trail
from tui.text.repairs.gloss.likelihood import LOST, REACH, SIGN, Likelihood

# How far the search goes.
_BEAM = 24
"""States that are kept at each place of the line, the likeliest ones."""
_MARGIN = 32.0
"""Bits by which a state may fall behind the likeliest one at its place."""
_GUESSERS = 8
"""States for which lost bytes are guessed."""
_LEADERS = 4
"""States for which vanished pairs are tried."""
_FIRSTS = 10
"""Characters that are tried before a vanished pair."""
_CHOICES = 12
"""Ends of a search that are asked whether the damage comes out of them."""
_LONGEST = 100
"""Code points after which a search gives up; damage that really happened ends within a few dozen."""
_SETTLED = 3
"""Characters in step after which what came before is decided."""

# What the damage is supposed to have done costs so many bits.
_HIT_BITS = 5.0
"""Something was put in before punctuation."""
_SIGN_BITS = 2.0
"""An ASCII sign was swallowed."""
_VANISHED_BITS = 2.0
"""A pair that nothing maps was dropped."""
_ODD_BITS = 10.0
"""A character of the ranking is without its reading, or an ASCII sign such as ] stands beside a Han character."""
_LOST_BITS = 26.0
"""A character can't be known."""
_LITERAL_BITS = 60.0
"""What looks like a swallowed parenthesis is none."""
_UNPROVED_BITS = 30.0
"""The damage does not come out of the answer."""


@dataclass(slots=True, eq=False)
class State:
    """One way to read a line up to a place."""

    bits: float
    at: int
    """Place in the damaged line."""
    out: str
    """What it was, from where the search began."""
    pending: int = -1
    """Byte that begins the next character; -1: in step."""
    before: "State | None" = None
    kind: str = "known"
    """known, guessed, sign (one was swallowed), lost (a character can't be known) or literal (nothing was done)."""
    hits: tuple[int, ...] = ()
    """Bytes of `out` before which something was put in."""
    is_cut: bool = False
    """A reading stands between the pending byte and the next one."""

    def past(self, at: int, pending: int = -1, *, hit: int = -1, is_cut: bool = False) -> "State":
        """The state behind something that is no character; `hit`: it was put in behind so many bytes of the next one."""
        hits = self.hits if hit < 0 else (*self.hits, _size(self.out) + hit)
        return State(self.bits, at, self.out, pending, self, hits=hits, is_cut=is_cut)

    def lost(self) -> "State":
        """The state in step again, behind a character that can't be known."""
        return State(self.bits + _LOST_BITS, self.at, self.out + LOST, -1, self, "lost", self.hits)

    def kinds(self) -> set[str]:
        """What all its steps are."""
        kinds = set()
        state = self
        while state.before is not None:
            kinds.add(state.kind)
            state = state.before
        return kinds


@dataclass(frozen=True, slots=True)
class Unit:
    """A shortest run of the line in which old and new characters begin and end together."""

    start: int
    end: int
    after: str
    kinds: frozenset[str]
    is_proved: bool
    """The forward model makes the damage out of it, alone or with its neighbours."""


class GlossSearch:
    """Reads damaged lines of one page."""

    def __init__(self, dialect: Dialect, likelihood: Likelihood) -> None:
        self._dialect = dialect
        self._likelihood = likelihood
        self._keys = frozenset(map(encoded, dialect.characters))
        self._is_bold = False
        """Bytes that are gone are guessed."""
        self._is_futile = False
        """A line was full of `?` before punctuation and none was half a character: no more of them are tried."""

    def units(self, line: str, hints: Sequence[int]) -> list[Unit]:
        """Units of the parts of a line that are damaged; `hints` are the places where damage can begin."""
        units: list[Unit] = []
        at = 0
        for hint in hints:
            if hint < at or (self._is_futile and is_hit(line, hint)):
                continue
            if hint > at and (end := self._plain(line, hint)):
                units.append(Unit(hint - 1, end, line[hint - 1], frozenset({"known"}), True))
                at = end
            else:
                # A reading belongs to the two bytes before it, half a character to the one before it.
                start = max(at, hint - (2 if line[hint - 1 : hint].isascii() else 1))
                best = self._unhit(line, start, hint) if is_hit(line, hint) else self._best(line, start)
                units += self._cut(line, best)
                at = best.at
        return units

    def _plain(self, line: str, hint: int) -> int:
        """Where the reading ends if it just stands behind its character, as most do; 0 if there may be more to it."""
        gloss = GLOSS.match(line, hint)
        if not gloss or line[hint - 1] not in self._dialect.characters or READINGS[line[hint - 1]] != gloss[1]:
            return 0
        return 0 if SWALLOWED.match(line, gloss.end()) or GLOSS.match(line, gloss.end()) else gloss.end()

    def _unhit(self, line: str, start: int, hint: int) -> State:
        """What the line was, from before a `?` that can be half a character; itself if nothing fits."""
        self._is_bold = True
        best = self._run(line, start)
        if self._dialect.makes(best.out, line[start : best.at], best.hits):
            return best
        self._is_futile |= best.at >= start + _LONGEST
        return State(0.0, hint + 1, line[start : hint + 1], before=State(0.0, start, ""))

    def _best(self, line: str, start: int) -> State:
        """What the line was from `start` to where damage ends: what follows from the bytes if it makes sense."""
        self._is_bold = False
        best = self._run(line, start)
        if (len(best.out) <= 1 and best.kind == "known") or self._is_sound(line, start, best):
            return best
        self._is_bold = True
        return self._run(line, start)

    def _is_sound(self, line: str, start: int, best: State) -> bool:
        return (
            best.kinds() == {"known"}
            and self._likelihood.is_sound(best.out, line[start - 1 : start] or "\n")
            and self._dialect.makes(best.out, line[start : best.at], best.hits)
        )

    def _run(self, line: str, start: int) -> State:
        waiting: dict[int, list[State]] = {start: [State(0.0, start, "")]}
        last = line[start - 1 : start] or "\n"
        while True:
            at = min(waiting)
            states = sorted(waiting.pop(at), key=lambda state: state.bits)[:_BEAM]
            states = [state for state in states if state.bits <= states[0].bits + _MARGIN]
            if at >= min(len(line), start + _LONGEST) or (not waiting and self._is_settled(line, states, start)):
                return self._likeliest(line, start, states)
            for number, state in enumerate(states):
                for following in self._steps(line, state, last, number):
                    waiting.setdefault(following.at, []).append(following)

    def _is_settled(self, line: str, states: Sequence[State], start: int) -> bool:
        at = states[0].at
        return (
            at > start + 1
            and all(state.pending < 0 for state in states)
            and (len(states) == 1 or all(state.out[-_SETTLED:] == line[at - _SETTLED : at] for state in states))
            and not GLOSS.match(line, at)
            and not self._is_comma(line, at - 1)
            and not any(SWALLOWED.match(line, place) for place in (at, at + 1))
            and not any(is_hit(line, place) for place in (at, at + 1))
        )

    def _likeliest(self, line: str, start: int, states: Sequence[State]) -> State:
        at = states[0].at
        ended = [state if state.pending < 0 else state.lost() for state in states]
        if len(ended) == 1:
            return ended[0]
        before, after = _before(line, start), line[at:]
        ranked = sorted(
            (state.bits + self._likelihood.between(before, state.out, after), n) for n, state in enumerate(ended)
        )
        seen = line[start:at]

        def bits(candidate: tuple[float, int]) -> float:
            state = ended[candidate[1]]
            return candidate[0] + (0.0 if self._dialect.makes(state.out, seen, state.hits) else _UNPROVED_BITS)

        return ended[min(ranked[:_CHOICES], key=bits)[1]]

    def _steps(self, line: str, state: State, last: str, rank: int) -> Iterator[State]:
        if state.pending < 0:
            yield from self._in_step(line, state, last, rank)
            return
        yield from self._known(line, state, last)
        yield state.lost()
        if not self._is_bold or rank >= _GUESSERS:
            return
        yield from self._guessed(line, state, last)
        if rank < _LEADERS and not self._dialect.has_private:
            yield from self._vanished(line, state, last)

    def _put(
        self, state: State, last: str, chars: str, at: int, pending: int = -1, kind: str = "known", extra: float = 0.0
    ) -> State:
        """The state after one more character, or after a character and a sign behind it."""
        bits = state.bits + extra
        before = state.out[-1:] or last
        for char in chars:
            bits += self._likelihood.bits(before, char)
            before = char
        return State(bits, at, state.out + chars, pending, state, kind, state.hits)

    def _hit(self, state: State, last: str, char: str, at: int, pending: int, place: int) -> State:
        """The state after a guessed character, with something put in behind so many of its bytes."""
        made = self._put(state, last, char, at, pending, "guessed", _HIT_BITS)
        made.hits += (_size(state.out) + place,)
        return made

    def _in_step(self, line: str, state: State, last: str, rank: int) -> Iterator[State]:
        """In step: what stands there was there, unless it is a reading or was put in."""
        at, char = state.at, line[state.at]
        before = b"".join(map(encoded, state.out[-2:]))[-2:]
        gloss = GLOSS.match(line, at)
        if swallowed := SWALLOWED.match(line, at):
            for key in keys_of(swallowed[1]):
                if before and key[:1] == before[-1:]:
                    yield state.past(swallowed.end(), key[1], is_cut=True)
            yield self._put(state, last, swallowed[0], swallowed.end(), -1, "literal", _LITERAL_BITS)
        elif gloss and before in keys_of(gloss[1]):
            yield state.past(gloss.end())
        elif self._is_comma(line, at):
            yield state.past(at + 1, hit=0)
        else:
            if self._is_bold and rank < _GUESSERS and is_hit(line, at):
                lead, trail = encoded(widened(line[at + 1]))
                for guess in candidates_by_trail(lead):
                    yield self._hit(state, last, guess, at + 2, trail, 1)
            is_bare = char in self._dialect.characters and not GLOSS.match(line, at + 1)
            yield self._put(state, last, char, at + 1, extra=_ODD_BITS if is_bare else 0.0)

    def _is_comma(self, line: str, at: int) -> bool:
        return self._dialect.has_commas and line[at] == "," and at + 1 < len(line) and line[at + 1] in MARKS

    def _known(self, line: str, state: State, last: str) -> Iterator[State]:
        """One byte behind: the next character, where the bytes that stand there decide it."""
        at, pending = state.at, state.pending
        if at >= len(line):
            return
        if swallowed := SWALLOWED.match(line, at):
            for key in keys_of(swallowed[1]):
                if key[0] == pending:
                    yield self._put(state, last, decoded(*key), swallowed.end())
        elif self._is_comma(line, at):
            yield state.past(at + 1, pending, hit=1, is_cut=True)
        else:
            gloss = GLOSS.match(line, at + 1)
            for content in joined(line[at], self._dialect.is_halved):
                if following := self._behind(state, last, content, gloss):
                    yield following

    def _behind(self, state: State, last: str, content: bytes, gloss: re.Match[str] | None) -> State | None:
        """The state after the pending byte and the first of a character's bytes; the second, if there is one, is pending then.

        None: there is no such character, or `gloss` is not its reading.
        """
        char = decoded(state.pending, content[0]) if is_trail(content[0]) else ""
        key = content if len(content) == 2 else bytes((state.pending, content[0]))
        if not char or is_private(char) or (gloss and key not in keys_of(gloss[1])):
            return None
        is_odd = not gloss and (key in self._keys or (char in self._dialect.characters and not state.is_cut))
        pending = content[1] if len(content) == 2 else -1
        if 0 <= pending < 0x80:  # an ASCII sign that was taken for half a character
            sign, pending = chr(pending), -1
            char += sign
            is_odd = is_odd or not sign.isalnum()
        elif pending >= 0 and not is_lead(pending):
            return None
        end = gloss.end() if gloss else state.at + 1
        return self._put(state, last, char, end, pending, extra=_ODD_BITS if is_odd else 0.0)

    def _guessed(self, line: str, state: State, last: str) -> Iterator[State]:
        """One byte behind, at a `?`: half a character went with an ASCII sign, or with what was put in before punctuation."""
        at = state.at
        if line[at : at + 1] != "?" or SWALLOWED.match(line, at):
            return
        for guess in candidates_by_lead(state.pending):
            if is_hit(line, at):
                yield self._hit(state, last, guess, at + 1, -1, 2)
            if at + 1 == len(line):  # nothing was there to be swallowed
                yield self._put(state, last, guess, at + 1, -1, "guessed")
            sign_bits = _SIGN_BITS + (_HIT_BITS if is_hit(line, at) else 0.0)
            middle = self._put(state, last, guess, at, -1, "guessed", sign_bits)
            yield self._put(middle, last, SIGN, at + 1, -1, "sign")

    def _vanished(self, line: str, state: State, last: str) -> Iterator[State]:
        """One byte behind, where a pair that nothing maps was dropped before the next character."""
        trails = following_trails(line, state.at, self._dialect.is_halved)
        made = [
            (self._put(state, last, char, state.at, 0, "guessed", _VANISHED_BITS), leads)
            for char, leads in vanished(state.pending, trails)
        ]
        for middle, leads in sorted(made, key=lambda item: item[0].bits)[:_FIRSTS]:
            for lead in leads:
                middle.pending = lead  # what follows only asks whether there was one: a copy for each costs a third
                yield from self._known(line, middle, last)

    def _cut(self, line: str, best: State) -> list[Unit]:
        """A way to read a line, as units."""
        states = [best]
        while states[-1].before is not None:
            states.append(states[-1].before)
        begin = states.pop()
        seen = line[begin.at : best.at]
        is_proved = self._dialect.makes(best.out, seen, best.hits)
        units: list[Unit] = []
        start, length = begin.at, 0
        kinds: set[str] = set()
        for number, state in reversed(list(enumerate(states))):
            kinds.add(state.kind)
            is_followed = number > 0 and states[number - 1].out == state.out  # by a reading, which belongs to it
            if state.pending < 0 and not is_followed:
                after = state.out[length:].replace(SIGN, "?")
                is_sure = is_proved or self._dialect.makes(after, line[start : state.at])
                units.append(Unit(start, state.at, after, frozenset(kinds), is_sure))
                start, length, kinds = state.at, len(state.out), set()
        return units


def _before(line: str, start: int) -> str:
    """What stands before a place, without readings: 經(jīng) and 常 are a word."""
    return GLOSS.sub("", line[max(0, start - REACH) : start])


def _size(text: str) -> int:
    """Bytes of a text, with one for what GBK lacks."""
    return sum(len(encoded(char)) or 1 for char in text)
