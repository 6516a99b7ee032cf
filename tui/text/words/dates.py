"""Finds dates in text and makes them ISO 8601, as precise as they stand there."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from tui.core.patterns import lazy
from tui.core.values import dataclass

_MONTHS = """
january jan januar janvier enero ene gennaio gen janeiro ocak января янв januari stycznia sty ledna січня ιανουαρίου ιαν ianuarie tammikuuta януари siječnja يناير ιανουάριος січ januára január jaanuar sausio gener xaneiro јануар јануара ינואר בינואר جانفي
february feb februar février fevrier febbraio febrero fevereiro fev şubat февраля фев februari lutego lut února лютого φεβρουαρίου φεβ februarie helmikuuta февруари veljače فبراير φεβρουάριος februára február veebruar vasario febrer febreiro фебруар фебруара פברואר בפברואר شباط فيفري
march mar märz maerz mars marzo março marco mart марта maart maret marca března березня μαρτίου martie maaliskuuta март ožujka مارس marts μάρτιος бер március märts kovo març מרץ במרץ آذار
april apr avril abril abr aprile nisan апреля апр kwietnia kwi dubna квітня απριλίου απρ aprilie huhtikuuta април travnja أبريل απρίλιος кві apríla április aprill balandžio априла אפריל באפריל نيسان أفريل
may mai mayo maggio maio mayıs мая maj mei maja května травня μαΐου μαϊ μαίου toukokuuta май svibnja مايو μάιος трав mája május gegužės maig мај маја מאי במאי أيار ماي
june jun juni juin junio giugno giu junho haziran июня июн czerwca cze června червня ιουνίου ιουν iunie kesäkuuta юни lipnja يونيو ιούνιος чер júna június juuni birželio juny xuño јун јуна יוני ביוני حزيران جوان
july jul juli juillet julio luglio lug julho temmuz июля июл lipca července липня ιουλίου ιουλ iulie heinäkuuta юли srpnja يوليو ιούλιος júla július juuli liepos juliol xullo јул јула יולי ביולי تموز جويلية julai
august aug août aout agosto ago ağustos августа авг augusti agustus augustus sierpnia sie srpna серпня αυγούστου αυγ elokuuta август kolovoza أغسطس αύγουστος сер augusta augusztus rugpjūčio agost אוגוסט באוגוסט آب أوت ogos
september sep sept septembre septiembre settembre set setembro eylül сентября сен września wrz září вересня σεπτεμβρίου σεπ septembrie syyskuuta септември rujna سبتمبر σεπτέμβριος вер septembra szeptember rugsėjo setembre септембар септембра ספטמבר בספטמבר أيلول
october oct oktober okt octobre octubre ottobre ott outubro out ekim октября окт października paź října жовтня οκτωβρίου οκτ octombrie lokakuuta октомври أكتوبر οκτώβριος жов októbra október oktoober spalio октобар октобра אוקטובר באוקטובר
november nov novembre noviembre novembro kasım ноября ноя listopada lis листопада νοεμβρίου νοε noiembrie marraskuuta ноември studenoga نوفمبر νοέμβριος novembra lapkričio novembar новембар новембра נובמבר בנובמבר
december dec dezember dez décembre decembre diciembre dic dicembre dezembro aralık декабря дек desember grudnia gru prosince грудня δεκεμβρίου δεκ decembrie joulukuuta декември prosinca ديسمبر desember δεκέμβριος decembra detsember gruodžio desembre decembro децембар децембра דצמבר בדצמבר disember
"""
MONTHS = {name: number for number, row in enumerate(_MONTHS.strip().split("\n"), 1) for name in row.split()}
"""Names of months in the languages of the Latin, Cyrillic, Greek, Hebrew and Arabic pages we meet -> 1 to 12."""
_MARKED_MONTHS = """
มกราคม ม.ค. जनवरी|กุมภาพันธ์ ก.พ. फ़रवरी फरवरी|มีนาคม มี.ค. मार्च|เมษายน เม.ย. अप्रैल|พฤษภาคม พ.ค. मई|มิถุนายน มิ.ย. जून|กรกฎาคม ก.ค. जुलाई
|สิงหาคม ส.ค. अगस्त|กันยายน ก.ย. सितंबर सितम्बर|ตุลาคม ต.ค. अक्टूबर अक्तूबर|พฤศจิกายน พ.ย. नवंबर नवम्बर|ธันวาคม ธ.ค. दिसंबर दिसम्बर
"""
_MARKED = {name: number for number, row in enumerate(_MARKED_MONTHS.split("|"), 1) for name in row.split()}
"""Those of Thai and Hindi, whose marks are no letters to patterns."""

_TIME = r"(?:[T\s,|(（.]{0,3}(?:at |um |a las |à |klo )?(?P<half>上午|下午|晚上|凌晨|午前|午後|오전|오후)?\s?(?P<hour>[0-2]?\d)\s?[:：时時시h]\s?(?P<minute>[0-5]\d)(?!\d)分?(?::(?P<second>[0-5]\d)(?:\.\d{1,9})?)?\s?(?P<noon>[AaPp]\.?[Mm]\b)?(?P<zone>Z\b|[+-][01]\d:?[0-5]\d(?!\d))?)?"
_NUMBERS = lazy(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)\s?(?P<gap>[-/.年년‐])\s?(?P<month>1[0-2]|0?[1-9])\s?(?:(?P=gap)|[月월])\s?"
    r"(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\s?[日일]?" + _TIME
)
_WORDS = lazy(
    r"(?<![\w.])(?:(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|er|[º°])?\.?[\s-](?:de\s|of\s)?(?P<month>[^\W\d_]{3,14})\.?,?[\s-](?:del?\s)?"
    r"|(?P<month_first>[^\W\d_]{3,14})\.?[\s-](?P<day_second>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?:,\s?|[\s-]))"
    r"(?P<year>(?:19|20)\d\d)(?!\d)" + _TIME
)
_YEAR_FIRST = lazy(
    r"(?<![\w.])(?P<year>(?:19|20)\d\d)(?:\.|\sm\.)?[\s-](?P<month>[^\W\d_]{3,14})\.?[\s-](?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\.?"
    + _TIME
)
"""As Hungarians, Lithuanians and some programs write it."""
_MARKED_WORDS = lazy(
    rf"(?<!\d)(?P<day>3[01]|[12]\d|0?[1-9])\s?(?P<month>{'|'.join(map(re.escape, _MARKED))}),?\s?(?:พ\.ศ\.\s?|ค\.ศ\.\s?)?(?P<year>(?:19|20|2[45])\d\d)(?!\d)"
    + _TIME
)
_VIETNAMESE = lazy(
    r"(?<!\d)(?P<day>3[01]|[12]\d|0?[1-9])\stháng\s(?P<month>1[0-2]|0?[1-9])(?:,\s?|\snăm\s|,\snăm\s)(?P<year>(?:19|20)\d\d)(?!\d)"
    + _TIME
)
_EUROPEAN = lazy(
    r"(?<![\d.-])(?P<day>3[01]|[12]\d|0?[1-9])(?P<gap>[./-]|\.\s(?=\d{1,2}\.\s))(?P<month>1[0-2]|0?[1-9])(?P=gap)(?P<year>(?:19|20)\d\d)(?!\d)"
    + _TIME
)
_AMERICAN = lazy(
    r"(?<![\d./-])(?P<month>1[0-2]|0?[1-9])(?P<gap>[/-])(?P<day>3[01]|2\d|1[3-9])(?P=gap)(?P<year>(?:19|20)\d\d)(?!\d)"
    + _TIME
)
"""Month before day, where the day can be no month."""
_CLOCK = lazy(
    r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\s(?P<month>[A-Z][a-z]{2})\s{1,2}(?P<day>3[01]|[12]\d|0?[1-9])\s(?P<hour>[0-2]\d):(?P<minute>[0-5]\d):(?P<second>[0-5]\d)"
    r"\s(?:(?P<zone>[+-][01]\d[0-5]\d|[A-Z]{3,4})\s)?(?P<year>(?:19|20)\d\d)(?!\d)"
)
"""As Unix and the archives of mailing lists write it, the year behind the time."""
_ERAS = {"民國": 1911, "民国": 1911, "令和": 2018, "平成": 1988, "昭和": 1925}
_OF_ERA = lazy(
    rf"(?P<era>{'|'.join(_ERAS)})\s?(?P<year>元|\d{{1,3}})\s?年\s?(?P<month>1[0-2]|0?[1-9])\s?月\s?(?P<day>3[01]|[12]\d|0?[1-9])\s?日"
    + _TIME
)
"""Years that count from an era's beginning."""
_STAMP = lazy(
    r"(?:[^\W\d]{2,14}\.?[\s:,]{1,2}){0,2}(?P<stamp>(?P<day>3[01]|[12]\d|0[1-9])\.(?P<month>1[0-2]|0[1-9])\.(?P<year>[0-3]\d)(?![\d.])"
    + _TIME
    + r")(?:\sUhr)?"
)
_NO_YEAR = lazy(
    r"(?<![\d.:/-])(?P<month>1[0-2]|0?[1-9])(?P<gap>[-/月])(?P<day>3[01]|[12]\d|0?[1-9])(?![\d./-])日?\s?(?P<hour>[0-2]\d):(?P<minute>[0-5]\d)(?!\d)"
)
_AGO = lazy(
    r"(?<!\d)(?P<count>\d{1,3}|半)\s?(?P<unit>秒|分钟|分鐘|分|个?小时|個?小時|時間|天|日|분|시간|일)\s?(?:之?前|전)"
)
_AGO_WORDS = lazy(r"\b(?P<count>\d{1,3}|an?)\s(?P<unit>second|minute|min|hour|day|week)s?\sago\b", re.IGNORECASE)
_DAY_WORDS = lazy(
    r"(?P<word>今天|今日|昨天|昨日|前天|어제|오늘|\b(?:[Yy]esterday|[Tt]oday)\b)(?:[\s,]{0,2}(?P<hour>[0-2]?\d):(?P<minute>[0-5]\d)(?!\d))?"
)
_DAYS_BACK = {"昨天": 1, "昨日": 1, "어제": 1, "yesterday": 1, "前天": 2}
_HINT = lazy(
    r"[\d前전今昨늘제gd](?:(?<=[前전今昨])|(?<=[1١۱๑१])[9٩۹๙९]\d\d|(?<=[2٢۲๒२])[045٠۰๐๔๕०]\d\d|(?<=\d)[-/月]\d|(?<=\bag)o\b|(?<=오늘)|(?<=어제)|(?<=[Tt]od)ay|(?<=[Yy]esterd)ay)"
)
"""What every date holds, found by its rarest character; most lines of a page don't."""
_SPOKEN = ("ago", "oday", "esterday")
_DIGIT_HINT = lazy(r"[0-9](?:(?<=1)9\d\d|(?<=2)0\d\d|[-/]\d)")
"""The same of text in ASCII without these: to pass by each of its letters g and d takes ten times as long."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_LAST = re.compile(r"[./-]\s?(?:19|20)\d\d")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = lazy(
    r"\b(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)[.,]{0,2}\s?\Z",
    re.IGNORECASE,
)
_NUMBERED = lazy(r"(?:§|č\.|\b(?:nr|no|v|tel|abs|art|version|verze|[^\W\d_]{0,12}zeichen)\b\.?:?)\s?\Z", re.IGNORECASE)
"""What stands in front of numbers in parts."""
_MAX_WEEKDAY = 15
"""Code points in front of a date among which it stands."""
_BUDDHIST = 543
"""Years by which Thailand's calendar is ahead."""
_MIN_BUDDHIST = 2400
_MOST_TOLD = "2050"
_OTHER_DIGITS = re.compile("[٠-٩۰-۹๐-๙०-९]")
_DIGITS = {ord(zero) + digit: str(digit) for zero in "٠۰๐०" for digit in range(10)}
_SECONDS = {
    "秒": 1, "second": 1, "分": 60, "分钟": 60, "分鐘": 60, "분": 60, "minute": 60, "min": 60, "小时": 3600, "小時": 3600,
    "個小時": 3600, "个小时": 3600, "時間": 3600, "시간": 3600, "hour": 3600, "天": 86400, "日": 86400, "일": 86400,
    "day": 86400, "week": 604800,
}  # fmt: skip
_MAX_STAMP = 40
"""Code points of a line that is but a day."""
_MAY_BE_YEAR = 20
"""Digits from which on the first two may be those of a year, where the last two are fewer."""
_AFTER_NOON = frozenset({"下午", "晚上", "午後", "오후"})


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date in a text."""

    start: int
    end: int
    iso: str | None
    """ISO 8601; None for a relative time, or a day without a year, when nobody knows when the page was fetched."""
    is_sure: bool = True
    """Nobody reads it as another day: 02/12/2025 is February in America."""


def find(text: str, fetched: str | None = None) -> list[DateMatch]:
    """Return all dates of a text in order, without overlap; words that only look like dates are left out.

    >>> [date.iso for date in find("2021-12-07 23:33, 2021年6月9日, March 3, 2020")]
    ['2021-12-07T23:33', '2021-06-09', '2020-03-03']
    >>> find("3小时前"), find("3小时前", fetched="2021-12-07T10:00:00Z")[0].iso
    ([DateMatch(start=0, end=4, iso=None, is_sure=True)], '2021-12-07T07:00')
    >>> [(date.iso, date.is_sure) for date in find("02/12/2025")], [date.iso for date in find("02/12/2025, 02/13/2025")]
    ([('2025-12-02', False)], ['2025-02-12', '2025-02-13'])
    """
    if not _HINT.search(text):
        return []
    if not text.isascii() and _OTHER_DIGITS.search(text):
        text = text.translate(_DIGITS)
        return [each for each in _found(text, fetched) if (each.iso or "") < _MOST_TOLD]  # not years of Nepal
    return list(_found(text, fetched))


def hints(text: str) -> Iterator[int]:
    """Yield where something stands without which there is no date; where none stands, nobody need look for one."""
    is_told = any(word in text for word in _SPOKEN)
    pattern = _HINT if is_told or not text.isascii() else _DIGIT_HINT
    return (match.start() for match in pattern.finditer(text))


@lru_cache(256)  # each step that finds the structure looks at the lines around the title, or at those of a list
def _found(text: str, fetched: str | None) -> tuple[DateMatch, ...]:
    matches = sorted(_all(text, fetched), key=lambda each: (each.start, -each.end))
    kept: list[DateMatch] = []
    for each in matches:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)


def iso(text: str) -> str | None:
    """Return the first complete date of a text as ISO 8601; None if there is none.

    >>> iso("Published 7 December 2021 at 10:30"), iso("yesterday")
    ('2021-12-07T10:30', None)
    """
    day = first(text)
    return day.iso if day else None


def first(text: str) -> DateMatch | None:
    """Return the first complete date of a text, which may be read as another day too; None if there is none.

    >>> first("Published 02/12/2025").is_sure, first("yesterday")
    (False, None)
    """
    return next((day for day in find(text[:400]) if day.iso), None)


def stamp(text: str) -> DateMatch | None:
    """Return the day of two digits a part that a text is, behind two words at most; it is a guess.

    >>> stamp("Stand: 02.12.25, 10:30 Uhr")
    DateMatch(start=7, end=22, iso='2025-12-02T10:30', is_sure=False)
    >>> stamp("25.12.02"), stamp("Version 1.02.12.25")
    (None, None)
    """
    match = _STAMP.fullmatch(text) if len(text) <= _MAX_STAMP and text.count(".") > 1 else None
    # Korean pages begin with the year.
    if match is None or int(match["year"]) < _MAY_BE_YEAR <= int(match["day"]):
        return None
    value = _iso(2000 + int(match["year"]), int(match["month"]), int(match["day"]), match.groupdict())
    return DateMatch(*match.span("stamp"), value, is_sure=False) if value else None


def _all(text: str, fetched: str | None) -> Iterator[DateMatch]:
    now = _moment(fetched)
    for match in _DAY_WORDS.finditer(text) if len(text) < 60 else ():
        yield DateMatch(match.start(), match.end(), _day_back(match, now))
    has_year = _YEAR.search(text) is not None
    ends_in_year = has_year and _YEAR_LAST.search(text) is not None
    # One day that can be no month tells how all others of a text are written.
    is_american = ends_in_year and _AMERICAN.search(text) is not None
    others = (_EUROPEAN, _AMERICAN) if ends_in_year else ()
    for pattern in (_NUMBERS, _WORDS, _YEAR_FIRST, *others) if has_year else ():
        for match in pattern.finditer(text):
            groups = match.groupdict()
            month = _month(groups.get("month") or groups.get("month_first") or "")
            day = int(groups.get("day") or groups.get("day_second") or 0)
            may_be_other = pattern is _EUROPEAN and groups["gap"] in "-/" and day != month and day <= 12
            is_told = is_american or (may_be_other and _tells_weekday(text, match, int(groups["year"]), day, month))
            if may_be_other and is_told:
                month, day = day, month
            value = _iso(int(groups["year"]), month, day, groups)
            if value and not _is_no_day(text, match, pattern):
                yield DateMatch(match.start(), match.end(), value, is_told or not may_be_other)
    yield from _by_clock(text) if has_year and ":" in text else ()
    yield from () if text.isascii() else _in_other_words(text)
    for match in _OF_ERA.finditer(text) if "年" in text else ():
        year = 1 if match["year"] == "元" else int(match["year"])
        value = _iso(_ERAS[match["era"]] + year, int(match["month"]), int(match["day"]), match.groupdict())
        if value:
            yield DateMatch(match.start(), match.end(), value)
    for match in _NO_YEAR.finditer(text) if ":" in text else ():
        yield DateMatch(match.start(), match.end(), _without_year(match, now))
    for pattern, may_hold in ((_AGO, "前" in text or "전" in text), (_AGO_WORDS, "ago" in text.lower())):
        for match in pattern.finditer(text) if may_hold else ():
            yield DateMatch(match.start(), match.end(), _ago(match, now))


def _is_no_day(text: str, match: re.Match[str], pattern: re.Pattern[str]) -> bool:
    """Whether what looks like a day is a year before a sentence's words (In 2020 may 12 percent), or a number in parts (§ 12. 3. 2019)."""
    before = text[max(0, match.start() - _MAX_WEEKDAY) : match.start()]
    if pattern is _YEAR_FIRST:
        is_spaced = match.end("year") + 1 == match.start("month") and text[match.end("year")] == " "
        words = before.split()
        return is_spaced and (match["month"].islower() or bool(words and _month(words[-1].strip(".,"))))
    return pattern is _EUROPEAN and len(match["gap"]) > 1 and _NUMBERED.search(before) is not None


