"""Pages as sites of several kinds make them, around stories of our own, with the truth about each: for floors of quality."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Story:
    """What an article says, and the words of the site around it."""

    title: str
    paragraphs: tuple[str, ...]
    author: str
    site: str
    menu: tuple[str, ...]
    related: tuple[str, ...]
    footer: str
    """The site's own words below."""


@dataclass(frozen=True)
class Made:
    """A page and what is true of it; empty fields are not asked for."""

    kind: str
    source: str
    is_html: bool = True
    title: str = ""
    body: str = ""
    date: str = ""
    items: tuple[str, ...] = field(default=())


STORIES = (
    Story(
        "Old tram bridge opens again after nine years",
        (
            "The tram bridge over the Lenne was opened again on Thursday, nine years after the flood had taken its middle pier.",
            "About two thousand people walked across it before the first tram came, among them many who had not seen each other since the flood.",
            "“We had stopped believing in it,” said Marta Kolb, who runs the bakery at the northern end.",
            "The new pier stands eleven metres deeper than the old one; the city paid for it with a loan that runs until 2060.",
            "Trams will cross every ten minutes from Monday on, and every twenty at night.",
        ),
        "Jonas Feld",
        "Lenne Courier",
        ("News", "Sport", "Culture", "Weather", "Contact"),
        (
            "Flood memorial moved to the northern bank",
            "Tram drivers wanted: the city looks for forty people",
            "What remains of the old pier and who keeps it",
            "Bakery at the bridge wins the bread prize",
        ),
        "© Lenne Courier. All rights reserved. We are not responsible for the content of other sites.",
    ),
    Story(
        "山城老缆车停运九年后恢复开放",
        (
            "停运九年的山城老缆车星期四重新开放，首日有两千多名市民排队乘坐，队伍一直排到江边。",
            "缆车站负责人说，新换的钢缆比原来粗了三毫米，每根可以承受四十吨的重量，检修也改为每周一次。",
            "“小时候每天坐它上学。”住在上站旁边的王阿姨说，她特地带着孙子来坐第一班车。",
            "据了解，缆车票价定为五元，老人和学生半价，首班车早上七点发车，末班车晚上十点。",
            "市交通局表示，明年还将修复下站的候车厅，并在那里陈列旧缆车的零件和照片。",
        ),
        "林小雨",
        "山城日报",
        ("首页", "新闻", "体育", "文化", "天气"),
        (
            "山城夜市搬迁公听会明天举行，摊主各有看法",
            "江边步道试走心得：三公里走了两小时",
            "老缆车零件展下月在图书馆开幕",
            "缆车站招聘四十名检修工，月薪八千元起",
        ),
        "版权所有 山城日报 未经授权禁止转载",
    ),
    Story(
        "九年ぶりに山の索道が運転を再開",
        (
            "九年前の大雨で止まっていた山の索道が、木曜日に運転を再開し、初日は二千人を超える人が乗った。",
            "駅長によると、新しい索は前より三ミリ太く、点検も毎週行うことになったという。",
            "「子どものころは毎日これで学校に通いました」と、上の駅の近くに住む佐々木さんは話した。",
            "運賃は片道三百円で、始発は朝七時、終発は夜十時。来年は下の駅の待合室も直す予定だ。",
        ),
        "佐々木一郎",
        "山の新聞",
        ("ホーム", "ニュース", "スポーツ", "文化", "天気"),
        (
            "夜市の移転をめぐる説明会、あす開催へ",
            "川沿いの遊歩道を三キロ歩いてみた感想",
            "古い索道の部品展、来月図書館で始まる",
            "索道の点検員を四十人募集、経験は不問",
        ),
        "© 山の新聞 無断転載を禁じます",
    ),
    Story(
        "구년 만에 다시 움직이는 산골 케이블카",
        (
            "구년 전 큰비로 멈추었던 산골 케이블카가 목요일 다시 문을 열었고, 첫날에만 이천 명이 넘는 시민이 줄을 섰다.",
            "역장은 새 줄이 전보다 삼 밀리미터 굵고, 점검도 매주 한 번씩 하기로 했다고 말했다.",
            "“어릴 때 날마다 이걸 타고 학교에 다녔어요.” 위쪽 역 옆에 사는 김 씨는 손자와 함께 첫차를 탔다.",
            "요금은 삼천 원이고, 첫차는 아침 일곱 시, 막차는 밤 열 시에 떠난다.",
        ),
        "이서연",
        "산골일보",
        ("홈", "뉴스", "스포츠", "문화", "날씨"),
        (
            "야시장 이전 공청회 내일 열려, 상인들 의견 갈려",
            "강변 산책로 삼 킬로미터를 두 시간 걸어 보니",
            "낡은 케이블카 부품 전시회 다음 달 도서관에서",
            "케이블카 점검원 마흔 명 모집, 경력 무관",
        ),
        "저작권자 © 산골일보 무단전재 재배포 금지",
    ),
)
DATE = "2024-05-02"


