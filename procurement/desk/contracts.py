"""What contracts add to shared pages."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from core import clock
from core.audit.registry import HistorySubject, register_history
from core.documents.desk import register_documents
from core.documents.registry import DocumentSubject
from core.tasks.api import DeadlineSource, register_deadlines
from core.ui import (
    HOME,
    AttentionItem,
    Hit,
    NavItem,
    Panel,
    Place,
    SearchSource,
    best_first,
    register_attention,
    register_nav,
    register_panel,
    register_search,
)
from providers.desk import PROVIDER_PAGE, works_here
from regions.desk import BUY
from regions.queries.access import access_of
from segments.desk import SCHEME_PAGE, SEGMENT_PAGE

from ..desk_slots import CONTRACT_PAGE
from ..domain.terms import KeyKind
from ..enums.contracts import ContractStatus, RevisionState
from ..models import (
    BespokeAgreement,
    Clause,
    Contract,
    ContractPolicy,
    ContractRevision,
    Obligation,
    TransformationAgreement,
)
from ..queries import deadlines
from ..queries.contracts import (
    FOUND_BY,
    ending_soon,
    readable_region_ids,
    revisions_visible_to,
    running_on,
    visible_to,
)
from ..rules.contracts import can_manage_contracts, check_can_manage_contracts

URGENT = timedelta(days=180)
# More than this many of a kind are told in one line.
FEW = 3


def may_see_contracts(place: Place) -> bool:
    access = access_of(place.user)
    own = access.provider_organisations_in(place.tenant_id)
    return bool(own) or place.tenant_id in readable_region_ids(place.user)


def _contracts(place: Place) -> Any:
    return visible_to(place.user).filter(region=place.tenant_id)


def register_in_short(place: Place, subject: Any) -> dict[str, Any] | None:
    """How many contracts run, and which end first."""
    if not may_see_contracts(place):
        return None
    running = running_on(_contracts(place), clock.today())
    return {
        "region": place.tenant,
        "count": running.count(),
        "providers": running.values("provider").distinct().count(),
        "ending": list(ending_soon(running)[:5]),
    }


def contracts_of_provider(place: Place, provider: Any) -> dict[str, Any] | None:
    rows = _contracts(place).filter(provider=provider).prefetch_related("segments")
    if not may_see_contracts(place):
        return None
    return {"region": place.tenant, "contracts": rows.order_by("-start_date")}


def contracts_of_segment(place: Place, segment: Any) -> dict[str, Any] | None:
    if not may_see_contracts(place):
        return None
    running = running_on(_contracts(place).filter(segments=segment), clock.today())
    rows = list(running.order_by("provider__sort_name")[:10])
    return {
        "region": place.tenant,
        "segment": segment,
        "contracts": rows,
        "count": running.count(),
    }


def phases_of_scheme(place: Place, scheme: Any) -> dict[str, Any] | None:
    """The contract phases that the strategy plans."""
    phases = list(scheme.phases.all())
    may_manage = can_manage_contracts(place.user, place.tenant)
    if not phases and not may_manage:
        return None
    return {
        "region": place.tenant,
        "scheme": scheme,
        "phases": phases,
        "today": clock.today(),
        "may_manage": may_manage,
    }


def sees_lots(place: Place) -> bool:
    """Only where there are lots, or for who can make one."""
    manages = can_manage_contracts(place.user, place.tenant)
    return manages or (works_here(place) and place.tenant.lots.exists())


def policy_of_scheme(place: Place, scheme: Any) -> dict[str, Any] | None:
    """What the strategy says about every contract; a new contract begins with it."""
    policy = ContractPolicy.objects.filter(scheme=scheme).first()
    may_manage = can_manage_contracts(place.user, place.tenant)
    if policy is None and not may_manage:
        return None
    return {
        "region": place.tenant,
        "scheme": scheme,
        "policy": policy,
        "may_manage": may_manage,
    }


def contracts_that_end(place: Place) -> Iterable[AttentionItem]:
    """For who manages contracts: the ones that end within half a year."""
    if not can_manage_contracts(place.user, place.tenant):
        return
    ending = list(ending_soon(_contracts(place), days=URGENT.days))
    if len(ending) > FEW:
        yield AttentionItem(
            f"{len(ending)} contracten lopen binnen een half jaar af.",
            f"{place.url('contracts')}?stand=active&sorteer=einde",
            due=_last_day(ending[0]),
            note=f"Het eerste is contract {ending[0].number} met {ending[0].provider}.",
        )
        return
    for contract in ending:
        yield AttentionItem(
            f"Contract {contract.number} met {contract.provider} loopt af.",
            place.url("contract", pk=contract.pk),
            due=_last_day(contract),
        )


def offers_to_answer(place: Place) -> Iterable[AttentionItem]:
    """For a provider: contracts and revisions that it has been offered."""
    own = access_of(place.user).provider_organisations_in(place.tenant_id)
    if not own:
        return
    mine = _contracts(place).filter(provider__organisation__in=own)
    for contract in mine.filter(status=ContractStatus.OFFERED):
        yield AttentionItem(
            f"Contract {contract.number} is u aangeboden.", place.url("contract", pk=contract.pk)
        )
    for row in ContractRevision.objects.filter(contract__in=mine, state=RevisionState.OFFERED):
        yield AttentionItem(
            f"Een herziening van contract {row.contract.number} is u aangeboden.",
            place.url("revision", pk=row.pk),
            due=row.answer_before,
            note=row.title,
        )


def _last_day(contract: Contract) -> date | None:
    return contract.end_date - timedelta(days=1) if contract.end_date else None


def find_contracts(place: Place, words: str, limit: int) -> Iterable[Hit]:
    for contract in best_first(_contracts(place), words, FOUND_BY)[:limit]:
        yield Hit(str(contract), place.url("contract", pk=contract.pk), contract.name)


# What is agreed in a contract, with what of it can be found.
AGREED = (
    (Clause, ("title", "text")),
    (Obligation, ("title", "text")),
    (TransformationAgreement, ("title",)),
    (BespokeAgreement, ("title", "text")),
)


def find_agreed(place: Place, words: str, limit: int) -> Iterable[Hit]:
    """Clauses, obligations and agreements, each on the page of its contract; and revisions."""
    seen = _contracts(place)
    revisions = revisions_visible_to(place.user).filter(contract__in=seen)
    for one in best_first(revisions, words, ("title", "explanation", "addendum"))[:limit]:
        yield Hit(one.title, place.url("revision", pk=one.pk), f"herziening van {one.contract}")
    for model, found_by in AGREED:
        rows: Any = model._default_manager.filter(contract__in=seen).select_related(
            "contract__provider"
        )
        for row in best_first(rows, words, found_by)[:limit]:
            note = f"{model._meta.verbose_name} in {row.contract}"
            yield Hit(row.title, place.url("contract", pk=row.contract_id), note)


register_nav(
    NavItem("Contracten", "contracts", BUY, 30, may_see_contracts),
    NavItem("Tarieven", "tariffs", BUY, 36, works_here),
    NavItem("Percelen", "lots", BUY, 37, sees_lots),
)
register_panel(
    Panel(HOME, "contracts", "procurement/panel_register.html", register_in_short, order=500)
)
register_panel(
    Panel(PROVIDER_PAGE, "contracts", "procurement/panel_provider.html", contracts_of_provider, 100)
)
register_panel(
    Panel(SEGMENT_PAGE, "contracts", "procurement/panel_segment.html", contracts_of_segment, 500)
)
register_panel(Panel(SCHEME_PAGE, "phases", "procurement/panel_phases.html", phases_of_scheme, 100))
register_panel(Panel(SCHEME_PAGE, "policy", "procurement/panel_policy.html", policy_of_scheme, 110))
register_attention("procurement.ending", contracts_that_end)
register_attention("procurement.offers", offers_to_answer)
register_search(SearchSource("contracts", "Contracten", find_contracts, order=30))
register_search(SearchSource("agreed", "Afspraken in contracten", find_agreed, order=31))
register_history(
    HistorySubject(
        "contract",
        "Contract",
        lambda user, tenant_id: visible_to(user).filter(
            region__in=access_of(user).staff_region_ids & {tenant_id}
        ),
        lambda place, contract: place.url("contract", pk=contract.pk),
    )
)
register_documents(
    DocumentSubject(
        code="contract",
        title="Contract",
        rows=lambda user, tenant_id: visible_to(user).filter(region=tenant_id),
        url=lambda place, contract: place.url("contract", pk=contract.pk),
        check_keep=lambda user, contract: check_can_manage_contracts(user, contract.region),
        sees_confidential=lambda user, tenant_id: access_of(user).is_staff_of(tenant_id),
    ),
    slot=CONTRACT_PAGE,
)
for _code, _label, _find in (
    ("notice", "Opzegtermijn", deadlines.key_dates_until(KeyKind.NOTICE)),
    ("extension", "Verlenging", deadlines.key_dates_until(KeyKind.EXTENSION)),
    ("end", "Einde van contract", deadlines.key_dates_until(KeyKind.END)),
    ("obligation", "Verplichting", deadlines.obligations_until),
    ("answer", "Antwoord op herziening", deadlines.answers_until),
    ("answering", "Aangeboden herziening", deadlines.answering_until),
    ("transformation", "Transformatieafspraak", deadlines.transformation_until),
):
    register_deadlines(DeadlineSource(f"procurement.{_code}", _label, _find))
