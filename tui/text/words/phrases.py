"""What pages say about themselves in so many words: labels, furniture, names of lists. Chinese, Japanese, Korean, Western."""

import re
from collections.abc import Iterator
from itertools import islice

from tui.core.patterns import lazy

EDITOR = lazy(
    r"(?:(?:责任|責任|本文|网络|執行|执行)?(?:编辑|編輯)|责编|責編|編集者?|편집(?:자|기자)?|\bEdit(?:or|ed by))(?:\s?[:：丨|]\s{0,4}|\s(?=[\u4e00-\u9fff]{2,4}(?:\s|$)))"
    r"(?P<names>[^\n:：|()（）【】\[\]。]{2,60})"
)
SOURCE = lazy(
    r"(?:(?<![图圖])(?<!图片)(?<!圖片)(?<!照片)(?:(?:本文|文章|信息|新闻|稿件|内容)?(?:来源|來源)于?|稿源|出处|出處|原文出处|转自|轉自|出典|提供元|출처|\bSource)\s?[:：]"
    r"|(?:本文|文章|稿件)(?:来源|來源)[于於]"
    r"|(?i:(?:^|(?<=[\s\d]\s)|(?<=[|·•–—]\s))(?:источник|джерело|źródło|fuente|fonte|quelle|kaynak|zdroj|bron|kilde|källa|forrás|πηγή|nguồn|المصدر)\s?:))"
    r"\s{0,4}(?P<name>[^\n|｜()（）【】\[\]]{2,60})"
)
AUTHOR = lazy(
    r"(?:作者|撰文|撰稿人?|执笔人?|執筆者?|著者|筆者|ライター|记者|記者|通讯员|通訊員|文字|文責|取材(?:・文|・執筆)?|글쓴이|작성자|(?<![가-힣\s])기자|글|(?:^|(?<=[\s　]))文)\s?[:：／/丨|∕・＝=]\s{0,4}(?P<names>[^\n:：|()（）【】\[\]。∕]{2,60})"
    r"|(?:^글|(?:^|(?<=[\s　]))기자명)\s(?P<korean>(?!남기기)[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염][가-힣]{2})(?=\s{0,2}(?:[|·/,]|사진|승인|입력|등록|$))"
)
DESK = lazy(
    r"^(?:[\u4e00-\u9fff]{2,8})?(?:记者|記者)\s{1,2}(?!编辑|編輯|主播|摄影|攝影)(?P<names>[\u4e00-\u9fff]{2,4}(?:[\s　、]{1,2}[\u4e00-\u9fff]{2,4}){0,5})\s{0,4}$"
)
"""A line with nobody but reporters and who else worked on it."""
_SURNAMES = "王李張张劉刘陳陈楊杨黃黄趙赵吳吴周徐孫孙馬马朱胡郭何高林羅罗鄭郑梁謝谢宋唐許许鄧邓韓韩馮冯曹彭曾蕭肖萧田董潘袁蔡蔣蒋余于杜葉叶程魏蘇苏呂吕丁任盧卢姚沈鍾钟姜崔譚谭陸陆范汪廖石金韋韦賈贾夏付方鄒邹熊白孟秦邱侯江尹薛閻阎段雷龍龙黎史陶賀贺毛郝顧顾龔龚邵萬万覃武錢钱戴嚴严莫孔向常湯汤賴赖洪溫温游柯莊庄顏颜涂古簡简翁歐欧連连"
FROM_PLACE = lazy(
    r"(?:^|(?<=[\s　〔【（(［\[╱／/])|(?<=[社報报網网聞闻]))(?:(?P<house>[\u4e00-\u9fff]{2,6})\s?[╱／/]\s?|[\u4e00-\u9fff]{1,4})?(?:特派)?(?:记者|記者)\s?(?![會会從从])"
    rf"(?:(?P<names>[\u4e00-\u9fff]{{2,4}}(?:、[\u4e00-\u9fff]{{2,4}}){{0,3}})\s?[∕／/╱]\s?\S{{2,8}}?(?:報導|报道|綜合|综合|外電|專訪|特稿)"
    rf"|(?P<wired>[{_SURNAMES}][\u4e00-\u9fff]{{2}})[\u4e00-\u9fff]{{2,4}}(?:(?:報導|报道|專訪|特稿)(?=[\s)）】〕\]|]|$)|\d{{1,2}}日[電电]))"
)
"""Who reports from where, as pages of Taiwan say it: 記者王大明／台北報導."""
REPORTER = lazy(
    r"[(（【\[](?P<house>[^()（）\n【】]{0,16}?)(?:特约|見習|见习|驻[^\s()（）]{2,6})?(?:记者|記者)[\s:：丨]{1,3}(?P<names>[^()（）\n【】\[\]]{2,40})[)）】\]]"
)
BY = lazy(
    r"(?:(?<=[|·•—–,]\s)(?:by:?|(?:author|autor(?:in|e|a)?|auteur|авторы?|автори?|szerző|yazar|penulis|συντάκτης|tác giả|الكاتب):)|(?:^|(?<=\s\s))(?:"
    r"(?:(?:written|posted|published|reported|submitted|contributed|authored|created|story|words|text)\s)?by:?"
    r"|(?:(?:geschrieben|verfasst|veröffentlicht)\s)?von|(?:(?:écrit|publié|rédigé)\s)?par|(?:(?:escrito|publicado|redactado)\s)?por"
    r"|(?:scritto|pubblicato)\sda|di|av|(?:geschreven|skriven|skrevet)\s(?:door|av|af)|oleh|авторы?:?|автори:|(?:authors?|autor(?:in|e|a|es)?|auteurs?|yazar|penulis|tekst|текст|szerző|írta|tác giả|الكاتب):))\s"
    r"(?P<names>(?:[^\n.:|•·»]|(?<=\W[A-Z]|[DJMS]r|rs|of)\.){3,80})",
    re.IGNORECASE,
)
"""A byline at the start of a line, behind a date in it, or behind a bar; a point behind an initial or a title ends no name."""
LABELLED = lazy(
    r"(?:(?:text|texte|texto|testo|tekst|interview|intervju|entretien|entrevista|intervista|reportage|recipe|haber|redacción|redação|συντάκτη[ςσ]|συντάκτρια|oprac\.|opracowanie):|(?:words|reporting)\sby:?"
    r"|(?:(?:an?|eine?|une?|uma?|una|il|la|le)\s)?(?:(?:guest|original|special)\s)?(?:post|article|story|report|review|analysis|opinion|commentary|column|essay|interview|feature|recipe"
    r"|kommentar|analyse|bericht|beitrag|gastbeitrag|gastkommentar|kolumne|leitartikel|reportage|interview|artikel|tribune|chronique|récit|enquête|entretien|propos recueillis|article"
    r"|análisis|opinión|crónica|reportaje|entrevista|artículo|análise|opinião|reportagem|redação|analisi|commento|intervista|articolo)\s(?:by:?|von|de|par|por|di|van|av)"
    r"|a cura di|af|(?P<dutch>door)|της|του|كتبت?\s?:|بقلم\s?:?)\s(?P<names>.{3,80})",
    re.IGNORECASE,
)
"""Words in front of who wrote that stand in front of much else, too."""
DATED = lazy(
    r"(?:发布时间|發佈時間|發布時間|发布日期|發布日期|发表时间|公開日|掲載日|등록|입력|(?:Date|Datum|Fecha|Data|Published|Publication date|Veröffentlicht|Publié|Publicado|Pubblicato)\b)"
    r"\s?[:：]?\s?",
    re.IGNORECASE,
)
"""Label of the day on which something was published."""
ENTRY = lazy(r"This (?:entry|post|article) was (?:posted|published|written) (?:on|by)\b")
"""Opening of the line below a blog's entry that says when it was posted."""
OTHER_DAY = lazy(r"join|member since|registered|founded|born|expires?|deadline|注册|註冊|登録", re.IGNORECASE)
"""Words in front of a day that has nothing to do with the page."""
SIGNED = lazy(
    r"(?:Author|Autor(?:in)?(?:/Autor(?:in)?)?|Auteur(?:e|rice)?|Autore|Autora|Written by|Автор|Yazar|Penulis)\b\s?[:：]?\s(?P<names>[^\n.:|•·]{3,60})$"
)
"""Label of an author, in languages that need no colon behind it."""
SECTION = lazy(
    r"(?:最[后後近新])?(?:更新|修改|发布|發布|發佈|发表|發表|公開|公开|掲載|投稿|出版|评论|評論|留言|阅读|閱讀|浏览|瀏覽|点击|點擊|看过|看過|人气|人氣|热度|点赞|分享|收藏|打印|列印|字号|字體|字体|回复|回覆|回應|转发|轉發|原创|原創|转载|轉載|编辑|編輯|审核|参与)"
    r"(?:[于於量数數人次日]|时间|時間|日期|全文|我要评论)?"
    r"|(?:即时|即時|最新|今日|国际|國際|国内|國內|中国|中國|两岸|兩岸|港澳|社会|社會|政治|时政|时事|财经|財經|经济|經濟|体育|體育|娱乐|娛樂|科技|生活|健康|文化|教育|军事|汽车|汽車|房产|旅游|旅遊|地方|综合|綜合|热点|焦点|焦點|头条|頭條|首页|首頁|专题)"
    r"(?:新闻|新聞|频道|頻道|要闻|要聞|动态|資訊|资讯)?|要闻|要聞"
)
"""A word of menus, sections or labels, and nothing else, where a house could be named."""
_WEEKDAYS = (
    "(?:mon|tues|wednes|thurs|fri|satur|sun)day (?:mon|diens|donners|frei|sams|sonn)tag mittwoch lunes martes miércoles jueves viernes sábado domingo lundi mardi mercredi jeudi vendredi samedi dimanche"
    " (?:lune|marte|mercole|giove|vener)dì sabato domenica (?:segunda|terça|quarta|quinta|sexta)(?:-feira)? (?:maan|dins|woens|donder|vrij|zater|zon)dag senin selasa rabu kamis jumat sabtu minggu"
    " понедельник вторник среда четверг пятница суббота воскресенье poniedziałek wtorek środa czwartek piątek sobota niedziela pazartesi salı çarşamba perşembe cuma cumartesi pazar"
)
WEEKDAY = lazy(rf"(?:^|[\s,|·]){{1,3}}(?:{'|'.join(_WEEKDAYS.split())})[,.]{{0,2}}\s{{0,2}}$", re.IGNORECASE)
"""A day of the week at the end of what stands in front of a date."""
CREDITS = lazy(r"^\(?(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|Compiled|Graphics?|Photos?) by\s[A-Z]")
"""An agency's last line: who reported, wrote and edited."""
POINTER = lazy(
    r"^[\s»›>•*▪-]{0,4}(?:read (?:more|also|next|on)|also read|see also|more (?:on|from)|related|watch|don['’]t miss|you (?:might|may) (?:also|like)|lesen sie (?:auch|mehr|hier)|mehr (?:dazu|zum thema)"
    r"|lire (?:aussi|la suite)|à lire|leia (?:também|mais)|veja também|lee también|lea también|leer más|te puede interesar|leggi anche|baca juga|simak juga"
    r"|läs (?:också|även|mer)|læs (?:også|mere)|les også|lue myös|lees ook|(?:prze)?czytaj (?:też|także|również|więcej)|(?:zobacz|sprawdź) (?:też|także|również)|podobne (?:artykuły|tematy)"
    r"|(?:читайте|смотрите) (?:также|по теме|ещё|еще)|(?:(?:ссылки|материалы|новости|статьи|публикации) )?по теме|похожие|последние (?:новости|публикации|материалы)|(?:читайте|дивіться) (?:також|ще)"
    r"|(?:διαβάστε|δείτε) (?:επίσης|ακόμα|και)|σχετικά (?:άρθρα|θέματα)|ilgili haber"
    r"|(?:延伸|相关|相關|推荐|推薦)(?:阅读|閱讀|报道|報導)|関連記事|あわせて読みたい|관련 ?기사)\b\s?[:：|»>–—-]?",
    re.IGNORECASE,
)
"""Opening of a line that points to another page."""
FOLLOW = lazy(
    r"^[\s(\[*•–-]{0,4}(?:for [^.!?,]{1,60}+, ?)?(?:please )?(?:follow|like us|join|find us|subscribe|sign up|подписывайтесь|подпишитесь|читайте нас|присоединяйтесь"
    r"|śledź|polub|obserwuj|dołącz|zapisz się|folgen? sie uns|folgt? uns|abonnieren sie|suivez|abonnez-vous|síguenos|suscríbete|siga|inscreva-se|seguici|iscriviti|ακολουθήστε|κάντε like"
    r"|(?:欢迎|歡迎|请|請)(?:关注|關注|追蹤))(?![a-zżźćńąęłóś-])"
    r"[^.!?。]{0,80}?(?:facebook|twitter|instagram|telegram|youtube|whatsapp|viber|google news|newsletter|телеграм|вконтакте|одноклассник|фейсбук|твиттер|дзен|рассылк|微信|微博|公众号|公眾號|專頁|专页)",
    re.IGNORECASE,
)
"""Opening of a line that asks readers to follow its site elsewhere, or to take its letters."""
SAID = lazy(
    r"^[\s|•(]{0,3}(?:\d{1,5}\s)?(?:(?:reader|user|please add|add|post|leave|write|view|all|your)\s(?:a\s|your\s|all\s)?)?(?:comments?|reply|replies)\b(?:\s?[:(].{0,12}|\s(?:are|is)\s.{0,40})?$"
    r"|^[\s|•(]{0,3}(?:\d{1,5}\s)?(?:kommentare?|commentaires?|comentarios?|comentários?|commenti|комментари[ийея]|коментар[іи]|komentarz[ey]?|opinie|σχόλια|reacties)(?:\s?[:(].{0,12})?$"
    r"|^(?:网友|網友|最新|全部|热门|熱門|精彩|发表|發表)?(?:评论|評論|留言|回應|跟帖)(?:\s?[:：(（].{0,12})?$",
    re.IGNORECASE,
)
"""A line of its own that says that comments follow."""
KOREAN_REPORTER = lazy(r"(?P<names>[가-힣]{2,4})\s?(?:선임|수습|전문)?기자(?![가-힣])")
ORIGINAL_TITLE = lazy(r"(?:原标题|原標題|原題)\s?[:：]\s{0,4}(?P<title>[^\n]{4,200})")
DATELINE = lazy(
    r"(?:^|[\s　)）讯訊电電(（])(?P<text>(?:(?:当地|當地|北京|美东|美東)(?:时间|時間))?(?P<month>1[0-2]|[1-9])月(?P<day>3[01]|[12]\d|[1-9])日)"
)
COMMENTS = lazy(
    r"(?:评论|評論|跟贴|跟帖|回复|回覆|回應|コメント|댓글|(?<![a-z])comments?)\s?[(（:：]?\s?(?P<count>\d{1,7})(?!\d)[)）]?"
    r"|(?<![\d:-])(?P<first>\d{1,7})\s?(?:条评论|條評論|评论|評論|跟贴|跟帖|条回复|件のコメント|개의 댓글|comments?\b)(?!\s?[(（:：]?\s?\d)",
    re.IGNORECASE,
)
BULLET = lazy(r"^(?:[-*•·●■◆▪►▶»›>○]|\d{1,2}[.、])[\s　]+|^[•·●■◆▪►▶»›]")
SEPARATOR = lazy(r"^[\s\-–—_*•·=|/#~.　]{0,80}$")

