"""What fuzzing once found stays mended: `make fuzz` finds more."""

import pytest
from fuzz import cases
from fuzz.running import Case, attempt


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in cases.stored()])
def test_what_was_found_once_is_not_found_again(case: Case) -> None:
    assert attempt(case) is None
