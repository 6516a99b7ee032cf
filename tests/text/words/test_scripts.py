"""Which lines of a page are Chinese, and in which script; and which words a naive conversion got wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.model import Options, Script
from tui.core.problems import Problem, Reason
from tui.text.mending.mend import mend
from tui.text.words import naive, scripts

HANS = "当地图书馆决定延长夜间开放时间，读者可以停留到十一点。"
HANT = "當地圖書館決定延長夜間開放時間，讀者可以停留到十一點。"
MIXED = "当地图书馆决定延長夜間開放時間，读者可以停留到十一點。"
JAPANESE = "図書館は夜間の開館時間を二時間延長すると発表した。"
KANJI = "国会解散、総選挙実施へ"
KOREAN = "도서관은 야간 개관 시간을 두 시간 연장한다고 밝혔다."
HANJA = "國會 解散 總選擧 實施"
ALSO = Options(also=frozenset({"naive_conversion"}))


@pytest.mark.parametrize(
    ("line", "script"),
    [(HANS, "hans"), (HANT, "hant"), (MIXED, "mixed"), ("山中小城水清木秀", "none"), ("國", "hant"), ("", "none")],
)
def test_a_line_is_in_the_script_whose_characters_it_has(line: str, script: str) -> None:
    assert scripts.written(line) == script


@pytest.mark.parametrize("line", [JAPANESE, KANJI, KOREAN, "변화 變化", "駅前広場 再開発", "Plain text", ""])
def test_other_languages_are_no_chinese(line: str) -> None:
    assert not scripts.is_chinese(line)


@pytest.mark.parametrize("line", [HANS, HANT, "優の良品專賣店今天開幕了", "本店ABC優惠中"])
def test_chinese_is_chinese(line: str) -> None:
    assert scripts.is_chinese(line)


@pytest.mark.parametrize(("page", "line"), [(JAPANESE * 3, "國會議事堂前"), (KOREAN * 3, HANJA)])
def test_a_page_in_another_language_helps_with_its_lines_of_han(page: str, line: str) -> None:
    assert scripts.is_chinese(line)
    assert not scripts.is_chinese(line, scripts.is_other(page))
    assert list(scripts.stretches(f"{page}\n{line}")) == []


def test_stretches_cover_the_lines_of_each_script() -> None:
    text = "\n".join([HANS, "", HANS, JAPANESE, HANT, MIXED, "Plain"])
    found = list(scripts.stretches(text))
    assert [(text[each.start : each.end], each.script) for each in found] == [
        (f"{HANS}\n\n{HANS}", "hans"),
        (HANT, "hant"),
        (MIXED, "mixed"),
    ]
    assert scripts.mix(found) == pytest.approx(0.5, abs=0.02)
    assert scripts.mix([]) == 0.0


NAIVE = [
    ("兩國關系很好", "兩國關係很好"),
    ("皇後與太後說話", "皇后與太后說話"),
    ("這是被髮明出來的", "這是被發明出來的"),
    ("這裡展示瞭如何製作", "這裡展示了如何製作"),
    ("他去瞭圖書館", "他去了圖書館"),
    ("參與制造飛機", "參與製造飛機"),
    ("她的頭發很長,會去理發店", "她的頭髮很長,會去理髮店"),
    ("全長三公裏,在各方麵領先", "全長三公里,在各方面領先"),
    ("標准范圍與規范", "標準範圍與規範"),
    ("恢複交通,反複討論復雜問題", "恢復交通,反覆討論複雜問題"),
    ("農歷新年買日歷", "農曆新年買日曆"),
    ("干部干淨的餅干", "幹部乾淨的餅乾"),
    ("山穀與峽穀的小醜", "山谷與峽谷的小丑"),
    ("采訪時詞匯沖突", "採訪時詞彙衝突"),
    ("國傢與大傢關註", "國家與大家關注"),
    ("聯系建筑師旅游", "聯繫建築師旅遊"),
]


@pytest.mark.parametrize(("text", "meant"), NAIVE)
def test_naive_conversions_are_put_right_on_request(text: str, meant: str) -> None:
    mended = mend(text, ALSO)
    assert mended.text == meant
    assert {edit.certainty for edit in mended.edits} == {"probable"}
    assert mend(text, Options()).text == text


RIGHT = [
    "皇后與王后在後宮,國王後來說三天後見",
    "瞭解、明瞭、一目瞭然、瞭望台、瞭如指掌",
    "頭髮明亮,白髮現在少了,毛髮生長",
    "處理發生的事,成長發展,明白發現了什麼",
    "公里、里程碑、鄰里,家裡面、這裡面",
    "方面、麵粉、南方麵條店、桌上麵包",
    "北斗星、漏斗,東北鬥爭",
    "山谷裡的五穀、稻穀",
    "幹部、乾淨、干涉、若干部門",
    "那隻有毛的貓,一隻是黑的,這隻能飛",
    "市長徵求意見,校長徵才",
    "鍾先生說,幾分鐘,部分鍾愛的人",
    "填報複雜的表,恢復制度,嚴重復發",
    "飛機製造、半導體製程、手機製作,體制造成,機制作用",
    "中學歷史、生日歷來如此、經歷時間",
    "選手表示、歌手表演",
    "核准確認、批准備案,大批準備好了",
    "線上遊戲、水上遊樂",
    "聯合並宣布,標籤名稱,目標簽署",
    "領導游擊隊,測試捲軸,颱風採取",
    "年糕與有關系統,相關系所",
    "小叮噹地圖,桌面條目,表面包覆著它",
    "松本先生、台灣、臺北、裏面、裡面、着、著",
    "https://example.tw/皇后 code = 1",
]


@pytest.mark.parametrize("text", RIGHT)
def test_words_that_are_right_stay(text: str) -> None:
    assert mend("這個國家的人說," + text, ALSO).text == "這個國家的人說," + text


@pytest.mark.parametrize("text", [HANS + "最后关系标准", JAPANESE + "制作と標准", KOREAN + " 關系", "関係者の制作"])
def test_lines_that_are_not_traditional_chinese_stay(text: str) -> None:
    assert mend(text, ALSO).text == text
    assert scripts.naive_problems(text) == ()


def test_each_wrong_word_is_a_problem_at_its_first_place() -> None:
    text = f"{HANT}\n兩國關系,三國關系,皇後"
    at = text.index("關系")
    assert scripts.naive_problems(text) == (
        Problem(
            "naive_conversion",
            "",
            {"found": Reason("word_times", {"word": "關系", "count": 2}), "meant": "關係"},
            at,
            at + 2,
        ),
        Problem(
            "naive_conversion",
            "",
            {"found": "皇後", "meant": "皇后"},
            len(text) - 2,
            len(text),
        ),
    )


PAGE = "\n".join([HANS, HANT, JAPANESE, KOREAN, KANJI, "Plain text"])


@pytest.mark.parametrize(("script", "first"), [("hans", HANS), ("hant", HANT), ("tw", HANT), ("hk", HANT)])
def test_of_a_page_of_many_languages_only_the_chinese_is_turned(script: Script, first: str) -> None:
    lines = mend(PAGE, Options(script=script)).text.split("\n")
    assert lines == [first, first, *PAGE.split("\n")[2:]]


@pytest.mark.parametrize(
    ("text", "script", "wanted"),
    [
        ("鍾先生的裡面說話", "tw", "鍾先生的裡面說話"),
        ("這裏有羣衆", "tw", "這裡有群眾"),
        ("他被发明家邀请,展示了如何参与制造", "hant", "他被發明家邀請,展示了如何參與製造"),
        ("兩國关系與皇後", "tw", "兩國關係與皇后"),
        ("总统\n皇后在里面", "tw", "總統\n皇后在裡面"),
    ],
)
def test_each_line_is_turned_from_its_own_script(text: str, script: Script, wanted: str) -> None:
    assert mend(text, Options(script=script)).text == wanted


@given(st.text(alphabet=st.sampled_from([*"關系皇後頭髮發展瞭解了如明製造國家,\n", "の", "x"]), max_size=40))
def test_mending_twice_is_mending_once(text: str) -> None:
    assert naive.mended(naive.mended(text)) == naive.mended(text) or "瞭" in text
