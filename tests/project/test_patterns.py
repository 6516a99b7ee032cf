"""No regular expression of the program takes more than linear time, whatever it is fed."""

import random
import re
import resource
import sys
import time
from dataclasses import replace

import bounded
import patterns
import pytest

from tui.sources.parsing import xml_spans
from tui.text.charset import legacy
from tui.text.mending import trace
from tui.text.repairs import entities
from tui.text.repairs.misread import gate
from tui.text.words import fold, naive, phrases

SAMPLES: patterns.Samples = {
    "tui.loader:_end_of": [{"sign": "\n"}, {"sign": "<"}],
    "tui.core.patterns:__getattr__": [re.compile("each is checked where it is given")],
    "tui.sources.formats.mhtml:_marks": [{"boundary": b"--=_a"}, {"boundary": b"--" + b" \r\n" * 30}],
    "tui.sources.parsing.xml_spans:_mark": [xml_spans._mark(b"item", b"entry")],
    "tui.text.words.letters:__init__": [{"others": ""}, {"others": "\u0200-\u024f"}],
    "tui.text.words.fold:pattern": [fold.pattern("a 湾+"), fold.pattern("aA")],
    "tui.text.charset.legacy:escaped": [{"pattern": rb"\x1b\$\)C"}, {"pattern": rb"\x1b\$[@B]|\x1b\(I|\x1b\$\([DOPQ]"}],
    "tui.text.charset.legacy:_silent": [legacy._silent(charset) for charset in ("windows-1252", "koi8-r", "shift_jis")],
    "tui.text.words.naive:_pattern": [naive._pattern(word) for word in [*naive._table()][::20]],
    "tui.lookup.needles:_escapes": [{"start": b"\\u", "group": [b"6e7e", b"53f0"]}],
    "tui.text.words.phrases:__init__": [phrases.NOTICES._others, phrases.MENUS._others],
    "tui.text.repairs:is_explained": [{"word": "é"}, {"word": "\\"}],
    "tui.text.repairs.entities:_start": [entities._start("50 % & more"), entities._start("")],
    "tui.text.repairs.misread.gate:_starting": [gate._narrow(), gate._between()],
    "tui.text.mending.trace:_between": [{"pattern": re.escape(b"a")}, {"pattern": trace._REFERENCE}],
    "tui.text.mending.trace:__init__": [{"pattern": re.escape(what)} for what in (b"", b"a", b" a", b"<b> a")],
}
ADVANCING = {
    "tui.choosing.expression:_TOKEN": "each token begins where the last one ended, and what is none ends the reading",
    "tui.sources.parsing.http_message:_CHUNK": "each chunk begins behind the last one, and what is none ends the reading",
    "tui.text.markup.feeds:_KEY": "each member of an object begins where the last one ended, and what is none ends the reading",
    "tui.text.markup.feeds:_NEXT": "each member of a list begins where the last one ended, and what is none ends the reading",
    "tui.text.mending.trace:__init__": "how far a run of tags and blanks goes is kept",
}
"""Where patterns are matched from place to place, and no place is passed twice."""
OURS = {"tui.core.i18n.chinese:_ENTRY": "reads nothing but the catalogues of this package"}
FED_CHARS = 60_000
LONGEST_S = 2
"""CPU time for all that one pattern is fed: some 20 ms, or from 5 s to minutes where it is quadratic."""


def checked() -> list[patterns.Found]:
    return [
        replace(found, is_searched=found.is_searched and found.name not in ADVANCING)
        for found in patterns.patterns(SAMPLES)
        if found.name not in OURS
    ]


def test_no_pattern_can_go_over_a_character_again_and_again() -> None:
    wrong = [
        f"{found.where}: {found.pattern.pattern!r}: {reason}"
        for found in checked()
        for reason in patterns.runaways(found.pattern, is_searched=found.is_searched)
    ]
    assert wrong == []


LINEAR = [
    r"<a\b[^<>]*>",
    r'"[^"]*"',
    r"\b\w+@",
    r"(?<!\w)\w+@",
    r"(?<![a-z])[a-z]*+[0-9]",
    r"(?s)<!--.*?(?:-->|\Z)",
    r"(?m)^[ \t]+$",
    r"(?s)<(b|i)\b[^<>]*>(.*?)(?=</\1\s*>|<\1\b|\Z)",
    r'"body":"((?:[^"\\]|\\.)*+)"',
    r"~\{(?:[\x21-\x77][\x21-\x7e])+~\}",
    r"(?<=://)[^/?#]*@",
    r"a.{0,200}b",
    r"\w+",
]
RUNAWAY = [
    r"\s+$",
    r"[^\n]*foo",
    r"[a-z]*+[0-9]",
    r"\s*:\s*",
    r"a*a*b",
    r"(?:a+)*b",
    r"(?:a|a)*b",
    r"(?:a|ab)*c",
    r"(?:a?b?)*c",
    r"(?:a|ab)*+c",
    r"(?s)<!--.*?-->",
    r"x(?=[^y]*y)",
    r"https?://[^?#]*\.html",
    r"[^\s,)]+(?:,[^\s)]+)*\)",
    r"\w+\s*=\s*\w+;",
    r"(\w+)=\1;",
    r"[ab].{0,200}[ab]{0,100}c",
    r"(?:\S*\s?){3,}!",
]


@pytest.mark.parametrize("pattern", LINEAR)
def test_what_is_linear_is_let_pass(pattern: str) -> None:
    assert patterns.runaways(re.compile(pattern), is_searched=True) == []


@pytest.mark.parametrize("pattern", RUNAWAY)
def test_what_is_not_linear_is_refused(pattern: str) -> None:
    assert patterns.runaways(re.compile(pattern), is_searched=True) != []


def test_what_is_searched_for_at_one_place_only_may_fail_there() -> None:
    for pattern in (r"\s+x", r"(?:\s++|<\?[^>]*+>)++x", r"[^\n]*foo"):
        assert patterns.runaways(re.compile(pattern), is_searched=False) == []
    assert patterns.runaways(re.compile(r"(?:\s|\s)+x"), is_searched=False) != []


def feed() -> None:
    for found in checked():
        _say(f"{found.where} {found.pattern.pattern!r}")
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + 1 + LONGEST_S, hard))
        for text in patterns.food(found.pattern, FED_CHARS, random.Random(found.where)):
            if found.is_searched:
                for _ in found.pattern.finditer(text):
                    pass
            else:
                found.pattern.match(text)
                found.pattern.fullmatch(text)
    _say("all")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def test_no_pattern_runs_away_on_its_own_alphabet() -> None:
    assert bounded.call(feed, cpu_s=300).stdout.splitlines()[-1] == "all"
