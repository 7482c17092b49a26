"""Terms that follow from contracts, for the tasks of those who keep them."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet

from core import clock
from core.documents.models import Confidentiality
from core.formats import date_long
from core.tasks.api import Due
from regions.enums import Role
from regions.models import RoleAssignment

from ..domain.terms import KeyDate, KeyKind
from ..enums.choices import ProcedureState
from ..enums.contracts import ContractStatus, ObligationState, RevisionState
from ..enums.policy import ConsultationState, DecisionState, PlanState, QuestionState
from ..models import (
    Commitment,
    Consultation,
    Contract,
    ContractRevision,
    CouncilQuestion,
    Decision,
    Meeting,
    Obligation,
    PlanStep,
    TransformationAgreement,
)
from .timeline import dates_of

# A report is there within two weeks.
REPORT_WITHIN = timedelta(days=14)
TITLES = {
    KeyKind.NOTICE: "Besluit over opzeggen van contract {}",
    KeyKind.EXTENSION: "Besluit over verlengen van contract {}",
    KeyKind.END: "Contract {} loopt af",
}


def key_dates_until(kind: KeyKind) -> Any:
    """A source of terms of one kind: the region decides before the day that binds it."""

    def find(tenant_id: int, until: date) -> Iterator[Due]:
        for contract in _live(tenant_id):
            for key in dates_of(contract, clock.today()):
                if key.kind == kind and key.decide_by <= until:
                    yield _due(contract, key)

    return find


def _live(tenant_id: int) -> Iterable[Contract]:
    rows = Contract.objects.filter(region=tenant_id, status__in=ContractStatus.LIVE)
    return rows.filter(end_date__isnull=False).select_related("region", "provider").order_by("pk")


def _due(contract: Contract, key: KeyDate) -> Due:
    title = TITLES[key.kind].format(contract.number)
    if key.kind != KeyKind.END:
        title += f" (uiterste dag {date_long(key.day)})"
    return Due(
        str(contract.pk), key.decide_by, title, address(contract), **whose(contract),
        about=str(contract.provider), remind_days=(90, 30, 7),
    )  # fmt: skip


def address(contract: Contract) -> str:
    return f"/regio/{contract.region.slug}/contracten/{contract.pk}/"


def whose(contract: Contract) -> dict[str, Any]:
    """The contract's manager, else whoever manages contracts in the region."""
    return {"owner_id": contract.manager_id, "team": Role.CONTRACT_MANAGER}


RELATED = ("contract__region", "contract__provider")


def obligations_until(tenant_id: int, until: date) -> Iterator[Due]:
    rows = Obligation.objects.filter(
        contract__region=tenant_id,
        contract__status__in=ContractStatus.LIVE,
        state=ObligationState.SCHEDULED,
        valid_to__isnull=True,
        due__lte=until,
    )
    for row in rows.select_related(*RELATED):
        if row.due:
            yield _of_part(row, row.due, f"Nagaan: {row.title}")


def answers_until(tenant_id: int, until: date) -> Iterator[Due]:
    """For the region: what the provider answered, also when that comes on paper."""
    for row in _offered(tenant_id, until):
        yield _of_part(row, row.answer_before or until, f"Antwoord op {row}")


def answering_until(tenant_id: int, until: date) -> Iterator[Due]:
    """For the people of the provider: an offer that waits for their answer."""
    for row in _offered(tenant_id, until):
        contract = row.contract
        yield Due(
            str(row.pk), row.answer_before or until,
            f"Antwoord geven op herziening {row.number}: {row.title}"[:200],
            f"/regio/{contract.region.slug}/contracten/herzieningen/{row.pk}/",
            team=Role.PROVIDER, party_id=contract.provider.organisation_id,
            about=f"{contract.number} {contract.provider}", remind_days=(30, 14, 3),
        )  # fmt: skip


def _offered(tenant_id: int, until: date) -> QuerySet[ContractRevision]:
    rows = ContractRevision.objects.filter(
        contract__region=tenant_id, state=RevisionState.OFFERED, answer_before__lte=until
    )
    return rows.select_related(*RELATED)


def transformation_until(tenant_id: int, until: date) -> Iterator[Due]:
    rows = TransformationAgreement.objects.filter(
        contract__region=tenant_id,
        contract__status__in=ContractStatus.LIVE,
        valid_to__isnull=True,
        target_on__gte=clock.today(),
        target_on__lte=until,
    )
    for row in rows.select_related(*RELATED):
        yield _of_part(row, row.target_on, f"Doel bereikt? {row.title}")


def _of_part(row: Any, day: date, title: str) -> Due:
    contract = row.contract
    about = f"{contract.number} {contract.provider}"
    return Due(str(row.pk), day, title[:200], address(contract), **whose(contract), about=about)


def steps_until(tenant_id: int, until: date) -> Iterator[Due]:
    """Steps in the planning of a procedure that still runs."""
    rows = PlanStep.objects.filter(
        procedure__region=tenant_id,
        procedure__state__in=ProcedureState.OPEN,
        done_on__isnull=True,
        end_on__lte=until,
    )
    for step in rows.select_related("procedure__region"):
        if step.end_on:
            procedure = step.procedure
            yield Due(
                str(step.pk), step.end_on, step.name[:200],
                f"/regio/{procedure.region.slug}/procedures/{procedure.pk}/",
                team=Role.CONTRACT_MANAGER, about=procedure.name, remind_days=(30, 7),
            )  # fmt: skip


