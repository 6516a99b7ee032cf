"""Clean articles in seven languages: nothing in them may be changed."""

from pages.layouts import Words, broadsheet, portal
from pages.sample import Item, Listing, Sample, Story, article

SIMPLIFIED = Story(
    language="zh-Hans",
    title="云岭县把旧粮仓改成图书馆 开馆首日来了两千人",
    paragraphs=(
        "本报云岭3月14日讯　清晨七点，六十八岁的退休教师罗启明已经排在队伍最前面。他年轻时每年秋天都要来这里交公粮，如今手里拿的是一张崭新的借书证。",
        "云岭县旧粮仓建于1962年，共有八座砖砌圆仓，闲置近二十年。去年春天，县里决定不拆仓、不加层，只在仓壁上开窗，把圆仓之间的过道搭成阅览长廊。",
        "设计师顾晚舟说，最难的不是采光，而是声音。“圆仓会把一声咳嗽放大成一阵雷。我们在穹顶挂了三百多只竹篓，里面塞满旧棉絮，回声才算安静下来。”",
        "目前馆内有藏书四万一千册，其中六千册由县里居民捐出。每本捐书的扉页都夹着一张卡片，写着捐书人想对下一位读者说的话。",
        "县图书馆馆长梁素秋介绍，夏季开放时间将延长到晚上九点半，粮仓前的晒谷场会放露天电影，第一部由孩子们投票选出。",
    ),
    date="2025-03-14T18:20",
    date_text="2025-03-14 18:20",
    author=("沈若溪",),
    byline="记者：沈若溪",
    editor=("方以宁",),
    source="澜江晚报",
    site="澜江晚报网",
    section="文化",
    lists=(
        Listing(
            "related",
            "相关新闻",
            (
                Item("捐书卡片上的一句话：愿你也在雨天读到这里", "/culture/20250313/1181.html", "2025-03-13", "读书"),
                Item("云岭老街修缮过半，青石板全部编号归位", "/culture/20250310/1164.html", "2025-03-10", "老城"),
                Item("顾晚舟：建筑应当学会小声说话", "/people/20250302/1120.html", "2025-03-02", "人物"),
            ),
        ),
    ),
)

TRADITIONAL = Story(
    language="zh-Hant",
    title="霧港渡輪換上電動馬達 船長：終於聽得見海浪",
    paragraphs=(
        "霧港到鷺島的渡輪「晨光號」昨天清晨首次以電力出航。少了柴油引擎的轟鳴，甲板上的乘客第一次在船上聽見海浪拍打船身的聲音。",
        "船長高振海在這條航線上開了三十一年船。他說，過去靠岸時得用手勢和岸上的人溝通，現在站在駕駛艙裡就能喊話。「耳朵反而不習慣，總覺得船是不是沒有發動。」",
        "## 一趟只要三十度電",
        "航運公司表示，單程十二公里耗電約三十度，充電樁就設在候船室後方，靠岸二十分鐘可補足一趟所需。冬季風浪大，班次會由每天十四班減為十班。",
        "> 我們算過，第一年省下的油錢剛好夠買一組備用電池。",
        "鷺島國小的二十三名學童也在船上。老師蘇雅筑讓他們閉上眼睛，數一數聽到幾種聲音，答案從海鷗、風、浪，一直數到同學的肚子咕嚕叫。",
    ),
    date="2025-05-08T09:15:00+08:00",
    date_text="2025年5月8日 09:15",
    author=("林予安",),
    byline="記者 林予安／霧港報導",
    site="海岬日報",
    section="地方",
    path="/local/20250508-ferry",
    figure=("停在碼頭邊的白色渡輪", "「晨光號」靠泊霧港碼頭。（海岬日報資料照）"),
    lists=(
        Listing(
            "related",
            "延伸閱讀",
            (
                Item("鷺島燈塔開放夜宿，首批名額三分鐘額滿", "/local/20250506-lighthouse", "2025-05-06"),
                Item("退役渡輪沉入外海，三個月後成了魚群的家", "/local/20250421-reef", "2025-04-21"),
            ),
        ),
    ),
)

