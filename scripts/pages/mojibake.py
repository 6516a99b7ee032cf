"""UTF-8 read as windows-1252, whole and in part, and characters that stand as entities and escapes in the text."""

from collections.abc import Callable
from dataclasses import replace

from pages.clean import KOREAN, MENUS, PORTAL_WORDS, SIMPLIFIED
from pages.layouts import Words, broadsheet, portal
from pages.sample import Answer, Item, Listing, Sample, Story, article
from tui.text.charset import misreading

GERMAN = Story(
    language="de",
    title="Süßes aus der Glockengießerei: Brötchen mit Prägung begeistern Mühlfährhausen",
    paragraphs=(
        "Wo früher Kirchenglocken gegossen wurden, duftet es seit Samstag nach Hefe. In der stillgelegten Gießerei von Mühlfährhausen hat die Bäckermeisterin Jördis Köhnlein ihren ersten Ofen angeheizt – übrigens in derselben Grube, in der 1911 die größte Glocke des Landkreises abkühlte.",
        "Jedes Brötchen trägt ein Muster der alten Gussformen: Ähren, Schlüssel, manchmal einen Stadtgründer mit schiefem Hut. „Der Teig ist geduldiger als Bronze“, sagt Köhnlein, „aber beleidigt ist er schneller.“",
        "Für die Eröffnung stand die Straße bis zum Flößerbrückchen voll. Nach zwei Stunden waren 1.400 Stück verkauft, darunter das „Geläut“: vier Größen in einer Tüte, die man der Tonhöhe nach verspeisen möge.",
        "Ein Café soll folgen, sobald die Denkmalschützer über den Kran entschieden haben. Köhnlein möchte ihn behalten. Mit ihm ließen sich Torten servieren, „würdig und von oben“.",
    ),
    date="2025-02-22T12:10:00+01:00",
    date_text="22. Februar 2025, 12:10 Uhr",
    author=("Björn Überseder",),
    byline="Von Björn Überseder",
    site="Mühlfährhausener Bote",
    section="Wirtschaft",
    path="/wirtschaft/glockenbroetchen",
    lists=(
        Listing(
            "related",
            "Mehr zum Thema",
            (
                Item("Flößerbrückchen wird für Fußgänger geöffnet", "/lokales/floesser", "2025-02-19"),
                Item("Wie klingt Sauerteig? Ein Müller hört genau hin", "/kultur/sauerteig", "2025-02-11"),
            ),
        ),
    ),
)

TEA = Story(
    language="zh-Hans",
    title="半坡茶园给每棵老茶树发了“退休证”",
    paragraphs=(
        "半坡村最老的三十二棵茶树今年不再采摘。四月第一天，村里给它们挂上木牌，牌上写着树龄、品种和“光荣退休”四个字。",
        "茶园主人傅青岚说，老树一年只能采三斤多，采得越勤老得越快。“它们养了我们四代人，也该歇歇了。”",
        "退休不等于没事做。农科站在树下装了小气象站，记录温度、湿度和来歇脚的鸟。孩子们放学后轮流抄数据，抄错一位罚浇一次水。",
        "空出来的采摘工分改去养护新茶园，收入没有减少。有茶客专程赶来，只为在老树下喝一杯新树的茶。",
    ),
    date="2025-04-01T08:05",
    date_text="2025-04-01 08:05",
    author=("叶知秋",),
    byline="记者：叶知秋",
    editor=("纪棠",),
    source="半坡通讯",
    site="山南新闻网",
    section="乡村",
    lists=(
        Listing(
            "latest",
            "最新评论文章",
            (
                Item("老树退休，谁来接班？", "/pl/3301.html", "2025-04-01", "评论"),
                Item("把气象站搬进茶园之后", "/pl/3295.html", "2025-03-30", "科技"),
                Item("一斤茶的账本：慢一点反而赚了", "/pl/3288.html", "2025-03-28", "经济"),
                Item("孩子抄下的三千个数字", "/pl/3276.html", "2025-03-25", "教育"),
            ),
        ),
    ),
)

_DE = Words(
    ("Startseite", "Lokales", "Wirtschaft", "Kultur"), footer="© 2025 Mühlfährhausener Bote – Alle Rechte vorbehalten"
)


def misread(text: str) -> str:
    """UTF-8 bytes shown as windows-1252, with the C1 controls that browsers put for its five gaps."""
    return "".join(_SHOWN[byte] for byte in text.encode())


