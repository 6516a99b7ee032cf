"""Shells complete commands and options."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

COPYDESK = str(Path(sys.executable).with_name("copydesk"))


def run(*arguments: str, **env: str) -> str:
    made = subprocess.run([COPYDESK, *arguments], capture_output=True, check=True, env=os.environ | env)
    return made.stdout.decode()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script_that_asks_us(shell: str) -> None:
    assert f"_COPYDESK_COMPLETE={shell}_complete" in run("completion", shell)


def test_commands_and_options_are_completed() -> None:
    asked = {"_COPYDESK_COMPLETE": "bash_complete", "COMP_CWORD": "1"}
    assert run(**asked, COMP_WORDS="copydesk sh") == "plain,show\n"
    options = run(**(asked | {"COMP_CWORD": "2"}), COMP_WORDS="copydesk show --j")
    assert options.split() == ["plain,--json"]
