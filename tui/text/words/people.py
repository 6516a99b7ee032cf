"""Names of people and houses: parted from each other, and told from what nobody would believe to be one."""

import re
from collections.abc import Iterator

from tui.core.patterns import lazy
from tui.text.words.dates import MONTHS
from tui.text.words.phrases import has_notice, is_menu_word

_MAX_TEXT, _MAX_FIELD = 40, 60
"""Code points of a name in running text, and in a field made for names."""
_MAX_WORDS = 8
_OPENING, _CLOSING = frozenset("[(（【《"), frozenset("])）】》")
_MONTH_LETTERS = 4
"""Letters of a month from which on it is nobody's name: Jan and Mai are."""
_PARTS = lazy(r"\s?[、,，;；&＆|]\s?(?:and\s)?|\s?/(?![\])】])\s?|\s(?:and|und|et|y|e|och|og)\s|[\t　]+|\s{2,}")
_TITLE = lazy(
    r"(?:[A-Z][A-Za-z]?[A-Z][A-Z.a-z]{0,4}|Ph\.?D|[JS]r|Esq|I{2,3}|[MR]\.?[DAN]|[A-Z][A-Za-z]{0,5}\.(?:[A-Z][a-z]{0,3}\.?){1,2})[.®]{0,2}"
)
"""What stands behind a name and a comma: MD, PhD, CEPF®, M.Ed., Jr."""
_WORK = lazy(
    r"\b(?:editor|writer|reporter|columnist|correspondent|journalist|contributor|director|manager|founder|president|professor|analyst|specialist|strategist|consultant|officer|redakteur|university|institute"
    r"|expert|blogger|author|producer|presenter|engineer|developer|designer|scientist|researcher|economist|historian|photographer|planner|advis[eo]r|attorney|nutritionist|dietitian|dietician|therapist|psychologist"
    r"|physician|trainer|instructor|educator|lecturer|owner|coordinator|assistant|associate|freelance|freelancer|ceo|cto|cfo|coo|cmo|vp|team|head of|journaliste|redacteur|redactrice|rédacteur|rédactrice|redactora?|periodista|redattore|giornalista)(?:s|in)?\b",
    re.IGNORECASE,
)
"""Words for what people do and where: behind a name they go on about who that is."""
_WRITER = lazy(
    r"\b(?:editor|writer|reporter|columnist|correspondent|journalist|redakteur|redaktør|redacteur)(?:in)?$",
    re.IGNORECASE,
)
_ROLE_BEHIND = lazy(
    r"\s(?:(?:senior|junior|staff|chief|contributing|associate|assistant|managing|deputy|executive|special|freelance|news|sports?|business|political|science|health|technology|tech|culture|environment|features|opinion|web|digital)\s){0,3}"
    r"(?:editor|writer|reporter|columnist|correspondent|contributor|journalist|blogger)(?:\sat\s.{1,60})?$",
    re.IGNORECASE,
)
"""What somebody is who writes, right behind the name."""
_READING = lazy(
    r"[\s|·•,–—-]{1,3}\d{1,2}(?:\s?[–-]\s?\d{1,2})?[\s-]?min(?:ute|uti|uten|utos)?s?\b.*", re.IGNORECASE | re.DOTALL
)
"""How long it takes to read a page, behind who wrote it."""
_NOTE_SIGNS = lazy(r"(?<=[^\W\d])[\d*†‡§,]{1,5}$")
"""Where affiliations and notes are told, behind a name."""
_HOUSES = frozenset({"ABC", "AFP", "BBC", "CBC", "CBS", "CNN", "DPA", "ESPN", "MSNBC", "NBC", "NPR", "PBS", "UPI"})
"""Houses whose letters are no title of a person."""
_THING_WORDS = """
    a about advertiser all an and any article articles arts as at audio award awards back bank best big blog board book books brand breaking business by
    campus care cash center centre city click climate college comment comments community company complete contact copied copy corporate county crime
    culture customer daily data day deal deals defence defense design digital disclosure download economy editor editorial education election elections
    electric energy engineering entertainment environment estate event events express family features film finance financial find first fitness follow food
    for free from full gallery games general get global good green group guide guides health help here hide high home hot house housing how human image images
    in india industry insights institute insurance international internet interview investing jobs key latest law learn legal life lifestyle link links listen
    live living local log machine magazine mail main market marketing markets media medical member members mental menu minute mobile money more movies music
    my national natural nature new news newsletter north now of off office on online open opinion our paper part party people personal pets photo photos
    picture pictures podcast podcasts policy politics popular post posts press primary print privacy product products professional project projects property
    public quick radio read reading real recipe recipes related release releases report reports research resources review reviews safety sale sales save
    school science search season security see self series service services share shop show sign site size skip small social software solutions south special
    sport sports staff start state states statement stories story street style subscribe support team tech technical technology terms test text the this times tips to
    today top topics trade training travel trends tv united university update updated updates us useful user video videos view watch way weather web week
    weekly weight what when where who why wine winter with women word work workers world year years york your zealand
    san los las hong buenos cape costa puerto saint st sri tel east west northern southern eastern western central upper lower
    redakcja redaktion redaktionen redaction redacción redação rédaction redazione редакция редакція портала новости
    noticias nachrichten notizie actualités wiadomości ειδήσεις zobacz także teilen partager compartir condividi
"""
_THINGS = frozenset(_THING_WORDS.split())
"""Words of sections, buttons and towns, which nobody is called by in full."""
_OF_SENTENCES = frozenset(
    {"a", "an", "this", "that", "its", "their", "your", "our", "default", "hand", "email", "phone"}
)
"""In small letters, what a sentence goes on with behind "by": by default, by this time. But `the Harbour Team` signs."""
_MOST_NAMES, _MAX_ROLE = 4, 4
_PARTICLES = frozenset(
    {
        "al",
        "bin",
        "da",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "dos",
        "du",
        "el",
        "la",
        "le",
        "ten",
        "ter",
        "van",
        "von",
        "y",
    }
)
"""Words in small letters within names."""
_ACCOUNT = re.compile(r"(?<=[\u3400-\u9fff])[_@＿]|\s@|(?<!\d)(?<=[\u3400-\u9fff])\d++$|\s\d++$")
_LABEL = re.compile(r"^(?:by|von|par|por|di|text|tekst|words|author|autor|текст|автор):\s", re.IGNORECASE)
_OTHERS = re.compile(
    r"(?<=[^\s,;.|/–—-])[\s,;.|/–—-]{1,4}(?:photos?|photography|photographs|pictures|fotos?|fotografie|fotografía|bild(?:er)?|zdjęcia|фото|φωτογραφίες|video|illustrations?|graphics?|editing)(?::|\sby)\s.*",
    re.IGNORECASE | re.DOTALL,
)
"""Who made the pictures, and who edited."""
_PICTURED = lazy(
    r"(?:photo|photograph|picture|image|illustration|graphic|video)(?:s|graphy)?\s(?:by|courtesy)\b", re.IGNORECASE
)
"""Opening of what names nobody but who made the pictures."""
_FOR_HOUSE = lazy(
    r"(?P<who>[A-ZÀ-Þ][\w.'’-]{0,20}(?:\s[A-ZÀ-Þ][\w.'’-]{0,20}){1,2})\sfor\s(?:The\s[A-Z]"
    r"|(?:[\w.'’&-]{1,20}\s){0,4}(?:Chronicle|Courier|Daily|Gazette|Guardian|Herald|Journal|Magazine|Mail|News|Post|Radio|Review|Star|Sun|Telegraph|Times|Tribune|Weekly)\b)"
)
"""A name, and the paper that somebody writes for."""
_COMPANY = lazy(
    r"\b(?:inc|ltd|llc|llp|plc|gmbh|corp|pty|s\.?r\.?l|sp\.\sz\so\.\s?o|a/s|oy|oü|s\.p\.a)\b\.?$|^\S+\.(?:com|org|net|info|[a-z]{2}|example)$|(?:公司|有限公司)$",
    re.IGNORECASE,
)
_OF_HOUSE = re.compile(r"\s(?:of|with|via|at|from)\s(?=[A-ZÀ-Þ])")
"""Between a name and the house that somebody writes for."""
_BODY = lazy(
    r"\b(?:alliance|association|campaign|cent(?:er|re)|citizens|coalition|college|committee|council|department|foundation|fund|initiative|institute|network|office|partnership|project|school|society)\b",
    re.IGNORECASE,
)
"""Words for bodies, which are for something themselves."""
_NEXT = re.compile(r"[;；]|,\s?and\s")
"""Between two people, not between what one of them is and where."""
_TAIL = re.compile(
    r"(?:\s(?:Publié|Publicado|Publicada|Pubblicato|Veröffentlicht|Opublikowano|Опубликовано|Fecha|Data|Datum|Дата|Ngày|نشر)(?:\s(?:le|el|il|am|em|publikacji|di pubblicazione|de publicación))?"
    r"|\s(?:on|at|in|for|from|le|el|am|il|updated|published|posted|Updated|Published|Posted)|(?<=[a-z])(?:Updated|Published|Posted)|\s(?:on\s)?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6})$"
)
_ONE_WORD = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ]{2,20}")
_CODE = re.compile(r"(?<=[\u3400-\u9fff])\s[A-Z]{1,4}$")
"""Initials that Chinese desks put behind their editors' names."""
_ODD = lazy(r"[<>={}\"\\]|:\s|https?:|\bwww\.|\S@\S|\uFFFD|^\W*$|^[\d\W]+$")
_NOBODY = lazy(
    r"\W{0,3}(?:\d{1,3}\s?(?:sec|min|minut|hour|day|week|month|year|stund|tag|heur|jour|hora|dia|godz|час|минут)\w{0,6}(?:\s(?:read|ago|de lecture|lesezeit))?"
    r"|(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|IST|[ap]\.?m\.?)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)"
    r"|(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]|[今昨前]天|[上下]午|(?:no|\d+)\s(?:comments?|repl(?:y|ies)|views?|shares?|likes?|posts?)|(?:leave|add|post) a (?:comment|reply)"
    r"|(?:user ?name|pass ?word|e-?mail(?: address)?|name|copy link|share|tweet|print|follow)(?:\s(?:user ?name|share|tweet|print|follow))*+|on|at|by|in|of|the|and|or|from|with|to|updated|published|posted|modified|created|date|time|tags?|author|written by|read more|view all|see all|advert\w{0,10}|sponsored"
    r"|staff|writers?|staff writers?|reporters?|editors?|correspondents?|none|null|undefined|unknown|n/a|anonymous|photos?|fotos?|video|image|фото|источник|по материалам|link copied"
    r"|tekst|opis|autor|redaktor|foto|текст|题记|題記|点击\S{0,6}|點擊\S{0,6}|通讯员|通訊員|记者|記者|摄影|攝影|出版|公開日?|投稿日?|未知|佚名|匿名|\S{0,6}(?:综合报道|綜合報導|报道|報導)|网络整理|校对|校對|编辑|編輯|来源|來源|时间|時間|作者)\W{0,3}",
    re.IGNORECASE,
)
"""What stands where a name should, in full."""


