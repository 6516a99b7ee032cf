"""Lines that look odd and are right: alphabets, accents, shouting, maths, boxes, signs. None of them is changed."""

import pytest

from tui.core.model import Options
from tui.text.mending.mend import mend
from tui.text.repairs.misread.diagnosis import is_listed
from tui.text.repairs.mojibake import _is_evident

LINES = """
Les majuscules accentuées : ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸ
Majuscules : À É È Ç Œ Æ
Ελληνικό αλφάβητο: ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ
αβγδεζηθικλμνξοπρστυφχψω
ΆΈΉΊΌΎΏ άέήίόύώ
Українська абетка: АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ
абвгдежзийклмнопрстуфхцчшщъыьэюя
ЙЦУКЕНГШЩЗХЪ ФЫВАПРОЛДЖЭ ЯЧСМИТЬБЮ
йцукенгшщзхъ фывапролджэ ячсмитьбю
ПРИВЕТ ВСЕМ ЧИТАТЕЛЯМ!
ВНИМАНИЕ! ГРАЖДАНЕ ПАССАЖИРЫ
Polskie znaki: ĄĆĘŁŃÓŚŹŻ ąćęłńóśźż
Česká abeceda: ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ áčďéěíňóřšťúůýž
Türkçe harfler: ÇĞİÖŞÜ çğıöşü
Magyar: ÁÉÍÓÖŐÚÜŰ áéíóöőúüű
Íslenska: ÁÐÉÍÓÚÝÞÆÖ áðéíóúýþæö
Dansk: ÆØÅ æøå
Norsk og svensk: ÆØÅ ÅÄÖ
I slutet av alfabetet står ÅÄÖ, och som gemener åäö.
ÅÄÖÅÄÖÅÄÖ
ÄÄÄÄÄHHH! ÖÖÖÖH! ÜÜÜBERALL
ÉÉÉÉÉÉÉ
ÑÑÑ ñññ
ÑANDÚ, ÁRBOL, ÉPOCA, ÍNDICE, ÓPERA, ÚTIL
CAFÉ À LA CRÈME BRÛLÉE
MÄRZ FRÜHLING GRÜSSE AUS KÖLN
ÇA VA ÊTRE LA FÊTE À NOËL
LA CIUDAD DE LEÓN, ESPAÑA
O PREÇO É DE R$ 25, NÃO É?
∀x∈ℝ: ⌈x⌉ = −⌊−x⌋, α ∧ ¬β = ¬(¬α ∨ β)
√2 ≈ 1.414, √3 ≈ 1.732, √π ≈ 1.772
f(x)=√x, ∑∞ n=1, ∫∞ e⁻ˣ
lim x→∞ √(x²+1) = ∞
∂²f/∂x² ≠ ∆f ± √∆
µ±σ, µ≤σ, √µ
π∏∑Ω∆√∫ ≈≠≤≥
x≈∞ and y≈∞
┌─┬─┐│ ├─┼─┤ └─┴─┘
├── src
│   ├── main.py
│   └── tests
╔═╗║ ╠═╬═╣ ╚═╩═╝
┬┤ ├┬ ┴├ ┼┼
▀▄█▌▐░▒▓
░▒▓█►◄▲▼
└┘┌┐├┤┬┴┼
€£¥¢ $¤ ¥€£
£££ €€€ ¥¥¥ ¢¢¢
§§ 12, 13 BGB
§ 4 Abs. 2 Nr. 3
¶¶¶ see below
°°° 25 °C ± 2 °C
¿Qué? ¡No! ¡¡Siga!! ¿¿Cómo??
«Bonjour», »Guten Tag«, „Hallo“
© 2020 ® ™ © ® ™
½ ¼ ¾ ⅓ ⅔
¹²³ ªº
×÷±¬ ×÷
·•·•·•
¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿
ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß
àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ
Å Ä Ö
Å, Ä och Ö är bokstäver.
the letters Ã, Â and Ð
åß∂ƒ©˙∆˚¬…æ
Ω≈ç√∫˜µ≤≥÷
Œ„´‰ˇÁ¨ˆØ∏”’
ÅÍÎÏ˝ÓÔÒÚÆ
¸˛Ç◊ı˜Â¯˘¿
¯\\_(ツ)_/¯
ヽ(´ー｀)ノ
(╯°□°)╯︵ ┻━┻
ಠ_ಠ ʕ•ᴥ•ʔ
¸.·´¯`·.¸¸.·´¯`·.¸
°º¤ø,¸¸,ø¤º°`°º¤ø,¸
★☆★☆ ♪♫♪♫
가나다라마바사아자차카타파하
ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ
アイウエオカキクケコサシスセソ
ｱｲｳｴｵｶｷｸｹｺ
甲乙丙丁戊己庚辛壬癸
一丁丂七丄丅丆万丈三上下
龘龖龗 㗊 㵘
뷁 쀍 꽯 뛟
Пример: ё, Ё, й, Й
ДА! НЕТ! УРА!
Ы Ы Ы
ЖЖ, ЧП, ЯЯ
ТАСС, МИД РФ, ЦБ
ÐÐÐ ÞÞÞ
IL-2Rα, TNF-α, NF-κB, β-actin
5'-ÅNGSTRÖM-3'
Ångström Ørsted Ægir Þór
naïve façade coöperate
ŁÓDŹ, KRAKÓW, GDAŃSK, WROCŁAW
ŽIŽKOV, ČESKÝ TĚŠÍN, ŘÍP
ŠĐČĆŽ šđčćž
ȘȚĂÎÂ șțăîâ
İSTANBUL, ÇANKIRI, ŞANLIURFA, IĞDIR
""".strip().split("\n")
SETTINGS = {
    "alone": "{}",
    "in a page": "The road is closed until spring.\n{}\nA detour is signposted.",
    "below damage": "Guten Morgen.\nDie GrÃ¼ÃŸe aus KÃ¶ln kommen spÃ¤t.\n{}",
}


