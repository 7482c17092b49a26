"""Ceilings of the demonstration that are nearly used: signalled by the figures, answered by people.

Made by the verbs that people use; the contracts are fictitious and so are the talks.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction

from core import clock
from finance.domain.signalling import signal_ceilings
from procurement.domain.ceilings import move_signal
from procurement.models import CeilingSignal
from regions.models import Region

REPORT = "De aanbieder verwacht tot het einde van het jaar evenveel aanmeldingen (fictief)."
WHY = "Voor deze hulp is geen ander aanbod in de regio; de instroom daalt volgend jaar (fictief)."


@transaction.atomic
def make_ceilings(region: Region, by: Any) -> int:
    """One signal decided, one with an invitation, the others as the figures gave them; once."""
    if CeilingSignal.objects.filter(cap__contract__region=region).exists():
        return 0
    found = signal_ceilings(region_id=region.pk)
    signals = list(
        CeilingSignal.objects.filter(cap__contract__region=region, cap__contract__fictitious=True)
        .select_related("cap__contract__provider", "cap__contract__region__organisation")
        .order_by("-used", "pk")
    )
    if signals:
        talk = {"signal": signals[0], "by": by}
        move_signal(move="talk", talk_on=clock.today(), talk_report=REPORT, **talk)
        move_signal(move="decide", answer="raise", reason=WHY, **talk)
    if len(signals) > 1:
        day = clock.today() + timedelta(days=9)
        move_signal(signal=signals[1], move="invite", talk_on=day, by=by)
    return found
