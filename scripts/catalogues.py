"""Brings the catalogues of tui/core/i18n up to date with what the program says.

    python scripts/catalogues.py            # adds what is new with an empty msgstr, takes out what is said no more
    python scripts/catalogues.py --check    # changes nothing; a line for each thing to do, and exit status 1 if there is any

To say something new on the screen, write it as tr("…") in English, run this, and fill in the two empty msgstr. For
zh-Hant it proposes what OpenCC makes of zh-Hans, marked `fuzzy`: read it over and take the mark away.
"""

import ast
import re
import string
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tui.core.i18n.po import Entry, parse, path  # noqa: E402

LANGUAGES = ("zh-Hans", "zh-Hant")
SCREEN = ("view", "app")
"""What speaks to the reader by `tr`."""
OTHERS = (
    *("certain", "probable", "read", "decode", "parse", "repair", "structure", "worker", "fetch"),
    *("override", "bom", "http", "meta", "xml", "guess", "split", "default", "chosen"),
    *("related", "hot", "latest", "index"),
    *("connected", "first byte", "done", "cipher", "subject", "issuer", "expires"),
)
"""Names that stand in no table."""

_PROSE = re.compile(r"[A-Za-z']{2,}[,;:)]? [A-Za-z'({]|[)}] [a-z]{2}")
_NO_PROSE = re.compile(
    r"\n|\(\?|\\[dsw]|<\w|^[\w.]+\[|^(?:SELECT|INSERT|DELETE|CREATE|BEGIN|PRAGMA|UPDATE|import) |^copydesk/|;q=0|^gzip,"
    r"|^(?:peer closed connection|weibo: article:create_at|the size of the content is unknown before it is read|held back"
    r"|handed on|only references that follow each other are a run)$"
)
_HEADER = """# What the screen says in {language}. Made complete by scripts/catalogues.py; the words are ours.
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"""


class Said(NamedTuple):
    """An English text, and the file that says it."""

    text: str
    where: str


def template(node: ast.expr) -> str | None:
    """The text of a literal; fields of an f-string are empty braces."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if not isinstance(node, ast.JoinedStr):
        return None
    return "".join(str(value.value) if isinstance(value, ast.Constant) else "{}" for value in node.values)


def _files(*names: str) -> Iterator[Path]:
    for name in names:
        found = ROOT / "tui" / name
        yield from sorted(found.rglob("*.py")) if found.is_dir() else [found]


def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def literals(tree: ast.AST) -> Iterator[ast.expr]:
    """Every string that is no docstring, no annotation, no list of words, and no part of an f-string."""
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            passed.update(id(value) for value in node.values if isinstance(value, ast.Constant))
        elif isinstance(node, ast.Attribute) and node.attr == "split":
            passed.add(id(node.value))
        for annotation in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if annotation is not None:
                passed.update(map(id, ast.walk(annotation)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in passed:
            yield node


def is_prose(text: str) -> bool:
    """Whether a text is something that is said to people."""
    return bool(_PROSE.search(text)) and not _NO_PROSE.search(text)


def passed_over(tree: ast.Module, *, raises: bool) -> Iterator[int]:
    """The `id` of all that need not be said by `tr`: what is said so, tables, descriptions of keys that nobody shows.

    `raises`: errors, too, since they go to standard error.
    """
    for node in ast.walk(tree):
        is_said = isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("tr", "tr_name", "Binding")
        if is_said or (raises and isinstance(node, ast.Raise)):
            yield from map(id, ast.walk(node))
    classes = [statement.body for statement in tree.body if isinstance(statement, ast.ClassDef)]
    for statement in (statement for body in (tree.body, *classes) for statement in body):
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            yield from map(id, ast.walk(statement))


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    """The calls of a function by its bare name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def spoken(call: ast.Call) -> list[str]:
    """The texts that a call of `tr` may say; none if they are not written out there."""
    return list(_choices(call.args[0]))


