"""What an index keeps of a page: what expressions ask for, and the pieces of its text. It runs in a worker process."""

from collections.abc import Sequence
from time import monotonic

from tui import loader
from tui.choosing import fields
from tui.lookup.hits import Digest
from tui.model import Limits, Options, Ref
from tui.text.bigrams import pieces

BUDGET_S = 0.5
"""Seconds after which an answer is given, however few pages were read: at least one."""


def digest(refs: Sequence[Ref], options: Options, limits: Limits) -> tuple[Digest, ...]:
    """Read the first pages of `refs`, as many as there is time for."""
    until = monotonic() + BUDGET_S
    made: list[Digest] = []
    while len(made) < len(refs) and (not made or monotonic() < until):
        made.append(_digest(refs[len(made)], options, limits))
    return tuple(made)


def _digest(ref: Ref, options: Options, limits: Limits) -> Digest:
    document = loader.load(ref, options, limits)
    found = pieces(document.text) | pieces(document.title)
    lost = tuple(problem for problem in document.problems if problem.gravity == "unread")
    return Digest(fields.kept(document), " ".join(sorted(found)), lost)
