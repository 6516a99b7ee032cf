"""What a page states about itself, where each statement stands, and what contradicts it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from tui.core.model import BODY_KINDS, Headline
from tui.core.patterns import lazy
from tui.text.markup.paragraphs import Paragraph
from tui.text.markup.statements import Statements
from tui.text.structure.headlines import count_comments
from tui.text.structure.plaintext import is_dated
from tui.text.words import dates, language
from tui.text.words.people import is_full_name, is_told_alone, names, without_others, without_place
from tui.text.words.phrases import (
    AUTHOR,
    BY,
    CREDITS,
    CRUMBS,
    DATED,
    DATELINE,
    DESK,
    EDITOR,
    ENTRY,
    FROM_PLACE,
    HOME,
    KOREAN_REPORTER,
    LABELLED,
    LEAF,
    ORIGINAL_TITLE,
    REPORTER,
    SECTION,
    SIGNED,
    SOURCE,
    WEEKDAY,
    WIRE_PLACE,
    has_menu_word,
    has_notice,
)

_HOUSE = lazy(r"[\u3400-\u9fffA-Za-z]{0,4}[\u3400-\u9fff]{2,10}(?:\[\S{1,4}\])?")
_RESPONSIBLE = ("责任", "責任", "责编", "責編")
"""Labels of the editor who answers for a page, beside others who worked on it."""
_ANYWHERE = frozenset({"网络", "互联网", "網路", "網絡", "网络整理", "綜合", "综合", "图片"})
"""What stands for a source and names none."""
_BULLETS = " /|•·*»>–—-"
"""Signs in front of a byline."""
_WHERE = lazy(r"\s(?:in|at|on|from)\s(?=[A-Z\d])")
"""Behind a name in a byline: in which place or section."""
_SIGNED = lazy(r"(?P<names>[A-Z\u00c0-\u00de][\w.'’-]+(?:\s[A-Z\u00c0-\u00de][\w.'’-]+){1,3})\s{0,3}[|·•]\s?")
"""A name in front of a date, as Western pages put it."""
_SENT_FROM = lazy(r"[A-ZÀ-Þ][A-ZÀ-Þ.' -]{2,30}(?:,\s[A-Z][A-Za-z. ]{1,30}){0,2}(?:,|\s?[-–—]{1,2}|\s)\s?\(?")
"""The places in front of the day that an agency's article opens with."""
_GOES_ON = lazy(r"\)?\s?(?:[-–—]|/[A-Z]|\([A-Z])")
"""What stands behind it."""
_DASH = lazy(r"\s[-–—]\s")
_TOLD = 4
"""Letters of the first name that a byline begins with."""
_LED = 8
"""Lines from the start of the body on among which a byline may stand."""
_OPENING = 3
"""Lines from the start of the body on among which a standfirst may be."""
_MAX_FACT = 30.0
"""Size of a line up to which it may be a label and what it names."""
_MAX_JUDGED = 2_000
"""Code points of a body by which its language is judged."""
_MAX_LABELLED = 120
"""Code points of a line that a label begins."""
_AT_ONCE, _MAX_OPENING = 8, 40
"""Code points in front of the day that an article opens with, and up to the end of it."""
_MOST_SOURCES = 2
"""Houses that labels may name; more are those of pictures and tables."""
_EDITS = 9
"""Rank of an author whom the page calls its editor."""
_EDGE = 80
"""Code points of a paragraph's start and end that may name who reports."""
_NEAR = 12
"""Lines above and below the body that may speak of it."""