def _choices(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*_choices(node.body), *_choices(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def screen() -> Iterator[Said]:
    """What the screen says by `tr`."""
    for file in _files(*SCREEN):
        for call in calls(_tree(file), "tr"):
            yield from (Said(text, _where(file)) for text in spoken(call))


def origins() -> Iterator[Said]:
    """Where a page's text states something: the screen has it as the name of the place."""
    for file in _files("text"):
        for node in literals(_tree(file)):
            if isinstance(node, ast.Constant) and str(node.value).startswith("text: "):
                yield Said(str(node.value), _where(file))


def names() -> Iterator[Said]:
    """Names out of tables, which the screen looks up by `tr_name`."""
    for where, found in _tables().items():
        yield from (Said(text, where) for text in found if re.search(r"[A-Za-z]", re.sub(r"\{.*?\}", "", text)))


def _tables() -> dict[str, Iterable[str]]:
    import json
    from typing import get_args

    from tui.core.model import PageType
    from tui.core.problems import KINDS
    from tui.core.reasons import REASONS
    from tui.text.mending.mend import REPAIRS
    from tui.text.quality.signals import SIGNALS
    from tui.view.commands.reading import SCRIPTS
    from tui.view.keys import commands
    from tui.view.pagetext.writing import NAMES
    from tui.view.sheets.help import MARKS
    from tui.view.state.services import ABOUT

    schema = json.loads((ROOT / "tui" / "page.schema.json").read_text(encoding="utf-8"))
    fields = schema["properties"]["metadata"]["properties"]
    return {
        "tui/view/keys.py": [text for command in commands() for text in (command.group, command.about)],
        "tui/view/sheets/help.py": [about for _sign, _look, about in MARKS],
        "tui/view/state/services.py": ABOUT.values(),
        "tui/view/commands/reading.py": SCRIPTS.values(),
        "tui/view/pagetext/writing.py": NAMES.values(),
        "tui/core/problems.py": [kind.template for kind in KINDS.values()],
        "tui/core/reasons.py": REASONS.values(),
        "tui/core/model.py": get_args(PageType),
        "tui/page.schema.json": [field.replace("_", " ") for field in fields],
        "tui/text/quality/signals.py": [name.removesuffix("_ratio").replace("_", " ") for name in SIGNALS],
        "tui/text/repairs": [repair.about for repair in REPAIRS],
        "scripts/catalogues.py": OTHERS,
    }


def collected() -> dict[str, str]:
    """English text -> file that says it, in the order of the catalogue."""
    found: dict[str, str] = {}
    for said in (*screen(), *names(), *origins()):
        found.setdefault(said.text, said.where)
    return found


def fields(text: str) -> list[str]:
    """The names of the fields of a template, sorted."""
    return sorted(field for _, field, _, _ in string.Formatter().parse(text) if field is not None)


def troubles(language: str) -> list[str]:
    """What is to be done about a catalogue, a line each."""
    file = path(language)
    where = file.relative_to(ROOT)
    wanted = collected()
    entries = parse(file.read_text(encoding="utf-8"))
    known = {entry.text: entry for entry in entries}
    found = [f"{where}: {text!r} stands there twice; take one out" for text in _doubled(entries)]
    for text, source in wanted.items():
        entry = known.get(text)
        if entry is None or not entry.said:
            found.append(
                f"{where}: {text!r} of {source} is not translated; run scripts/catalogues.py, fill in its msgstr"
            )
        elif entry.is_fuzzy:
            found.append(f"{where}: {text!r} was proposed by a program; read it over, take the line `#, fuzzy` away")
        elif fields(entry.said) != fields(text):
            found.append(f"{where}: {text!r} and its translation have other fields; write the same ones in braces")
    found += [f"{where}: {text!r} is said no more; run scripts/catalogues.py" for text in known if text not in wanted]
    return found


def _doubled(entries: Iterable[Entry]) -> list[str]:
    seen: set[str] = set()
    return [entry.text for entry in entries if entry.text in seen or seen.add(entry.text)]  # type: ignore[func-returns-value]


def update() -> None:
    """Write both catalogues anew, with all that is translated already."""
    simplified = {entry.text: entry.said for entry in _entries("zh-Hans")}
    for language in LANGUAGES:
        known = {entry.text: entry for entry in _entries(language)}
        blocks, source = [_HEADER.format(language=language)], ""
        for text, where in collected().items():
            entry = known.get(text) or Entry(text, "")
            if not entry.said and language == "zh-Hant" and simplified.get(text):
                entry = Entry(text, _traditional(simplified[text]), is_fuzzy=True)
            heading = f"# {where}\n" if where != source else ""
            source = where
            blocks.append(f"{heading}{'#, fuzzy' * entry.is_fuzzy}{chr(10) * entry.is_fuzzy}{_written(entry)}")
        path(language).write_text("\n".join(blocks), encoding="utf-8")


def _entries(language: str) -> list[Entry]:
    file = path(language)
    return parse(file.read_text(encoding="utf-8")) if file.exists() else []


def _written(entry: Entry) -> str:
    return f"msgid {_quoted(entry.text)}\nmsgstr {_quoted(entry.said)}\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def _traditional(text: str) -> str:
    import opencc

    return str(opencc.OpenCC("s2twp").convert(text))


def _where(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def main() -> int:
    """Update, or with --check only tell."""
    if "--check" not in sys.argv[1:]:
        update()
    found = [line for language in LANGUAGES for line in troubles(language)]
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
