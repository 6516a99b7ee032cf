"""Runs the repairs over a page, in order, and applies the same plans to its other strings."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import tui.text.repairs
from tui.core.model import Edit, Effect, Options, Problem, RepairCount, Rows, Step
from tui.core.registry import collect
from tui.core.values import dataclass, replace
from tui.text.mending.edits import EditLedger, Moves, Origins
from tui.text.repairs import Change, Plan, Repair, spliced

_DEFAULT = Options()
REPAIRS = collect(tui.text.repairs, "REPAIR", Repair)


@dataclass(frozen=True, slots=True, eq=False)
class Mending:
    """A text after all repairs, and the plans that made it so."""

    text: str
    edits: Rows[Edit]
    plans: tuple[tuple[Repair, Plan], ...]
    problems: tuple[Problem, ...]


def mend(text: str, options: Options, code: Sequence[tuple[int, int]] = ()) -> Mending:
    """Run every repair that `options` asks for over a page's text. Never fails.

    `code` holds sorted spans of code and preformatted text. A repair that raises becomes a problem and changes nothing.

    >>> mend("本報訊:總統(tǒng)府發(fā)言人說,經(jīng)濟數據已公布", Options()).text
    '本報訊:總統府發言人說,經濟數據已公布'
    """
    return _mended(EditLedger(text), [repair for repair in REPAIRS if is_on(repair, options)], options, code)


def go_on(text: str, edits: Sequence[Edit], options: Options) -> Mending:
    """Take up a text that was repaired before: what `options` leave out is undone, what they ask for besides is done.

    >>> edits = [Edit(0, 1, "統(tǒng)", "統", "pinyin_gloss")]
    >>> go_on("統計", edits, Options(script="hans")).text, go_on("統計", edits, Options(without=frozenset({"pinyin_gloss"}))).text
    ('统计', '統(tǒng)計')
    """
    left = [_left(edit, options) for edit in edits]
    text = spliced(text, ((edit.start, edit.end, edit.after) for edit in left))
    placed, drift = [], 0
    for edit in left:
        start = edit.start + drift
        drift += len(edit.after) - (edit.end - edit.start)
        if edit.after != edit.before:
            placed.append(replace(edit, start=start, end=start + len(edit.after)))
    names = dict.fromkeys([repair.name for repair in REPAIRS] + [name for edit in placed for name in _names(edit)])
    asked = [each for each in REPAIRS if is_on(each, options) and (each.is_optional or each.name == "script")]
    return _mended(EditLedger.resumed(text, placed, list(names)), asked, options, ())


def _left(edit: Edit, options: Options) -> Edit:
    """What is left of an edit without what nobody wants; nothing of it, if it changes nothing any more."""
    if options.certain and edit.certainty == "probable":
        return replace(edit, after=edit.before)
    steps = edit.steps or (Step(edit.repair, edit.before, edit.after),)
    first = next((at for at, step in enumerate(steps) if step.repair in options.without), len(steps))
    if first == len(steps):
        return edit
    return replace(edit, after=steps[first].before, steps=edit.steps[:first] if first > 1 else ())


def _mended(
    ledger: EditLedger, repairs: Iterable[Repair], options: Options, code: Sequence[tuple[int, int]]
) -> Mending:
    plans: list[tuple[Repair, Plan]] = []
    problems: list[Problem] = []
    for act in _acts(ledger, repairs, options, code):
        problems += act.problems
        if act.plan is not None:
            plans.append((act.repair, act.plan))
    edits = ledger.edits()
    moves = Moves(edits)
    moved = tuple(_moved(problem, moves.start, moves.end) for problem in problems)
    return Mending(ledger.text, edits, tuple(plans), moved)


def is_on(repair: Repair, options: Options) -> bool:
    """Whether a repair is to be run."""
    return repair.name not in options.without and (not repair.is_optional or repair.name in options.also)


def effects(text: str, options: Options, code: Sequence[tuple[int, int]] = ()) -> tuple[Effect, ...]:
    """Return what each repair does to a page's text, and what those that are off would do at their place. Never fails.

    Probable changes are counted, also where they are left out. A repair that raises does nothing; `mend` says so.

    >>> [(effect.name, effect.is_on, effect.before, effect.after) for effect in effects("京&#22269;家", Options()) if effect.count]
    [('entities', True, '&#22269;', '国')]
    """
    ledger = EditLedger(text)
    acts = list(_acts(ledger, REPAIRS, replace(options, certain=False), code))
    counts = _counts(ledger.edits())
    return tuple(_effect(act, options, counts) for act in acts)


class _Act(NamedTuple):
    """What one repair wants of a text, as those before it left that."""

    repair: Repair
    before: str
    plan: Plan | None
    """None: there is no sign of its damage, or it raised."""
    changes: Sequence[Change]
    """All of them, also those that are left out."""
    problems: Sequence[Problem]
    """With their places in the text before all repairs."""


def _acts(
    ledger: EditLedger, repairs: Iterable[Repair], options: Options, code: Sequence[tuple[int, int]]
) -> Iterator[_Act]:
    """Let repairs act in order; those that are off are asked only."""
    for repair in repairs:
        before = ledger.text
        try:
            plan = repair.diagnose(before, options)
            changes, problems = _run(ledger, repair, plan, options, code) if plan is not None else ((), ())
        except MemoryError:
            raise  # the worker's limit, not the repair's fault
        except Exception as error:  # noqa: BLE001 - a repair is a plug-in: its fault costs its own work, never the page
            fault = Problem("repair_failed", repair.name, {"fault": type(error).__name__, "error": str(error)})
            plan, changes, problems = None, (), [fault]
        yield _Act(repair, before, plan, changes, problems)


def _effect(act: _Act, options: Options, counts: Mapping[str, "_Count"]) -> Effect:
    """Those that are on are counted in the finished text, as `count` does; of the others all that they would do."""
    repair, changes = act.repair, act.changes
    first = changes[0] if changes else Change(0, 0, "")
    before = act.before[first.start : first.end]
    state = is_on(repair, options), repair.is_optional
    counted = counts.get(repair.name, _Count(0, 0)) if state[0] else _counted(act)
    return Effect(repair.name, repair.about, *state, *counted, before, first.after)


def _counted(act: _Act) -> "_Count":
    """What a repair would do by itself: changes that touch are one edit."""
    edits: list[bool] = []
    """For each whether it is probable."""
    end = -1
    for change in act.changes:
        if change.start > end:
            edits.append(False)
        edits[-1] |= change.certainty == "probable"
        end = change.end
    return _Count(len(edits), sum(edits))


def _moved(problem: Problem, start: Callable[[int], int], end: Callable[[int], int]) -> Problem:
    if problem.start is None or problem.end is None:
        return problem
    return replace(problem, start=start(problem.start), end=end(problem.end))


def _run(
    ledger: EditLedger, repair: Repair, plan: Plan, options: Options, code: Sequence[tuple[int, int]]
) -> tuple[Sequence[Change], Sequence[Problem]]:
    """Let one repair act, unless it is off, and return all changes that it wants and its problems."""
    outcome = plan.apply(ledger.text[: plan.until])
    changes, problems = outcome.changes, outcome.problems
    if repair.spares_code and code:
        changes = _outside(changes, code, Moves(ledger.edits()))
    if plan.until is not None:
        bounded = Problem("repair_bounded", repair.name, start=plan.until, end=len(ledger.text))
        problems = (*problems, bounded)
    back = Origins(ledger.edits() if problems else Rows(Edit))
    if is_on(repair, options):
        made = [change for change in changes if change.certainty == "certain" or not options.certain]
        ledger.enter(repair.name, made)
    return changes, [_moved(problem, back, back) for problem in problems]


def _outside(changes: Sequence[Change], code: Sequence[tuple[int, int]], moves: Moves) -> tuple[Change, ...]:
    """The changes that touch none of the sorted spans of code."""
    starts = [moves.start(start) for start, _ in code]
    ends = [moves.end(end) for _, end in code]
    return tuple(change for change in changes if bisect_right(ends, change.start) >= bisect_left(starts, change.end))


def mend_string(text: str, plans: Sequence[tuple[Repair, Plan]], options: Options) -> str:
    """Apply the plans of a page to another string of it, such as its title. Never fails."""
    ledger = EditLedger(text)
    for repair, plan in plans:
        try:
            _run(ledger, repair, replace(plan, until=None), options, ())
        except Exception:  # noqa: BLE001 - the page's own text has reported the fault
            return text
    return ledger.text


def count(mended: Mending, others: Sequence[Edit] = (), options: Options = _DEFAULT) -> tuple[RepairCount, ...]:
    """How often each repair acted, in the order in which they run; `others` were made before, of text that isn't there."""
    left = [edit for edit in (_left(edit, options) for edit in others) if edit.after != edit.before]
    counts = _counts([*mended.edits, *left])
    notes = {repair.name: plan.note for repair, plan in mended.plans}
    names = dict.fromkeys(repair.name for repair in REPAIRS)
    return tuple(
        RepairCount(name, each.edits, "probable" if each.probable else "certain", notes.get(name), each.probable)
        for name in names | dict.fromkeys(counts)  # those of another version stand behind ours
        if (each := counts.get(name))
    )


class _Count(NamedTuple):
    edits: int
    probable: int


def _names(edit: Edit) -> set[str]:
    return {step.repair for step in edit.steps} or {edit.repair}


def _counts(edits: Iterable[Edit]) -> dict[str, _Count]:
    """How many edits each repair had a share in, and how many of them are probable."""
    all_of, probable = Counter[str](), Counter[str]()
    for edit in edits:
        names = _names(edit)
        all_of.update(names)
        if edit.certainty == "probable":
            probable.update(names)
    return {name: _Count(number, probable[name]) for name, number in all_of.items()}
