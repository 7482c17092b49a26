"""Plans and decisions: who sees what, what adds up, what hangs on what."""

from decimal import Decimal

import pytest
from django.test import Client

from core.errors import DomainError, NotAllowed
from core.intake.models import Rejection
from core.ui import Place, search
from procurement.domain import papers, policy
from procurement.domain.comparing import Chapter, compare, side_by_side
from procurement.domain.regional_order import Ordered, add_up
from procurement.models import (
    CouncilQuestion,
    Decision,
    Meeting,
    PlanAttachment,
    PolicyDocument,
)
from procurement.queries import plans as seen
from procurement.queries.annexes import annexes_of
from procurement.queries.line import Line, clauses_of, things_of
from regions.enums import Role
from tests.factories import a_region, with_users
from tests.golden_region import deliver_files

from .policy import a_plan, a_section, with_policy
from .test_starting import sheet

pytestmark = pytest.mark.django_db
INSIDERS = {"regional_admin", "contract_manager", "policy_officer", "controller"}
# The colleges adopt what is confidential.
TRUSTED = INSIDERS | {"executive"}


@pytest.fixture
def made():
    return with_users(a_region())


@pytest.mark.parametrize("role", list(Role))
def test_what_is_confidential_does_not_exist_for_who_has_no_right(made, role):
    """Neither as plan, chapter, link, count, hit nor page."""
    found, user = with_policy(made), made.users[role]
    expected = role in TRUSTED
    place, client = Place(user, made.region), Client()
    client.force_login(user)
    address = f"/regio/noord/plannen/{found.secret.pk}/"
    assert seen.plans_visible_to(user).filter(pk=found.secret.pk).exists() == expected
    assert seen.sections_visible_to(user).filter(document=found.secret).exists() == expected
    line = Line.of(made.region, user)
    assert (
        any(n.thing in found.secret.sections.all() for n in line.below(found.chapter)) == expected
    )
    hits = [hit for _, rows in search(place, "Onderhandelingsmandaat") for hit in rows]
    assert bool(hits) == expected
    assert client.get(address).status_code == (200 if expected else 404)
    for page in ("plannen/", f"plannen/{found.plan.pk}/", "zoeken/?zoek=verwerving"):
        text = client.get(f"/regio/noord/{page}").content.decode()
        assert ("Verwervingsstrategie" in text) <= expected


def test_a_confidential_annex_of_a_public_plan_is_not_named(made):
    found = with_policy(made)
    PlanAttachment.objects.create(plan=found.plan, title="Mandaat", confidentiality="confidential")
    for role, expected in ((Role.COUNCIL_MEMBER, 1), (Role.POLICY_OFFICER, 2)):
        rows = seen.attachments_visible_to(made.users[role]).filter(plan=found.plan)
        assert rows.count() == expected


def test_an_annex_leads_to_where_it_stands_for_who_may_go_there(made):
    found = with_policy(made)
    annex = PlanAttachment.objects.get(plan=found.plan)
    secret = Meeting.objects.create(
        region=made.region, kind="market", title="Verslag", held_on="2019-09-23", annex=annex,
        confidentiality="confidential",
    )  # fmt: skip
    for role, expected in ((Role.COUNCIL_MEMBER, []), (Role.POLICY_OFFICER, [secret])):
        ((_, places),) = annexes_of(found.plan, made.users[role])
        assert [row for _, _, row in places] == expected


def test_a_remark_goes_to_a_plan_that_not_everybody_sees(made):
    found = with_policy(made)
    found.remark.processed_plan = found.draft
    found.remark.save()
    for role, expected in ((Role.COUNCIL_MEMBER, False), (Role.POLICY_OFFICER, True)):
        client = Client()
        client.force_login(made.users[role])
        page = client.get(f"/regio/noord/consultaties/{found.consultation.pk}/")
        assert (str(found.draft) in page.content.decode()) == expected
    assert str(found.draft) not in repr(papers.response_note(found.consultation, [found.remark]))


def test_a_draft_is_for_the_makers(made):
    draft = with_policy(made).draft
    assert not seen.plans_visible_to(made.users["executive"]).filter(pk=draft.pk).exists()
    assert seen.plans_visible_to(made.users["controller"]).filter(pk=draft.pk).exists()


