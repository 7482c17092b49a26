"""Pages of providers and procurement."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from care.models import Trajectory
from core import clock
from procurement.domain import admission as admission_domain
from procurement.domain import ceilings as ceiling_domain
from procurement.domain import changing as changing_domain
from procurement.domain import compliance as compliance_domain
from procurement.domain import objections
from procurement.domain import transition as transition_domain
from procurement.domain import voting as voting_domain
from procurement.domain.indexing import prepare_run
from procurement.models import (
    Admission,
    AdmissionLetter,
    AdmissionObjection,
    AvailabilityFee,
    Ballot,
    CeilingLetter,
    CeilingSignal,
    ChangeRound,
    Clause,
    CollegeVote,
    ComplianceAnswer,
    ComplianceCheck,
    Contract,
    ContractExtension,
    ContractPhase,
    ContractPolicy,
    ContractProduct,
    ContractRevision,
    EligibilityRequirement,
    Evidence,
    IndexationRule,
    IndexationRun,
    IndexFigure,
    Lot,
    Obligation,
    OpenHouse,
    RevisionChange,
    Sanction,
    SchemePhase,
    SpendingCap,
    Tariff,
    TransformationAgreement,
    TransitionOffer,
    TransitionPlan,
    TransitionStep,
    VotingRule,
)
from providers import models as of_providers
from providers.domain.documents import keep_document
from providers.models import ProviderContact, ProviderLocation
from regions.enums import Role
from tests.browser.world import World
from tests.factories import ContractFactory, Made, ProductFactory, ProviderFactory, a_standard

from . import HERE, STAFF, Row
from .segments import first

MANAGERS = frozenset({Role.CONTRACT_MANAGER, Role.REGIONAL_ADMIN})
READERS = STAFF | {Role.EXECUTIVE, Role.PROVIDER}
# Who may not know that a contract is there.
UNSEEN = frozenset(Role) - READERS
OF = "contract__region"
POINT = "check_list__standard__region"


def fill(world: World) -> None:
    for made in (world.north, world.south):
        provider, contract = made.provider, made.contract
        ProviderContact.objects.create(provider=provider, name="Loes Bakker", email="l@b.nl")
        ProviderLocation.objects.create(
            provider=provider, name="Hoofdlocatie", municipality=made.municipalities[0]
        )
        fill_file(made)
        fill_admission(made)
        fill_votes(made)
        fill_transition(made)
        SpendingCap.objects.create(contract=contract, year=2026, amount=Decimal(1_000_000))
        fill_ceilings(made)
        compliance_domain.begin_check(
            standard=a_standard(made.region), subject=contract,
            by=made.users[Role.CONTRACT_MANAGER],
        )  # fmt: skip
        Tariff.objects.create(
            region=made.region,
            contract=contract,
            product_code="45A01",
            unit="04",
            valid_from=date(2025, 1, 1),
            amount=Decimal("101.50"),
        )
        SchemePhase.objects.create(
            scheme=made.scheme,
            number=1,
            name="Ontwikkelen",
            start_date=date(2023, 1, 1),
            end_date=date(2026, 1, 1),
            aims=["Samen leren"],
        )
        agree_a_lot(contract)
        index_prices(made)
        other = ProviderFactory(region=made.region)
        world.extra[f"other-{made.region.slug}"] = ContractFactory(
            region=made.region, provider=other
        )


def fill_file(made: Made) -> None:
    """One row of every part of a provider's file."""
    provider, by = made.provider, made.users[Role.CONTRACT_MANAGER]
    contact = provider.contacts.get()
    of_providers.ProviderCode.objects.create(
        region=made.region, provider=provider, agb_code="87654321", valid_from=date(2024, 1, 1)
    )
    for side, person in (("region", {"user": by}), ("provider", {"contact": contact})):
        of_providers.AccountHolder.objects.create(
            provider=provider, side=side, valid_from=date(2024, 1, 1), **person
        )
    talk = of_providers.ProviderConversation.objects.create(
        provider=provider, subject="Kwartaalgesprek", planned_on=date(2026, 3, 2),
        agenda=["Wachttijden"],
    )  # fmt: skip
    of_providers.ProviderAgreement.objects.create(
        provider=provider, conversation=talk, text="Plan voor wachttijden", owner=by,
        due_on=date(2026, 5, 1),
    )  # fmt: skip
    of_providers.ProviderIncident.objects.create(
        provider=provider, kind="youth_supervisor", title="Aanwijzing", known_on=date(2026, 2, 1)
    )
    for year in (2023, 2024, 2025):
        of_providers.BusinessYear.objects.create(
            provider=provider, year=year, revenue=Decimal(100), result=Decimal(-5)
        )
    of_providers.Subcontracting.objects.create(
        provider=provider, name="Zzp De Vries", work="Dyslexie", valid_from=date(2025, 1, 1)
    )
    keep_document(
        document=of_providers.ProviderDocument(
            provider=provider, kind="quality", title="Certificaat", valid_to=date(2026, 1, 1)
        ),
        content=b"%PDF-1.7 proef", file_name="certificaat.pdf", by=by,
    )  # fmt: skip
    of_providers.ChangeProposal.objects.create(
        provider=provider, subject="contact", target=contact.pk,
        values={"name": "Loes de Boer", "function": "", "email": "l@b.nl", "phone": ""},
        before={"name": "Loes Bakker", "function": "", "email": "l@b.nl", "phone": ""},
    )  # fmt: skip


