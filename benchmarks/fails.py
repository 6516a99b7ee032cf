"""On how many texts each rule of Gopher, C4 and FineWeb says the same as datatrove's filter, and how long both take.

    python benchmarks/fails.py [PYTHON [STEP]]

PYTHON is an interpreter that has datatrove and spacy (`pip install datatrove spacy` in a folder of its own); without one,
this. Takes every STEP-th body, whole text of a page and twenty paragraphs of the shared benchmarks, or else the sample
pages. Languages for which datatrove asks a dictionary where words end are left out: Chinese, Japanese, Korean, Thai,
Vietnamese.
"""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "bench"
LEFT_OUT = frozenset({"zh", "ja", "ko", "th", "vi", "hi"})
PARAGRAPHS = 20
"""Of clean text that make a text to be judged."""
OFF: dict[str, dict[str, Any]] = {
    "gopher_quality": dict.fromkeys(
        [
            *("min_doc_words", "max_doc_words", "min_avg_word_length", "max_avg_word_length", "max_symbol_word_ratio"),
            *("max_bullet_lines_ratio", "max_ellipsis_lines_ratio", "max_non_alpha_words_ratio", "min_stop_words"),
        ]
    ),
    "gopher_repetition": {
        **dict.fromkeys(("dup_line_frac", "dup_para_frac", "dup_line_char_frac", "dup_para_char_frac")),
        **dict.fromkeys(("top_n_grams", "dup_n_grams"), ()),
    },
    "c4": {"min_num_sentences": -1, "filter_lorem_ipsum": False, "filter_curly_bracket": False},
    "fineweb": {"line_punct_thr": -1, "short_line_thr": 9, "char_duplicates_ratio": 9, "new_line_ratio": 1e9},
}
"""Arguments that switch all of a filter's rules off."""


class Alone(NamedTuple):
    """Which of datatrove's filters is one rule, by itself."""

    filter: str
    argument: str
    value: Any


RULES = {
    "gopher_duplicate_lines": Alone("gopher_repetition", "dup_line_frac", 0.3),
    "gopher_duplicate_characters": Alone("gopher_repetition", "dup_line_char_frac", 0.2),
    **{
        f"gopher_top_{size}_grams": Alone("gopher_repetition", "top_n_grams", ((size, bound),))
        for size, bound in ((2, 0.2), (3, 0.18), (4, 0.16))
    },
    **{
        f"gopher_duplicate_{size}_grams": Alone("gopher_repetition", "dup_n_grams", ((size, bound),))
        for size, bound in ((5, 0.15), (6, 0.14), (7, 0.13), (8, 0.12), (9, 0.11), (10, 0.1))
    },
    "gopher_few_words": Alone("gopher_quality", "min_doc_words", 50),
    "gopher_many_words": Alone("gopher_quality", "max_doc_words", 100_000),
    "gopher_short_words": Alone("gopher_quality", "min_avg_word_length", 3),
    "gopher_long_words": Alone("gopher_quality", "max_avg_word_length", 10),
    "gopher_hashes": Alone("gopher_quality", "max_symbol_word_ratio", 0.1),
    "gopher_ellipses": Alone("gopher_quality", "max_symbol_word_ratio", 0.1),
    "gopher_bullet_lines": Alone("gopher_quality", "max_bullet_lines_ratio", 0.9),
    "gopher_ellipsis_lines": Alone("gopher_quality", "max_ellipsis_lines_ratio", 0.3),
    "gopher_letters": Alone("gopher_quality", "max_non_alpha_words_ratio", 0.8),
    "gopher_stop_words": Alone("gopher_quality", "min_stop_words", 2),
    "c4_lorem_ipsum": Alone("c4", "filter_lorem_ipsum", True),
    "c4_braces": Alone("c4", "filter_curly_bracket", True),
    "c4_sentences": Alone("c4", "min_num_sentences", 5),
    "fineweb_ended_lines": Alone("fineweb", "line_punct_thr", 0.12),
    "fineweb_short_lines": Alone("fineweb", "short_line_thr", 0.67),
    "fineweb_duplicate_characters": Alone("fineweb", "char_duplicates_ratio", 0.01),
    "fineweb_newlines": Alone("fineweb", "new_line_ratio", 0.3),
}
SIGNS = {"gopher_hashes": "gopher_too_many_hashes", "gopher_ellipses": "gopher_too_many_ellipsis"}
"""What datatrove says where one argument is two rules."""


