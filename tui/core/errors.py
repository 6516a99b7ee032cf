"""The exception tree. An error's text is `where: what; what to do`; its class knows the exit status."""

from tui.core.problems import Problem, Reason, Values, in_language, unreadable


class ReasonedError(Exception):
    """Something that went wrong, for a reason that goes into what is told of it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class CopydeskError(Exception):
    """Anything a user's mistake or a bad source can cause; shown as one line, never as a traceback."""

    exit_status = 1

    def __init__(self, said: Reason | Problem | str, where: str = "") -> None:
        """A plain `str` is for standard error, which speaks English: words that the screen may show are a reason."""
        super().__init__(said, where)
        self.said: Reason | Problem = Reason("verbatim", {"words": said}) if isinstance(said, str) else said
        self.where = where or self.said.where

    def __str__(self) -> str:
        return in_language(self, str)

    @property
    def template(self) -> str:
        """What is said, in English, with gaps for `values`."""
        return self.said.template

    @property
    def values(self) -> Values:
        """What fills the gaps of `template`."""
        return self.said.values


class UsageError(CopydeskError):
    """The words of the call are off: an unknown option, charset, repair or configuration key."""

    exit_status = 2


class AlreadyThereError(UsageError):
    """A file has the name that a document was to get, and nobody said that it may go."""


class SourceError(CopydeskError):
    """A whole source can't be read: missing, forbidden, or of no format we know."""

    exit_status = 3

    @property
    def problem(self) -> Problem:
        """What to say of a page that can't be read because of this."""
        if isinstance(self.said, Problem):
            return self.said
        return unreadable(self.said, self.where)


class StoreError(CopydeskError):
    """Labels, notes or marks can't be read or kept; pages are none the worse for it."""