def commitments_until(tenant_id: int, until: date) -> Iterator[Due]:
    """What was promised at a table: for the people of who promised it, else for the region."""
    rows = Commitment.objects.filter(
        table__region=tenant_id, done_on__isnull=True, due_on__lte=until
    ).select_related("table__region", "owner")
    providers = _providers_with_people(tenant_id)
    for row in rows:
        party = row.owner.organisation_id if row.owner.organisation_id in providers else None
        yield Due(
            str(row.pk), row.due_on, row.text[:200],
            f"/regio/{row.table.region.slug}/ontwikkeltafels/{row.table_id}/",
            team=Role.PROVIDER if party else Role.CONTRACT_MANAGER, party_id=party,
            about=f"{row.owner}, {row.table}"[:200],
        )  # fmt: skip


def _providers_with_people(tenant_id: int) -> set[int | None]:
    """Organisations of which somebody works here as a provider."""
    rows = RoleAssignment.objects.filter(region=tenant_id, role=Role.PROVIDER)
    return set(rows.values_list("provider_organisation_id", flat=True))


def table_meetings_until(tenant_id: int, until: date) -> Iterator[Due]:
    """A planned meeting of a table, for the region and for the people of each participant."""
    rows = Meeting.objects.filter(
        region=tenant_id, table__isnull=False, held_on__gte=clock.today(), held_on__lte=until
    ).select_related("region", "table")
    providers = _providers_with_people(tenant_id)
    for row in rows.prefetch_related("partners"):
        yield _meeting_due(row, row.held_on, row.title, key=str(row.pk))
        if row.confidentiality == Confidentiality.CONFIDENTIAL:
            continue
        for partner in row.partners.all():
            if (party := partner.organisation_id) in providers:
                yield _meeting_due(row, row.held_on, row.title, f"{row.pk}-{partner.pk}", party)


def table_reports_until(tenant_id: int, until: date) -> Iterator[Due]:
    """A meeting of a table that was held and of which nobody wrote the report."""
    rows = Meeting.objects.filter(
        region=tenant_id, table__isnull=False, held_on__lt=clock.today(), report="",
        held_on__lte=until - REPORT_WITHIN,
    )  # fmt: skip
    for row in rows.select_related("region", "table"):
        told = f"Verslag maken: {row.title}"[:200]
        yield _meeting_due(row, row.held_on + REPORT_WITHIN, told, key=str(row.pk))


def _meeting_due(row: Meeting, day: date, title: str, key: str, party: int | None = None) -> Due:
    return Due(
        key, day, title, f"/regio/{row.region.slug}/bijeenkomsten/{row.pk}/",
        team=Role.PROVIDER if party else Role.POLICY_OFFICER, party_id=party,
        about=str(row.table)[:200], remind_days=(14, 3),
    )  # fmt: skip


def decisions_until(tenant_id: int, until: date) -> Iterator[Due]:
    """A decision that a council or executive is asked for: its clerk records what came of it.

    About a confidential plan the clerk hears nothing here.
    """
    rows = Decision.objects.filter(
        plan__region=tenant_id,
        plan__state=PlanState.PROPOSED,
        state__in=(DecisionState.ASKED, DecisionState.DEFERRED),
        asked_for__lte=until,
    ).select_related("plan__region", "body__municipality")
    for row in rows:
        secret = row.plan.confidentiality == Confidentiality.CONFIDENTIAL
        town = None if secret else row.body.municipality
        yield Due(
            str(row.pk), row.asked_for or until, f"Besluit van {row.body}"[:200],
            f"/regio/{row.plan.region.slug}/plannen/{row.plan_id}/",
            team=Role.COUNCIL_CLERK if town else Role.POLICY_OFFICER,
            party_id=town.organisation_id if town else None,
            about=row.plan.title[:200], remind_days=(14, 3),
        )  # fmt: skip


def consultations_until(tenant_id: int, until: date) -> Iterator[Due]:
    """An open round that closes, and after it the answer."""
    rows = Consultation.objects.filter(
        plan__region=tenant_id, state=ConsultationState.OPEN, closed_on__lte=until
    ).select_related("plan__region")
    for row in rows:
        if row.closed_on:
            yield Due(
                str(row.pk), row.closed_on, f"Consultatie sluiten: {row.title}"[:200],
                f"/regio/{row.plan.region.slug}/consultaties/{row.pk}/",
                team=Role.POLICY_OFFICER, about=row.plan.title[:200], remind_days=(7,),
            )  # fmt: skip


def questions_until(tenant_id: int, until: date) -> Iterator[Due]:
    """What was promised to a council, until the question is settled."""
    rows = CouncilQuestion.objects.filter(
        region=tenant_id, state__in=QuestionState.UNSETTLED, follow_up_on__lte=until
    ).select_related("region", "municipality")
    for row in rows:
        if row.follow_up_on:
            about = f"{row.municipality or row.speaker}: {row.text}"
            yield Due(
                str(row.pk), row.follow_up_on, f"Opvolging: {row.follow_up or row.text}"[:200],
                f"/regio/{row.region.slug}/raadsvragen/?zoek={quote(row.text[:60])}",
                team=Role.POLICY_OFFICER, about=about[:200], remind_days=(14, 3),
            )  # fmt: skip