def test_a_provider_reads_remarks_of_others_when_the_note_is_adopted(made):
    found, provider = with_policy(made), made.users["provider"]
    assert not seen.remarks_visible_to(provider).exists()
    type(found.consultation).objects.update(state="answered")
    assert seen.remarks_visible_to(provider).count() == 1


def test_a_goal_is_followed_from_law_to_clause_and_back(made):
    found = with_policy(made)
    line = Line.of(made.region, made.users["council_member"])
    above = [node for top in line.above(made.goal) for node in top.walk()]
    assert [node.kind for node in above] == ["section", "section", "framework"]
    assert clauses_of(line.below(made.goal)) == [found.clause]
    changed = line.below(found.framework)
    assert things_of(changed, "goal") == [made.goal]
    assert clauses_of(changed) == [found.clause]


def test_local_plans_add_up_to_one_order_with_their_differences():
    """Aadorp 60 + 40 = 100, Beek 150 + 50 = 200, Dal only 30 in A. A is 240 of 330: 72.7 %."""
    lines = [
        Ordered("Aadorp", "A", Decimal(60)), Ordered("Aadorp", "B", Decimal(40)),
        Ordered("Beek", "A", Decimal(150)), Ordered("Beek", "B", Decimal(50)),
        Ordered("Dal", "A", Decimal(30)), Ordered("Dal", "B", None),
    ]  # fmt: skip
    order = add_up(lines, ["Aadorp", "Beek", "Dal"], ["A", "B"])
    assert (order.total, order.totals) == (330, (100, 200, 30))
    first, second = order.rows
    assert (first.total, second.total, second.missing) == (240, 90, ("Dal",))
    assert round(first.share, 4) == Decimal("0.7273")
    assert [round(c.difference, 4) for c in first.cells] == [
        Decimal("-0.1273"), Decimal("0.0227"), Decimal("0.2727"),
    ]  # fmt: skip
    assert [c.is_notable for c in first.cells] == [True, False, True]


def test_versions_stand_side_by_side_with_the_words_that_differ():
    old = [Chapter("1", "Doel", "Hulp is kort."), Chapter("2", "Oud", "Weg.")]
    new = [Chapter("1", "Doel", "Hulp is zo kort als kan."), Chapter("3", "Nieuw", "Erbij.")]
    pairs = side_by_side(old, new)
    assert [(p.number, p.state) for p in pairs] == [("1", "changed"), ("2", "gone"), ("3", "new")]
    assert "".join(r.text for r in pairs[0].right_runs if r.marked) == "zo kort als kan."
    assert "".join(r.text for r in pairs[0].left_runs) == "Hulp is kort."


def test_of_a_version_that_is_kept_in_part_only_its_sentences_are_compared():
    """One of three chapters, of which one sentence: two words differ, the rest is not marked."""
    old = [Chapter("1", "Doel", "Hulp is altijd kort. Ouders doen mee.")]
    new = [
        Chapter("1", "Doel", "Vooraf. Hulp is zo mogelijk kort. Daarna komt rust."),
        Chapter("2", "Nieuw", "Erbij."), Chapter("3", "Ook", "Erbij."),
    ]  # fmt: skip
    found = compare(old, new)
    assert (found.changed, [c.number for c in found.unknown]) == (1, ["2", "3"])
    left, right = found.pairs[0].left_runs, found.pairs[0].right_runs
    assert [r.text for r in left if r.marked] == ["altijd ", "Ouders doen mee."]
    assert [r.text for r in right if r.marked] == ["zo mogelijk "]
    assert "".join(r.text for r in right) == new[0].text
    assert not compare(new, new).is_partial


HEADS = ["consultatie", "organisatie", "opmerking", "hoofdstuk", "reactie", "afhandeling"]


