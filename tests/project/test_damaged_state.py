"""What is kept may be damaged, and whoever writes it killed: a few of the runs that `benchmarks/damaged_state.py` makes."""

import subprocess
import sys

import pytest
from where import ROOT


@pytest.mark.parametrize("what", ["index damaged", "labels damaged", "page damaged", "index killed", "labels killed"])
def test_no_answer_is_wrong_and_nothing_is_left_over(what: str) -> None:
    call = [sys.executable, "-m", "benchmarks.damaged_state", "--damages", "4", "--kills", "3", "--pages", "40"]
    done = subprocess.run([*call, "--only", what], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
