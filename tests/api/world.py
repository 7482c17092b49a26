"""A region with at least one row of everything that the API shows, and a user per role."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from care.models import (
    AllocationRecord,
    DeclarationLine,
    IndicatorDelivery,
    Instalment,
    Message,
    OutcomeMeasurement,
    StayPlacement,
    Trajectory,
)
from core import clock
from core.audit.models import Look
from core.documents.domain import add_document, store
from core.documents.models import Document
from core.intake.enums import FileState, RunState
from core.intake.models import IntakeFile, IntakeRun, Rejection
from core.jobs.enums import JobState
from core.jobs.models import Job
from core.periods import HalfYear
from core.tasks.api import add_task
from core.ui.kinds import kind_of
from finance.domain.projection_result import Band, Projection, Series, TurningPoint
from finance.models import (
    AllocationKey,
    Budget,
    BudgetShift,
    Deviation,
    IncomeFromState,
    IndexRule,
    LineFinding,
    Measure,
    ProjectionRun,
    ProviderIndication,
    SavingsSeries,
    SavingsYear,
    Scenario,
    Settlement,
    ShiftRule,
    VolumeTarget,
)
from monitoring.domain.cases.moving import move_case
from monitoring.domain.cases.opening import open_case
from monitoring.domain.cases.signals import record_signal
from monitoring.domain.rounds.asking import ask_round
from monitoring.domain.steering import rows as steering
from monitoring.models import (
    FigureSet,
    IndicatorValue,
    InquiryFollower,
    MitigationMeasure,
    Pattern,
    PatternRun,
)
from procurement.domain import admission as admissions
from procurement.domain import changing, compliance, indexing, objections, transition, voting
from procurement.models import (
    Ballot,
    CeilingSignal,
    Contract,
    ContractExtension,
    ContractRevision,
    EligibilityRequirement,
    IndexationRule,
    Lot,
    Obligation,
    OpenHouse,
    PlanAttachment,
    Sanction,
    SpendingCap,
    TransitionPlan,
    TransitionStep,
    VotingRule,
)
from providers import models as of_providers
from providers.domain.supply import impose_stop
from providers.models import (
    CrisisReport,
    OutsidePlacement,
    PlaceStatement,
    ProviderLocation,
    WaitStatement,
)
from regions.models import MunicipalityGroup, SubRegion, YouthPopulation
from reports.enums import EditionKind, EditionState
from reports.models import Edition, EditionTheme
from segments.models import (
    DevelopmentTask,
    GoalIndicator,
    Movement,
    SegmentParticipation,
    SegmentTrait,
    Target,
)
from tests.factories import IndicatorDefinitionFactory, Made, a_region, a_standard, with_users
from tests.monitoring.steering.build import (
    a_risk,
    a_session,
    an_agreed_set,
    an_assessment,
    an_initiative,
    an_inquiry,
    judge_provider,
    weigh,
)
from tests.procurement.policy import with_policy

JANUARY = date(2025, 1, 1)
A_PDF = b"%PDF-1.7\n1 0 obj\n"

# Kinds of which the API has a resource by the same name.
KINDS = (
    "onderwerp", "opdrachtregel", "voorstelonderdeel", "thema", "bekostigingscriterium", "toetsing",
    "uitgesloten", "bekostigingskeuze", "bekostigingsonderdeel", "procedurecriterium",
    "procedureweging", "procedurekeuze",
    "marktfeit", "procedure", "planstap", "agendapunt", "ontwikkeltafel", "tafellid", "vraagstuk",
    "standpunt", "toezegging",
)  # fmt: skip


@dataclass
class World:
    made: Made
    # Name of a resource to the keys of its row.
    keys: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def region(self):
        return self.made.region

    def user(self, role):
        return self.made.users[role]


def a_world(slug: str = "noord", place: int = 1) -> World:
    made = with_users(a_region(slug=slug, name=f"Regio {slug}"))
    world = World(made)
    _framework(world)
    _file(world)
    _votes(world)
    _policy(world)
    _money(world)
    _work(world)
    _care(world, place)
    _figures(world)
    _steering_of_money(world)
    _round(world)
    _cases(world)
    _steering(world)
    return world


def _steering(world: World) -> None:
    """A concluded session with everything that hangs on it."""
    made = world.made
    session = a_session(made, "judging")
    judge_provider(session, made.provider, made.users["policy_officer"])
    a_session(made, "concluded")
    risk, assessment, inquiry = a_risk(made), an_assessment(made), an_inquiry(made)
    by = made.users["contract_manager"]
    measure = steering.keep(row=MitigationMeasure(risk=risk, text="Overleggen"), by=by)
    for move in ("examine", "spread"):
        steering.take(row=inquiry, move=move, by=by, reason="Werkt goed.")
    follower = InquiryFollower(
        inquiry=inquiry, provider=made.provider, what="De planning", since=clock.today()
    )
    agreed = an_agreed_set(made)
    row = agreed.rows.earliest("pk")
    world.keys |= {
        "afgesprokenset": {"pk": agreed.agreed_set_id},
        "afgesprokenversie": {"pk": agreed.pk},
        "afgesprokenindicator": {"pk": row.pk},
        "afgesprokenstreefwaarde": {"pk": row.targets.earliest("pk").pk},
        "risico": {"pk": risk.pk},
        "inschatting": {"pk": weigh(made, risk, 3, 3).pk},
        "beheersmaatregel": {"pk": measure.pk},
        "teamkenmerk": {"pk": assessment.scores.first().feature_id},
        "zelfbeoordeling": {"pk": assessment.pk},
        "kenmerkscore": {"pk": assessment.scores.first().pk},
        "verkenning": {"pk": inquiry.pk},
        "volger": {"pk": steering.keep(row=follower, by=by).pk},
        "initiatief": {"pk": an_initiative(made).pk},
        "duiding": {"pk": session.pk},
        "lezing": {"pk": session.readings.first().pk},
        "oordeel": {"pk": session.judgements.get(code="").pk},
        "aanbiederoordeel": {"pk": session.provider_judgements.get().pk},
        "sturingsbesluit": {"pk": session.decisions.get().pk},
        "verwijsadvies": {"pk": made.provider.pk},
    }


def _framework(world: World) -> None:
    made, region = world.made, world.region
    segment, municipality = made.segments[0], made.municipalities[0]
    SubRegion.objects.create(region=region, name="Kust")
    group = MunicipalityGroup.objects.create(region=region, code="H2")
    group.municipalities.set(made.municipalities)
    SegmentParticipation.objects.create(
        segment=segment, municipality=municipality, participation="none"
    )
    SegmentTrait.objects.create(
        scheme=made.scheme, segment=segment, kind="bottleneck", text="lange wachttijd"
    )
    scope = SegmentTrait.objects.create(
        scheme=made.scheme, kind="out_of_scope", text="LTA", reason="landelijk ingekocht"
    )
    movement = Movement.objects.create(scheme=made.scheme, title="Van zwaar naar licht")
    movement.goals.add(made.goal)
    task = DevelopmentTask.objects.create(segment=segment, text="Meer hulp thuis")
    indicator = IndicatorDefinitionFactory(region=region)
    GoalIndicator.objects.create(goal=made.goal, indicator=indicator)
    target = Target.objects.create(
        indicator=indicator, scheme=made.scheme, kind="number", value=Decimal("0.1")
    )
    ProviderLocation.objects.create(provider=made.provider, name="Hoofdlocatie")
    cap = SpendingCap.objects.create(contract=made.contract, year=2025, amount=Decimal("100000"))
    signal = CeilingSignal.objects.create(
        cap=cap, source="figures", used_then=Decimal(80_000), used=Decimal(80_000)
    )
    check = compliance.begin_check(
        standard=a_standard(region), subject=made.contract, by=made.users["contract_manager"]
    )
    todo = add_task(
        tenant_id=region.pk, title="Bellen", due=date(2026, 12, 1), team="contract_manager",
        by=made.users["contract_manager"],
    )  # fmt: skip
    world.keys |= {
        "actiepunt": {"pk": todo.pk},
        "norm": {"pk": check.standard_id},
        "nalevingstoets": {"pk": check.pk},
        "nalevingspunt": {"pk": check.answers.get(number=1).pk},
        "plafondsignaal": {"pk": signal.pk},
        "regio": {"pk": region.pk},
        "gemeente": {"pk": municipality.pk},
        "lidmaatschap": {"pk": region.memberships.first().pk},
        "groep": {"pk": group.pk},
        "gebruiker": {"pk": made.users["policy_officer"].pk},
        "rol": {"pk": made.users["policy_officer"].role_assignments.get().pk},
        "segmentindeling": {"pk": made.scheme.pk},
        "verantwoording": {"pk": made.scheme.pk},
        "beweging": {"pk": movement.pk},
        "kenmerk": {"pk": scope.pk},
        "segment": {"pk": segment.pk},
        "doel": {"pk": made.goal.pk},
        "ontwikkelopgave": {"pk": task.pk},
        "product": {"pk": made.product.pk},
        "productplaats": {"pk": made.scheme.placements.first().pk},
        "categorie": {"pk": made.scheme.categories.first().pk},
        "indicator": {"pk": indicator.pk},
        "streefwaarde": {"pk": target.pk},
        "aanbieder": {"pk": made.provider.pk},
        "contract": {"pk": made.contract.pk},
        "tarief": {"pk": made.tariff.pk},
        "plafond": {"pk": cap.pk},
        **_agreements(made.contract),
    }


def _file(world: World) -> None:
    """One row of every part of a provider's file."""
    by = world.made.users["contract_manager"]
    of = {"provider": world.made.provider}
    paper = store(
        title="Certificaat", content=b"%PDF-1.7", file_name="c.pdf", tenant_id=world.region.pk,
        content_type="application/pdf",
    )  # fmt: skip
    rows = {
        "contactpersoon": of_providers.ProviderContact(name="Loes Bakker", **of),
        "accounthouder": of_providers.AccountHolder(
            side="region", user=by, valid_from=JANUARY, **of
        ),
        "accountgesprek": of_providers.ProviderConversation(
            subject="Gesprek", planned_on=JANUARY, **of
        ),
        "aanbiedersafspraak": of_providers.ProviderAgreement(
            text="Plan", owner=by, due_on=JANUARY, **of
        ),
        "aanbiedersincident": of_providers.ProviderIncident(
            kind="other", title="Voorval", known_on=JANUARY, **of
        ),
        "boekjaar": of_providers.BusinessYear(
            year=2024, revenue=Decimal(100), result=Decimal(1), **of
        ),
        "onderaannemer": of_providers.Subcontracting(
            name="Zzp", work="Dyslexie", valid_from=JANUARY, **of
        ),
        "aanbiedersdocument": of_providers.ProviderDocument(
            document=paper.document, kind="quality", title="Certificaat", **of
        ),
        "wijzigingsvoorstel": of_providers.ChangeProposal(
            subject="contact", values={"name": "Jan"}, **of
        ),
    }
    for name, row in rows.items():
        row.save()
        world.keys[name] = {"pk": row.pk}
    world.keys["document"] = {"pk": _a_document(world).pk}
    _admission(world, by)