_LISTS = {
    "related": "читайте похожие اقرأ 相关 相關 推荐 推薦 延伸阅读 延伸閱讀 猜你喜欢 为您推荐 関連 おすすめ 관련 추천 related recommended recommend "
    "more weitere mehr auch lire aussi también más leggi",
    "hot": "популярн самое الأكثر 많이 leídas leídos lus lues 热门 熱門 热点 熱點 最热 最熱 热文 热搜 排行 点击榜 人気 ランキング 인기 hot popular trending most meistgelesen beliebt",
    "latest": "последние свежие أحدث آخر 最新 最近 新着 速報 최신 latest recent newest neueste aktuell",
}
LIST_NAMES = tuple(
    (name, re.compile("|".join(rf"\b{word}\b" if word < "\u0250" else word for word in words.split())))
    for name, words in _LISTS.items()
)
"""Kind of list -> words in its heading."""

_NOTICE_WORDS = """
责任编辑 責任編輯 责编 原标题 原標題 分享到 分享至 扫码 扫描二维码 二维码 微信扫 上一篇 下一篇 上一页 下一页 相关阅读 相关新闻 相关推荐 相关链接
相關新聞 相關推薦 延伸阅读 延伸閱讀 推荐阅读 推薦閱讀 热门推荐 猜你喜欢 为您推荐 免责声明 免責聲明 版权声明 版權聲明 特别声明 版权所有 版權所有 未经授权
未經授權 禁止转载 請勿轉載 转载请 轉載請 打开APP 下载APP 关注我们 关注公众号 加入收藏 设为首页 网站地图 隐私政策 隱私政策 备案号 备号 许可证 许可證
网友评论 專頁 专页 粉絲團 粉丝团 follow_us_on like_us_on join_us_on find_us_on comments_are_closed comments_are_now_closed made_possible_by_the_support letter_to_the_editor 作者最新文章 仅供参考 不代表 信息存储 著作権 無断転載 利用規約 저작권 무단전재 재배포 copyright © (c) all_rights_reserved cookies
"""
_MENU_WORDS = """
举报 投诉 客户端 立即下载 联系我们 聯絡我們 关于我们 登录 登入 注册 註冊 我要评论 发表评论 查看评论 跟贴 跟帖 收藏 点赞 阅读全文 阅读原文 查看更多 更多精彩 侵权
newsletter subscribe sign_up sign_in log_in privacy terms 関連記事 続きを読む プライバシー 관련기사 구독 로그인 share follow_us advertisement read_more related_posts
"""


