"""Brings the catalogue of tui/core/i18n up to date with what the program says.

    python scripts/catalogues.py            # adds what is new with an empty msgstr, takes out what is said no more
    python scripts/catalogues.py --check    # changes nothing; a line for each thing to do, and exit status 1 if there is any

To say something new on the screen, write it as tr("…") in English, run this, and fill in the empty msgstr of zh-Hans.po.
Traditional Chinese is made of it by zh-Hant.txt, which gets the characters that it lacks. Where OpenCC would convert
otherwise, a line says so: add the word to zh-Hant.txt, as Taiwan says it.
"""

import ast
import re
import string
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tui.core.i18n import chinese  # noqa: E402
from tui.core.i18n.chinese import CATALOGUE, TABLE, Translation, parse  # noqa: E402
from tui.core.model import CLAIMANTS  # noqa: E402

SCREEN = ("view", "app")
"""What speaks to the reader by `tr`."""
OTHERS = (
    *("certain", "probable", "read", "decode", "parse", "repair", "structure", "worker", "fetch"),
    *("meta", *CLAIMANTS.values(), "default"),
    *("related", "hot", "latest", "index"),
    *("connected", "first byte", "done", "cipher", "subject", "issuer", "expires"),
)
"""Names that stand in no table."""

_PROSE = re.compile(r"[A-Za-z']{2,}[,;:)]? [A-Za-z'({]|[)}] [a-z]{2}")
_NO_PROSE = re.compile(
    r"\n|\(\?|\\[dsw]|<\w|^[\w.]+\[|^(?:SELECT|INSERT|DELETE|CREATE|BEGIN|PRAGMA|UPDATE|import) |^copydesk/|;q=0|^gzip,"
    r"|^(?:peer closed connection|weibo: article:create_at|the size of the content is unknown before it is read"
    r"|only references that follow each other are a run)$"
)
_HEADER = """# What the screen says in zh-Hans. Made complete by scripts/catalogues.py; the words are ours.
msgid ""
msgstr ""
"Language: zh-Hans\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"""


class Spoken(NamedTuple):
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
        path = ROOT / "tui" / name
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


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
        is_spoken = isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("tr", "tr_name", "Binding")
        if is_spoken or (raises and isinstance(node, ast.Raise)):
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


def screen() -> Iterator[Spoken]:
    """What the screen says by `tr`."""
    for file in _files(*SCREEN):
        for call in calls(_tree(file), "tr"):
            yield from (Spoken(text, _where(file)) for text in spoken(call))


def origins() -> Iterator[Spoken]:
    """Where a page's text states something: the screen has it as the name of the place."""
    for file in _files("text"):
        for node in literals(_tree(file)):
            if isinstance(node, ast.Constant) and str(node.value).startswith("text: "):
                yield Spoken(str(node.value).removeprefix("text: "), _where(file))


def names() -> Iterator[Spoken]:
    """Names out of tables, which the screen looks up by `tr_name`."""
    for where, texts in _tables().items():
        yield from (Spoken(text, where) for text in texts if re.search(r"[A-Za-z]", re.sub(r"\{.*?\}", "", text)))


def _tables() -> dict[str, Iterable[str]]:
    import json
    from typing import get_args

    from tui.core.model import PageType
    from tui.core.problems import KINDS
    from tui.core.reasons import REASONS
    from tui.text.mending.mend import REPAIRS
    from tui.text.quality.rules import RULES
    from tui.text.quality.signals import SIGNALS
    from tui.view.keys import commands
    from tui.view.pagetext.brief import LANGUAGES
    from tui.view.pagetext.text import NAMES
    from tui.view.sheets.help import FIRST, MANY, MARKS
    from tui.view.state.pages import SCRIPTS
    from tui.view.state.services import ABOUT, ABOUT_PAGES

    schema = json.loads((ROOT / "tui" / "page.schema.json").read_text(encoding="utf-8"))
    fields = schema["properties"]["metadata"]["properties"]
    return {
        "tui/view/keys.py": [text for command in commands() for text in (command.group, command.about)],
        "tui/view/sheets/help.py": [about for *_, about in (*FIRST, *MANY, *MARKS)],
        "tui/view/state/services.py": [*ABOUT.values(), *ABOUT_PAGES.values()],
        "tui/view/state/pages.py": SCRIPTS.values(),
        "tui/view/pagetext/text.py": NAMES.values(),
        "tui/view/pagetext/brief.py": LANGUAGES.values(),
        "tui/core/problems.py": [kind.template for kind in KINDS.values()],
        "tui/core/reasons.py": REASONS.values(),
        "tui/core/model.py": get_args(PageType),
        "tui/page.schema.json": [field.replace("_", " ") for field in fields],
        "tui/text/quality/signals.py": [name.removesuffix("_ratio").replace("_", " ") for name in SIGNALS],
        "tui/text/quality/rules.py": [rule.about for rule in RULES.values()],
        "tui/text/repairs": [repair.about for repair in REPAIRS],
        "scripts/catalogues.py": OTHERS,
    }