def _a_document(world: World) -> Document:
    kept = Document(
        tenant_id=world.region.pk, subject="contract", subject_id=world.made.contract.pk,
        title="Verslag", confidentiality="internal",
    )  # fmt: skip
    return add_document(document=kept, file=SimpleUploadedFile("verslag.pdf", A_PDF), by=None)


def _admission(world: World, by: Any) -> None:
    made, region = world.made, world.region
    house = OpenHouse.objects.create(region=region, state="open", valid_from=JANUARY)
    need = EligibilityRequirement.objects.create(
        region=region, code="K1", kind="content", text="Een eis", valid_from=JANUARY
    )
    row = admissions.apply_for(provider=made.provider, product=made.product, by=by, plan="Plan")
    for move in ("submit", "assess"):
        admissions.move_admission(admission=row, move=move, by=by)
    judgement = admissions.judge(
        admission=row, requirement=need, score=2, motivation="Te weinig.", by=by
    )
    admissions.move_admission(admission=row, move="refuse", by=by, reason="Te weinig.")
    objection = objections.object_to(
        letter=row.letters.get(kind="decision"), received_on=clock.today(), grounds="Toch.", by=by
    )
    world.keys |= {
        "toelatingsstand": {"pk": house.pk},
        "geschiktheidseis": {"pk": need.pk},
        "toelating": {"pk": row.pk},
        "toelatingsbewijs": {"pk": row.evidence.get().pk},
        "toelatingsoordeel": {"pk": judgement.pk},
        "toelatingsbezwaar": {"pk": objection.pk},
    }


