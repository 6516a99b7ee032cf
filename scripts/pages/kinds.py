"""Pages of other kinds than the article: front page, forum, shop, documentation, lesson, records."""

import json
from html import escape

from pages.sample import Answer, Item, Listing, Sample, headlines

_FRONT = (
    Listing(
        "",
        "要闻",
        (
            Item(
                "澜江大桥明早恢复双向通车，桥上多了一条跑道",
                "/yw/20250901/7001.html",
                "2025-09-01",
                "交通",
                286,
                "检修历时五个月，原本的应急车道改成了步行与骑行共用的慢行道。",
                "清晨的澜江大桥与晨跑的人",
            ),
            Item(
                "开学第一课：校长带全校认识一棵银杏",
                "/yw/20250901/6998.html",
                "2025-09-01",
                "教育",
                97,
                "这棵树比学校还大一百二十岁，孩子们给它写了一封信。",
                "孩子们围着一棵银杏树",
            ),
            Item("夜市摊位抽签改为“听歌猜号”，摊主直呼太难", "/yw/20250831/6990.html", "2025-08-31", "民生", 154),
        ),
    ),
    Listing(
        "",
        "社会",
        (
            Item("快递员在楼道里建了个旧书交换角", "/sh/20250901/7003.html", "2025-09-01", "暖闻", 41),
            Item("走失鹦鹉报出主人电话，少了一位数", "/sh/20250831/6987.html", "2025-08-31", "趣闻", 503),
            Item("修表匠退休前，把三百块无主手表摆上街", "/sh/20250830/6971.html", "2025-08-30", "人物", 68),
            Item("小区停电两小时，邻居们终于认识了", "/sh/20250829/6960.html", "2025-08-29", "社区", 120),
        ),
    ),
    Listing(
        "",
        "文化",
        (
            Item("粮仓图书馆借出第一万本书", "/wh/20250901/7002.html", "2025-09-01", "读书", 22),
            Item("皮影老班主收下三名机器人专业的徒弟", "/wh/20250831/6984.html", "2025-08-31", "非遗", 75),
            Item("县志里的一场雨，被谱成了合唱", "/wh/20250828/6949.html", "2025-08-28", "音乐", 9),
        ),
    ),
    Listing(
        "hot",
        "点击排行",
        (
            Item("走失鹦鹉报出主人电话，少了一位数", "/sh/20250831/6987.html"),
            Item("澜江大桥明早恢复双向通车，桥上多了一条跑道", "/yw/20250901/7001.html"),
            Item("夜市摊位抽签改为“听歌猜号”，摊主直呼太难", "/yw/20250831/6990.html"),
        ),
    ),
)


def _front_page() -> Sample:
    sections = "\n".join(
        f'<section class="channel {one.name}"><h2>{one.heading}</h2>\n<ul>\n'
        + "\n".join(f"<li>{_teaser(item)}</li>" for item in one.items)
        + "\n</ul></section>"
        for one in _FRONT
    )
    page = f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>澜江晚报网</title>