def _tells_weekday(text: str, match: re.Match[str], year: int, month: int, day: int) -> bool:
    """Whether a day of the week in front of a date is that of the date in American order: Thu, 05/02/2024."""
    weekday = _WEEKDAY.search(text, max(0, match.start() - _MAX_WEEKDAY), match.start())
    if weekday is None:
        return False
    told = _WEEKDAYS.index(weekday[1][:3].lower())
    return date(year, month, day).weekday() == told != date(year, day, month).weekday()


def _in_other_words(text: str) -> Iterator[DateMatch]:
    for pattern in (_MARKED_WORDS, _VIETNAMESE) if "tháng" in text else (_MARKED_WORDS,):
        for match in pattern.finditer(text):
            year, month = int(match["year"]), match["month"]
            year -= _BUDDHIST if year >= _MIN_BUDDHIST else 0
            if value := _iso(year, _MARKED.get(month) or int(month), int(match["day"]), match.groupdict()):
                yield DateMatch(match.start(), match.end(), value)


def _by_clock(text: str) -> Iterator[DateMatch]:
    for match in _CLOCK.finditer(text):
        groups = match.groupdict()
        zone = groups["zone"] or ""
        groups["zone"] = "Z" if zone in ("UTC", "GMT") else "" if zone.isalpha() else zone
        if value := _iso(int(match["year"]), _month(match["month"]), int(match["day"]), groups):
            yield DateMatch(match.start(), match.end(), value)