def _agreements(contract: Contract) -> dict[str, dict[str, Any]]:
    day = date(2026, 3, 1)
    revision = ContractRevision.objects.create(
        contract=contract, number=1, title="Andere naam", reason_code="policy",
        explanation="Nieuwe strategie", effective_from=date(2027, 1, 1),
    )  # fmt: skip
    extension = ContractExtension.objects.create(
        contract=contract, number=1, months=48, previous_end=contract.end_date,
        new_end=date(2035, 1, 1),
    )  # fmt: skip
    obligation = Obligation.objects.create(contract=contract, title="Jaarplan", due=day)
    sanction = Sanction.objects.create(
        contract=contract, kind="reclaim", ground="Te veel betaald", starts_on=day
    )
    found = {
        "herziening": revision, "verlenging": extension, "verplichting": obligation,
        "sanctie": sanction,
    }  # fmt: skip
    return {name: {"pk": row.pk} for name, row in found.items()}


def _votes(world: World) -> None:
    made, by = world.made, world.made.users["contract_manager"]
    rule = VotingRule.objects.create(
        region=world.region, subject="provider", electorate="region", valid_from=JANUARY
    )
    ballot = voting.keep_ballot(
        ballot=Ballot(
            region=world.region, subject="provider", provider=made.provider, ending="notice",
            last_day=clock.today() + timedelta(days=400), motivation="Geen transformatie.",
        ),
        by=by,
    )  # fmt: skip
    voting.move_ballot(ballot=ballot, move="open", by=by)
    today = clock.today()
    plan = transition.keep_plan(
        plan=TransitionPlan(
            region=world.region, provider=made.provider, reason="not_again", approach="Warm.",
            starts_on=today, ends_on=today + timedelta(days=200),
        ),
        by=by,
    )  # fmt: skip
    step = TransitionStep(plan=plan, text="Bellen", owner=by, due_on=today)
    transition.keep_part(part=step, by=by)
    transition.move_plan(plan=plan, move="start", by=by)
    changes = changing.prepare_changes(
        region=world.region, kind="end_date", contracts=[made.contract],
        values={"last_day": "2032-12-31"}, reason="Beleid", by=by,
    )  # fmt: skip
    IndexationRule.objects.create(region=world.region, kind="flat", flat_percentage=Decimal(2))
    run = indexing.prepare_run(region=world.region, year=2027, by=by)
    world.keys |= {
        "contractwijziging": {"pk": changes.pk},
        "indexeringsronde": {"pk": run.pk},
        "overgangsplan": {"pk": plan.pk},
        "overgangsstap": {"pk": step.pk},
        "stemregel": {"pk": rule.pk},
        "stemming": {"pk": ballot.pk},
        "stem": {"pk": ballot.votes.first().pk},
    }


