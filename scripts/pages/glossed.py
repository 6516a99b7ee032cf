"""Articles in characters converted one by one from simplified ones, as mirror sites do, then glossed at byte level."""

from dataclasses import replace
from random import Random

from pages.layouts import Words, portal
from pages.sample import Item, Listing, Sample, Story, article
from tui.text.repairs.gloss.forward import COMMA, INVISIBLE, LEVELS, damage, halved
from tui.text.repairs.gloss.toneless import damage as without_tones

SOUNDS = Story(
    naive=("之后", "采集", "范圍"),
    language="zh-Hant",
    title="嵐溪市發布首份聲音地圖，把快要消失的聲音留在網上",
    paragraphs=(
        "當地時間2025年5月6日，嵐溪市檔案館在新聞發布會上公布了全市首份“聲音地圖”。市民點開網頁，就能聽到老城區的打更聲、渡口的汽笛聲和第一座紡織廠的上工鈴。",
        "據檔案館統計，項目組兩年內在十一個區縣錄下聲音四千余段，其中三百段已經在現實中消失。負責人丁若谷說，錄音質量參差不齊，有的只有七秒，但數據全部保留原樣，不做美化。",
        "“我們不是在做博物館，”丁若谷表示，“聲音的現狀比我們想的更不穩定。一條街改造之后，賣豆腐的吆喝聲第二天就沒了，連續三年再也沒人喊過。”",
        "地圖的經費來自當地一家做助聽器的企業。企業創始人鄭望舒自幼聽力不好，他說，產業發展到今天，機器能放大聲音，卻不能替人記住聲音。雙方簽訂協議，所有錄音免費開放。",
        "參與錄音的還有嵐溪大學的學生。他們調查了二百多位老人，規定每位老人只回答一個問題：你最想再聽一次什么聲音？得到最多的答案是“母親喊吃飯”。",
        "下一步，檔案館將聯合鄰近三市擴大采集范圍，優先記錄方言童謠，并驅車進入山區補錄鳥鳴，這一領域實現了零的突破。",
    ),
    date="2025-05-06",
    author=("許聽瀾", "裴度"),
    byline="（嵐溪廣播記者 許聽瀾 裴度）",
    editor=("江晚",),
    source="嵐溪廣播",
    original_title="嵐溪發布聲音地圖 三百段聲音已成絕響",
)

DOCTORS = Story(
    naive=("制造", "最后", "背后", "聯系"),
    language="zh-Hant",
    title="竹箕縣給鄉村醫生配了“會說話”的藥箱",
    paragraphs=(
        "竹箕縣衛生服務中心近日為四十六名鄉村醫生配發了新藥箱。藥箱打開時會報出缺了哪幾味藥，合上時會提醒下一戶病人的預約時間，醫生們管它叫“話癆”。",
        "鄉村醫生尹守田今年五十七歲，負責三個村八百多人。他說，過去全靠一本藍皮筆記本，雨天一淋，字就花了。如今數據直接傳到縣里，老人的用藥記錄、復查結果都能對上。",
        "藥箱由縣里的農機學校設計制造。學校教師白樺介紹，設計的標準只有一條：戴著手套也能打開。學生們為此改了十一版結構，最后一版的扣環是從農用噴霧器上學來的。",
        "縣衛生部門的統計顯示，藥箱投入使用以來，關節炎、高血壓等慢性病的按時服藥率達到了九成，比去年同期提高兩成。監測人員認為，醫生少跑一趟縣城，就能多看三戶人家。",
        "也有人擔心網絡信號。山里的應急辦法很簡單：在三座風車的塔架上加裝中繼站，權當給大山裝上了“耳朵”。負責施工的技術員羅準說，塔架的基礎本來就打得結實，執行起來沒有想象中那么難。",
        "“我只有一個要求，”尹守田說，“它夜里別說話。”",
    ),
    date="2024-09-12T10:08",
    date_text="2024-09-12 10:08",
    author=("莊曉夢",),
    byline="記者：莊曉夢",
    editor=("賀知遠",),
    source="竹箕新聞",
    original_title="鄉醫的新藥箱",
    site="南嶺在線",
    section="民生",
    lists=(
        Listing(
            "related",
            "相關新聞",
            (
                Item("風車下的中繼站：大山第一次有了網絡", "/ms/20240910/3391.html", "2024-09-10", "鄉村"),
                Item("農機學校的學生為什么愛拆噴霧器", "/ms/20240906/3377.html", "2024-09-06", "教育"),
                Item("一張藥方背后的調查：復診路能否再短一點", "/ms/20240902/3350.html", "2024-09-02", "醫療"),
                Item("老醫生的藍皮筆記本進了縣檔案館", "/ms/20240828/3341.html", "2024-08-28", "人物"),
            ),
        ),
    ),
)

