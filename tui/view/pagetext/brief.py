"""A page in a few words: what it is, who wrote it, how it was read, and what is wrong with it."""

from collections.abc import Iterator, Sequence
from typing import Any

from tui.core.i18n import tr, tr_name
from tui.core.model import Certainty, Document
from tui.core.problems import Problem, Reason

LANGUAGES = {
    "zh-Hans": "Simplified Chinese",
    "zh-Hant": "Traditional Chinese",
    "zh": "Chinese",
    "ja": "Japanese",
    "ko": "Korean",
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
    "it": "Italian",
    "nl": "Dutch",
    "ru": "Russian",
    "uk": "Ukrainian",
    "ar": "Arabic",
    "el": "Greek",
    "he": "Hebrew",
    "th": "Thai",
    "tr": "Turkish",
    "pl": "Polish",
    "vi": "Vietnamese",
}
"""Names of the commonest; others are called by their code."""
_LOWER = ("windows-", "mac", "x-", "hz")
MAX_VALUE_CHARS = 2000
"""Code points of one value that are shown; how many were left out is said."""
CONVERSION = "naive_conversion"
"""Code of the problem of which a page may have dozens, and none is lost."""


def kind_of(document: Document) -> str:
    """Say what a page is, and in which language.

    >>> from tui.core.model import Ref
    >>> kind_of(Document(Ref("a.html", 0), type="article", language="zh-Hant"))
    'article · Traditional Chinese'
    """
    kind = "" if document.type == "other" else tr_name(document.type)
    language = document.language or ""
    return " · ".join(filter(None, (kind, tr_name(LANGUAGES.get(language, language)))))


def byline(document: Document) -> str:
    """Say when a page was written, by whom and where; empty: it doesn't tell."""
    fields = document.metadata
    parts = []
    for key in ("date", "author", "source", "site", "editor"):
        if (field := fields.get(key)) is not None and (key != "site" or "source" not in fields):
            value = shown(field.value)
            value = f"{tr_name(key)} {value}" if key == "editor" else value
            parts.append(f"{value} {tr('guessed')}" if field.certainty == "probable" else value)
    return " · ".join(parts)


def shown(value: Any) -> str:
    """Return a value of a field or record as one line of text, cut if it is very long.

    >>> shown(["A", "B"]), shown({"k": 1}), shown(None)
    ('A, B', '{"k": 1}', 'null')
    """
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        text = ", ".join(value)
    elif isinstance(value, str):
        text = value
    else:
        import json  # only for records with nested values

        text = json.dumps(value, ensure_ascii=False, default=str)
    text = text.strip()
    if len(text) > MAX_VALUE_CHARS:
        return f"{text[:MAX_VALUE_CHARS]}… {tr('({count:,} more characters)', count=len(text) - MAX_VALUE_CHARS)}"
    return text


def charset_name(name: str) -> str:
    """Return a charset's name as people write it.

    >>> charset_name("utf-8"), charset_name("windows-1251"), charset_name("shift_jis")
    ('UTF-8', 'windows-1251', 'Shift_JIS')
    """
    return "Shift_JIS" if name == "shift_jis" else name if name.startswith(_LOWER) else name.upper()


def how_sure(certainty: Certainty) -> str:
    """Say how sure an edit is, in the words of the screen."""
    return tr("guessed") if certainty == "probable" else tr("certain")


def repairs_made(document: Document) -> str:
    """Say how much was repaired, and how much of it by likelihood."""
    total = sum(repair.count for repair in document.repairs)
    guessed = sum(repair.probable for repair in document.repairs)
    if not total:
        return tr("no repairs needed")
    made = tr("1 repair" if total == 1 else "{count:,} repairs", count=total)
    return f"{made}, {tr('{count:,} guessed', count=guessed)}" if guessed else made


def problems_of(problems: Sequence[Problem]) -> str:
    """Say how much is wrong, words that a conversion got wrong apart from the rest; empty: nothing."""
    wrong = sum(count for _word, count in conversions(problems))
    others = sum(problem.code != CONVERSION for problem in problems)
    said = [tr("1 conversion error" if wrong == 1 else "{count:,} conversion errors", count=wrong)] if wrong else []
    if others:
        said.append(tr("1 problem" if others == 1 else "{count:,} problems", count=others))
    return ", ".join(said)


def conversions(problems: Sequence[Problem]) -> Iterator[tuple[str, int]]:
    """Yield the words that a conversion got wrong, with how often they stand in the page."""
    for problem in problems:
        if problem.code == CONVERSION:
            found = problem.values["found"]
            if isinstance(found, Reason):
                yield str(found.values["word"]), int(str(found.values["count"]))
            else:
                yield str(found), 1