JAPANESE = Story(
    language="ja",
    title="潮見町の無人駅、週末だけの食堂に　元駅員が厨房に立つ",
    paragraphs=(
        "一日の乗降客がわずか十八人だった潮見町の岬口駅に、週末だけ行列ができるようになった。待合室を改装した「きっぷ食堂」が四月に開店し、地元の魚と山菜を使った定食が評判を呼んでいる。",
        "厨房に立つのは、かつてこの駅で切符を切っていた戸田清さん（71）。定年後に調理師免許を取り、町の空き駅活用の募集に手を挙げた。「列車の時刻は体が覚えている。ご飯が炊き上がる時間も、上りの到着に合わせています」と笑う。",
        "品書きは硬い厚紙の切符に印刷されている。客は券売機の代わりに小さな窓口で「鯵フライ、一枚」と告げ、戸田さんが昔の改札ばさみで切り込みを入れると、それが注文票になる。",
        "町の観光係によると、開店から二か月で岬口駅の利用者は前年の四倍に増えた。秋には隣の駅の旧貨物倉庫でパン工房を開く計画もある。",
    ),
    date="2025-06-02T11:30:00+09:00",
    date_text="2025年6月2日 11時30分",
    author=("三浦遥",),
    byline="三浦遥",
    site="潮見新聞デジタル",
    section="くらし",
    path="/articles/20250602-kippu",
    figure=("木造の駅舎の前に並ぶ人たち", "開店を待つ人たち＝潮見町の岬口駅で"),
    lists=(
        Listing(
            "related",
            "関連記事",
            (
                Item("廃線跡の桜並木、住民が百本目を植樹", "/articles/20250411-sakura", "2025-04-11"),
                Item("改札ばさみの音を残したい　町の工房が復刻", "/articles/20250528-hasami", "2025-05-28"),
                Item("朝六時の港、猫とラジオ体操", "/articles/20250519-port", "2025-05-19"),
            ),
        ),
    ),
)

KOREAN = Story(
    language="ko",
    title="은솔군, 문 닫은 학교를 밤하늘 관측소로…첫 달 예약 모두 마감",
    paragraphs=(
        "은솔군 산골의 폐교가 별을 보는 곳으로 다시 문을 열었다. 2009년 마지막 졸업생 네 명을 떠나보낸 하늬분교가 지난 주말 ‘하늬 밤하늘 관측소’라는 새 이름으로 손님을 맞았다.",
        "운동장에는 불빛을 막는 낮은 돌담이 둘러섰고, 교실 천장은 손잡이를 돌리면 열리는 지붕으로 바뀌었다. 칠판에는 그날 볼 수 있는 별자리가 분필로 그려진다.",
        "이 학교 마지막 졸업생인 관측소장 배은결 씨는 “수업 시간에 창밖만 본다고 혼나던 곳에서 이제는 하늘을 보라고 말하게 됐다”며 웃었다.",
        "군은 마을 가로등 백이십 개의 갓을 아래로만 비추게 바꾸고 밤 열 시 뒤에는 밝기를 절반으로 줄였다. 첫 달 예약은 사흘 만에 모두 찼고, 다음 달 예약은 20일부터 받는다.",
    ),
    date="2025-09-15T10:05:00+09:00",
    date_text="2025.09.15 10:05",
    author=("한가람",),
    byline="한가람 기자",
    site="은솔신문",
    section="지역",
    path="/news/20250915001",
    lists=(
        Listing(
            "related",
            "관련 기사",
            (
                Item("가로등을 껐더니 반딧불이가 돌아왔다", "/news/20250902004", "2025-09-02"),
                Item("졸업생 네 명의 편지, 열여섯 해 만에 교실로", "/news/20250829002", "2025-08-29"),
            ),
        ),
        Listing(
            "hot",
            "많이 본 뉴스",
            (
                Item("버스 기사가 된 만화가, 노선마다 한 편씩", "/news/20250912007"),
                Item("새벽 두 시에 문 여는 빵집의 비밀", "/news/20250913003"),
                Item("할머니 합창단, 이번엔 록 음악에 도전", "/news/20250910001"),
            ),
        ),
    ),
)

