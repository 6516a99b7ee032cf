"""rereads UTF-8 decoded as a single-byte charset; everything else stays."""

import subprocess
import sys

import pytest

from tui.core.model import Options
from tui.text.mending.edits import undo
from tui.text.mending.mend import mend, mend_string

GERMAN = "Die Grüße aus Köln kommen spät, aber sie kommen."
RUSSIAN = "Привет из Новосибирска, погода хорошая."
CHINESE = "海州港新码头启用，统计显示效率提高。"


def misread(text: str, codec: str, times: int = 1) -> str:
    """UTF-8 read as `codec`, undefined bytes as C1 controls, as browsers do it."""
    for _ in range(times):
        text = "".join(
            bytes((byte,)).decode(codec) if _is_defined(byte, codec) else chr(byte) for byte in text.encode("utf-8")
        )
    return text


def _is_defined(byte: int, codec: str) -> bool:
    try:
        bytes((byte,)).decode(codec)
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize("text", [GERMAN, RUSSIAN, CHINESE], ids=["German", "Russian", "Chinese"])
@pytest.mark.parametrize("codec", ["cp1252", "latin-1", "cp1251", "cp1250", "cp437"])
def test_a_line_read_as_a_single_byte_charset_comes_back(text: str, codec: str) -> None:
    damaged = misread(text, codec)
    mended = mend(damaged, Options())
    assert mended.text == text
    assert undo(mended.text, mended.edits) == damaged


def test_russian_read_as_mac_roman_comes_back_though_ftfy_takes_it_for_text() -> None:
    assert mend(misread(RUSSIAN, "mac_roman"), Options()).text == RUSSIAN


@pytest.mark.parametrize("times", [2, 3])
def test_misread_several_times_it_is_read_again_as_often_and_says_so(times: int) -> None:
    mended = mend(misread(GERMAN, "cp1252", times), Options())
    assert mended.text == GERMAN
    assert str(next(plan.note for _, plan in mended.plans)).endswith({2: ", twice", 3: ", three times"}[times])


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("S&P Confirms UkrsotsbankвЂ™s вЂњB-вЂњ Rating", "S&P Confirms Ukrsotsbank’s “B-“ Rating"),
        ("Blog Traffic Tip 2 вЂ“ Broadcast Email Your Blog", "Blog Traffic Tip 2 – Broadcast Email Your Blog"),
        ("for 20 в‚¬ at Brandв„ў", "for 20 € at Brand™"),
        ("This is signiп¬Ѓcantly lower", "This is signi\ufb01cantly lower"),
        ("Quoi, lвЂ™ouest de lвЂ™Ukraine se trouve Г lвЂ™est", "Quoi, l’ouest de l’Ukraine se trouve à l’est"),
        ("itβ€™s hereβ€”or not", "it’s here—or not"),
        ("voilÃ le travail", "voilà le travail"),
        ("voilÃ  le travail", "voilà le travail"),
        ("Et voilÃ", "Et voilà"),
        ("Et voilÃ, dit-il", "Et voilà, dit-il"),
        ("DR4.RagKO.IL2RÎ³cKO.NOD mice", "DR4.RagKO.IL2RγcKO.NOD mice"),
        ("10Î¼s", "10μs"),
        ("Caf├⌐", "Café"),
        ("na├»ve r├⌐sum├⌐", "naïve résumé"),
        ("itΓÇÖs here", "it’s here"),
        ("µû░Θù╗", "新闻"),
        ("Caf√© ‚Äî it‚Äôs", "Café — it’s"),
        ("Êñ∞Èóª", "新闻"),
        ("ć–°é—»", "新闻"),
        ("CafÃ© РџСЂРёРІРµС‚ æ–°é—»", "Café Привет 新闻"),
        ("Caf├⌐, РџСЂРёРІРµС‚, æ–°é—»", "Café, Привет, 新闻"),
    ],
)
def test_what_is_typed_alone_comes_back(damaged: str, clean: str) -> None:
    mended = mend(damaged, Options())
    assert mended.text == clean
    assert undo(mended.text, mended.edits) == damaged