def _policy(world: World) -> None:
    policy, region = with_policy(world.made), world.region
    world.keys |= {
        "inkooporganisatie": {"pk": region.purchasers.get().pk},
        "bestuursorgaan": {"pk": region.bodies.get().pk},
        "ketenpartner": {"pk": region.partners.get().pk},
        "herindeling": {"pk": region.mergers.get().pk},
        "kader": {"pk": policy.framework.pk},
        "plan": {"pk": policy.plan.pk},
        "hoofdstuk": {"pk": policy.chapter.pk},
        "bijlage": {"pk": _with_file(policy.plan.attachments.get()).pk},
        "verband": {"pk": policy.chapter.links_up.get().pk},
        "raadsvoorstel": {"pk": policy.proposal.pk},
        "besluit": {"pk": policy.decision.pk},
        "motie": {"pk": region.motions.get().pk},
        "raadsvraag": {"pk": region.council_questions.get().pk},
        "bijeenkomst": {"pk": region.meetings.get().pk},
        "consultatie": {"pk": policy.consultation.pk},
        "opmerking": {"pk": policy.remark.pk},
    } | {code: _first_of(code, region) for code in KINDS}


def _with_file(row: PlanAttachment) -> PlanAttachment:
    row.file = store(
        title=row.title, content=A_PDF, file_name="bijlage.pdf", content_type="application/pdf",
        tenant_id=row.plan.region_id, confidentiality=row.confidentiality,
    ).document  # fmt: skip
    row.save()
    return row


