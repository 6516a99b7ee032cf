"""Learns what each trait of a line says about its being body, and writes it down as `tui/text/structure/scores.py`.

python scripts/train_scores.py [--check]      needs lightgbm and numpy, and the benchmark sets beside the checkout

The model is a sum: for each trait a table of steps, from boosted stumps. `--check` writes nothing and prints the figures of
pages from sites that the model was not trained on (nine parts), read the whole way.
"""

import json
import re
import sys
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import structure  # noqa: E402
from tui.core.page import Page  # noqa: E402
from tui.text import document  # noqa: E402
from tui.text.markup import head, paragraphs  # noqa: E402
from tui.text.markup.paragraphs import Paragraph  # noqa: E402
from tui.text.structure import article, pagetype, plaintext, posts, scores, titles, traits, webpage  # noqa: E402
from tui.text.structure.plaintext import is_byline  # noqa: E402

FORUMS = "forums"
WITHOUT_REPLIES = "page_types_more"
"""A set whose truth about forums often leaves out what was replied."""
BARE_SETS = ("plain_text_zh",)
BASE_SETS = ("articles_en", "articles_publishers", "articles_zh_ja_ko", "news_zh", "page_types")
SETS = (*BASE_SETS, "page_types_more", "reader_pages", "web_news", FORUMS)
ROUNDS, FORUM_ROUNDS = 200, 120
"""There are few pages of forums."""
PARTS = 9
SETTINGS = {
    "objective": "binary", "num_leaves": 2, "learning_rate": 0.15, "feature_fraction": 0.3, "bagging_fraction": 0.8,
    "bagging_freq": 1, "min_data_in_leaf": 30, "lambda_l2": 5, "num_threads": 1, "verbose": -1, "seed": 1,
}  # fmt: skip
MORE = frozenset(
    [
        "weight",
        "before",
        "after",
        "most_around",
        "in_run",
        "in_home",
        "path_in_run",
        "path_share",
        "own_share",
        "parent_share",
        "grand_share",
        "great_share",
        "in_main",
        "is_below",
        "named_text",
        "told",
        "written_share",
    ]
)
LESS = frozenset(
    [
        "copies",
        "to_home",
        "in_aside",
        "in_comments",
        "in_furniture",
        "named_picture",
        "position",
        "named_meta",
        "is_stamp",
    ]
)
"""Traits of which more can only speak for body, and against it: what a few pages say otherwise is chance."""
TABLE_END = "\n)  # fmt: skip\n"
"""How a table ends in the module that they are written into."""


@dataclass
class Case:
    """A page with its rows and the truth about its lines."""

    site: str
    rows: list[scores.Traits]
    is_body: list[bool]
    tokens: list[Counter[str]]
    is_open: list[bool] = field(default_factory=list)
    """Lines that are neither title nor byline, which other rules choose."""
    is_forum: bool = False
    worth: float = 100.0
    """What the page weighs among the others."""


def cases() -> Iterator[Case]:
    """All pages of the sets with their rows, and the same pages with hardly anything around the article: many pages are short."""
    for name in SETS:
        folder = structure.BENCH / "extract" / name
        for known in _known(folder):
            if known.get("type") == "forum" and name == WITHOUT_REPLIES:
                continue
            page = structure.page((folder / known["file"]).read_bytes(), known["file"], known.get("url") or None)
            lines = paragraphs.read(page.text, page.lines)
            marks = label([line.text for line in lines], known["body"])
            if not any(marks):
                continue  # What is known of it stands in none of its lines.
            yield _case(name, known, page, lines, marks)
            first, last = marks.index(True), len(marks) - marks[::-1].index(True)
            for around in (0, 4):
                part = slice(max(0, first - around), last + around)
                yield replace(_case("", known, page, lines[part], marks[part]), worth=30.0)
    yield from _own()


def _known(folder: Path) -> list[dict[str, Any]]:
    """What is known about the pages of a set that have a body."""
    return [known for known in structure.truth(folder) if known["body"]]


def _own() -> Iterator[Case]:
    """The sample pages of the project that are not damaged: short ones, with tables, code and offers."""
    for path in sorted((ROOT / "tests/answers").glob("*.json")):
        answer = json.loads(path.read_text(encoding="utf-8"))
        payload = (ROOT / "sample_pages" / answer["file"]).read_bytes()
        known = answer["pages"][0]
        page = structure.page(payload, answer["file"])
        is_read_so = known["body"] and known["type"] != "listing"  # A list is found as one, not line by line.
        if len(page.nodes) and is_read_so and all(line in page.text for line in known["body"]):
            known = {"id": path.stem, "title": known["title"], "type": known["type"], "body": "\n".join(known["body"])}
            lines = paragraphs.read(page.text, page.lines)
            yield _case("own", known, page, lines, label([line.text for line in lines], known["body"]))