<meta name="description" content="澜江的早晨从这里开始">
</head>
<body>
<header><h1 class="logo"><a href="/">澜江晚报网</a></h1>
<nav><a href="/yw">要闻</a> <a href="/sh">社会</a> <a href="/wh">文化</a> <a href="/tp">图片</a> <a href="/epaper">数字报</a></nav></header>
<main>
{sections}
</main>
<footer><a href="/about">关于我们</a> <a href="/ads">广告服务</a> <a href="/contact">联系方式</a>
<p>澜江晚报社 版权所有</p></footer>
</body>
</html>
"""
    shown = [line for one in _FRONT for line in (one.heading, *(line for item in one.items for line in _lines(item)))]
    answer = Answer(
        "澜江晚报网", "listing", "zh-Hans", "utf-8", shown, headlines(_FRONT), {"description": "澜江的早晨从这里开始"}
    )
    return Sample("front-page.html", page.encode(), (answer,))


def _lines(item: Item) -> list[str]:
    """What a teaser shows: the lists are what a front page is about."""
    facts = (item.tag, item.date, None if item.comments is None else f"评论 {item.comments}")
    return [line for line in (item.title, item.summary, " ".join(fact for fact in facts if fact)) if line]


def _teaser(item: Item) -> str:
    image = f'<a class="pic" href="{item.url}"><img src="/t.jpg" alt="{item.image_alt}"></a>' if item.image_alt else ""
    facts = "".join(
        [
            f'<span class="tag">{item.tag}</span>' if item.tag else "",
            f" <time>{item.date}</time>" if item.date else "",
            f' <span class="cmt">评论 {item.comments}</span>' if item.comments is not None else "",
        ]
    )
    summary = f'<p class="summary">{item.summary}</p>' if item.summary else ""
    return f'{image}<a class="t" href="{item.url}">{item.title}</a>{summary}{facts and f"<div>{facts}</div>"}'


_POSTS = (
    (
        "慢火燉湯",
        "2025-02-10 21:14",
        (
            "各位板友好，家裡的鑄鐵鍋生鏽了，鍋底一圈橘紅色，刷完隔天又出現。",
            "我試過小蘇打、檸檬，還有鄰居說的可樂，目前只有可樂被我喝掉是有效的。請問還有救嗎？",
        ),
    ),
    (
        "鐵鍋收容所",
        "2025-02-10 21:52",
        (
            "有救。先用鋼刷刷到見灰，立刻烘乾，抹一層薄到看不見的油，倒扣進烤箱兩百三十度一小時。",
            "重點是「薄到看不見」，你覺得擦乾淨了，再擦一次。",
        ),
    ),
    ("山腳下的阿寬", "2025-02-11 07:30", ("同意樓上。另外洗完不要晾，晾就是請鏽來作客。我都開小火烘到水痕消失。",)),
    (
        "慢火燉湯",
        "2025-02-16 19:05",
        ("回報：照做三輪，鍋子黑得像新的，昨天煎蛋會自己溜冰。感謝大家，可樂的部分我會繼續研究。",),
    ),
)


def _forum() -> Sample:
    title = "鑄鐵鍋生鏽還有救嗎？"
    posts = "\n".join(
        f"""<div class="post" id="post-{n}">
<div class="user"><a href="/user/{n}">{name}</a> <span class="rank">正式會員</span></div>
<div class="post-meta">#{n} 發表於 <time>{when}</time></div>
<div class="post-content">{"".join(f"<p>{line}</p>" for line in lines)}</div>
<div class="actions"><a href="#">回覆</a> <a href="#">檢舉</a></div>
</div>"""
        for n, (name, when, lines) in enumerate(_POSTS, 1)
    )
    page = f"""<!DOCTYPE html>