def agree_a_lot(contract: Contract) -> None:
    """Something of everything that a contract can hold."""
    Contract.objects.filter(pk=contract.pk).update(
        max_extensions=1, extension_months=48, extension_tests=["Doelrealisatie"], notice_months=6
    )
    lot = Lot.objects.create(region=contract.region, code="F", name="Forensisch", kind="forensic")
    contract.lots.add(lot)
    Tariff.objects.create(
        region=contract.region, lot=lot, product_code="45A01", unit="04",
        valid_from=date(2025, 1, 1), amount=Decimal("140.25"),
    )  # fmt: skip
    AvailabilityFee.objects.create(
        contract=contract, lot=lot, title="Crisisbedden", places=2, amount=Decimal(90_000)
    )
    ContractPolicy.objects.create(
        scheme=contract.region.schemes.get(), max_extensions=1, extension_months=48,
        extension_tests=["Doelrealisatie"],
    )  # fmt: skip
    Clause.objects.create(contract=contract, title="Geen onderaannemers", text="U levert zelf.")
    Obligation.objects.create(contract=contract, title="Jaarplan", due=date(2026, 3, 1))
    TransformationAgreement.objects.create(
        contract=contract, title="Minder verblijf", unit="jeugdigen", baseline=120,
        baseline_on=date(2023, 1, 1), target=84, target_on=date(2030, 12, 31),
    )  # fmt: skip
    Sanction.objects.create(
        contract=contract, kind="reclaim", ground="Te veel betaald", starts_on=date(2026, 2, 1)
    )
    ContractExtension.objects.create(
        contract=contract, number=1, months=48, previous_end=contract.end_date,
        new_end=date(2035, 1, 1),
    )  # fmt: skip
    revision = ContractRevision.objects.create(
        contract=contract, number=1, title="Andere naam", reason_code="policy",
        explanation="Nieuwe strategie", effective_from=date(2027, 1, 1),
    )  # fmt: skip
    revision.changes.create(
        part="contract", action="change", label="Contract", values={"name": "Nieuw"},
        before={"name": ""},
    )  # fmt: skip


def index_prices(made: Made) -> None:
    region = made.region
    IndexFigure.objects.create(
        region=region, series="OVA", year=2026, stage="forecast", percentage=Decimal("4.18")
    )
    IndexationRule.objects.create(region=region, kind="flat", flat_percentage=Decimal(2))
    changing_domain.prepare_changes(
        region=region, kind="end_date", contracts=[made.contract],
        values={"last_day": "2032-12-31"}, reason="Nieuw beleid",
        by=made.users[Role.CONTRACT_MANAGER],
    )  # fmt: skip
    prepare_run(region=region, year=2026, by=made.users[Role.CONTRACT_MANAGER])


