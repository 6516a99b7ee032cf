"""What is found out about a page holds for its title, fields, links and headlines too: alone they say too little."""

from pathlib import Path

import pytest

from tui import loader
from tui.core.model import Document, Limits, Options

BODY = "這個國家的圖書館昨天開放,讀者說環境很好,館長說準備了兩年,還會買更多的書。"
RUSSIAN = "Сегодня открылось новое здание городской библиотеки, и жители выстроились в очередь."


def page(title: str, author: str, item: str, body: str) -> str:
    links = "".join(
        f'<li><a href="/n/{number}.html">{item}，大小人物一同上山入水之{number}</a> 2024-05-0{number}</li>'
        for number in range(1, 6)
    )
    return (
        f'<html><head><title>{title}</title><meta name="author" content="{author}"></head><body>'
        f"<h1>{title}</h1><p>{body}</p><p>{body}</p><p>{body}</p><h3>相關新聞</h3><ul>{links}</ul></body></html>"
    )


def load(path: Path, payload: bytes, options: Options) -> Document:
    path.write_bytes(payload)
    (ref,) = loader.scan([str(path)], loader.Tally())
    return loader.load(ref, options, Limits())


def strings(document: Document) -> list[str]:
    return [document.title, *document.metadata["author"].value, *(item.title for item in document.headlines)]


def test_a_title_of_few_letters_is_in_the_charset_of_the_page(tmp_path: Path) -> None:
    payload = page("Дом", "Ян", "Ещё", RUSSIAN).encode("koi8-r", "replace")
    document = load(tmp_path / "a.html", payload, Options())
    assert strings(document)[:2] == ["Дом", "Ян"]


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (Options(), ("皇後入山", "山公裏", "皇後上山")),
        (Options(also=frozenset({"naive_conversion"})), ("皇后入山", "山公里", "皇后上山")),
        (Options(script="hans"), ("皇后入山", "山公里", "皇后上山")),
        (Options(script="hant"), ("皇后入山", "山公里", "皇后上山")),
    ],
    ids=["nothing", "naive_conversion", "hans", "hant"],
)
def test_naive_conversions_are_mended_in_every_string(
    tmp_path: Path, options: Options, wanted: tuple[str, str, str]
) -> None:
    document = load(tmp_path / "a.html", page("皇後入山", "山公裏", "皇後上山", BODY).encode(), options)
    title, author, first, *_ = strings(document)
    assert (title, author, first) == (wanted[0], wanted[1], f"{wanted[2]}，大小人物一同上山入水之1")


def test_a_title_that_says_nothing_is_turned_from_the_script_of_the_page(tmp_path: Path) -> None:
    body = "这个国家的图书馆昨天开放,读者说环境很好,馆长说准备了两年,还会买更多的书。"
    document = load(tmp_path / "a.html", page("皇后在里面", "里外", "里面", body).encode(), Options(script="tw"))
    title, author, first, *_ = strings(document)
    assert (title, author, first) == ("皇后在裡面", "裡外", "裡面，大小人物一同上山入水之1")


def test_a_title_of_han_on_a_japanese_page_stays(tmp_path: Path) -> None:
    body = "図書館は夜間の開館時間を二時間延長すると発表した。読者は喜んでいるという。"
    document = load(tmp_path / "a.html", page("国会議事堂前", "山本", "会議", body).encode(), Options(script="hant"))
    assert strings(document)[:3] == ["国会議事堂前", "山本", "会議，大小人物一同上山入水之1"]


def test_the_split_of_a_page_holds_for_what_stands_in_its_parts(tmp_path: Path) -> None:
    whole = page("新館開幕", "林小雨", "圖書館開放", BODY)
    at = whole.index("<h3>")
    document = load(tmp_path / "a.html", whole[:at].encode() + whole[at:].encode("gb18030"), Options())
    assert strings(document)[:3] == ["新館開幕", "林小雨", "圖書館開放，大小人物一同上山入水之1"]
    assert [problem.code for problem in document.problems] == ["charset_split"]