def texts(step: int) -> Iterator[tuple[str, str]]:
    """Language and text."""
    import copydesk

    files = [path for path in (SHARED / "extract").rglob("*") if path.suffix in (".html", ".txt")]
    for page in copydesk.open(*(sorted(files)[::step] or [ROOT / "sample_pages"]), isolated=False):
        yield from ((page.language or "en", text) for text in (page.body, page.text) if text.strip())
    for path in sorted((SHARED / "clean").glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for at in range(0, len(lines), PARAGRAPHS * step):
            yield path.name.partition(".")[0], "\n".join(lines[at : at + PARAGRAPHS])


def judge() -> None:
    """Read texts, and write which rules datatrove drops each by: runs where datatrove is."""
    from datatrove.data import Document  # type: ignore[import-not-found]
    from datatrove.pipeline import filters  # type: ignore[import-not-found]

    kinds = {
        "gopher_quality": filters.GopherQualityFilter,
        "gopher_repetition": filters.GopherRepetitionFilter,
        "c4": filters.C4QualityFilter,
        "fineweb": filters.FineWebQualityFilter,
    }
    made: dict[str, dict[str, Any]] = {}
    for line in sys.stdin:
        language, text = json.loads(line)
        if language not in made:
            made[language] = {
                name: kinds[alone.filter](language=language, **{**OFF[alone.filter], alone.argument: alone.value})
                for name, alone in RULES.items()
            }
        failed = []
        for name, one in made[language].items():
            try:
                verdict = one.filter(Document(text=text, id=""))
            except ZeroDivisionError:  # of a text without words
                continue
            if verdict is not True and SIGNS.get(name, verdict[1]) == verdict[1]:
                failed.append(name)
        print(json.dumps(failed), flush=True)


def main() -> None:
    """Print the table."""
    from tui.text.quality.measures import failed

    python, step = (*sys.argv[1:], *[sys.executable, "1"][len(sys.argv) - 1 :])
    if subprocess.run([python, "-c", "import datatrove, spacy"], capture_output=True, check=False).returncode:
        print("datatrove and spacy are not there; name a Python that has them: benchmarks/fails.py PYTHON")
        return
    wanted = [(language.partition("-")[0], text) for language, text in texts(int(step))]
    kept = [(language, text) for language, text in wanted if language not in LEFT_OUT]
    since = time.perf_counter()
    ours = [set(failed(text, language)) for language, text in kept]
    took_s = time.perf_counter() - since
    since = time.perf_counter()
    asked = "".join(json.dumps(each) + "\n" for each in kept)
    answers = subprocess.run(
        [python, __file__, "judge"], input=asked, stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    theirs_s = time.perf_counter() - since
    theirs = [set(json.loads(line)) for line in answers.splitlines()]
    languages = ", ".join(f"{name} {count:,}" for name, count in Counter(name for name, _ in kept).most_common())
    print(f"{len(kept):,} texts ({languages}), {len(wanted) - len(kept):,} left out")
    print(f"s for all: copydesk {took_s:.1f}, datatrove {theirs_s:.1f} (each rule alone, words parted once)\n")
    print(f"{'rule':<28} {'texts':>6} {'both':>5} {'only datatrove':>14} {'only copydesk':>13} {'agreement':>9}")
    for rule in RULES:
        pairs = Counter(
            (rule in there, rule in here)
            for (language, _), there, here in zip(kept, theirs, ours, strict=True)
            if rule != "gopher_stop_words" or language == "en"
        )
        alike = (pairs[True, True] + pairs[False, False]) / max(1, pairs.total())
        only = f"{pairs[True, False]:>14,} {pairs[False, True]:>13,}"
        print(f"{rule:<28} {pairs.total():>6,} {pairs[True, True]:>5,} {only} {alike:>9.2%}")


if __name__ == "__main__":
    if sys.argv[1:] == ["judge"]:
        judge()
    else:
        main()
