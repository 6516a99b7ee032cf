"""Patterns that are compiled when they are first used: a page needs half of those that the modules which read it have.

Compiling a class with all Chinese characters takes 2 ms, and 5 ms where case is ignored, in Python 3.11.
"""

import re
from typing import TYPE_CHECKING

__all__ = ["lazy"]

if TYPE_CHECKING:
    from re import compile as lazy
else:

    class lazy:  # noqa: N801 - it stands for the function of that name
        """As `re.compile`, whose errors come with the first use.

        >>> word = lazy(r"[a-z]+", re.IGNORECASE)
        >>> word.findall("A page"), word.pattern
        (['A', 'page'], '[a-z]+')
        """

        def __init__(self, source, flags=0):
            self._given = source, flags

        def __getattr__(self, name):
            compiled = re.compile(*self._given)
            # Nothing is taken away, so that another thread that is here as well finds what it needs.
            self.__dict__.update({name: getattr(compiled, name) for name in _NAMES})
            self.__class__ = _Compiled  # where this method doesn't stand in the way of each use
            return getattr(self, name)

    class _Compiled:
        pass

    _NAMES = [name for name in dir(re.Pattern) if not name.startswith("_")]