TRAIN = Story(
    naive=("最后", "胡子", "哪里", "聯系"),
    language="zh-Hant",
    title="停運二十年的小火車重新開過青龍峽",
    paragraphs=(
        "8月2日上午9時，一列只有三節車廂的小火車鳴著汽笛開過青龍峽鐵橋。這條線路長四十一公里，二十年前因為煤礦關閉而停運，如今由沿線五個鎮聯合出資修復。",
        "開車的是六十三歲的老司機韓鐵生。他當年親手把最后一趟車停進車庫，這次又親手開出來。他說，鐵軌的聲音沒有變，過橋時的心跳也沒有變，只是自己的胡子白了。",
        "修復隊隊長葉青禾介紹，全線共換枕木一萬一千根，加固隧道九處，每座橋都做了三次載重試驗。專家的評估報告認為，線路達到了低速觀光列車的運行標準，時速不得超過三十公里。",
        "錢從哪里來？五個鎮沒有向銀行借款，而是發行了一種“枕木券”：認領一根枕木，價格二百元，上面刻著認領人的名字。三個月內，一萬一千根枕木全部認領完畢，有人一口氣認領了一百根，請求把名字留空。",
        "車上設有讀報角、茶座和一節“沒有手機信號也不要緊”的車廂。當地學校把地理課搬到了車上，學生們對著窗外畫等高線，畫得滿不滿意，到站時由列車長評分。",
        "韓鐵生計劃再開兩年，等徒弟能獨立值乘就退休。“第一個坑我填，最后一班車我也要在場，”他說，“不過不在駕駛室，我要買票，坐靠窗的位置。”",
    ),
    date="2025-08-02T16:45",
    date_text="2025-08-02 16:45",
    author=("童一鳴", "岳嶺"),
    byline="記者：童一鳴 岳嶺",
    editor=("馮小滿",),
    source="青龍時報",
    original_title="小火車回來了",
    site="南嶺在線",
    section="社會",
    lists=(
        Listing(
            "hot",
            "熱門新聞",
            (
                Item("枕木上的一萬個名字", "/sh/20250801/5120.html", "2025-08-01", "專題", 318),
                Item("隧道里發現三十年前的工程日記", "/sh/20250729/5098.html", "2025-07-29", "發現", 76),
                Item("列車長的考試：不看表報出時間", "/sh/20250726/5077.html", "2025-07-26", "人物", 142),
            ),
        ),
        Listing(
            "latest",
            "最新消息",
            (
                Item("青龍峽觀景臺護欄加高完工", "/sh/20250802/5133.html", "2025-08-02"),
                Item("五鎮聯席會議：不通公路的村先通火車", "/sh/20250802/5131.html", "2025-08-02"),
            ),
        ),
    ),
)

HARBOUR = Story(
    language="zh-Hant",
    title="銀砂鎮漁民試行“潮汐作息”，出海回來先補覺",
    paragraphs=(
        "2025年4月17日，銀砂鎮漁業協會發布了一份作息表：漁船隨潮汐出海，回港后統一休息六小時，任何人不得敲門。協會稱，這是為了讓漁民的生活重新正常化。",
        "協會會長戚大川說，過去搶著賣魚，常常三天只睡五個小時。“現在我經常回家吃飯，孩子反而不習慣，問我是不是失業了。”",
        "據統計，試行兩個月以來，全鎮漁船的小事故減少了七成，產量沒有下降。規定看起來很小：每條船只多等一次潮水。調查還發現，漁民家里的晚飯時間平均提前了四十分鐘。",
        "鎮上的冰廠也跟著調整。廠長祝紅梅說，停火檢修的時間終于能和船期對上，設備狀態穩定，質量投訴一個都沒有。她計劃把經驗寫成一頁紙，發到沿海的二十個區鎮。",
        "鎮上的學者提醒，作息的優勢要連續觀察一年才算數，節日期間的網購旺季才是真正的考驗。戚大川聽完只說了一句：“那就先睡好這一覺。”",
    ),
    date="2025-04-17",
    author=("蔡小舟",),
    byline="（銀砂日報記者 蔡小舟）",
    editor=("丘明",),
    source="銀砂日報",
    original_title="跟著潮水睡覺",
)

