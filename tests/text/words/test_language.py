"""Languages by script and by small words."""

import pytest

from tui.text.words import language


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("山城图书馆宣布延长夜间开放时间,读者可以停留到晚上十一点。", "zh-Hans"),
        ("山城圖書館宣布延長夜間開放時間,讀者可以停留到晚上十一點。", "zh-Hant"),
        ("山中一座小城,水清木秀,人亦安逸。", "zh"),
        ("図書館は夜間の開館時間を二時間延長すると発表した。", "ja"),
        ("国会解散、総選挙実施へ 与野党党首会談決裂、経済対策先送り", "ja"),
        ("도서관은 야간 개관 시간을 두 시간 연장한다고 밝혔다.", "ko"),
        ("The library said that it would stay open for two more hours, and the readers were glad.", "en"),
        ("Die Bibliothek bleibt nun zwei Stunden länger offen, und das ist nicht nur für Schüler gut.", "de"),
        ("La bibliothèque reste ouverte deux heures de plus, et les lecteurs sont contents de pouvoir rester.", "fr"),
        ("La biblioteca abre dos horas más, y los lectores dicen que es una buena noticia para el pueblo.", "es"),
        ("Библиотека будет работать на два часа дольше, и это не только для школьников.", "ru"),
        ("Бібліотека працюватиме на дві години довше, і це не тільки для школярів та студентів.", "uk"),
        ("أعلنت المكتبة أنها ستبقى مفتوحة ساعتين إضافيتين كل مساء.", "ar"),
        ("Η βιβλιοθήκη θα μένει ανοιχτή δύο ώρες περισσότερο.", "el"),
        ("หอสมุดจะเปิดให้บริการเพิ่มอีกสองชั่วโมง", "th"),
    ],
)
def test_a_sentence_is_enough(text: str, tag: str) -> None:
    assert language.identify(text) == tag


@pytest.mark.parametrize("text", ["", "2021-12-07 23:33", "CEO", "xkcd qwrt plmn zxcv bnmk jhgf", "\ufffd" * 50])
def test_too_little_to_go_by_is_none(text: str) -> None:
    assert language.identify(text) is None


def test_english_names_in_a_chinese_text_change_nothing() -> None:
    assert (
        language.identify("据 The New York Times 报道,ChatGPT 的开发商 OpenAI 周二宣布,这项服务将对学生开放。")
        == "zh-Hans"
    )


def test_a_language_is_less_sure_where_another_explains_nearly_as_much() -> None:
    plain = language.judge("It was the best of times, and it was the worst of times, and nobody knew which.")
    mixed = language.judge("It was the best of times, und es war die beste der Zeiten, and it was the worst of times.")
    assert plain[0] == mixed[0] == "en"
    assert plain[1] > mixed[1] > 0.0
    assert language.judge("12:30") == (None, 0.0)