def pages() -> Iterator[Made]:
    """Every story in every site, four in which other text may outweigh it, a forum, a list, and its bare lines."""
    for story in STORIES:
        body = "\n".join(story.paragraphs)
        for make in (_semantic, _table, _soup, _blog, _late):
            yield Made("article", make(story), title=story.title, body=body, date=DATE)
        for make in (_short, _parted, _talked, _teased):
            yield Made("tail", make(story), title=story.title, body=body, date=DATE)
        yield Made("forum", _forum(story), body=body)
        yield Made("list", _index(story), items=tuple(_titles(story)))
        yield Made("bare", _bare(story), is_html=False, title=story.title, body=body, date=DATE)


def _paragraphs(story: Story) -> str:
    return "".join(f"<p>{line}</p>" for line in story.paragraphs)


def _links(texts: tuple[str, ...], name: str = "") -> str:
    rows = "".join(f"<li><a href='/{number}'>{text}</a></li>" for number, text in enumerate(texts))
    return f"<ul class='{name}'>{rows}</ul>"


def _semantic(story: Story) -> str:
    """Elements with meaning, JSON-LD, a caption, a pointer in the text."""
    told = f'{{"@type":"NewsArticle","headline":"{story.title}","datePublished":"{DATE}T08:00:00+02:00","author":{{"name":"{story.author}"}}}}'
    first, *rest = (f"<p>{line}</p>" for line in story.paragraphs)
    return (
        f"<html><head><title>{story.title} | {story.site}</title><meta property='og:title' content='{story.title}'>"
        f"<script type='application/ld+json'>{told}</script></head><body><header><nav>{_links(story.menu)}</nav></header><main><article>"
        f"<h1>{story.title}</h1><div class='byline'>{story.author}</div><figure><img src=a.jpg><figcaption>{story.related[2]}</figcaption></figure>"
        f"{first}<p><a href=/2>{story.related[0]}</a></p>{''.join(rest)}</article><aside>{_links(story.related)}</aside></main>"
        f"<footer>{story.footer}{_links(story.menu)}</footer></body></html>"
    )


def _table(story: Story) -> str:
    """Tables and line breaks, as sites of the first decade have them."""
    text = "<br><br>\u3000\u3000".join(story.paragraphs)
    menu = "".join(f"<td><a href='/{n}'>{name}</a></td>" for n, name in enumerate(story.menu))
    more = "<br>".join(f"·<a href='/{n}'>{name}</a>" for n, name in enumerate(story.related))
    return (
        f"<title>{story.title}-{story.site}</title><table><tr>{menu}</tr></table><table><tr><td><h1>{story.title}</h1></td></tr>"
        f"<tr><td>{DATE} 08:00 {story.site}</td></tr><tr><td>\u3000\u3000{text}</td></tr></table>"
        f"<table><tr><td>{more}</td></tr><tr><td>{story.footer}</td></tr></table>"
    )


def _soup(story: Story) -> str:
    """Elements without meaning and names made by machines."""
    lines = "".join(f"<div class='s1x0{number}'>{line}</div>" for number, line in enumerate(story.paragraphs))
    menu = "".join(f"<div class='k2_a'><a href='/{n}'>{name}</a></div>" for n, name in enumerate(story.menu * 2))
    more = "".join(f"<div class='r7_b'><a href='/{n}'>{name}</a></div>" for n, name in enumerate(story.related))
    return (
        f"<title>{story.title}_{story.site}</title><meta name='publishdate' content='{DATE}'><div class='k2'>{menu}</div><div class='q9'>"
        f"<div class='t1_c'>{story.title}</div><div class='z3'>{story.author}</div><div class='s1'>{lines}</div></div>"
        f"<div class='r7'>{more}</div><div class='f5'>{story.footer}</div>"
    )


def _blog(story: Story) -> str:
    """A blog with widgets, tags and comments."""
    comments = "".join(
        f"<li class='comment'><b class='fn'>Ann</b><div class='comment-meta'>{DATE}</div><div class='comment-content'><p>{text}</p></div></li>"
        for text in story.related[:2]
    )
    return (
        f"<title>{story.title} – {story.site}</title><meta property='article:published_time' content='{DATE}T06:00:00+00:00'>"
        f"<body class='single'><div id='menu' class='main-menu'>{_links(story.menu)}</div><div id='content'><div class='post hentry'>"
        f"<h1 class='entry-title'>{story.title}</h1><div class='entry-meta'>{DATE} by {story.author}</div>"
        f"<div class='entry-content'>{_paragraphs(story)}</div><div class='tags'>{_links(story.menu)}</div></div>"
        f"<div id='comments'><ol class='comment-list'>{comments}</ol></div></div><div id='sidebar' class='widget-area'>"
        f"<div class='widget'><h3>{story.site}</h3>{_links(story.related)}</div></div><div id='footer'>{story.footer}</div>"
    )


