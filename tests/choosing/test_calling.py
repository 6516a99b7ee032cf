"""The command that gives pages again says what is other than usual, and no more."""

import os
import shlex
import subprocess
from dataclasses import replace

import pytest

from tui.choosing.calling import command
from tui.choosing.choices import Choice, Fetching, Selection, Start
from tui.choosing.expression import parse
from tui.config import Config
from tui.core.model import Options

USUAL = Options()


def words(choice: Choice, options: Options = USUAL, expression: str = "", **more: object) -> list[str]:
    made = shlex.split(command(["a.jsonl"], choice, options, expression, **more))  # type: ignore[arg-type]
    assert made[:2] == ["copydesk", "list"]
    assert made[-1] == "a.jsonl"
    return made[2:-1]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (Options(), []),
        (Options(charset="gbk"), ["--charset", "gbk"]),
        (Options(script="tw", certain=True), ["--script", "tw", "--certain"]),
        (
            Options(also=frozenset({"letter_swap"}), without=frozenset({"entities", "mojibake"})),
            ["--also", "letter_swap", "--without", "entities", "--without", "mojibake"],
        ),
        (Options(fields=(("body", "a.b"),)), ["--field", "body=a.b"]),
    ],
)
def test_how_pages_are_read_is_said_where_it_is_not_the_usual_way(options: Options, said: list[str]) -> None:
    assert words(Choice(), options) == said


@pytest.mark.parametrize(
    ("config", "options", "said"),
    [
        (Config(certain=True), Options(certain=True), []),
        (Config(certain=True), Options(), ["--config", os.devnull]),
        (Config(charset="gbk"), Options(), ["--config", os.devnull]),
        (Config(without=("entities",)), Options(), ["--config", os.devnull]),
        (Config(script="tw"), Options(), ["--script", "keep"]),
        (Config(path="/etc/copydesk.toml"), Options(), ["--config", "/etc/copydesk.toml"]),
    ],
)
def test_what_the_configuration_says_is_not_said_again_but_taken_back(
    config: Config, options: Options, said: list[str]
) -> None:
    assert words(Choice(start=Start(config)), options) == said


def test_pages_are_chosen_as_the_screen_began_and_went_on() -> None:
    choice = Choice(selection=Selection((range(3, 8), range(9, 10)), where=parse("lang:zh | lang:ja")))
    assert words(choice, expression="repairs>0", sample=(20, 7)) == [
        *("--at", "3-7,9", "--where", "(lang:zh | lang:ja) repairs>0", "--sample", "20", "--seed", "7")
    ]
    drawn = replace(choice, selection=Selection(sample=9, seed=4, by="site", limit=5), all_records=True)
    assert words(drawn) == [
        *("--all-records", "--sample", "9", "--seed", "4", "--by", "site", "--limit", "5"),
    ]
    assert words(Choice(recipe="r.toml")) == ["--recipe", "r.toml"]
    assert words(choice, ordinals=[5, 1, 2, 3, 9]) == ["--at", "1-3,5,9"]
    assert words(Choice(fetching=Fetching(depth=1, is_offline=True))) == ["--depth", "1", "--offline"]


@pytest.mark.parametrize("name", ["a b.html", "it's.html", "$(id)", "-x", "*", "\\n", os.fsdecode(b"\xff.html")])
def test_a_shell_gets_the_names_as_they_are(name: str) -> None:
    made = command([name], Choice(), Options()).removeprefix("copydesk list ").removeprefix("-- ")
    said = subprocess.run(
        ["bash", "-c", f"printf %s {made}" if name != "-x" else f"printf -- {made}"], capture_output=True
    )
    assert said.stdout == os.fsencode(name)