def _first_of(code: str, region: Any) -> dict[str, Any]:
    """The first row of a registered kind in a region."""
    kind = kind_of(code)
    assert kind is not None
    rows = kind.model._default_manager.filter(**{kind.tenant_path: region})
    return {"pk": rows.order_by("pk").values_list("pk", flat=True)[0]}


def _money(world: World) -> None:
    region, scheme = world.region, world.made.scheme
    budget = Budget.objects.create(
        region=region, year=2025, status="adopted", amount=Decimal("1000000")
    )
    key = AllocationKey.objects.create(
        region=region, name="Jeugdigen", first_year=2026, weight_population=100
    )
    savings = SavingsSeries.objects.create(region=region, code="hervorming", name="Hervorming")
    SavingsYear.objects.create(series=savings, year=2026, amount=Decimal("-1.5"))
    index = IndexRule.objects.create(
        region=region, year=2026, percentage=Decimal("3.10"), certainty="stated"
    )
    projection = ProjectionRun.objects.create(
        region=region,
        scheme=scheme,
        title="Prognose",
        as_of=date(2025, 6, 30),
        until=date(2026, 1, 1),
        seed=1,
        paths=100,
        code_version="1",
        inputs={},
        result=a_projection().as_json(),
        result_checksum="c" * 64,
        finished_at=clock.now(),
    )
    world.keys |= {
        "begroting": {"pk": budget.pk},
        "verdeelsleutel": {"pk": key.pk},
        "besparingsreeks": {"pk": savings.pk},
        "indexering": {"pk": index.pk},
        "prognose": {"pk": projection.pk},
    }


def _steering_of_money(world: World) -> None:
    """After the care: a deviation is about a line."""
    made, region = world.made, world.region
    place, of_2026 = made.municipalities[0], {"region": region, "year": 2026}
    income = IncomeFromState.objects.create(
        **of_2026, circular="Meicirculaire", amount=50_000, status="estimate"
    )
    indication = ProviderIndication.objects.create(**of_2026, provider=made.provider, amount=20_000)
    volume = VolumeTarget.objects.create(**of_2026, municipality=place, most=12)
    rule = ShiftRule.objects.create(
        region=region, name="Tien procent", first_year=2026, most_percent=10,
        decided_by="het bestuurlijk overleg",
    )  # fmt: skip
    lots = (Lot.objects.create(region=region, code=code, name=code) for code in ("PA", "PB"))
    here, there = (
        Budget.objects.create(
            **of_2026, status="adopted", amount=9_000, subject="Percelen", lot=lot
        )
        for lot in lots
    )
    shift = BudgetShift.objects.create(
        region=region, rule=rule, from_budget=here, to_budget=there, amount=500, reason="Vraag."
    )
    settlement = Settlement.objects.create(
        **of_2026, contract=made.contract, segment="S1", agreed=8_000, margin=5
    )
    deviation = Deviation.objects.create(
        region=region, provider=made.provider.agb_code, kind="tariff_high", care_month=JANUARY,
        lines=1, amount=30,
    )  # fmt: skip
    line = DeclarationLine.objects.filter(region_id=region.pk).earliest("pk")
    LineFinding.objects.create(
        region_id=region.pk, deviation=deviation, line=line.pk, kind="tariff_high",
        at_stake_cents=30_00, expected_cents=62_40,
    )  # fmt: skip
    measure = Measure.objects.create(
        region=region,
        code="m1",
        name="Minder instroom",
        driver="inflow",
        starts_on=JANUARY,
        sureness="assumed",
        direction="cheaper",
    )
    scenario = Scenario.objects.create(
        region=region, name="Besparen", version=1,
        projection_id=world.keys["prognose"]["pk"],
    )  # fmt: skip
    rows = {
        "rijksinkomst": income, "budgetindicatie": indication, "volumeafspraak": volume,
        "verschuivingsregel": rule, "verschuiving": shift, "afrekening": settlement,
        "afwijking": deviation, "maatregel": measure, "scenario": scenario,
    }  # fmt: skip
    world.keys |= {name: {"pk": row.pk} for name, row in rows.items()}


