"""What the bundle runs: copydesk, or a child of it, which `tui.processes.launch` asks for by the module's name."""

import gc
import sys
from importlib import import_module

from tui.processes.launch import CHILD

if sys.argv[1:2] == [CHILD]:
    gc.disable()
    import_module(sys.argv[2]).main(*sys.argv[3:])
else:
    from tui.cli import main

    main()
