"""Text read in a charset that it was not written in is read again; clean text and what can't be known stay."""

import random
from difflib import SequenceMatcher

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from languages import TEXTS

from tui.core.model import Options
from tui.text.charset.misreading import CODECS, NAMES, misread
from tui.text.mending.damage import CLASSES
from tui.text.mending.edits import undo
from tui.text.mending.mend import Mending, mend, mend_string

HANS = """海州港新码头昨天启用
本报海州讯 港务公司负责人昨天上午在启用仪式上介绍说，新码头采用自动化设备，装卸效率比去年提高了一成。
据统计，今年前十个月全市外贸进出口总额为三百二十亿元，同比增长百分之五点六。
市民王先生告诉记者：“以前从这里坐船到对岸要四十分钟，现在只要一刻钟。”
有关部门表示，下一步将继续改善港区周边的道路和公共汽车，方便居民出行。"""
HANT = """海州港新碼頭昨天啟用
本報海州訊 港務公司負責人昨天上午在啟用儀式上介紹說，新碼頭採用自動化設備，裝卸效率比去年提高了一成。
據統計，今年前十個月全市外貿進出口總額為三百二十億元，比去年同期增加百分之五點六。
市民王先生告訴記者：「以前從這裡坐船到對岸要四十分鐘，現在只要一刻鐘。」"""
JAPANESE = """新しい埠頭が昨日から使われている
港の担当者によると、自動化された設備のおかげで、荷物の積み下ろしが去年より一割ほど速くなったという。
近くに住む男性は「前は対岸まで船で四十分かかったが、今は十五分で着く」と話している。
市は今後も、港の周りの道路やバスの便をよくしていく考えだ。"""
KOREAN = """새 부두가 어제 문을 열었다
항만 공사 관계자는 자동화 설비를 갖춘 덕분에 하역 속도가 작년보다 크게 빨라졌다고 말했다.
근처에 사는 한 시민은 예전에는 건너편까지 배로 사십 분이 걸렸지만 지금은 십오 분이면 간다고 했다.
시는 앞으로도 항구 주변의 도로와 대중교통을 개선할 계획이다."""
RUSSIAN = """Новый причал открылся вчера
Директор порта сообщил, что благодаря новому оборудованию разгрузка судов идёт быстрее, чем в прошлом году.
Раньше до другого берега плыли сорок минут, теперь хватает пятнадцати, рассказал один из жителей города."""
GREEK = """Η νέα προβλήτα άνοιξε χθες
Ο διευθυντής του λιμανιού είπε ότι με τον νέο εξοπλισμό η εκφόρτωση των πλοίων γίνεται πιο γρήγορα από πέρυσι."""
POLISH = """Wczoraj otwarto nowe nabrzeże
Dyrektor portu powiedział, że dzięki nowym urządzeniom rozładunek statków trwa krócej niż w zeszłym roku.
Jeden z mieszkańców opowiadał, że wcześniej płynęło się na drugi brzeg czterdzieści minut, a teraz już tylko piętnaście."""
FRENCH = """Le nouveau quai a été inauguré hier
Le directeur du port a précisé que les équipements récents accélèrent le déchargement des navires."""