_CONSENT_WORDS = """
cookie cookies privacy gdpr ccpa consent optout opt-out opt_out optingout opting-out opting_out personal_data personal_information your_browser your_device
your_preferences third-party third_party this_site this_website our_site our_website datenschutz* drittanbieter*
"""


class Phrases:
    """Words and phrases that are found in small letters, wherever they stand; those of Latin letters as whole words.

    >>> list(Phrases("rain* wind").ends("rainy winds, wind")), list(Phrases("雨").ends("大雨"))
    ([4, 17], [2])
    """

    def __init__(self, words: str) -> None:
        self.phrases = phrases = [word.replace("_", " ").lower() for word in words.split()]
        self._latin = [phrase for phrase in phrases if phrase[0].isascii() and phrase[0].isalpha()]
        by_first: dict[str, list[str]] = {}
        for phrase in phrases:
            if phrase not in self._latin:
                by_first.setdefault(phrase[0], []).append(re.escape(phrase[1:]))
        # The class of first letters makes it some five times faster on other text.
        others = [f"(?<={re.escape(first)})(?:{'|'.join(rests)})" for first, rests in by_first.items()]
        self._others = re.compile(f"[{re.escape(''.join(by_first))}](?:{'|'.join(others)})") if others else None

    def ends(self, folded: str) -> Iterator[int]:
        """Yield where the words end; no pattern finds them in a whole page as fast as looking for one after the other."""
        for phrase in self._latin:
            word = phrase.rstrip("*")
            start = folded.find(word)
            while start >= 0:
                end = start + len(word)
                behind = "" if word != phrase else folded[end : end + 1]
                if not _is_letter(folded[start - 1 : start]) and not _is_letter(behind):
                    yield end
                start = folded.find(word, end)
        if self._others is not None:
            yield from (match.end() for match in self._others.finditer(folded))


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


