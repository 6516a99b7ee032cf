"""What fuzzing once found stays mended, and a little of it runs each time: `make fuzz` does more."""

import pytest
from fuzz import cases
from fuzz.check import CHECKS, SLOW
from fuzz.running import Case, attempt, made, run

SEED = 1
COUNT, SLOW_COUNT = 12, 2
"""Inputs of each kind."""


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in cases.stored()])
def test_what_was_found_once_is_not_found_again(case: Case) -> None:
    assert attempt(case) is None


@pytest.mark.parametrize("kind", CHECKS)
def test_damaged_input_does_no_harm(kind: str) -> None:
    inputs = [made(kind, SEED, number) for number in range(SLOW_COUNT if kind in SLOW else COUNT)]
    assert [(at, found) for at, found in run(inputs)] == []
