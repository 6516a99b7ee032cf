"""Delimited tables: rows as pages, quotes, stray quotes, odd rows and charsets."""

import csv
import gzip
import io
import json
from pathlib import Path

import pytest

from tui import loader, sources
from tui.core.model import Limits, Options, Ref
from tui.core.page import RawPage
from tui.sources import Tally
from tui.sources.base import Head
from tui.sources.formats import table
from tui.sources.formats.table import claims, rows

ROWS = [
    ["https://example.org/1", "Rain", 'It "rained", all day;\nand all night.'],
    ["https://example.org/2", "Wind", "一\r\n二"],
    ["https://example.org/3", "", "sun"],
]


def write(path: Path, delimiter: str = ",", charset: str = "utf-8") -> Path:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([["url", "title", "text"], *ROWS])
    path.write_bytes(out.getvalue().encode(charset))
    return path


def pages(path: Path) -> list[RawPage]:
    return [sources.read(ref, Limits()) for ref in sources.scan([str(path)], Tally())]


@pytest.mark.parametrize(("name", "delimiter"), [("a.csv", ","), ("a.tsv", "\t"), ("a.csv", ";"), ("a.csv", "|")])
def test_rows_are_pages_with_the_fields_of_the_first_row(tmp_path: Path, name: str, delimiter: str) -> None:
    found = pages(write(tmp_path / name, delimiter))
    assert [page.payload.decode() for page in found] == [row[2] for row in ROWS]
    assert [page.url for page in found] == [row[0] for row in ROWS]
    assert [page.title for page in found] == ["Rain", "Wind", None]
    assert all(page.problems == () for page in found)


def test_a_compressed_table_is_read_in_any_order(tmp_path: Path) -> None:
    whole = write(tmp_path / "a.csv").read_bytes()
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(whole))
    refs = list(sources.scan([str(tmp_path / "a.csv.gz")], Tally()))
    assert [sources.read(ref, Limits()).url for ref in refs[::-1]] == [row[0] for row in ROWS[::-1]]
    assert sources.stored(refs[2], Limits()) == b"https://example.org/3,,sun\r"


@pytest.mark.parametrize("charset", ["utf-8-sig", "gb18030"])
def test_charsets_are_found_out(tmp_path: Path, charset: str) -> None:
    path = write(tmp_path / "a.csv", charset=charset)
    texts = [loader.load(ref, Options(), Limits()).text for ref in sources.scan([str(path)], Tally())]
    assert texts[1] == "一\n二"


