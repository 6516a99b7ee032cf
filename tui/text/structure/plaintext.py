"""Structure of bare text: a scrape whose HTML is gone. Only the shapes of lines tell article from furniture."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from operator import sub

from tui.core.model import BlockKind
from tui.text.markup.paragraphs import Paragraph
from tui.text.structure.doubt import Verdict
from tui.text.structure.scores import BARE, Traits, score
from tui.text.words.phrases import (
    AUTHOR,
    BY,
    COMMENTS,
    CREDITS,
    EDITOR,
    END_OF_ARTICLE,
    KOREAN_REPORTER,
    ORIGINAL_TITLE,
    REPORTER,
    SOURCE,
)

NAMES = (
    "weight", "before", "after", "second_before", "second_after", "most_around", "five_before", "five_after", "twenty_around",
    "code_points", "spaces", "stops", "is_closed", "is_bullet", "is_furniture", "copies", "in_run", "from_start", "from_end",
    "ends_before", "gap_before", "gap_after", "position",
)  # fmt: skip
"""What the numbers of a row stand for, in order; weights are those of `weigh`, distances and gaps are in lines."""
_FAR = 40.0
"""What a neighbour weighs where there is none, below zero; and the greatest distance that is told apart."""

_NEAR = 12
"""Lines above and below the body among which bylines are looked for."""
_MAX_ABOVE = 40
"""Lines above the body among which the title is looked for."""
_MAX_TITLE = 50.0
"""Size up to which the first line of a body may be its title."""
_MAX_CREDITS = 100.0
"""Size of a line up to which it may be an agency's credits."""
_RUNNING = 25.0
"""Weight from which on a line among the first ones is part of the body."""
_PATH = re.compile(r" [|>»/] ")
_DATED = 0.2
"""What a line of date and names below it adds to a title's points."""
_WEAK = 1.0
"""Sum of the scores of a run, in log odds, up to which it is left out where it stands alone."""
_APART = 2
"""Lines of furniture on both sides from which on a run stands alone; the page's ends are as good."""
_SMALL = 0.1
"""Share of all that speaks for lines of the page below which a run is small."""
_DIGIT = re.compile(r"\d")
_HINT = re.compile(
    r"[编編责責편源稿处處自典提출作撰记記文執取기글原dDuU](?:(?<=[^dDuU])|(?<=[Ee][Dd])[Ii][Tt]|(?<=[Ss][Oo][Uu])[Rr][Cc][Ee])"
)
"""What every label of people and sources holds, or what begins as `_OPENS` does; most lines don't."""
_OPENS = re.compile(r"by|von|par|por|di|av|oleh|автор", re.IGNORECASE)
_LONG_WORD = re.compile(r"[^\W\d_\u2e80-\uffff]{4,}")
_LABEL = re.compile(
    r"^[\s\-•·|【\[（(]{0,4}(?:发布|發布|更新|发表|时间|時間|日期|Published|Updated|Posted|投稿|掲載|입력|수정)",
    re.IGNORECASE,
)


def body(paragraphs: Sequence[Paragraph]) -> Verdict:
    """Claim the lines of the article as body, and those that name people and sources near it as bylines.

    >>> from tui.core.page import Line
    >>> from tui.text.markup.paragraphs import read
    >>> lines = read("Home\\nIt rained all day, and nobody went out.\\nEditor: Ann Lee", [Line(0, 4), Line(5, 44), Line(45, 60)])
    >>> body(lines).claims
    {1: 'body', 2: 'byline'}
    """
    weights = [weigh(paragraph) for paragraph in paragraphs]
    run = densest(weights)
    points = score(rows(paragraphs, weights, run), BARE)
    chosen = [number for number, is_body in enumerate(without_strays(points)) if is_body]
    claims: dict[int, BlockKind] = dict.fromkeys(chosen or range(*run), "body")
    first, last = (chosen[0], chosen[-1] + 1) if chosen else run
    dense = [number for number in range(*run) if weights[number] > 0]
    return Verdict(claims | bylines(paragraphs, first, last), points, dense)


def rows(paragraphs: Sequence[Paragraph], weights: Sequence[float], run: tuple[int, int]) -> list[Traits]:
    """Return one row of numbers for each line, in the order of `NAMES`; `run` is the densest run of the weights.

    >>> from tui.core.page import Line
    >>> from tui.text.markup.paragraphs import read
    >>> row = rows(read("It rained all day.", [Line(0, 18)]), [9.0], (0, 1))[0]
    >>> row[NAMES.index("weight")], row[NAMES.index("in_run")], row[NAMES.index("from_start")]
    (9.0, 1.0, 0.0)
    """
    return list(zip(*_columns(paragraphs, weights, run), strict=True))