CHARACTER_TABLES = (
    # A Chinese input method: sounds and the characters that have them, from the everyday to the rare.
    """
("bin" . "宾滨斌濒彬鬓殡缤槟傧摈膑镔豳玢髌")
("chi" . "吃迟池尺齿赤耻翅持匙炽痴驰弛侈斥叱嗤媸笞篪墀眵螭鸱饬踟敕褫")
("guo" . "国过果锅郭裹帼椁虢蝈聒馘呙崞埚猓掴蜾")
("jie" . "接街节结杰姐解介借界戒届皆揭洁捷截劫竭秸睫藉诫桀拮孑碣诘嗟")
("lai" . "来赖莱睐籁徕涞赉铼崃濑癞")
("qiao" . "桥巧敲悄瞧乔俏翘窍侨鞘橇撬峭锹谯憔跷荞硗劁缲樵峤愀")
("xuan" . "选宣旋悬玄轩喧绚眩炫暄渲萱癣煊楦璇漩铉泫谖揎碹镟")
("zhuo" . "捉桌着卓浊灼茁酌啄琢拙镯擢濯斫诼浞禚倬涿焯")
""",
    # A dictionary of sounds: single characters between bars.
    "lao /老/劳/牢/捞/姥/佬/潦/唠/烙/酪/涝/崂/痨/醪/铹/栳/铑/耢/\nlanxi /兰溪/\nlanzu /拦阻/",
    # The letters that a dictionary has, small after capital.
    "Casechars: [A-Za-zÄÖÜäöüßâêéñà]\nNot-Casechars: [^A-Za-zÄÖÜäöüßâêéñà]\nOther: ÄÖÜäöüßâêéñà",
    # Spanish in ROT13.
    """
Ry avñb dhr crdhrñb fhrñn, qr znñnan ra yn zbagnñn
Yn frñben qr Rfcnñn nñnqr cvñn l pnñn
Dhvra fr rzcrñn ra yn avñrm, qr bgbñb fr rafnñn
""",
    # Characters and words of a dictionary with their counts, of plants and insects.
    "菝葜 3 n\n菡 21 n\n菡子 2 n\n菡萏 7 n\n菪 47 x\n菰 52 g\n菱 426 n\n蝽 42 g\n蝾 8 zg\n蝾螈 45 n\n螂 13 x\n螅 359 x\n螈 57 x",
    # A list of names of one family, whose character is rare.
    "\n".join(
        f"{name} {number} nr"
        for number, name in enumerate(
            [
                "窦大有",
                "窦文娴",
                "窦猗房",
                "窦玉沛",
                "窦桂梅",
                "窦纳乐",
                "窦老太",
                "窦融归",
                "窦师伦",
                "窦朝荣",
                "窦天章",
                "窦玄",
                "窦泽成",
                "窦靖童",
                "窦骁",
                "窦唯",
                "窦漪",
            ],
            3,
        )
    ),
    # The order in which a spelling checker tries letters.
    "TRY -aáàâäeéèêëiíìîïoóòôöuúùûübcçdfghjklmnñpqrstvwxyzABCDEFGHIJKLMNÑOPQRSTUVWXYZÁÉÍÓÚÀÈÌÒÙÏÜÇ·\nMAP aáàâä\nMAP iíìîï",
    # Somebody says what an escape stands for.
    'The function ENCODEURL(A1) returns %D0%B4%D0%BE%D1%80%D0%BE%D0%B3%D0%B0 (the word "дорога" means road).',
)