REVERSIBLE = [
    *[(f"gbk>{read}", HANS) for read in ("cp1252", "latin1", "cp1250", "cp1251")],
    ("big5>cp1252", HANT),
    ("big5>latin1", HANT),
    ("sjis>latin1", JAPANESE),
    ("euckr>latin1", KOREAN),
    ("big5>gbk", HANT),
    ("sjis>cp1252", JAPANESE),
    ("sjis>gbk", JAPANESE),
    ("eucjp>latin1", JAPANESE),
    ("eucjp>gbk", JAPANESE),
    ("euckr>cp1252", KOREAN),
    ("euckr>gbk", KOREAN),
    ("cp1251>cp1252", RUSSIAN),
    ("koi8r>cp1251", RUSSIAN),
    ("koi8r>cp1252", RUSSIAN),
    ("cp1253>cp1252", GREEK),
    ("cp1250>cp1252", POLISH),
]
LOSSY = [
    ("u8>gbk", HANS, 0.99),
    ("u8>gbk", HANT, 0.98),
    ("u8>gbk", RUSSIAN, 1.0),
    ("u8>gbk x2", HANS, 0.92),
    ("u8>sjis", JAPANESE, 0.97),
    ("gbk>big5", HANS, 0.99),
    ("gbk>euckr", HANS, 1.0),
    ("gbk>sjis", HANS, 0.97),
    ("big5>sjis", HANT, 1.0),
    ("eucjp>sjis", JAPANESE, 1.0),
    ("cp1252>gbk", FRENCH, 0.98),
    ("u8>cp936", HANS, 0.98),
    ("u8>cp936", HANT, 0.98),
    ("u8>cp936", JAPANESE, 0.94),
    ("u8>jisx0208", HANS, 1.0),
    ("u8>jisx0208", JAPANESE, 0.96),
    ("gbk>cp950", HANS, 0.99),
    ("gbk>ksx1001", HANS, 1.0),
    ("gbk>jisx0208", HANS, 0.97),
    ("big5>jisx0208", HANT, 0.97),
    ("eucjp>jisx0208", JAPANESE, 0.97),
    ("euckr>gb2312", KOREAN, 1.0),
    ("u8>gbk dropping", HANS, 0.98),
    ("u8>gbk dropping", HANT, 0.98),
    ("u8>cp936 dropping", HANS, 0.97),
    ("u8>cp936 dropping", HANT, 0.97),
    ("u8>sjis dropping", JAPANESE, 0.95),
    ("u8>jisx0208 dropping", JAPANESE, 0.95),
]
"""Class, text, floor: how alike the answer must be to the text."""


def damaged(name: str, text: str) -> str:
    """The forward model of a class."""
    return CLASSES[name][1](text, random.Random(1))


def checked(text: str, options: Options | None = None) -> Mending:
    """Mend a text and hold the edits to what they say."""
    mended = mend(text, options or Options())
    assert undo(mended.text, mended.edits) == text
    assert not [problem for problem in mended.problems if problem.code == "repair_failed"]
    return mended


@pytest.mark.parametrize(("name", "text"), REVERSIBLE, ids=[name for name, _ in REVERSIBLE])
def test_what_lost_no_byte_comes_back_exactly_and_for_certain(name: str, text: str) -> None:
    mended = checked(damaged(name, text))
    assert mended.text == text
    assert {edit.certainty for edit in mended.edits} == {"certain"}
    assert {edit.repair for edit in mended.edits} == {"cjk_mojibake"}


@pytest.mark.parametrize(("name", "text"), REVERSIBLE, ids=[name for name, _ in REVERSIBLE])
def test_its_first_line_alone_or_between_clean_lines_comes_back(name: str, text: str) -> None:
    line = text.split("\n")[1]
    assert checked(damaged(name, line)).text == line
    clean = "\n".join(TEXTS.values())
    assert checked(f"{clean}\n{damaged(name, line)}\n{clean}").text == f"{clean}\n{line}\n{clean}"


@pytest.mark.parametrize(("name", "text", "floor"), LOSSY, ids=[f"{name} {text[:2]}" for name, text, _ in LOSSY])
def test_lost_bytes_are_filled_as_probable_edits(name: str, text: str, floor: float) -> None:
    damage = damaged(name, text)
    mended = checked(damage)
    assert SequenceMatcher(None, mended.text, text, autojunk=False).ratio() >= floor
    is_lossy = "\ufffd" in damage or "dropping" in name
    assert ("probable" in {edit.certainty for edit in mended.edits}) == is_lossy