def names(text: str, *, is_field: bool = False) -> list[str]:
    """Split a byline's names; those of a field made for names may hold digits.

    >>> names("許弢 宋瑤"), names("Ann Lee, MD and Bo Chan, staff writers"), names("连政_N1234 ")
    (['許弢', '宋瑤'], ['Ann Lee, MD', 'Bo Chan'], ['连政'])
    >>> names("signing up, you agree to our terms"), names("gpd"), names("2 minutes", is_field=True)
    ([], ['gpd'], [])
    >>> names("Ann Lee, editor, Post; Bo Chan and Cy Dow, University of Oslo, Norway"), names("Text: Ann Lee Photo: Bo Chan")
    (['Ann Lee', 'Bo Chan', 'Cy Dow'], ['Ann Lee'])
    >>> names("Photograph by Ann Lee, Harbour Pictures"), names("Photo Ann Lee")
    ([], ['Photo Ann Lee'])
    """
    text = without_others(text.strip())
    if _PICTURED.match(text):
        return []
    text = text[1:-1] if text[:1] in _OPENING and text[-1:] in _CLOSING else text
    parts = list(_apart(text))
    if all(_is_name_in_chinese(word) for part in parts if part for word in re.split(r"\s", part)):
        parts = [name for part in parts for name in _joined(part.split())]
    whole: list[str] = []
    for part in parts:
        if whole and _TITLE.fullmatch(part):
            whole[-1] = f"{whole[-1]}, {part}"
        elif part:
            whole.append(part)
    cleaned = dict.fromkeys(map(_cleaned, whole))
    return [name for name in cleaned if is_person(name) and (is_field or _is_in_text(name))]