def run_step(made: Made, world: World) -> dict[str, Any]:
    return {"pk": IndexationRun.objects.get(region=made.region).pk, "move": "apply"}


def fill_votes(made: Made) -> None:
    """A vote that goes on, with one college that said no, and its rule."""
    by, region = made.users[Role.CONTRACT_MANAGER], made.region
    VotingRule.objects.create(
        region=region, subject="provider", electorate="region", valid_from=date(2024, 1, 1)
    )
    for move in ("open", ""):
        ballot = voting_domain.keep_ballot(
            ballot=Ballot(
                region=region, subject="provider", provider=made.provider, ending="notice",
                last_day=clock.today() + timedelta(days=400), motivation="Geen transformatie.",
            ),
            by=by,
        )  # fmt: skip
        if move:
            voting_domain.move_ballot(ballot=ballot, move=move, by=by)
            vote = ballot.votes.first()
            vote.choice, vote.decided_on, vote.reason = "against", clock.today(), "Te vroeg."
            voting_domain.cast_vote(vote=vote, by=by)


def fill_transition(made: Made) -> None:
    """A plan that runs, with a step, an alternative and somebody in care."""
    by, today = made.users[Role.CONTRACT_MANAGER], clock.today()
    Trajectory.objects.create(
        region_id=made.region.pk, client=b"transition-page!", allocation_number=987654,
        municipality=made.municipalities[0].gm_code, provider=made.provider.agb_code,
        category="45", product="45A01", allocated_on=today, valid_from=today, start_on=today,
    )  # fmt: skip
    plan = transition_domain.keep_plan(
        plan=TransitionPlan(
            region=made.region, provider=made.provider, reason="not_again",
            approach="Per jeugdige een warme overdracht.", starts_on=today,
            ends_on=today + timedelta(days=200), owner=by,
        ),
        by=by,
    )  # fmt: skip
    other = ProviderFactory(region=made.region)
    ContractProduct.objects.create(
        contract=ContractFactory(region=made.region, provider=other), product=made.product,
        valid_from=date(2023, 1, 1),
    )  # fmt: skip
    for part in (
        TransitionStep(plan=plan, text="Gezinnen informeren", owner=by, due_on=today),
        TransitionOffer(
            plan=plan, provider=other, product_code="45A01", clients=12, from_day=today
        ),
    ):
        transition_domain.keep_part(part=part, by=by)
    transition_domain.move_plan(plan=plan, move="start", by=by)


def fill_ceilings(made: Made) -> None:
    """A ceiling that is nearly used, with an invitation; another about which nothing was said."""
    by, today = made.users[Role.CONTRACT_MANAGER], clock.today()
    SpendingCap.objects.create(contract=made.contract, year=2025, amount=Decimal(900_000))
    cap = SpendingCap.objects.get(contract=made.contract, year=2026)
    signal = ceiling_domain.report(cap=cap, used=Decimal(800_000), note="Wachtlijst", by=by)
    ceiling_domain.move_signal(signal=signal, move="invite", talk_on=today, by=by)


def signal_words(**words: Any) -> Any:
    found = first(CeilingSignal, path="cap__contract__region")
    return lambda made, world: {**found(made, world), **words}


def letter_words(kind: str) -> Any:
    found = first(CeilingLetter, path="signal__cap__contract__region")
    return lambda made, world: {**found(made, world), "kind": kind}


def in_plan(made: Made, world: World) -> dict[str, Any]:
    return {"plan": TransitionPlan.objects.get(region=made.region).pk}


def plan_words(**words: Any) -> Any:
    found = first(TransitionPlan, path="region")
    return lambda made, world: {**found(made, world), **words}


def vote_of_own(made: Made, world: World) -> dict[str, Any]:
    rows = CollegeVote.objects.filter(ballot__region=made.region)
    return {"pk": rows.get(municipality=made.municipalities[0]).pk}


