"""A page in both scripts of Chinese, with Japanese between them and words that a naive conversion got wrong."""

from pages.layouts import Words, tables
from pages.sample import Item, Listing, Sample, Story, article

SIGNS = Story(
    language="zh-Hant",
    title="港灣鎮的雙語招牌展開幕 三百塊木牌回到街上",
    paragraphs=(
        "港灣鎮的招牌展昨天開幕，三百塊舊木牌從倉庫回到街上，掛在它們原來的店門旁邊。最老的一塊寫於一百二十年前，字還認得出來。",
        "策展人紀海棠說，招牌與街道的關系就像名字與人，拆下來就沒有人答應了。她花了兩年時間請老師傅補漆，恢複了其中四十塊。",
        "对岸的青石镇也送来了六块招牌。镇文化馆馆长说，两边的老店本来就是一家人开的，字体相同，只是后来写法不一样了。",
        "港町の看板職人も一枚を寄せた。裏には「海の向こうの友へ」と書かれている。",
        "展覽在農歷新年前結束。紀海棠希望店主們把木牌留在門口，「頭髮會白，木頭會裂，字還是要有人看」。",
    ),
    date="2025-01-09",
    date_text="2025年1月9日",
    author=("俞靜如",),
    byline="記者俞靜如／港灣報導",
    site="港灣新聞",
    lists=(
        Listing(
            "related",
            "相關新聞",
            (
                Item("老師傅補漆：一塊木牌要等三個晴天", "/n/118.html", "2025-01-07"),
                Item("倉庫裡找到的第三百塊招牌", "/n/109.html", "2025-01-03"),
            ),
        ),
    ),
    naive=("關系", "恢複", "農歷"),
)
_WORDS = Words(("首頁", "地方", "人物"), footer="港灣新聞 版權所有")


def samples() -> list[Sample]:
    """The one page."""
    page = tables(SIGNS, _WORDS, '<meta charset="utf-8">\n')
    return [Sample("two-scripts-and-naive-conversions.html", page.encode(), (article(SIGNS),))]
