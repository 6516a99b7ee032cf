"""The rules of public corpora: what each measures, and on which side of its bound a body fails."""

import random

import pytest
from made_pages import marked_up

from tui.core.errors import UsageError
from tui.core.model import Failure
from tui.text import document
from tui.text.quality.measures import MAX_BODY, Body, failed
from tui.text.quality.rules import CORPORA, RULES, check_bounds, check_name
from tui.text.quality.wording import Splitter

ENGLISH = (
    "It rained on the first day of the voyage, and those who have a coat went to the harbour with it. Nobody minded.\n"
    "Nobody had told the cook that the boats would be late. He kept the soup warm until evening.\n"
    "By nine the wind turned. The lamps went out one after another, and everybody sat in the dark."
)
CHINESE = (
    "下了一整天的雨,有外套的人都到港口去看船,沒有外套的人在家裡和孩子說起從前的事,誰也不著急。\n"
    "廚師不知道漁船會晚到,便把湯一直溫到傍晚,桌上的燈也沒有熄,等的人都睡著了,只有貓還醒著。\n"
    "九點過後風向變了,路燈一盞接一盞地暗下來,大家坐在黑暗裡聽海,誰也不想先開口說第一句話。\n"
    "天亮以前第一條船進了港,船長說外面的浪比他見過的都高,可是沒有人受傷,網裡也有幾條大魚。\n"
    "孩子們跑到碼頭上數船,數到第七條就忘了前面的數目,只好從頭再來,一直數到早飯端上桌子。"
)


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (CHINESE, "zh-Hant"), (CHINESE, None)])
def test_running_text_fails_no_rule(text: str, language: str | None) -> None:
    assert failed(text, language) == {}