def draft_ballot(made: Made, world: World) -> dict[str, Any]:
    return {"pk": Ballot.objects.get(region=made.region, state="draft").pk}


def fill_admission(made: Made) -> None:
    """An admission with evidence, a letter and an objection; and the rules it goes by."""
    by = made.users[Role.CONTRACT_MANAGER]
    OpenHouse.objects.create(region=made.region, state="open", valid_from=date(2024, 1, 1))
    EligibilityRequirement.objects.create(
        region=made.region,
        code="K1",
        kind="knock_out",
        text="De aanbieder onderschrijft de visie.",
        valid_from=date(2024, 1, 1),
    )
    row = admission_domain.apply_for(
        provider=made.provider, product=made.product, by=by, plan="Ons plan."
    )
    row.evidence.update(endorsed=True)
    for move in ("submit", "assess"):
        admission_domain.move_admission(admission=row, move=move, by=by)
    for role in (Role.CONTRACT_MANAGER, Role.POLICY_OFFICER):
        admission_domain.judge(
            admission=row,
            requirement=row.evidence.get().requirement,
            score=4,
            motivation="Dit moet beter.",
            by=made.users[role],
        )
    admission_domain.move_admission(admission=row, move="refuse", by=by, reason="Te weinig.")
    objections.object_to(
        letter=row.letters.get(kind="decision"),
        received_on=date(2026, 12, 1),
        grounds="Wel genoeg.",
        by=by,
    )
    other = ProductFactory(region=made.region)
    again = admission_domain.apply_for(provider=made.provider, product=other, by=by, plan="Ja.")
    again.evidence.update(endorsed=True)


def provider(made: Made, world: World) -> dict[str, Any]:
    return {"pk": made.provider.pk}


def in_provider(made: Made, world: World) -> dict[str, Any]:
    return {"provider": made.provider.pk}


def account(kind: str) -> Any:
    return lambda made, world: {"pk": made.provider.pk, "kind": kind}


def part(model: Any, **words: Any) -> Any:
    found = first(model, path="provider__region")
    return lambda made, world: {**found(made, world), **words}


def subject(made: Made, world: World) -> dict[str, Any]:
    return {"provider": made.provider.pk, "subject": "contact"}


def other_provider(made: Made, world: World) -> dict[str, Any]:
    return {"pk": world.extra[f"other-{made.region.slug}"].provider_id}


def contract(made: Made, world: World) -> dict[str, Any]:
    return {"pk": made.contract.pk}


def other_contract(made: Made, world: World) -> dict[str, Any]:
    return {"pk": world.extra[f"other-{made.region.slug}"].pk}


def in_contract(made: Made, world: World) -> dict[str, Any]:
    return {"contract": made.contract.pk}


phase = first(ContractPhase, path="contract__region")
contract_product = first(ContractProduct, path="contract__region")
cap = first(SpendingCap, path="contract__region")
bespoke = first(Tariff, path="contract__region")
clause = first(Clause, path="contract__region")
revision = first(ContractRevision, path="contract__region")
change = first(RevisionChange, path="revision__contract__region")
extension = first(ContractExtension, path="contract__region")
sanction = first(Sanction, path="contract__region")


def of_part(kind: str, row: Any = None, **names: Any) -> Any:
    """Words of an address with the kind of part, and other words by their own functions."""

    def words(made: Made, world: World) -> dict[str, Any]:
        found = {"part": kind, **(row(made, world) if row else {})}
        return found | {name: of(made, world)["pk"] for name, of in names.items()}

    return words


def step(work: str, move: str, row: Any) -> Any:
    return lambda made, world: {"work": work, "move": move, **row(made, world)}


def tariff(made: Made, world: World) -> dict[str, Any]:
    return {"pk": made.tariff.pk}


