"""Shells complete commands, options and the values that options take."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from called import call

COPYDESK = str(Path(sys.executable).with_name("copydesk"))


def run(*arguments: str, **env: str) -> str:
    made = subprocess.run([COPYDESK, *arguments], capture_output=True, check=True, env=os.environ | env)
    return made.stdout.decode()


def offered(line: str, **env: str) -> list[str]:
    """What zsh would be offered at the end of a line; its answers have three lines each."""
    last = len(line.split(" ")) - 1
    asked = {"_COPYDESK_COMPLETE": "zsh_complete", "COMP_WORDS": line, "COMP_CWORD": str(last)}
    return run(**asked, **env).splitlines()[1::3]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script_that_asks_us(shell: str) -> None:
    assert f"_COPYDESK_COMPLETE={shell}_complete" in run("completion", shell)


def test_commands_and_options_are_completed() -> None:
    asked = {"_COPYDESK_COMPLETE": "bash_complete", "COMP_CWORD": "1"}
    assert run(**asked, COMP_WORDS="copydesk sh") == "plain,show\n"
    options = run(**(asked | {"COMP_CWORD": "2"}), COMP_WORDS="copydesk show --j")
    assert options.split() == ["plain,--json"]


def test_the_options_of_the_browser_are_completed_without_a_command() -> None:
    assert offered("copydesk --de") == ["--demo", "--depth", "--delay"]
    assert offered("copydesk --mouse --res") == ["--resume"]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("copydesk list --without pin", ["pinyin_gloss"]),
        ("copydesk --without pin", ["pinyin_gloss"]),
        ("copydesk repair --also le", ["letter_swap"]),
        ("copydesk repair --also pin", []),  # it runs anyway
        ("copydesk list --where re", ["repairs", "repair", "repair.", "record."]),
        ("copydesk list --where (la", ["(lang", "(label"]),
        ("copydesk list --by lan", ["lang"]),
        ("copydesk --label good,x=uns", ["good,x=unsure"]),
        ("copydesk labels export --records good,b", ["good,bad"]),
        ("copydesk damage letter", ["letter_swap"]),
        ("copydesk damage u8>mac", ["u8>macroman"]),
    ],
)
def test_values_are_completed(line: str, wanted: list[str], tmp_path: Path) -> None:
    assert sorted(offered(line, XDG_STATE_HOME=str(tmp_path))) == sorted(wanted)


def test_labels_that_pages_carry_are_completed_and_a_damaged_file_of_them_offers_none(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("One page.", encoding="utf-8")
    assert call("labels", "add", "verse", page, env={"XDG_STATE_HOME": str(tmp_path)}).status == 0
    assert offered("copydesk labels remove ve", XDG_STATE_HOME=str(tmp_path)) == ["verse"]
    (tmp_path / "copydesk" / "labels.sqlite").write_bytes(b"no database")
    assert offered("copydesk labels remove ve", XDG_STATE_HOME=str(tmp_path)) == []


def test_bash_gets_what_it_would_take_for_its_own_in_quotation_marks() -> None:
    asked = {"_COPYDESK_COMPLETE": "bash_complete", "COMP_CWORD": "2", "COMP_WORDS": "copydesk damage u8"}
    lines = run(**asked).splitlines()
    assert "plain,'u8>cp1252 x2'" in lines
    assert all(line.count("'") == 2 for line in lines)


SCRIPTS = {
    "bash": "source <(copydesk completion bash); COMP_WORDS=(copydesk repair --also le); COMP_CWORD=3; "
    "_copydesk_completion copydesk; echo ${COMPREPLY[@]}",
    "fish": "copydesk completion fish | source; complete -C 'copydesk repair --also le'",
    "zsh": "autoload -U compinit; compinit -D -u; source <(copydesk completion zsh); echo ${_comps[copydesk]}",
}


@pytest.mark.parametrize("shell", SCRIPTS)
def test_each_shell_can_read_its_script(shell: str, tmp_path: Path) -> None:
    if not (found := shutil.which(shell)):
        pytest.skip(f"there is no {shell}")
    env = os.environ | {"PATH": f"{Path(COPYDESK).parent}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path)}
    made = subprocess.run([found, "-c", SCRIPTS[shell]], capture_output=True, env=env, check=True)
    assert made.stderr == b""
    assert made.stdout.split()[0].decode() == {"zsh": "_copydesk_completion"}.get(shell, "letter_swap")