@pytest.mark.parametrize("text", CHARACTER_TABLES)
def test_tables_of_characters_stand_as_they_are(text: str) -> None:
    assert mend(text, Options()).text == text


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_odd_lines_stand_as_they_are(setting: str) -> None:
    texts = (setting.format(line) for line in LINES)
    assert [line for line, text in zip(LINES, texts, strict=True) if line not in mend(text, Options()).text] == []


def test_damage_above_an_odd_line_is_still_mended() -> None:
    mended = mend(SETTINGS["below damage"].format("Umlaute: ÄÖÜ äöü ß, ÅÄÖ"), Options())
    assert mended.text == "Guten Morgen.\nDie Grüße aus Köln kommen spät.\nUmlaute: ÄÖÜ äöü ß, ÅÄÖ"


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("ÄÖ", False),
        ("ÄÖÜ", True),
        ("ÜÖÄ", False),
        ("££", False),
        ("£££", True),
        ("ÅÄÖÅÄÖÅÄ", False),
        ("ÅÄÖÅÄÖÅÄÖ", True),
        ("ÅÄÖÕÅÄÖÕÅÄÖÕ", True),
        ("ÅÄÖÕÝÅÄÖÕÝÅÄÖÕÝ", False),
        ("ÀÁÂÃÄÁ", True),
        ("ÀÁÂÃÁÀ", False),
        ("a£bc££", True),
    ],
)
def test_what_is_a_list_of_characters(run: str, expected: bool) -> None:
    assert is_listed(run) == expected


@pytest.mark.parametrize(
    ("line", "fixed", "expected"),
    [
        ("√π", "ù", False),
        ("r√π", "rù", False),
        ("vr√π", "vrù", True),
        ("x≈∞ yes", "xŰ yes", False),
        ("voil√†", "voilà", True),
        ("√† Paris", "à Paris", True),
        ("a├┤", "aô", True),
        ("├┤", "ô", False),
        ("o├╣", "où", True),
        ("‚Äúrain‚Äù", "“rain”", True),
    ],
)
def test_a_sign_of_maths_or_a_box_alone_is_no_evidence(line: str, fixed: str, expected: bool) -> None:
    assert _is_evident(line, fixed) == expected


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("Ïðèâåò", "Привет"),
        ("ðÒÉ×ÅÔ, íÏÓË×Á", "Привет, Москва"),
        ("ÐÂÎÅÍø×îÐÂÏûÏ¢", "新闻网最新消息"),
        ("voil√† un caf√©", "voilà un café"),
        ("o├╣ vas-tu ├á No├½l", "où vas-tu à Noël"),
    ],
)
def test_a_few_words_are_evidence(damaged: str, clean: str) -> None:
    assert mend(damaged, Options()).text == clean