FILE = STAFF | {Role.PROVIDER}
APPLICANTS = MANAGERS | {Role.PROVIDER}
JUDGES = MANAGERS | {Role.POLICY_OFFICER, Role.CONTROLLER}
OWN = frozenset({Role.PROVIDER})
PARTS = {
    "contact": ProviderContact,
    "location": ProviderLocation,
    "provider-code": of_providers.ProviderCode,
    "holder": of_providers.AccountHolder,
    "subcontracting": of_providers.Subcontracting,
    "conversation": of_providers.ProviderConversation,
    "agreement": of_providers.ProviderAgreement,
    "incident": of_providers.ProviderIncident,
    "business-year": of_providers.BusinessYear,
    "provider-document": of_providers.ProviderDocument,
}

ADMISSION = [
    Row("begin", STAFF),
    Row("admissions"),
    Row("admission", FILE, first(Admission, path="region"), 404),
    Row("admission-add", APPLICANTS),
    Row("admission-plan", APPLICANTS, first(Admission, path="region")),
    Row(
        "admission-move",
        MANAGERS,
        lambda made, world: {**first(Admission, path="region")(made, world), "move": "re-assess"},
    ),
    Row("admission-contract", MANAGERS, first(Admission, path="region"), post=True),
    Row("admission-answer", APPLICANTS, first(Evidence, path="admission__region")),
    Row("admission-judge", JUDGES, first(Evidence, path="admission__region")),
    Row(
        "admission-letter",
        FILE,
        lambda made, world: {
            **first(AdmissionLetter, path="admission__region")(made, world),
            "kind": "pdf",
        },
        404,
        file=True,
    ),
    Row("objection-add", MANAGERS, first(AdmissionLetter, path="admission__region")),
    Row(
        "objection-move",
        MANAGERS,
        lambda made, world: {
            **first(AdmissionObjection, path="admission__region")(made, world),
            "move": "reject",
        },
    ),
    Row("open-house"),
    Row("open-house-add", MANAGERS),
    Row("open-house-change", MANAGERS, first(OpenHouse, path="region")),
    Row("open-house-remove", MANAGERS, first(OpenHouse, path="region")),
    Row("requirement-add", MANAGERS),
    Row("requirement-change", MANAGERS, first(EligibilityRequirement, path="region")),
    Row("requirement-remove", MANAGERS, first(EligibilityRequirement, path="region")),
]

VOTES = [
    Row("ballots", STAFF | {Role.EXECUTIVE}),
    Row("ballot", STAFF | {Role.EXECUTIVE}, first(Ballot, path="region"), 404),
    Row("ballot-add", MANAGERS),
    Row("ballot-change", MANAGERS, draft_ballot),
    Row(
        "ballot-move",
        MANAGERS,
        lambda made, world: {**draft_ballot(made, world), "move": "open"},
    ),
    Row(
        "vote-change",
        MANAGERS | {Role.POLICY_OFFICER, Role.EXECUTIVE},
        vote_of_own,
        unseen=frozenset(Role) - STAFF - {Role.EXECUTIVE},
    ),
    Row("voting-rule-add", MANAGERS),
    Row("voting-rule-change", MANAGERS, first(VotingRule, path="region")),
    Row("voting-rule-remove", MANAGERS, first(VotingRule, path="region")),
]

