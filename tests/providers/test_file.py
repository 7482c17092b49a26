"""A provider's file: what is kept, what follows from it, and who may do it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core import clock
from core.errors import DomainError, NotAllowed
from core.tasks.api import Task, sync_now
from core.ui import Place
from core.writing import to_docx, to_pdf
from providers import enums
from providers.domain import conversations, documents, files, proposals
from providers.models import (
    AccountHolder,
    BusinessYear,
    ChangeProposal,
    ProviderAgreement,
    ProviderCode,
    ProviderContact,
    ProviderConversation,
    ProviderDocument,
    ProviderIncident,
)
from providers.queries.account import account_of
from providers.queries.file import codes_of, documents_visible_to
from providers.queries.soundness import signals_of
from regions.enums import Role
from tests.factories import Made, ProviderFactory, a_region, with_users
from tests.states import Pair, every_pair

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 proef"
TODAY = date(2026, 5, 11)


@pytest.fixture
def made(settings) -> Made:
    settings.CLOCK_TODAY = TODAY.isoformat()
    return with_users(a_region())


@pytest.fixture
def manager(made):
    return made.users[Role.CONTRACT_MANAGER]


def talk_of(made: Made, **fields: object) -> ProviderConversation:
    given = {"subject": "Kwartaalgesprek", "planned_on": TODAY}
    return ProviderConversation.objects.create(provider=made.provider, **{**given, **fields})


def agreement_of(made: Made, manager, **fields: object) -> ProviderAgreement:
    given = {"text": "Wachttijd naar 6 weken", "owner": manager, "due_on": date(2026, 6, 1)}
    return ProviderAgreement.objects.create(provider=made.provider, **{**given, **fields})


def a_document(made: Made, by, **fields: object) -> ProviderDocument:
    given = {"kind": "quality", "title": "HKZ-certificaat", "valid_to": date(2026, 7, 1)}
    document = ProviderDocument(provider=made.provider, **{**given, **fields})
    return documents.keep_document(document=document, content=PDF, file_name="hkz.pdf", by=by)


def test_one_agb_code_means_one_provider(made: Made, manager) -> None:
    other = ProviderFactory(region=made.region)
    code = ProviderCode(provider=other, agb_code=made.provider.agb_code, valid_from=TODAY)
    with pytest.raises(DomainError, match="hoort al bij"):
        files.keep_part(part=code, by=manager)
    code.agb_code = "11223344"
    files.keep_part(part=code, by=manager)
    again = ProviderCode(
        region=made.region, provider=made.provider, agb_code="11223344", valid_from=TODAY
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
    assert codes_of(other) == {other.agb_code, "11223344"}


def test_a_code_may_pass_to_another_provider_later(made: Made, manager) -> None:
    """The database keeps them apart by period; the later holder is found on the day."""
    other = ProviderFactory(region=made.region)
    for provider, first, last in ((made.provider, "2024-01-01", "2025-01-01"), (other, None, None)):
        ProviderCode.objects.create(
            region=made.region, provider=provider, agb_code="11223344",
            valid_from=first or "2025-01-01", valid_to=last,
        )  # fmt: skip
    found = files.provider_with_code(made.region.pk, "11223344", date(2024, 6, 1))
    assert found == made.provider
    assert files.provider_with_code(made.region.pk, "11223344", date(2026, 1, 1)) == other


def test_two_account_holders_for_one_side_do_not_overlap(made: Made, manager) -> None:
    fields = {"provider": made.provider, "side": "region", "user": manager}
    AccountHolder.objects.create(**fields, valid_from=date(2024, 1, 1), valid_to=date(2025, 1, 1))
    files.keep_part(part=AccountHolder(**fields, valid_from=date(2025, 1, 1)), by=manager)
    with pytest.raises(ValidationError, match="al een accounthouder"):
        files.keep_part(part=AccountHolder(**fields, valid_from=date(2025, 6, 1)), by=manager)


def test_a_new_conversation_is_about_what_is_open(made: Made, manager) -> None:
    agreement_of(made, manager)
    ProviderIncident.objects.create(
        provider=made.provider, kind="board", title="Bestuur stapt op", known_on=TODAY
    )
    talk = ProviderConversation(provider=made.provider, subject="Gesprek", planned_on=TODAY)
    conversations.plan_conversation(conversation=talk, by=manager)
    assert "Afspraak: Wachttijd naar 6 weken" in talk.agenda
    assert "Incident: Bestuur stapt op" in talk.agenda


def test_holding_a_conversation_plans_the_next(made: Made, manager) -> None:
    talk = talk_of(made)
    with pytest.raises(DomainError, match="verslag"):
        conversations.move_conversation(conversation=talk, move="hold", by=manager)
    conversations.move_conversation(
        conversation=talk, move="hold", by=manager, report="Besproken.", next_on=date(2026, 9, 1)
    )
    planned = made.provider.conversations.get(state="planned")
    assert (planned.planned_on, planned.subject) == (date(2026, 9, 1), "Kwartaalgesprek")


def test_a_report_lost_half_way_leaves_nothing(made: Made, manager) -> None:
    talk = talk_of(made)
    with pytest.raises(DomainError, match="ligt niet na"):
        conversations.move_conversation(
            conversation=talk, move="hold", by=manager, report="Besproken.", next_on=TODAY
        )
    talk.refresh_from_db()
    assert (talk.state, talk.report) == ("planned", "")


@pytest.mark.parametrize(
    ("kind", "reported", "due", "late"),
    [
        ("youth_supervisor", date(2026, 5, 8), date(2026, 5, 8), 0),
        ("youth_supervisor", date(2026, 5, 10), date(2026, 5, 8), 2),
        ("other_supervisor", date(2026, 5, 2), date(2026, 5, 1), 1),
        ("calamity", date(2026, 5, 1), date(2026, 5, 1), 0),
        ("board", date(2026, 5, 9), None, 0),
    ],
)
def test_terms_of_the_standard(kind: str, reported: date, due: date | None, late: int) -> None:
    incident = ProviderIncident(kind=kind, known_on=date(2026, 5, 1), reported_on=reported)
    assert (incident.report_due, incident.days_late) == (due, late)


def test_an_open_measure_is_a_signal_until_it_is_closed(made: Made, manager) -> None:
    incident = ProviderIncident.objects.create(
        provider=made.provider, kind="youth_supervisor", title="Aanwijzing", known_on=TODAY
    )
    assert [s.code for s in signals_of(made.provider)] == ["incident-youth_supervisor"]
    conversations.move_incident(incident=incident, move="close", by=manager, reason="Opgeheven")
    assert signals_of(made.provider) == []


def test_every_term_becomes_a_task_and_goes_when_it_is_met(made: Made, manager) -> None:
    AccountHolder.objects.create(
        provider=made.provider, side="region", user=manager, valid_from=date(2025, 1, 1)
    )
    agreement = agreement_of(made, manager)
    talk_of(made)
    ProviderIncident.objects.create(
        provider=made.provider, kind="calamity", title="Voorval", known_on=TODAY
    )
    a_document(made, manager)
    sync_now(tenant_id=made.region.pk)
    tasks = Task.objects.filter(source__startswith="providers.", state="open")
    found = {(task.source, task.due) for task in tasks}
    assert found == {
        ("providers.agreement", date(2026, 6, 1)),
        ("providers.conversation", TODAY),
        ("providers.incident", TODAY),
        ("providers.document", date(2026, 6, 30)),
    }
    assert {task.owner_id for task in tasks} == {manager.pk}
    conversations.move_agreement(agreement=agreement, move="finish", by=manager)
    sync_now(tenant_id=made.region.pk)
    assert not tasks.filter(source="providers.agreement").exists()


def test_a_renewed_document_keeps_its_older_file(made: Made, manager) -> None:
    document = a_document(made, manager)
    documents.renew_document(
        document=document, valid_from=None, valid_to=date(2028, 7, 1), content=PDF + b"2",
        file_name="nieuw.pdf", by=manager,
    )  # fmt: skip
    names = [version.file_name for version in document.document.versions.all()]
    assert names == ["nieuw.pdf", "hkz.pdf"]


def test_a_file_whose_content_says_otherwise_is_refused(made: Made, manager) -> None:
    document = ProviderDocument(provider=made.provider, kind="other", title="Brief")
    with pytest.raises(DomainError, match="kan hier niet"):
        documents.keep_document(
            document=document, content=b"MZ\0\0", file_name="brief.pdf", by=manager
        )


def test_a_provider_sees_the_documents_that_are_shared(made: Made, manager) -> None:
    shared, own = a_document(made, manager), a_document(made, manager, shared=False)
    assert set(documents_visible_to(made.users[Role.PROVIDER])) == {shared}
    assert set(documents_visible_to(manager)) == {shared, own}


def test_a_provider_proposes_and_the_contract_manager_decides(made: Made, manager) -> None:
    contact = ProviderContact.objects.create(provider=made.provider, name="Loes", phone="1")
    asked = ProviderContact.objects.get(pk=contact.pk)
    asked.phone = "0612345678"
    proposal = proposals.propose(row=asked, by=made.users[Role.PROVIDER])
    contact.refresh_from_db()
    assert contact.phone == "1"
    proposals.move_proposal(proposal=proposal, move="accept", by=manager)
    contact.refresh_from_db()
    assert contact.phone == "0612345678"


def test_a_proposal_about_something_changed_since_is_not_carried_out(made: Made, manager) -> None:
    contact = ProviderContact.objects.create(provider=made.provider, name="Loes", phone="1")
    asked = ProviderContact.objects.get(pk=contact.pk)
    asked.phone = "2"
    proposal = proposals.propose(row=asked, by=made.users[Role.PROVIDER])
    ProviderContact.objects.filter(pk=contact.pk).update(phone="3")
    with pytest.raises(DomainError, match="intussen gewijzigd"):
        proposals.move_proposal(proposal=proposal, move="accept", by=manager)
    proposal.refresh_from_db()
    assert proposal.state == "proposed"


def test_a_provider_proposes_only_for_itself(made: Made) -> None:
    other = ProviderFactory(region=made.region)
    row = ProviderContact(provider=other, name="Jan")
    with pytest.raises(NotAllowed):
        proposals.propose(row=row, by=made.users[Role.PROVIDER])


def test_the_account_tells_what_the_reader_may_know(made: Made, manager) -> None:
    for year in (2023, 2024, 2025):
        BusinessYear.objects.create(
            provider=made.provider, year=year, revenue=Decimal(100), result=Decimal(-5)
        )
    agreement_of(made, manager)
    told = account_of(Place(manager, made.region), made.provider)
    own = account_of(Place(made.users[Role.PROVIDER], made.region), made.provider)
    assert "3 jaar op rij verlies" in str(told.blocks)
    assert "3 jaar op rij verlies" not in str(own.blocks)
    assert "Wachttijd naar 6 weken" in str(own.blocks)
    assert to_pdf(told).startswith(b"%PDF")
    assert to_docx(told).startswith(b"PK")


TABLES = {
    enums.CONVERSATION: (
        lambda made: talk_of(made, report="Besproken."),
        lambda row, move, by: conversations.move_conversation(
            conversation=row, move=move, by=by, reason="r", report="Besproken."
        ),
    ),
    enums.AGREEMENT: (
        lambda made: agreement_of(made, None, owner_name="Loes"),
        lambda row, move, by: conversations.move_agreement(
            agreement=row, move=move, by=by, reason="r"
        ),
    ),
    enums.INCIDENT: (
        lambda made: ProviderIncident.objects.create(
            provider=made.provider, kind="other", title="Iets", known_on=TODAY
        ),
        lambda row, move, by: conversations.move_incident(
            incident=row, move=move, by=by, reason="r"
        ),
    ),
    enums.PROPOSAL: (
        lambda made: ChangeProposal.objects.create(
            provider=made.provider, subject="contact", values={"name": "Jan"}
        ),
        lambda row, move, by: proposals.move_proposal(proposal=row, move=move, by=by, reason="r"),
    ),
}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.code)
def test_every_move_of_every_role(made: Made, table) -> None:
    make, verb = TABLES[table]
    for pair in every_pair(table):
        with transaction.atomic():
            row = make(made)
            type(row).objects.filter(pk=row.pk).update(state=pair.state)
            row.refresh_from_db()
            assert _ending(made, row, pair, verb) == (pair.target or pair.expected), pair
            transaction.set_rollback(True)


def _ending(made: Made, row, pair: Pair, verb) -> str:
    try:
        verb(row, pair.move, made.users[pair.role])
    except DomainError as refusal:
        return "stap-niet-bevoegd" if refusal.code == "niet-bevoegd" else refusal.code
    row.refresh_from_db()
    return row.state


def test_terms_ahead_are_told_and_those_far_away_are_not(made: Made, manager) -> None:
    agreement_of(made, manager, due_on=clock.today() + timedelta(days=500))
    sync_now(tenant_id=made.region.pk)
    assert not Task.objects.filter(source="providers.agreement").exists()
