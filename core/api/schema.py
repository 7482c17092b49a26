"""The description (OpenAPI 3), made from the views and committed as openapi.yaml."""

from typing import Any, ClassVar

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, extend_schema

from .once import HEADER
from .problems import PROBLEM, TITLES

LIST_NAMES = {
    "list": "Lijst",
    "retrieve": "Eén",
    "create": "Nieuw",
    "partial_update": "Wijzigen",
    "destroy": "Verwijderen",
}
VERSION_HEADER = {"API-Version": {"$ref": "#/components/headers/APIVersion"}}
PATH_KEYS = {"id": "Sleutel, zoals de lijst die noemt."}
ALWAYS = (401, 403, 406, 429, 500)
WITH_BODY = (400, 409, 413, 415)
FAULT = {
    "type": "object",
    "required": ["veld", "melding", "code"],
    "properties": {
        "veld": {"type": "string", "description": "Welk veld; leeg: de aanvraag als geheel."},
        "melding": {"type": "string"},
        "code": {"type": "string"},
    },
}
PROBLEM_SCHEMA = {
    "type": "object",
    "description": "Waarom iets niet kan (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "Wat er mis is en wat u kunt doen."},
        "code": {"type": "string", "description": "Vaste naam van de fout."},
        "fouten": {"type": "array", "items": {"$ref": "#/components/schemas/Fout"}},
    },
}


class Described(AutoSchema):
    """Dutch words come from the view: `about` for its description, `title` for one row."""

    def get_summary(self) -> str:
        name = LIST_NAMES.get(getattr(self.view, "action", ""), "")
        return f"{name}: {self.get_tags()[0]}" if name else self.get_tags()[0]

    def get_description(self) -> str:  # type: ignore[override]
        about = str(getattr(self.view, "about", ""))
        return about + self._steps() if getattr(self.view, "action", "") == "move" else about

    def _steps(self) -> str:
        """Every move that the table of the view knows (core.api.keeping)."""
        view: Any = self.view
        told = [f"`{m.slug}`" + (" (met reden)" if m.reason else "") for m in view.table.moves]
        return f" Stappen: {', '.join(told)}."

    def get_request_serializer(self) -> Any:
        """What comes in may be less than what goes out (core.api.keeping)."""
        written = getattr(self.view, "action", "") in ("create", "partial_update")
        asked = getattr(self.view, "input_class", None) if written else None
        return asked or super().get_request_serializer()

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").split("/")[0]]


def accepted(response: Any, **kwargs: Any) -> Any:
    """Describe an operation that answers 202 with the job that does the work."""
    return extend_schema(responses={202: response}, **kwargs)


def finish(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add what holds for every operation: the version header and the problems."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {}).update(Fout=FAULT, Probleem=PROBLEM_SCHEMA)
    components["headers"] = {
        "APIVersion": {
            "description": "Volledig versienummer van het koppelvlak.",
            "schema": {"type": "string"},
        }
    }
    used: set[int] = set()
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            if method == "post":
                _finish_write(operation)
            used |= _finish_operation(path, operation)
    components["responses"] = {f"Probleem{status}": _problem(status) for status in sorted(used)}
    result["tags"] = [{"name": tag} for tag in sorted(_tags(result))]
    return result


def _finish_operation(path: str, operation: dict[str, Any]) -> set[int]:
    problems = set(ALWAYS)
    if operation.get("parameters"):
        problems.add(400)
    if "{" in path:
        problems.add(404)
    if "{" not in path and any(p["name"] == "pagina" for p in operation.get("parameters", ())):
        problems.add(404)
    if "requestBody" in operation:
        problems.update(WITH_BODY)
    if any(p["name"] == HEADER for p in operation.get("parameters", ())):
        problems.update((409, 422))
    if any(p["name"] == "If-Match" for p in operation.get("parameters", ())):
        problems.update((409, 412, 415))
    responses = operation["responses"]
    for status, response in responses.items():
        response["description"] = response.get("description") or OUTCOMES[int(status)]
        response.setdefault("headers", {}).update(VERSION_HEADER)
    for status in problems:
        responses[str(status)] = {"$ref": f"#/components/responses/Probleem{status}"}
    operation["responses"] = dict(sorted(responses.items()))
    return problems


def _finish_write(operation: dict[str, Any]) -> None:
    operation.setdefault("parameters", []).append(
        {
            "name": HEADER,
            "in": "header",
            "description": (
                "Sleutel die u kiest. Dezelfde aanvraag met dezelfde sleutel geeft binnen 24 uur "
                "hetzelfde antwoord en doet het werk een keer."
            ),
            "schema": {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[!-~]+$"},
        }
    )


OUTCOMES = {
    200: "Gelukt.",
    202: "Aangenomen; de taak zegt hoe ver het is.",
    201: "Gemaakt.",
    204: "Weg.",
}


def _problem(status: int) -> dict[str, Any]:
    return {
        "description": f"{TITLES[status]}.",
        "headers": VERSION_HEADER,
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Probleem"}}},
    }


def _tags(result: dict[str, Any]) -> set[str]:
    return {
        tag
        for operations in result["paths"].values()
        for operation in operations.values()
        for tag in operation.get("tags", ())
    }


class Parameters:
    """Parameters that more than one operation has."""

    IF_MATCH: ClassVar[OpenApiParameter] = OpenApiParameter(
        "If-Match",
        str,
        OpenApiParameter.HEADER,
        description="ETag van de toestand waarop u besliste; is die veranderd, dan volgt 412.",
    )