def _columns(
    paragraphs: Sequence[Paragraph], weights: Sequence[float], run: tuple[int, int]
) -> Iterator[Sequence[float]]:
    """The same column by column, which takes a third of the time."""
    first, last = run
    number = len(paragraphs)
    padded = [-_FAR] * 3 + list(weights) + [-_FAR] * 3
    around = [padded[at : at + number] for at in range(7)]
    sums = [0.0, *accumulate(max(weight, 0.0) for weight in weights)]
    texts = [line.text for line in paragraphs]
    copies = Counter(texts)
    ends = [0, *accumulate(END_OF_ARTICLE.match(text) is not None for text in texts)]
    before_run = ends[min(first, number)]
    yield from (
        weights, around[2], around[4], around[1], around[5],
        list(map(max, *around[:3], *around[4:])),
        list(map(sub, sums, _shifted(sums, -5))), list(map(sub, _shifted(sums, 6), sums[1:])),
        list(map(sub, _shifted(sums, 21), _shifted(sums, -20))),
        [float(len(text)) for text in texts], [float(text.count(" ")) for text in texts],
        [line.stops / (line.size + 1.0) for line in paragraphs], [float(line.is_closed) for line in paragraphs],
        [float(line.is_bullet) for line in paragraphs], [float(line.is_furniture) for line in paragraphs],
        [float(copies[text]) for text in texts],
        [0.0] * first + [1.0] * (last - first) + [0.0] * (number - last),
        _distances(number, first), _distances(number, last - 1),
        [0.0] * min(first, number) + [float(count - before_run) for count in ends[first:number]],
        _gaps(weights), _gaps(weights[::-1])[::-1], [place / number for place in range(number)],
    )  # fmt: skip


def _shifted(sums: Sequence[float], by: int) -> list[float]:
    """For every line, the sum so many lines further on; at the edges, the first or the last."""
    number = len(sums) - 1
    if by < 0:
        return ([sums[0]] * -by + list(sums))[:number]
    return (list(sums[by:]) + [sums[-1]] * by)[:number]


def _distances(number: int, origin: int) -> list[float]:
    """For every line, how far it is from one of them, up to `_FAR`."""
    low = max(0, min(number, origin - int(_FAR)))
    high = max(low, min(number, origin + int(_FAR) + 1))
    return [-_FAR] * low + [float(place - origin) for place in range(low, high)] + [_FAR] * (number - high)


def _gaps(weights: Sequence[float]) -> list[float]:
    """For every line, how many lines before it in a row don't read like running text."""
    gaps: list[float] = []
    gap = _FAR
    for weight in weights:
        gaps.append(gap)
        gap = 0.0 if weight > 0 else min(gap + 1.0, _FAR)
    return gaps


def bylines(paragraphs: Sequence[Paragraph], first: int, last: int) -> dict[int, BlockKind]:
    """Claim the lines in a body, or a few lines above and below it, that name people and sources."""
    near = range(max(0, first - _NEAR), min(len(paragraphs), last + _NEAR))
    return {number: "byline" for number in near if is_byline(paragraphs[number])}


def weigh(paragraph: Paragraph) -> float:
    """How much a line speaks for the run it stands in: its size for sentences, negative for lists and furniture."""
    if END_OF_ARTICLE.match(paragraph.text):
        return -60.0
    if paragraph.is_furniture or is_byline(paragraph) or is_dated(paragraph):
        return -30.0
    if paragraph.is_sentence:
        return min(paragraph.size, 200.0)
    if paragraph.size >= 45:
        return paragraph.size / 2
    if paragraph.is_closed and not paragraph.is_bullet:
        return paragraph.size / 2
    return -14.0 if paragraph.is_bullet else -7.0


def is_running(paragraph: Paragraph) -> bool:
    """Say whether a line by itself is body: of some size, and no furniture."""
    return weigh(paragraph) >= _RUNNING and not paragraph.asks_consent() and not _PATH.search(paragraph.text)


def is_dated(paragraph: Paragraph) -> bool:
    """Say whether a line is a short one that is mostly a date: a row of a list, or the line under a title."""
    if paragraph.size > 40 or not _DIGIT.search(paragraph.text):
        return False
    return sum(day.end - day.start for day in paragraph.dates()) * 3 > len(paragraph.text)


def is_byline(paragraph: Paragraph) -> bool:
    """A short line that names the author, the editor, the source or the original title; found out once."""
    if paragraph.names_people is None:
        paragraph.names_people = _names_people(paragraph)
    return paragraph.names_people


def _names_people(paragraph: Paragraph) -> bool:
    if paragraph.size <= _MAX_CREDITS and CREDITS.match(paragraph.text):
        return True
    if paragraph.size > 60 or (paragraph.stops > 2 and paragraph.is_closed):
        return False
    text = paragraph.text
    if not (_HINT.search(text) or _OPENS.match(text)):
        return _LABEL.match(text) is not None
    if ORIGINAL_TITLE.search(text) or EDITOR.search(text) or _LABEL.match(text):
        return True
    if any((match := label.search(text)) and match.start() < 12 for label in (SOURCE, AUTHOR)):
        return True
    if BY.match(text) and paragraph.size < 30 and not paragraph.is_closed:
        return True
    reporter = REPORTER.search(text) or KOREAN_REPORTER.search(text)
    return reporter is not None and len(reporter[0]) * 2 > len(_without_digits(text))