def words(count: int, length: int = 4) -> str:
    """So many words, all different, each so long."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    made = ("".join(letters[number // 26**place % 26] for place in range(length)) for number in range(count))
    return " ".join(made)


CASES = [
    # rule, a body that just fails it, one that just doesn't
    ("gopher_duplicate_lines", "a\nb\nc\nd\ne\nf\na\nb\nc", "a\nb\nc\nd\ne\nf\ng\na\nb\nc"),
    ("gopher_duplicate_characters", f"{'x' * 22}\n{'x' * 22}\n{'y' * 60}", f"{'x' * 20}\n{'x' * 20}\n{'y' * 58}"),
    ("gopher_top_2_grams", "ab cd ab cd " + words(7), "ab cd ab cd " + words(8)),
    ("gopher_top_3_grams", "ab cd ef ab cd ef " + words(14), "ab cd ef ab cd ef " + words(15)),
    ("gopher_top_4_grams", "ab cd ef gh ab cd ef gh " + words(22), "ab cd ef gh ab cd ef gh " + words(23)),
    ("gopher_few_words", words(49), words(50)),
    ("gopher_many_words", words(100_001), words(100_000)),
    ("gopher_short_words", "ab abc ab", "ab abc abcd"),
    ("gopher_long_words", "x" * 11, "x" * 10),
    ("gopher_hashes", "# " + words(8), "# " + words(9)),
    ("gopher_ellipses", "… " + words(8), "… " + words(9)),
    ("gopher_bullet_lines", "- a\n" * 19 + "b", "- a\n" * 9 + "b"),
    ("gopher_ellipsis_lines", "a…\n" * 4 + "b\n" * 6, "a...\n" * 3 + "b\n" * 7),
    ("gopher_letters", "rain rain rain 7", "rain rain rain rain 7"),
    ("gopher_stop_words", "The rain", "the rain to"),
    ("c4_lorem_ipsum", "We read Lorem ipsum here.", "We read Lorem, ipsum here."),
    ("c4_braces", "We read { here.", "We read } here."),
    ("c4_sentences", "It rained all day. No. No. No.", "It rained all day. No. No. No. No."),
    ("fineweb_ended_lines", "Rain.\n" + "rain\n" * 8, "Rain.\n" + "rain\n" * 7),
    ("fineweb_short_lines", f"{'x' * 30}\n" * 3 + "x" * 31, f"{'x' * 30}\n" * 2 + "x" * 31),
    ("fineweb_duplicate_characters", f"ab\nab\n{'x' * 195}", f"ab\nab\n{'x' * 196}"),
    ("fineweb_newlines", "a\nb\nc d", "a b c d\ne f g"),
    ("zh_characters", "雨" * 199, "雨" * 200),
    ("zh_line_length", "九天以來一直下雨哪\n九天以來一直下雨", "九天以來一直下雨哪呀\n九天以來一直下雨哪"),
    ("zh_han", "雨" * 29 + "x" * 71, "雨" * 30 + "x" * 70),
    ("zh_13_grams", "雨" * 14 + "天", "雨" * 14 + "天地"),
    ("zh_duplicate_lines", "一\n二\n三\n四\n五\n一\n二\n三", "一\n二\n三\n四\n五\n一\n二"),
    ("zh_ended_lines", "雨。\n" + "雨\n" * 9, "雨。\n" + "雨\n" * 8),
    ("zh_duplicate_characters", f"雨雨\n雨雨\n{'天' * 15}", f"雨雨\n雨雨\n{'天' * 16}"),
]


def language_of(rule: str) -> str:
    return "zh-Hans" if rule.startswith("zh_") else "en"


@pytest.mark.parametrize(("rule", "failing", "kept"), CASES, ids=[rule for rule, *_ in CASES])
def test_a_rule_drops_what_lies_beyond_its_bound(rule: str, failing: str, kept: str) -> None:
    language = language_of(rule)
    assert (rule in failed(failing, language), rule in failed(kept, language)) == (True, False)


@pytest.mark.parametrize(("size", "rest"), [(5, 107), (6, 143), (7, 186), (8, 238), (9, 302), (10, 380)])
def test_a_run_of_words_that_comes_again_counts_by_its_share(size: int, rest: int) -> None:
    """Beside two runs of words of five letters, so many letters more are enough."""
    run, rule = words(size, 5), f"gopher_duplicate_{size}_grams"
    kept = [rule in failed(f"{run} {run} {'x' * letters}", "en") for letters in (rest - 1, rest)]
    assert kept == [True, False]


def test_a_figure_is_that_of_the_rule_and_not_of_what_is_found_out_sooner() -> None:
    """Runs that overlap are counted once, though each of their words stands in one that comes again."""
    assert failed("a b c d e " * 3, "en")["gopher_duplicate_5_grams"] == Failure(round(10 / 30, 4), 0.15)


@pytest.mark.parametrize("size", [3, 4])
def test_no_run_comes_more_often_than_a_pair_in_it_and_that_spares_counting_runs_of_few_words(size: int) -> None:
    chance = random.Random(size)
    for length in range(80):
        again = chance.choices(ENGLISH.split()[: chance.randint(1, 30)], k=length)
        body = Body(" ".join(again + again[: chance.randint(0, 9)] * chance.randint(0, 5)), "en")
        assert (body.top_run(size) or 0) <= body.most_by_pairs(size)
    body = Body(" ".join(chance.choices(ENGLISH.split()[9:20], k=600)), "en")
    assert body.most_by_pairs(size) < RULES[f"gopher_top_{size}_grams"].bound < body.most_in_top_run(size)


def test_each_rule_has_a_case() -> None:
    runs = {f"gopher_duplicate_{size}_grams" for size in range(5, 11)}
    assert {rule for rule, *_ in CASES} | runs == set(RULES)
    assert {"gopher", "c4", "fineweb", "zh"} == CORPORA


def test_bounds_of_the_user_stand_before_those_of_a_corpus() -> None:
    assert failed("It rained.", "en", (("gopher_few_words", 2), ("c4_sentences", 7)))["c4_sentences"].bound == 7
    assert "gopher_few_words" not in failed("It rained.", "en", (("gopher_few_words", 2),))
    assert failed("It rained.", "en", (("gopher_few_words", 3),))["gopher_few_words"] == Failure(2, 3)
    assert failed("a b c d e f a b c d e " + "x" * 900, "en", (("gopher_duplicate_5_grams", 0.001),))


def test_a_page_without_a_body_is_dropped_for_its_words_and_sentences_alone() -> None:
    assert list(failed("")) == ["gopher_few_words", "c4_sentences"]


@pytest.mark.parametrize(
    ("text", "language", "is_counted"),
    [
        ("rain", "de", True),
        ("雨" * 10, "en", True),
        ("雨" * 10, "zh-Hant", False),
        ("雨が降る", "ja", False),
        ("ฝนตก", "th", False),
        ("雨" * 10 + "x" * 20, None, True),
        ("雨" * 11 + "x" * 19, None, False),
        ("雨" * 10 + "る" + "x" * 19, None, False),
    ],
)
def test_words_are_counted_where_spaces_stand_between_them(text: str, language: str | None, is_counted: bool) -> None:
    assert ("gopher_few_words" in failed(text, language)) is is_counted


def test_characters_are_counted_of_chinese_alone() -> None:
    counted = [bool(failed(text, None).get("zh_characters")) for text in ("雨" * 11 + "x" * 19, "雨る" * 9, "rain")]
    assert counted == [True, False, False]


def test_stop_words_are_asked_of_english_alone() -> None:
    asked = ["gopher_stop_words" in failed("es regnete gestern", language) for language in ("en", "de", None)]
    assert asked == [True, False, False]


@pytest.mark.parametrize(
    ("line", "sentences"),
    [
        ("It rained all day.", 1),
        ("It rained. It rained.", 2),
        ("It rained all day", 0),
        ("It rained all day...", 0),
        ("Rain again.", 0),
        ("Turn JavaScript on for rain.", 0),
        ("We like rain and use cookies.", 0),
        ("It rained all day.[12]", 1),
        (f"It rained {'x' * 1000} today.", 1),
        (f"It rained {'x' * 1001} today.", 0),
    ],
)
def test_c4_counts_sentences_of_the_lines_that_it_keeps(line: str, sentences: int) -> None:
    assert failed(line, "en", (("c4_sentences", 99),))["c4_sentences"].value == sentences


@pytest.mark.parametrize(("line", "is_failing"), [("Use JavaScript { here.", False), ("Use { here now", False)])
def test_c4_minds_brackets_in_lines_that_it_would_keep(line: str, is_failing: bool) -> None:
    assert ("c4_braces" in failed(line, "en")) is is_failing


@pytest.mark.parametrize(("before", "is_seen"), [(999_979, True), (999_980, False)])
def test_a_million_characters_of_a_body_are_looked_at(before: int, is_seen: bool) -> None:
    assert MAX_BODY == 1_000_000
    assert ("c4_lorem_ipsum" in failed("x" * before + "\nsay Lorem ipsum now.", "en")) is is_seen


def test_the_rules_a_page_fails_come_with_figure_and_bound() -> None:
    page = document.parse(marked_up("<p>It rained all day, and nobody went out.</p>"), bounds=(("c4_sentences", 2),))
    assert (page.fails["gopher_few_words"], page.fails["c4_sentences"]) == (Failure(8, 50), Failure(1, 2))


def test_a_name_that_is_no_rule_is_refused_with_the_nearest_one() -> None:
    check_name("gopher_few_words")
    check_name("gopher")
    check_bounds("r.toml: fails", (("zh_han", 0.5),))
    with pytest.raises(UsageError, match=r"no rule .gopher_few_word.; did you mean .?gopher_few_words"):
        check_name("gopher_few_word")
    with pytest.raises(UsageError, match=r"r.toml: fails: no rule 'rain'; gopher_duplicate_lines, "):
        check_bounds("r.toml: fails", (("rain", 1),))


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("en", "(well-known) U.S. rain: 1,000%", "( well - known ) U.S. rain : 1,000 %"),
        ("en", "the end.Next, e.g. this.", "the end . Next , e.g. this ."),
        ("en", "http://a.example/x-y?z=1, foo@bar.org and/or", "http://a.example/x-y?z=1 , foo@bar.org and/or"),
        ("en", "See[a](http://a.example/x-y", "See[a](http://a.example / x - y"),
        ("en", "I'm sure we've cannot :)", "I 'm sure we 've can not :)"),
        ("en", "isnt. gotta! data, want", "is nt . got ta ! data , want"),
        ("en", "10-year ''rain''", "10 - year '' rain ''"),
        ("de", "am 6. Mai E-Mail--Flut", "am 6. Mai E-Mail -- Flut"),
        ("fr", "l'homme d'après-midi", "l' homme d' après-midi"),
        ("pl", "ul. 3.5 Tu-154", "ul . 3 . 5 Tu - 154"),
        ("ru", "100 тыс. руб. в 5 г.", "100 тыс. руб. в 5 г."),
        (None, "J. Doe, EU. x", "J. Doe , EU . x"),
    ],
)
def test_words_stand_apart_from_signs_as_spacy_has_them(language: str | None, text: str, parts: str) -> None:
    assert Splitter(language).words(text) == parts.split()


@pytest.mark.parametrize(
    "text", ["." * 50_000, ",.." * 20_000, "l'" * 30_000, "5%" * 30_000, "a-" * 30_000, "''." * 20_000]
)
@pytest.mark.parametrize("language", ["en", "fr", "pl"])
def test_a_word_without_end_is_parted_whole(text: str, language: str) -> None:
    assert "".join(Splitter(language).words(text)) == text
