"""The command that prints the configuration that is in force: `copydesk config`."""

import json
import re
import sys

import click

from tui.config import SETTINGS, Config, default_path, load


@click.command(name="config", short_help="Print the configuration in force.")
@click.option("--config", "config_path", metavar="FILE", help="Read this configuration.")
def config(config_path: str | None) -> int:
    """Print the configuration in force, as a file that could be read again; settings that differ from the default say so."""
    sys.stdout.buffer.write(written(load(config_path)).encode("utf-8", "replace"))
    return 0


def written(settings: Config) -> str:
    """A configuration as TOML, after a line that says where it came from.

    >>> print(written(Config(page_mb=8)).splitlines()[1:3])
    ['# charset is found out', 'without = []']
    """
    from tui.text.words.cells import visible

    source = visible(settings.path or f"{default_path()} (not there: all defaults)")
    return "\n".join([f"# {source}", *(_line(name, settings) for name in SETTINGS)]) + "\n"


def _line(name: str, settings: Config) -> str:
    value, default = getattr(settings, name), getattr(Config(), name)
    if value is None:
        return f"# {name} is found out"
    return f"{name} = {_toml(value)}" + ("" if value == default else f"  # default: {_toml(default)}")


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _toml(name)


def _toml(value: object) -> str:
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return f"{{ {', '.join(f'{_key(key)} = {_toml(keys)}' for key, keys in value)} }}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if value is None:
        return "found out"
    # A JSON string is a TOML string, but for DEL.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
