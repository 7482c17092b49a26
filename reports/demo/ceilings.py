"""Ceilings of the demonstration that are nearly used, and what people did about it.

Made by the verbs that people use; the contracts are fictitious and so are the talks.
"""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from core import clock
from finance.domain.signalling import signal_ceilings
from procurement.domain.ceilings import move_signal, report
from procurement.models import CeilingSignal
from procurement.queries.ceilings import caps_without_signal
from regions.models import Region

WAIT = timedelta(days=9)
AHEAD = Decimal("1.04")
NOTE = "De eigen administratie loopt voor op de declaraties (fictief)."
REPORT = "De aanbieder verwacht tot het einde van het jaar evenveel aanmeldingen (fictief)."
WHY = "Voor deze hulp is geen ander aanbod in de regio; de instroom daalt volgend jaar (fictief)."


@transaction.atomic
def make_ceilings(region: Region, by: Any) -> int:
    """The fullest ceiling waits for its talk; of the next the provider's books are ahead of its
    declarations, and the region decided; once. How many signals there are."""
    if CeilingSignal.objects.filter(cap__contract__region=region).exists():
        return 0
    signal_ceilings(region_id=region.pk)
    rows = CeilingSignal.objects.filter(cap__contract__region=region, state="signalled")
    fullest = rows.order_by("-used", "pk").first()
    if fullest is not None:
        move_signal(signal=fullest, move="invite", talk_on=clock.today() + WAIT, by=by)
    cap = caps_without_signal(by, region).order_by("-amount").first()
    if cap is not None:
        used = (cap.amount * cap.signal_share * AHEAD).quantize(Decimal("0.01"))
        talk = {"signal": report(cap=cap, used=used, note=NOTE, by=by), "by": by}
        move_signal(move="talk", talk_on=clock.today(), talk_report=REPORT, **talk)
        move_signal(move="decide", answer="raise", reason=WHY, **talk)
    return CeilingSignal.objects.filter(cap__contract__region=region).count()