_ROBOTS = Phrases("""
just_a_moment... checking_your_browser checking_if_the_site_connection_is_secure verifying_you_are_human verify_that_you_are_human
verify_you_are_a_human complete_the_security_check completing_the_captcha_proves review_the_security_of_your_connection
attention_required!_|_cloudflare ddos_protection_by unusual_traffic_from_your_computer pardon_our_interruption solve_the_captcha
请完成安全验证 请完成验证 人机验证 請完成安全驗證 拖动滑块 подтвердите,_что_вы_не_робот проверка_браузера
""")
NOTICES, MENUS, CONSENT = Phrases(_NOTICE_WORDS), Phrases(_MENU_WORDS), Phrases(_CONSENT_WORDS)
"""Words of notices, labels and share buttons; of menus and buttons; of that by which sites ask for consent."""


def has_notice(text: str) -> bool:
    """Say whether a text holds words of notices, labels and share buttons."""
    return next(NOTICES.ends(text.lower()), None) is not None


def asks_consent(text: str) -> bool:
    """Say whether a text holds several words by which sites ask for consent.

    >>> asks_consent("We use cookies. Accept cookies?"), asks_consent("No cookies are left.")
    (True, False)
    """
    return len(list(islice(CONSENT.ends(text.lower()), 2))) > 1