<html lang="zh-TW">
<head>
<meta charset="utf-8">
<title>{title} - 灶腳討論區</title>
</head>
<body>
<div class="navbar"><a href="/">灶腳首頁</a> <a href="/new">新文章</a> <a href="/login">登入</a></div>
<div class="breadcrumb"><a href="/">首頁</a> » <a href="/f/cookware">鍋具</a></div>
<h1 class="thread-title">{title}</h1>
<div id="thread" class="forum-thread">
{posts}
</div>
<div class="pagination">第 1 頁，共 1 頁</div>
<div class="footer">灶腳討論區 由板友共同維護</div>
</body>
</html>
"""
    body = [line for _, _, lines in _POSTS for line in lines]
    return Sample(
        "forum-thread.html", page.encode(), (Answer(title, "forum", "zh-Hant", "utf-8", body, text_contains=body),)
    )


def _product() -> Sample:
    title = "Fogbell No. 3 desk lamp"
    linked = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": title,
        "brand": {"@type": "Brand", "name": "Wick & Sons"},
        "offers": {
            "@type": "Offer",
            "price": "84.00",
            "priceCurrency": "EUR",
            "availability": "https://schema.org/InStock",
        },
    }
    body = [
        "A lamp in the shape of a harbour fog bell, spun from a single sheet of brass. It dims by turning the clapper, and remembers where you left it.",
        "Specification",
        "Spun brass shade, 18 cm across",
        "Warm light, 2 700 K, 420 lumens",
        "Cloth cable, two metres, colour of wet rope",
        "Every lamp is rung once before it leaves the workshop; the note is pencilled inside the shade.",
    ]
    items = "\n".join(f"<li>{line}</li>" for line in body[2:5])
    page = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title} | Wick &amp; Sons</title>
<meta property="og:type" content="product">
<meta property="og:title" content="{title}">
<meta property="og:site_name" content="Wick &amp; Sons">
<script type="application/ld+json">{json.dumps(linked)}</script>
</head>
<body>
<header><a href="/">Wick &amp; Sons</a> <nav><a href="/lamps">Lamps</a> <a href="/bells">Bells</a> <a href="/basket">Basket (0)</a></nav></header>
<main>
<div class="product">
<h1>{title}</h1>
<p class="price">€84.00 <button type="submit">Add to basket</button></p>
<div class="product-description">
<p>{body[0]}</p>
<h2>{body[1]}</h2>
<ul>
{items}
</ul>
<p>{body[5]}</p>
</div>
</div>
</main>
<footer><p>Wick &amp; Sons, 4 Slipway Yard, Harrow Quay</p></footer>
</body>
</html>
"""
    answer = Answer(title, "product", "en", "utf-8", body, metadata={"site": "Wick & Sons"}, text_contains=body)
    return Sample("shop-product.html", page.encode(), (answer,))


def _documentation() -> Sample:
    title = "Reading a tide table from a script"
    code = (
        'import tides\n\nfor high in tides.table("harrow-quay", days=2):\n    print(high.time, f"{high.metres:.1f} m")'
    )
    rows = [("days", "1", "How many days to read, at most 30"), ("unit", "m", "m or ft")]
    body = [
        "The tides module reads the table of any harbour that it knows. It never asks the network: tables are computed from the harbour’s constants.",
        "A first example",
        *code.split("\n"),
        "Heights are above chart datum. A harbour that is not known raises UnknownHarbour and names the three nearest.",
        "Options",
    ]
    table = "\n".join(
        f"<tr><td><code>{name}</code></td><td>{default}</td><td>{about}</td></tr>" for name, default, about in rows
    )
    page = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title} — tides 2.4 documentation</title>
<meta name="generator" content="Sphinx-like 1.0">
</head>
<body>
<div class="sphinxsidebar"><h3>Contents</h3><ul><li><a href="#first">A first example</a></li><li><a href="#options">Options</a></li></ul></div>
<div class="document"><div class="body" role="main">
<h1>{title}</h1>
<p>{body[0]}</p>
<h2 id="first">{body[1]}</h2>
<pre><code class="language-python">{escape(code, quote=False)}</code></pre>
<p>{body[-2]}</p>
<h2 id="options">{body[-1]}</h2>
<table>
<tr><th>Name</th><th>Default</th><th>Meaning</th></tr>
{table}
</table>
</div></div>
<div class="footer">tides 2.4, built from the sources</div>
</body>
</html>
"""
    cells = ["\t".join(row) for row in (("Name", "Default", "Meaning"), *rows)]
    lines = [*(line for line in body if line), *cells]
    answer = Answer(title, "documentation", "en", "utf-8", lines, text_contains=lines)
    return Sample("documentation-with-code.html", page.encode(), (answer,))


def _lesson() -> Sample:
    title = "第八課　渡口的小茶館"
    body = [
        "生字：壺(hú)、泡(pào)、燙(tàng)、渡(dù)、欠(qiàn)、篷(péng)。",
        "渡口邊有一間小茶館，老闆娘每天清早燒(shāo)一大壺水，等第一班船靠岸。",
        "船夫上岸先不說話，捧(pěng)著茶碗呼呼地吹。茶太燙(tàng)了，他就數一數河上有幾隻水鳥。",
        "“今天的茶錢先欠(qiàn)著，行嗎？”船夫問。老闆娘說：“行，下雨天你替我修修篷(péng)子就好。”",
        "多音字練習",
        "長(zhǎng)輩、長(cháng)短；數(shǔ)一數、數(shù)字；會(huì)議、會(kuài)計；重(chóng)新、重(zhòng)量。",
        "讀一讀：船夫會唱很多歌，經常一個人對著河水唱，發現有人來了就停下，過一會兒又開始。",
        "想一想：老闆娘為什麼不收茶錢？說說你的理由。",
    ]
    marked = "\n".join(f"<h2>{line}</h2>" if line == "多音字練習" else f"<p>{line}</p>" for line in body)
    page = f"""<!DOCTYPE html>
