"""Write sample_pages/ and tests/answers/ from the clean sources in scripts/pages/, byte for byte the same each time.

    python scripts/make_sample_pages.py [--into FOLDER]

FOLDER is the root of the repository unless said otherwise. With --into, FOLDER/undamaged also gets each damaged page
as it was before the damage, in UTF-8, for those that can be mended.

| page                                     | shows                                                                 |
|------------------------------------------|-----------------------------------------------------------------------|
| 0-start-here-glossed-scrape.txt          | scrape-with-glued-lists.txt, glossed with 100 characters              |
| article-*.html                           | clean articles in seven languages: nothing may be changed             |
| big5-declared-as-utf-8.html              | a wrong declaration                                                   |
| documentation-with-code.html             | headings, code and a table                                            |
| entities-and-escapes-as-text.html        | &#22269; \\u56fd %E5%9B%BD in the text; the same in a URL and in code   |
| euc-jp-undeclared.html                   | no declaration                                                        |
| euc-kr-declared.html                     | syllables that only Microsoft's extension of EUC-KR has               |
| forum-thread.html                        | posts by several people                                               |
| front-page.html                          | lists with sections, dates, tags, comments, summaries, pictures       |
| gb18030-declared-as-gb2312.html          | a four-byte character under a declaration that is too narrow          |
| glossed-readings-level-22.txt            | readings written into bare text, first 22 characters of the ranking   |
| glossed-readings-level-60.html           | the same in HTML, 60 characters                                       |
| glossed-readings-level-122.html          | the same in HTML, all characters                                      |
| glossed-readings-and-commas.txt          | 60 characters, a visible comma before punctuation, some pairs dropped |
| glossed-readings-without-tones.txt       | readings without tone marks behind characters at random, some twice   |
| glossed-readings-and-punctuation.txt     | 40 characters, and something invisible put in before punctuation      |
| hz-undeclared.html                       | Chinese in seven bits, between ~{ and ~}                              |
| hostile-text.html                        | terminal sequences, bidi, markup of ours, a very long line            |
| iso-2022-jp-declared.html                | Japanese in seven bits, between escape sequences                      |
| koi8-r-declared-as-windows-1251.html     | a wrong declaration                                                   |
| language-lesson-glossed-on-purpose.html  | readings that are meant: nothing may be changed                       |
| mojibake-chinese-in-part.html            | one list of the page is UTF-8 read as windows-1252, the rest is clean |
| mojibake-gbk-as-windows-1252.html        | title, article and lists are GBK read as windows-1252, the menu isn't |
| mojibake-german.html                     | the whole page is UTF-8 read as windows-1252                          |
| mojibake-korean-as-gbk.html              | title, article and lists are EUC-KR read as GBK, the menu isn't       |
| mojibake-utf-8-as-gbk.html               | title, article and lists are UTF-8 read as GBK: bytes are lost        |
| records-one-broken.jsonl                 | three records, one a text, one broken, one HTML                       |
| scrape-with-glued-lists.txt              | a scrape whose HTML is gone: menu, article, three lists               |
| shift-jis-undeclared.html                | no declaration; characters of NEC's and Microsoft's extensions        |
| shop-product.html                        | a product with JSON-LD                                                |
| utf-16le-with-bom.html                   | a byte order mark                                                     |
| utf-8-cut-in-a-character.html            | a download that broke off                                             |
| utf-8-with-a-gbk-tail.html               | the charset changes half-way                                          |
| utf-8-with-one-bad-byte.html             | one byte that is no UTF-8                                             |
| two-scripts-and-naive-conversions.html   | Chinese in both scripts, Japanese, words that were converted wrongly  |
| windows-1251-declared-as-iso-8859-1.html | a wrong declaration                                                   |
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pages import charsets, clean, glossed, hostile, kinds, mojibake, old_charsets, scrapes, scripts  # noqa: E402 - tui must be found first
from pages.sample import Sample  # noqa: E402

_GROUPS = (clean, charsets, old_charsets, glossed, scrapes, mojibake, hostile, kinds, scripts)


def write(sample: Sample, root: Path) -> None:
    """Write a page below `root`/sample_pages and its answer below `root`/tests/answers."""
    (root / "sample_pages" / sample.name).write_bytes(sample.payload)
    answers = [{"ordinal": ordinal, **asdict(answer)} for ordinal, answer in enumerate(sample.answers)]
    text = json.dumps({"file": sample.name, "pages": answers}, ensure_ascii=False, indent=1) + "\n"
    answer_path = root / "tests" / "answers" / f"{Path(sample.name).stem}.json"
    answer_path.write_text(_harmless(text), encoding="utf-8")


def _harmless(text: str) -> str:
    """JSON whose controls and format characters are escaped, so that a terminal may show it."""
    return "".join(char if char == "\n" or char.isprintable() else _escape(char) for char in text)


def _escape(char: str) -> str:
    return json.dumps(char)[1:-1]


def main() -> None:
    """Write every page and answer."""
    parser = argparse.ArgumentParser(description="Write sample_pages/ and tests/answers/.")
    parser.add_argument("--into", type=Path, metavar="FOLDER", help="instead of the repository's root")
    into: Path | None = parser.parse_args().into
    root = into or ROOT
    samples = [sample for group in _GROUPS for sample in group.samples()]
    for folder in (root / "sample_pages", root / "tests" / "answers"):
        folder.mkdir(parents=True, exist_ok=True)
    for sample in samples:
        write(sample, root)
        if into and sample.undamaged is not None:
            (into / "undamaged").mkdir(exist_ok=True)
            (into / "undamaged" / sample.name).write_bytes(sample.undamaged)


if __name__ == "__main__":
    main()
