"""Pages in old charsets: declared rightly, wrongly or not at all, one in two charsets, and two with bytes that are lost."""

from pages.clean import PORTAL_WORDS
from pages.layouts import Words, broadsheet, portal, tables
from pages.sample import Item, Listing, Sample, Story, article

# The village's character lies outside the basic plane: four bytes in GB18030, none in GB2312.
GB18030 = Story(
    language="zh-Hans",
    title="村名里有个“\U00020bb7”字 青石镇办证不再手写",
    paragraphs=(
        "青石镇\U00020bb7水村的村民何云舒拿到了新的身份证。与旧证不同，住址一栏的“\U00020bb7水村”三个字终于全部是打印出来的，不再由工作人员拿钢笔补写。",
        "“以前去银行，柜员总问我这个字怎么念，系统里只有一个方框。”何云舒说，村里有人索性写成“吉水村”，结果快递送到了两百公里外。",
        "镇便民服务中心主任唐一苇介绍，中心上月更换了字库和打印机，全镇四百一十二户已登记换证，费用由镇里承担。一位在海外读书的村民来信说，证件上的名字终于一致，光公证费就省下60€。",
        "村小学的孩子们给这个字编了一首儿歌：上面一片土，下面一张口，谁要写成士，回家多喝一碗藕。",
        "县志办的工作人员查到，这个字在三百年前的田契上就出现过，本意是“能长庄稼的渡口”。渡口早已不在，字却一直留在村口的石碑上。",
        "镇里下一步打算清点所有路牌和门牌。据初步统计，全镇还有七个自然村的名字在电脑里打不出来，其中两个连村里的年轻人也不会写。",
    ),
    date="2024-11-21T09:42",
    date_text="2024年11月21日 09:42",
    author=("程砚秋",),
    byline="作者：程砚秋",
    editor=("陆之遥",),
    source="青石周报",
    original_title="一个生僻字的三十年",
    site="澜江晚报网",
    section="社会",
    lists=(
        Listing(
            "related",
            "相关阅读",
            (
                Item("字库补录进行时：还有哪些地名等着“上户口”", "/a/20241119/204.html", "2024-11-19", "民生"),
                Item("老会计的手写账本捐给镇档案馆", "/a/20241112/188.html", "2024-11-12", "记忆"),
                Item("石碑上的三百年：一个渡口的来历", "/a/20241108/175.html", "2024-11-08", "记忆"),
                Item("快递员的方言地图，比导航还准", "/a/20241101/160.html", "2024-11-01", "人物"),
            ),
        ),
    ),
)

BIG5 = Story(
    language="zh-Hant",
    title="鯉潭鎮百年糖鋪熄火前夕 排隊人龍繞了三圈",
    paragraphs=(
        "鯉潭鎮老街的「福滿糖鋪」將在月底熄掉用了一百零四年的柴灶。消息傳開後，週末一早排隊的人從店門口繞過廟埕，整整三圈。",
        "第四代老闆蔡金水說，不是生意不好，是手腕撐不住了。拉一鍋麥芽糖要甩三百多下，他從十四歲甩到七十歲，「手比天氣預報還準，下雨前一天就知道」。",
        "鎮上的高中生替他拍了一支影片，把熬糖、拉糖、剪糖的每一個動作錄下來。蔡金水看完只挑了一個毛病：「火太小，這樣糖會哭。」",
        "糖鋪的銅鍋將交給鎮立博物館，木招牌則由隔壁的豆花店暫時保管，等有人願意接手再掛回去。",
        "排在第一位的是專程從外地趕來的退休郵差簡文雄。他說自己當年送信路過，老闆總會塞一塊溫熱的糖到他手裡，「信可以晚一點到，糖不能等」。",
        "蔡金水昨天貼出一張紅紙，上面寫著最後一鍋的時間：三十一日下午四點，做完為止，不限購買數量，只限一人講一個和糖有關的故事。",
    ),
    date="2025-01-18",
    date_text="2025/01/18",
    author=("許庭瑜",),
    byline="記者許庭瑜／鯉潭報導",
    site="鯉潭新聞網",
    lists=(
        Listing(
            "related",
            "相關新聞",
            (
                Item("豆花店老闆：招牌我天天擦", "/news/3310.html", "2025-01-17"),
                Item("廟埕老榕樹掛上三百張心願卡", "/news/3302.html", "2025-01-15"),
                Item("高中生紀錄片入圍青年影展", "/news/3287.html", "2025-01-11"),
            ),
        ),
    ),
)