def test_odd_rows_say_so_and_their_neighbours_open(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('url,text\na,one\nb\n\nc,"three\nd,four,more\ne,five\n')
    found = pages(tmp_path / "a.csv")
    assert [page.payload.decode() for page in found] == ["one", "b", "three", "four", "five"]
    assert [[problem.code for problem in page.problems] for page in found] == [
        [],
        ["broken_record", "no_text_field"],
        [],
        ["broken_record"],
        [],
    ]
    assert "2 fields" not in found[3].problems[0].message
    assert "row at byte 27: 3 fields, but the header names 2" in found[3].problems[0].message
    assert found[3].record == {"(more)": ["more"]}


def test_text_with_commas_and_a_table_of_nothing_are_plain_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a, b\nc, d")
    (tmp_path / "b.csv").write_text("only,a header")
    assert [page.media for page in pages(tmp_path / "a.txt") + pages(tmp_path / "b.csv")] == ["text/plain"] * 2
    assert pages(tmp_path / "b.csv")[0].payload == b"only,a header"


def test_rows_are_the_same_however_the_file_is_cut_into_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    content = b'a,"b\n\nc"\nd,"e ""\n"" f"\n\n"g'
    expected = [(0, 8), (9, 13), (24, 2)]
    for size in range(1, 30):
        monkeypatch.setattr("tui.sources.parsing.lines.FIRST_CHUNK_BYTES", size)
        monkeypatch.setattr("tui.sources.parsing.lines.CHUNK_BYTES", size)
        assert list(rows(io.BytesIO(content))) == expected


def test_a_reference_of_another_time_says_what_is_wrong(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv")
    page = sources.read(Ref(str(path), 0, "table", offset=5000, length=20), Limits())
    assert [problem.code for problem in page.problems] == ["broken_record", "no_text_field", "empty"]


def test_a_first_row_that_a_lone_carriage_return_ends_names_the_fields(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"title,text\rRain,It rained\n" + b"Wind,It blew\n")
    (page,) = pages(tmp_path / "a.csv")
    assert (page.title, page.payload) == ("Wind", b"It blew")


@pytest.mark.parametrize(("lines", "count"), [(5000, 1), (5001, 5001)])
def test_a_quote_that_stays_open_for_too_many_lines_is_a_stray_one(lines: int, count: int) -> None:
    assert len(list(rows(io.BytesIO(b'a,"' + b"x\n" * (lines - 1) + b'x"\n')))) == count


@pytest.mark.parametrize(("row_bytes", "codes"), [(65536, []), (65537, ["no_text_field"])])
def test_the_names_of_fields_stand_in_the_first_64_kilobytes(tmp_path: Path, row_bytes: int, codes: list[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"n,".ljust(row_bytes - 5, b"p") + b",text\n1,2,rain\n")
    (page,) = pages(path)
    assert [problem.code for problem in page.problems] == codes


@pytest.mark.parametrize(("limit", "codes"), [(11, ["broken_record"]), (10, [])])
def test_a_row_that_is_clipped_may_lack_fields(tmp_path: Path, limit: int, codes: list[str]) -> None:
    (tmp_path / "a.csv").write_bytes(b"text,title,url\nrain,It was\n")
    (ref,) = sources.scan([str(tmp_path / "a.csv")], Tally())
    page = sources.read(ref, Limits(page_bytes=limit))
    assert [problem.code for problem in page.problems] == codes


@pytest.mark.parametrize(
    ("name", "start", "is_table"),
    [
        ("a.csv", b"a,b\n", True),
        ("A.TSV", b"a\tb\n", True),
        ("a.txt", b"a,b\n", False),
        ("a.csv", b"ab\nc,d\n", False),
        ("a.csv", "a,b\n".encode("utf-16-le"), True),
        ("a.csv", "a,b\n".encode("utf-16"), True),
        ("a.csv", "ab\nc,d\n".encode("utf-16"), False),
        ("a.csv", b"sep=;\n", True),
        ("a.csv", b"text\nIt rained.\n", True),
        ("a.csv", '\ufeff"正文"\r\n'.encode(), True),
        ("a.csv", b"texts\nIt rained.\n", False),
    ],
)
def test_a_table_is_known_by_its_name_and_its_first_row(name: str, start: bytes, is_table: bool) -> None:
    assert claims(Head(name, start)) is is_table


TEXT = "It rained all night and the river rose, so the ferry stayed in port."


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_table_without_names_of_fields_keeps_its_first_row_and_says_so(
    tmp_path: Path, charset: str, delimiter: str
) -> None:
    out = io.StringIO(newline="")
    rows = [["https://example.org/1", "Rain", TEXT], ["https://example.org/2", "Wind", TEXT]]
    csv.writer(out, delimiter=delimiter).writerows(rows)
    (tmp_path / "a.csv").write_bytes(out.getvalue().encode(charset))
    found = pages(tmp_path / "a.csv")
    assert [loader.restore(page, Options())[0].text for page in found] == [TEXT, TEXT]
    assert [(page.ref.ordinal, page.url, page.record) for page in found] == [
        (0, "https://example.org/1", {"column 2": "Rain"}),
        (1, "https://example.org/2", {"column 2": "Wind"}),
    ]
    assert [[problem.code for problem in page.problems] for page in found] == [["columns_unnamed"], []]
    ref = found[1].ref
    named = sources.read(ref, Limits(), Options(fields=(("body", "column 2"), ("title", "column 1"))))
    assert loader.restore(named, Options())[0].text == "Wind"


@pytest.mark.parametrize(
    ("first", "is_bare"),
    [
        ("score,label", False),
        ("0,1,2", False),
        ("1,2,3", True),
        ("score,2021-03-05", True),
        ("score,12.5", True),
        ("score,12.5 m", False),
        ("score,-3%", True),
        ("title,2021-03-05", False),
        ("score,http://example.org/", True),
        (f"score,{'a' * 60}", False),
        (f"score,{'a' * 61}", True),
        ("score,a b c d e f", False),
        ("score,a b c d e f g", True),
        ("No.,score", False),
        ("No,It rained.", True),
        ("no,雨下了一整夜，河水漲了", True),
        ("編號,說明", False),
        (",label", False),
    ],
)
def test_a_row_names_fields_unless_it_holds_what_fields_hold(tmp_path: Path, first: str, is_bare: bool) -> None:
    (tmp_path / "a.csv").write_text(f"{first}\nx,y,z\n")
    assert len(pages(tmp_path / "a.csv")) == 1 + is_bare


@pytest.mark.parametrize("start", ["sep=;\n", "sep=;\r\n", '"sep=;"\n', "\ufeffsep=;\r\n"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-16-le"])
def test_a_row_that_tells_the_delimiter_is_none(tmp_path: Path, start: str, charset: str) -> None:
    (tmp_path / "a.csv").write_bytes(f"{start}title,x;text\nRain, wind;a,b,c\n".encode(charset))
    (page,) = pages(tmp_path / "a.csv")
    assert (page.record, loader.restore(page, Options())[0].text) == ({"title,x": "Rain, wind"}, "a,b,c")


def test_rows_may_end_with_carriage_returns_alone(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b'title,text\rRain,"It\nrained"\r\rWind,It blew')
    found = pages(tmp_path / "a.csv")
    assert [(page.title, page.payload) for page in found] == [("Rain", b"It\nrained"), ("Wind", b"It blew")]
    assert [sources.stored(page.ref, Limits()) for page in found] == [b'Rain,"It\nrained"', b"Wind,It blew"]


def test_a_quote_within_a_field_opens_none(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('title,text\nDisk,5" disks\nDisk,6" disks\nWind,"It\n""blew"" 5"\nCut,"never\n')
    found = pages(tmp_path / "a.csv")
    assert [page.payload.decode() for page in found] == ['5" disks', '6" disks', 'It\n"blew" 5', "never"]
    (tmp_path / "b.csv").write_text('title,text\nDisk,"5\n6"" by 7"\nWind,x\n')
    assert [page.payload.decode() for page in pages(tmp_path / "b.csv")] == ['5\n6" by 7', "x"]


def test_nuls_in_a_row_cost_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"title,text\nRa\0in,It rained all day\nWind,It\0 blew\n")
    assert [(page.title, page.payload) for page in pages(tmp_path / "a.csv")] == [
        ("Ra\0in", b"It rained all day"),
        ("Wind", b"It\0 blew"),
    ]
    assert loader.load(pages(tmp_path / "a.csv")[1].ref, Options(), Limits()).text == "It\0 blew"


def test_commas_in_text_part_no_fields_where_another_sign_does_so_throughout(tmp_path: Path) -> None:
    rows = ["1\tRain, wind, sun, snow, hail, and fog\t2021", "2\tIt blew\t2021", "3\tIt, well, blew\t2022"]
    (tmp_path / "a.csv").write_text("\n".join(rows))
    assert [page.payload.decode() for page in pages(tmp_path / "a.csv")] == [row.split("\t")[1] for row in rows]


def test_a_table_that_is_cut_or_grows_keeps_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    whole = f'https://example.org/1,"{TEXT}"\nhttps://example.org/2,"{TEXT}"\n'
    for length in range(len(whole) // 2 + 25, len(whole)):
        path.write_text(whole[:length])
        assert [page.url for page in pages(path)] == ["https://example.org/1", "https://example.org/2"]
    path.write_text(whole + "https://example.org/3,x")
    assert [ref.ordinal for ref in table.more(Ref(str(path), 0, "table", offset=0))] == [0, 1]


@pytest.mark.parametrize("blank", ["\r\n\r\n", "\n", "  \n", "\r"])
def test_blank_lines_above_the_names_of_fields_are_no_row(tmp_path: Path, blank: str) -> None:
    end = "\r" if blank == "\r" else "\n"
    path = tmp_path / "a.csv"
    path.write_bytes(f"{blank}url,title,text{end}u,Rain,It rained.{end}".encode())
    (page,) = pages(path)
    assert (page.url, page.title, page.payload) == ("u", "Rain", b"It rained.")


def test_nuls_at_the_ends_of_a_value_are_no_part_of_name_or_address(tmp_path: Path) -> None:
    first, second = b"\0title,text,url\0\n", b"\0\0Rain,It rained all day\0,\0https://a.example/1\n"
    (tmp_path / "a.csv").write_bytes(first + second)
    (page,) = pages(tmp_path / "a.csv")
    assert (page.title, page.payload, page.url) == ("Rain", b"It rained all day", "https://a.example/1")
    assert sources.stored(page.ref, Limits()) == second[:-1]


@pytest.mark.parametrize(
    "names",
    [
        "Titel;Inhalt;Adresse;Datum;Autor;Quelle",
        "titre;texte;lien;date_publication;auteur;source",
        "título;contenido;enlace;fecha;autor;fuente",
        "titulo;conteúdo;endereço;data de publicação;autor;fonte",
        "titolo;testo;collegamento;data_pubblicazione;autore;fonte",
        "Заголовок;Текст;Ссылка;Дата;Автор;Источник",
        "tytuł;treść;odnośnik;data publikacji;autor;źródło",
        "見出し;記事本文;リンク;日付;筆者;出典",
        "제목;내용;링크;작성일;작성자;출처",
        "Title;Text;URL;Date;Author;Source",
    ],
)
def test_columns_are_known_by_their_names_in_other_languages(tmp_path: Path, names: str) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(names.split(";"))
        rows.writerow(
            ["Rain", "It rained all day, and nobody went out.", "https://a.example/1", "2021-03-05", "Ann Lee", "AP"]
        )
    (ref,) = sources.scan([str(path)], Tally())
    page = loader.load(ref, Options(), Limits())
    seen = loader.peek(ref, Options())
    assert (page.title, page.body, page.url) == (
        "Rain",
        "It rained all day, and nobody went out.",
        "https://a.example/1",
    )
    assert (seen.title, seen.date, seen.url) == ("Rain", "2021-03-05", "https://a.example/1")
    facts = {key: page.metadata[key].value for key in ("date", "author", "source")}
    assert facts == {"date": "2021-03-05", "author": ["Ann Lee"], "source": "AP"}
    assert not page.problems


@pytest.mark.parametrize(
    ("row", "title", "url"),
    [
        ({"text": "It rained.", "title": "Rain", "titel": "Dr."}, "Rain", None),  # the usual name goes before
        ({"text": "It rained.", "adresse": "Hauptstraße 1"}, "It rained.", None),
        ({"text": "It rained.", "data": "2021-03-05"}, "It rained.", None),
    ],
)
def test_names_that_mean_something_else_stay_fields_of_the_record(
    tmp_path: Path, row: dict[str, str], title: str, url: str | None
) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, list(row))
        rows.writeheader()
        rows.writerow(row)
    (ref,) = sources.scan([str(path)], Tally())
    page = loader.load(ref, Options(), Limits())
    assert (page.title, page.url) == (title, url)
    assert page.record == {name: value for name, value in row.items() if name not in ("text", "title")}
    assert "date" not in page.metadata


@pytest.mark.parametrize(
    ("record", "title", "text"),
    [
        ({"title": "T", "html": "<p>It rained.</p>", "inhalt": "3 Kapitel"}, "T", "It rained."),
        ({"title": "T", "article": "It rained.", "texto": "si"}, "T", "It rained."),
        ({"texte": "x", "Text": "It rained."}, "It rained.", "It rained."),
        ({"headline": "Minister resigns", "titel": "Dr.", "inhalt": "It rained."}, "Minister resigns", "It rained."),
        ({"question": "Q?", "answer": "It rained.", "texto": "ctx"}, "question: Q?", "question: Q?"),
    ],
)
def test_a_name_in_another_language_gives_way_to_one_that_most_records_have(
    tmp_path: Path, record: dict[str, str], title: str, text: str
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(record))
    (ref,) = sources.scan([str(path)], Tally())
    page = loader.load(ref, Options(), Limits())
    assert page.title == title
    assert page.body.startswith(text)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
def test_names_of_fields_without_a_row_are_shown_and_told(tmp_path: Path, charset: str) -> None:
    (tmp_path / "a.csv").write_bytes("title,text\r\n".encode(charset))
    (ref,) = sources.scan([str(tmp_path / "a.csv")], Tally())
    page = loader.load(ref, Options(), Limits())
    assert ([problem.code for problem in page.problems], page.text.strip()) == (["no_rows"], "title,text")


@pytest.mark.parametrize("end", ["。", "。\n"])
@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("iso-2022-jp", "昨日は一日中雨が降って、誰も外に出なかった"),
        ("hz", "昨天夜里下了一整夜的雨，没有人出门。山上也下了，河水涨了半尺"),
    ],
)
def test_quotes_of_seven_bit_charsets_that_are_halves_of_characters_part_no_rows(
    tmp_path: Path, charset: str, text: str, end: str
) -> None:
    file = io.StringIO()
    rows = csv.writer(file, quoting=csv.QUOTE_ALL)
    rows.writerow(["title", "text"])
    wanted = [(f"雨 {number}", text + end + 'He said "no".') for number in range(4000)]
    rows.writerows(wanted)
    (tmp_path / "a.csv").write_bytes(file.getvalue().encode(charset))
    refs = list(sources.scan([str(tmp_path / "a.csv")], Tally()))
    assert len(refs) == len(wanted), "chunks may end within a shift"
    for number in (0, 1, 2, 3, 3999):
        page = loader.load(refs[number], Options(), Limits())
        assert (page.title, page.text, page.problems) == (*wanted[number], ())