CHANGES = [
    Row("change-rounds", STAFF),
    Row("change-round", STAFF, first(ChangeRound, path="region")),
    Row(
        "change-round-step",
        MANAGERS,
        lambda made, world: {**first(ChangeRound, path="region")(made, world), "move": "apply"},
    ),
]
LOTS = [
    Row("lots"),
    Row("lot-add", MANAGERS),
    Row("lot-change", MANAGERS, first(Lot, path="region")),
    Row("lot-remove", MANAGERS, first(Lot, path="region")),
    Row("contract-policy", MANAGERS, lambda made, world: {"scheme": made.scheme.pk}),
]
SEES_PLAN = STAFF | {Role.EXECUTIVE, Role.ACCESS_TEAM, Role.PROVIDER}
TRANSITIONS = [
    Row("transitions"),
    Row("transition", SEES_PLAN, plan_words(), 404),
    Row("transition-add", MANAGERS),
    Row("transition-change", MANAGERS, plan_words()),
    Row("transition-count", MANAGERS, plan_words(), post=True),
    Row("transition-move", MANAGERS, plan_words(move="drop")),
    Row("transition-paper", STAFF, plan_words(kind="pdf"), 404, file=True),
    Row("transition-paper", STAFF, plan_words(kind="docx"), 404, file=True),
    Row("transition-step-add", MANAGERS, in_plan),
    Row(
        "transition-step-change",
        MANAGERS,
        first(TransitionStep, path="plan__region"),
        unseen=frozenset(Role) - SEES_PLAN,
    ),
    Row("transition-step-remove", MANAGERS, first(TransitionStep, path="plan__region")),
    Row("offer-add", MANAGERS, in_plan),
    Row("offer-change", MANAGERS, first(TransitionOffer, path="plan__region")),
    Row("offer-remove", MANAGERS, first(TransitionOffer, path="plan__region")),
]

CEILINGS = [
    Row("ceiling-signals"),
    Row("ceiling-signal", READERS, signal_words(), 404),
    Row("ceiling-report", MANAGERS | {Role.PROVIDER}),
    Row("ceiling-move", MANAGERS, signal_words(move="talk"), unseen=UNSEEN),
    Row("ceiling-letter", READERS, letter_words("pdf"), 404, file=True),
    Row("ceiling-letter", READERS, letter_words("docx"), 404, file=True),
]


def check_words(**words: Any) -> Any:
    found = first(ComplianceCheck, path="standard__region")
    return lambda made, world: {**found(made, world), **words}


CHECKERS = MANAGERS | {Role.POLICY_OFFICER}
SEES_CHECKS = STAFF | {Role.EXECUTIVE}
COMPLIANCE = [
    Row("compliance"),
    Row("compliance-check", SEES_CHECKS, check_words(), 404),
    Row("compliance-add", CHECKERS, lambda made, world: {"kind": "contract"}),
    Row("compliance-paper", SEES_CHECKS, check_words(kind="pdf"), 404, file=True),
    Row("compliance-paper", SEES_CHECKS, check_words(kind="docx"), 404, file=True),
    Row("compliance-move", CHECKERS, check_words(move="drop")),
    Row("compliance-judge", CHECKERS, first(ComplianceAnswer, path=POINT)),
]