# (1) in a circle and the fullwidth tilde are NEC's and Microsoft's additions, which the old standard lacks.
SHIFT_JIS = Story(
    language="ja",
    title="白鷺市の市民プール、冬はワカサギ釣り場に　初日は午前～夕方まで満員",
    paragraphs=(
        "夏に子どもたちでにぎわう白鷺市の市民プールが、今年の冬は釣り場になった。水を抜かずに二千匹のワカサギを放し、桟橋代わりの浮き板を並べた。",
        "利用の決まりは三つ。①釣り上げた魚は二十匹まで持ち帰れる②飛び込み台からの釣りは禁止③鳴き声をまねて魚を呼ばない。三つ目は開設初日に生まれた。",
        "発案した管理人の黒田総一郎さんは「冬のあいだ水を見ているだけなのが寂しかった」と話す。売店のかき氷機は天ぷら鍋に替わり、揚げたてを塩で味わえる。",
        "市は三月まで続け、残った魚は上流の湖に返す。来年は流れるプールで川釣りもできないか、検討するという。",
        "初日に最年長で参加した八十四歳の男性は、孫に教わった仕掛けで七匹を釣った。「泳げない私が、このプールで一日過ごす日が来るとは」と目を細めた。",
        "一方、監視員の仕事もなくなったわけではない。居眠りで竿を落とす人が後を絶たず、笛の代わりに小さな鈴を鳴らして回っている。",
    ),
    date="2024-12-08",
    date_text="2024年12月8日",
    author=("浅野ひかる",),
    byline="文・浅野ひかる",
    site="白鷺タウンニュース",
    lists=(
        Listing(
            "latest",
            "新着記事",
            (
                Item("商店街のツリー、飾りはすべて古い鍵", "1207.html", "2024-12-07"),
                Item("図書館の猫「しおり」、貸出カードを発行", "1205.html", "2024-12-05"),
                Item("白鷺大橋、手すりの塗り替え終わる　色は市民投票で", "1203.html", "2024-12-03"),
                Item("給食に郷土汁～献立は四年二組が考案", "1129.html", "2024-11-29"),
            ),
        ),
    ),
)

# The restaurant's name needs the syllables that Microsoft added to KS X 1001.
EUC_KR = Story(
    language="ko",
    title="간판 글자가 안 나와 10년…‘똠얌햏’ 식당, 이름 되찾다",
    paragraphs=(
        "단풍읍 시장 골목에 있는 식당 ‘똠얌햏’이 개업 열 해 만에 제 이름이 적힌 영수증을 뽑게 됐다. 그동안 영수증에는 늘 ‘?얌?’이라고 찍혔다.",
        "주인 남궁솔 씨는 “손님들이 물음표 식당이라고 불러서 아예 간판을 바꿀까도 생각했다”고 말했다. 단골들은 물음표가 찍힌 영수증을 모아 액자로 선물했다.",
        "문제를 푼 것은 읍내 고등학교 전산 동아리였다. 학생들은 낡은 계산대의 글꼴 파일을 뜯어보고 빠진 글자를 한 점씩 그려 넣었다.",
        "동아리 대표 차예린 양은 “다음 목표는 버스 정류장 전광판에 나오지 않는 마을 이름 세 곳”이라고 했다.",
        "새 영수증이 처음 나오던 날 식당에는 손님 쉰여 명이 모여 손뼉을 쳤다. 주인은 그날 하루 똠얌 국수를 반값에 내놓았고, 학생들에게는 평생 곱빼기를 약속했다.",
        "시장 상인회는 골목 안 다른 가게 열두 곳의 계산대도 방학 동안 함께 손보기로 했다. 첫 차례는 이웃한 ‘펲시네 분식’이다.",
    ),
    date="2025-02-06",
    date_text="2025-02-06",
    author=("오하람",),
    byline="오하람 기자",
    site="단풍골소식",
    lists=(
        Listing(
            "related",
            "관련 기사",
            (
                Item("물음표 영수증 전시회, 시장 골목에서", "/view?id=771", "2025-02-04"),
                Item("전산 동아리가 고친 것들: 종소리부터 급식표까지", "/view?id=765", "2025-01-31"),
                Item("시장 골목 열두 집, 새 글꼴로 갈아입는다", "/view?id=760", "2025-01-28"),
            ),
        ),
    ),
)