ENGLISH = Story(
    language="en",
    title="Harrow Quay’s ferry bell rings again after forty silent years",
    paragraphs=(
        "At six minutes past seven on Saturday morning, a sound that nobody under fifty in Harrow Quay had ever heard rolled across the estuary: the old ferry bell, two strokes for “boat coming in”.",
        "The bell had hung mute since the winter of 1984, when its clapper sheared off in a gale and sank in eleven metres of silt. A team of local divers found it last spring while looking for something else entirely – a wedding ring, which they also found.",
        "“It looked like a large potato,” said Imogen Farrant, who runs the boatyard and spent four months coaxing the rust off with a wooden mallet and a great deal of patience. “I nearly threw it back.”",
        "## A village divided, briefly",
        "Not everyone was delighted. Residents of the new flats on Chandler’s Row asked whether the bell might start at nine instead. After a meeting that lasted until the biscuits ran out, the parish settled on a compromise: full strokes on market days, a muffled clapper on Sundays.",
        "The ferry’s skipper, Tobias Wren, says the bell has already earned its keep. On Tuesday, in fog so thick he could not see his own bow, he steered the last two hundred yards by ear.",
    ),
    date="2025-10-11T16:40:00+01:00",
    date_text="11 October 2025, 16:40",
    author=("Marian Holloway",),
    byline="By Marian Holloway",
    site="The Quayside Courier",
    section="Local",
    path="/2025/10/11/ferry-bell",
    figure=("A green bronze bell under a wooden frame", "The bell back in its frame above the slipway"),
    lists=(
        Listing(
            "related",
            "More from Harrow Quay",
            (
                Item("Lost ring returns to the wrong finger, then the right one", "/2025/09/30/ring", "2025-09-30"),
                Item("Oyster beds reopen as the estuary runs clear", "/2025/09/22/oysters", "2025-09-22"),
                Item("How to steer by sound: a skipper’s notes", "/2025/10/08/by-ear", "2025-10-08"),
            ),
        ),
    ),
)

RUSSIAN = Story(
    language="ru",
    title="В Верхнелесске старое трамвайное депо отдали подросткам под мастерские",
    paragraphs=(
        "Кирпичное депо на улице Вагонной, где последний трамвай остановился в 1998 году, снова наполнилось шумом. Теперь здесь пилят, паяют и варят: в здании открылись мастерские для подростков.",
        "Идею предложил бывший вагоновожатый Егор Платонович Савёлов. Он показал школьникам, как устроен контроллер трамвая, а через неделю те вернулись с чертежами и попросили ключи.",
        "«Рельсы мы решили не убирать, — рассказывает руководитель мастерских Дарья Зимовец. — По ним катаются тележки с инструментом. Самая длинная очередь — в кабину вагона № 17, там устроили радиостудию».",
        "В первый месяц записалось двести сорок человек. К зиме ребята обещают восстановить один вагон и прокатить в нём всех жителей улицы, пусть даже на длину двора.",
    ),
    date="2025-04-25T14:00:00+05:00",
    date_text="25 апреля 2025, 14:00",
    author=("Алёна Крутова",),
    byline="Алёна Крутова",
    site="Верхнелесский вестник",
    section="Город",
    path="/city/depo-masterskie",
    lists=(
        Listing(
            "related",
            "Читайте также",
            (
                Item("Вагон № 17: история одного маршрута", "/city/vagon-17", "2025-04-18"),
                Item("Школьники собрали метеостанцию из старых телефонов", "/science/meteo", "2025-04-09"),
            ),
        ),
    ),
)

