"""Wikitext -> HTML that a wiki would show for it: headings, lists, links, emphasis, notes and plain tables.

Templates, and tables that hold them where rows should be, are left as they stand: only their wiki knows what they make.
mwparserfromhell 0.7.2 was tried: it gives plain text without lists and headings, drops templates, and takes 1.5 ms a kB.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote

from tui.core.values import dataclass

_KEPT = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<tag>nowiki|pre|syntaxhighlight|source|math|chem|gallery|imagemap|timeline|score|graph|hiero)(?:\s[^<>]*+)?+"
    r"(?:(?<=/)>|(?<!/)>(?P<held>.*?)(?:</(?P=tag)\s*+>|\Z))",
    re.DOTALL | re.IGNORECASE,
)
"""What holds no wikitext."""
_BRACES = re.compile(r"\{\{|\}\}")
_NOTE = re.compile(r"<(?P<close>/?)ref(?P<named>\s[^<>]*+|/)?>", re.IGNORECASE)
_NAME = re.compile(r"""\bname\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'/>]++))""", re.IGNORECASE)
_NO_TAG = re.compile(
    r"<(?!/?(?:abbr|b|bdi|bdo|big|blockquote|br|center|cite|code|dd|del|dfn|div|dl|dt|em|font|h[1-6]|hr|i|ins|kbd|li|mark|ol|p"
    r"|q|rb|rp|rt|ruby|s|samp|small|span|strike|strong|sub|sup|table|tbody|td|th|tr|tt|u|ul|var)\b[^<>]{0,2000}>)",
    re.IGNORECASE,
)
_UNSHOWN = re.compile(r"</?references\b[^<>]{0,200}>|__[A-Z]{3,20}__")
_PLAIN_VARIANT = re.compile(r"-\{([^{}:;|]{0,2000})\}-")
_ADDRESS = r"(?:https?:|ftp:)?//[^\s\[\]<>\"|\0]++"
_OUTWARD = re.compile(rf"\[({_ADDRESS})[ \t]*+([^\[\]\n]*+)\]|(?<![\w\"'=>:/])((?:https?|ftp)://[^\s\[\]<>\"|\0]++)")
_INWARD = re.compile(r"\[\[([^\[\]|\n]++)(?:\|([^\[\]]*+))?\]\]([a-z]*+)")
_QUOTES = re.compile(r"('{2,}+)")
_MARK = re.compile(r"\0(\d+)\0")
_LIST = re.compile(r"[*#:;]++")
_SPAN = re.compile(r"\b((?:col|row)span)\s{0,9}=\s{0,9}\"?(\d{1,4})")
_OPTION = re.compile(
    r"(?:thumb|thumbnail|frame|framed|frameless|border|left|right|center|centre|none|upright|mini|miniatur|vignette|[\dx]{1,9}px"
    r"|\u7f29\u7565\u56fe|\u7e2e\u5716|\u5de6|\u53f3)\Z|[a-z]{1,20}\s{0,3}=",
    re.IGNORECASE,
)
"""What stands where a picture's caption could, and is none."""
_EDITIONS = """
    aa ab ace ady af ak als alt am ami an ang ann anp ar arc ary arz as ast atj av avk awa ay az azb ba ban bar bat-smg bbc
    bcl bdr be be-tarask be-x-old bew bg bh bi bjn blk bm bn bo bpy br bs btm bug bxr ca cbk-zam cdo ce ceb ch cho chr chy ckb
    co cr crh cs csb cu cv cy da dag de dga din diq dk dsb dtp dty dv dz ee el eml en eo es et eu ext fa fat ff fi fiu-vro fj
    fo fon fr frp frr fur fy ga gag gan gcr gd gl glk gn gom gor got gpe gsw gu guc gur guw gv ha hak haw he hi hif ho hr hsb
    ht hu hy hyw hz ia iba id ie ig igl ii ik ilo inh io is it iu ja jam jbo jv ka kaa kab kbd kbp kcg kg kge ki kj kk kl km
    kn knc ko koi kr krc ks ksh ku kus kv kw ky la lad lb lbe lez lfn lg li lij lld lmo ln lo lrc lt ltg lv lzh mad mai
    map-bms mdf mg mh mhr mi min mk ml mn mni mnw mo mr mrj ms mt mus mwl my myv mzn na nah nan nap nb nds nds-nl ne new ng
    nia nl nn no nov nqo nr nrm nso nup nv ny oc olo om or os pa pag pam pap pcd pcm pdc pfl pi pih pl pms pnb pnt ps pt pwn
    qu rm rmy rn ro roa-rup roa-tara rsk ru rue rup rw sa sah sat sc scn sco sd se sg sgs sh shi shn si simple sk skr sl sm smn
    sn so sq sr srn ss st stq su sv sw syl szl szy ta tay tcy tdd te tet tg th ti tig tk tl tly tn to tpi tr trv ts tt tum tw
    ty tyv udm ug uk ur uz ve vec vep vi vls vo vro wa war wo wuu xal xh xmf yi yo yue za zea zgh zh zh-classical zh-cn
    zh-min-nan zh-tw zh-yue zu
"""
_LANGUAGES = frozenset(_EDITIONS.split())
"""Prefixes of Wikipedia's editions. A link to one stands in a list beside the page, not in its text. What is used elsewhere,
`[a-z-]*:` of wikifil.pl (mattmahoney.net/dc/textdata), drops links that are shown as well: wikt:, doi:, mw:. Not `mos`, which the
English edition has for its manual of style."""
_TAGS = {"*": ("ul", "li"), "#": ("ol", "li"), ":": ("dl", "dd"), ";": ("dl", "dt")}
DEEPEST_LIST = 20
"""Lists in each other that are told apart."""
ASIDE = "aside"
"""Class of what is no text of a page: templates, and notes."""
_PASSES = 3
"""How often links are looked for: those in the caption of a picture first, then the picture."""