def _round(world: World) -> None:
    definition = IndicatorDefinitionFactory(
        region=world.region, code="employees", name="Tevreden medewerkers", is_computed=False
    )
    asked = ask_round(
        region=world.region, half_year=HalfYear(2025, 1), due_on=date(2099, 8, 31), minutes=30,
        by=world.user("contract_manager"), questions=[(definition, None)],
        providers=[world.made.provider],
    )  # fmt: skip
    world.keys["aanleverronde"] = {"pk": asked.deliveries.get().pk}
    world.keys["uitvraag"] = {"pk": asked.pk}


def a_projection() -> Projection:
    """One year of the region as a whole, 100 euros a month."""
    first = 2025 * 12
    months, year = (10_000,) * 12, (120_000,)
    point = TurningPoint(None, ((2025, 0.0),))
    series = Series(
        None, None, months, months, (0,) * 12, Band(*(months,) * 4),
        year, year, (0,), Band(*(year,) * 4),
    )  # fmt: skip
    return Projection(
        first=first,
        as_of=first + 5,
        last=first + 11,
        whole_years=(2025,),
        series=(series,),
        methods=(),
        turning_point=point,
        turning_point_without_savings=point,
        seed=1,
        paths=100,
        inputs_checksum="a" * 64,
    )


def _work(world: World) -> None:
    region, by = world.region, world.made.users["regional_admin"]
    job = Job.objects.create(
        kind="test.klaar", title="Iets maken", tenant_id=region.pk, requested_by=by,
        state=JobState.DONE, finished_at=clock.now(),
    )  # fmt: skip
    run = IntakeRun.objects.create(
        tenant_id=region.pk, number=1, form_code="ijw", title="Berichten", requested_by=by,
        state=RunState.DONE, finished_at=clock.now(), job=job, offered=2, accepted=1, rejected=1,
    )  # fmt: skip
    IntakeFile.objects.create(
        run=run, number=1, name="jw301.xml", state=FileState.PARTLY, offered=2, rejected=1
    )
    Rejection.objects.create(run=run, file_no=1, rule="datum", message="Geen datum", record_no=2)
    pdf = store(
        title="Rapport", content=b"%PDF-1.7 test", file_name="rapport.pdf",
        content_type="application/pdf", tenant_id=region.pk,
    )  # fmt: skip
    edition = Edition.objects.create(
        region=region, kind=EditionKind.COUNCIL_REGION, half_year="2025-H1",
        scheme=world.made.scheme, known_on=date(2025, 9, 1), cutoff_run=1, code_version="1",
        content={}, checksum="b" * 64, pdf=pdf, state=EditionState.PUBLISHED,
    )  # fmt: skip
    theme = EditionTheme.objects.create(region=region, primary="#08343d", accent="#f4b942")
    Look.objects.create(tenant_id=region.pk, user=by, what="proef", rows=1)
    world.keys |= {
        "huisstijl": {"pk": theme.pk},
        "taak": {"pk": job.pk},
        "aanlevering": {"pk": run.pk},
        "editie": {"pk": edition.pk},
    }


def _care(world: World, place: int) -> None:
    add_care(world, client=bytes([place]) * 16)
    region = {"region_id": world.region.pk, "run": 1}
    provider = {"provider": world.made.provider.agb_code}
    gm_code = world.made.municipalities[0].gm_code
    key = {**region, **provider, "municipality": gm_code, "allocation_number": 1}
    client = {"client": bytes([place]) * 16}
    OutcomeMeasurement.objects.create(
        **key, **client, measured_on=JANUARY, informant="parent", mark=7, goal_reached=True
    )
    StayPlacement.objects.create(**key, **client, place="0518")
    Instalment.objects.create(
        **region, **provider, municipality=gm_code, segment="S1", period_from=JANUARY,
        period_to=date(2025, 2, 1), amount=Decimal("1250.5"),
    )  # fmt: skip
    IndicatorDelivery.objects.create(
        **region, **provider, indicator="tevreden", half_year="2025-H1", numerator=8,
        denominator=10,
    )  # fmt: skip
    Message.objects.create(
        **region, seq=1, dagtekening=JANUARY, file_name="jw301.xml", state="accepted", code="301",
        sender=gm_code, receiver=provider["provider"], identification=f"k{place}",
        digest=bytes(32), offered=1,
    )  # fmt: skip
    youth = YouthPopulation.objects.create(
        region=world.region, municipality=gm_code, counted_on=JANUARY, count=21_000
    )
    world.keys["jeugdigenaantal"] = {"pk": youth.pk}


