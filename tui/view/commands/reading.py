"""How the open page is read: from its source anew, in another charset or script, with or without repairs."""

from dataclasses import replace
from functools import partial
from typing import get_args

from tui.core import questions
from tui.core.i18n import tr, tr_name, tr_said
from tui.core.model import CharsetReadings, Options, RepairEffects, Script
from tui.view.commands.base import Commands, Table
from tui.view.state.opener import read_source

SCRIPTS = {
    "keep": "Chinese is shown as it is written",
    "hans": "Chinese is turned into simplified characters",
    "hant": "Chinese is turned into traditional characters",
    "tw": "Chinese is turned into the characters of Taiwan",
    "hk": "Chinese is turned into the characters of Hong Kong",
}


def toggle_probable(options: Options) -> tuple[Options, str]:
    """With or without edits that were chosen by likelihood."""
    is_certain = not options.certain
    said = tr("probable repairs are left out" if is_certain else "probable repairs are made and marked")
    return replace(options, certain=is_certain), said


def switch(options: Options, name: str, *, is_optional: bool) -> Options:
    """With a repair that was off, or without one that was on; optional ones are off unless asked for.

    >>> sorted(switch(Options(), "letter_swap", is_optional=True).also)
    ['letter_swap']
    >>> switch(switch(Options(), "entities", is_optional=False), "entities", is_optional=False) == Options()
    True
    """
    if is_optional and name not in options.without:
        return replace(options, also=options.also ^ {name})
    return replace(options, without=options.without ^ {name})


def said_of_repairs(options: Options) -> str:
    """Which repairs are other than usual.

    >>> said_of_repairs(Options(without=frozenset({"entities"}), also=frozenset({"letter_swap"})))
    'without entities, with letter_swap'
    """
    said = [tr("without {repair}", repair=name) for name in sorted(options.without)]
    said += [tr("with {repair}", repair=name) for name in sorted(options.also - options.without)]
    return ", ".join(said) or tr("the usual repairs")


def next_script(options: Options) -> tuple[Options, str]:
    """The next script that Chinese can be turned into, and at last none.

    >>> next_script(Options(script="hk"))[1]
    'Chinese is shown as it is written'
    """
    scripts: tuple[Script, ...] = get_args(Script)
    script = scripts[(scripts.index(options.script) + 1) % len(scripts)]
    return replace(options, script=script), tr_name(SCRIPTS[script])


class Reading(Commands):
    """Commands that show the open page in another way."""

    def table(self) -> Table:
        return {
            "raw": self.raw,
            "probable": lambda: self._reread(*toggle_probable(self._reader.options)),
            "script": lambda: self._reread(*next_script(self._reader.options)),
            "charset": self.charset,
            "repairs": self.repairs,
            "reload": self.reload,
        }

    def raw(self) -> None:
        """Show the source, or the page again."""
        reader = self._reader
        reader.hush()
        if reader.body.view:
            reader.body.show_source(None)
        elif reader.index_in_mind >= 0:
            index = reader.index_in_mind
            reader.opener.ask(read_source, index, reader.options_for(index))
            reader.panes.activate("body")

    def _reread(self, options: Options, said: str) -> None:
        reader = self._reader
        reader.options = options
        if reader.open_index >= 0:
            reader.open(reader.open_index)
        reader.say(said)

    def charset(self) -> None:
        """Ask in which charset the page is to be read; `_offer_charsets` goes on when they are known."""
        reader, index = self._reader, self._reader.index_in_mind
        reader.hush()
        reader.ask_about(index, questions.Readings, partial(self._offer_charsets, index))

    def _offer_charsets(self, index: int, readings: CharsetReadings) -> None:
        """Let the user choose between charsets, and read the page anew."""
        from tui.view.sheets.readings import CharsetChosen, CharsetSheet  # seldom wanted, and every start would pay

        reader = self._reader

        def read(choice: CharsetChosen | None) -> None:
            if choice is None:
                return
            reader.override(choice.name, None if choice.for_all else index)
            which = tr("all pages") if choice.for_all else tr("this page")
            said = (
                tr("{which}: read as {name}", which=which, name=choice.name)
                if choice.name
                else tr("{which}: the charset is found out", which=which)
            )
            self._reread(reader.options, said)

        if not readings.candidates:
            reader.say(
                "; ".join(tr_said(problem) for problem in readings.problems) or tr("no charsets to choose from"),
                is_trouble=True,
            )
        else:
            reader.app.push_screen(CharsetSheet(reader.look, readings), read)

    def repairs(self) -> None:
        """Ask what the repairs do to the page; `_offer_repairs` goes on when it is known."""
        reader = self._reader
        reader.hush()
        reader.ask_about(reader.index_in_mind, questions.Effects, self._offer_repairs)

    def _offer_repairs(self, effects: RepairEffects) -> None:
        """Let the user switch repairs on and off, and read the page anew."""
        from tui.view.sheets.readings import RepairSheet  # as above

        reader = self._reader

        def read(options: Options | None) -> None:
            if options is not None and options != reader.options:
                self._reread(options, tr("all pages: {repairs}", repairs=said_of_repairs(options)))

        if not effects.effects:
            said = "; ".join(tr_said(problem) for problem in effects.problems)
            reader.say(said or tr("no repairs to choose from"), is_trouble=True)
        else:
            reader.app.push_screen(RepairSheet(reader.look, effects.effects, reader.options), read)

    def reload(self) -> None:
        """Read the page again, or the whole collection if its files are others by now."""
        reader = self._reader
        reader.hush()
        if not reader.surveying.begin_anew() and reader.open_index >= 0:
            reader.opener.drop(reader.open_index)
            reader.open(reader.open_index)