<html lang="zh-Hant">
<head>
<meta charset="utf-8">
<title>{title} - 河岸華語教室</title>
</head>
<body>
<div class="nav"><a href="/">課程目錄</a> <a href="/7">第七課</a> <a href="/9">第九課</a></div>
<div class="lesson">
<h1>{title}</h1>
{marked}
</div>
<div class="footer">河岸華語教室 歡迎教師自由使用</div>
</body>
</html>
"""
    answer = Answer(title, "article", "zh-Hant", "utf-8", body, text_contains=body)
    return Sample("language-lesson-glossed-on-purpose.html", page.encode(), (answer,))


def _records() -> Sample:
    bees = [
        "Rooftop beekeepers in Tallow Bridge have counted their hives from above for the first time, with a kite and a borrowed camera.",
        "The kite found nineteen hives, four more than anyone had admitted to. “Bees do not fill in forms,” said the club’s secretary, Nils Ottery.",
    ]
    tower = [
        "The clock on the water tower of Ostrava-on-the-Hill imitates no other: it runs on rainwater, and in dry summers it is late.",
        "This week it gained eleven minutes. The town has decided to enjoy them on Friday.",
    ]
    first = {
        "id": "p-1",
        "url": "https://tallow-bridge.example/bees",
        "title": "Kite census finds four secret beehives",
        "date": "2025-07-01",
        "text": "\n".join(bees),
    }
    third = {
        "id": "p-3",
        "url": "https://hilltown.example/clock",
        "html": '<!DOCTYPE html><html lang="en"><head><title>Rain clock runs eleven minutes fast</title></head><body>'
        f"<h1>Rain clock runs eleven minutes fast</h1><p>{tower[0]}</p><p>{tower[1]}</p></body></html>",
    }
    broken = '{"id": "p-2", "url": "https://tallow-bridge.example/post", "title": "Letter arrives after the reply", "text": "The letter was po'
    lines = [json.dumps(first, ensure_ascii=False), broken, json.dumps(third, ensure_ascii=False)]
    answers = (
        Answer(
            first["title"], "article", "en", "utf-8", bees, metadata={"date": "2025-07-01"}, text_is="\n".join(bees)
        ),
        Answer(
            None,
            None,
            None,
            "utf-8",
            None,
            None,
            problems=[{"code": "broken_record", "byte": len(lines[0].encode()) + 1}],
        ),
        Answer("Rain clock runs eleven minutes fast", "article", "en", "utf-8", tower, text_contains=tower),
    )
    return Sample("records-one-broken.jsonl", ("\n".join(lines) + "\n").encode(), answers)


def samples() -> list[Sample]:
    """One page of each other kind."""
    return [_front_page(), _forum(), _product(), _documentation(), _lesson(), _records()]
