"""How fast collections are searched and sampled, beside grep on the same file, and what an index costs and gives.

`find`, start included, is told beside `grep -F` with every spelling that is looked for, in seconds of the processor.

    python benchmarks/search.py [MEGABYTES] [PAGES]

A file of JSON lines of so many megabytes (200) is made in the temporary folder, and an index of so many pages (20,000)
without the reading of pages, which `copydesk index` has to do as well. Figures are of one run each, with a warm cache.
"""

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tui.choosing.selection import chance, lowest
from tui.core.answers import Digest
from tui.core.model import Item, Limits, Options, Ref
from tui.core.questions import Search
from tui.lookup import sidecar
from tui.lookup.hunt import hunt
from tui.lookup.needles import Sieve
from tui.processes.client import ChildClient
from tui.sources import Tally, scan
from tui.text.words.fold import fold, pieces

CHARACTERS = "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得經十三之進著等部度家電力裡如水化高自二理起小物現實加量都兩體制機當使點從業本去把性好應開它合還因由其些然前外天政四日那社義事平形相全表間樣與關各重新線內數正心反你明看原又麼利比或但質氣第向道命此變條只沒結解問意建月公無系軍很情者最立代想已通並提直題黨程展五果料象員革位入常文總次品式活設及管特件長求老頭基資邊流路級少圖山統接知較將組見計別她手角期根論運農指幾九區強放決西被幹做必戰先回則任取據處隊南給色光門即保治北造百規熱領七海口東導器壓志世金增爭濟階油思術極交受聯什認六共權收證改清己美再採轉更單風切打白教速花帶安場身車例真務具萬每目至達走積示議聲報鬥完類八離華名確才科張信馬節話米整空元況今集溫傳土許步群廣石記需段研界拉林律叫且究觀越織裝影算低持音眾書布復容兒須際商非驗連斷深難近礦千週委素技備半辦青省列習響約支般史感勞便團往酸歷市克何除消構府稱太準精值號率族維劃選標寫存候毛親快效斯院查江型眼王按格養易置派層片始卻專狀育廠京識適屬圓包火住調滿縣局照參紅細引聽該鐵價嚴龍飛"
WORDS = [
    "harbour",
    "council",
    "ferry",
    "budget",
    "library",
    "engine",
    "market",
    "winter",
    "bridge",
    "minister",
    "report",
    "school",
    "water",
    "garden",
    "station",
]
RARE = "蘇格拉底"
QUERIES = {"rare": RARE, "other script": "苏格拉底", "common": "總統", "Latin": "lighthouse", "missing": "海王星人"}


def record(chance_: random.Random, number: int) -> dict[str, object]:
    """A page of made-up text, in Chinese or in English."""
    is_chinese = number % 4 > 0
    text = "".join(chance_.choices(CHARACTERS, k=900)) if is_chinese else " ".join(chance_.choices(WORDS, k=200))
    if number % 997 == 0:
        text = f"{text[:100]} {RARE} lighthouse {text[100:]}"
    if number % 20 == 0:
        text = f"{text[:50]}總統{text[50:]}"
    return {"text": text, "url": f"https://s{number % 97}.example/{number}", "date": "2021-12-07"}


def write(path: Path, size_bytes: int) -> int:
    """Make the file; returns how many pages it has."""
    chance_, written, number = random.Random(1), 0, 0
    with path.open("wb") as stream:
        while written < size_bytes:
            line = json.dumps(record(chance_, number), ensure_ascii=False).encode() + b"\n"
            written += stream.write(line)
            number += 1
    return number


def searched(client: ChildClient, refs: list[Item], query: str) -> tuple[float, float, int]:
    """Seconds to the first hit and to the end, and pages with hits."""
    start, first, found = time.perf_counter(), 0.0, 0
    for answer in hunt(client, refs, query, Options()):
        if answer.found and not found:
            first = time.perf_counter() - start
        found += len(answer.found)
    return first, time.perf_counter() - start, found


