"""Three ways in which news sites lay out an article."""

import json
from dataclasses import dataclass
from html import escape

from pages.sample import Item, Listing, Story


@dataclass(frozen=True, slots=True)
class Words:
    """A site's own words around its articles."""

    menu: tuple[str, ...]
    """Sections, the home page first."""
    by: str = ""
    """Stands before the authors; with its colon or blank."""
    source: str = ""
    editor: str = ""
    original: str = ""
    comments: str = ""
    """Unit of a count of comments."""
    footer: str = ""


def text(value: str) -> str:
    """Escape for element content."""
    return escape(value, quote=False)


def broadsheet(story: Story, words: Words, address: str, right_to_left: bool = False) -> str:
    """HTML5 with landmarks, OpenGraph and JSON-LD."""
    linked = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.date,
        "author": [{"@type": "Person", "name": name} for name in story.author],
        "publisher": {"@type": "Organization", "name": story.site},
    }
    direction = ' dir="rtl"' if right_to_left else ""
    return f"""<!DOCTYPE html>
<html lang="{story.language}"{direction}>
<head>
<meta charset="utf-8">
<title>{text(story.title)} - {text(story.site)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="og:type" content="article">
<meta property="og:title" content="{escape(story.title)}">
<meta property="og:site_name" content="{escape(story.site)}">
<link rel="canonical" href="{address}{story.path}">
<script type="application/ld+json">{json.dumps(linked, ensure_ascii=False)}</script>
<style>body {{ max-width: 40em; margin: auto }} .byline {{ color: #555 }}</style>
</head>
<body>
<header class="site-header">
<a class="logo" href="/">{text(story.site)}</a>
<nav class="main-nav"><ul>
{_menu(words)}
</ul></nav>
</header>
<nav class="breadcrumb"><a href="/">{text(words.menu[0])}</a> / <a href="/section">{text(story.section)}</a></nav>
<main>
<article>
<h1>{text(story.title)}</h1>
<p class="byline">{text(story.byline)} <time datetime="{story.date}">{text(story.date_text)}</time></p>
{_figure(story)}{_paragraphs(story)}
</article>
{"".join(_aside(one, words) for one in story.lists)}</main>
<footer class="site-footer"><p>{text(words.footer)}</p></footer>
</body>
</html>
"""


def _menu(words: Words) -> str:
    return "\n".join(f'<li><a href="/{n or ""}">{text(name)}</a></li>' for n, name in enumerate(words.menu))


def _figure(story: Story) -> str:
    if story.figure is None:
        return ""
    alt, caption = story.figure
    return f'<figure><img src="/img/lead.jpg" alt="{escape(alt)}"><figcaption>{text(caption)}</figcaption></figure>\n'


def _paragraphs(story: Story) -> str:
    lines = []
    for paragraph in story.paragraphs:
        if paragraph.startswith("## "):
            lines.append(f"<h2>{text(paragraph[3:])}</h2>")
        elif paragraph.startswith("> "):
            lines.append(f"<blockquote>{text(paragraph[2:])}</blockquote>")
        elif paragraph.startswith("- "):
            lines.append(f"<ul><li>{text(paragraph[2:])}</li></ul>")
        else:
            lines.append(f"<p>{text(paragraph)}</p>")
    return "\n".join(lines).replace("</ul>\n<ul>", "\n")


def _aside(one: Listing, words: Words) -> str:
    rows = "\n".join(f"<li>{_row(item, words)}</li>" for item in one.items)
    return f'<aside class="{one.name or "list"}"><h2>{text(one.heading)}</h2>\n<ul>\n{rows}\n</ul></aside>\n'


def _row(item: Item, words: Words) -> str:
    row = f'<a href="{item.url}">{text(item.title)}</a>'
    if item.date:
        row += f' <time datetime="{item.date}">{item.date.replace("T", " ")}</time>'
    if item.tag:
        row += f' <span class="tag">{text(item.tag)}</span>'
    if item.comments is not None:
        row += f' <span class="comments">{words.comments.format(item.comments)}</span>'
    return row


def portal(story: Story, words: Words, charset: str = "utf-8") -> str:
    """The divisions of a Chinese news portal, with its line of facts above the article and its editor below."""
    facts = "\u3000".join(
        [story.date_text]
        + ([f"{words.source}{story.source}"] if story.source else [])
        + ([story.byline] if story.byline else [])
    )
    original = f'<p class="orig">{text(words.original + story.original_title)}</p>\n' if story.original_title else ""
    editor = f'<div class="editor">{text(words.editor)}{text(" ".join(story.editor))}</div>\n' if story.editor else ""
    menu = " | ".join(f'<a href="/{n or ""}">{text(name)}</a>' for n, name in enumerate(words.menu))
    return f"""<!DOCTYPE html>
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{text(story.title)}_{text(story.section)}_{text(story.site)}</title>
<link rel="stylesheet" href="/css/article.css">
<script>var channel = "news"; document.domain = document.domain;</script>
</head>
<body>
<div id="top" class="nav">{menu}</div>
<div class="crumbs"><a href="/">{text(words.menu[0])}</a> &gt; <a href="/news">{text(story.section)}</a></div>
<div class="wrap">
<div class="main">
<h1 class="article-title">{text(story.title)}</h1>
<div class="article-info">{text(facts)}</div>
<div id="content" class="article-content">
{_figure(story)}{_paragraphs(story)}
{original}</div>
{editor}</div>
<div class="side">
{"".join(_box(one, words) for one in story.lists)}</div>
</div>
<div class="footer">{text(words.footer)}</div>
</body>
</html>
"""


def _box(one: Listing, words: Words) -> str:
    rows = "\n".join(f"<li>{_row(item, words)}</li>" for item in one.items)
    return f'<div class="box {one.name}"><h3>{text(one.heading)}</h3>\n<ul class="news-list">\n{rows}\n</ul></div>\n'


def tables(story: Story, words: Words, declaration: str) -> str:
    """A page of the years of table layout; `declaration` is its meta line about the charset, or nothing."""
    menu = " | ".join(f'<a href="/{n or "index"}.html">{text(name)}</a>' for n, name in enumerate(words.menu))
    facts = " ".join(
        ([f"{words.source}{story.source}"] if story.source else [])
        + ([story.byline] if story.byline else [])
        + [story.date_text]
    )
    return f"""<html>
<head>
{declaration}<title>{text(story.title)} - {text(story.site)}</title>
</head>
<body bgcolor="#ffffff">
<table width="760" border="0" cellspacing="0" align="center">
<tr><td class="menu">{menu}</td></tr>
<tr><td class="article">
<h1>{text(story.title)}</h1>
<p class="info"><font size="2">{text(facts)}</font></p>
{_paragraphs(story)}
</td></tr>
{"".join(_cell(one, words) for one in story.lists)}<tr><td class="copyright" align="center"><font size="1">{text(words.footer)}</font></td></tr>
</table>
</body>
</html>
"""


def _cell(one: Listing, words: Words) -> str:
    rows = "<br>\n".join(_row(item, words) for item in one.items)
    return f'<tr><td class="{one.name or "list"}"><b>{text(one.heading)}</b><br>\n{rows}\n</td></tr>\n'
