"""The agreed set of indicators: its versions, rows and targets."""

from typing import Any

from core.ui import Place
from core.ui.forms import chosen_in, type_as_share
from core.ui.kinds import register_choices
from procurement.models import Clause, Contract, SchemePhase
from procurement.queries import contracts
from segments.models import SegmentGoal

from ..domain.steering import agreed  # noqa: F401 -- its table and guards
from ..models import AgreedIndicator, AgreedSet, AgreedTarget, AgreedVersion
from ..queries import agreed as seen
from .base import SOURCE, add

ABOVE = "Afgesproken indicatoren"

register_choices(Contract, lambda user, region: contracts.visible_to(user).filter(region=region))
register_choices(
    Clause, lambda user, region: Clause.objects.filter(contract__in=contracts.visible_to(user))
)
register_choices(
    SchemePhase, lambda user, region: SchemePhase.objects.filter(scheme__region=region)
)
register_choices(
    SegmentGoal,
    lambda user, region: SegmentGoal.objects.filter(segment__scheme__region=region),
)


def _page(place: Place, agreed_set: Any, version: Any = None) -> str:
    if not agreed_set.pk:
        return place.url("agreed-sets")
    there = place.url("agreed-set", pk=agreed_set.pk)
    return f"{there}?versie={version.number}" if version is not None else there


def _of_segment(form: Any) -> None:
    """Goals of the segment, and clauses of the contract."""
    agreed_set = form.instance.version.agreed_set
    goals, clauses = form.fields["goal"], form.fields["clause"]
    goals.queryset = goals.queryset.filter(segment=agreed_set.segment_id)
    clauses.queryset = clauses.queryset.filter(contract=agreed_set.contract_id)
    found = chosen_in(form, "indicator")
    if found is not None and found.is_share:
        type_as_share(form, "baseline")


def _of_scheme(form: Any) -> None:
    phases = form.fields["phase"]
    scheme = form.instance.agreed.version.agreed_set.segment.scheme_id
    phases.queryset = phases.queryset.filter(scheme=scheme)
    if form.instance.agreed.indicator.is_share:
        type_as_share(form, "value")


add(
    "afgesprokenset", "set", AgreedSet, "segment provider contract note source",
    visible=seen.sets_visible_to, back=lambda place, row: _page(place, row), above=ABOVE,
    help={
        **SOURCE,
        "provider": "Leeg: de set geldt voor alle aanbieders in het segment.",
        "contract": "Kies een contract als de set daarin is vastgelegd; de aanbieder volgt.",
    },
)  # fmt: skip
add(
    "afgesprokenversie", "versie", AgreedVersion, "holds_from agreed_on agreed_with reason",
    visible=seen.versions_visible_to, parent="agreed_set", above=ABOVE,
    back=lambda place, row: _page(place, row.agreed_set, row),
    help={
        "agreed_with": "Zoals: aanbiedersoverleg, cliëntenraad, contractgesprek.",
        "reason": "Wat is er anders dan in de vorige versie, en waarom?",
    },
)  # fmt: skip
add(
    "afgesprokenindicator", "indicator in de set", AgreedIndicator,
    "indicator goal why in_numbers in_words frequency supplier clause clause_text guard "
    "guard_note baseline baseline_on baseline_assumed baseline_note order source",
    visible=seen.rows_visible_to, parent="version", above=ABOVE, narrow=_of_segment,
    back=lambda place, row: _page(place, row.version.agreed_set, row.version),
    help={
        **SOURCE,
        "in_words": "Wat bespreekt u erbij dat niet in een cijfer past?",
        "clause_text": "Waar staat dit, als het geen clausule van een eigen contract is?",
        "guard": "Welke indicator laat zien dat niet iets anders slechter wordt?",
        "baseline": "Leeg: wordt gemeten bij het vaststellen. Een aandeel als percentage: 12 %.",
    },
)  # fmt: skip
add(
    "afgesprokenstreefwaarde", "streefwaarde", AgreedTarget,
    "year phase kind value direction assumed text",
    visible=seen.targets_visible_to, parent="agreed", above=ABOVE, narrow=_of_scheme,
    back=lambda place, row: _page(place, row.agreed.version.agreed_set, row.agreed.version),
    help={
        "year": "Leeg, en ook geen fase: geldt voor de hele looptijd.",
        "value": "Een aandeel als percentage: 85 %; dagen en aantallen als heel getal.",
    },
)  # fmt: skip
