"""Every refusal as problem+json (RFC 9457; NL API Design Rules /core/error-handling)."""

import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as ModelValidationError
from django.http import Http404, HttpResponse
from rest_framework import exceptions

from core.errors import DomainError, NotAllowed

PROBLEM = "application/problem+json"

TITLES = {
    400: "Ongeldige aanvraag",
    401: "Niet aangemeld",
    403: "Niet bevoegd",
    404: "Niet gevonden",
    405: "Methode niet toegestaan",
    406: "Formaat niet beschikbaar",
    409: "Nu niet mogelijk",
    412: "Verouderde versie",
    413: "Te groot",
    415: "Soort inhoud niet ondersteund",
    422: "Sleutel al gebruikt",
    429: "Te veel aanvragen",
    500: "Fout in de toepassing",
    503: "Tijdelijk niet beschikbaar",
}
DETAILS = {
    400: "De aanvraag is niet te lezen. Vergelijk haar met de beschrijving in openapi.json.",
    401: "Stuur een geldig token mee: 'Authorization: Token <token>'.",
    403: "U mag dit niet. Vraag de regiobeheerder om de rol die erbij hoort.",
    404: "Op dit adres staat niets, of niets dat u mag zien.",
    405: "Dit adres kent deze methode niet; de kop Allow noemt welke wel.",
    406: "Dit adres geeft geen antwoord in het gevraagde formaat. Vraag application/json.",
    412: "De gegevens zijn intussen gewijzigd. Haal ze opnieuw op en probeer het nog eens.",
    413: "De inhoud van de aanvraag is te groot.",
    415: "Dit adres leest deze soort inhoud niet. Stuur application/json.",
    429: "Dit zijn meer aanvragen dan is toegestaan. Wacht even en probeer het opnieuw.",
    500: "Er ging iets mis dat niet aan uw aanvraag ligt. De beheerder vindt het in het logboek.",
    503: "De toepassing kan dit nu niet beantwoorden. Probeer het over een minuut opnieuw.",
}
# The library says these in its own words; ours name what to do.
OWN_WORDS = (
    exceptions.AuthenticationFailed,
    exceptions.NotAuthenticated,
    exceptions.NotFound,
    exceptions.MethodNotAllowed,
    exceptions.NotAcceptable,
    exceptions.UnsupportedMediaType,
    exceptions.Throttled,
)


def problem(
    status: int,
    detail: str = "",
    *,
    code: str = "",
    faults: list[dict[str, str]] | None = None,
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    """A refusal. `faults` name each wrong field: `veld`, `melding`, `code`."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(status) or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or DETAILS.get(status) or HTTPStatus(status).phrase,
    }
    if code:
        body["code"] = code
    if faults:
        body["fouten"] = faults
    content = json.dumps(body, ensure_ascii=False)
    return HttpResponse(content, status=status, content_type=PROBLEM, headers=headers)


def on_exception(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """What REST_FRAMEWORK calls for every exception; None leaves it to Django (a 500)."""
    match error:
        case NotAllowed():
            return problem(403, error.message, code=error.code)
        case DomainError():
            return problem(409, error.message, code=error.code)
        case Http404():
            return problem(404)
        case PermissionDenied():
            return problem(403)
        case ModelValidationError():
            return _invalid(exceptions.ValidationError(_of_model(error)))
        case exceptions.ValidationError():
            return _invalid(error)
        case exceptions.APIException():
            return _of_library(error)
    return None


def _invalid(error: exceptions.ValidationError) -> HttpResponse:
    faults = list(_faults(error.detail))
    told = "; ".join(f"{f['veld']}: {f['melding']}" if f["veld"] else f["melding"] for f in faults)
    return problem(400, told, code="ongeldige-invoer", faults=faults)


def _faults(detail: Any, place: str = "") -> Iterator[dict[str, str]]:
    """Nested errors of a serializer as a flat list; a place reads `naam` or `regels[2].bedrag`."""
    if isinstance(detail, dict):
        for key, inner in detail.items():
            own = "" if key == "non_field_errors" else str(key)
            yield from _faults(inner, ".".join(part for part in (place, own) if part))
    elif isinstance(detail, list):
        for number, inner in enumerate(detail):
            nested = isinstance(inner, dict | list)
            yield from _faults(inner, f"{place}[{number}]" if nested else place)
    else:
        yield {
            "veld": place,
            "melding": str(detail),
            "code": str(getattr(detail, "code", "invalid")).replace("_", "-"),
        }


def _of_model(error: ModelValidationError) -> dict[str, list[str]] | list[str]:
    return error.message_dict if hasattr(error, "error_dict") else error.messages


def _of_library(error: exceptions.APIException) -> HttpResponse:
    headers = {}
    if header := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = header
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    own = isinstance(error, OWN_WORDS) and error.status_code in DETAILS
    detail = DETAILS[error.status_code] if own else str(error.detail)
    return problem(error.status_code, detail, headers=headers)
