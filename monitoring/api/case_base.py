"""What every address of one case shares: what is asked, the case, and the case as answer."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.rest import Input, RegisterView

from ..models import Case
from .case_rows import CaseRows


def write(request: Any, summary: str) -> Any:
    """An operation that answers with the case as it is afterwards."""
    return extend_schema(request=request, responses={200: CaseRows}, summary=summary, filters=False)


class CaseActions(RegisterView):
    def given(self, shape: type[Input]) -> dict[str, Any]:
        asked = shape(data=self.request.data, context={"request": self.request})
        asked.is_valid(raise_exception=True)
        return dict(asked.validated_data)

    def case(self) -> Case:
        self.row()
        return Case.objects.select_related("region", "provider").get(pk=self.kwargs["pk"])

    def part(self, model: Any, key: int, field: str) -> Any:
        """A part of the case that the address names; a 400 for one of another case."""
        found = model.objects.filter(case=self.case(), pk=key).first()
        if found is None:
            raise serializers.ValidationError({field: "Deze zaak heeft die niet."})
        return found

    def answer(self) -> Response:
        return Response(self.row())