def from_text(
    statements: Statements, paragraphs: Sequence[Paragraph], headlines: Sequence[Headline], fetched: str | None = None
) -> None:
    """Add what the page's own words say in the body's neighbourhood.

    >>> from tui.core.page import Line
    >>> from tui.text.markup.paragraphs import read
    >>> statements = Statements()
    >>> from_text(statements, read("來源:山城日報 2024-05-02", [Line(0, 18)]), [])
    >>> {key: field.value for key, field in statements.fields().items()}
    {'source': '山城日報', 'date': '2024-05-02'}
    """
    body = [place for place, paragraph in enumerate(paragraphs) if paragraph.kind in BODY_KINDS]
    first, last = (body[0], body[-1]) if body else (min(len(paragraphs), _NEAR), min(len(paragraphs), _NEAR) - 1)
    above, below = paragraphs[max(0, first - _NEAR) : first], paragraphs[last + 1 : last + 1 + _NEAR]
    inside = [p for p in paragraphs[first : last + 1] if p.kind == "byline"]
    # A standfirst is body, and what names people and day stands below it.
    opening = [p for p in paragraphs[first : first + _OPENING] if p.kind == "boiler"] if body else []
    spoken = [p for p in [*inside, *opening, *above, *below] if p.kind not in ("headline", "title")]
    for paragraph in spoken:
        _from_line(statements, paragraph)
    statements.doubt_all("source", "text: label", _MOST_SOURCES)
    _from_led(statements, [p for p in paragraphs[first : first + _LED] if p.kind in BODY_KINDS], paragraphs)
    for paragraph in spoken:
        is_last = CREDITS.match(paragraph.text) is not None
        if is_last or paragraph.start <= paragraphs[last].start:
            _from_weak_label(statements, paragraph, paragraphs, rank=8 if is_last else 6)
    edges = [*paragraphs[first : first + 2], *paragraphs[max(first, last - 1) : last + 1]]
    for paragraph in edges if body else ():
        _from_edge(statements, paragraph.text)
    _from_entry(statements, [*edges[-1:], *below])
    _date(statements, [p for p in above if p.kind != "headline"], "text: line above the body", fetched, 6)
    _date(statements, filter(is_dated, opening), "text: line below the standfirst", fetched, 6)
    _date(statements, [p for p in [*inside, *below] if p.kind == "byline"], "text: line below the body", fetched, 6)
    for paragraph in reversed(above):
        if not statements.has("source") and paragraph.kind != "headline":
            house = _beside_date(paragraph)
            is_writer = house in {
                name for people, _origin in statements.values("author") for name in people.split(", ")
            }
            statements.add("source", None if is_writer else house, "text: beside the date", "probable", rank=8)
    for paragraph in [*above, *below]:
        if paragraph.size < 40 and paragraph.kind in ("boiler", "byline"):
            statements.add("comments", count_comments(paragraph.text), "text: label")
    for paragraph in above:
        statements.add("section", _section(paragraph), "text: path of the page", "probable", rank=6)
    if body and (match := WIRE_PLACE.search(paragraphs[first].text[:80])):
        statements.add("place", match["place"] or match["city"].strip(" -").title(), "text: dateline", "probable")
        statements.add("source", match["house"] or match["agency"], "text: dateline", "probable", rank=8)
    _from_labels(statements, paragraphs[last + 1 + _NEAR :], fetched)
    # Some systems state who edits a page as its author; a label that calls them so says better.
    editors = {
        name for people, origin in statements.values("editor") if origin == "text: label" for name in people.split(", ")
    }
    statements.lower(
        "author",
        _EDITS,
        lambda stated: stated.origin.startswith(("json-ld", "meta")) and editors.issuperset(stated.value),
    )
    if not statements.has("date") and body:
        _dateline(statements, [paragraphs[place].text for place in body[:2]], headlines, fetched)


def _from_line(statements: Statements, paragraph: Paragraph) -> None:
    text = _without_dates(paragraph)[:400]
    if match := ORIGINAL_TITLE.search(text):
        statements.add("original_title", match["title"].strip(" )）】]"), "text: label")
        return
    if match := EDITOR.search(text):
        is_responsible = match[0].startswith(_RESPONSIBLE)
        statements.add("editor", names(_up_to_label(match["names"])), "text: label", rank=3 if is_responsible else 4)
    if match := SOURCE.search(text):
        statements.add("source", _source(match["name"]), "text: label")
    if match := REPORTER.search(text):
        statements.add("author", names(match["names"]), "text: byline")
        statements.add("source", match["house"].strip(), "text: byline", rank=5)
    elif people := [*_labelled(text)]:
        statements.add("author", list(dict.fromkeys(people)), "text: label")
    elif match := FROM_PLACE.search(text) or (DESK.match(text.strip()) if paragraph.size < _MAX_FACT else None):
        _add_reporters(statements, match, "text: byline")
    elif len(text) < 100 and (match := BY.search(without_others(text.lstrip(_BULLETS)))):
        who = _name_in(_before_label(match))
        people = names(who)
        # What follows the word is who wrote, not what somebody does: by clicking you accept our Terms and Conditions.
        is_said = people and "".join(who.split()).startswith("".join(people[0].split())[:_TOLD])
        statements.add("author", people if is_said else [], "text: byline", "probable", rank=5)
    elif paragraph.size < 30 and (match := _SIGNED.match(paragraph.text)) and paragraph.dates():
        statements.add("author", names(match["names"]), "text: beside the date", "probable", rank=7)
    elif len(text) < 40 and (match := KOREAN_REPORTER.search(text)):
        statements.add("author", [match["names"]], "text: byline")


