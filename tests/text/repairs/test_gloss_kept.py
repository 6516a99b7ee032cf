"""Readings that people wrote stay, with and without tone marks, in lessons, dictionaries, poems and books about Chinese."""

import pytest

from tui.core.model import Options
from tui.text.mending.mend import mend

LESSON = (
    "第三課 湖邊\n生字:喝(hē)、渴(kě)、潮(cháo)、國(guó)、統(tǒng)。\n"
    "國王住在湖邊。他每天喝湖裏的水,統計湖裏有多少魚。國王說:潮水來了。\n多音字:行(háng)列、行(xíng)走;長(zhǎng)大、長(cháng)短。"
)
DICTIONARY = "\n".join(
    f"{char}({reading}) {meaning}"
    for char, reading, meaning in (
        ("發", "fā", "送出,放出。發信,出發。"),
        ("業", "yè", "工作。學業,業務。"),
        ("統", "tǒng", "總括。統一,傳統。"),
        ("現", "xiàn", "露出。現在,出現。"),
        ("產", "chǎn", "生出。產量,生產。"),
        ("協", "xié", "共同。協作,協議。"),
    )
)
POEM = (
    "詠鵝(é)\n鵝(é)鵝(é)鵝(é),曲(qū)項(xiàng)向天歌(gē)。白毛浮(fú)綠(lǜ)水,紅掌(zhǎng)撥(bō)清波(bō)。\n"
    "靜夜思\n床前明月光,疑(yí)是地上霜(shuāng)。舉(jǔ)頭望明月,低頭思故鄉(xiāng)。\n"
    "憫(mǐn)農(nóng)\n鋤(chú)禾(hé)日當(dāng)午,汗滴禾下土。誰知盤(pán)中餐(cān),粒粒皆(jiē)辛苦。"
)
RUBY = "".join(
    f"{char}({reading})"
    for char, reading in zip(
        "我們在學校學習漢語每天都說中國話他也來會場聽課",
        [
            "wǒ",
            "men",
            "zài",
            "xué",
            "xiào",
            "xué",
            "xí",
            "hàn",
            "yǔ",
            "měi",
            "tiān",
            "dōu",
            "shuō",
            "zhōng",
            "guó",
            "huà",
            "tā",
            "yě",
            "lái",
            "huì",
            "chǎng",
            "tīng",
            "kè",
        ],
        strict=True,
    )
)
TONELESS_RUBY = "".join(
    f"{char}({reading})"
    for char, reading in zip(
        "我們在學校學習漢語每天都說中國話他也來會場聽課我們的國是大國",
        [
            "wo",
            "men",
            "zai",
            "xue",
            "xiao",
            "xue",
            "xi",
            "han",
            "yu",
            "mei",
            "tian",
            "dou",
            "shuo",
            "zhong",
            "guo",
            "hua",
            "ta",
            "ye",
            "lai",
            "hui",
            "chang",
            "ting",
            "ke",
            "wo",
            "men",
            "de",
            "guo",
            "shi",
            "da",
            "guo",
        ],
        strict=True,
    )
)
TAIWAN = (
    "「垃圾」在臺灣讀作(lè sè),「和」作連詞時讀(hàn),「企」讀(qì)。\n臺語羅馬字:食飯(tsia̍h-pn̄g)、多謝(to-siā)。\n"
    "注音:國(ㄍㄨㄛˊ)、語(ㄩˇ)。教育部統一讀音,「危險」的危讀(wéi)。經濟、發展、網路、產業都沒有變。"
)
ENGLISH = (
    "Chinese grammar in brief. The particle 的(de) marks attributes, 了(le) marks completion, 是(shi) is the copula, 不(bu) negates, "
    "在(zai) marks place and 我(wo), 你(ni), 他(ta) are pronouns. The word for country, 國(guo), is part of 中國(guo). "
    "Many learners write 的(de) too often; 了(le) is harder still. Then come 大(da), 上(shang) and 人(ren)."
)
GEOGRAPHY = "重(chóng)庆,旧称重(chóng)庆府,不读重(zhòng)。亳(bó)州、蚌埠(bèng bù)、枞(zōng)阳都在安徽;六(lù)安、歙(shè)县、黟(yī)县也是。"
NAMES = (
    "參賽者:王國強(wang guoqiang)、李發(li fa)、陳業(chen ye)。會場設在國家體育館,"
    "選手來自全國各地。裁判長由協會會長擔任,比賽現場有網絡直播,產業協會提供經費。"
)
BRACKETS = "統計(tong)見附表(a),現行(b)規定(c)如下:他們在(at)家,你的(de)書,真的?tǒng)嗎?(是)"


@pytest.mark.parametrize(
    "text",
    [
        LESSON,
        DICTIONARY,
        POEM,
        RUBY,
        TONELESS_RUBY,
        TAIWAN,
        ENGLISH,
        GEOGRAPHY,
        NAMES,
        BRACKETS,
        f"{LESSON}\n{POEM}\n{GEOGRAPHY}",
    ],
    ids=[
        "lesson",
        "dictionary",
        "poem",
        "ruby",
        "toneless ruby",
        "taiwan",
        "english",
        "geography",
        "names",
        "brackets",
        "all",
    ],
)
def test_glosses_of_people_come_back_unchanged(text: str) -> None:
    mended = mend(text, Options())
    assert (mended.text, mended.problems) == (text, ())
