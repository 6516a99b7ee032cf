"""Recipes: how pages are read and which of them are wanted, in a TOML file that the screen, batches and programs share."""

import os
from collections.abc import Iterable
from typing import Any, get_args

from tui.core.errors import UsageError
from tui.core.model import ROLES, Fields, Options, RuleBounds, Script
from tui.core.values import dataclass

MOST_BYTES = 1024 * 1024
"""Of a recipe; it is a page of text."""
_LISTS, _WORDS, _TABLES = ("without", "also", "columns"), ("charset", "where", "script"), ("fields", "fails")
_MOST_BOUND = 1e300
KEYS = (*_LISTS, *_WORDS, "certain", *_TABLES)
"""What a recipe may say."""
COLUMNS = (
    *("source", "ordinal", "member", "offset", "length", "record_id", "sha256", "url", "fetched"),
    *("charset", "charset_by", "language", "type", "title", "date", "authors", "body", "body_at", "text"),
    *("edits", "signals", "fails", "problems", "recipe"),
)
"""All that may be told of a page, in their order."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How pages are read, which are wanted, and what is told of them. By default: all repairs, all pages, everything."""

    without: tuple[str, ...] = ()
    """Names of repairs that are not run."""
    also: tuple[str, ...] = ()
    """Names of optional repairs that are run."""
    certain: bool = False
    """Guessed repairs are left out."""
    script: Script = "keep"
    """What Chinese is converted to."""
    charset: str | None = None
    """In which pages are decoded, whatever they say; None: it is found out."""
    fields: Fields = ()
    """(role, name): which field of a record is its body, title, url or fetched."""
    where: str = ""
    """An expression that wanted pages match; empty: all."""
    columns: tuple[str, ...] = ()
    """What is told of a page; empty: all there is."""
    fails: RuleBounds = ()
    """(name of a rule of a public corpus, bound that stands instead of its own)."""

    @property
    def options(self) -> Options:
        """How pages are read."""
        without, also = frozenset(self.without), frozenset(self.also)
        return Options(self.charset, without, self.certain, self.script, also, self.fields, self.fails)

    @property
    def digest(self) -> str:
        """The same for all recipes that mean the same: 16 hexadecimal digits of the SHA-256 of what is not by default."""
        import hashlib  # `import copydesk` takes no longer than it must
        import json

        said = {name: sorted(value) if name in ("without", "also") else value for name, value in _said(self).items()}
        canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def toml(self) -> str:
        """Return it as TOML, which `parsed` reads again."""
        said = _said(self)
        lines = [f"{name} = {_toml(value)}" for name, value in said.items() if name not in _TABLES]
        for table in _TABLES:
            if table in said:
                lines += ["", f"[{table}]", *(f"{key} = {_toml(value)}" for key, value in said[table])]
        return "".join(f"{line}\n" for line in lines)


def _said(recipe: Recipe) -> dict[str, Any]:
    """What is other than by default."""
    usual = Recipe()
    return {name: value for name in KEYS if (value := getattr(recipe, name)) != getattr(usual, name)}


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        import json

        # What JSON writes for a string is a TOML string as well, but for DEL.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"[{', '.join(map(_toml, value))}]"  # type: ignore[call-overload]


def read(path: str | os.PathLike[str]) -> Recipe:
    """Read a recipe. Raises UsageError, naming file and key, if it can't be read or says something that means nothing."""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - pathlib takes 4 ms
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; check the name") from error
    if len(content) > MOST_BYTES:
        raise UsageError(f"{path}: larger than {MOST_BYTES >> 20} MB, not a recipe; name another one")
    try:
        return parsed(content.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: byte {error.start:,}: not UTF-8; convert the file") from error


def parsed(content: str, name: str) -> Recipe:
    """Return the recipe that a TOML text is; `name` is what messages call it. Raises UsageError as `read` does.

    >>> parsed('certain = true\\nwhere = "lang:zh"', "r.toml").where
    'lang:zh'
    """
    import tomllib

    try:
        table = tomllib.loads(content)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{name}: invalid TOML: {error}; fix the line") from error
    unknown = next((key for key in table if key not in KEYS), None)
    if unknown is not None:
        raise UsageError(f"{name}: unknown key {unknown!r}; known keys: {', '.join(KEYS)}")
    given = {key: _checked(name, key, value) for key, value in table.items()}
    recipe = Recipe(**given)
    check(recipe, name)
    return recipe


def check(recipe: Recipe, name: str) -> None:
    """Raise UsageError if something in a recipe means nothing: a repair, charset, script, column or expression."""
    if recipe.charset:
        from tui.text.charset.names import canonical

        try:
            canonical(recipe.charset)
        except UsageError as error:
            raise UsageError(f"{name}: {error}") from error
    check_columns(f"{name}: columns", recipe.columns)
    from tui.choosing.choices import check_repairs

    if recipe.script not in get_args(Script):
        raise UsageError(f"{name}: script: {recipe.script!r} is none; known: {', '.join(get_args(Script))}")
    check_repairs(f"{name}: without", recipe.without)
    check_repairs(f"{name}: also", recipe.also)
    if recipe.fails:
        from tui.text.quality.rules import check_bounds

        check_bounds(f"{name}: fails", recipe.fails)
    if recipe.where:
        from tui.choosing.expression import parse

        parse(recipe.where, f"{name}: where")


def check_columns(where: str, names: Iterable[str]) -> None:
    """Raise UsageError if one of the names is no column."""
    for name in names:
        if name not in COLUMNS:
            raise UsageError(f"{where}: {name!r} is no column; known: {', '.join(COLUMNS)}")


def _checked(name: str, key: str, value: object) -> Any:
    if key == "certain" and isinstance(value, bool):
        return value
    if key in _WORDS and isinstance(value, str):
        return value
    if key in _LISTS and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if key == "fields" and isinstance(value, dict) and all(isinstance(item, str) for item in value.values()):
        unknown = next((role for role in value if role not in ROLES), None)
        if unknown is None:
            return tuple(value.items())
        raise UsageError(f"{name}: fields: {unknown!r} is no role; known are {', '.join(ROLES)}")
    if key == "fails" and isinstance(value, dict) and all(map(_is_bound, value.values())):
        return tuple(sorted(value.items()))
    meaning = {
        "fails": "a table of numbers",
        "certain": "true or false",
        "fields": "a table of strings",
        **dict.fromkeys(_WORDS, "a string"),
    }
    raise UsageError(f"{name}: {key}: not {meaning.get(key, 'a list of strings')}; fix the value")


def _is_bound(value: object) -> bool:
    """Whether it is a number that JSON can say: neither infinite nor nan."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -_MOST_BOUND <= value <= _MOST_BOUND
