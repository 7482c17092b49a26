"""What rounds add to shared pages: tasks that remind, and the way to them."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse

from core.tasks.api import DeadlineSource, Due, register_deadlines
from core.ui import AttentionItem, NavItem, Place, Tone, register_attention, register_nav
from core.ui.words import count_of
from regions.desk import STEER
from regions.enums import Role
from regions.queries.access import access_of

from ..enums.rounds import AskingState, RoundState
from ..models import ProviderDelivery
from ..queries.rounds import deliveries_visible_to, is_late
from ..rules.rounds import can_ask, can_follow_rounds

WAITING = (RoundState.OPEN, RoundState.RETURNED)
# Who is late is told again so long after the last day.
LATE_AFTER = timedelta(days=7)


def may_follow(place: Place) -> bool:
    return can_follow_rounds(place.user, place.tenant)


def to_deliver(tenant_id: int, until: date) -> Iterable[Due]:
    """What providers still have to deliver; and, once late, a second task a week later."""
    rows = ProviderDelivery.objects.filter(
        round__region=tenant_id, round__state=AskingState.OPEN, state__in=WAITING,
        round__due_on__lte=until,
    )  # fmt: skip
    for row in rows.select_related("round__region", "provider"):
        what = f"Cijfers aanleveren over het {row.round.period.title}"
        yield _due(row, f"{row.pk}", row.round.due_on, what)
        if is_late(row):
            again = row.round.due_on + LATE_AFTER
            yield _due(row, f"{row.pk}-te-laat", again, f"Te laat: {what.lower()}")


def _due(row: ProviderDelivery, key: str, day: date, title: str) -> Due:
    return Due(
        key=key,
        day=day,
        title=title,
        url=reverse("delivery", args=[row.round.region.slug, row.pk]),
        team=Role.PROVIDER,
        party_id=row.provider.organisation_id,
        about=str(row.provider),
        remind_days=(14, 2),
    )


def to_look_at(place: Place) -> list[AttentionItem]:
    """For who asks: what was handed in, and who is late. For a provider: what is asked of it."""
    if not may_follow(place):
        return []
    rows = deliveries_visible_to(place.user).filter(round__region=place.tenant)
    if not can_ask(place.user, place.tenant):
        own = access_of(place.user).provider_organisations_in(place.tenant_id)
        waiting = rows.filter(
            state__in=WAITING, round__state=AskingState.OPEN, provider__organisation__in=own
        )
        return [_own(place, row) for row in waiting]
    handed_in = rows.filter(state=RoundState.DELIVERED).count()
    late = sum(is_late(row) for row in rows.filter(state__in=WAITING))
    items = []
    if handed_in:
        what = count_of(handed_in, "aanlevering wacht,aanleveringen wachten")
        items.append(AttentionItem(f"{what} op uw oordeel.", place.url("rounds")))
    if late:
        who = count_of(late, "aanbieder is,aanbieders zijn")
        text = f"{who} te laat met cijfers."
        items.append(AttentionItem(text, place.url("rounds"), Tone.ATTENTION))
    return items


def _own(place: Place, row: ProviderDelivery) -> AttentionItem:
    tone = Tone.BAD if is_late(row) else Tone.ATTENTION
    text = f"Lever uw cijfers aan over het {row.round.period.title}."
    return AttentionItem(text, place.url("delivery", pk=row.pk), tone, due=row.round.due_on)


register_deadlines(DeadlineSource("monitoring.delivery", "Cijfers aanleveren", to_deliver))
register_nav(NavItem("Aanleverrondes", "rounds", STEER, 45, may_follow))
register_attention("monitoring.rounds", to_look_at)
