"""Under which names records keep what a page is; of several names the first counts that is there.

They were read off the data and the documentation of those who are named behind each line.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

BODY_FIELDS = (
    "text",  # C4, mC4, FineWeb, CulturaX, OSCAR, Dolma, RedPajama, HPLT, SkyPile, The Pile
    "content",  # WuDao, WanJuan, old OSCAR, news APIs
    "raw_content",  # CCNet, RedPajama-V2
    *("body", "markdown", "html"),  # Elasticsearch; firecrawl; Common Crawl tools
    *("selftext", "maintext"),  # Reddit; news-please
    *("article", "story", "passage", "sentence"),  # CNN/DailyMail, XSum, MS MARCO, Leipzig
    *("document", "page_content", "plain_text", "full_text", "fulltext"),  # Multi-News; LangChain; newspaper; tweets
    *("articleBody", "article_body", "article_text"),  # schema.org and those who copy it
    *("content_html", "content_text", "paragraphs", "sentences"),
    *(
        "post_content",
        "extract",
        "story_text",
        "comment_text",
        "rawContent",
    ),  # WordPress; MediaWiki; Hacker News; tweets
    *("正文", "内容", "內容", "文本", "文章", "全文"),  # tables in Chinese
    *("段落", "本文", "본문"),  # MNBVC; tables in Japanese and Korean
    *("messages", "conversations", "conversation", "dialog", "dialogue", "turns"),  # OpenAI, ShareGPT, MOSS
)
ASKED = ("system", "instruction", "context", "input", "prompt", "question", "query")
ANSWERED = ("output", "response", "answer", "answers", "completion", "chosen", "rejected")
"""What is asked and answered, in records of instructions: Alpaca, Dolly, SQuAD, UltraFeedback, hh-rlhf."""
SPEAKERS = ("role", "from", "speaker", "author", "user")
SPEECHES = ("content", "value", "text", "utterance", "message", "内容", "內容")
"""Who speaks, and what: OpenAI, ShareGPT, OASST; without a speaker, what an item of a list says (MNBVC)."""
ROLES = frozenset({"human", "user", "assistant", "system", "gpt", "bot", "Human", "Assistant", "MOSS"})
"""Speakers whose names are those of the fields that hold what they say: MOSS, BELLE."""
TITLE_FIELDS = (
    *(
        "title",
        "headline",
        "name",
        "article_title",
        "page_title",
        "post_title",
        "metadata.title",
        "meta.title",
        "title.rendered",
    ),  # WordPress
    *("标题", "標題", "題目", "题目", "タイトル", "제목"),
)
URL_FIELDS = (
    *("url", "uri", "warc-target-uri", "metadata.url", "meta.url"),  # C4; news; OSCAR 21; CulturaX, Dolma; RedPajama
    *("warc_headers.warc-target-uri", "meta.warc_headers.warc-target-uri"),  # OSCAR 22, 23
    *("metadata.warc_headers.warc-target-uri", "link", "metadata.sourceURL"),  # feeds; firecrawl
    *("source_url", "page_url", "webpage_url", "article_url", "canonical_url", "metadata.source_url"),
    *("网址", "網址", "链接", "鏈接", "連結", "リンク"),
    *("u", "href", "source", "metadata.source"),  # HPLT; LangChain
)
LOOSE_URL_FIELDS = frozenset({"u", "href", "source", "metadata.source"})
"""Names that others give other things: they count where an address stands there."""
FETCHED_FIELDS = (
    *("date_download", "warc-date", "warc_headers.warc-date", "meta.warc_headers.warc-date"),  # news-please; OSCAR
    *("crawl_date", "timestamp", "meta.timestamp", "added", "ts"),  # RedPajama; C4, mC4, CulturaX; Dolma; HPLT
    *("crawled_at", "crawl_time", "scraped_at", "fetched_at", "fetch_time", "metadata.timestamp"),
    *("抓取时间", "采集时间", "爬取时间", "抓取時間"),
)
LIST_NAMES = (
    *(
        "hits",
        "data",
        "items",
        "results",
        "records",
        "rows",
        "docs",
        "documents",
        "articles",
        "entries",
        "posts",
        "pages",
    ),
    *("result", "value", "children", "edges", "nodes", "list", "数据", "資料"),
)
"""Lists of records in one object: Elasticsearch, web APIs, CouchDB, Solr, OData, Reddit, GraphQL."""


class Candidates(NamedTuple):
    """Of the names under which others keep what a page is, those under which a record may."""

    titles: tuple[str, ...]
    urls: tuple[str, ...]
    fetched: tuple[str, ...]


_ROLES = (TITLE_FIELDS, URL_FIELDS, FETCHED_FIELDS)
KNOWN = frozenset(BODY_FIELDS).union(*_ROLES)
"""Names of a page's text, title, address and time."""
RIVALS = {
    "text": frozenset(map(str.lower, (*BODY_FIELDS, *ANSWERED))),
    "title": frozenset(TITLE_FIELDS),
    "href": frozenset(URL_FIELDS) - LOOSE_URL_FIELDS,
}
"""What a name in another language is meant for -> names beside which it is something else: a page has one text."""
_HEADS = frozenset(part for names in _ROLES for name in names for part in (name, name.partition(".")[0]))
"""What a record has for one of the names at all: the name, or what its first dot leads into."""


def candidates(record: Iterable[str]) -> Candidates:
    """Return the names that are worth a look, by the keys of a record: those of a corpus have the same ones.

    >>> candidates({"url": "x", "text": "y", "meta": {"timestamp": 1}}).fetched
    ('meta.warc_headers.warc-date', 'meta.timestamp')
    """
    return _candidates(tuple(filter(_HEADS.__contains__, record)))


@lru_cache(256)
def _candidates(keys: tuple[str, ...]) -> Candidates:
    there = (tuple(name for name in names if name in keys or name.partition(".")[0] in keys) for names in _ROLES)
    return Candidates(*there)
