"""Small builders: a region with two segments, and rows of care as the intake would leave them."""

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from care.models import (
    AllocationRecord,
    CareRecord,
    DeclarationLine,
    Instalment,
    Message,
    OutcomeMeasurement,
    ReceivedRun,
    StayPlacement,
    Trajectory,
)
from core.periods import HalfYear
from monitoring.domain.figures import compute_figures
from monitoring.models import FigureSet
from procurement.models import Tariff
from providers.models import Provider
from regions.enums import OrganisationKind
from regions.models import Municipality, Organisation, Region, RegionMembership, YouthPopulation
from segments.models import ProductPlacement, Segment, SegmentScheme

H1 = HalfYear(2025, 1)
NUMBERS = count(1)


def organisation(name: str, kind: str) -> Organisation:
    return Organisation.objects.create(name=name, kind=kind)


def make_region(slug: str = "proef", members: tuple[str, ...] = ("0503", "0637")) -> Region:
    """Segment A has stay (product 43A07) and no norm, B has none (45A48) and a norm of 42 days."""
    region = Region.objects.create(
        slug=slug, name=slug, organisation=organisation(slug, OrganisationKind.REGIONAL)
    )
    for code in members:
        add_member(region, code)
    scheme = SegmentScheme.objects.create(
        region=region, code="nu", name="Nu", valid_from=date(2015, 1, 1)
    )
    stay = Segment.objects.create(scheme=scheme, code="A", name="Verblijf", order=1)
    light = Segment.objects.create(
        scheme=scheme, code="B", name="Ambulant", order=2, wait_norm_days=42
    )
    place(stay, "43A07", is_stay=True, direction="herstel")
    place(stay, "43A09", is_stay=True, direction="ondersteuning")
    place(light, "45A48", direction="ondersteuning")
    receive(region, date(2027, 1, 1))
    return region


def add_member(region: Region, code: str) -> None:
    municipality, _ = Municipality.objects.get_or_create(
        gm_code=code,
        defaults={
            "name": f"Gemeente {code}",
            "organisation": organisation(code, OrganisationKind.MUNICIPALITY),
        },
    )
    RegionMembership.objects.create(
        region=region, municipality=municipality, valid_from=date(2015, 1, 1)
    )


def place(segment: Segment, product: str, **rest: Any) -> None:
    ProductPlacement.objects.create(
        scheme=segment.scheme,
        segment=segment,
        product_code=product,
        valid_from=date(2015, 1, 1),
        **rest,
    )


def receive(region: Region, last: date, run: int = 1) -> None:
    ReceivedRun.objects.create(
        region_id=region.pk, run=run, form="ijw", first_dagtekening=last, last_dagtekening=last
    )


def client(number: int) -> bytes:
    return number.to_bytes(16, "big")


def trajectory(
    region: Region,
    who: int,
    start: str | None,
    stop: str | None = None,
    reason: str = "31",
    **rest: Any,
) -> Trajectory:
    """One allocation with its care: allocated on the day it starts unless said otherwise."""
    begin = date.fromisoformat(start) if start else None
    end = date.fromisoformat(stop) if stop else None
    row: dict[str, Any] = {
        "municipality": "0503",
        "provider": "65650011",
        "product": "45A48",
        "category": "45",
        "allocation_number": next(NUMBERS),
        "allocated_on": begin,
        "valid_from": begin,
        "valid_through": None,
        **rest,
    }
    return Trajectory.objects.create(
        region_id=region.pk,
        client=client(who),
        start_on=begin,
        stop_on=end,
        stop_reason=reason if end else "",
        end_on=end or row["valid_through"],
        **row,
    )


def key_of(care: Trajectory) -> dict[str, Any]:
    names = ("region_id", "municipality", "provider", "allocation_number", "client")
    return {name: getattr(care, name) for name in names}


def line(care: Trajectory, begin: str, euros: float, *, days: int = 30, **rest: Any) -> None:
    """A declared line of a trajectory, sent ten days after the end of its period."""
    first = date.fromisoformat(begin)
    last = first + timedelta(days=days - 1)
    DeclarationLine.objects.create(
        **{
            **key_of(care),
            "run": 1,
            "seq": next(NUMBERS),
            "dagtekening": last + timedelta(days=10),
            "key": uuid4(),
            "reference": str(next(NUMBERS)),
            "product": care.product,
            "begin_on": first,
            "end_on": last,
            "volume": 1,
            "unit": "14",
            "amount_cents": round(euros * 100),
            **rest,
        }
    )


def measured(care: Trajectory, on: str, **answers: Any) -> None:
    answers = {"informant": "youth", "run": 1, **answers}
    OutcomeMeasurement.objects.create(**key_of(care), measured_on=date.fromisoformat(on), **answers)


def placed(care: Trajectory, gm_code: str) -> None:
    StayPlacement.objects.create(**key_of(care), run=1, place=gm_code)


def figures(region: Region, half_year: HalfYear = H1, **rest: Any) -> FigureSet:
    return compute_figures(region=region, half_year=half_year, **rest)


def value(figure_set: FigureSet, code: str, **cell: str) -> float | None:
    """The value of a cell; None where there is none."""
    wanted = {"municipality": "", "segment": "", "category": "", "provider": "", **cell}
    row = figure_set.values.filter(code=code, **wanted).first()
    return row.value if row else None


def parts(figure_set: FigureSet, code: str, **cell: str) -> tuple[float, float] | None:
    """Numerator and denominator of a cell."""
    wanted = {"municipality": "", "segment": "", "category": "", "provider": "", **cell}
    row = figure_set.values.filter(code=code, **wanted).first()
    return (float(row.numerator), float(row.denominator)) if row else None


__all__ = [
    "H1",
    "AllocationRecord",
    "CareRecord",
    "Instalment",
    "Message",
    "Provider",
    "Tariff",
    "YouthPopulation",
]
