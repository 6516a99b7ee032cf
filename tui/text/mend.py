"""Runs the repairs over a page, in order, and applies the same plans to its other strings."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import tui.text.repairs
from tui.model import Edit, Options, Problem, RepairCount, Rows
from tui.registry import collect
from tui.text.edits import Ledger, Moves, origin
from tui.text.repairs import Change, Plan, Repair

REPAIRS = collect(tui.text.repairs, "REPAIR", Repair)


@dataclass(frozen=True, slots=True, eq=False)
class Mended:
    """A text after all repairs, and the plans that made it so."""

    text: str
    edits: Rows[Edit]
    plans: tuple[tuple[Repair, Plan], ...]
    problems: tuple[Problem, ...]


def mend(text: str, options: Options, code: Sequence[tuple[int, int]] = ()) -> Mended:
    """Run every repair that `options` asks for over a page's text. Never fails.

    `code` holds sorted spans of code and preformatted text. A repair that raises becomes a problem and changes nothing.

    >>> mend("本報訊:總統(tǒng)府發(fā)言人說,經(jīng)濟數據已公布", Options()).text
    '本報訊:總統府發言人說,經濟數據已公布'
    """
    ledger = Ledger(text)
    plans: list[tuple[Repair, Plan]] = []
    problems: list[Problem] = []
    for repair in REPAIRS:
        if repair.name in options.without or (repair.is_optional and repair.name not in options.also):
            continue
        try:
            plan = repair.diagnose(ledger.text, options)
            if plan is None:
                continue
            found = _run(ledger, repair, plan, options.certain, code)
        except MemoryError:
            raise  # the worker's limit, not the repair's fault
        except Exception as error:  # noqa: BLE001 - a repair is a plug-in: its fault costs its own work, never the page
            problems.append(
                Problem(
                    "repair",
                    "repair_failed",
                    f"{repair.name}: {type(error).__name__}: {error}; the text goes on without it",
                )
            )
            continue
        plans.append((repair, plan))
        problems += found
    edits = ledger.edits()
    moves = Moves(edits)
    moved = tuple(_moved(problem, moves.start, moves.end) for problem in problems)
    return Mended(ledger.text, edits, tuple(plans), moved)


def _moved(problem: Problem, start: Callable[[int], int], end: Callable[[int], int]) -> Problem:
    if problem.start is None or problem.end is None:
        return problem
    return replace(problem, start=start(problem.start), end=end(problem.end))


def _run(ledger: Ledger, repair: Repair, plan: Plan, certain: bool, code: Sequence[tuple[int, int]]) -> list[Problem]:
    """Let one repair act; its problems come back with their places in the text before all repairs."""
    outcome = plan.apply(ledger.text)
    changes: Sequence[Change] = outcome.changes
    if certain:
        changes = [change for change in changes if change.certainty == "certain"]
    if repair.spares_code and code:
        changes = _outside(changes, code, Moves(ledger.edits()))
    seen = ledger.edits() if outcome.problems else Rows(Edit)
    ledger.enter(repair.name, changes)
    back = partial(origin, seen)
    return [_moved(problem, back, back) for problem in outcome.problems]


def _outside(changes: Sequence[Change], code: Sequence[tuple[int, int]], moves: Moves) -> list[Change]:
    """The changes that touch none of the sorted spans of code."""
    starts = [moves.start(start) for start, _ in code]
    ends = [moves.end(end) for _, end in code]
    return [change for change in changes if bisect_right(ends, change.start) >= bisect_left(starts, change.end)]


def mend_string(text: str, plans: Sequence[tuple[Repair, Plan]], options: Options) -> str:
    """Apply the plans of a page to another string of it, such as its title. Never fails."""
    ledger = Ledger(text)
    for repair, plan in plans:
        try:
            _run(ledger, repair, plan, options.certain, ())
        except Exception:  # noqa: BLE001 - as in `mend`; the page's own text has reported the fault
            return text
    return ledger.text


def count(mended: Mended) -> tuple[RepairCount, ...]:
    """How often each repair acted, in the order in which they ran."""
    counts: dict[str, RepairCount] = {
        repair.name: RepairCount(repair.name, 0, "certain", plan.note) for repair, plan in mended.plans
    }
    for edit in mended.edits:
        for name in {step.repair for step in edit.steps} or {edit.repair}:
            seen = counts[name]
            certainty = "probable" if edit.certainty == "probable" else seen.certainty
            counts[name] = replace(seen, count=seen.count + 1, certainty=certainty)
    return tuple(seen for seen in counts.values() if seen.count)
