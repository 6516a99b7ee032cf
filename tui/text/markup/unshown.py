"""What a page holds that only scripts would show: markup in comments and shadow trees, frames, articles in JSON, images."""

import json
import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Any

from tui.core.patterns import lazy
from tui.core.values import replace
from tui.text.markup import html
from tui.text.markup.head import REST_FROM, TEXT_FROM, article_body
from tui.text.words.sitename import fold

_MAX_JSON = 4_000_000
"""Code points of a script that are read as JSON."""
_MAX_VALUES = 20_000
"""Values of one that are looked at."""
_MAX_TEXTS = 1_000
_LEAST = 80
"""Code points of a string from which on it is text; identifiers and labels are shorter."""
_LEAST_WIDE = 30
"""The same where it is written in characters."""
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MIN_REST = 300
"""Code points of an article from which on it is more than the line that many pages state."""
_SAMPLE, _SAMPLES, _MOST_SHOWN = 24, 40, 0.6
"""Letters of a passage, about how many are looked for, and the share of them that readers see of an article that is cut off."""
_TAG = re.compile(r"<[^<>]*+>")
_PAGELET = re.compile(r"<code\b[^<>]*+>\s{0,99}+<!--")
_TEMPLATE = re.compile(r"<(/?)template\b([^<>]*+)>", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b([^<>]*+)>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
_STATE = re.compile(r"\b(__[A-Z_]{3,40}__)\s{0,9}=\s{0,9}(?=\{)")
_SHOWS = re.compile(r"<(frame|iframe|img|area)\b((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>", re.IGNORECASE)
_ATTRIBUTE = lazy(
    r"(?<![\w-])(src|href|alt|title|name)\s{0,9}=\s{0,9}(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))", re.IGNORECASE
)
_NOFRAMES = re.compile(r"<noframes\b[^<>]*+>", re.IGNORECASE)
_NOFRAMES_END = re.compile(r"</noframes", re.IGNORECASE)
_TITLES = ("headline", "title")
"""Keys of JSON under which stands what the text beside them is called."""
_MAX_TITLE = 300
_NO_TEXT = frozenset({"articlebody", "css", "style", "styles", "script", "query", "url", "src", "href"})
"""Keys of JSON under which no text stands, or text that was read already."""


def unwrapped(source: str) -> str:
    """Return the source with markup that scripts take out of comments, and with shadow trees as parts of the page.

    >>> unwrapped("<code><!--<p>Rain--></code><template shadowrootmode=open>Wind</template>")
    '<div><p>Rain</code><div shadowrootmode=open>Wind</div>'
    """
    if "shadowroot" in source:
        source = _with_shadows(source)
    if "<code" not in source:  # a pattern takes many times longer to say so
        return source
    parts, at = [], 0
    while start := _PAGELET.search(source, at):
        end = source.find("-->", start.end())
        if end < 0:
            break
        parts += [source[at : start.start()], "<div>", source[start.end() : end]]
        at = end + len("-->")
    return "".join([*parts, source[at:]])


def _with_shadows(source: str) -> str:
    parts, at = [], 0
    is_shadow: list[bool] = []
    for tag in _TEMPLATE.finditer(source):
        if not tag[1]:
            is_shadow.append("shadowroot" in tag[2])
        elif not is_shadow:
            continue
        if is_shadow.pop() if tag[1] else is_shadow[-1]:
            parts += [source[at : tag.start()], f"<{tag[1]}div{tag[2]}>"]
            at = tag.end()
    return "".join([*parts, source[at:]])


def instead(source: str, markup: html.Markup) -> html.Markup:
    """Return what a page holds that shows no text, if anything: its lines, and where they came from under `head.TEXT_FROM`.

    What is hidden until scripts have run stays unless something else holds more.

    >>> found = instead("<frameset><frame src=/menu name=Menu></frameset>", html.Markup("", *[()] * 3))
    >>> found.text, found.meta
    ('Menu', (('TEXT FROM', '<frame>'),))
    """
    hidden = len(markup.text.strip())
    for origin, text in _held(source, markup):
        if text:
            shown = html.parse(f"<main>{text}</main>")
            if len(shown.text.strip()) > hidden:
                called = [("headline", shown.text.partition("\n")[0])] if text.startswith("<h1>") else []
                return replace(shown, meta=(*markup.meta, *called, (TEXT_FROM, origin)))
    if not hidden:
        return markup
    is_notice = "noscript" in markup.nodes.column("tag")
    return replace(markup, meta=(*markup.meta, (TEXT_FROM, "<noscript>" if is_notice else "display:none")))


def with_rest(source: str, markup: html.Markup) -> html.Markup:
    """Return a page with the rest of the article that its JSON-LD holds where readers are shown no more than its start.

    >>> days = " ".join(f"On day {day} it rained until the evening came." for day in range(9))
    >>> page = f'<p>On day 0 it rained until the evening.<script type=application/ld+json>{{"articleBody": "{days}"}}</script>'
    >>> with_rest(page, html.parse(page)).text.splitlines() == ["On day 0 it rained until the evening.", days]
    True
    """
    if '"articleBody"' not in source:
        return markup
    told = article_body(markup.meta)
    if len(told) < _MIN_REST:
        return markup
    shown = fold(markup.text)
    if not _is_start(shown, fold(_TAG.sub(" ", unescape(told)))):
        return markup
    rest = told if _is_markup(told) else "\n".join(line for line in told.splitlines() if fold(line) not in shown)
    whole = html.parse(f"{source}<article>{_paragraphs([rest])}</article>")
    if _visible(whole) <= _visible(markup):  # the page ends within a script, a comment, or what is hidden
        return markup
    return replace(whole, meta=(*markup.meta, (REST_FROM, "JSON-LD articleBody")))


def _visible(markup: html.Markup) -> int:
    return sum(not line.is_hidden for line in markup.lines)


def _is_start(shown: str, told: str) -> bool:
    """Whether of a text that is told little more than the first words are shown."""
    samples = [told[at : at + _SAMPLE] for at in range(0, max(1, len(told) - _SAMPLE), max(1, len(told) // _SAMPLES))]
    return samples[0] in shown and sum(sample in shown for sample in samples) <= _MOST_SHOWN * len(samples)


def _held(source: str, markup: html.Markup) -> Iterator[tuple[str, str]]:
    """What may stand for the page, the likeliest first: where it came from, and markup."""
    yield "JSON-LD articleBody", _paragraphs([article_body(markup.meta)])
    for origin, value in _scripts(source):
        title, texts = _texts(value)
        yield origin, (f"<h1>{escape(title)}</h1>" if title and texts else "") + _paragraphs(texts)
    if start := _NOFRAMES.search(source):
        end = _NOFRAMES_END.search(source, start.end())
        yield "<noframes>", source[start.end() : end.start() if end else len(source)] + _linked(source, "frame")
    for tag in ("frame", "iframe", "area", "img"):
        yield f"<{tag}>", _linked(source, tag)
    described = (value for key, value in markup.meta if key in ("og:description", "description"))
    yield "meta description", _paragraphs([next(described, "")])


def _paragraphs(texts: list[str]) -> str:
    """Texts as markup; those that are markup already stay so."""
    return "".join(
        text if _is_markup(text) else "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
        for text in texts
    )


def _is_markup(text: str) -> bool:
    return "</" in text or "<br" in text


def _scripts(source: str) -> Iterator[tuple[str, Any]]:
    """JSON that scripts hold, and how each is called."""
    at = 0
    while start := _SCRIPT.search(source, at):
        end = _SCRIPT_END.search(source, start.end())
        at = end.end() if end else len(source)
        text = source[start.end() : end.start() if end else at][:_MAX_JSON]
        state = _STATE.search(text)
        if "application/json" in start[1]:
            name = next((each for each in ("__NEXT_DATA__", "__NUXT_DATA__") if each in start[1]), "application/json")
            yield name, _read(text.lstrip())
        elif state:
            yield state[1], _read(text[state.end() :])


def _read(text: str) -> Any:
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def _texts(root: Any) -> tuple[str, list[str]]:
    """What the first long string is called, and strings that are long enough for text, each once, in the order in which they stand."""
    texts: dict[str, None] = {}
    called = ""
    waiting = [(root, "")]
    for _ in range(_MAX_VALUES):
        if not waiting or len(texts) >= _MAX_TEXTS:
            break
        value, title = waiting.pop()
        if isinstance(value, dict):
            title = next(filter(None, map(_title, map(value.get, _TITLES))), title)
            named = reversed(value.items())
            waiting += [(each, title) for key, each in named if str(key).lower() not in _NO_TEXT]
        elif isinstance(value, list):
            waiting += [(each, title) for each in reversed(value)]
        elif isinstance(value, str) and value != title and _is_text(value):
            called = called if texts else title
            texts.setdefault(value.strip())
    return called, list(texts)


def _title(value: Any) -> str:
    return value.strip() if isinstance(value, str) and len(value) <= _MAX_TITLE and "://" not in value else ""


def _is_text(value: str) -> bool:
    """Long, in words, and neither code nor an address."""
    wide = len(_WIDE.findall(value[:1000]))
    is_long = wide >= _LEAST_WIDE or (len(value) >= _LEAST and value[:1000].count(" ") * 16 >= min(len(value), 1000))
    return is_long and value.lstrip()[:1] not in "{[" and "://" not in value[:12]


def _linked(source: str, tag: str) -> str:
    """A line for each frame or image of a page, with its name, or else the end of its address."""
    lines: list[str] = []
    for element in _SHOWS.finditer(source):
        if element[1].lower() == tag and len(lines) < _MAX_TEXTS:
            values = {name.lower(): unescape("".join(value)) for name, *value in _ATTRIBUTE.findall(element[2])}
            address = values.get("src") or values.get("href") or ""
            name = values.get("alt") or values.get("title") or values.get("name") or address.rpartition("/")[2]
            if name.strip() and not address.startswith("data:"):
                lines.append(f'<p><a href="{escape(address)}">{escape(name)}</a></p>')
    return "".join(lines)
