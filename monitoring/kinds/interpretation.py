"""Sessions of interpretation with what hangs on them."""

from typing import Any

from core.ui.kinds import register_choices
from core.users.models import User
from providers.models import Provider
from providers.queries.providers import visible_to as providers_visible_to
from regions.models import Region

from ..domain.steering import sessions  # noqa: F401 -- its table and guards
from ..models import (
    InterpretationSession,
    Judgement,
    PerspectiveReading,
    ProviderJudgement,
    SteeringDecision,
)
from ..queries import judgements as seen
from .base import add, page

IN_SESSION: dict[str, Any] = {
    "parent": "session",
    "back": page("interpretation", "interpretations", "session_id"),
    "above": "Duiding",
}


def colleagues(user: Any, region: Region) -> Any:
    """Who may own a task: people with a role in the region."""
    return User.objects.filter(is_active=True, role_assignments__region=region).distinct()


register_choices(User, colleagues)
register_choices(Provider, lambda user, region: providers_visible_to(user).filter(region=region))

add(
    "duiding", "duiding", InterpretationSession,
    "segment half_year held_on participants meaning",
    visible=seen.sessions_visible_to, back=page("interpretation", "interpretations"),
    above="Duiding",
    help={
        "half_year": "Zoals 2026-H1.",
        "participants": "Eén per regel: organisatie of functie, geen namen van jeugdigen.",
        "meaning": "Komt in de rapportages. Typ geen cijfers: die staan erbij.",
    },
)  # fmt: skip
add(
    "lezing", "lezing", PerspectiveReading,
    "perspective who municipality provider reading explanation missing",
    visible=seen.readings_visible_to,
    help={
        "who": "Zoals ‘Oudersraad’ of ‘lokaal team Noord’.",
        "municipality": "Verplicht als u namens een gemeente schrijft.",
        "provider": "Verplicht als u namens een aanbieder schrijft.",
        "missing": "Wat zou u nog willen weten? Of: waarom was deze partij er niet bij?",
    },
    **IN_SESSION,
)  # fmt: skip
add(
    "oordeel", "oordeel", Judgement, "verdict reason",
    visible=seen.judgements_visible_to,
    help={"reason": "Komt in de rapportages. Typ geen cijfers: die staan erbij."},
    **IN_SESSION,
)  # fmt: skip
add(
    "aanbiederoordeel", "oordeel over een aanbieder", ProviderJudgement,
    "provider verdict reason",
    visible=seen.provider_judgements_visible_to,
    help={"reason": "De toegang en de aanbieder lezen dit. Raden niet."},
    **IN_SESSION,
)  # fmt: skip
add(
    "sturingsbesluit", "sturingsbesluit", SteeringDecision,
    "what who owner team due_on done_on result",
    visible=seen.decisions_visible_to,
    help={
        "what": "Komt in de rapportages.",
        "owner": "Wie deze taak op zijn takenlijst krijgt; leeg: iedereen met de rol hieronder.",
    },
    **IN_SESSION,
)  # fmt: skip
