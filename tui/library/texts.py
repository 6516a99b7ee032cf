"""Texts: repaired, decoded, and damaged on purpose. Nothing here takes a process of its own."""

from collections.abc import Mapping, Sequence

from tui.choosing.recipe import Recipe, check
from tui.core.errors import UsageError
from tui.core.model import Charset, Claim, Edit, Options, Rows
from tui.core.problems import Problem
from tui.core.values import dataclass

AS_USUAL = Recipe()


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """Why a character is there."""

    edit: Edit | None
    """The change that made it, with the repair, how certain it is, and what stood there; None: it wasn't changed."""
    start: int
    """Where it was in the text before repair, from here,"""
    end: int
    """to here, in code points; of a change the whole of what it replaced."""
    note: str
    """What the repair found out about the text, such as `UTF-8 bytes were read as windows-1252`; empty: nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Repaired:
    """A text after repair, and each change that was made."""

    text: str
    edits: Sequence[Edit]
    """In order; `text[edit.start:edit.end] == edit.after`, and `edit.before` stood there. Offsets are in code points."""
    problems: tuple[Problem, ...]
    """What is damaged beyond repair, or was left alone; each has `code`, `message`, and perhaps `start` and `end`."""
    notes: Mapping[str, str]
    """Repair -> what it found out."""

    def undo(self) -> str:
        """Return the text as it was.

        >>> repair("schÃ¶n").undo()
        'schÃ¶n'
        """
        from tui.text.mending.edits import undo

        return undo(self.text, self.edits)

    def explain(self, offset: int) -> Explanation:
        """Say why the character at an offset is there. Raises IndexError if there is none.

        >>> found = repair("總統(tǒng)府發(fā)言人說，經(jīng)濟").explain(1)
        >>> found.edit.before, found.edit.repair, (found.start, found.end)
        ('統(tǒng)', 'pinyin_gloss', (1, 8))
        """
        return explained(self.text, self.edits, self.notes, offset)


def explained(text: str, edits: Sequence[Edit], notes: Mapping[str, str], offset: int) -> Explanation:
    """Say why a character of a repaired text is there. Raises IndexError if there is none."""
    from tui.text.mending.trace import unmended

    if not 0 <= offset < len(text):
        raise IndexError(f"offset {offset}: the text has {len(text)} characters")
    before = unmended(text, edits if isinstance(edits, Rows) else Rows(Edit, edits), offset)
    note = notes.get(before.edit.repair, "") if before.edit is not None else ""
    return Explanation(before.edit, before.start, before.end, note)


def options(recipe: Recipe) -> Options:
    """Return how a recipe has pages read. Raises UsageError if something in it means nothing."""
    if recipe is not AS_USUAL:
        check(recipe, "recipe")
    return recipe.options


def repair(text: str, recipe: Recipe = AS_USUAL) -> Repaired:
    """Repair a text: mojibake, readings glossed into it, escapes, and the rest of `copydesk repair`. No text makes it fail.

    Of the recipe the repairs and the script count. Clean text comes back as it is, with no edits. Raises UsageError if the
    recipe means nothing, and TypeError if it gets bytes.

    >>> repair("schÃ¶n").text, repair("schön").edits[:]
    ('schön', [])
    """
    from tui.text.mending.mend import mend

    if not isinstance(text, str):
        raise TypeError("repair: not a str; decode bytes first")
    mended = mend(text, options(recipe))
    notes = {repair.name: str(plan.note) for repair, plan in mended.plans if plan.note}
    return Repaired(mended.text, mended.edits, mended.problems, notes)


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """A text that was made of bytes."""

    text: str
    """Lines end in `\\n`; a byte order mark is left out."""
    charset: Charset
    """`name`, `by` (who said so), and all `claims`."""
    problems: tuple[Problem, ...]
    """Bytes that the charset doesn't know: each is U+FFFD in the text."""


def decode(payload: bytes, claims: Mapping[str, str] | None = None, *, charset: str | None = None) -> Decoded:
    """Decode bytes: by their mark, by what is claimed if the bytes agree, else by what they look like. Never fails.

    `claims` say who claims what: `{"http": "gb2312"}`; what HTML and XML declare is found by itself. `charset` settles it.
    Raises UsageError if there is no charset of that name; a claim of an unknown one is passed over.

    >>> found = decode("沪深股市".encode("gb18030"), {"http": "iso-8859-1"})
    >>> found.text, found.charset.name, found.charset.by
    ('沪深股市', 'gb18030', 'guess')
    """
    from tui.text.charset.decode import decode as decoded
    from tui.text.charset.names import canonical

    said = [Claim(by, name) for by, name in (claims or {}).items()]
    is_html = b"<" in payload[:1024]
    found = decoded(payload, said, canonical(charset) if charset else None, is_html)
    return Decoded(found.text, found.charset, found.problems)


def damage(text: str, kind: str, seed: int = 0) -> str:
    """Damage a text the way pages are, to make pairs to train and to test with; the same seed gives the same damage.

    Raises UsageError if `copydesk damage list` has no class of that name.

    >>> damage("schön", "u8>cp1252")
    'schÃ¶n'
    """
    import random

    from tui.text.mending.damage import CLASSES

    if kind not in CLASSES:
        raise UsageError(f"{kind}: unknown class of damage; see `copydesk damage list`")
    return CLASSES[kind][1](text, random.Random(seed))  # noqa: S311 - chance that is to be repeated