CYRILLIC = Story(
    language="ru",
    title="Почтальон из Синегорья тридцать лет записывал погоду и оказался точнее прогноза",
    paragraphs=(
        "Каждое утро, прежде чем развезти письма, почтальон Синегорья Матвей Лукич Овражин записывал в тетрадь температуру, ветер и настроение ворон. За тридцать лет набралось сорок шесть тетрадей.",
        "Студенты областного университета перенесли записи в компьютер и сравнили их с архивом метеостанции. Приметы почтальона угадали первый снег в двадцати семи случаях из тридцати.",
        "«Секрет простой: вороны не врут, — говорит Овражин. — Если сидят на проводах парами, жди оттепели». Учёные уточняют, что дело скорее в привычке смотреть на небо каждый день в одно и то же время.",
        "Тетради передали в краеведческий музей. Сам почтальон вышел на пенсию, но завёл сорок седьмую: «Теперь без писем, зато с чаем».",
        "Новый почтальон, двадцатилетняя Ульяна Берестова, получила от предшественника сумку, велосипед и одно наставление: никогда не спорить с вороной, которая сидит на столбе у аптеки.",
        "Весной университет обещает издать записи отдельной книгой. Для обложки выбрали страницу от 3 марта 1996 года, где вместо температуры написано: «Пахнет весной».",
    ),
    date="2024-10-30",
    date_text="30.10.2024",
    author=("Глеб Наумкин",),
    byline="Автор: Глеб Наумкин",
    site="Синегорская газета",
    lists=(
        Listing(
            "latest",
            "Последние новости",
            (
                Item("Музей ищет старые барометры", "n512.html", "2024-10-29"),
                Item("Первый снег выпал на день раньше обещанного", "n509.html", "2024-10-27"),
                Item("Велосипед почтальона отметил полувековой юбилей", "n503.html", "2024-10-22"),
                Item("В аптеке на Речной завели журнал примет", "n498.html", "2024-10-19"),
            ),
        ),
    ),
)

FRENCH = Story(
    language="fr",
    title="À Kerlannec, le phare désaffecté devient une école de cuisine à la vapeur",
    paragraphs=(
        "Pendant cent trente ans, la chaudière du phare de Kerlannec a fait tourner sa lanterne. Depuis dimanche, elle cuit des artichauts, des moules et, les jours de brume, un gâteau au sarrasin qui lève « tout seul, ou presque ».",
        "L’ancienne gardienne, Maëlle Kerdoncuff, y reçoit douze élèves à la fois. On grimpe cent quatre-vingt-trois marches avec son panier ; celui qui oublie le sel redescend.",
        "La commune a financé les travaux en vendant les anciens verres de l’optique, dépareillés, à des amateurs venus de loin. Le dernier, fêlé, sert de couvercle à la plus grande marmite.",
        "Les cours affichent complet jusqu’à Noël. Un second four devait être hissé par grue ; il est finalement monté à dos d’élèves.",
    ),
    date="2025-03-02T17:05:00+01:00",
    date_text="2 mars 2025 à 17 h 05",
    author=("Élodie Tanguy",),
    byline="Par Élodie Tanguy",
    site="L’Écho des Îles",
    section="Vie locale",
    path="/vie-locale/phare-kerlannec",
    lists=(
        Listing(
            "related",
            "À lire aussi",
            (
                Item("Le sarrasin de l’île cherche ses meuniers", "/vie-locale/sarrasin", "2025-02-25"),
                Item("Cent quatre-vingt-trois marches : le marathon vertical", "/sport/marches", "2025-02-16"),
            ),
        ),
    ),
)

