"""Write what the documents say about keys, commands, fields and JSON, and the man page, from the code that does it.

python scripts/reference.py
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click

from tui import __version__
from tui.choosing.fields import FAMILIES, FIELDS
from tui.commands.table import EXAMPLES, GROUP
from tui.text.quality.rules import RULES
from tui.view.keys import commands

DOCS = Path(__file__).parent.parent / "docs"
MANUAL = DOCS / "copydesk.1"
WIDTH = 100
"""Columns of a usage line."""
Rows = list[tuple[str, str]]


def main() -> None:
    """Write each document whose text has changed."""
    for path, text in made().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"{path.name}: written")


def made() -> Mapping[Path, str]:
    """Return what each document that has a made part must read, by its path."""
    documents = {name: _filled(name, part()) for name, part in _PARTS.items()}
    return {DOCS / name: text for name, text in documents.items()} | {MANUAL: _manual()}


def _filled(name: str, part: str) -> str:
    """The document, with its made part anew."""
    text = (DOCS / name).read_text(encoding="utf-8")
    before, begin, rest = text.partition("<!-- made by scripts/reference.py -->\n")
    _, end, after = rest.partition("<!-- end -->\n")
    if not begin or not end:
        raise SystemExit(f"docs/{name}: no marks between which the made part stands")
    return f"{before}{begin}\n{part.strip()}\n\n{end}{after}"


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *(tuple(_cell(cell) for cell in row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n\n"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def _keys() -> str:
    groups: dict[str, list[tuple[str, ...]]] = {}
    for command in commands():
        keys = " ".join(f"`{key}`" for key in command.keys.split(" "))
        groups.setdefault(command.group, []).append((keys, _sentence(command.about), f"`{command.name}`"))
    return "".join(f"## {group}\n\n" + _table(("key", "does", "command"), rows) for group, rows in groups.items())


def _sentence(text: str) -> str:
    """A description in which what looks like markup of Markdown is itself."""
    return re.sub(r"([*_<\[])", r"\\\1", text)


def _options(command: click.Command) -> dict[str, Rows]:
    """Heading -> the options under it, as help shows them."""
    lists: dict[str, Rows] = {}
    with click.Context(command, info_name=command.name) as context:
        for parameter in command.params:
            if isinstance(parameter, click.Option) and (record := parameter.get_help_record(context)):
                lists.setdefault(getattr(parameter, "heading", "Options"), []).append(record)
    return lists


def _usage(path: str, command: click.Command) -> str:
    with click.Context(command, info_name=path) as context:
        pieces = command.collect_usage_pieces(context)
    return " ".join((path, *pieces))


def _all_commands() -> Iterator[tuple[str, click.Command]]:
    """Each command with the words that call it; that of the browser first, which needs none."""
    yield "copydesk", GROUP.commands["open"]
    for name, command in sorted(GROUP.commands.items()):
        if isinstance(command, click.Group):
            yield from ((f"copydesk {name} {inner}", each) for inner, each in sorted(command.commands.items()))
        elif name != "open":
            yield f"copydesk {name}", command


def _about(command: click.Command) -> list[str]:
    """The paragraphs of a command's help."""
    return [" ".join(paragraph.split()) for paragraph in (command.help or "").split("\n\n")]


def _commands() -> str:
    parts = []
    for path, command in _all_commands():
        lists = _options(command)
        parts.append(f"## {path}\n\n```\n{_usage(path, command)}\n```\n\n")
        parts += [f"{_sentence(paragraph)}\n\n" for paragraph in _about(command)]
        if rows := lists.pop("Options", []):
            parts.append(_option_table(rows))
        if lists:
            links = ", ".join(f"[{heading.lower()}](#{heading.lower().replace(' ', '-')})" for heading in lists)
            parts.append(f"Takes the options on {links}.\n\n")
    lists = _options(GROUP.commands["open"])
    shared = (heading for heading in lists if heading != "Options")
    return "".join([*parts, *(f"## {heading}\n\n{_option_table(lists[heading])}" for heading in shared)])


def _option_table(rows: Rows) -> str:
    return _table(("option", "does"), [(f"`{name}`", _sentence(about)) for name, about in rows])


def _fields() -> str:
    rows = [(f"`{name}`", spec.kind, _sentence(spec.about)) for name, spec in FIELDS.items()]
    rows += [(f"`{name}.NAME`", spec.kind, _sentence(spec.about)) for name, spec in FAMILIES.items()]
    return _table(("field", "compared as", "holds"), list(rows))


def _rules() -> str:
    of = {("spaced",): "text with spaces", ("spaced", "unspaced"): "all but Chinese", ("Chinese",): "Chinese"}
    rows = [
        (
            f"`{name}`",
            rule.about,
            f"{'at least' if rule.least is not None else 'at most'} {rule.bound:,g}",
            "English" if rule.is_english else of.get(rule.of, "all"),
        )
        for name, rule in RULES.items()
    ]
    return _table(("rule", "figure", "keeps", "of"), list(rows))