def checks_robots(text: str) -> bool:
    """Say whether a text asks those who read it to show that they are no robots.

    >>> checks_robots("Checking your browser before accessing rain.example"), checks_robots("Robots check browsers.")
    (True, False)
    """
    return next(_ROBOTS.ends(text.lower()), None) is not None


def has_menu_word(text: str) -> bool:
    """Say whether a text holds words of menus and buttons."""
    return next(MENUS.ends(text.lower()), None) is not None


def is_menu_word(text: str) -> bool:
    """Say whether a text is such a word and no more."""
    return text.strip().lower() in MENUS.phrases


END_OF_ARTICLE = lazy(
    r"^[\s　\-•·【\[（(]{0,4}(?:责任编辑|責任編輯|责编|編輯|本文来源|原标题|原標題|分享到|分享至|上一篇|下一篇|相关(?:阅读|新闻|推荐|链接|文章|报道|专题)|相關(?:新聞|推薦|閱讀|文章)"
    r"|延伸(?:阅读|閱讀)|推荐阅读|热门|熱門|猜你喜欢|为您推荐|为你推荐|特别声明|免责声明|版权|版權|网友评论|发表评论|最新评论|全部评论|热门评论|作者最新文章|更多(?:精彩|新闻|推荐|内容)"
    r"|関連記事|関連リンク|おすすめ|人気記事|コメント|저작권자|관련기사|댓글|related\b|recommended\b|more from\b|most read\b|comments?\b|share this\b|tags?:|read next\b|about the author\b)",
    re.IGNORECASE,
)