def _labelled(text: str) -> Iterator[str]:
    """Whom labels name that stand in a line, one behind the other: reporters, and who writes to the paper."""
    at = 0
    while match := AUTHOR.search(text, at):
        people = match["korean"] or _up_to_label(_before_label(match))
        yield from names(people)
        at = match.end() if match["korean"] else match.start("names") + len(people)


def _add_reporters(statements: Statements, match: re.Match[str], origin: str) -> None:
    told = match.groupdict()
    statements.add("author", names(told["names"] or told["wired"]), origin)
    statements.add("source", told.get("house"), origin, "probable", rank=7)


def _before_label(match: re.Match[str]) -> str:
    """Whom a label names, without the next label where that follows: `Author: Ann Lee Photo:`."""
    people = match["names"]
    if match.string[match.end("names") :].lstrip()[:1] not in (":", "：") or not people.strip():
        return people
    return people.rstrip().rpartition(" ")[0] or people


def _from_led(statements: Statements, led: Sequence[Paragraph], paragraphs: Sequence[Paragraph]) -> None:
    """Who wrote, as a line says that stands among the first ones of the body: a person's full name, and who that is."""
    for paragraph in led:
        text = _without_dates(paragraph)[:_MAX_LABELLED].lstrip(_BULLETS)
        match = BY.match(text)
        people = names(_name_in(match["names"])) if match else []
        if all(map(is_told_alone, people)):
            statements.add("author", people, "text: byline in the body", "probable", rank=6)
        if match is None:
            _from_weak_label(statements, paragraph, paragraphs, rank=7)


def _name_in(text: str) -> str:
    """What of a byline names people: what stands behind a date is no name, but its time zone, or the next button."""
    who = _DASH.split(text.split("  ")[0], maxsplit=1)[0]
    return without_place(_WHERE.split(without_others(who), maxsplit=1)[0])


def _from_weak_label(statements: Statements, paragraph: Paragraph, paragraphs: Sequence[Paragraph], rank: int) -> None:
    """Who wrote, behind a label that other things have too: nothing but full names stands there."""
    text = _without_dates(paragraph)[:_MAX_LABELLED]
    match = LABELLED.match(text)
    if match is None:
        return
    people = names(_name_in(match["names"]))
    if all(map(is_full_name, people)) and (not match["dutch"] or _is_dutch(paragraphs)):
        statements.add("author", people, "text: label", "probable", rank=rank)


