"""What the screen says, in the reader's language: English in the code is the key, a catalogue has the others.

`tr` is for what the screen itself says, `tr_name` for names out of a table, `tr_problem` for problems, reasons and errors:
those are data until somebody reads them, and JSON and standard error, which are for scripts, have them in English.

Nothing is loaded for English. The catalogue of simplified Chinese is a PO file, which translators have tools for, and
is read as it is (3 ms): the .mo files that `gettext` wants are made by msgfmt, which a build can't count on, and say
nothing in a diff; TOML takes twice as long. Traditional Chinese is made of it, text by text when it is first needed.
`scripts/catalogues.py` collects what has to be translated, and tells what is missing.
"""

from collections.abc import Callable, Mapping
from typing import Literal

from tui.core.errors import CopydeskError
from tui.core.model import CLAIMANTS
from tui.core.problems import Template, in_language

Language = Literal["en", "zh-Hans", "zh-Hant"]

_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})

_words: Mapping[str, str] = {}
"""English -> simplified Chinese; empty: English is spoken."""
_convert: Callable[[str], str] = str
"""Simplified Chinese -> what the reader reads."""


def of_locale(environment: Mapping[str, str]) -> Language:
    """Return the language that the locale asks for; English where it is none that there is a catalogue for.

    The Linux console has no Chinese characters, whatever its locale is.

    >>> of_locale({"LANG": "zh_SG.UTF-8"}), of_locale({"LANG": "zh_CN.UTF-8", "LC_ALL": "zh_HK"}), of_locale({})
    ('zh-Hans', 'zh-Hant', 'en')
    """
    named = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    language, *rest = named.partition(".")[0].partition("@")[0].lower().replace("-", "_").split("_")
    if language != "zh" or environment.get("TERM") == "linux":
        return "en"
    return "zh-Hant" if _TRADITIONAL.intersection(rest) and "hans" not in rest else "zh-Hans"


def use(language: Language) -> None:
    """Speak a language from now on, everywhere in this process: a terminal has one reader."""
    global _words, _convert
    _words, _convert = {}, str
    if language != "en":
        from tui.core.i18n import chinese

        _words = chinese.load()
        if language == "zh-Hant":
            _convert = chinese.traditional


def tr(text: str, /, **values: object) -> str:
    """Return what is said for a literal English text, with its `{named}` fields filled in.

    `text` is written out where `tr` is called, or is one of two that are, so that it can be collected.

    >>> tr("{pages:,} pages", pages=1200)
    '1,200 pages'
    """
    translated = tr_name(text)
    return translated.format(**values) if values else translated


def tr_name(name: str) -> str:
    """Return what is said for a name out of a table, such as a key of the metadata; others come back unchanged."""
    return _convert(_words[name]) if name in _words else name


def tr_claim(by: str) -> str:
    """Return what is said for who or what names a charset (`Claim.by`)."""
    return tr_name(CLAIMANTS.get(by, by))


def tr_problem(what: Template) -> str:
    """Return what is said for a problem, a reason or an error of ours."""
    return in_language(what, tr_name)


def tr_error(error: Exception) -> str:
    """Return what is said for whatever went wrong in a thread: what is no error of ours is a fault of ours."""
    if isinstance(error, CopydeskError):
        return tr_problem(error)
    return tr("{error}; this is a bug in copydesk", error=f"{type(error).__name__}: {error}")
