"""A corpus on the disk: JSON lines, a WARC file and single pages, clean and damaged, and pages that cost their readers dear."""

import json
from pathlib import Path

import made_warcs

STORY = (
    "The ferry to Harrow Quay runs twice a day, number {}, and the harbour master keeps a list of all who wait for it. "
)
GLOSSED = "嵐溪市總統(tǒng)府昨天發(fā)布了首份聲音地圖,統(tǒng)計完成后發(fā)布。"
MISREAD = "SchÃ¶ne GrÃ¼ÃŸe aus MÃ¼nchen, sagt die FÃ¤hrfrau. "


def make(folder: Path) -> Path:
    """Fill a folder with 53 pages: 40 records, 8 of a WARC file, 5 files."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = [STORY.format(number) * 4 + (GLOSSED, MISREAD, "")[number % 3] for number in range(40)]
    lines = [json.dumps({"text": text, "url": f"https://a.example/{n}"}) for n, text in enumerate(texts)]
    lines[17] = lines[17][:50]
    (folder / "a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    bodies = [f"<title>Page {n}</title><h1>Page {n}</h1><p>{STORY.format(n) * 3}".encode() for n in range(8)]
    records = [
        made_warcs.response(f"https://w.example/{n}", body, ("Content-Type", "text/html"))
        for n, body in enumerate(bodies)
    ]
    made_warcs.write(folder / "b.warc", records)
    for number in range(5):
        page = f"<title>File {number}</title><article><p>{GLOSSED}{STORY.format(number) * 2}</article>"
        (folder / f"c{number}.html").write_bytes(page.encode("gb18030"))
    return folder


SLOW = "".join(f"<b id={n}><p>" for n in range(20_000)) + "survives"
"""A quarter of a megabyte of markup that takes an HTML parser longer than any deadline here."""


def poison(path: Path, places: dict[int, str], pages: int) -> None:
    """Write records of which those at some places hold other markup."""
    bodies = [places.get(n, f"<title>Page {n}</title><p>{STORY.format(n) * 3}") for n in range(pages)]
    path.write_text("".join(json.dumps({"html": body}) + "\n" for body in bodies), encoding="utf-8")
