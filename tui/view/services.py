"""What the screen is given to do its work with, beside those who read pages."""

from dataclasses import dataclass

from tui.view.collection import Collection
from tui.view.ledger import Ledger
from tui.view.neighbours import Neighbours
from tui.view.outlet import Outlet


@dataclass(frozen=True)
class Services:
    """One of each; none does anything before it is asked."""

    outlet: Outlet
    ledger: Ledger
    collection: Collection
    neighbours: Neighbours
