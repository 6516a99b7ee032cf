"""Undoes glossing by search: of all texts that would look like the damaged line, the likeliest.

The decoder that made the damage was either in step with the characters, or one byte behind. In step, what stands there is
what was there. One byte behind, a character is the last byte of one and the first of the next, and `pending` is the byte
that has been taken already. Each step below is one thing that the damage can have done; where it took bytes away, every
character that they can have been is tried, and likelihood decides.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import inf

from tui.core.values import dataclass, replace
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
    parted,
    vanished,
    widened,
)
from tui.text.repairs.gloss.dialect import Dialect
from tui.text.repairs.gloss.forward import READINGS, decoded, encoded, is_lead, is_private, is_trail
from tui.text.repairs.gloss.likelihood import LOST, REACH, SIGN, Likelihood

# How far the search goes.
_BEAM = 50
"""States that are kept at each place of the line, the likeliest ones."""
_ALIKE = 12
"""States that are kept with the same last character and the same byte pending: only words, later, tell them apart."""
_MARGIN = 40.0
"""Bits by which a state may fall behind the likeliest one at its place."""
_GUESSERS = 8
"""States for which lost bytes are guessed."""
_LEADERS = 4
"""States for which vanished pairs are tried."""
_FIRSTS = 10
"""Characters that are tried before a vanished pair."""
_SECONDS = 40
"""Characters behind a vanished pair that are kept, with the one before it."""
_CHOICES = 40
"""Ends of a search that are asked whether the damage comes out of them."""
_LONGEST = 100
"""Code points after which a search gives up; damage that really happened ends within a few dozen."""
_AHEAD = 20
"""Code points behind those that a step looks at: a reading has no more."""
_PATIENCE = 3
"""Searches in turn that may go to the end in vain behind a `?` before punctuation: the page just has many of them."""
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

# What an answer needs: bits by which all others that make the same damage are less likely.
_FILL_BITS = 4.0
"""For a filling of a pair that vanished; with less, nothing is changed. What stood before hit punctuation has no margin: 出海 and
出。 are too near each other."""
_CERTAIN_BITS = 16.0
"""For a reading that follows from the bytes, where a pair may have vanished unseen."""


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
    """known, guessed, vanished (a pair behind it was), sign (one was swallowed), lost (a character can't be known) or literal
    (nothing was done)."""
    hits: tuple[int, ...] = ()
    """Bytes of `out` before which something was put in."""
    is_cut: bool = False
    """A reading stands between the pending byte and the next one."""
    is_proved: bool = False
    """The forward model makes the damage out of it."""

    def past(self, at: int, pending: int = -1, *, hit: int = -1, is_cut: bool = False) -> "State":
        """The state behind something that is no character; `hit`: it was put in behind so many bytes of the next one."""
        hits = self.hits if hit < 0 else (*self.hits, _size(self.out) + hit)
        return State(self.bits, at, self.out, pending, self, hits=hits, is_cut=is_cut)

    def lost(self) -> "State":
        """The state in step again, behind a character that can't be known."""
        return State(self.bits + _LOST_BITS, self.at, self.out + LOST, -1, self, "lost", self.hits)

    def steps(self) -> list["State"]:
        """The states on the way to this one, the last first, without the one where the search began."""
        steps = []
        state = self
        while state.before is not None:
            steps.append(state)
            state = state.before
        return steps

    def kinds(self) -> set[str]:
        """What all its steps are."""
        return {state.kind for state in self.steps()}

    def was_behind(self) -> bool:
        """Whether it was ever one byte behind."""
        return any(state.pending >= 0 for state in self.steps())

    def in_step(self) -> dict[int, int]:
        """Places in the line where old and new characters begin together -> code points of `out` before each."""
        places: dict[int, int] = {}
        for state in self.steps():
            if state.pending < 0:
                places.setdefault(state.at, len(state.out))
        return places


@dataclass(frozen=True, slots=True)
class Unit:
    """A shortest run of the line in which old and new characters begin and end together."""

    start: int
    end: int
    after: str
    kinds: frozenset[str]
    is_certain: bool
    """It follows from the bytes: it makes the damage, and no other reading that does is nearly as likely."""


class GlossSearch:
    """Reads damaged lines of one page."""

    def __init__(self, dialect: Dialect, likelihood: Likelihood) -> None:
        self._dialect = dialect
        self._likelihood = likelihood
        self._keys = frozenset(map(encoded, dialect.characters))
        self._is_bold = False
        """Bytes that are gone are guessed."""
        self._patience = _PATIENCE
        """Searches that may still go far behind a `?` before punctuation that is no half of a character."""
        self._seen: dict[tuple[str, int, int], list[Unit]] = {}
        """Windows that were searched: teasers repeat."""

    def units(self, line: str, hints: Sequence[int]) -> list[Unit]:
        """Units of the parts of a line that are damaged; `hints` are the places where damage can begin."""
        units: list[Unit] = []
        at = 0
        for hint in hints:
            if hint < at or (not self._patience and is_hit(line, hint)):
                continue
            if hint > at and (end := self._plain(line, hint)):
                units.append(Unit(hint - 1, end, line[hint - 1], frozenset({"known"}), True))
                at = end
            else:
                # A reading belongs to the two bytes before it, half a character to the one before it.
                start = max(at, hint - (2 if line[hint - 1 : hint].isascii() else 1))
                units += self._searched(line, start, hint)
                at = units[-1].end
        return units

    def _searched(self, line: str, start: int, hint: int) -> list[Unit]:
        """What a search from `start` says. It sees a window of the line, and one that it has seen costs nothing again."""
        shift = max(0, start - REACH)
        window = line[shift : start + _LONGEST + _AHEAD + REACH]
        key = (window, start - shift, hint - shift)
        if key not in self._seen:
            self._seen[key] = self._unhit(*key) if is_hit(line, hint) else self._best(*key[:2])
        return [replace(unit, start=unit.start + shift, end=unit.end + shift) for unit in self._seen[key]]

    def _plain(self, line: str, hint: int) -> int:
        """Where the reading ends if it just stands behind its character, as most do; 0 if there may be more to it."""
        gloss = GLOSS.match(line, hint)
        if not gloss or line[hint - 1] not in self._dialect.characters or READINGS[line[hint - 1]] != gloss[1]:
            return 0
        return 0 if SWALLOWED.match(line, gloss.end()) or GLOSS.match(line, gloss.end()) else gloss.end()

    def _unhit(self, line: str, start: int, hint: int) -> list[Unit]:
        """What the line was, from before a `?` that can be half a character; itself if nothing fits."""
        self._is_bold = True
        readings = self._run(line, start)
        best = readings[0]
        if best.is_proved:
            self._patience = _PATIENCE
            return self._cut(line, start, readings)
        if best.at >= start + _LONGEST:
            self._patience -= 1
        return [Unit(start, hint + 1, line[start : hint + 1], frozenset({"known"}), True)]

    def _best(self, line: str, start: int) -> list[Unit]:
        """What the line was from `start` to where damage ends: what follows from the bytes if it makes sense."""
        self._is_bold = False
        readings = self._run(line, start)
        best = readings[0]
        is_plain = (len(best.out) <= 1 and best.kind == "known") or self._is_sound(line, start, best)
        # Where pairs may have vanished, what makes sense one byte behind may have a rival that makes more.
        if is_plain and (self._dialect.has_private or not best.was_behind()):
            return self._cut(line, start, readings)
        self._is_bold = True
        return self._cut(line, start, self._run(line, start))

    def _is_sound(self, line: str, start: int, best: State) -> bool:
        return (
            best.kinds() == {"known"}
            and self._likelihood.is_sound(best.out, line[start - 1 : start] or "\n")
            and best.is_proved
        )

    def _run(self, line: str, start: int) -> list[State]:
        """Readings of the line from `start` to where damage ends, the likeliest first."""
        waiting: dict[int, list[State]] = {start: [State(0.0, start, "")]}
        last = line[start - 1 : start] or "\n"
        while True:
            at = min(waiting)
            states = _beam(waiting.pop(at))
            if at >= min(len(line), start + _LONGEST) or (not waiting and self._is_settled(line, states, start)):
                return self._ranked(line, start, states)
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
            and not any(self._is_comma(line, place) for place in (at - 1, at))
            and not any(SWALLOWED.match(line, place) for place in (at, at + 1))
            and not any(is_hit(line, place) for place in (at, at + 1))
        )

    def _ranked(self, line: str, start: int, states: Sequence[State]) -> list[State]:
        at = states[0].at
        ended = [state if state.pending < 0 else state.lost() for state in states]
        if len(ended) > 1:
            before, after = _before(line, start), line[at:]
            for state in ended:
                state.bits += self._likelihood.between(before, state.out, after)
            ended = sorted(ended, key=lambda state: state.bits)[:_CHOICES]
        for state in ended:
            state.is_proved = self._dialect.makes(state.out, line[start:at], state.hits)
            state.bits += 0.0 if state.is_proved else _UNPROVED_BITS
        return sorted(ended, key=lambda state: state.bits)

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
        before = self._last_pair(state.out)
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
            if self._is_bold and rank < _GUESSERS and (trail := parted(line, at)) >= 0:
                for guess in candidates_by_trail(trail):
                    made = self._hit(state, last, guess, at + 2, -1, 1)
                    made.hits += (_size(made.out),)
                    yield made
            if self._is_bold and self._dialect.has_commas and char == "," and is_hit(line, at + 1):
                yield state.past(at + 1, hit=0)  # before a mark that was hit between its bytes, too
            is_bare = char in self._dialect.characters and not GLOSS.match(line, at + 1)
            yield self._put(state, last, char, at + 1, extra=_ODD_BITS if is_bare else 0.0)

    def _last_pair(self, out: str) -> bytes:
        """The last two bytes of a text; halfwidth marks count as what they were, for 現 (AC46) begins in ，F."""
        marks = [widened(char) if self._dialect.is_halved and char in MARKS else char for char in out[-2:]]
        return b"".join(map(encoded, marks))[-2:]

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
            (self._put(state, last, char, state.at, 0, "vanished", _VANISHED_BITS), leads)
            for char, leads in vanished(state.pending, trails)
        ]
        behind: list[State] = []
        for middle, leads in sorted(made, key=lambda item: item[0].bits)[:_FIRSTS]:
            for lead in leads:
                middle.pending = lead  # what follows only asks whether there was one: a copy for each costs a third
                behind += self._known(line, middle, last)
        yield from sorted(behind, key=lambda state: state.bits)[:_SECONDS]

    def _cut(self, line: str, begin: int, readings: Sequence[State]) -> list[Unit]:
        """The likeliest of the ways to read a line, as units."""
        best = readings[0]
        states = best.steps()
        rivals = [
            (reading.bits - best.bits, reading.out, {begin: 0, **reading.in_step()})
            for reading in readings[1:]
            if reading.is_proved
        ]
        units: list[Unit] = []
        start, length = begin, 0
        kinds: set[str] = set()
        for number, state in reversed(list(enumerate(states))):
            kinds.add(state.kind)
            is_followed = number > 0 and states[number - 1].out == state.out  # by a reading, which belongs to it
            if state.pending < 0 and not is_followed:
                text, seen = state.out[length:], line[start : state.at]
                is_proved = best.is_proved or self._dialect.makes(text.replace(SIGN, "?"), seen)
                margin = min(
                    (bits for bits, rival, places in rivals if _between(rival, places, start, state.at) != text),
                    default=inf,
                )
                is_known = kinds == {"known"}
                if kinds <= {"known", "lost", "literal"} or (
                    is_proved and ("vanished" not in kinds or margin >= _FILL_BITS)
                ):
                    after = text.replace(SIGN, "?")
                else:
                    after, kinds = seen, {"literal"}
                is_certain = is_known and is_proved and margin >= _CERTAIN_BITS
                units.append(Unit(start, state.at, after, frozenset(kinds), is_certain))
                start, length, kinds = state.at, len(state.out), set()
        return units


def _between(out: str, places: Mapping[int, int], start: int, end: int) -> str | None:
    """What a reading has between two places of the line; None: it is not in step at one of them."""
    return out[places[start] : places[end]] if start in places and end in places else None


def _beam(states: Sequence[State]) -> list[State]:
    """The likeliest of the states at one place, the likeliest first; of those that go on alike, a few."""
    ranked = sorted(states, key=lambda state: state.bits)
    alike: Counter[tuple[int, str]] = Counter()
    sides: Counter[bool] = Counter()
    kept: list[State] = []
    for state in ranked:
        key, side = (state.pending, state.out[-1:]), state.pending < 0
        if state.bits > ranked[0].bits + _MARGIN or sides[side] >= _BEAM or alike[key] >= _ALIKE:
            continue
        alike[key] += 1
        sides[side] += 1
        kept.append(state)
    return kept


def _before(line: str, start: int) -> str:
    """What stands before a place, without readings: 經(jīng) and 常 are a word."""
    return GLOSS.sub("", line[max(0, start - REACH) : start])


def _size(text: str) -> int:
    """Bytes of a text, with one for what GBK lacks."""
    return sum(len(encoded(char)) or 1 for char in text)