def _late(story: Story) -> str:
    """An article that is hidden until a script shows it."""
    return (
        f"<title>{story.title}</title><div id='page'><h1 class='rich_title'>{story.title}</h1><em id='publish_time'>{DATE}</em>"
        f"<div class='rich_content' style='visibility: hidden; opacity: 0'>{_paragraphs(story)}</div></div><div class='foot'>{story.footer}</div>"
    )


def _short(story: Story) -> str:
    """Rules for comments that are longer than the article, and comments that a blog calls a thread."""
    other = STORIES[STORIES.index(story) - 1].paragraphs
    rules = f"<p>{' '.join(other)}</p>"
    talk = "".join(
        f"<li class='comment even thread-even depth-1'><div class='reply'><p>{line}</p></div></li>"
        for line in other * 6
    )
    return (
        f"<title>{story.title} | {story.site}</title><div class='top'>{_links(story.menu)}</div><div class='left-side'><h1>{story.title}</h1>"
        f"<div>{DATE}</div>{_paragraphs(story)}</div><div id='comments'><ol class='commentlist'>{talk}</ol></div>"
        f"<div class='box'>{_links(story.menu * 4)}</div><div class='terms'>{rules}</div>"
    )


def _parted(story: Story) -> str:
    """An article in boxes that are named as what asks for money."""
    first, *rest = story.paragraphs
    boxes = "".join(f"<div class='body__inner paywall ad-free'><p>{line}</p></div>" for line in rest)
    return (
        f"<title>{story.title} | {story.site}</title><div class='nav'>{_links(story.menu)}</div><h1>{story.title}</h1>"
        f"<time datetime='{DATE}'>{DATE}</time><div class='body__inner'><p>{first}</p></div>{boxes}"
        f"<div class='recirc'>{_links(story.related)}</div><div class='foot'>{story.footer}</div>"
    )


def _talked(story: Story) -> str:
    """More said about an article than it holds, in elements whose names say nothing."""
    other = STORIES[STORIES.index(story) - 1].paragraphs
    talk = "".join(
        f"<div class='x7'><b>Ann {number}</b><i>{DATE} 10:1{number % 10}</i><p>{line}</p></div>"
        for number, line in enumerate(other * 3)
    )
    return (
        f"<title>{story.title} | {story.site}</title><div class='top'>{_links(story.menu)}</div><div class='x1'><h1>{story.title}</h1>"
        f"<div>{DATE}</div>{_paragraphs(story)}{talk}</div><div class='foot'>{story.footer}</div>"
    )


def _teased(story: Story) -> str:
    """Other stories below an article, each with more of it than a headline."""
    other = STORIES[STORIES.index(story) - 1].paragraphs
    rows = "".join(f"<dt><a href='/{n}'>{story.related[n % 4]}</a></dt><dd>{line}</dd>" for n, line in enumerate(other))
    return (
        f"<title>{story.title} | {story.site}</title><div class='top'>{_links(story.menu)}</div><div class='x1'><h1>{story.title}</h1>"
        f"<div>{DATE}</div>{_paragraphs(story)}<dl>{rows}</dl></div><div class='foot'>{story.footer}</div>"
    )


def _forum(story: Story) -> str:
    """Every paragraph a post, with its author, time and buttons."""
    posts = "".join(
        f"<div class='post' id='p{n}'><div class='postauthor'>{story.author}<br>Level {n}</div><div class='posthead'>#{n} · {DATE} 1{n}:05</div>"
        f"<div class='postbody'>{line}</div><div class='postfoot'><a href=#r>Reply</a> <a href=#q>Quote</a></div></div>"
        for n, line in enumerate(story.paragraphs)
    )
    return (
        f"<title>{story.title}</title><meta name='generator' content='phpBB'><div class='nav'>{_links(story.menu)}</div>"
        f"<h2>{story.title}</h2><div class='forum thread'>{posts}</div><div class='foot'>{story.footer}</div>"
    )


def _titles(story: Story) -> Iterator[str]:
    yield from story.related
    yield from story.paragraphs[:4]
    yield story.title


def _index(story: Story) -> str:
    """A list of dated headlines."""
    rows = "".join(
        f"<li><a href='/a{n}.html'>{title}</a><span class='date'>{DATE} 0{n}:10</span></li>"
        for n, title in enumerate(_titles(story))
    )
    return (
        f"<title>{story.site}</title><div class='nav'>{_links(story.menu)}</div><h2>{story.menu[1]}</h2><ul class='news'>{rows}</ul>"
        f"<div class='foot'>{story.footer}</div>"
    )


def _bare(story: Story) -> str:
    """What a scraper left: menus, the article and links, a line each."""
    lines = [
        *story.menu, story.title, f"{DATE} 08:00", *story.paragraphs, *story.related, story.footer, *story.menu,
    ]  # fmt: skip
    return "\n".join(lines)
