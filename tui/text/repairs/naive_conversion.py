"""Words of traditional Chinese that a conversion character by character got wrong (關系, 皇後, 被髮明) are put right.

Only on request: such words stand in print as well, and some have become usual. They are named in any case (`document`).
"""

from tui.core.model import Options
from tui.core.problems import Reason
from tui.text.repairs import Change, Outcome, Plan, Repair
from tui.text.words import naive, scripts


def diagnose(text: str, _options: Options) -> Plan | None:
    """Plan to mend, if a traditional line of the page has such a word."""
    if next(scripts.naive_words(text), None) is None:
        return None
    return Plan(lambda string: _mend(string, text), Reason("were_simplified"))


def _mend(string: str, page: str) -> Outcome:
    return Outcome(tuple(_change(word) for word in scripts.naive_words(string, page)))


def _change(word: naive.Naive) -> Change:
    return Change(word.start, word.end, word.meant, "probable")


REPAIR = Repair(
    name="naive_conversion",
    order=80,
    about="corrects words that a conversion to traditional Chinese got wrong (關系, 皇後)",
    diagnose=diagnose,
    spares_code=True,
    is_optional=True,
)