def _case(name: str, known: dict[str, Any], page: Page, lines: list[Paragraph], marks: list[bool]) -> Case:
    tokens, nodes = structure.scorer().tokens, list(page.nodes)
    title = folded(known.get("title") or "")
    is_forum = name == FORUMS or known.get("type") == "forum"
    evidence = replace(pagetype.evidence(page.meta, page.raw.url), is_talk=is_forum)
    standing, _, headline, _ = webpage.surveyed(page, lines, nodes, titles.stated(page.meta, None), evidence)
    if is_forum:
        rows = posts.rows(lines, nodes, standing, article.weigh_all(lines, nodes, standing))
    else:
        rows = traits.rows(article.ground(lines, nodes, standing, head.article_body(page.meta), headline))
    return Case(
        site(known),
        rows,
        marks,
        [Counter(tokens(line.text)) for line in lines],
        [not is_byline(line) and (not title or folded(line.text) != title) for line in lines],
        is_forum,
    )


def site(known: dict[str, Any]) -> str:
    """The site that a page is from, or the name that its set gives it."""
    host = known.get("host") or urlsplit(known.get("url") or "").netloc
    return ".".join(host.split(".")[-2:]) or str(known["id"]).split("/")[0].split("_")[0]


def bare_cases() -> Iterator[Case]:
    """The scrapes without markup, and the pages of the other sets as their bare lines."""
    for name in (*BARE_SETS, *BASE_SETS):  # With the others, Chinese scrapes are read worse: .951 became .935.
        folder = structure.BENCH / "extract" / name
        for known in _known(folder):
            page = structure.page((folder / known["file"]).read_bytes(), known["file"], known.get("url") or None)
            lines = paragraphs.read(
                page.text, [replace(line, node=-1, link_chars=0, is_hidden=False) for line in page.lines]
            )
            yield replace(_bare_case(known, lines), worth=100.0 if name in BARE_SETS else 30.0)


def _bare_case(known: dict[str, Any], lines: list[Paragraph]) -> Case:
    tokens = structure.scorer().tokens
    title = folded(known.get("title") or "")
    texts = [line.text for line in lines]
    weights = [plaintext.weigh(line) for line in lines]
    return Case(
        site(known),
        plaintext.rows(lines, weights, plaintext.densest(weights)),
        label(texts, known["body"]),
        [Counter(tokens(text)) for text in texts],
        [not is_byline(line) and (not title or folded(line.text) != title) for line in lines],
    )