def _json() -> str:
    schema = json.loads((DOCS.parent / "tui" / "page.schema.json").read_text(encoding="utf-8"))
    return _table(("key", "type", "holds"), list(_properties(schema, "", 2)))


def _properties(schema: Mapping[str, object], before: str, depth: int) -> Iterator[tuple[str, str, str]]:
    """The keys of an object, and `depth` levels of what they hold."""
    properties = schema.get("properties")
    if not isinstance(properties, dict) or not depth:
        return
    for name, each in properties.items():
        yield f"`{before}{name}`", _type(each), _sentence(each.get("description", ""))
        inner = each.get("items", each)
        yield from _properties(inner, f"{before}{name}{'[]' if 'items' in each else ''}.", depth - 1)


def _type(schema: Mapping[str, object]) -> str:
    if "const" in schema:
        return json.dumps(schema["const"])
    if isinstance(values := schema.get("enum"), list):
        return ", ".join(f"`{json.dumps(value)}`" for value in values)
    kinds = schema.get("type", "any")
    return " or ".join(kinds) if isinstance(kinds, list) else str(kinds)


_PARTS: Mapping[str, Callable[[], str]] = {
    "keys.md": _keys,
    "commands.md": _commands,
    "expressions.md": _fields,
    "json.md": _json,
    "rules.md": _rules,
}


def _manual() -> str:
    opening = _options(GROUP.commands["open"])
    shared = set(opening) - {"Options"}
    lines = [
        f'.TH COPYDESK 1 "" "copydesk {__version__}"',
        '.\\" Made by scripts/reference.py.',
        ".SH NAME",
        r"copydesk \- read scraped pages in the terminal",
        ".SH SYNOPSIS",
        r".B copydesk",
        r"[\fIOPTIONS\fR] [\fISOURCE\fR]...",
        ".br",
        r".B copydesk",
        r"\fICOMMAND\fR [\fIOPTIONS\fR] ...",
        ".SH DESCRIPTION",
    ]
    for paragraph in _about(GROUP):
        lines += [_roff(paragraph), ".PP"]
    lines[-1] = ".SH OPTIONS"
    for heading, rows in opening.items():
        lines += [f".SS {heading}", *_tagged(rows)]
    lines.append(".SH COMMANDS")
    for path, command in list(_all_commands())[1:]:
        lists = _options(command)
        lines += [f".SS {_roff(_usage(path, command))}", *_joined(_about(command)), *_tagged(lists.get("Options", []))]
        if takes := [heading.lower() for heading in lists if heading in shared]:
            lines += [".PP", f"Takes the options on {', '.join(takes)}."]
    lines.append(".SH KEYS")
    group = ""
    for each in commands():
        lines += [f".SS {each.group}"] * (each.group != group) + _tagged([(each.keys, each.about)])
        group = each.group
    lines += [".SH EXIT STATUS", *_tagged(STATUSES), ".SH ENVIRONMENT", *_tagged(ENVIRONMENT)]
    lines += [".SH FILES", *_tagged(FILES), ".SH EXAMPLES", *_tagged([(f"{call}", about) for call, about in EXAMPLES])]
    return "\n".join(lines) + "\n"


STATUSES = [
    ("0", "all read, nothing lost"),
    ("1", "something could not be read, or was lost"),
    ("2", "wrong usage"),
    ("3", "nothing could be read"),
    ("130", "interrupted"),
]
ENVIRONMENT = [
    ("NO_COLOR", "no colours"),
    ("LC_ALL, LC_MESSAGES, LANG", "the language of the screen: English, simplified or traditional Chinese"),
    ("http_proxy, https_proxy, all_proxy, no_proxy", "proxies"),
    ("SSL_CERT_FILE", "certificate authorities, instead of the system's"),
]
FILES = [
    ("~/.config/copydesk/config.toml", "configuration; copydesk config prints it with all keys"),
    ("~/.local/state/copydesk/labels.sqlite", "labels, notes and marks, and labels.copy beside it"),
    ("~/.cache/copydesk", "fetched pages and indexes"),
]


def _tagged(rows: Rows) -> list[str]:
    return [line for name, about in rows for line in (".TP", rf"\fB{_escaped(name)}\fR", _roff(about))]


def _joined(paragraphs: list[str]) -> list[str]:
    return [line for paragraph in paragraphs for line in (_roff(paragraph), ".PP")][:-1]


def _roff(text: str) -> str:
    """A line of text in which nothing is a request."""
    return re.sub(r"^([.'])", r"\\&\1", _escaped(text))


def _escaped(text: str) -> str:
    return text.replace("\\", r"\e").replace("-", r"\-")


if __name__ == "__main__":
    main()
