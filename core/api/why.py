"""What rows of single persons are for: a program says it with every request."""

from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

HEADER = "X-Reden"
LONGEST = 200
SAYS_WHY = OpenApiParameter(
    HEADER,
    {"type": "string", "minLength": 1, "maxLength": LONGEST},
    OpenApiParameter.HEADER,
    required=True,
    description="Waarvoor u deze gegevens opvraagt; het komt in het logboek van inzagen.",
)


def why_given(request: Request) -> str:
    """What the request says it is for; without it there is no answer."""
    why = str(request.headers.get(HEADER, "")).strip()
    if not why:
        raise ValidationError(
            {HEADER: f"Zeg in de kop {HEADER} waarvoor u deze gegevens opvraagt."}
        )
    return why