def without_others(text: str) -> str:
    """Leave out who made the pictures, behind who wrote.

    >>> without_others("Ann Lee, Foto: Bo Chan"), without_others("Foto: Bo Chan")
    ('Ann Lee', 'Foto: Bo Chan')
    """
    return _OTHERS.sub("", text) if ":" in text or " by" in text.lower() else text


def is_full_name(name: str) -> bool:
    """Say whether a text is a person's two names or more, each with a capital where the script has them.

    >>> [is_full_name(name) for name in ("Ann van Lee", "أحمد علي", "Luke", "Ann Lee on rain", "Read More")]
    [True, True, False, False, False]
    """
    words = name.split()
    is_name = 2 <= len(words) <= _MOST_NAMES and all(
        word in _PARTICLES or (word[0].isalpha() and not word[0].islower()) for word in words
    )
    return is_name and words[-1] not in _PARTICLES and is_person(name) and _is_in_text(name)


def is_told_alone(name: str) -> bool:
    """Say whether a full name of a cased script is one though nothing says so: no section, no button, no town.

    >>> [is_told_alone(name) for name in ("Ann van Lee", "Mental Health", "New York", "LINK COPIED", "雨 风")]
    [True, False, False, False, False]
    """
    words = name.split()
    capitals = [word for word in words if word not in _PARTICLES]
    is_written = all(word[0].isupper() and not (word.isupper() and len(word) > 2) for word in capitals)
    return is_written and len(capitals) >= 2 and _THINGS.isdisjoint(name.lower().split())