def test_what_lost_bytes_is_only_probable() -> None:
    assert {edit.certainty for edit in mend("voilÃ le travail", Options()).edits} == {"probable"}


def test_edits_cover_the_damaged_runs_alone() -> None:
    edits = mend(misread(GERMAN, "cp1252"), Options()).edits
    assert [(edit.before, edit.after) for edit in edits] == [("Ã¼ÃŸ", "üß"), ("Ã¶", "ö"), ("Ã¤", "ä")]
    assert {edit.certainty for edit in edits} == {"certain"}


def test_only_damaged_lines_of_a_page_change() -> None:
    page = "\n".join([CHINESE, misread(CHINESE, "cp1252"), "Déjà vu, naïve, Ångström, ½ × 3", CHINESE])
    assert mend(page, Options()).text == "\n".join([CHINESE, CHINESE, "Déjà vu, naïve, Ångström, ½ × 3", CHINESE])


@pytest.mark.parametrize(
    "text",
    [
        GERMAN,
        RUSSIAN,
        CHINESE,
        "«Слово», – сказал он. СССР» – РФ»… «НАТО»",
        "“Quoted” — it’s ‘fine’… été, Noël, «À la carte», SÃO PAULO”, CAFÉ»",
        "ÄÖÜ „ÖBB“ Ä“",
        "Ελληνικά «κείμενα» – «Α»",
        "Tiếng Việt có nhiều dấu: “Đẹp”",
        "İstanbul’da güneşli",
        "中文“引号”，全角！……——《书名》",
        "ÖÐ¹úÐÂÎÅÍø",  # GBK read as Latin: not ours to touch
        "Ã et Â sont des lettres",
        "C1 \x85 \x9d stays",
        'HashStr("œ∑¡™£¢∞§¶•ªº–≠œ∑´®†¥¨ˆøπ‘åß∂ƒ©˙∆˚¬")',  # a keyboard with the option key held down
        "1’den büyük, “çok güzel” dedi; «π» είναι ο αριθμός",
        RUSSIAN * 3 + " 1900â€“1950",  # a stray sequence in another script: too little to go by
        "e" + "\u0301" * 200 + " Ã©",
        "у моєї і твоєї мови є слово»… і «РФ»—",
        "IRMÃ, MAÇÃ: o til de Ã.",
        "CAFÉ²a, ARÊTE³b, NESTLÉ®s",
        "CafĆ© pod Baltem",  # read as windows-1257, which nobody tries: another letter would be no better
        "OK??:(   `¬´    ):",
        "├┤a┼┐a┼┐a┼┐a┼┐a",
        "β€ε, €5 and α€",
        "déjà vu à l'été, où l'on a préféré â€™ et â€“ aux tirets",  # marks alone, in a line with accents
    ],
)
def test_clean_text_and_other_damage_come_back_unchanged(text: str) -> None:
    mended = mend(text, Options(without=frozenset({"cjk_mojibake", "pinyin_gloss", "entities"})))
    assert (mended.text, len(mended.edits)) == (text, 0)


def test_a_title_too_short_to_judge_follows_its_page() -> None:
    mended = mend(misread(RUSSIAN, "cp1251"), Options())
    assert mend(misread("Я", "cp1251"), Options()).text == misread("Я", "cp1251")
    assert mend_string(misread("Я", "cp1251"), mended.plans, Options()) == "Я"


def test_clean_text_does_not_load_ftfy() -> None:
    code = f"from tui.text.mending.mend import mend\nfrom tui.core.model import Options\nmend({(GERMAN + RUSSIAN + CHINESE)!r}, Options())\nimport sys\nprint('ftfy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_few_sequences_among_right_accents_are_found() -> None:
    right = "L'été dernier, à côté du théâtre, "
    damaged = f"{right}{misread('le café préféré', 'cp1252')} des élèves était fermé."
    assert mend(damaged, Options()).text == f"{right}le café préféré des élèves était fermé."