PAGES = [
    *ADMISSION,
    *COMPLIANCE,
    *CEILINGS,
    *VOTES,
    *TRANSITIONS,
    *CHANGES,
    *LOTS,
    Row("providers"),
    Row("provider", HERE, provider, 404),
    Row("provider", HERE - {Role.PROVIDER}, other_provider, 404),
    Row("provider-add", MANAGERS),
    Row("provider-change", MANAGERS, provider),
    Row("provider-remove", MANAGERS, provider),
    Row("provider-signals"),
    Row("provider-proposals"),
    Row("business-norms", MANAGERS),
    Row("provider-contact", FILE, provider, 404),
    Row("provider-trust", FILE, provider, 404),
    Row("provider-documents", FILE, provider, 404),
    Row("provider-account", FILE, account("pdf"), 404, file=True),
    Row("provider-account", FILE, account("docx"), 404, file=True),
    Row(
        "provider-document-file",
        FILE,
        part(of_providers.ProviderDocument, number=1),
        404,
        file=True,
    ),
    *(
        row
        for name, model in PARTS.items()
        for row in (
            Row(f"{name}-add", MANAGERS, in_provider),
            Row(f"{name}-change", MANAGERS, part(model)),
            Row(f"{name}-remove", MANAGERS, part(model)),
        )
    ),
    Row("conversation-move", MANAGERS, part(of_providers.ProviderConversation, move="hold")),
    Row("agreement-move", MANAGERS, part(of_providers.ProviderAgreement, move="finish")),
    Row("incident-move", MANAGERS, part(of_providers.ProviderIncident, move="close")),
    Row("proposal-move", MANAGERS, part(of_providers.ChangeProposal, move="accept")),
    Row("proposal-add", OWN, subject),
    Row("proposal-change", OWN, part(ProviderContact, subject="contact")),
    Row("proposal-removal", OWN, part(ProviderContact, subject="contact")),
    Row("contracts"),
    Row("contract", READERS, contract, 404),
    Row("contract", READERS - {Role.PROVIDER}, other_contract, 404),
    Row("contract-add", MANAGERS),
    Row("contract-change", MANAGERS, contract),
    Row("contract-reading", READERS, contract, 404),
    Row("contract-difference", READERS, contract, 404),
    Row("contract-step", MANAGERS, step("contract", "withdraw_notice", contract), unseen=UNSEEN),
    Row(
        "contract-step",
        MANAGERS,
        step("verplichting", "meet", first(Obligation, path=OF)),
        unseen=UNSEEN,
    ),
    Row("part-add", MANAGERS, of_part("clausule", contract=contract)),
    Row("part-add", MANAGERS, of_part("transformatie", contract=contract)),
    Row("part-change", MANAGERS, of_part("clausule", clause)),
    Row("part-remove", MANAGERS, of_part("clausule", clause)),
    Row("sanction-add", MANAGERS, in_contract),
    Row("sanction-change", MANAGERS, sanction),
    Row("extension-propose", MANAGERS, in_contract),
    Row("extension-test", MANAGERS, extension),
    Row("revision", READERS - {Role.PROVIDER}, revision, 404),  # a draft
    Row("revision-add", MANAGERS, in_contract),
    Row(
        "addendum",
        READERS - {Role.PROVIDER},
        lambda made, world: {**revision(made, world), "kind": "pdf"},
        404,
        file=True,
    ),
    Row("revision-change", MANAGERS, revision),
    Row("revised-part-add", MANAGERS, of_part("contract", revision=revision)),
    Row("revised-part-add", MANAGERS, of_part("product", revision=revision)),
    Row("revised-part-change", MANAGERS, of_part("fase", phase, revision=revision)),
    Row("revised-part-end", MANAGERS, of_part("fase", phase, revision=revision)),
    Row("revised-part-undo", MANAGERS, change),
    Row("phase-add", MANAGERS, in_contract),
    Row("phase-change", MANAGERS, phase),
    Row("phase-remove", MANAGERS, phase),
    Row("contract-product-add", MANAGERS, in_contract),
    Row("contract-product-change", MANAGERS, contract_product),
    Row("contract-product-remove", MANAGERS, contract_product),
    Row("cap-add", MANAGERS, in_contract),
    Row("cap-change", MANAGERS, cap),
    Row("cap-remove", MANAGERS, cap),
    Row("bespoke-tariff-add", MANAGERS, in_contract),
    Row("bespoke-tariff-change", MANAGERS, bespoke),
    Row("bespoke-tariff-remove", MANAGERS, bespoke),
    Row("tariff", HERE, tariff, 404),
    Row("tariff-components", MANAGERS, tariff),
    Row("indexation", STAFF),
    Row("index-figure-add", MANAGERS),
    Row("index-figure-change", MANAGERS, first(IndexFigure, path="region")),
    Row("index-figure-remove", MANAGERS, first(IndexFigure, path="region")),
    Row("index-rule-add", MANAGERS),
    Row("index-rule-change", MANAGERS, first(IndexationRule, path="region")),
    Row("indexation-run-add", MANAGERS),
    Row("indexation-run", STAFF, first(IndexationRun, path="region")),
    Row("indexation-run-step", MANAGERS, run_step),
    Row("tariffs"),
    Row("tariff-add", MANAGERS),
    Row("tariff-change", MANAGERS, tariff),
    Row("tariff-remove", MANAGERS, tariff),
    Row("scheme-phase-add", MANAGERS, lambda made, world: {"scheme": made.scheme.pk}),
    Row("scheme-phase-change", MANAGERS, first(SchemePhase)),
    Row("scheme-phase-remove", MANAGERS, first(SchemePhase)),
]