BAD_BYTE = Story(
    language="zh-Hans",
    title="松烟镇的打铁声回来了：三个九零后接下老铁铺",
    paragraphs=(
        "关门五年的松烟镇老铁铺重新生火，接手的是三个九零后：一个学雕塑，一个做过外卖骑手，一个原本是会计。",
        "老铁匠邹德全每天上午来坐半天，看到锤子落偏就敲一下烟杆。他说，铁的脾气要听，烧到樱桃红时不能犹豫，一犹豫就凉了。",
        "铺子第一批货是八十把园艺剪，已经全部卖完。会计出身的齐小满把每一笔都记在黑板上，赚了多少、炭钱多少，路过的人都看得见。",
        "骑手出身的林岸负责送货。他说以前怕超时，现在怕送得太快，因为刚打好的铁器要慢慢凉，急不得。",
        "镇上给铺子门前装了一排长凳。傍晚收工，邹德全会留下来讲一段打铁的旧事，听的人自带板凳，说的人自带茶。",
    ),
    date="2025-05-19T07:30",
    date_text="2025-05-19 07:30",
    author=("温知夏",),
    byline="记者：温知夏",
    editor=("苏晏",),
    source="松烟日报",
    site="松烟新闻网",
    section="社会",
    lists=(
        Listing(
            "related",
            "相关新闻",
            (
                Item("一把剪刀的九道工序", "/s/20250517.html", "2025-05-17"),
                Item("外卖箱里的铁锤：骑手林岸的新行当", "/s/20250516.html", "2025-05-16"),
            ),
        ),
    ),
)

# The comments come from another machine, which still writes GBK.
COMMENTED = Story(
    language="zh-Hans",
    title="石桥镇的旧渡船改成了水上菜场",
    paragraphs=(
        "停了六年的石桥镇渡船上周重新下水，不过船舱里坐的不再是赶路的人，而是青菜、莲藕和刚捞上来的河虾。",
        "船主郭长水每天清晨五点离岸，沿着河道停靠七个码头。岸上的老人不用再走两里路去集市，听见铜锣响就提着篮子出来。",
        "菜价写在一块小黑板上，比集市便宜一成。郭长水说，省下的是摊位费，多出来的是力气，一天要撑一千多篙。",
        "镇里为船装了太阳能灯和秤，还请小学生给每个码头画了一块招牌。画得最多的是虾，有一只比船还大。",
    ),
    date="2025-06-03T08:20",
    date_text="2025-06-03 08:20",
    author=("方竹青",),
    byline="记者：方竹青",
    editor=("叶小舟",),
    source="石桥日报",
    site="石桥新闻网",
    section="社会",
    lists=(
        Listing(
            "related",
            "相关新闻",
            (
                Item("七个码头的招牌，都是谁画的", "/s/20250601.html", "2025-06-01"),
                Item("老渡工手把手教年轻人撑篙，三天只湿了两双鞋", "/s/20250528.html", "2025-05-28"),
                Item("水上菜场的铜锣声被录进了镇志", "/s/20250522.html", "2025-05-22"),
            ),
        ),
    ),
)

CUT = Story(
    language="ja",
    title="雪代村、屋根の雪を夏まで保存　「氷室カフェ」七月に開店",
    paragraphs=(
        "冬のあいだ屋根から下ろした雪を、わらともみ殻で包んで夏まで残す。雪代村が昔ながらの氷室を復活させ、七月にかき氷の店を開く。",
        "氷室は村はずれの北向きの斜面にある。江戸時代の図面が庄屋の蔵から見つかり、石積みの角度までそのまま写した。扉は二重で、あいだに古い布団が挟んである。",
        "貯蔵したのは二百トン。四月の計測では一割しか解けていなかった。村の担当者は「雪は厄介者だと思っていた。いまは在庫と呼んでいます」と話す。",
        "シロップは村で採れる山ぶどう、くるみ、味噌の三種類。味噌味を考えた中学生は、試食会で大人の半分を黙らせ、残りの半分をおかわりさせたという。",
    ),
    date="2025-04-20",
    date_text="2025年4月20日",
    author=("立花真帆",),
    byline="記者・立花真帆",
    site="雪代だより",
)

_JA = Words(("トップ", "町の話題", "催し", "天気"), footer="白鷺タウンニュース　お問い合わせは編集部まで")
_KO = Words(("첫 화면", "시장", "사람들", "알림"), footer="단풍골소식 저작권자의 허락 없이 옮길 수 없습니다")
_ZH = Words(("首頁", "地方", "人物", "副刊"), footer="鯉潭新聞網 版權所有")
_RU = Words(("Главная", "Новости", "Люди", "Архив"), footer="Синегорская газета. Перепечатка только со ссылкой")
_FR = Words(("Accueil", "Vie locale", "Mer", "Sport"), footer="© 2025 L’Écho des Îles. Tous droits réservés.")
_SNOW = Words(("トップ", "村の話題", "くらし"), footer="雪代だより")