def without_role(text: str) -> str:
    """Leave out what somebody is who writes, behind a full name, and how long it takes to read the page.

    >>> without_role("Ann Lee Senior Staff Writer"), without_role("Ann Lee 2–3 minutes"), without_role("Staff Writer")
    ('Ann Lee', 'Ann Lee', 'Staff Writer')
    """
    if any(map(str.isdigit, text)) and (match := _READING.search(text)) and match.start() > 1:
        text = text[: match.start()]
    match = _ROLE_BEHIND.search(text)
    return text[: match.start()] if match and " " in text[: match.start()].strip() else text


def is_writer(text: str) -> bool:
    """Say whether a short text is what somebody is who writes: Political Editor."""
    return len(text.split()) <= _MAX_ROLE and _WRITER.search(text) is not None


def without_place(text: str) -> str:
    """Leave out the one word behind full names and a comma that ends a byline: where it was written.

    >>> without_place("María López, Madrid"), without_place("Ann Lee, Esq"), without_place("Ann, Bo")
    ('María López', 'Ann Lee, Esq', 'Ann, Bo')
    """
    people, comma, place = text.rstrip(" .").rpartition(", ")
    is_place = comma and _ONE_WORD.fullmatch(place) and not _TITLE.fullmatch(place)
    return people if is_place and all(" " in name.strip() for name in people.split(",")) else text


