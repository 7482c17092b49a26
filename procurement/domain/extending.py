"""Extending a contract: proposed, tested, agreed; and tacit renewal."""

from datetime import date
from typing import Any

from django.db import transaction

from core import clock
from core.errors import DomainError
from core.formats import date_long
from core.states.api import take
from core.states.models import Step
from core.tasks.api import sync_tasks

from ..enums.contracts import ContractStatus, ExtensionState, PhaseKind, VersionKind
from ..models import Contract, ContractExtension, ContractPhase, ExtensionTest
from ..rules.contracts import check_can_manage_contracts, roles_about
from ..states import EXTENSION
from .contracts import phases_checked
from .heads import add_version, keep_original
from .terms import Plan, notice_by, renewed_end


def extensions_used(contract: Contract) -> int:
    return contract.extensions.filter(state=ExtensionState.AGREED).count()


def extensions_left(contract: Contract) -> int:
    """How many more times the contract may be extended."""
    return max(0, contract.max_extensions - extensions_used(contract))


def plan_of(contract: Contract) -> Plan | None:
    """What the dates of a contract follow from; None when it has no end."""
    if contract.end_date is None:
        return None
    # A contract that renews tacitly without a number of times goes on without limit.
    unlimited = contract.renews_tacitly and contract.max_extensions == 0
    return Plan(
        end=contract.end_date,
        notice=contract.notice,
        extension_months=contract.extension_months,
        extensions_left=None if unlimited else extensions_left(contract),
        extension_notice_months=contract.extension_notice_months,
        decision_lead_months=contract.decision_lead_months,
        renews_tacitly=contract.renews_tacitly,
    )


@transaction.atomic
def propose_extension(
    *, contract: Contract, by: Any, months: int | None = None, motivation: str = ""
) -> ContractExtension:
    """Propose the next extension. Effects: one row; nothing about the contract changes yet."""
    check_can_manage_contracts(by, contract.region)
    Contract.objects.select_for_update().get(pk=contract.pk)
    months = months or contract.extension_months or 0
    end = _check_extendable(contract, months)
    extension = ContractExtension(
        contract=contract,
        number=extensions_used(contract) + 1,
        months=months,
        previous_end=end,
        new_end=renewed_end(end, months),
        motivation=motivation,
    )
    extension.full_clean()
    extension.save()
    return extension


def _check_extendable(contract: Contract, months: int) -> date:
    if contract.end_date is None or contract.status not in ("active", "suspended"):
        raise DomainError(
            "Alleen een lopend contract met een laatste dag kan worden verlengd.",
            code="verlenging-niet-mogelijk",
        )
    if not extensions_left(contract):
        raise DomainError(
            f"Contract {contract.number} mag ten hoogste {contract.max_extensions} keer worden "
            "verlengd, en dat is gebeurd. Sluit een nieuw contract.",
            code="verlengingen-op",
        )
    longest = contract.extension_months
    if not months or (longest and months > longest):
        raise DomainError(
            f"Een verlenging van dit contract duurt ten hoogste {longest or 0} maanden. Kies een "
            "kortere verlenging.",
            code="verlenging-te-lang",
        )
    return contract.end_date


@transaction.atomic
def record_test(
    *, extension: ContractExtension, name: str, met: bool, motivation: str, by: Any
) -> ExtensionTest:
    """Record the outcome of a test that the extension depends on; a later outcome replaces it."""
    check_can_manage_contracts(by, extension.contract.region)
    if extension.state != ExtensionState.PROPOSED:
        raise DomainError(
            "Over deze verlenging is al besloten; de toetsen liggen vast.", code="besluit-genomen"
        )
    if name not in extension.contract.extension_tests:
        raise DomainError(
            f"'{name}' is geen toets van dit contract. Kies uit: "
            f"{', '.join(extension.contract.extension_tests) or 'geen'}.",
            code="toets-onbekend",
        )
    values = {
        "met": met, "motivation": motivation, "tested_on": clock.today(), "tested_by": by
    }  # fmt: skip
    test, _ = ExtensionTest.objects.update_or_create(
        extension=extension, name=name, defaults=values
    )
    return test