def collected() -> dict[str, str]:
    """English text -> file that says it, in the order of the catalogue."""
    sources: dict[str, str] = {}
    for text, where in (*screen(), *names(), *origins()):
        sources.setdefault(text, where)
    return sources


def fields(text: str) -> list[str]:
    """The names of the fields of a template, sorted."""
    return sorted(field for _, field, _, _ in string.Formatter().parse(text) if field is not None)


def troubles() -> list[str]:
    """What is to be done about the catalogue, a line each."""
    where = _where(CATALOGUE)
    wanted = collected()
    entries = parse(CATALOGUE.read_text(encoding="utf-8"))
    known = {entry.text: entry.translation for entry in entries}
    lines = [f"{where}: {text!r} stands there twice; take one out" for text in _doubled(entries)]
    for text, source in wanted.items():
        if not known.get(text):
            lines.append(
                f"{where}: {text!r} of {source} is not translated; run scripts/catalogues.py, fill in its msgstr"
            )
        elif fields(known[text]) != fields(text):
            lines.append(f"{where}: {text!r} and its translation have other fields; write the same ones in braces")
    lines += [f"{where}: {text!r} is said no more; run scripts/catalogues.py" for text in known if text not in wanted]
    return lines + doubts(list(known.values()))


def doubts(translations: list[str]) -> list[str]:
    """What is to be done about zh-Hant.txt: words for what OpenCC converts otherwise, and words that no text has."""
    where = _where(TABLE)
    characters, words = chinese.table()
    convert = _converter("s2twp")
    everything = "\n".join(translations).translate(characters)
    unused = [f"{where}: {other!r} stands in no text; take it out" for word, other in words if word not in everything]
    known = re.compile("|".join(re.escape(word) for word, _other in words))
    # Words of the table stand there by their characters, so that what lies between them does as well.
    pieces = {piece for text in translations for piece in _between(known, text, characters)}
    return unused + [
        f"{where}: {piece!r}: OpenCC has {convert(piece)!r}; add the word of it that is right here"
        for piece in sorted(pieces)
        if convert(piece) != piece.translate(characters)
    ]


def _between(known: re.Pattern[str], text: str, characters: dict[int, str]) -> Iterator[str]:
    """What of a text is no word of the table."""
    at = 0
    for match in known.finditer(text.translate(characters)):
        yield text[at : match.start()]
        at = match.end()
    yield text[at:]


def _doubled(entries: Iterable[Translation]) -> list[str]:
    seen: set[str] = set()
    return [entry.text for entry in entries if entry.text in seen or seen.add(entry.text)]  # type: ignore[func-returns-value]


def update() -> None:
    """Write the catalogue anew, with all that is translated already, and the characters that it needs."""
    known = {entry.text: entry.translation for entry in parse(CATALOGUE.read_text(encoding="utf-8"))}
    blocks, source = [_HEADER], ""
    for text, where in collected().items():
        heading = f"# {where}\n" if where != source else ""
        source = where
        blocks.append(heading + _written(Translation(text, known.get(text, ""))))
    CATALOGUE.write_text("\n".join(blocks), encoding="utf-8")
    _update_characters()


def _update_characters() -> None:
    """Let zh-Hant.txt have the characters of the catalogue and of its own words, and no others."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    words = "".join(line.partition("\t")[0] for line in lines[at + 1 :])
    translations = "".join(entry.translation for entry in parse(CATALOGUE.read_text(encoding="utf-8")))
    convert = _converter("s2tw")
    pairs = {one: convert(one) for one in sorted({*words, *translations})}
    changed = {one: other for one, other in pairs.items() if one != other}
    lines[at] = f"{''.join(changed)}\t{''.join(changed.values())}"
    TABLE.write_text("\n".join([*lines, ""]), encoding="utf-8")
    chinese.table.cache_clear()


def _written(entry: Translation) -> str:
    return f"msgid {_quoted(entry.text)}\nmsgstr {_quoted(entry.translation)}\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def _converter(configuration: str) -> Callable[[str], str]:
    import opencc

    return cache(opencc.OpenCC(configuration).convert)


def _where(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def main() -> int:
    """Update, or with --check only tell."""
    if "--check" not in sys.argv[1:]:
        update()
    lines = troubles()
    print("\n".join(lines), end="\n" if lines else "")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
