"""Runs the repairs over a page, in order, and applies the same plans to its other strings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import tui.text.repairs
from tui.model import Edit, Options, Problem, RepairCount, Rows
from tui.registry import collect
from tui.text.edits import Ledger, Moves
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
        if repair.name in options.without:
            continue
        try:
            plan = repair.diagnose(ledger.text)
            if plan is None:
                continue
            found = _run(ledger, repair, plan, options.certain, code)
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
    return Mended(ledger.text, ledger.edits(), tuple(plans), tuple(problems))


def _run(ledger: Ledger, repair: Repair, plan: Plan, certain: bool, code: Sequence[tuple[int, int]]) -> list[Problem]:
    outcome = plan.apply(ledger.text)
    changes: Sequence[Change] = outcome.changes
    if certain:
        changes = [change for change in changes if change.certainty == "certain"]
    if repair.spares_code and code:
        moves = Moves(ledger.edits())
        spared = [(moves.start(start), moves.end(end)) for start, end in code]
        changes = [change for change in changes if not any(s < change.end and change.start < e for s, e in spared)]
    ledger.enter(repair.name, changes)
    return list(outcome.problems)


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
