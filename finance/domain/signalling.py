"""What the figures say of ceilings becomes a signal, with the terms of the contract standard."""

from core import clock
from core.periods import add_months
from procurement.domain.ceilings import Use, follow_use

from ..queries.ceilings import ceiling_uses
from .ceilings import SETTLED_AFTER


def signal_ceilings(*, region_id: int) -> int:
    """Look at the ceilings of this year, and of last year as long as its months come in. Effects:
    signals, and new figures in those that are open. How many ceilings have a signal."""
    today = clock.today()
    years = {today.year, add_months(today, -SETTLED_AFTER).year}
    uses = [use for year in years for use in ceiling_uses(region_id=region_id, year=year)]
    found = [
        follow_use(cap=use.cap, use=Use(use.reach.used, use.reach.expected, use.reach.reached_on))
        for use in uses
    ]
    return sum(one is not None for one in found)
