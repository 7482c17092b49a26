"""Allocation keys of the demonstration: ways to divide that councils asked about; invented."""

from decimal import Decimal

from finance.models import AllocationKey
from regions.models import Region

NOTE = "Bedacht voor de demonstratie: geen document noemt een sleutel."
KEYS = (
    ("Naar jeugdigen", {"weight_population": 100}),
    ("Naar gebruik van drie jaar", {"weight_use": 100, "use_years": 3}),
    (
        "Half jeugdigen, half gebruik, ten hoogste 5% per jaar",
        {
            "weight_population": 50,
            "weight_use": 50,
            "change_limit": Decimal(5),
            "equalised": Decimal(80),
            "deposit": Decimal(2),
            "threshold": Decimal(10),
        },
    ),
)


def make_keys(region: Region, *, first_year: int) -> None:
    """Three proposals, to lay beside each other; what is there stays."""
    for name, values in KEYS:
        AllocationKey.objects.get_or_create(
            region=region,
            name=name,
            segment="",
            first_year=first_year,
            defaults={**values, "note": NOTE, "fictitious": True},
        )