@pytest.mark.parametrize(
    ("line", "word", "certainty"),
    [
        ("ÐÂÎÅ, Ïðèâåò, êàê äåëà", "РВОЕ", "probable"),  # 新闻 is likelier by 11 bits
        ("ÐÂÎÅ, Ïðèâåò, êàê äåëà", "Привет", "certain"),
        ("ÄÐ×Ó, Ïðèâåò, êàê äåëà", "ДРЧУ", "certain"),  # 男子, by 7 bits
        ("Ïðèâåò, ÐÂÎÅÍø ×îÐÂÏûÏ¢", "橡桠弪", "probable"),
        ("Ïðèâåò, ÐÂÎÅÍø ×îÐÂÏûÏ¢", "新闻网", "certain"),
    ],
)
def test_a_word_that_another_charset_makes_likelier_is_not_certain(line: str, word: str, certainty: str) -> None:
    assert {edit.after: edit.certainty for edit in checked(line).edits}[word] == certainty


def test_with_certain_edits_alone_nothing_is_guessed() -> None:
    mended = checked(damaged("u8>gbk", HANS), Options(certain=True))
    assert {edit.certainty for edit in mended.edits} == {"certain"}
    assert "海州" in mended.text


@pytest.mark.parametrize(
    ("name", "before", "inside", "after"),
    [
        ("gbk>cp1252", "市民王先生", "昨天上午在启用仪式上告诉记者", "，现在只要一刻钟。"),
        ("euckr>cp1252", "항만 공사 관계자는 ", "자동화 설비를 갖춘 덕분에", " 하역 속도가 빨라졌다고 말했다."),
        ("big5>gbk", "市民王先生告訴記者，", "以前從這裡坐船到對岸要四十分鐘", "，現在只要一刻鐘。"),
        ("u8>gbk", "有关部门表示，下一步将", "继续改善港区周边的道路和公共汽车", "，方便居民出行。"),
    ],
)
def test_a_part_of_a_line_comes_back_and_the_rest_is_not_touched(
    name: str, before: str, inside: str, after: str
) -> None:
    mended = checked(before + damaged(name, inside) + after)
    assert mended.text == before + inside + after
    assert all(len(before) <= edit.start and edit.end <= len(before + inside) for edit in mended.edits)


@pytest.mark.parametrize(
    "text",
    [
        *TEXTS.values(),
        *[text.upper() for text in TEXTS.values()],
        TEXTS["Russian"].swapcase(),
        "СССР, РСФСР, ВЦСПС, КОАТУУ 6322682502, НИИЖБ, ВНИИГАЗ",
        "été à Noël, «ça et là», où, cœur, naïf, Æthelred, señor ¿qué? ¡olé! 20 °C, ½ × 3 m², 5 µm, §§ 3¶",
        "Größe, Übermaß, ÄÖÜ, „Öl“, Straßenfußgänger; Łódź, żółć, gęśl; příliš žluťoučký kůň; þæð öðru",
        "À Á Â Ã Ä Å Æ Ç È É Ê Ë Ì Í Î Ï Ð Ñ Ò Ó Ô Õ Ö × Ø Ù Ú Û Ü Ý Þ ß à á â ã ä å æ ç è é ê ë ì í î ï ð ñ ò ó ô",
        "鄕鎭企業이라고 하여 農民들이 共同出資하고 共同經營하는 集團 企業을 말한다",
        "辻邦生、齋藤靖、髙橋一、﨑山、鷗外、躑躅、薔薇、憂鬱、繡、鑫鑫公司、王翀、犇犇、朱镕基、張旻、喆",
        "ﾊﾝｶｸｶﾀｶﾅで書いたﾃｷｽﾄ、ｱｲｳｴｵ、ﾃｽﾄﾃﾞｰﾀ 1,200ｴﾝ、ﾄｳｷｮｳﾄ ﾁﾖﾀﾞｸ",
        "﹁豎排﹂、①②③、㈱、℃、Ⅷ、㎡、α波、β、Ω、─┼─、●○",
        "統(tǒng)計、發(fā)展、\ue5ca\ue000",
        "海州港\ue646 新码头\ue78b 启用\ue65c \ue646 港务公司\ue605 负责人",
        "dB µV µµµµµµ, ¤¤¤¤¤¤ 100 %",
        "—°±×÷αβγ",
        "Symbols: °±×÷ and §¶",
        "£¥¢¤ signs",
        "C1 \x85 stays; one \ufffd, two \ufffd",
        RUSSIAN * 3 + " 1900â€“1950",
        "x²+y²=z², word¹, note³ and 10µm",
        "la masse en t/m³, le volume en cm³ ; la classe numero³ et le cinema³",
        "Você já viu o bebê? Cê sabe: tiê, tiê-sangue, o tiê canta",
        "az „ÉÉÉÉ-HH-NN” vagy „NN-HH-ÉÉÉÉ” alakú dátum",
        "The accented capitals: ÀÉÎÕÜ ÄÖÜß.",
        "Å ångström, naïve façade, ÀÉÎÕÜ ÄÖÜß.",
        "ОКРУЖЕНИЕ, ФАЙЛЫ, СМОТРИТЕ ТАКЖЕ, ЗАМЕЧАНИЯ, НЕ ОПРЕДЕЛЕНО",
        "Yüksek karşıtlık, küçük ölçütü, çözünürlük görünümü, vyšší a širší, créée",
        "鸚鵡、鸚鵡嘴龍、靺鞨與黑水靺鞨、鈮鉭銣銫、羥吲哚乙酸，鹦鹉、钹、钲、镲、忐忑、齐𫖮",
        "茅 mao, 猫 mao, 每 mei, 么 me; der 中-Ring, A股, 用python",
    ],
)
def test_clean_text_comes_back_as_it_is(text: str) -> None:
    mended = checked(text, Options(without=frozenset({"pinyin_gloss", "entities"})))
    assert mended.text == text
    assert mended.problems == ()


