"""What every page of a case shares: finding it among what the user may see, and the way back."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.ui.editing import FormPage, RemovePage, RowPage
from regions.models import Region

from ..models import Case
from ..queries.cases import cases_visible_to
from ..rules.cases import check_can_follow_cases, check_can_manage_cases


def case_in(request: HttpRequest, region: Region, pk: int) -> Case:
    return get_object_or_404(cases_visible_to(request.user), pk=pk, region=region)


class OfCases:
    """A page about cases, for who handles them."""

    request: Any
    kwargs: dict[str, Any]
    region: Any

    def check(self) -> None:
        check_can_manage_cases(self.request.user, self.region)

    def cases(self) -> QuerySet[Case]:
        return cases_visible_to(self.request.user).filter(region=self.region)

    def back(self) -> str:
        return reverse("cases", args=[self.region.slug])

    def way_back(self) -> list[tuple[str, str]]:
        return [("Zaken", reverse("cases", args=[self.region.slug]))]


class InCase(OfCases):
    """A page within one case: the address names it as `case`."""

    row: Any = None

    @property
    def case(self) -> Case:
        if self.row is not None:
            return self.case_of(self.row)
        if not hasattr(self, "_case"):
            self._case = get_object_or_404(self.cases(), pk=self.kwargs["case"])
        return self._case

    def case_of(self, row: Any) -> Case:
        case: Case = row.case
        return case

    def back(self) -> str:
        return reverse("case", args=[self.region.slug, self.case.pk])

    def way_back(self) -> list[tuple[str, str]]:
        return [*OfCases.way_back(self), (str(self.case), self.back())]


class CaseForm(InCase, FormPage):
    def prepare(self) -> None:
        _ = self.case

    def title(self) -> str:
        return f"{self.noun.capitalize()} vastleggen"


class CaseRow(InCase, RowPage):
    def prepare(self) -> None:
        super().prepare()
        _ = self.case


class CaseRemove(InCase, RemovePage):
    pass


class ForFollowers:
    """Pages that also the provider or access may use: the verb asks who may do what."""

    request: Any
    region: Any

    def check(self) -> None:
        check_can_follow_cases(self.request.user, self.region)
