"""Fields of a record as corpora and tables hold them, by name, and times as they write them."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

DATE_FIELDS = (
    "date", "published", "publish_date", "date_publish", "pubdate", "published_at", "time", "created",
    "published_date", "publishedTime", "datePublished", "pub_date", "publish_time", "published_time", "post_time",
    "created_at", "created_utc", "publishedAt", "date_published", "日期", "发布时间", "發布時間", "发布日期", "發布日期",
    "发表时间", "時間", "时间", "公開日",
)  # fmt: skip
"""What records call when a page was published."""
_NAMES_ELSEWHERE = {
    "text": "inhalt volltext artikeltext texte contenu texto contenido cuerpo conteúdo conteudo corpo testo contenuto текст содержание контент "
    "treść tresc tekst 記事 記事本文 기사 내용",
    "title": "titel überschrift schlagzeile titre título titulo titolo заголовок название tytuł tytul 見出し 題名 표제",
    "href": "adresse lien enlace dirección endereço collegamento indirizzo ссылка адрес adres odnośnik 링크 주소",
    "date": "datum veröffentlicht veröffentlichungsdatum erscheinungsdatum date_publication date_de_publication fecha fecha_publicación "
    "fecha_de_publicación data_publicação data_de_publicação data_pubblicazione data_di_pubblicazione дата дата_публикации data_publikacji "
    "日付 掲載日 날짜 작성일 게시일",
    "author": "autor verfasser auteur autore автор 筆者 執筆者 저자 작성자 글쓴이 기자",
    "source": "quelle fuente fonte источник źródło 出典 출처",
}
MEANT = {
    word.replace("_", sign): name for name, words in _NAMES_ELSEWHERE.items() for word in words.split() for sign in "_ "
}
"""Names of fields in German, French, Spanish, Portuguese, Italian, Russian, Polish, Japanese and Korean, small -> what most records call that.

`data` is left out: a date in three languages, and anything in English. So are names of addresses where none stands.
"""


@lru_cache(16)
def date_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of a record's names that say when a page was published, the likeliest first.

    >>> date_names(("Titel", "Datum", "created"))
    ('Datum', 'created')
    """
    known = {name: MEANT.get(name.lower(), name.lower()) for name in names}
    return tuple(
        sorted(
            (name for name in names if known[name] in _DATE_ORDER), key=lambda name: (_DATE_ORDER[known[name]], name)
        )
    )


_DATE_ORDER = {name: number for number, name in enumerate(DATE_FIELDS)}
_DATED = re.compile(
    r"(\d{4}[-/]\d\d(?:\Z|[-/]\d\d))(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s?(Z|UTC|[+-]\d\d:?\d\d)?)?\Z"
)
_EPOCH_S = range(300_000_000, 10_000_000_000)
"""Seconds from 1979 to 2286; thousand times as many are milliseconds."""
_MAX_MOMENT = 1000 * _EPOCH_S.stop
"""What is larger is no time: nor are infinity and NaN, which have no whole number."""


def field(record: Mapping[str, Any], name: str) -> Any:
    """Return a field of a record, or None; dots lead into objects, unless a key holds the dot itself.

    Of a list they lead to the item of that number, or to what each of its objects has under the name. An object may be
    written as a string of JSON, as RedPajama and copies of Dolma in Parquet do.

    >>> field({"meta": {"url": "x"}}, "meta.url"), field({"meta.url": "y"}, "meta.url"), field({"meta": '{"url": "z"}'}, "meta.url")
    ('x', 'y', 'z')
    >>> record = {"parts": [{"text": "a"}, {"n": 1}, {"text": "b"}]}
    >>> field(record, "parts.0.text"), field(record, "parts.text"), field(record, "parts.9.text")
    ('a', ['a', 'b'], None)
    """
    if "." not in name or name.partition(".")[0] not in record:
        return record.get(name)
    value: Any = record
    for key in name.split("."):
        value = _below(_unwrapped(value) if isinstance(value, str) else value, key)
    return record.get(name) if value is None else value


def _below(value: Any, key: str) -> Any:
    if isinstance(value, Mapping):
        return value.get(key)
    if not isinstance(value, list):
        return None
    if key.isascii() and key.isdecimal():
        number = int(key[:_DIGITS])
        return value[number] if number < len(value) else None
    return [each[key] for each in value if isinstance(each, Mapping) and each.get(key) is not None] or None


_DIGITS = 10
"""Of the number of an item; there are no more items than that."""


def _unwrapped(text: str) -> Any:
    if not text.startswith("{"):
        return None
    import json

    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def moment(value: Any) -> str | None:
    """Return a time as ISO 8601, from ISO, with slashes, or seconds or milliseconds since 1970; None if it is no time.

    >>> moment("2019/04/25 12:57:54"), moment(1556197074), moment("yesterday"), moment(float("nan"))
    ('2019-04-25T12:57:54', '2019-04-25T12:57:54Z', None, None)
    """
    if isinstance(value, str):
        if not (match := _DATED.match(value)):
            return None
        day, time, zone = match.groups("")
        day = day.replace("/", "-")
        return f"{day}T{time}{'Z' if zone == 'UTC' else zone}" if time else day
    from datetime import UTC, date, datetime  # 1.5 ms, and scanning needs none of it

    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _MAX_MOMENT:
        seconds = int(value) if int(value) in _EPOCH_S else int(value) // 1000
        if seconds in _EPOCH_S:
            return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment(value.isoformat()) if isinstance(value, date) else None