def add_care(world: World, *, client: bytes, number: int = 1, run: int = 1, seq: int = 1) -> None:
    key = {
        "region_id": world.region.pk,
        "municipality": world.made.municipalities[0].gm_code,
        "provider": world.made.provider.agb_code,
        "allocation_number": number,
        "client": client,
    }
    received = {"run": run, "seq": seq, "dagtekening": JANUARY}
    AllocationRecord.objects.create(
        **key, **received, allocated_on=JANUARY, valid_from=JANUARY, category="45", product="45A01"
    )
    Trajectory.objects.create(
        **key, allocated_on=JANUARY, valid_from=JANUARY, category="45", product="45A01"
    )
    DeclarationLine.objects.create(
        **key, **received, key=f"00000000-0000-0000-0000-{world.region.pk:04d}{run:03d}{seq:05d}",
        reference=f"r{seq}", begin_on=JANUARY, end_on=date(2025, 1, 31), volume=60, unit="01",
        tariff_cents=154, amount_cents=9240,
    )  # fmt: skip


SCOPE = {
    "code": "dropout_rate", "party": "provider", "cells": 1, "too_small": 0, "needed": 90,
    "between": 0.0, "within": 0.0, "found": 1,
}  # fmt: skip


def _figures(world: World) -> None:
    figures = FigureSet.objects.create(
        region=world.region, half_year="2025-H1", scheme=world.made.scheme,
        scheme_on=date(2025, 6, 30), known_on=date(2025, 9, 1), cutoff_run=1, code_version="1",
        checksum="d" * 64,
    )  # fmt: skip
    IndicatorValue.objects.create(
        figure_set=figures, code="clients", numerator=120, value=120, cases=120
    )
    world.keys["cijferset"] = {"pk": figures.pk}
    run = PatternRun.objects.create(
        region=world.region, figure_set=figures, method="1", half_years=["2025-H1"],
        comparisons=1, rate=0.15,
        scopes=[SCOPE],
    )  # fmt: skip
    course = [[f"202{2 + n // 2}-H{1 + n % 2}", 10 + 9 * (n == 5), 100, 0.1] for n in range(7)]
    pattern = Pattern.objects.create(
        run=run, code="dropout_rate", theme="outcome", segment="S1", rule="funnel",
        provider=world.made.provider.agb_code, finding="conversation", is_higher=True,
        numerator=19, denominator=100, expected=0.1, low=0.05, high=0.15, p=0.001, q=0.05,
        course=course,
    )  # fmt: skip
    world.keys |= {"patroon": {"pk": pattern.pk}, "zoektocht": {"pk": run.pk}}


def _cases(world: World) -> None:
    by, provider = world.made.users["contract_manager"], world.made.provider
    signal = record_signal(
        provider=provider, theme="waiting", text="Lang wachten.", source="contract_management",
        by=by,
    )  # fmt: skip
    case = open_case(provider=provider, theme="transformation", title="Lange duur", by=by)
    move_case(case=case, move="start_dialogue", by=by)
    stop = impose_stop(provider=provider, ground="danger", reason="Onveilig", by=by)
    wait = WaitStatement.objects.create(provider=provider, product_code="45A01", known="unknown")
    places = PlaceStatement.objects.create(provider=provider, kind="stay", capacity=8, free=2)
    world.keys |= {
        "clientenstop": {"pk": stop.pk},
        "wachttijd": {"pk": wait.pk},
        "plek": {"pk": places.pk},
    }
    world.keys |= {"zaak": {"pk": case.pk}, "signaal": {"pk": signal.pk}}
    place = {"region": world.region, "municipality": world.made.municipalities[0]}
    crisis = CrisisReport.objects.create(reported_at=clock.now(), **place)
    outside = OutsidePlacement.objects.create(where="Elders", reason="safety", **place)
    world.keys |= {"crisismelding": {"pk": crisis.pk}, "buitenplaatsing": {"pk": outside.pk}}
    world.keys["procesafspraak"] = {"pk": case.process_id}