@pytest.mark.parametrize("name", ["gbk>u8", "gbk>u8>gbk", "u8>big5", "u8>euckr", "u8>gb2312", "u8>cp950", "u8>ksx1001"])
def test_what_cannot_be_known_is_a_problem_with_its_place(name: str) -> None:
    text = damaged(name, KOREAN if name in {"u8>euckr", "u8>ksx1001"} else HANS)
    mended = checked(text)
    assert mended.text == text
    problems = [problem for problem in mended.problems if problem.code == "mojibake_lost"]
    assert problems
    assert all(p.start is not None and {"\ufffd", "锟"} & set(mended.text[p.start : p.end]) for p in problems)


@pytest.mark.parametrize("read", ["gb2312", "cp950", "big5", "ksx1001", "euckr"])
def test_what_is_left_where_most_bytes_were_dropped_is_a_problem_that_counts_them(read: str) -> None:
    assert checked(damaged(f"u8>{read} dropping", KOREAN)).problems
    text = damaged(f"u8>{read} dropping", HANS)
    mended = checked(text)
    assert mended.text == text
    said = [problem.message for problem in mended.problems]
    assert said
    assert all(message.startswith(f"UTF-8 bytes were read as {NAMES[read]}, and bytes it") for message in said)
    gone = len(HANS.encode()) - sum(len(char.encode(CODECS[read])) for char in text)
    assert 0.3 * gone < sum(problem.lost or 0 for problem in mended.problems) <= gone


def test_one_sentence_of_polish_is_enough() -> None:
    for text in ("Dyrektor portu przepracował 30 lat, był znany.", "Statek się opóźnił, a przecież miał płynąć."):
        assert checked(damaged("cp1250>cp1252", text)).text == text


def test_a_title_too_short_to_judge_follows_its_page() -> None:
    page = checked(damaged("cp1251>cp1252", RUSSIAN))
    assert mend_string("×àñ", page.plans, Options()) == "Час"
    assert mend_string("×àñ", (), Options()) == "×àñ"
    assert mend_string("Le café", page.plans, Options()) == "Le café"


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("gbk>cp1252", "GBK bytes were read as windows-1252"),
        ("u8>gbk", "UTF-8 bytes were read as GBK; 8 lost bytes guessed (marked)"),
        ("u8>gbk x2", "UTF-8 bytes were read as GBK, twice; 8 lost bytes guessed (marked)"),
    ],
)
def test_the_finding_is_put_in_words(name: str, note: str) -> None:
    (plan,) = [plan for _, plan in checked(damaged(name, HANS)).plans]
    assert str(plan.note) == note