def folded(text: str) -> str:
    """Text without white space, lower case, in compatibility forms."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def label(texts: Sequence[str], body: str) -> list[bool]:
    """Say for each line whether it belongs to the true body; of several copies those that stand among the others do."""
    whole, true = folded(body), Counter(line for line in map(folded, body.split("\n")) if line)
    lines = [folded(text) for text in texts]
    sure = [len(line) >= 12 and (line in whole or (len(line) > 25 and _is_mostly(line, whole))) for line in lines]
    marks = [
        yes or (0 < len(line) < 12 and (line in true or (len(line) >= 4 and line in whole)))
        for yes, line in zip(sure, lines, strict=True)
    ]
    company = [
        sum(
            len(lines[near])
            for near in range(max(0, n - 6), min(len(lines), n + 7))
            if near != n and sure[near] and lines[near] != lines[n]
        )
        for n in range(len(lines))
    ]
    copies: dict[str, list[int]] = defaultdict(list)
    for n, line in enumerate(lines):
        if marks[n]:
            copies[line].append(n)
    for line, found in copies.items():
        wanted = max(1, true[line], whole.count(line) if len(line) >= 4 else 0)
        for n in sorted(found, key=lambda n: -company[n])[wanted:]:
            marks[n] = False
    return [yes and (company[n] > 0 or len(lines[n]) >= 12) for n, yes in enumerate(marks)]


def _is_mostly(line: str, whole: str) -> bool:
    parts = [line[at : at + 8] for at in range(0, len(line) - 7, 4)]
    return sum(part in whole for part in parts) > 0.6 * len(parts)


def weights(case: Case) -> list[float]:
    """Every line weighs as much as it holds of its page."""
    sizes = [sum(tokens.values()) for tokens in case.tokens]
    return [case.worth * (size + 1) / (sum(sizes) + 1) + 0.1 for size in sizes]


def train(pages: Sequence[Case], names: Sequence[str] = traits.NAMES) -> scores.Scale:
    """Return the base and for each trait the edges and the points between them."""
    import lightgbm
    import numpy

    chosen = [
        (row, mark, weight)
        for case in pages
        for row, mark, weight, is_open in zip(case.rows, case.is_body, weights(case), case.is_open, strict=True)
        if is_open
    ]
    signs = [(name in MORE) - (name in LESS) for name in names]
    rows = numpy.array([row for row, _, _ in chosen])
    data = lightgbm.Dataset(rows, [mark for _, mark, _ in chosen], weight=[weight for _, _, weight in chosen])
    trees = lightgbm.train(
        {**SETTINGS, "monotone_constraints": signs}, data, FORUM_ROUNDS if pages[0].is_forum else ROUNDS
    ).dump_model()["tree_info"]
    return steps([tree["tree_structure"] for tree in trees], len(names))


def steps(stumps: Sequence[dict[str, Any]], number: int) -> scores.Scale:
    """Add up the stumps of each trait."""
    base = 0.0
    cuts: list[list[tuple[float, float]]] = [[] for _ in range(number)]
    for stump in stumps:
        if "split_feature" not in stump:
            base += stump["leaf_value"]
            continue
        below, above = stump["left_child"]["leaf_value"], stump["right_child"]["leaf_value"]
        base += below
        cuts[stump["split_feature"]].append((float(f"{stump['threshold']:.5g}"), above - below))
    tables = []
    for found in cuts:
        edges = sorted({edge for edge, _ in found})
        points = [round(sum(step for cut, step in found if cut < edge), 3) for edge in [*edges, float("inf")]]
        tables.append((tuple(edges), tuple(points)))
    return scores.Scale(round(base, 3), tuple(tables))


def check(pages: Sequence[Case]) -> None:
    """Print what becomes of pages, all the way to the document, whose sites were left out of the training."""
    bare, score = list(bare_cases()), structure.scorer()
    found: dict[str, list[dict[str, float]]] = defaultdict(list)
    for left_out in range(PARTS):
        kept = [case for case in pages if part(case.site) != left_out]
        use(
            train([case for case in kept if not case.is_forum]),
            train([case for case in kept if case.is_forum], posts.NAMES),
            train([case for case in bare if part(case.site) != left_out], plaintext.NAMES),
        )
        for name in (*SETS, *BARE_SETS):
            folder = structure.BENCH / "extract" / name
            for known in _known(folder):
                if part(site(known)) == left_out:
                    page = structure.page(
                        (folder / known["file"]).read_bytes(), known["file"], known.get("url") or None
                    )
                    found[name].append(score.score(structure.as_json(document.parse(page)), known))
    for name, results in found.items():
        means = (f"{key} {sum(each[key] for each in results) / len(results):.3f}" for key in ("P", "R", "F1", "order"))
        print(f"{name:20} n={len(results):3}  {'  '.join(means)}")


def part(name: str) -> int:
    """Which part of the sites one is in."""
    return zlib.crc32(name.encode()) % PARTS


def use(article_scale: scores.Scale, forum_scale: scores.Scale, bare_scale: scores.Scale) -> None:
    """Score pages by these from now on."""
    for module, scale in ((article, article_scale), (posts, forum_scale), (plaintext, bare_scale)):

        def scored(rows: Sequence[scores.Traits], _given: object = None, *, own: scores.Scale = scale) -> list[float]:
            return scores.score(rows, own)

        patch.object(module, "score", scored).start()


def write(article_scale: scores.Scale, forum_scale: scores.Scale, bare_scale: scores.Scale) -> None:
    """Put the tables in place of those that the module has."""
    module = ROOT / "tui/text/structure/scores.py"
    text = module.read_text(encoding="utf-8")
    for name, table in (
        ("ARTICLE", _table("ARTICLE", article_scale)),
        ("FORUM", _table("FORUM", forum_scale, posts.NAMES)),
        ("BARE", _table("BARE", bare_scale, plaintext.NAMES)),
    ):
        start = text.index(f"{name} = Scale(")
        end = text.index(TABLE_END, start) + len(TABLE_END)
        text = text[:start] + table + text[end:]
    module.write_text(text, encoding="utf-8")


def _table(name: str, scale: scores.Scale, names: Sequence[str] = traits.NAMES) -> str:
    rows = [
        f"        ({edges!r}, {points!r}),  # {trait}"
        for trait, (edges, points) in zip(names, scale.steps, strict=True)
    ]
    return "\n".join([f"{name} = Scale(", f"    {scale.base},", "    (", *rows, "    ),"]) + TABLE_END


def main() -> None:
    """Train on all pages, or check."""
    pages = list(cases())
    if "--check" in sys.argv:
        check(pages)
    else:
        write(
            train([case for case in pages if not case.is_forum]),
            train([case for case in pages if case.is_forum], posts.NAMES),
            train(list(bare_cases()), plaintext.NAMES),
        )


if __name__ == "__main__":
    main()
