"""Signals about a provider: recorded, brought together per provider and theme, or set aside."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from core import clock
from core.errors import DomainError
from providers.models import Provider
from regions.models import Municipality
from segments.models import Segment

from ...enums.cases import SignalSource
from ...models import Case, CaseSignal
from ...rules.cases import check_can_manage_cases, check_can_signal

CITIZEN_NUMBER = re.compile(r"(?<!\d)\d{8,9}(?!\d)")


def check_names_nobody(*texts: str) -> None:
    """Refuse what looks like a citizen service number; cases are counted, never named."""
    if any(CITIZEN_NUMBER.search(re.sub(r"[.\s]", "", text)) for text in texts):
        raise DomainError(
            "In de tekst staat een getal dat op een burgerservicenummer lijkt. Haal het weg: tel "
            "jeugdigen, noem ze nooit.",
            code="tekst-noemt-persoon",
        )


@transaction.atomic
def record_signal(
    *,
    provider: Provider,
    theme: str,
    text: str,
    source: str,
    by: Any,
    municipality: Municipality | None = None,
    segment: Segment | None = None,
    cases_counted: int | None = None,
    seen_on: date | None = None,
    indicator: str = "",
    half_year: str = "",
    evidence: dict[str, Any] | None = None,
    obliges_plan: bool = False,
    fictitious: bool = False,
) -> CaseSignal:
    """Record a signal. `by` None: the system found it in the figures.

    Effects: joins the open case of this provider and theme when there is one.
    """
    if by is not None:
        check_can_signal(by, provider.region)
    check_names_nobody(text)
    signal = CaseSignal(
        region=provider.region, provider=provider, theme=theme, text=text, source=source,
        municipality=municipality, segment=segment, cases_counted=cases_counted,
        seen_on=seen_on or clock.today(), indicator=indicator, half_year=half_year,
        evidence=evidence or {}, obliges_plan=obliges_plan, made_by=by, fictitious=fictitious,
        case=open_case_of(provider, theme),
    )  # fmt: skip
    if source == SignalSource.ACCESS and not cases_counted:
        raise DomainError(
            "Geef aan bij hoeveel jeugdigen de toegang dit ziet.", code="aantal-ontbreekt"
        )
    if signal.seen_on > clock.today():
        raise DomainError("Een signaal kan niet in de toekomst liggen.", code="datum-in-toekomst")
    signal.full_clean()
    signal.save()
    return signal


def open_case_of(provider: Provider, theme: str) -> Case | None:
    return Case.objects.filter(provider=provider, theme=theme, closed_on__isnull=True).first()


@transaction.atomic
def set_aside(*, signals: Sequence[CaseSignal], reason: str, by: Any) -> None:
    """Decide that signals need no case. The reason stays on them."""
    if not reason.strip():
        raise DomainError(
            "Geef een reden om het signaal terzijde te leggen.", code="reden-ontbreekt"
        )
    for signal in signals:
        check_can_manage_cases(by, signal.region)
        if signal.case_id:
            raise DomainError(
                f"Dit signaal hoort al bij zaak {signal.case}.", code="signaal-in-zaak"
            )
        signal.set_aside_on = clock.today()
        signal.set_aside_reason = reason.strip()
        signal.save()