def test_what_is_lost_is_counted_and_a_way_out_is_named() -> None:
    (problem,) = checked("锟斤拷锟斤拷锟斤拷").problems
    assert (problem.lost, problem.start, problem.end) == (6, 0, 9)
    assert problem.message.endswith("look for another copy of the page")
    text = damaged("gbk>u8", HANS.split("\n")[1])
    (problem,) = checked(text).problems
    assert problem.lost == text[problem.start : problem.end].count("\ufffd")
    assert problem.message.startswith(f"{problem.lost} characters")


@pytest.mark.parametrize("codec", ["gb18030", "gbk"])
def test_the_page_tells_by_which_decoder_bytes_were_lost(codec: str) -> None:
    text = "今天的新闻报道说，北京市政府宣布将在下个月开始实施新的交通管理办法，市民对此反应热烈。"
    assert checked(text.encode().decode(codec, "replace")).text == text
    (plan,) = [plan for _, plan in checked(HANS.encode().decode(codec, "replace")).plans]
    assert ("936" in str(plan.note)) == (codec == "gbk")


def test_lost_quotation_marks_close_what_is_open() -> None:
    for text in (
        "她说：“码头昨天启用。”\n“现在只要一刻钟。”",
        "码头发了“启用证”\n港务公司负责人介绍说",
        "«Причал открылся вчера, — сказал директор порта. — Разгрузка судов идёт быстрее»",
        "市民第一次在船上聽見海浪的聲音。\n昨天上午啟用",
    ):
        assert checked(damaged("u8>gbk", text)).text == text


def test_lost_characters_keep_to_the_script_of_their_line() -> None:
    repaired = checked(damaged("u8>gbk", HANS)).text
    assert not set("讓頭啟儀開") & set(repaired)


def test_words_and_dates_choose_what_was_lost() -> None:
    for text in ("2007年4月28日，新码头启用", "平成の時代が終わる。\n12月に公開された", "他说: 2019年，港口扩建"):
        assert checked(damaged("u8>gbk", text)).text == text


def test_utf8_read_as_a_single_byte_charset_is_left_to_mojibake() -> None:
    for text in (HANS, RUSSIAN, FRENCH):
        for times in (1, 2):
            damage = text
            for _ in range(times):
                damage = misread(damage, "u8", "cp1252")
            mended = checked(damage)
            assert (mended.text, {edit.repair for edit in mended.edits}) == (text, {"mojibake"})


SENTENCES = [line for text in (HANS, HANT, JAPANESE, KOREAN, RUSSIAN, POLISH, FRENCH) for line in text.split("\n")]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(SENTENCES), st.sampled_from(["", *CLASSES])), max_size=4), st.booleans())
def test_any_mixture_of_damage_undoes_exactly(parts: list[tuple[str, str]], is_one_line: bool) -> None:
    lines = [damaged(name, line) if name else line for line, name in parts]
    checked(("" if is_one_line else "\n").join(lines))


@pytest.mark.parametrize(
    ("damaged", "repaired"),
    [
        ("CafÃ©\nÐÂÎÅ\n", "Café\n新闻\n"),
        ("CafÃ© au lait, déjà vu\nÐÂÎÅ\n", "Café au lait, déjà vu\n新闻\n"),
        ("Ã la carte, dÃ©jÃ\xa0 vu\nÐÂÎÅ\n", "à la carte, déjà vu\n新闻\n"),
        ("Ã©Ì¨ÊÐ\nÐÂÎÅ\n", "茅台市\n新闻\n"),
        ("KTVÃ©Ì¨\nÐÂÎÅ\n", "KTV茅台\n新闻\n"),
        ("ÐÂÎÅ Ã© ABC\n", "新闻 茅 ABC\n"),
    ],
)
def test_accents_of_a_latin_line_are_not_read_as_the_chinese_of_another(damaged: str, repaired: str) -> None:
    assert mend(damaged, Options()).text == repaired