def _without_digits(text: str) -> str:
    """A line without the digits and signs of its dates."""
    return re.sub(r"[\d\s.:/-]+", "", text)


def runs(weights: Sequence[float]) -> Iterator[tuple[float, int, int]]:
    """Yield sum, start and end of the runs that are dense: each ends where its sum is greatest, and goes on only if that stays above zero.

    >>> list(runs([-5, 30, -7, 40, -60, -9, 20]))
    [(63.0, 1, 4), (20.0, 6, 7)]
    """
    most, start, end = 0.0, 0, 0
    sum_here = 0.0
    for place, weight in enumerate(weights):
        if sum_here <= 0:
            if most:
                yield most, start, end
            sum_here, most, start = 0.0, 0.0, place
        sum_here += weight
        if sum_here > most:
            most, end = sum_here, place + 1
    if most:
        yield most, start, end


def densest(weights: Sequence[float]) -> tuple[int, int]:
    """Return start and end of the run with the greatest sum; (0, 0) if nothing is positive.

    >>> densest([-5, 30, -7, 40, -60, 20])
    (1, 4)
    """
    return max(runs(weights), key=lambda run: run[0], default=(0.0, 0, 0))[1:]


def without_strays(scores: Sequence[float]) -> list[bool]:
    """Return for each line whether it is body: its score is above zero, and it is no stray.

    >>> without_strays([0.5, -2, -2, 4, 5, -1, 0.3, 4])
    [False, False, False, True, True, False, True, True]
    """
    chosen: list[bool] = []
    total = sum(points for points in scores if points > 0)
    runs = [(is_body, list(run)) for is_body, run in groupby(scores, lambda points: points > 0)]
    for place, (is_body, run) in enumerate(runs):
        own = sum(run)
        is_weak = own < _WEAK and own < _SMALL * total
        is_stray = is_weak and _is_apart(runs, place - 1) and _is_apart(runs, place + 1)
        chosen += [is_body and not is_stray] * len(run)
    return chosen


def _is_apart(runs: Sequence[tuple[bool, list[float]]], place: int) -> bool:
    """The run at a place is long, or has nothing but the page's end behind it."""
    return not 0 < place < len(runs) - 1 or len(runs[place][1]) >= _APART


def find_title(paragraphs: Sequence[Paragraph]) -> Paragraph | None:
    """Return the line above the body that looks most like its title; None if there is none.

    It shares characters with the body, stands near it, and is neither a sentence nor furniture.
    """
    bodies = [place for place, paragraph in enumerate(paragraphs) if paragraph.kind == "body"]
    first = next((place for place in bodies if paragraphs[place].is_sentence), bodies[0] if bodies else None)
    if first is None:
        return next((paragraph for paragraph in paragraphs if not paragraph.is_furniture), None)
    if _may_head(paragraphs[first]):
        first += 1
    if not first:
        return None
    body = "".join(paragraph.text for paragraph in paragraphs[first : first + 30] if paragraph.kind == "body")[:5000]
    known = set(_parts(body))
    best, best_score = None, 0.0
    start = max(0, first - _MAX_ABOVE)
    for place in range(first - 1, start - 1, -1):
        has_date = any(is_byline(line) or is_dated(line) for line in paragraphs[place + 1 : min(place + 3, first)])
        points = _title_score(paragraphs[place], known) + _DATED * has_date - 0.02 * (first - 1 - place)
        if points > best_score:
            best, best_score = paragraphs[place], points
    return best


def _may_head(paragraph: Paragraph) -> bool:
    """The first line of a body may be its title, if it isn't long and doesn't end as statements do."""
    return paragraph.size <= _MAX_TITLE and not paragraph.text.endswith(("。", ".", "，", ",", "；", "：", ":"))


def _title_score(paragraph: Paragraph, known: set[str]) -> float:
    text = paragraph.text
    if not 4 <= paragraph.size <= 90 or is_byline(paragraph) or is_dated(paragraph) or END_OF_ARTICLE.match(text):
        return 0.0
    if COMMENTS.search(text) and paragraph.size < 20:
        return 0.0
    parts = _parts(text)
    shared = sum(part in known for part in parts) / max(1, len(parts))
    length = min(1.0, paragraph.size / 12)
    words = text.split()
    is_menu = text > "\u2e80" and len(words) >= 5 and paragraph.size / len(words) <= 4.5
    is_path = text.count(">") + text.count("»") + text.count(" | ") + text.count(" / ") > 0 or text.count("|") > 1
    furniture = 0.5 * (is_menu or is_path) + 0.4 * paragraph.is_furniture
    return (0.2 + shared) * length - furniture - 0.2 * text.endswith(("。", "：", ":"))


def _parts(text: str) -> list[str]:
    """What texts are compared by: pairs of wide characters, and words of four letters or more."""
    folded = text.lower()
    return [folded[at : at + 2] for at in range(len(folded) - 1) if folded[at] > "\u2e80"] + _LONG_WORD.findall(folded)