@transaction.atomic
def agree_extension(
    *, extension: ContractExtension, by: Any, agreed_on: date | None = None, reason: str = ""
) -> Step:
    """Agree on an extension whose tests are all met.

    Effects: state; the new end of the contract; a phase of the kind 'verlenging' when the contract
    has phases; a version that reads so from the day of the agreement.
    """
    contract = extension.contract
    day = agreed_on or clock.today()
    ContractExtension.objects.filter(pk=extension.pk, state="proposed").update(agreed_on=day)
    step = _take(extension, "agree", by, reason)
    _check_tests(extension)
    if day > extension.previous_end:
        raise DomainError(
            f"Het contract liep af op {date_long(contract.last_day)}. Een afgelopen contract kan "
            "niet meer worden verlengd.",
            code="verlenging-te-laat",
        )
    _apply(extension, day, by)
    return step


@transaction.atomic
def move(*, extension: ContractExtension, name: str, by: Any, reason: str = "") -> Step:
    """A move without effects of its own: reject."""
    return _take(extension, name, by, reason)


def _take(extension: ContractExtension, move: str, by: Any, reason: str) -> Step:
    roles = roles_about(by, extension.contract)
    tenant_id = extension.contract.region_id
    return take(extension, EXTENSION, move, by=by, roles=roles, tenant_id=tenant_id, reason=reason)


def _check_tests(extension: ContractExtension) -> None:
    met = set(extension.tests.filter(met=True).values_list("name", flat=True))
    missing = [name for name in extension.contract.extension_tests if name not in met]
    if missing:
        raise DomainError(
            "De verlenging hangt af van toetsen die nog niet zijn gehaald of vastgelegd: "
            f"{', '.join(missing)}.",
            code="toetsen-ontbreken",
        )


def _apply(extension: ContractExtension, day: date, by: Any) -> None:
    contract = Contract.objects.select_for_update().get(pk=extension.contract_id)
    if contract.end_date != extension.previous_end:
        raise DomainError(
            "De laatste dag van het contract is intussen veranderd. Wijs dit voorstel af en stel "
            "de verlenging opnieuw voor.",
            code="einde-veranderd",
        )
    keep_original(contract, by)
    contract.end_date = extension.contract.end_date = extension.new_end
    contract.save(update_fields=["end_date"])
    sync_tasks(contract.region_id)
    _add_phase(contract, extension, day)
    add_version(
        contract, VersionKind.EXTENSION, day, by, f"Verlenging {extension.number}",
        extension=extension,
    )  # fmt: skip


def _add_phase(contract: Contract, extension: ContractExtension, day: date) -> None:
    last = contract.phases.filter(valid_to__isnull=True).order_by("-end_date").first()
    if last is None or last.end_date != extension.previous_end:
        return
    with phases_checked():
        ContractPhase.objects.create(
            contract=contract,
            number=last.number + 1,
            name=f"Verlenging {extension.number}",
            kind=PhaseKind.EXTENSION,
            start_date=extension.previous_end,
            end_date=extension.new_end,
            valid_from=day,
        )


@transaction.atomic
def renew_tacitly(*, today: date) -> int:
    """Extend every contract that renews tacitly and whose day of notice has passed.

    Effects: an agreed extension per renewal, so that the dates follow the renewed end.
    """
    renewing = Contract.objects.filter(
        renews_tacitly=True, status__in=[ContractStatus.ACTIVE, ContractStatus.SUSPENDED]
    )
    return sum(_renew(contract, today) for contract in renewing.order_by("pk"))


def _renew(contract: Contract, today: date) -> int:
    made = 0
    while (plan := plan_of(contract)) and plan.extension_months and plan.extensions_left != 0:
        missed = notice_by(plan.end, *(plan.notice or (0, 0)))
        if missed >= today:
            break
        extension = ContractExtension.objects.create(
            contract=contract,
            number=extensions_used(contract) + 1,
            months=plan.extension_months,
            previous_end=plan.end,
            new_end=renewed_end(plan.end, plan.extension_months),
            tacit=True,
            state=ExtensionState.AGREED,
            agreed_on=missed,
        )
        _apply(extension, missed, None)
        made += 1
    return made