ARABIC = Story(
    language="ar",
    title="مكتبة على ظهر قارب تصل إلى قرى نهر السنديان",
    paragraphs=(
        "رست أمس عند قرية الزيتونة العليا أول مكتبة عائمة على نهر السنديان، وعلى متنها ثلاثة آلاف كتاب وطاولة طويلة للقراءة وإبريق شاي لا يبرد.",
        "وقالت أمينة المكتبة رحاب النوري إن الفكرة ولدت قبل عامين حين قطعت السيول الطريق عن المدارس شهرا كاملا. وأضافت: «إذا لم يستطع الأطفال الوصول إلى الكتب، فلتذهب الكتب إليهم».",
        "يتوقف القارب في اثنتي عشرة قرية، ويبقى في كل منها يومين. ويستطيع القارئ أن يستعير كتابا من قرية ويعيده في أخرى، فالنهر، كما يقول الربان يوسف الحلاق، «يعرف طريق العودة».",
        "وبلغ عدد المشتركين في الأسبوع الأول 415 قارئا، أصغرهم في الرابعة من عمرها وأكبرهم صياد في الثانية والثمانين يتعلم القراءة للمرة الأولى.",
    ),
    date="2025-11-03T08:45:00+02:00",
    date_text="3 نوفمبر 2025، 08:45",
    author=("سلمى الكيلاني",),
    byline="سلمى الكيلاني",
    site="جريدة الضفاف",
    section="ثقافة",
    path="/culture/floating-library",
    lists=(
        Listing(
            "related",
            "اقرأ أيضا",
            (
                Item("صياد في الثمانين يكتب رسالته الأولى", "/people/first-letter", "2025-10-29"),
                Item("أطفال الزيتونة العليا يرسمون خريطة النهر", "/culture/river-map", "2025-10-21"),
            ),
        ),
    ),
)

MENUS = {
    "zh-Hant": Words(("首頁", "地方", "生活", "財經", "影音"), footer="© 2025 海岬日報 版權所有，未經授權不得轉載"),
    "ja": Words(("トップ", "社会", "くらし", "スポーツ", "文化"), footer="© 2025 潮見新聞社　無断転載を禁じます"),
    "ko": Words(("홈", "지역", "사회", "문화", "오피니언"), footer="© 2025 은솔신문. 무단 전재 및 재배포 금지"),
    "en": Words(
        ("Home", "Local", "Harbour", "Weather", "Letters"), footer="© 2025 The Quayside Courier. All rights reserved."
    ),
    "ru": Words(
        ("Главная", "Город", "Наука", "Спорт", "Афиша"), footer="© 2025 «Верхнелесский вестник». Все права защищены"
    ),
    "ar": Words(("الرئيسية", "محليات", "ثقافة", "رياضة", "اتصل بنا"), footer="© 2025 جريدة الضفاف. جميع الحقوق محفوظة"),
}
_NAMES = {
    "zh-Hant": ("traditional-chinese", "https://www.haijia.example"),
    "ja": ("japanese", "https://shiomi-shimbun.example"),
    "ko": ("korean", "https://www.eunsol.example"),
    "en": ("english", "https://quaysidecourier.example"),
    "ru": ("russian", "https://verkhnelessk.example"),
    "ar": ("arabic", "https://aldhifaf.example"),
}

PORTAL_WORDS = Words(
    ("首页", "时政", "社会", "文化", "财经", "图片", "客户端"),
    source="来源：",
    editor="责任编辑：",
    original="原标题：",
    footer="关于我们　广告服务　联系方式　澜江晚报社 版权所有",
)


def samples() -> list[Sample]:
    """One clean article for each language."""
    made = [
        Sample("article-simplified-chinese.html", portal(SIMPLIFIED, PORTAL_WORDS).encode(), (article(SIMPLIFIED),)),
    ]
    for story in (TRADITIONAL, JAPANESE, KOREAN, ENGLISH, RUSSIAN, ARABIC):
        name, address = _NAMES[story.language]
        page = broadsheet(story, MENUS[story.language], address, right_to_left=story.language == "ar")
        more = {"site": story.site, "canonical_url": address + story.path}
        answer = article(story)
        made.append(Sample(f"article-{name}.html", page.encode(), (answer.stating(more),)))
    return made
