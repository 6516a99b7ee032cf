"""Configuration: one TOML file in the platform's folder for it. It is read, never written."""

import errno
import os
from pathlib import Path
from typing import Any, get_args

from tui.core.errors import UsageError
from tui.core.files import cache_folder, config_folder, special_kind, state_folder
from tui.core.i18n import Language
from tui.core.labels import DEFAULT
from tui.core.model import Limits, Script
from tui.core.reasons import REASONS
from tui.core.values import dataclass, fields


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
    footer: bool = True
    """The lowest row names keys."""
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
    """What pages may be labelled; `x=spam` has the key x, others have digits."""
    language: Language | None = None
    """What the screen speaks; None: as the locale says."""
    width: int = 80
    """Cells to which the text of a page is wrapped."""
    path: str = ""
    """The file it came from; empty: none."""

    @property
    def limits(self) -> Limits:
        """The bounds on one page."""
        return Limits(self.page_mb * 1024 * 1024, self.page_s, self.memory_mb * 1024 * 1024)


SETTINGS = tuple(item.name for item in fields(Config) if item.name != "path")
"""Keys that the file may have."""
WIDTHS = (20, 1000)
"""The least and the most cells of a row of text."""
MAX_BYTES = 1024 * 1024
"""Of the file; it is a page of text."""
_NOT_THERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EACCES})
"""What looking for the platform's file may come to where there is none: with HOME=/dev/null, or the home of another user."""
_RANGES: dict[str, tuple[int | float, int | float]] = {
    "page_mb": (1, 4096),
    "page_s": (0.1, 86_400.0),
    "memory_mb": (64, 1024 * 1024),
    "cache_mb": (1, 1024 * 1024),
    "width": WIDTHS,
}
"""The least and the most; a worker needs half of the least memory to start, and timers know no more than the most seconds."""
_SHOWN_CHARS = 60
"""Code points of a value that a message quotes."""
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
    "footer": "true or false",
    "lean": "true or false",
    "keys": "a table of commands, each with a string of keys",
    **{
        name: f"a {'' if isinstance(least, float) else 'whole '}number from {least:g} to {most:.0f}"
        for name, (least, most) in _RANGES.items()
    },
}


def default_path() -> Path:
    """Where the file lies on this platform; it need not be there."""
    return config_folder() / "config.toml"


def state_path() -> Path:
    """Where labels, notes and marks are kept on this platform; it need not be there."""
    return state_folder() / "labels.sqlite"


def index_folder() -> Path:
    """Where the indexes of sources lie on this platform; it need not be there."""
    return cache_folder() / "index"


def load(path: str | None) -> Config:
    """Read the named file, or the platform's one if it is there.

    Raises UsageError, naming file and key, if it can't be read, is no TOML, or has a key or value that means nothing.
    """
    found = Path(path) if path is not None else default_path()
    try:
        content = _content(found)
    except OSError as error:
        if path is None and error.errno in _NOT_THERE and not os.path.exists(found):  # noqa: PTH110 - never raises
            return Config()
        fault = (
            "no such file; check the name"
            if error.errno == errno.ENOENT
            else f"{error.strerror}; fix it or name another one"
        )
        raise UsageError(f"{found}: {fault}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{found}: byte {error.start:,}: not UTF-8; convert the file") from error
    import tomllib  # most people have no such file

    try:
        table = tomllib.loads(content)
    except RecursionError as error:
        raise UsageError(f"{found}: invalid TOML: nested too deeply; fix the line") from error
    except ValueError as error:  # TOMLDecodeError, and what int() says of a number of 5,000 digits
        raise UsageError(f"{found}: invalid TOML: {error}; fix the line") from error
    return Config(**{key: _checked(found, key, value) for key, value in table.items()}, path=os.fspath(found))


def _content(path: Path) -> str:
    """Read the file, but nothing that would keep us waiting or fill the memory. Raises OSError, UnicodeDecodeError, UsageError."""
    status = path.stat()
    kind = special_kind(status.st_mode)
    if kind and os.fspath(path) != os.devnull:  # which many name to have no configuration
        raise UsageError(f"{path}: {REASONS[kind]}, not a file; fix it or name another one")
    if status.st_size > MAX_BYTES:
        raise UsageError(f"{path}: larger than {MAX_BYTES >> 20} MB, not a configuration; name another one")
    # O_NONBLOCK: a FIFO may have taken its place just now.
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as stream:
        return stream.read(MAX_BYTES).decode("utf-8-sig")


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
    if not _fits(key, value):
        quoted = repr(value)
        quoted = quoted if len(quoted) <= _SHOWN_CHARS else f"{quoted[:_SHOWN_CHARS]}…"
        raise UsageError(f"{path}: {key}: {quoted} is not {_MEANING[key]}; fix the value")
    return value


def _fits(key: str, value: object) -> bool:
    meaning = _MEANING[key]
    if meaning == _MEANING["script"]:
        return value in get_args(Script)
    if meaning == _MEANING["language"]:
        return value in get_args(Language)
    if meaning == "a string":
        return isinstance(value, str)
    if meaning == "true or false" or isinstance(value, bool):
        return meaning == "true or false" and isinstance(value, bool)
    if key not in _RANGES or not isinstance(value, int | float):
        return False
    least, most = _RANGES[key]
    is_exact = isinstance(value, int) or isinstance(least, float)
    return is_exact and least <= value <= most
