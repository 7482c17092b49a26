"""Files of providers and admissions for the demonstration, all of it invented."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from core import clock
from procurement.domain import admission as admissions
from procurement.models import ContractProduct
from providers.domain import conversations
from providers.domain.documents import keep_document
from providers.models import (
    AccountHolder,
    BusinessYear,
    Provider,
    ProviderAgreement,
    ProviderContact,
    ProviderConversation,
    ProviderDocument,
    ProviderIncident,
)
from regions.models import Region
from segments.models import Product

NAMES = ("Loes Bakker", "Sem de Vries", "Noor Visser", "Bram Mulder", "Fenna Bos", "Ilse Kok")
WITH_FILE = 12
PDF = b"%PDF-1.4\n% Fictief document van de demonstratie\n%%EOF\n"


@transaction.atomic
def make_files(region: Region, by: Any, second: Any) -> int:
    """Fill the files of the first providers once; how many. `second` judges beside `by`."""
    chosen = Provider.objects.filter(region=region).order_by("sort_name")[:WITH_FILE]
    if AccountHolder.objects.filter(provider__in=list(chosen)).exists():
        return 0
    for place, provider in enumerate(chosen):
        _people(provider, place, by)
        _years(provider, place)
        _talks(provider, place, by)
        _papers(provider, place, by)
        _admission(provider, place, by, second)
    return len(chosen)


def _people(provider: Provider, place: int, by: Any) -> None:
    name = NAMES[place % len(NAMES)]
    contact = ProviderContact.objects.create(
        provider=provider, name=f"{name} (fictief)", function="accountmanager",
        email=f"contact{place + 1}@voorbeeld.example", phone="072 000 00 00",
    )  # fmt: skip
    begin = date(clock.today().year - 1, 1, 1)
    for side, person in (("region", {"user": by}), ("provider", {"contact": contact})):
        AccountHolder.objects.create(provider=provider, side=side, valid_from=begin, **person)


def _years(provider: Provider, place: int) -> None:
    """Every fourth provider loses money three years on end; the others earn a little."""
    last = clock.today().year - 1
    for back in range(3):
        revenue = Decimal(900_000 + 350_000 * place + 20_000 * (2 - back))
        share = Decimal("-0.02") if place % 4 == 3 else Decimal("0.025")
        BusinessYear.objects.create(
            provider=provider, year=last - back, revenue=revenue, result=revenue * share,
            current_assets=revenue / 4, current_liabilities=revenue / (3 if place % 4 == 3 else 6),
            equity=revenue / 5, total_assets=revenue / 2, source="fictief", fictitious=True,
        )  # fmt: skip


def _talks(provider: Provider, place: int, by: Any) -> None:
    today = clock.today()
    talk = ProviderConversation.objects.create(
        provider=provider, subject="Kwartaalgesprek (fictief)",
        planned_on=today - timedelta(days=70), place="videogesprek",
        agenda=["Wachttijden", "Op- en afschalen", "Rondvraag"],
    )  # fmt: skip
    ProviderAgreement.objects.create(
        provider=provider, conversation=talk, owner=by,
        text="Cijfers over de wachttijd per product delen (fictief)",
        due_on=today + timedelta(days=7 * (place - 2)),
    )  # fmt: skip
    if place % 5 == 1:
        ProviderIncident.objects.create(
            provider=provider, kind="youth_supervisor", title="Aanwijzing van de IGJ (fictief)",
            supervisor="IGJ", known_on=today - timedelta(days=30),
            reported_on=today - timedelta(days=19), follow_up_on=today + timedelta(days=14),
        )  # fmt: skip
    conversations.move_conversation(
        conversation=talk, move="hold", by=by, participants=["Loes Bakker", str(by)],
        report="De wachttijd loopt terug. Fictief verslag.", next_on=today + timedelta(days=21),
    )  # fmt: skip


def _papers(provider: Provider, place: int, by: Any) -> None:
    ends = clock.today() + timedelta(days=40 * (place + 1))
    kinds = (("quality", "Kwaliteitscertificaat"), ("accounts", "Jaarverantwoording"))
    for kind, title in kinds:
        keep_document(
            document=ProviderDocument(
                provider=provider, kind=kind, title=f"{title} (fictief)", valid_to=ends
            ),
            content=PDF, file_name=f"{kind}.pdf", by=by,
        )  # fmt: skip


def _admission(provider: Provider, place: int, by: Any, second: Any) -> None:
    """Applications as far along as a real desk has them: some open, some decided."""
    bought = ContractProduct.objects.filter(contract__provider=provider).values("product")
    products = Product.objects.filter(region=provider.region)
    product = products.filter(pk__in=bought).first() or products.first()
    if product is None:
        return
    row = admissions.apply_for(
        provider=provider, product=product, by=by, plan="Fictief plan van aanpak: dichtbij, "
        "samen met het gezin, met een vaste regievoerder.",
    )  # fmt: skip
    papers = {p.kind: p for p in provider.documents.all()}
    for evidence in row.evidence.select_related("requirement"):
        evidence.endorsed = True
        evidence.document = papers.get(evidence.requirement.evidence)
        admissions.answer(evidence=evidence, by=by)
    for move in ("submit", "assess")[: 1 if place % 3 == 0 else 2]:
        admissions.move_admission(admission=row, move=move, by=by)
    if place % 3 == 2:
        _decide(row, place, by, second)


def _decide(row: Any, place: int, by: Any, second: Any) -> None:
    points = 5 if place == WITH_FILE - 1 else 8
    for person in (by, second):
        for evidence in row.evidence.select_related("requirement"):
            admissions.judge(
                admission=row, requirement=evidence.requirement, score=points, by=person,
                motivation="Fictief oordeel: helder en getoetst.",
            )  # fmt: skip
    move = "refuse" if points < 6 else "admit"
    admissions.move_admission(
        admission=row, move=move, by=by, reason="De onderbouwing is te mager." * (points < 6)
    )