def _apart(text: str) -> Iterator[str]:
    """The parts of a byline, without what somebody is: that goes on up to the next person."""
    at, is_about, is_next, is_and, ends = 0, False, False, False, [*_PARTS.finditer(text), None]
    for number, end in enumerate(ends):
        part = text[at : end.start() if end else len(text)]
        # A person has two names there: editor of Rain, Ferries, and Trade.
        is_other = " " in part and (is_next or (is_and and is_told_alone(part)))
        is_about = number > 0 and (part in _HOUSES or _WORK.search(part) is not None or (is_about and not is_other))
        if not is_about:
            yield part
        if end:
            at, is_next, is_and = end.end(), _NEXT.search(end[0]) is not None, " " in end[0].rstrip()


def is_person(name: str) -> bool:
    """Say whether a name is one that somebody may have: no date, no time, no count, no button, no markup.

    >>> [is_person(name) for name in ("Ann Lee", "user447274", "EST", "2 minutes", "Taboola by Taboola", "星期三", "Log in")]
    [True, True, False, False, False, False, False]
    """
    if not 1 < len(name) <= _MAX_FIELD or len(name.split()) > _MAX_WORDS or _is_no_name(name):
        return False
    return not (has_notice(name) or is_menu_word(name))


def is_house(name: str) -> bool:
    """The same of a paper, an agency, a site.

    >>> [is_house(name) for name in ("山城日报", "size=\\"20\\"", "星期三", "www.post.example", "AP")]
    [True, False, False, True, True]
    """
    return 1 < len(name) <= _MAX_FIELD and not _is_no_name(name.removeprefix("www."))


def is_company(name: str) -> bool:
    """Say whether a name is a company's, by its legal form, or a site's address.

    >>> [is_company(name) for name in ("Mill Media Ltd.", "Młyn sp. z o.o", "mill.example", "Ann Lee")]
    [True, True, True, False]
    """
    return _COMPANY.search(name) is not None


def _is_no_name(name: str) -> bool:
    is_month = len(name) >= _MONTH_LETTERS and name.lower() in MONTHS
    before, by, behind = name.partition(" by ")
    is_advertiser = bool(by) and before == behind
    return is_month or is_advertiser or _ODD.search(name) is not None or _NOBODY.fullmatch(name) is not None


def _cleaned(part: str) -> str:
    """A name without the number, the account or the words that a site put behind it, or itself once more."""
    part = _LABEL.sub("", part.strip(" .·•|:：–—-"))
    if part[:1] in _OPENING and (part[-1:] in _CLOSING or _CLOSING.isdisjoint(part)):
        part = part[1:].rstrip("".join(_CLOSING))
    if " for " in part and (match := _FOR_HOUSE.match(part)) and not _BODY.search(match["who"]):
        return match["who"]
    if (match := _OF_HOUSE.search(part)) and is_told_alone(part[: match.start()]):
        return part[: match.start()]
    part = without_role(part)
    words = part.split()
    if len(words) > 1 and (match := _NOTE_SIGNS.search(part)):
        part = part[: match.start()]
        words = part.split()
    if len(words) in (4, 6) and words[: len(words) // 2] == words[len(words) // 2 :]:
        part = " ".join(words[: len(words) // 2])
    match = _ACCOUNT.search(part)
    bare = (part[: match.start()] if match else part).rstrip()
    return _CODE.sub("", _TAIL.sub("", bare) or part)


def _is_in_text(name: str) -> bool:
    # Several words in small letters are a sentence's: by signing up. So is what nobody writes "by": by default.
    words = name.split()
    if words[0] in _OF_SENTENCES:
        return False
    small = sum(word[0].islower() and word not in _PARTICLES for word in words)
    is_phrase = 2 * small > len(words) and (len(words) > 1 or name.endswith("ing"))
    return len(name) <= _MAX_TEXT and name[0] != "@" and not is_phrase and not any(map(str.isdigit, name))


def _is_name_in_chinese(word: str) -> bool:
    # No pattern: to compile one takes as long as to ask this of a thousand names.
    return 1 <= len(word) <= 8 and all("\u3400" <= char <= "\u9fff" or char in "·•" for char in word)


def _joined(words: list[str]) -> list[str]:
    """A two-character name is often spread out: 张 三."""
    if len(words) == 2 and all(len(word) == 1 for word in words):
        return ["".join(words)]
    return words
