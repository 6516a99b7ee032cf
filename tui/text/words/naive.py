"""Finds words of traditional Chinese that a character-by-character conversion got wrong: 關系, 皇後, 公裏, 被髮明.

One simplified character stands for several traditional ones (后: 后, 後), and a conversion without a dictionary takes the
wrong one. The words below are none in traditional Chinese, wherever they stand; words that are right in some place, such
as 王後 in 國王後來, are left out or have what must not follow.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

_WORDS = """
關系關係 聯系聯繫 干系干係 體繫體系 係統系統 繫統系統 係列系列 繫列系列
皇後皇后 太後太后 影後影后 後羿后羿 以后以後 今后今後 然后然後 之后之後 后來後來 后面後面 最后最後 背后背後 前后前後 落后落後 后果後果 后悔後悔
頭發頭髮 理發理髮 白發白髮 黑發黑髮 毛發毛髮 長發長髮 染發染髮 假發假髮 美發美髮 護發護髮 洗發洗髮 卷發捲髮 發型髮型 發絲髮絲 發廊髮廊
髮明發明 髮展發展 髮現發現 髮生發生 髮表發表 髮佈發佈 髮布發布 髮動發動 髮揮發揮 髮達發達 髮言發言 出髮出發 開髮開發 爆髮爆發 研髮研發 髮行發行 髮送發送 髮射發射
公裏公里 英裏英里 海裏海里 裏程里程 鄰裏鄰里 故裏故里 千裏千里 萬裏萬里 公裡公里 英裡英里 裡程里程 鄰裡鄰里 這里這裡 那里那裡 哪里哪裡
方麵方面 麵積面積 表麵表面 前麵前面 後麵後面 裏麵裏面 裡麵裡面 上麵上面 下麵下面 全麵全面 見麵見面 麵臨面臨 場麵場面 地麵地面 麵孔面孔
面條麵條 面粉麵粉 面包麵包 拉面拉麵 泡面泡麵
北鬥北斗 漏鬥漏斗 鬥篷斗篷 煙鬥煙斗 泰鬥泰斗 斗爭鬥爭 戰斗戰鬥 奮斗奮鬥 斗志鬥志 決斗決鬥 格斗格鬥
山穀山谷 峽穀峽谷 河穀河谷 深穀深谷 穀底谷底 稻谷稻穀 谷物穀物
干部幹部 樹干樹幹 骨干骨幹 主干主幹 才干才幹 能干能幹 干活幹活 干勁幹勁 干淨乾淨 干凈乾淨 干燥乾燥 干旱乾旱 餅干餅乾 干脆乾脆 干杯乾杯 烘干烘乾 晒干曬乾 曬干曬乾
幹淨乾淨 幹燥乾燥 幹旱乾旱 幹擾干擾 幹涉干涉 幹預干預 乾部幹部 乾擾干擾 乾涉干涉 乾預干預 若乾若干 若幹若干 相乾相干 不隻不只
徵服征服 徵戰征戰 長徵長征 遠徵遠征 出徵出征 特征特徵 象征象徵 征兆徵兆 征求徵求 征收徵收 征稅徵稅
分鍾分鐘 秒鍾秒鐘 點鍾點鐘 鍾錶鐘錶 鍾頭鐘頭 警鍾警鐘 一見鐘情一見鍾情
恢複恢復 複興復興 反複反覆 答複答覆 回複回覆 光複光復 修複修復 報複報復 康複康復 重復重複 復雜複雜 復制複製 複制複製 復習複習 覆雜複雜 恢覆恢復
制造製造 制作製作 研制研製 繪制繪製 仿制仿製 監制監製 制品製品 制片製片 制藥製藥 製度制度 控製控制 限製限制 體製體制 製定制定 抑製抑制 強製強制 機製機制 製約制約 製裁制裁 管製管制
日歷日曆 農歷農曆 陽歷陽曆 陰歷陰曆 公歷公曆 曆史歷史 經曆經歷 學曆學歷 來曆來歷 曆任歷任 曆代歷代
手表手錶 鐘表鐘錶 電表電錶 懷表懷錶 錶示表示 代錶代表 錶現表現 錶達表達 發錶發表 錶演表演 錶格表格 外錶外表
小醜小丑 丑陋醜陋 丑聞醜聞 丑惡醜惡 師范大師範大 師范學師範學 師范生師範生 規范規範 模范模範 范圍範圍 示范示範 防范防範 范例範例 典范典範
准備準備 標准標準 准確準確 水准水準 准時準時 瞄准瞄準 基准基準 精准精準 批準批准 準許准許 獲準獲准
旅游旅遊 游客遊客 游覽遊覽 導游導遊 游行遊行 遊泳游泳 上遊上游 下遊下游 中遊中游
沖突衝突 沖擊衝擊 沖動衝動 沖鋒衝鋒 緩沖緩衝 衝洗沖洗 衝繩沖繩
齣現出現 齣口出口 齣版出版 齣生出生 老板老闆 黑闆黑板 地闆地板 木闆木板
開辟開闢 辟謠闢謠 復闢復辟 試捲試卷 捲宗卷宗 答捲答卷 問捲問卷 睏難困難 睏境困境 睏惑困惑 貧睏貧困
采訪採訪 采取採取 采用採用 采購採購 采集採集 采納採納 開采開採 神採神采 精採精采 喝採喝采 風採風采
宿捨宿舍 校捨校舍 捨友舍友 取舍取捨 方嚮方向 嚮前向前 導嚮導向 傾嚮傾向 轉嚮轉向
鬍說胡說 鬍同胡同 鬍亂胡亂 胡子鬍子 胡須鬍鬚 胡鬚鬍鬚 啟濛啟蒙 矇古蒙古 濛古蒙古 必鬚必須 鬚要須要
併且並且 並購併購 吞並吞併 兼並兼併 詞匯詞彙 字匯字彙 彙率匯率 外彙外匯 彙款匯款
收獲收穫 盡管儘管 盡快儘快 盡早儘早 心髒心臟 內髒內臟 腎髒腎臟 肝髒肝臟 骯臟骯髒 噹時當時 噹然當然 噹地當地 應噹應當
標簽標籤 書簽書籤 牙簽牙籤 抽簽抽籤 籤名簽名 籤署簽署 籤訂簽訂 籤證簽證
松散鬆散 放松放鬆 輕松輕鬆 寬松寬鬆 松懈鬆懈 鬆樹松樹 鬆柏松柏 云計算雲計算 云端雲端 云彩雲彩 烏云烏雲
多余多餘 其余其餘 剩余剩餘 余額餘額 余地餘地 雜志雜誌 標志標誌 日志日誌 同誌同志
關註關注 註意注意 註射注射 註視注視 建筑建築 修筑修築 構筑構築 傢庭家庭 國傢國家 大傢大家 專傢專家 傢鄉家鄉 傢人家人
"""
"""Each word as a naive conversion writes it, with the right one behind it."""
_FOLLOW = {
    "後": "來面悔期續代人裔退製",
    "發": "展生現表布佈動揮達言出行送射電起放覺函明財病育燒給聲掘問脾酵薪獎票售起布",
    "髮": "型飾廊絲夾膠禁根妝色",
    "裏": "面的有",
    "里": "程約昂奧斯",
    "麵": "條粉包館食團筋店攤糊",
    "鬥": "爭志雞牛毆氣嘴智",
    "干": "預涉擾",
    "徵": "才文選求收召詢集稿信婚件",
    "鍾": "愛情意靈先小女姓家氏",
    "複": "雜數印製習合選",
    "製": "造作程圖成片品備藥",
    "歷": "時史經來代年任",
    "表": "示演現達態面揚情明決格",
    "準": "備確時則點",
    "遊": "戲覽客行玩樂學船艇輪街蕩歷記",
    "捲": "入軸動起曲土走",
    "採": "取用訪購集納行",
    "彙": "集整編報總算",
    "髒": "亂話兮",
    "簽": "約署訂名到證字下",
    "傢": "俱伙具",
}
"""Last character of a wrong word -> what must not follow: there the word is made of the ends of two others."""
_NOT_BEFORE = {
    "關系": "統列所",
    "導游": "擊",
    "鄰裏": "海",
    "鄰裡": "海",
    "面條": "目件例紋",
    "面包": "含括圍覆裹",
    "係統": "一",
    "係列": "車入出明",
    "裏程": "度式序",
    "裡程": "度式序",
    "谷物": "產種語",
    "象征": "服戰",
    "征收": "復",
    "重復": "發甦胖習原返合興健",
    "復制": "度裁定憲",
    "複制": "度裁定憲",
    "復習": "慣俗",
    "制造": "成就訪價型",
    "制作": "用為出好風",
    "制品": "種質味行",
    "制片": "段面",
    "制藥": "品物",
    "錶示": "範意",
    "錶現": "身在貨",
    "小醜": "聞",
    "准備": "案查",
    "准確": "認定保",
    "准時": "間程刻代候",
    "游行": "走進",
    "齣現": "代",
    "齣生": "動活命死",
    "胡子": "女孫",
    "並購": "買",
    "收獲": "獎得利",
    "盡管": "理",
    "註意": "見思義",
    "傢人": "俱",
    "之后": "妃冠位",
    "北鬥": "爭志雞牛毆氣嘴智",
}
_NOT_AFTER = {
    "髮": "頭白黑毛長短染假美護洗捲理金秀銀一烏鬚削落剪脫怒束結",
    "噹": "叮噹",
    "干部": "若相",
    "面": "桌方表介頁版裡裏上下前後全對見地場平牆畫封正背側反水路海局雙多單四八體層",
    "籤": "標書牙抽",
    "併且": "合兼吞",
    "余": "姓",
    "谷物": "露矽",
}
"""Beginning of a wrong word -> what must not stand before."""
_NAIVE_LE = "(?<![明照])瞭(?![解然望亮如若哨])|(?<![明照])瞭(?=如何|如果|如此|如今|若干)"
"""瞭 where 了 was meant; it is right in 瞭解, 明瞭, 一目瞭然, 瞭望, 瞭如指掌."""


class Naive(NamedTuple):
    """A word as it stands and as it should be; `start` and `end` are code points."""

    start: int
    end: int
    word: str
    meant: str


def find(text: str) -> Iterator[Naive]:
    """Yield the wrong words of a text that is traditional Chinese, in order, without overlap.

    >>> [(each.word, each.meant) for each in find("這個關系與皇後無關,展示瞭如何發明")]
    [('關系', '關係'), ('皇後', '皇后'), ('瞭', '了')]
    """
    table, firsts = _table(), _firsts()
    chars = frozenset(text)
    there = [word for first in firsts.keys() & chars for word in firsts[first] if word[1] in chars and word in text]
    patterns = [_pattern(word) for word in (*there, *(["瞭"] if "瞭" in chars else []))]
    hits = [match for pattern in patterns for match in pattern.finditer(text)]
    at = 0
    for hit in sorted(hits, key=lambda match: (match.start(), -match.end())):
        if hit.start() >= at:
            at = hit.end()
            yield Naive(hit.start(), at, hit[0], table.get(hit[0], "了"))


def mended(text: str) -> str:
    """Return the text with each wrong word as it should be.

    >>> mended("他被髮明家邀請參與制造,出發前準備瞭很久")
    '他被發明家邀請參與製造,出發前準備了很久'
    """
    parts, at = [], 0
    for word in find(text):
        parts += [text[at : word.start], word.meant]
        at = word.end
    return "".join(parts) + text[at:]


@cache
def _table() -> dict[str, str]:
    return {both[: len(both) // 2]: both[len(both) // 2 :] for both in _WORDS.split()}


@cache
def _firsts() -> dict[str, list[str]]:
    """The words by their first character."""
    words: dict[str, list[str]] = {}
    for word in _table():
        words.setdefault(word[0], []).append(word)
    return words


@cache
def _pattern(word: str) -> re.Pattern[str]:
    """The word with what must not stand around it; one for each, as most pages have some and few the same."""
    if word == "瞭":
        return re.compile(_NAIVE_LE)
    after = _NOT_BEFORE.get(word, "") + _FOLLOW.get(word[-1], "")
    before = _NOT_AFTER.get(word, "") + _NOT_AFTER.get(word[0], "")
    return re.compile((f"(?<![{before}])" if before else "") + word + (f"(?![{after}])" if after else ""))