def _is_dutch(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a page's body is in Dutch, where a door is none."""
    return language.judge("\n".join(p.text for p in paragraphs if p.kind in BODY_KINDS)[:_MAX_JUDGED])[0] == "nl"


def _from_labels(statements: Statements, paragraphs: Sequence[Paragraph], fetched: str | None) -> None:
    """What stands behind a label far below the body, as in a box of facts about the article."""
    for paragraph in paragraphs:
        if paragraph.size > _MAX_FACT or paragraph.kind not in ("boiler", "byline"):
            continue
        if match := DATED.match(paragraph.text):
            days = dates.find(paragraph.text[match.end() : match.end() + 60], fetched)
            if days and days[0].start < 3:
                statements.add("date", days[0].iso, "text: label below the body", "probable", rank=7)
        elif match := SIGNED.match(paragraph.text):
            statements.add("author", names(match["names"]), "text: label below the body", "probable", rank=7)


def _without_dates(paragraph: Paragraph) -> str:
    """The line with two spaces for each date and the day of the week before it, so that a name before it ends there."""
    parts, at = [], 0
    for day in paragraph.dates():
        parts.append(WEEKDAY.sub("", paragraph.text[at : day.start]))
        at = day.end
    return "  ".join([*parts, paragraph.text[at:]])


_NEXT_LABEL = lazy(
    r"\s(?:校对|校對|来源|來源|时间|時間|作者|编辑|編輯|责任编辑|责编|审核|監製|监制|阅读|浏览|点击|发布|字号|字體|分享|评论|原标题|写真|撮影|图|圖|摄影|攝影|出版|公開|投稿|掲載|승인|입력)|\s\d"
)


def _up_to_label(text: str) -> str:
    match = _NEXT_LABEL.search(text)
    return text[: match.start()] if match else text


def _source(text: str) -> str:
    """The name at the start of what follows a label; names in wide scripts hold no space."""
    name = re.split(
        r"\s{2,}|[,，;；]|\s(?=\S{1,6}[:：])|\s\d|(?<=[^\W\d_]{4})\.\s(?=[A-ZÀ-Þ])", _up_to_label(text).strip()
    )[0].strip(" .。")[:60]
    name = name.split()[0] if name[:1] >= "\u3040" else name
    return "" if name in _ANYWHERE else name


def _from_edge(statements: Statements, text: str) -> None:
    """First and last paragraphs often name house and reporter in brackets."""
    for match in REPORTER.finditer(text[:_EDGE] + "\n" + text[-_EDGE:]):
        statements.add("author", names(match["names"]), "text: byline in the body", rank=5)
        statements.add("source", match["house"].strip(), "text: byline in the body", "probable", rank=7)
    if reporter := FROM_PLACE.search(text[:_EDGE]) or FROM_PLACE.search(text[-_EDGE:]):
        _add_reporters(statements, reporter, "text: byline in the body")


def _from_entry(statements: Statements, last: Sequence[Paragraph]) -> None:
    """The day that a blog's last line gives: This entry was posted on Thursday."""
    for paragraph in last:
        if (match := ENTRY.match(paragraph.text)) and (day := dates.first(paragraph.text[match.end() :])):
            statements.add("date", day.iso, "text: line below the body", "probable", rank=6)


def _date(statements: Statements, paragraphs: Iterable[Paragraph], origin: str, fetched: str | None, rank: int) -> None:
    for paragraph in paragraphs:
        if paragraph.size > 80:
            continue
        for day in dates.find(paragraph.text, fetched):
            statements.add("date", day.iso, origin, "certain" if day.is_sure else "probable", rank=rank)


def _section(paragraph: Paragraph) -> str | None:
    """The last name of a line such as `Home > Weather > Storms > Article`."""
    parts = [part.strip() for part in CRUMBS.split(paragraph.text[:200])] if paragraph.size < 60 else []
    if len(parts) < 2 or (parts[0].lower() not in HOME and paragraph.text.count(">") < 2):
        return None
    named = [part for part in parts[1:] if part and part not in LEAF and len(part) <= 20]
    return named[-1] if named else None


def _beside_date(paragraph: Paragraph) -> str | None:
    """The name of a house that stands alone before or behind the date, as Chinese pages put it."""
    days = paragraph.dates() if paragraph.size < 30 else []
    if not days or days[0].iso is None:
        return None
    before, behind = paragraph.text[: days[0].start].split(), paragraph.text[days[0].end :].split()
    for word in [*reversed(before[-1:]), *behind[:1]]:
        if _HOUSE.fullmatch(word) and not (has_notice(word) or has_menu_word(word) or SECTION.fullmatch(word)):
            return word
    return None


def _opens(text: str, day: dates.DateMatch) -> bool:
    """Whether a text opens with a day: at once, or behind the places that it was sent from."""
    before = text[: day.start]
    return (day.start < _AT_ONCE and day.end <= _MAX_OPENING) or (
        _SENT_FROM.fullmatch(before) is not None and _GOES_ON.match(text, day.end) is not None
    )


def _dateline(statements: Statements, texts: Sequence[str], headlines: Sequence[Headline], fetched: str | None) -> None:
    """The day that the article opens with; without a year it takes that of the list's item nearest to it, or of fetching."""
    for text in texts:
        opening = dates.find(text[:120])
        if opening and opening[0].iso and _opens(text, opening[0]):
            statements.add("date", opening[0].iso, "text: dateline", "probable")
            return
    match = next((match for text in texts if (match := DATELINE.search(text[:120]))), None)
    if match is None:
        return
    month, day = int(match["month"]), int(match["day"])
    listed = sorted({headline.date[:10] for headline in headlines if headline.date})
    years = [value for value in listed if value[5:] >= f"{month:02}-{day:02}"] or listed
    origin = "text: dateline, year from the list below" if years else "text: dateline, year from the time of fetching"
    year = years[0][:4] if years else (fetched or "")[:4]
    if year.isdigit() and (value := dates.iso(f"{year}-{month}-{day}")):
        statements.add("date", value, origin, "probable")
