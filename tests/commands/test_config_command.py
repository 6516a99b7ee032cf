"""The configuration in force, as it is printed, is one that can be read."""

from pathlib import Path

from click.testing import CliRunner

from tui.commands.config import config, written
from tui.config import Config, load


def test_what_is_printed_reads_back_as_what_it_was(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    meant = Config("big5", ("entities",), (), True, "tw", 'a"b', page_s=2.5, keys=(("next-page", "Ctrl-N, J"),))
    path.write_text(written(meant), encoding="utf-8")
    again = load(str(path))
    assert written(again).splitlines()[1:] == written(meant).splitlines()[1:]
    assert again.keys == meant.keys


def test_it_says_where_it_came_from_and_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("page_mb = 8\n", encoding="utf-8")
    printed = CliRunner().invoke(config, ["--config", str(path)]).output
    assert printed.startswith(f"# {path}\n")
    assert "page_mb = 8  # default: 32\n" in printed
    assert "mouse = false\n" in printed
