"""The account of a provider for the next conversation: all that its page tells, on paper."""

from collections.abc import Iterable
from typing import Any

from core import clock
from core.formats import date_long, date_short, euro, number, percent
from core.ui import Place
from core.ui.words import last_day
from core.writing import Block, Bullets, Facts, Heading, Paragraph, Table, Written
from regions.queries.access import access_of

from ..models import (
    BusinessYear,
    Provider,
    ProviderAgreement,
    ProviderConversation,
    ProviderIncident,
)
from ..registry import account_parts
from .file import (
    documents_visible_to,
    ending_documents,
    holders_on,
    holders_visible_to,
    open_agreements,
    open_incidents,
    parts_visible_to,
    planned_conversations,
)
from .soundness import figures_of, signals_of


def account_of(place: Place, provider: Provider) -> Written:
    """As this user may see it; parts of upper apps come after what the file itself says."""
    today = clock.today()
    blocks = [
        *_facts(place, provider),
        *_agenda(place.user, provider),
        *_signals(place, provider),
        *_agreements(place.user, provider),
        *_incidents(place.user, provider),
        *_figures(place.user, provider),
        *_documents(place.user, provider),
        *(block for part in account_parts() for block in part.write(place, provider)),
    ]
    return Written(
        title=provider.name,
        subtitle=f"Overzicht voor het accountgesprek, {date_long(today)}",
        author=place.tenant.name,
        day=today,
        blocks=tuple(blocks),
    )


def _facts(place: Place, provider: Provider) -> Iterable[Block]:
    holders = holders_on(holders_visible_to(place.user), clock.today()).filter(provider=provider)
    codes = [provider.agb_code, *(code.agb_code for code in provider.codes.all())]
    facts = [
        ("AGB-codes", ", ".join(dict.fromkeys(codes))),
        ("KvK-nummer", provider.chamber_of_commerce_number or "–"),
        ("Rechtsvorm", provider.legal_form or "–"),
        ("Soort", provider.get_kind_display()),
    ]
    facts += [(f"Accounthouder {holder.get_side_display()}", str(holder)) for holder in holders]
    if provider.fictitious:
        yield Paragraph("Deze gegevens zijn fictief.", note=True)
    yield Facts(facts)


def _agenda(user: Any, provider: Provider) -> Iterable[Block]:
    coming = planned_conversations(user).filter(provider=provider).first()
    if coming is not None:
        yield Heading(f"{coming.subject} op {date_long(coming.planned_on)}")
        yield Bullets([str(line) for line in coming.agenda], numbered=True)
    last = _last_held(user, provider)
    if last is not None:
        yield Heading(f"Vorig gesprek, {date_long(last.planned_on)}")
        yield Paragraph(last.report)


def _last_held(user: Any, provider: Provider) -> ProviderConversation | None:
    held = parts_visible_to(user, ProviderConversation).filter(provider=provider, state="held")
    return held.order_by("-planned_on", "-pk").first()


def _signals(place: Place, provider: Provider) -> Iterable[Block]:
    if not access_of(place.user).is_staff_of(provider.region_id):
        return
    signals = signals_of(provider)
    if signals:
        yield Heading("Vroege signalen")
        yield Bullets([f"{signal.text} ({signal.source})" for signal in signals])


def _agreements(user: Any, provider: Provider) -> Iterable[Block]:
    rows: list[ProviderAgreement] = list(open_agreements(user).filter(provider=provider))
    if rows:
        yield Heading("Open afspraken")
        yield Table(
            ("Afspraak", "Wie", "Gereed op"),
            [(row.text, row.owner_shown, date_short(row.due_on)) for row in rows],
            widths=(5, 2, 2),
        )


def _incidents(user: Any, provider: Provider) -> Iterable[Block]:
    rows: list[ProviderIncident] = list(open_incidents(user).filter(provider=provider))
    if rows:
        yield Heading("Open incidenten en maatregelen")
        yield Table(
            ("Wat", "Soort", "Bekend op", "Gemeld op"),
            [
                (r.title, r.get_kind_display(), date_short(r.known_on), date_short(r.reported_on))
                for r in rows
            ],
            widths=(4, 3, 2, 2),
        )


def _figures(user: Any, provider: Provider) -> Iterable[Block]:
    years = parts_visible_to(user, BusinessYear).filter(provider=provider)[:5]
    rows = [figures_of(row) for row in years]
    if rows:
        yield Heading("Bedrijfscijfers")
        yield Table(
            ("Jaar", "Omzet", "Resultaat", "Marge", "Liquiditeit"),
            [
                (
                    str(row.year), euro(row.revenue, 0), euro(row.result, 0), percent(row.margin),
                    number(row.liquidity, 2),
                )
                for row in rows
            ],
            numeric=(1, 2, 3, 4),
            row_headers=True,
        )  # fmt: skip


def _documents(user: Any, provider: Provider) -> Iterable[Block]:
    rows = documents_visible_to(user).filter(provider=provider)
    ending = list(ending_documents(rows, clock.today()))
    if ending:
        yield Heading("Documenten die aflopen")
        yield Table(
            ("Document", "Geldig tot en met"),
            [(row.title, last_day(row.valid_to)) for row in ending],
        )