BICYCLES = Story(
    language="zh-Hant",
    title="汽車大國的小城決定給自行車讓出一條街",
    paragraphs=(
        "2025年6月3日，以生產汽車零件出名的雲門市宣布，市中心最長的平安街在周末不再對汽車開放。公告只有一句話：這條街是人們的，不是車的。",
        "市里的十家汽車公司沒有反對，還合作修了一座三層的自行車庫。一家公司的經理崔大年說，他上班也騎車，因為在街上找停車的地方要用半個小時。",
        "新規定的第一天，平安街上有四千多人。賣豆漿的何大媽說，這是她擺攤以來最好的一天，豆漿不到九時就賣完了，連自己的那一碗也給了客人。",
        "不是人人都高興。住在街尾的司機老齊說，他的車在院子里出不去，只好和鄰居一起走到公司。走了一個月，他瘦了四公斤，現在他不提這件事了。",
        "雲門市的上一任市長在信里寫道，我們造了三十年的車，這是第一次在自己的街上聽見鳥叫。市里計劃在年內再開放兩條這樣的街。",
    ),
    date="2025-06-03",
    author=("湯小米",),
    byline="（雲門晚報記者 湯小米）",
    editor=("尤里",),
    source="雲門晚報",
    original_title="平安街上的周末",
)

WORDS = Words(
    ("首頁", "要聞", "社會", "民生", "文化", "視頻"),
    source="來源：",
    editor="責任編輯：",
    original="原標題：",
    comments="{}評論",
    footer="關于我們　聯系方式　南嶺在線 版權所有",
)


def bare(story: Story) -> str:
    """A scrape whose HTML is gone: the article, then the lines in which such pages name title and editor."""
    lines = [
        story.title,
        *story.paragraphs,
        story.byline,
        f"- 原標題：{story.original_title}",
        f"- 責任編輯： {' '.join(story.editor)}",
    ]
    return "\n".join(lines) + "\n"


def _as_text(
    name: str, story: Story, level: int, is_hit: bool = False, put_in: int = INVISIBLE, keep_private: bool = True
) -> Sample:
    """Bare text, damaged line by line and then written halfwidth, like the pages that this was learned from."""
    clean = bare(story)
    hits = (lambda _: True) if is_hit else None
    lines = [
        damage(line, level, is_halved=True, hits=hits, put_in=put_in, keep_private=keep_private)
        for line in clean.split("\n")
    ]
    truth = halved_story(story)
    answer = article(truth, repairs=["pinyin_gloss"], text_is=halved(clean))
    return Sample(name, "\n".join(lines).encode(), (answer,), undamaged=halved(clean).encode())


def halved_story(story: Story) -> Story:
    """The story with fullwidth ASCII written halfwidth, which no repair may turn back."""
    return story.changed(halved)


def _as_html(name: str, story: Story, level: int) -> Sample:
    """HTML whose strings were damaged one by one when the mirror stored them."""
    damaged = story.changed(lambda text: damage(text, level))
    words = replace(
        WORDS,
        menu=tuple(damage(name, level) for name in WORDS.menu),
        source=damage(WORDS.source, level),
        editor=damage(WORDS.editor, level),
        original=damage(WORDS.original, level),
        footer=damage(WORDS.footer, level),
    )
    payload = portal(damaged, words).encode()
    return Sample(name, payload, (article(story, repairs=["pinyin_gloss"]),), undamaged=portal(story, WORDS).encode())


def _without_tones(name: str, story: Story) -> Sample:
    """Bare text with readings without tone marks, the same ones behind a character wherever it was chosen."""
    clean = bare(story)
    damaged = without_tones(clean, Random(5))  # noqa: S311 - the same page each time
    answer = article(story, repairs=["pinyin_gloss"], text_is=clean)
    return Sample(name, damaged.encode(), (answer,), undamaged=clean.encode())


def samples() -> list[Sample]:
    """The same damage at four levels, and its variants."""
    return [
        _without_tones("glossed-readings-without-tones.txt", BICYCLES),
        _as_text("glossed-readings-and-commas.txt", SOUNDS, 60, is_hit=True, put_in=COMMA, keep_private=False),
        _as_text("glossed-readings-level-22.txt", SOUNDS, 22),
        _as_text("glossed-readings-and-punctuation.txt", HARBOUR, 40, is_hit=True),
        _as_html("glossed-readings-level-60.html", DOCTORS, 60),
        _as_html("glossed-readings-level-122.html", TRAIN, LEVELS),
    ]