def _month(word: str) -> int:
    return int(word) if word.isdigit() else MONTHS.get(word.lower(), 0)


def _iso(year: int, month: int, day: int, groups: dict[str, str | None]) -> str | None:
    try:
        value = date(year, month, day).isoformat()
    except ValueError:
        return None
    if not groups.get("hour"):
        return value
    hour = int(groups["hour"] or 0)
    noon = (groups.get("noon") or "").lower()
    if noon.startswith("a") and hour == 12:
        hour = 0
    if (groups.get("half") in _AFTER_NOON or noon.startswith("p")) and hour < 12:
        hour += 12
    if hour > 23:
        return value
    second = f":{groups['second']}" if groups.get("second") else ""
    return f"{value}T{hour:02}:{groups['minute']}{second}{groups.get('zone') or ''}"


def _moment(fetched: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(fetched) if fetched else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _without_year(match: re.Match[str], now: datetime | None) -> str | None:
    if now is None:
        return None
    month, day = int(match["month"]), int(match["day"])
    year = now.year if (month, day) <= (now.month, now.day) else now.year - 1
    return _iso(year, month, day, match.groupdict())


def _day_back(match: re.Match[str], now: datetime | None) -> str | None:
    if now is None:
        return None
    day = now - timedelta(days=_DAYS_BACK.get(match["word"].lower(), 0))
    return _iso(day.year, day.month, day.day, match.groupdict())


def _ago(match: re.Match[str], now: datetime | None) -> str | None:
    if now is None:
        return None
    count = 0.5 if match["count"] == "半" else int(match["count"]) if match["count"].isdigit() else 1
    unit = _SECONDS[match["unit"].lower()]
    then = now - timedelta(seconds=count * unit)
    return then.date().isoformat() if unit >= 86400 else then.isoformat(timespec="minutes")[:16]
