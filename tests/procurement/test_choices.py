"""How a region chooses: what ticks suggest, what people decide, and what follows."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from core.errors import DomainError, NotAllowed
from core.packs import load_pack
from core.writing import Table
from procurement.domain import papers, policy
from procurement.domain.choosing import Finding, Tick, leaning, suggestion
from procurement.domain.planning import Planned, notices_due, warnings
from procurement.models import (
    CriterionAssessment,
    DevelopmentTable,
    FundingChoice,
    FundingPart,
    PlanStep,
    Procedure,
    ProcedureChoice,
    ProcedureCriterion,
    TableIssue,
)
from procurement.queries.leaning import told_leaning
from tests.factories import a_region, with_users
from tests.states import every_pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return with_users(a_region())


def ready(model, made):
    segment = made.segments[0]
    if model is FundingChoice:
        return FundingChoice.objects.create(segment=segment, form="task_based", explanation="Zo.")
    if model is ProcedureChoice:
        return ProcedureChoice.objects.create(segment=segment, kind="sas", explanation="Zo.")
    if model is Procedure:
        old = Procedure.objects.create(region=made.region, name="Herziening", kind="revision")
        Procedure.objects.create(region=made.region, name="SAS", kind="sas", replaces=old)
        return old
    table = DevelopmentTable.objects.create(region=made.region, name="Tafel")
    return TableIssue.objects.create(table=table, title="Tempo", outcome="In drie jaar.")


@pytest.mark.parametrize("model", [FundingChoice, ProcedureChoice, Procedure, TableIssue])
def test_each_pair_does_what_the_table_says(made, model):
    row = ready(model, made)
    for pair in every_pair(policy.TABLES[model]):
        model.objects.filter(pk=row.pk).update(state=pair.state)
        fresh = model.objects.get(pk=row.pk)
        try:
            policy.take(row=fresh, move=pair.move, by=made.users[pair.role], reason="Daarom.")
            outcome = None
        except (DomainError, NotAllowed) as refusal:
            outcome = refusal.code
        assert outcome == pair.expected, str(pair)


def test_ticks_suggest_the_form_for_which_most_apply():
    """Three of five against one of three: task based. One against one: nothing."""
    ticks = [Tick("task", n < 3) for n in range(5)] + [Tick("effort", n < 1) for n in range(3)]
    found = suggestion(ticks)
    assert found.form == "task"
    assert found.counts == (("task", 3, 5), ("effort", 1, 3))
    assert suggestion([Tick("task", True), Tick("effort", True)]).form == ""
    assert suggestion([]).form == ""


def test_findings_add_up_their_weights_to_a_suggestion():
    """2 + 1 against 2, and one of weight 3 that speaks for nothing: 8 of 10 weighed."""
    rows = [("revision", 2), ("sas", 2), ("revision", 1), ("", 3)]
    found = leaning((Finding(*row) for row in rows), total=10)
    assert (found.kind, found.points) == ("revision", (("revision", 3), ("sas", 2)))
    assert (found.weighed, found.total) == (8, 10)
    assert leaning([Finding("sas", 1), Finding("revision", 1)], total=2).kind == ""
    assert leaning([Finding("sas", 0)], total=2).kind == ""
    assert leaning([], total=2).kind == ""


def test_an_empty_cell_of_the_weighing_opens_a_form_about_that_criterion(made):
    segment, other = made.segments[0], a_region(slug="zuid", name="Zuid").scheme
    first = ProcedureCriterion.objects.create(scheme=made.scheme, number=1, text="Type", weight=2)
    ProcedureCriterion.objects.create(scheme=other, number=1, text="Elders", weight=1)
    client = Client()
    client.force_login(made.users["policy_officer"])
    page = client.get(f"/regio/noord/segmenten/indelingen/{made.scheme.pk}/keuzes/")
    asked = [line for line in page.content.decode().split('"') if "criterion=" in line]
    form = client.get(asked[0]).context["form"]
    assert (form["criterion"].value(), list(form.fields["criterion"].queryset)) == (
        str(first.pk), [first],
    )  # fmt: skip
    client.post(asked[0], {"criterion": first.pk, "finding": "Schaars", "favours": "revision"})
    assert told_leaning(segment).sentence == "De weging suggereert: herziening (herziening 2)."


def test_parts_with_a_form_of_their_own_stand_in_the_justification(made):
    choice = FundingChoice.objects.create(
        segment=made.segments[0], form="task_based", explanation="Beschikbaarheid telt."
    )
    FundingPart.objects.create(
        choice=choice, name="Logeren", form="effort_based", share="0.1", reason="Vraag wisselt."
    )
    table = next(b for b in papers.justification(made.scheme).blocks if isinstance(b, Table))
    assert table.rows[0] == (
        "Logeren",
        "inspanningsgericht",
        "10% van het budget",
        "Vraag wisselt.",
    )


def test_the_six_movements_of_document_002_hang_on_goals_and_on_the_money(settings):
    """Seed-facts 4.15 and 4.16: six shifts, six developments, only one of which costs money."""
    scheme = load_pack(path=settings.REGION_PACKS_DIR / "alkmaar-2023.yaml").context["scheme"]
    shifts, costs = (scheme.movements.filter(kind=kind) for kind in ("shift", "cost"))
    assert [m.title for m in shifts] == [
        "Ondersteuning eigen kracht", "Ambulantisering", "Meer uitstroom", "Minder instroom",
        "Zo thuis mogelijk", "Afbakening jeugdhulp",
    ]  # fmt: skip
    assert all(m.goals.exists() and m.costs.exists() for m in shifts)
    assert [m.effect for m in costs] == ["saving"] * 5 + ["investment"]
    assert {m for shift in shifts for m in shift.costs.all()} == set(costs)


def test_nobody_decides_without_a_reason(made):
    choice = FundingChoice.objects.create(segment=made.segments[0], form="task_based")
    with pytest.raises(DomainError, match="schrijf op waarom"):
        policy.take(row=choice, move="choose", by=made.users["policy_officer"], reason="x")


def test_a_procedure_is_replaced_only_by_one_that_is_there(made):
    old = Procedure.objects.create(region=made.region, name="Herziening", kind="revision")
    with pytest.raises(DomainError, match="nieuwe procedure"):
        policy.take(row=old, move="replace", by=made.users["policy_officer"], reason="x")


@pytest.mark.parametrize(
    ("kind", "value", "count", "word"),
    [
        ("sas", Decimal(750_000), 2, "Europese"),
        ("sas", Decimal(749_999), 1, "onder de Europese drempel"),
        ("dialogue", None, 2, "Europese"),
        ("open_house", None, 1, "toelatingseisen"),
        ("revision", Decimal(9_000_000), 1, "wezenlijke wijziging"),
    ],
)
def test_obligatory_notices_follow_kind_and_value(kind, value, count, word):
    found = notices_due(kind, value)
    assert (len(found), word in found[0].label) == (count, True)


STEPS = (
    Planned(1, "Aankondigen", end=date(2026, 5, 1), notice="contract"),
    Planned(2, "Beoordelen", date(2026, 4, 15), date(2026, 7, 1), after=(1,)),
    Planned(3, "Gunnen", end=date(2026, 7, 1), done=date(2026, 8, 1), notice="award", after=(2,)),
)


def told(steps, **changed):
    asked = {
        "kind": "sas", "value": Decimal(900_000), "contracts_from": date(2027, 1, 1),
        "today": date(2026, 4, 1),
    }  # fmt: skip
    return [w.text for w in warnings(steps, **(asked | changed))]


def test_a_step_before_what_it_waits_for_is_told_with_both_days():
    assert told(STEPS) == [
        "‘Beoordelen’ begint op 15 april 2026, maar wacht op ‘Aankondigen’, dat pas op 1 mei 2026 "
        "klaar is."
    ]


def test_a_planning_tells_what_passed_what_misses_and_what_comes_too_late():
    assert "moest op 1 mei 2026 klaar zijn" in " ".join(told(STEPS, today=date(2026, 5, 2)))
    assert "moest op" not in " ".join(told(STEPS, today=date(2026, 5, 1)))
    assert told(STEPS[2:], kind="sas") == ["In de planning ontbreekt: Europese (voor)aankondiging."]
    assert "na de ingang" in " ".join(told(STEPS[2:], contracts_from=date(2026, 7, 31)))
    assert "geraamde waarde" in " ".join(told(STEPS, value=None))
    assert "nog geen dag" in " ".join(told([Planned(4, "Verder")]))


def test_slippage_is_counted_from_the_first_planning(made):
    procedure = Procedure.objects.create(region=made.region, name="SAS", kind="sas")
    step = PlanStep(procedure=procedure, name="Gunning", first_end=date(2026, 7, 1))
    assert step.slippage is None
    step.end_on = date(2026, 7, 15)
    assert step.slippage == 14
    step.done_on = date(2026, 7, 8)
    assert step.slippage == 7


def test_the_matrix_of_document_003_is_whole(settings):
    """Forty cells, 26 that apply and 14 that do not; the choices equal what the ticks suggest."""
    context = load_pack(path=settings.REGION_PACKS_DIR / "haaglanden-2027.yaml").context
    rows = CriterionAssessment.objects.filter(segment__scheme=context["scheme"])
    applying = rows.filter(applies=True).count()
    assert (rows.count(), applying) == (40, 26)
    for segment in context["scheme"].segments.all():
        ticks = [Tick(a.criterion.favours, a.applies) for a in segment.assessments.all()]
        assert suggestion(ticks).form == segment.funding_choice.form
    written = repr(papers.justification(context["scheme"]).blocks)
    for segment in context["scheme"].segments.all():
        chosen = segment.procedure_choice
        for text in (chosen.considerations, chosen.explanation, segment.funding_choice.explanation):
            assert text.splitlines()[-1].removeprefix("- ") in written


def test_the_justification_says_what_is_open_once_and_where_nothing_was_weighed(made):
    first, second = made.segments[:2]
    FundingChoice.objects.create(segment=first, explanation="Misschien taakgericht.")
    blocks = papers.justification(made.scheme).blocks
    told = [getattr(block, "text", "") for block in blocks]
    assert "Bekostiging: nog open" in told
    place = told.index(str(second))
    assert told[place + 1] == "Voor dit segment is nog niets afgewogen."
