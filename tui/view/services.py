"""What the screen is given to do its work with, beside those who read pages."""

from dataclasses import dataclass, field

from tui.view.collection import Collection
from tui.view.ledger import Ledger
from tui.view.neighbours import Neighbours
from tui.view.outlet import Outlet
from tui.view.survey import Survey


@dataclass(frozen=True)
class Services:
    """One of each; none does anything before it is asked."""

    outlet: Outlet
    ledger: Ledger
    collection: Collection
    neighbours: Neighbours
    survey: Survey = field(default_factory=Survey)