def _declared(charset: str) -> str:
    return f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">\n'


def _charset(name: str, page: str, codec: str, story: Story, charset: str) -> Sample:
    """The page in `codec`; undamaged it is the same page in UTF-8 and says so."""
    return Sample(name, page.encode(codec), (article(story, charset),), undamaged=b"\xef\xbb\xbf" + page.encode())


def _with_bad_byte() -> Sample:
    """One 0xFF where nothing was: a page that is valid UTF-8 but for that."""
    page = portal(BAD_BYTE, PORTAL_WORDS).encode()
    place = page.index("烟杆。他说".encode()) + len("烟杆。".encode())
    payload = page[:place] + b"\xff" + page[place:]
    seen = [paragraph.replace("烟杆。他说", "烟杆。\N{REPLACEMENT CHARACTER}他说") for paragraph in BAD_BYTE.body()]
    answer = article(
        BAD_BYTE,
        problems=[{"code": "bytes_lost", "byte": place, "lost": 1}],
        text_contains=[BAD_BYTE.title, *seen],
    )
    return Sample("utf-8-with-one-bad-byte.html", payload, (answer.with_body(seen),))


def _cut_in_a_character() -> Sample:
    """A download that broke off two bytes into a character of three."""
    page = tables(CUT, _SNOW, '<meta charset="utf-8">\n').encode()
    place = page.index("半分をおかわり".encode()) + len("半分".encode())
    last = CUT.paragraphs[3]
    seen = [*CUT.body()[:3], last[: last.index("半分をおかわり") + 2] + "\N{REPLACEMENT CHARACTER}"]
    answer = article(CUT, problems=[{"code": "bytes_lost", "byte": place, "lost": 2}], text_contains=[CUT.title, *seen])
    return Sample("utf-8-cut-in-a-character.html", page[: place + 2], (answer.with_body(seen),))


def _in_two_charsets() -> Sample:
    """UTF-8 down to the list of related news, GBK from there on."""
    page = portal(COMMENTED, PORTAL_WORDS)
    place = page.index("相关新闻")
    head = page[:place].encode()
    answer = article(COMMENTED, problems=[{"code": "charset_split", "byte": len(head)}])
    payload = head + page[place:].encode("gb18030")
    return Sample("utf-8-with-a-gbk-tail.html", payload, (answer,), undamaged=b"\xef\xbb\xbf" + page.encode())


def samples() -> list[Sample]:
    """Six charsets, the page in two, then the two pages that lost bytes."""
    french = broadsheet(FRENCH, _FR, "https://echo-des-iles.example").replace('<meta charset="utf-8">\n', "")
    utf_16 = Sample(
        "utf-16le-with-bom.html",
        b"\xff\xfe" + french.encode("utf-16-le"),
        (article(FRENCH, "utf-16le"),),
        undamaged=b"\xef\xbb\xbf" + french.encode(),
    )
    return [
        _charset(
            "gb18030-declared-as-gb2312.html",
            portal(GB18030, PORTAL_WORDS, "gb2312"),
            "gb18030",
            GB18030,
            "gb18030",
        ),
        _charset("big5-declared-as-utf-8.html", tables(BIG5, _ZH, _declared("utf-8")), "big5", BIG5, "big5"),
        _charset("shift-jis-undeclared.html", tables(SHIFT_JIS, _JA, ""), "cp932", SHIFT_JIS, "shift_jis"),
        _charset("euc-kr-declared.html", tables(EUC_KR, _KO, _declared("euc-kr")), "cp949", EUC_KR, "euc-kr"),
        _charset(
            "windows-1251-declared-as-iso-8859-1.html",
            tables(CYRILLIC, _RU, _declared("iso-8859-1")),
            "cp1251",
            CYRILLIC,
            "windows-1251",
        ),
        utf_16,
        _in_two_charsets(),
        _with_bad_byte(),
        _cut_in_a_character(),
    ]
