"""`screen_main.py` with a Textual in which something is called otherwise: `other_textual.py PATTERN REPLACEMENT`.

Its modules are changed as they are loaded, and so is `screen_marks`, which leans on it: all fits together, as in another
release.
"""

import re
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType


class Changed(SourceFileLoader):
    """Loads a module with what is to be changed in it."""

    pattern, replacement = "", ""

    def get_code(self, fullname: str) -> CodeType:
        """Compile it anew: what lies compiled on disk is the module as it is."""
        text = self.get_data(self.path).decode("utf-8")
        return compile(re.sub(self.pattern, self.replacement, text), self.path, "exec", dont_inherit=True)


class Finder(MetaPathFinder):
    """Finds such modules."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Look where Python does, and let `Changed` load what is found."""
        if fullname.partition(".")[0] not in ("textual", "screen_marks"):
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.origin is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = Changed(fullname, spec.origin)
        return spec


if __name__ == "__main__":
    Changed.pattern, Changed.replacement = sys.argv[1:3]
    sys.meta_path.insert(0, Finder())
    from screen_main import main
    from screen_marks import install

    install()
    sys.exit(main("pages"))