def _shown(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_SHOWN = [_shown(byte) for byte in range(256)]

# What the desk wrote, what the page's own escaping has left of it.
_ESCAPED = (
    (
        "The museum’s new gallery opens with a single object: a tin sign that reads 国家气象台, the old name of the weather office on Lantern Hill.",
        "The museum’s new gallery opens with a single object: a tin sign that reads &#22269;&#23478;&#27668;&#35937;&#21488;, the old name of the weather office on Lantern Hill.",
    ),
    (
        "Curator Anaïs Veldkamp found it behind a boiler. “The letters 国 and 象 had been repainted by somebody who could not read them,” she said.",
        "Curator Ana&iuml;s Veldkamp found it behind a boiler. &ldquo;The letters \\u56fd and \\u8c61 had been repainted by somebody who could not read them,&rdquo; she said.",
    ),
    (
        "Visitors may search the catalogue for 国家 or simply ask at the café.",
        "Visitors may search the catalogue for %E5%9B%BD%E5%AE%B6 or simply ask at the caf&eacute;.",
    ),
    (
        "The catalogue entry is https://museum.example/find/%E5%9B%BD%E5%AE%B6?lang=zh&page=1 and will stay there.",
        "The catalogue entry is https://museum.example/find/%E5%9B%BD%E5%AE%B6?lang=zh&page=1 and will stay there.",
    ),
)
_CODE = 'label = "\\u56fd\\u5bb6"\nescaped = "&#22269;&#23478;"\nlink = "/find/%E5%9B%BD%E5%AE%B6"'


def _escapes() -> Sample:
    title = "A weather sign that survived a boiler & a careless painter"
    date, author = "2025-06-20", "Corin Ashdale"

    def page(title: str, paragraphs: list[str]) -> bytes:
        shown = "\n".join(f"<p>{_plain(paragraph)}</p>" for paragraph in paragraphs)
        return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{_plain(title)} | Lantern Hill Gazette</title>
</head>
<body>
<nav class="menu"><a href="/">Front page</a> <a href="/museum">Museum</a> <a href="/letters">Letters</a></nav>
<article>
<h1>{_plain(title)}</h1>
<p class="byline">By {author} <time datetime="{date}">20 June 2025</time></p>
{shown}
<p>The label printer still speaks in escapes, and that is as it should be:</p>
<pre><code>{_plain(_CODE)}</code></pre>
</article>
<footer><p>Lantern Hill Gazette</p></footer>
</body>
</html>
""".encode()

    clean = [paragraph for paragraph, _ in _ESCAPED]
    body = [*clean, "The label printer still speaks in escapes, and that is as it should be:", *_CODE.split("\n")]
    answer = Answer(
        title=title,
        type="article",
        language="en",
        charset="utf-8",
        body=body,
        metadata={"date": date, "author": [author]},
        repairs=["entities"],
        text_contains=[title, *body],
        text_lacks=["&iuml;", "&ldquo;"],
    )
    payload = page(title.replace("&", "&amp;"), [damaged for _, damaged in _ESCAPED])
    return Sample("entities-and-escapes-as-text.html", payload, (answer,), undamaged=page(title, clean))


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _in_part() -> Sample:
    """The article came from one database and the list beside it from another, which was read as windows-1252."""
    one = TEA.lists[0]
    items = tuple(replace(item, title=misread(item.title), tag=misread(item.tag or "")) for item in one.items)
    damaged = replace(TEA, lists=(replace(one, heading=misread(one.heading), items=items),))
    return Sample(
        "mojibake-chinese-in-part.html",
        portal(damaged, PORTAL_WORDS).encode(),
        (article(TEA, repairs=["mojibake"]),),
        undamaged=portal(TEA, PORTAL_WORDS).encode(),
    )


def _across(name: str, story: Story, written: str, read: str, page: Callable[[Story], str]) -> Sample:
    """A story whose strings were written in one charset and read in another, on a page whose own words are right."""
    damaged = story.changed(lambda text: misreading.misread(text, written, read))
    if "\ufffd" in damaged.byline:  # no likelihood tells what a person is called
        damaged = replace(damaged, byline=story.byline, editor=story.editor)
    return Sample(
        name,
        page(damaged).encode(),
        (article(story, repairs=["cjk_mojibake"]),),
        undamaged=page(story).encode(),
    )


def _chinese(story: Story) -> str:
    return portal(story, PORTAL_WORDS)


def _korean(story: Story) -> str:
    return broadsheet(story, MENUS["ko"], "https://eunsol.example")


def samples() -> list[Sample]:
    """Pages misread as a whole and in part, in several charsets, and one with escapes as text."""
    german = broadsheet(GERMAN, _DE, "https://bote.example")
    whole = Sample(
        "mojibake-german.html",
        misread(german).encode(),
        (article(GERMAN, repairs=["mojibake"]),),
        undamaged=german.encode(),
    )
    return [
        whole,
        _in_part(),
        _across("mojibake-utf-8-as-gbk.html", SIMPLIFIED, "u8", "gbk", _chinese),
        _across("mojibake-gbk-as-windows-1252.html", TEA, "gbk", "cp1252", _chinese),
        _across("mojibake-korean-as-gbk.html", KOREAN, "euckr", "gbk", _korean),
        _escapes(),
    ]