def test_remarks_come_in_as_a_table_and_a_later_one_brings_the_reactions(made, settings, tmp_path):
    settings.INTAKE_SPOOL_DIR = tmp_path / "spool"
    found = with_policy(made)
    title = found.consultation.title

    def ends(*rows):
        run = deliver_files(made.region, "opmerkingen", [sheet(HEADS, rows)])
        return run.accepted, run.changed, run.unchanged, run.rejected

    first = [title, "Cardea", "Te vaag.\n\nWat is ‘snel’?", "1", "", ""]
    assert ends(first, [title, "Curium", "Wie betaalt?", "", "", ""]) == (2, 0, 0, 0)
    assert ends(first) == (0, 0, 1, 0)
    assert ends([*first[:4], "Aangepast.", "overgenomen"]) == (0, 1, 0, 0)
    added = found.consultation.remarks.get(partner__name="Cardea")
    assert (added.number, added.section, added.disposition) == (2, found.chapter, "adopted")
    assert added.remark == "Te vaag.\n\nWat is ‘snel’?"
    unknown = ["Iets anders", "Curium", "Nog iets", "", "", ""]
    no_chapter = [title, "Curium", "Nog iets", "99", "", ""]
    assert ends(unknown, no_chapter) == (0, 0, 0, 2)
    assert set(Rejection.objects.values_list("rule", flat=True)) == {
        "consultatie-onbekend", "hoofdstuk-onbekend",
    }  # fmt: skip


def test_the_response_note_has_three_columns_and_says_where_it_went(made):
    found = with_policy(made)
    note = papers.response_note(found.consultation, found.consultation.remarks.all())
    table = next(block for block in note.blocks if hasattr(block, "columns"))
    assert table.columns == ("Organisatie", "Opmerking", "Reactie")
    assert table.rows == [
        ("Samenwerkingsverband Noord", "Graag concreter.",
         "Dat doen we.\n\nAfhandeling: overgenomen."),
    ]  # fmt: skip
    for form in papers.FORMS:
        assert len(papers.as_file(note, form)[0]) > 1000


def test_a_proposal_takes_its_money_from_the_budgets(made):
    from finance.models import Budget  # noqa: PLC0415 -- the floor above fills this chapter

    found = with_policy(made)
    for year, amount in ((2023, "6167100"), (2024, "6290454")):
        Budget.objects.create(
            region=made.region, municipality=made.municipalities[0], subject="Zorgaanbod",
            year=year, status="adopted", amount=Decimal(amount),
        )  # fmt: skip
    written = papers.council_proposal(found.proposal)
    table = next(block for block in written.blocks if hasattr(block, "columns"))
    assert table.columns == ("Producten", "2023", "2024")
    assert [cell.replace("\xa0", " ") for cell in table.rows[0]] == [
        "Zorgaanbod", "€ 6.167.100,00", "€ 6.290.454,00",
    ]  # fmt: skip


def test_a_clerk_writes_only_for_the_own_council(made):
    found, clerk = with_policy(made), made.users["council_clerk"]
    own = CouncilQuestion(
        region=made.region, municipality=made.municipalities[0], theme="geld", text="Wat kost het?"
    )
    policy.keep(row=own, by=clerk)
    for wrong in (made.municipalities[1], None):
        other = CouncilQuestion(region=made.region, municipality=wrong, theme="t", text="x")
        with pytest.raises(NotAllowed):
            policy.keep(row=other, by=clerk)
    with pytest.raises(NotAllowed):
        policy.keep(row=found.plan, by=clerk)


def test_a_row_names_nothing_of_another_region(made):
    other = a_region(slug="zuid", name="Regio Zuid")
    theirs = a_plan(other, "Hun plan")
    row = PolicyDocument(region=made.region, kind="strategy", title="Ons plan", follows=theirs)
    with pytest.raises(DomainError, match="andere regio"):
        policy.keep(row=row, by=made.users["policy_officer"])


def test_search_finds_words_within_chapters_and_opens_the_chapter(made):
    plan = a_plan(made, "Programmaplan")
    section = a_section(plan, "3.2", title="Normaliseren", text="Hulp is gericht op het gewone.")
    hits = search(Place(made.users["council_member"], made.region), "gericht op het")
    (hit,) = [h for source, rows in hits for h in rows if source.code == "plans"]
    assert hit.url.endswith(f"/plannen/{plan.pk}/#hoofdstuk-{section.pk}")


def test_decisions_count_per_body_once(made):
    found = with_policy(made)
    twin = Decision(plan=found.plan, body=found.decision.body, question="Nog eens")
    with pytest.raises(Exception, match="al om een besluit"):
        policy.keep(row=twin, by=made.users["policy_officer"])
