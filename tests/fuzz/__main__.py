"""Tries one damaged input after the other for so many seconds: `python -m fuzz`, in the folder `tests`."""

import argparse
import contextlib
import signal
import sys
import time
from collections import Counter
from pathlib import Path

from fuzz import cases
from fuzz.check import CHECKS, SLOW
from fuzz.running import Finding, made, resident_bytes, run

ROUND, SLOW_ROUND = 40, 4
"""Inputs of one kind that are tried before it is the turn of the next kind."""


def main() -> int:
    """Say what was found; the status is 1 if anything was."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="how long; each kind has its turn at least once")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="the same seed makes the same inputs")
    parser.add_argument("--kind", choices=CHECKS, action="append", help="only inputs of this kind; may be given again")
    parser.add_argument("--into", type=Path, default=cases.FOLDER, help="where what is found is kept")
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    counts: Counter[str] = Counter()
    taken_s: Counter[str] = Counter()
    found: dict[tuple[str, ...], int] = {}
    start = time.monotonic()
    number = 0
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        while not number or time.monotonic() - start < given.seconds:
            for kind in given.kind or CHECKS:
                begun = time.monotonic()
                if number and begun - start >= given.seconds:
                    break
                size = SLOW_ROUND if kind in SLOW else ROUND
                _round(kind, given.seed, range(number, number + size), given.into, found)
                counts[kind] += size
                taken_s[kind] += time.monotonic() - begun  # type: ignore[assignment]
            number += ROUND
    for kind, count in counts.items():
        print(f"{kind:12}{count:9,}{count / taken_s[kind]:9.1f}/s")
    whole = sum(counts.values())
    print(f"{'in all':12}{whole:9,}{whole / (time.monotonic() - start):9.1f}/s; {resident_bytes() >> 20} MB at most")
    print(f"{len(found)} findings")
    return int(bool(found))


def _round(kind: str, seed: int, numbers: range, folder: Path, found: dict[tuple[str, ...], int]) -> None:
    """Try some inputs of a kind; what is new among the findings is made smaller and kept."""
    inputs = [made(kind, seed, number) for number in numbers]
    for at, finding in run(inputs):
        key = (kind, *finding.key)
        found[key] = found.get(key, 0) + 1
        if found[key] == 1:
            path = cases.store(cases.smaller(inputs[at], finding), finding, folder)
            print(f"{path}: {_line(finding)} (number {numbers[at]})", flush=True)


def _line(finding: Finding) -> str:
    return (
        ": ".join(part for part in (finding.what, finding.where, finding.said) if part)
        .encode("ascii", "backslashreplace")
        .decode()
    )


if __name__ == "__main__":
    sys.exit(main())
