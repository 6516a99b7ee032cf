"""A page whose HTML is gone: menus glued together, the article, and three lists in the shapes such scrapes leave."""

from pages.glossed import halved_story
from pages.sample import Item, Listing, Sample, Story, article
from tui.text.repairs.gloss.forward import damage, halved

_MENU = "首頁要聞國際地方財經科技文化視頻專題客戶端登錄注冊"

_DATED = (
    Item("“候鳥驛站”收到第一千封手寫信", date="2025-03-18T22:47", tag="濱海人物"),
    Item("白鷗港燈塔換裝透鏡，老守塔人：這光我認得", date="2025-03-18T21:15", tag="燈塔故事"),
    Item("真的假的？一只貓坐錯渡輪，三天后自己坐了回來", date="2025-03-18T20:30", tag="港灣日常"),
    Item("《潮間帶手記》：與螃蟹約法三章的人...", date="2025-03-18T19:02"),
    Item("“我們不趕鳥，我們等鳥”", date="2025-03-18T18:40", tag="濱海人物"),
    Item("機場旁的濕地為何成了鳥類的“服務區”？", date="2025-03-18T17:26", tag="生態觀察"),
    Item("三所小學共用一片灘涂，課表跟著潮汐走", date="2025-03-18T16:11", tag="課外一課"),
    Item("風電場調整轉速，專家：夜間撞鳥幾乎歸零", date="2025-03-18T15:58", tag="生態觀察"),
    Item("養蝦戶退塘還灘，他算了一筆長遠的賬", date="2025-03-18T14:33"),
    Item("望遠鏡租借點統一收費，學生免費", date="2025-03-18T13:09", tag="便民"),
    Item("預約人數超過全鎮人口，監測站開放日分兩場舉行", date="2025-03-18T11:54", tag="港灣日常"),
    Item("退役漁船“對準號”變身觀鳥船", date="2025-03-18T10:20", tag="燈塔故事"),
)

_GLUED = (
    Item("一只貓坐錯渡輪…", comments=24),
    Item("守塔人的最后一班夜崗", comments=517),
    Item("“別喂面包！”觀鳥客與游客的一場辯論", comments=86),
    Item("“聽說這里的路燈會給鳥讓路，外地人都不信”", comments=103),
)

_LATEST = (
    Item("一只貓坐錯渡輪…"),
    Item("菜價穩了，菜農卻把秤砣捐給了博物館"),
    Item("海堤步道開通首日：有人跑步，有人看云"),
    Item("守塔人的最后一班夜崗"),
    Item("臺風過后，他們在沙灘上找回了十七只拖鞋"),
    Item("全市最小的郵局擴建了：多了一扇窗"),
    Item("實驗中學把鳥叫編進了上課鈴"),
    Item("濱海新區發布首張夜空亮度圖"),
)

WETLAND = Story(
    naive=("最后", "這里", "面包", "游客"),
    language="zh-Hant",
    title="白鷗港為候鳥關掉一半路燈：車開慢點，鳥先過",
    paragraphs=(
        "3月18日晚，白鷗港濱海大道的路燈在十點整熄滅了一半。未來六周，每當監測雷達發現鳥群經過，這條七公里長的道路就會自動調暗燈光，給北上的候鳥讓路。",
        "負責這一項目的濕地監測站站長童海若說，去年春天，站里的志愿者在路邊撿到兩百多只受傷的水鳥，其中大多數是被燈光吸引后撞上護欄的。“它們飛了四千公里，不應該在最后四米出事。”",
        "調光系統由當地一家做舞臺燈具的企業設計。企業技術負責人呂望表示，劇場里追光要跟著演員走，這里正好相反，燈要躲著主角。團隊用了五個月，把反應時間從九秒縮短到一秒半。",
        "交通部門同步調整了限速標準，熄燈時段車速不得超過三十公里。交警支隊統計，試運行兩周以來，沒有發生一起交通事故，夜間車流也沒有明顯減少。",
        "也有市民擔心安全問題。對此，監測站與街道聯合開了三場說明會，現場播放雷達記錄下的鳥群影像。居民何伯看完后主動請求當義務巡查員，他的理由是：“我年輕時開過夜車，知道累的時候最怕晃眼。”",
        "童海若介紹，下一步計劃與鄰近三個港區共享數據，把零散的暗夜路段連接成一條完整的“鳥道”。她說，這不是一個關燈的項目，而是一個學會看天的項目。",
    ),
    date="2025-03-18",
    author=("褚雁", "凌一舟"),
    byline="（濱海晨報記者 褚雁 凌一舟）",
    editor=("顧盼",),
    source="濱海晨報",
    original_title="白鷗港路燈為候鳥“讓路” 車速限三十公里",
    lists=(
        Listing("", "", _DATED),
        Listing("", "相關推薦", _GLUED),
        Listing("", "最新聞 Hot", _LATEST),
    ),
)


def scrape(story: Story) -> str:
    """The page as its scraper left it: dashes where list bullets and links were, lists run together."""
    dated, glued, latest = (one.items for one in story.lists)
    rows = [row for item in dated for row in (item.title, f"{_when(item)} -")]
    rows[-1] = rows[-1].removesuffix(" -")
    lines = [
        _MENU,
        "-",
        story.title,
        *story.paragraphs,
        story.byline,
        f"- 原標題：{story.original_title}",
        f"- 責任編輯： {' '.join(story.editor)} ",
        "-",
        *rows,
        "相關推薦 -",
        " ".join(item.title for item in glued[:1])
        + "".join(f" 評論 {item.comments}{after}" for item, after in zip(glued, _followers(glued), strict=True)),
        *(line for item in latest for line in ("-", item.title)),
    ]
    return "\n".join([*lines, "-"]) + "\n"


def _when(item: Item) -> str:
    moment = (item.date or "").replace("T", " ")
    return f"{moment} {item.tag}" if item.tag else moment


def _followers(glued: tuple[Item, ...]) -> list[str]:
    """What stands right behind each count: the next title, and behind the last the next list's name."""
    return [item.title for item in glued[1:]] + ["最新聞 Hot"]


def samples() -> list[Sample]:
    """The scrape as it is, and the same one glossed."""
    story = halved_story(WETLAND)
    clean = halved(scrape(WETLAND))
    damaged = "\n".join(damage(line, 100, is_halved=True) for line in scrape(WETLAND).split("\n"))
    return [
        Sample("scrape-with-glued-lists.txt", clean.encode(), (article(story, text_is=clean),)),
        Sample(
            "0-start-here-glossed-scrape.txt",
            damaged.encode(),
            (article(story, text_is=clean, repairs=["pinyin_gloss"]),),
            undamaged=clean.encode(),
        ),
    ]
