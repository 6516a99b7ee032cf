"""A document's metadata as entries to be read: every fact with where it came from and how sure it is."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from tui.core.i18n import tr, tr_claim, tr_name, tr_problem
from tui.core.model import Claim, Document, Field, Ref
from tui.core.problems import Problem
from tui.view.pagetext.brief import CONVERSION, charset_name, conversions, kind_of, problems_of, shown
from tui.view.pagetext.text import Writings, name_of_list

FIELD_ORDER = (
    "date",
    "author",
    "source",
    "site",
    "editor",
    "original_title",
    "date_modified",
    "place",
    "section",
    "language",
)
MAX_HEADERS = 100
"""Header lines that are shown; the rest are counted."""
FRESH_S = 5.0
"""Seconds up to which an answer has just come."""
UNCERTAIN = 0.3
"""Doubt from which on a body is called uncertain: one page in twelve of our benchmarks, and half of their bad ones."""
MOST_EXAMPLES = 5
"""Places of one kind of problem that are named."""

Mood = Literal["plain", "probable", "trouble", "heading"]


class Entry(NamedTuple):
    """One fact: what it is called, what it is, and what is to be said about it."""

    label: str
    value: str
    note: str = ""
    mood: Mood = "plain"


def describe(document: Document, mending_key: str = "P") -> tuple[list[Entry], list[Entry]]:
    """Return what a reader wants to know, with problems last, and what else is known of the page.

    Side by side they make two columns; one after the other, one. `mending_key` shows the repairs; empty: none does.
    """
    wanted = (_fields, _body, _twins, _charset, _repairs)
    parts = (_page, _http, _warc, _file, _signals, _fails, _record)
    stated = [entry for part in wanted for entry in part(document)]
    return [*stated, *_problems(document, mending_key)], [entry for part in parts for entry in part(document)]


def _fields(document: Document) -> Iterator[Entry]:
    order = [key for key in FIELD_ORDER if key in document.metadata]
    order += [key for key in document.metadata if key not in FIELD_ORDER]
    for key in order:
        yield _field(key, document.metadata[key])


def _field(key: str, field: Field) -> Entry:
    rivals = "; ".join(
        tr("or {value} ({origin})", value=value, origin=_origin(origin)) for value, origin in field.rivals
    )
    is_guessed, origin = field.certainty == "probable", _origin(field.origin)
    note = _joined(tr("guessed: {origin}", origin=origin) if is_guessed else origin, rivals, _was(field.before))
    return Entry(tr_name(key.replace("_", " ")), shown(field.value), note, "probable" if is_guessed else "plain")


def _body(document: Document) -> Iterator[Entry]:
    if document.signals.get("doubt", 0.0) >= UNCERTAIN:
        share = document.signals.get("boilerplate_ratio", 0.0)
        yield Entry(tr("body"), tr("uncertain"), tr("{share:.0%} of the text left out", share=share), "probable")


def _twins(document: Document) -> Iterator[Entry]:
    if twins := document.twins:
        copy = (
            tr("a copy of #{ordinal}, {share:.0%} the same", ordinal=twins.kept.ordinal, share=twins.likeness)
            if twins.kept
            else ""
        )
        yield Entry(tr("twins"), f"{twins.others:,}", copy or tr("this one is the first"))


def _charset(document: Document) -> Iterator[Entry]:
    charset = document.charset
    is_valid = charset.by == "utf-8" and all(problem.stage != "decode" for problem in document.problems)
    chosen = next((claim for claim in charset.claims if claim.by == charset.by and claim.score is None), None)
    by = tr("by {claim}", claim=tr_claim(charset.by))
    if is_valid:
        by = tr("valid throughout")
    elif chosen is not None and chosen.charset != charset.name:
        by = _says(chosen)
    claims = [
        _says(claim)
        for claim in charset.claims
        if claim is not chosen and (claim.by != charset.by or claim.charset != charset.name)
    ]
    yield Entry(tr("charset"), charset_name(charset.name), _joined(by, *claims))


def _says(claim: Claim) -> str:
    if claim.score is not None:
        return tr("or {charset} ({score:.2f})", charset=claim.charset, score=claim.score)
    return tr("{claim} says {charset}", claim=tr_claim(claim.by), charset=claim.charset)


def _repairs(document: Document) -> Iterator[Entry]:
    label = tr("repairs")
    if not document.repairs:
        yield Entry(label, tr("none needed"))
    for repair in document.repairs:
        mood: Mood = "probable" if repair.certainty == "probable" else "plain"
        note = tr_problem(repair.note) if repair.note else ""
        yield Entry(label, f"{repair.count:,} {repair.name}", _joined(_sure(repair.probable, repair.count), note), mood)
        label = ""


def _sure(guessed: int, count: int) -> str:
    if not guessed:
        return tr("all certain")
    if guessed >= count:
        return tr("all guessed")
    return tr("{certain:,} certain, {guessed:,} guessed", certain=count - guessed, guessed=guessed)


def _problems(document: Document, key: str) -> Iterator[Entry]:
    """One entry for each kind, with what can be done about it."""
    label, by_code = tr("problems"), dict[str, list[Problem]]()
    for problem in document.problems:
        by_code.setdefault(problem.code, []).append(problem)
    for code, problems in by_code.items():
        yield _conversion(label, problems, key) if code == CONVERSION else _problem(label, problems)
        label = ""


def _conversion(label: str, problems: list[Problem], key: str) -> Entry:
    words = [word if count == 1 else f"{word} ×{count}" for word, count in conversions(problems)]
    return Entry(label, f"{problems_of(problems)}: {_some(words)}", tr("{key} mends them", key=key) if key else "")


def _problem(label: str, problems: list[Problem]) -> Entry:
    first, count = problems[0], len(problems)
    places = [tr("byte {place:,}", place=each.byte) for each in problems if each.byte is not None]
    lost = sum(each.lost or 0 for each in problems)
    words = f"{tr_problem(first)}  ×{count:,}" if count > 1 else tr_problem(first)
    gone = tr("{count:,} bytes lost", count=lost) if lost else ""
    return Entry(
        label, words, _joined(_some(places), gone, first.code), "plain" if first.gravity == "told" else "trouble"
    )


def _some(examples: list[str]) -> str:
    return ", ".join(examples[:MOST_EXAMPLES]) + (", …" if len(examples) > MOST_EXAMPLES else "")


def _page(document: Document) -> Iterator[Entry]:
    yield Entry(tr("Page"), kind_of(document), mood="heading")
    if scripts := Writings(document.scripts).summary():
        yield Entry(tr("scripts"), scripts)
    yield Entry(tr("title"), document.title or tr("none"), _was(document.title_before))
    if document.headlines:
        lists = ", ".join({headline.list: name_of_list(headline) for headline in document.headlines}.values())
        yield Entry(tr("headlines"), tr("{count} in {lists}", count=len(document.headlines), lists=lists))
    if document.url:
        yield Entry("URL", document.url)
    if document.fetched:
        yield Entry(tr("fetched"), document.fetched)


def _origin(origin: str) -> str:
    """Who states something: our names are translated, `meta og:title` is as the page has it."""
    by, space, name = origin.partition(" ")
    return tr_name(origin.removeprefix("text: ")) if by != "record" or not space else tr("record {name}", name=name)


def _http(document: Document) -> Iterator[Entry]:
    http = document.http
    if http is None:
        return
    yield Entry("HTTP", f"{http.status} {http.reason}".strip(), http.version, "heading")
    for status, url in http.redirects:
        yield Entry(tr("redirect"), url, str(status))
    if http.age_s is not None and http.age_s >= FRESH_S:
        yield Entry(tr("age"), duration(http.age_s), tr("R asks the server"))
    if http.address:
        yield Entry(tr("address"), http.address)
    if http.wire_bytes >= 0:
        came = tr("{count:,} bytes", count=http.wire_bytes)
        yield Entry(tr("received"), came, tr("{count:,} unpacked", count=http.decoded_bytes))
    if http.timing_s:
        yield Entry(tr("seconds"), ", ".join(f"{tr_name(what)} {seconds:.3f}" for what, seconds in http.timing_s))
    if http.tls:
        yield Entry(
            "TLS",
            dict(http.tls).get("version", ""),
            _joined(*(f"{tr_name(name)} {value}" for name, value in http.tls[1:])),
        )
    for name, value in http.headers[:MAX_HEADERS]:
        yield Entry(name.lower(), shown(value))
    if len(http.headers) > MAX_HEADERS:
        yield Entry("", tr("and {count:,} more headers", count=len(http.headers) - MAX_HEADERS))


def duration(seconds: float) -> str:
    """A length of time in its largest unit.

    >>> duration(59), duration(7300), duration(200_000)
    ('59 s', '2 h', '2 d')
    """
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} s"


def _warc(document: Document) -> Iterator[Entry]:
    if document.warc:
        yield Entry("WARC", tr("{count} headers", count=len(document.warc)), mood="heading")
    for name, value in document.warc:
        yield Entry(name.removeprefix("WARC-"), shown(value))


def _file(document: Document) -> Iterator[Entry]:
    ref = document.ref
    yield Entry(tr("File"), ref.source, f"#{ref.ordinal}", "heading")
    if ref.member:
        yield Entry(tr("member"), ref.member)
    yield Entry(tr("kind"), document.media or tr("unknown"), ref.format if isinstance(ref, Ref) else "")
    clipped = tr("{count:,} more bytes were not read", count=document.clipped) if document.clipped else ""
    yield Entry(tr("bytes"), f"{document.size:,}", clipped, "trouble" if clipped else "plain")
    if ref.offset or ref.length >= 0:
        length = tr("{count:,} bytes", count=ref.length) if ref.length >= 0 else ""
        yield Entry(tr("offset"), f"{ref.offset:,}", length)
    yield Entry("sha256", document.sha256)


def _signals(document: Document) -> Iterator[Entry]:
    if document.signals:
        yield Entry(tr("Signals"), "", mood="heading")
    for name, figure in document.signals.items():
        yield Entry(tr_name(name.removesuffix("_ratio").replace("_", " ")), f"{figure:.3g}")


def _fails(document: Document) -> Iterator[Entry]:
    """The rules of public corpora by which the page would be dropped, with figure and bound."""
    if not document.fails:
        return
    from tui.text.quality.rules import RULES  # the first page shows without

    yield Entry(tr("Fails"), tr("rules of public corpora"), mood="heading")
    for name, failure in document.fails.items():
        sign = "<" if RULES[name].least is not None else ">"
        yield Entry(name, f"{failure.value:g} {sign} {failure.bound:g}", tr_name(RULES[name].about))


def _record(document: Document) -> Iterator[Entry]:
    if document.record:
        yield Entry(tr("Record"), tr("{count} more fields", count=len(document.record)), mood="heading")
    for key, value in document.record.items():
        yield Entry(str(key), shown(value))


def _was(before: str | None) -> str:
    return "" if before is None else tr("before repair: {text}", text=before)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
