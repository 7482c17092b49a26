"""The weighing of procedures in the live region, where the documents weigh in words only.

The criteria are those of the other region's strategy (document 003); weights and findings are
fictitious and say so. What the documents themselves consider stays with the choice.
"""

from typing import Any

from django.db import transaction

from procurement.domain import policy
from procurement.enums.choices import ProcedureKind
from procurement.models import ProcedureCriterion, ProcedureWeighing
from segments.models import SegmentScheme

MARK = "Fictief, voor de demonstratie."
# Text and weight, then per kind of segment (without and with stay) a finding and what it favours.
SAS, DIALOGUE, HOUSE = ProcedureKind.SAS, ProcedureKind.DIALOGUE, ProcedureKind.OPEN_HOUSE
CRITERIA = (
    ("Type zorg: specialistisch of veel voorkomend", 2,
     ("Veel voorkomend, met veel verschillende vragen", SAS), ("Specialistisch", DIALOGUE)),
    ("Omvang en urgentie van de transformatieopgave", 3,
     ("De opgave is er, maar verschilt per product", SAS), ("Groot en dringend", DIALOGUE)),
    ("Huidige marktordening: aantal en type aanbieders", 2,
     ("Veel kleine en enkele grote aanbieders", HOUSE), ("Weinig, grote aanbieders", DIALOGUE)),
    ("Visie op de gewenste marktordening", 2,
     ("Dekkend, met iets minder aanbieders", SAS), ("Een kleine groep partners", DIALOGUE)),
    ("Draagvlak bij aanbieders", 1,
     ("Aanbieders willen duidelijkheid vooraf", SAS), ("Aanbieders willen meedenken", DIALOGUE)),
    ("Wens voor flexibiliteit en tussentijds toetreden", 2,
     ("Nieuwe producten moeten erbij kunnen", HOUSE), ("Afspraken per aanbieder", DIALOGUE)),
    ("Grootte van de wijziging van de technische inrichting", 1,
     ("Productbeschrijvingen worden strakker", SAS), ("Tarieven per aanbieder", DIALOGUE)),
    ("Risico dat systeemaanbieders geen contract krijgen", 1,
     ("Klein: er zijn er genoeg", ""), ("Groot: er is geen vervanger", DIALOGUE)),
)  # fmt: skip


@transaction.atomic
def make_weighing(scheme: SegmentScheme, *, by: Any) -> bool:
    """Once; False where the region has criteria already."""
    if scheme.procedure_criteria.exists():
        return False
    staying = set(scheme.placements.filter(is_stay=True).values_list("segment_id", flat=True))
    for number, (text, weight, *findings) in enumerate(CRITERIA, 1):
        row = ProcedureCriterion(
            scheme=scheme, number=number, text=text, weight=weight, source=f"{MARK} Naar 003:L377."
        )
        criterion = policy.keep(row=row, by=by)
        for segment in scheme.segments.all():
            finding, favours = findings[segment.pk in staying]
            weighed = ProcedureWeighing(
                criterion=criterion, segment=segment, finding=finding, favours=favours, source=MARK
            )
            policy.keep(row=weighed, by=by)
    return True
