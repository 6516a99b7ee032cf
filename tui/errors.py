"""The exception tree. An error's text is `where: what; what to do`; its class knows the exit status."""


class CopydeskError(Exception):
    """Anything a user's mistake or a bad source can cause; shown as one line, never as a traceback."""

    exit_status = 1


class UsageError(CopydeskError):
    """The words of the call are off: an unknown option, charset, repair or configuration key."""

    exit_status = 2


class SourceError(CopydeskError):
    """A whole source can't be read: missing, forbidden, or of no format we know."""

    exit_status = 3


class StoreError(CopydeskError):
    """Labels, notes or marks can't be read or kept; pages are none the worse for it."""