@dataclass(frozen=True, slots=True)
class Wiki:
    """What an export says of its wiki."""

    path: str = ""
    """What stands before the title in a page's address; empty: unknown."""
    language: str = ""
    files: frozenset[str] = frozenset({"file", "image"})
    """Names of the namespace of pictures, lower case."""
    categories: frozenset[str] = frozenset({"category"})

    def url(self, title: str) -> str:
        """Return the address of a page.

        >>> Wiki("https://en.example/wiki/").url("Heavy rain")
        'https://en.example/wiki/Heavy_rain'
        """
        return self.path + quote(title.strip().replace(" ", "_"), safe="/:()!*,;@$~#-._")


def page_of(title: str, source: str, wiki: Wiki) -> tuple[str, list[str]]:
    """Return a page of a wiki as HTML, and the names of its categories. Never fails: what is broken stays as it is written.

    >>> page_of("Rain", "== Why ==\\n* '''Wet''' [[air|airs]] {{x}}[[Category:Water]]", Wiki())[0].partition("</h1>")[2]
    '<div><h2>Why</h2>\\n<ul><li><b>Wet</b> <a href="air">airs</a> {{x}}</li></ul>\\n</div></article></body></html>'
    """
    text = _Text(wiki)
    content = text.converted(source)
    lang = f' lang="{escape(wiki.language)}"' if wiki.language else ""
    name = escape(title)
    return (
        f"<html{lang}><head><title>{name}</title></head><body><article><h1 class='title'>{name}</h1><div>{content}</div></article></body></html>",
        list(dict.fromkeys(text.categories)),
    )


