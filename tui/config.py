"""Configuration: one TOML file in the platform's folder for it. It is read, never written."""

import os
import sys
from dataclasses import field, fields
from pathlib import Path
from typing import Any, get_args

from tui.errors import UsageError
from tui.i18n import Language
from tui.model import Limits, Script
from tui.notebook.labelling import DEFAULT
from tui.values import dataclass


@dataclass(frozen=True, slots=True)
class Config:
    """What the user wrote down; the command line goes before it."""

    charset: str | None = None
    """As `--charset`."""
    without: tuple[str, ...] = ()
    """As `--without`: names of repairs."""
    also: tuple[str, ...] = ()
    """As `--also`: names of repairs that are off unless asked for."""
    certain: bool = False
    """As `--certain`."""
    script: Script = "keep"
    """As `--script`."""
    theme: str = "ansi-dark"
    """A Textual theme."""
    ambiguous_wide: bool = False
    """Characters of ambiguous width take two cells."""
    mouse: bool = False
    """The screen listens to the mouse."""
    lean: bool = True
    """Only what has changed is sent to the terminal."""
    keys: tuple[tuple[str, str], ...] = ()
    """Commands of the screen and the keys that run them instead of their own."""
    page_mb: int = 32
    """Megabytes of a page that are read."""
    page_s: float = 5.0
    """Seconds for one page."""
    memory_mb: int = 1024
    """Megabytes of heap for the worker."""
    cache_mb: int = 256
    """Megabytes that fetched pages may take."""
    labels: tuple[str, ...] = DEFAULT
    """What pages may be labelled; `x=spam` has the key x."""
    language: Language | None = None
    """What the screen speaks; None: as the locale says."""
    path: str = field(default="", metadata={"is_setting": False})
    """The file it came from; empty: none."""

    @property
    def limits(self) -> Limits:
        """The bounds on one page."""
        return Limits(self.page_mb * 1024 * 1024, self.page_s, self.memory_mb * 1024 * 1024)


SETTINGS = tuple(item.name for item in fields(Config) if item.metadata.get("is_setting", True))
"""Keys that the file may have."""
_MEANING = {
    "charset": "a string",
    "without": "a list of strings",
    "also": "a list of strings",
    "certain": "true or false",
    "script": "keep, hans, hant, tw or hk",
    "theme": "a string",
    "language": "en, zh-Hans or zh-Hant",
    "ambiguous_wide": "true or false",
    "mouse": "true or false",
    "labels": "a list of strings",
    "lean": "true or false",
    "keys": "a table of commands, each with a string of keys",
    "page_mb": "a whole number above 0",
    "page_s": "a number above 0",
    "memory_mb": "a whole number above 0",
    "cache_mb": "a whole number above 0",
}


def default_path() -> Path:
    """Where the file lies on this platform; it need not be there."""
    return _folder("XDG_CONFIG_HOME", ".config") / "config.toml"


def state_path() -> Path:
    """Where labels, notes and marks are kept on this platform; it need not be there."""
    return _folder("XDG_STATE_HOME", ".local/state") / "labels.sqlite"


def index_folder() -> Path:
    """Where the indexes of sources lie on this platform; it need not be there."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "copydesk" / "index"
    return _folder("XDG_CACHE_HOME", ".cache") / "index"


def _folder(variable: str, fallback: str) -> Path:
    """As the XDG Base Directory Specification and Apple's File System Programming Guide say.

    Asking platformdirs for it would cost every command 5 ms.
    """
    if sys.platform == "darwin":
        folder = Path.home() / "Library" / "Application Support"
    else:
        named = Path(os.environ.get(variable, ""))
        folder = named if named.is_absolute() else Path.home() / fallback
    return folder / "copydesk"


def load(path: str | None) -> Config:
    """Read the named file, or the platform's one if it is there.

    Raises UsageError, naming file and key, if it can't be read, is no TOML, or has a key or value that means nothing.
    """
    found = Path(path) if path is not None else default_path()
    try:
        content = found.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        if path is None:
            return Config()
        raise UsageError(f"{found}: no such file; check the name") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{found}: {getattr(error, 'strerror', None) or error}; mend it or name another one"
        ) from error
    import tomllib  # most people have no such file

    try:
        table = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{found}: no TOML: {error}; mend the line") from error
    return Config(**{key: _checked(found, key, value) for key, value in table.items()}, path=os.fspath(found))


def _checked(path: Path, key: str, value: object) -> Any:
    if key not in SETTINGS:
        import difflib

        near = difflib.get_close_matches(key, SETTINGS, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(SETTINGS)}"
        raise UsageError(f"{path}: unknown key {key!r}; {hint}")
    if (
        key in {"without", "also", "labels"}
        and isinstance(value, list)
        and all(isinstance(item, str) for item in value)
    ):
        return tuple(value)
    if key == "keys" and isinstance(value, dict) and all(isinstance(keys, str) for keys in value.values()):
        return tuple(value.items())
    if not _fits(_MEANING[key], value):
        raise UsageError(f"{path}: {key}: {value!r} is not {_MEANING[key]}; mend the value")
    return value


def _fits(meaning: str, value: object) -> bool:
    if meaning == _MEANING["script"]:
        return value in get_args(Script)
    if meaning == _MEANING["language"]:
        return value in get_args(Language)
    if meaning == "a string":
        return isinstance(value, str)
    if meaning == "true or false" or isinstance(value, bool):
        return meaning == "true or false" and isinstance(value, bool)
    if meaning == "a whole number above 0":
        return isinstance(value, int) and value > 0
    return meaning == "a number above 0" and isinstance(value, int | float) and value > 0