def search(path: Path, size_bytes: int, pages: int) -> None:
    """Scan for each query, and with grep."""
    start = time.perf_counter()
    refs = list(scan([str(path)], Tally()))
    print(
        f"{'find all pages':24}{time.perf_counter() - start:8.2f} s {len(refs) / (time.perf_counter() - start):12,.0f} pages/s"
    )
    print(f"{'search':24}{'first hit ms':>14}{'all, s':>9}{'s/GB':>8}{'pages':>9}{'grep, s':>9}")
    grep = shutil.which("grep")
    with ChildClient(Limits()) as client:
        client.ask(Search([ref for ref in refs[:1] if isinstance(ref, Ref)], "warm", Options()))
        for name, query in QUERIES.items():
            first, whole, found = searched(client, refs, query)
            start = time.perf_counter()
            if grep:
                subprocess.run([grep, "-c", "-F", query, str(path)], stdout=subprocess.PIPE, check=False)
            beside = f"{time.perf_counter() - start:9.2f}" if grep else f"{'-':>9}"
            print(f"{name:24}{first * 1000:14.0f}{whole:9.2f}{whole * 1e9 / size_bytes:8.1f}{found:9,}{beside}")
    start = time.perf_counter()
    lowest(((chance(ref, 7), ref) for ref in refs), 200)
    print(f"{'sample 200':24}{time.perf_counter() - start:8.2f} s of {pages:,} pages")


def commands(path: Path) -> None:
    """Print what `find` takes for each query, and grep for its spellings."""
    grep = shutil.which("grep")
    if not grep:
        return
    print(f"{'find':24}{'CPU s':>9}{'spellings':>11}{'grep, CPU s':>13}{'ratio':>8}")
    for name, query in QUERIES.items():
        spellings = Sieve(query, is_utf8=True).spellings()
        patterns = path.with_suffix(".patterns")
        patterns.write_bytes(b"\n".join(spellings))
        ours = cpu_s([sys.executable, "-m", "tui", "find", "--limit", "1000000", query, str(path)])
        theirs = cpu_s([grep, "-c", "-F", "-f", str(patterns), str(path)])
        print(f"{name:24}{ours:9.2f}{len(spellings):11}{theirs:13.2f}{ours / theirs:8.1f}")


def cpu_s(command: list[str]) -> float:
    """CPU seconds of a command, with its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=False, env=os.environ | {"LC_ALL": "C"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def digests(path: Path, count: int) -> Iterator[tuple[Item, Digest]]:
    """What an index keeps of pages, made without the worker."""
    with path.open("rb") as stream:
        for number, ref in enumerate(scan([str(path)], Tally())):
            if number == count:
                return
            stream.seek(ref.offset)
            text = json.loads(stream.read(ref.length))["text"]
            yield ref, Digest({"title": text[:40], "lang": "zh"}, " ".join(sorted(pieces(text))), ())


def index(folder: Path, path: Path, count: int) -> None:
    """Build an index, and ask it."""
    start = time.perf_counter()
    size = sidecar.build(folder, str(path), Options(), digests(path, count)).size_bytes
    whole = time.perf_counter() - start
    found = sidecar.find(folder, str(path))
    assert found is not None
    text_bytes = found.ref(found.pages - 1).offset
    print(f"{'index':24}{whole:8.1f} s for {found.pages:,} pages; {size / text_bytes:.2f} of the text")
    for name, query in QUERIES.items():
        start = time.perf_counter()
        ordinals = found.candidates(query) or []
        print(f"  {name:22}{(time.perf_counter() - start) * 1000:8.1f} ms {len(ordinals):10,} pages to check")
    found.close()


def folding() -> None:
    """Fold text, beside lowering its case."""
    text = "當地時間七日,總統在新聞發布會上表示遺憾。The quick brown fox. " * 20_000
    fold(text)
    start = time.perf_counter()
    fold(text)
    mine = time.perf_counter() - start
    start = time.perf_counter()
    text.lower()
    print(
        f"{'fold':24}{mine / len(text) * 1e9:8.1f} ns a character; {mine / (time.perf_counter() - start):.1f} x str.lower"
    )


def main() -> None:
    """Print the tables."""
    size_bytes = int(sys.argv[1] if len(sys.argv) > 1 else 200) * 1_000_000
    count = int(sys.argv[2] if len(sys.argv) > 2 else 20_000)
    folding()
    with tempfile.TemporaryDirectory(prefix="copydesk-") as name:
        path = Path(name) / "pages.jsonl"
        pages_ = write(path, size_bytes)
        search(path, size_bytes, pages_)
        commands(path)
        index(Path(name), path, count)


if __name__ == "__main__":
    main()