class _Text:
    """A page that is being converted: what is taken out of it, to be put back at the end."""

    def __init__(self, wiki: Wiki) -> None:
        self._wiki = wiki
        self._kept: list[tuple[str, str]] = []
        """(as it is written, as HTML) of what stands in the text as its number between NULs."""
        self._notes: list[str] = []
        self._numbers: dict[str, int] = {}
        self.categories: list[str] = []

    def converted(self, source: str) -> str:
        text = _KEPT.sub(self._keep_raw, source.replace("\0", "\ufffd"))
        text = self._without_templates(text)
        text = self._without_notes(text)
        body = "\n".join(self._blocks(text.split("\n")))
        notes = "".join(f"<li>{self._inline(note)}</li>" for note in self._notes)
        return self._as_html(f'{body}\n<ol class="{ASIDE}">{notes}</ol>' if notes else f"{body}\n")

    def _keep(self, written: str, html: str) -> str:
        self._kept.append((written, html))
        return f"\0{len(self._kept) - 1}\0"

    def _as_html(self, text: str) -> str:
        return _MARK.sub(lambda mark: self._kept[int(mark[1])][1], text)

    def _as_written(self, text: str) -> str:
        return _MARK.sub(lambda mark: self._kept[int(mark[1])][0], text)

    def _keep_raw(self, match: "re.Match[str]") -> str:
        tag, held = (match["tag"] or "").lower(), match["held"]
        if not tag:
            return self._keep(match[0], "")
        if tag == "nowiki":
            return self._keep(match[0], escape(held or "", quote=False))
        if tag in ("math", "chem"):
            return self._keep(match[0], f"<code>{escape(held or '', quote=False)}</code>")
        shown = held if tag in ("pre", "syntaxhighlight", "source") else match[0]
        return self._keep(match[0], f"<pre>{escape(shown or '', quote=False)}</pre>")

    def _without_templates(self, text: str) -> str:
        parts, at = [], 0
        for start, end in _outermost(text):
            written = self._as_written(text[start:end])
            html = escape(written, quote=False)
            is_alone = text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
            parts += [text[at:start], self._keep(written, f'<pre class="{ASIDE}">{html}</pre>' if is_alone else html)]
            at = end
        return "".join((*parts, text[at:]))

    def _without_notes(self, text: str) -> str:
        parts, at = [], 0
        opened: re.Match[str] | None = None
        for tag in _NOTE.finditer(text):
            named = tag["named"] or ""
            if tag["close"] or (named.endswith("/") and opened is None):
                first, held = (opened, text[opened.end() : tag.start()]) if opened else (tag, "")
                written = text[first.start() : tag.end()]
                parts += [text[at : first.start()], self._note(written, first["named"] or "", held.strip())]
                at, opened = tag.end(), None
            elif not named.endswith("/"):
                opened = tag
        return "".join((*parts, text[at:]))

    def _note(self, written: str, attributes: str, held: str) -> str:
        """What stands in the text for a note; those of one name are one."""
        named = _NAME.search(attributes)
        name = next(filter(None, named.groups()), "") if named else ""
        number = self._numbers.get(name, len(self._notes) + 1)
        if number > len(self._notes):
            self._notes.append("")
        if name:
            self._numbers[name] = number
        self._notes[number - 1] = self._notes[number - 1] or held
        return self._keep(written, f"<sup>[{number}]</sup>")

    def _blocks(self, lines: Sequence[str]) -> Iterator[str]:
        """Yield the blocks that lines are, as HTML with what is kept still out of it."""
        paragraph: list[str] = []
        at = 0
        while at < len(lines):
            line = lines[at]
            made, behind = self._block(lines, at)
            if made or not line.strip():
                if paragraph:
                    yield f"<p>{self._inline(chr(10).join(paragraph))}</p>"
                paragraph = []
                yield from filter(None, (made,))
            else:
                paragraph.append(line)
            at = behind
        if paragraph:
            yield f"<p>{self._inline(chr(10).join(paragraph))}</p>"

    def _block(self, lines: Sequence[str], at: int) -> tuple[str, int]:
        """The block that starts at a line and is no paragraph, and the line behind it; empty: it is none."""
        line = lines[at]
        bare = line.strip()
        if bare.startswith("="):
            level = min(len(bare) - len(bare.lstrip("=")), len(bare) - len(bare.rstrip("=")), 6, (len(bare) - 1) // 2)
            if level > 0:
                return f"<h{level}>{self._inline(bare[level:-level].strip())}</h{level}>", at + 1
        if line.startswith("----"):
            return "<hr>", at + 1
        if bare.lstrip(":").startswith("{|"):
            return self._table(lines, at)
        if line[:1] in _TAGS:
            end = _behind(lines, at, tuple(_TAGS))
            return self._lists(lines[at:end]), end
        if line[:1] == " " and bare:
            end = _behind(lines, at, (" ",))
            return f"<pre>{self._inline(chr(10).join(each[1:] for each in lines[at:end]))}</pre>", end
        mark = _MARK.fullmatch(bare)
        if mark and self._kept[int(mark[1])][1].startswith("<pre"):
            return bare, at + 1
        return "", at + 1

    def _lists(self, lines: Sequence[str]) -> str:
        parts: list[str] = []
        before = ""
        for line in lines:
            match = _LIST.match(line)
            signs = match[0][:DEEPEST_LIST] if match else ""
            content = line[match.end() :].strip() if match else line
            same = 0
            while same < min(len(before), len(signs)) and _TAGS[before[same]][0] == _TAGS[signs[same]][0]:
                same += 1
            parts += [f"</{_TAGS[sign][1]}></{_TAGS[sign][0]}>" for sign in reversed(before[same:])]
            if same == len(signs):
                parts.append(f"</{_TAGS[before[same - 1]][1]}><{_TAGS[signs[-1]][1]}>")
            parts += [f"<{_TAGS[sign][0]}><{_TAGS[sign][1]}>" for sign in signs[same:]]
            term, colon, meaning = content.partition(" : ") if signs[-1:] == ";" else (content, "", "")
            parts.append(self._inline(term))
            before = signs
            if colon:
                parts.append(f"</dt><dd>{self._inline(meaning)}")
                before = f"{signs[:-1]}:"
        return "".join((*parts, *(f"</{_TAGS[sign][1]}></{_TAGS[sign][0]}>" for sign in reversed(before))))

    def _table(self, lines: Sequence[str], at: int) -> tuple[str, int]:
        end = at + 1
        while end < len(lines) and not lines[end].lstrip().startswith(("|}", "{|")):
            end += 1
        is_whole = end < len(lines) and lines[end].lstrip().startswith("|}")
        rows = _rows(lines[at + 1 : end]) if is_whole else None
        if rows is None:
            held = self._as_written("\n".join(lines[at : end + is_whole]))
            return self._keep(held, f'<pre class="{ASIDE}">{escape(held, quote=False)}</pre>'), end + is_whole
        behind = lines[end].lstrip()[2:]
        cells = ("".join(f"<{tag}{spans}>{self._cell(content)}</{tag}>" for tag, spans, content in row) for row in rows)
        made = "".join(row if row.startswith("<caption") else f"<tr>{row}</tr>" for row in cells if row)
        return f"<table>{made}</table>{self._inline(behind)}", end + 1

    def _cell(self, content: str) -> str:
        lines = content.strip().split("\n")
        return self._inline(lines[0]) if len(lines) == 1 else "".join(self._blocks(lines))

    def _inline(self, text: str) -> str:
        text = _UNSHOWN.sub("", _NO_TAG.sub("&lt;", text))
        text = _PLAIN_VARIANT.sub(r"\1", text)
        text = _OUTWARD.sub(self._outward, text)
        for _ in range(_PASSES):
            text, count = _INWARD.subn(self._inward, text)
            if not count:
                break
        return "\n".join(map(_emphasised, text.split("\n"))) if "''" in text else text

    def _outward(self, match: "re.Match[str]") -> str:
        address = match[1] or match[3]
        behind = ""
        if match[3]:
            address, behind = address.rstrip(".,;:!?'"), address[len(address.rstrip(".,;:!?'")) :]
        return f"{self._keep(match[0], self._opening(address))}{match[2] or address}</a>{behind}"

    def _inward(self, match: "re.Match[str]") -> str:
        target, label, trail = self._as_written(match[1]).strip(), match[2], match[3]
        space, colon, name = target.partition(":")
        kind = space.strip().lower() if colon else ""
        if kind in self._wiki.categories:
            self.categories.append(name.strip())
            return trail
        if kind in self._wiki.files:
            caption = (label or "").rpartition("|")[2].strip()
            is_one = caption and not _OPTION.match(caption)
            return (f"<figure><figcaption>{caption}</figcaption></figure>" if is_one else "") + trail
        if kind in _LANGUAGES and kind != self._wiki.language:
            return trail
        target = target.removeprefix(":")
        return f"{self._keep(match[0], self._opening(self._wiki.url(target)))}{label or target}{trail}</a>"

    def _opening(self, address: str) -> str:
        return f'<a href="{escape(address)}">'


def _outermost(text: str) -> Iterator[tuple[int, int]]:
    """Where the templates stand that are in no other; braces without their counterpart are text."""
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for brace in _BRACES.finditer(text):
        if brace[0] == "{{":
            opened.append(brace.start())
        elif opened:
            start = opened.pop()
            while pairs and pairs[-1][0] > start:
                pairs.pop()
            pairs.append((start, brace.end()))
    return iter(pairs)


def _behind(lines: Sequence[str], at: int, starts: tuple[str, ...]) -> int:
    while at < len(lines) and lines[at].startswith(starts) and lines[at].strip():
        at += 1
    return at


_Cell = tuple[str, str, str]
"""(name of the element, its spans, content)"""


def _rows(lines: Sequence[str]) -> list[list[_Cell]] | None:
    """The rows of a table; None: something stands in it that is no cell."""
    rows: list[list[_Cell]] = [[]]
    for line in lines:
        bare = line.strip()
        if bare.startswith("|-"):
            rows.append([])
        elif bare.startswith("|+"):
            rows += [[_cell("caption", bare[2:])], []]
        elif bare.startswith("!"):
            rows[-1] += [_cell("th", part) for part in bare[1:].replace("!!", "||").split("||")]
        elif bare.startswith("|"):
            rows[-1] += [_cell("td", part) for part in bare[1:].split("||")]
        elif rows[-1]:
            tag, spans, content = rows[-1][-1]
            rows[-1][-1] = tag, spans, f"{content}\n{line}"
        elif bare:
            return None
    return rows


def _cell(tag: str, written: str) -> _Cell:
    attributes, bar, content = written.partition("|")
    if not bar or "[[" in attributes:
        return tag, "", written.strip()
    return tag, "".join(f' {name}="{number}"' for name, number in _SPAN.findall(attributes)), content.strip()


def _emphasised(line: str) -> str:
    """A line with elements for runs of apostrophes, as MediaWiki reads them.

    >>> _emphasised("'''Wet''' and ''cold''"), _emphasised("l'''eau''"), _emphasised("'''''x'' y'''")
    ('<b>Wet</b> and <i>cold</i>', "l'<i>eau</i>", '<b><i>x</i> y</b>')
    """
    parts = _QUOTES.split(line)
    for at in range(1, len(parts), 2):
        size = len(parts[at])
        literal = 1 if size == 4 else max(0, size - 5)
        parts[at - 1], parts[at] = parts[at - 1] + "'" * literal, parts[at][literal:]
    sizes = [len(run) for run in parts[1::2]]
    if all(sum(size in (kind, 5) for size in sizes) % 2 for kind in (2, 3)):
        _unbold(parts, sizes)
    return "".join(_with_elements(parts))


def _unbold(parts: list[str], sizes: Sequence[int]) -> None:
    """Of one bold too many, an apostrophe belongs to the word before it: a single letter, else any, else none."""

    def rank(at: int) -> int:
        before = parts[at - 1]
        return 2 if before[-1:] in ("", " ") else before[-2:-1] not in ("", " ")

    bold = [2 * number + 1 for number, size in enumerate(sizes) if size == 3]
    if bold:
        at = min(bold, key=rank)
        parts[at - 1], parts[at] = parts[at - 1] + "'", "''"


def _with_elements(parts: Sequence[str]) -> Iterator[str]:
    opened: list[str] = []
    for number, part in enumerate(parts):
        if number % 2 == 0:
            yield part
            continue
        wanted = {2: "i", 3: "b", 5: "bi"}[len(part)]
        for tag in sorted(wanted, key=lambda tag: -opened.index(tag) if tag in opened else 1):
            if tag not in opened:
                opened.append(tag)
                yield f"<{tag}>"
                continue
            at = opened.index(tag)
            yield "".join(f"</{each}>" for each in reversed(opened[at:]))
            del opened[at]
            yield "".join(f"<{each}>" for each in opened[at:])
    yield "".join(f"</{each}>" for each in reversed(opened))