def list_name(heading: str) -> str:
    """Return which kind of list a heading announces: related, hot, latest, or the heading itself.

    >>> list_name("相關推薦 -"), list_name("Most read"), list_name("国际")
    ('related', 'hot', '国际')
    """
    folded = heading.lower()
    for name, words in LIST_NAMES:
        if words.search(folded):
            return name
    return heading.strip(" -:：|·»>")


WIRE_PLACE = lazy(
    r"^[【\[(（]?(?P<house>[\u4e00-\u9fff]{1,8}?(?:社|网|網|报|報|台))?(?P<place>[\u4e00-\u9fff]{2,5}?)(?:1[0-2]|[1-9])月(?:3[01]|[12]\d|[1-9])日(?:电|電|讯|訊)"
    r"|^(?P<city>[A-Z][A-Z.' -]{2,30}+)(?:,\s[^()\n]{2,30})?\s?\((?P<agency>[A-Z][A-Za-z ]{1,20})\)\s?[-–—]"
)
"""An agency's opening: house, place and day, or place and house."""
CRUMBS = lazy(r"\s?[>»›＞]\s?|\s/\s")
HOME = frozenset(
    {"首页", "首頁", "主页", "home", "startseite", "accueil", "inicio", "ホーム", "トップ", "홈", "главная"}
)
LEAF = frozenset({"正文", "内容", "內容", "本文", "详细", "詳細"})
