"""Kinds of rows of plans, decisions and consultation, with pages made by core.ui.kinds."""

from collections.abc import Callable
from typing import Any

from core.ui import Place
from core.ui.kinds import Kind, register_choices, register_kind
from regions.models import Region
from segments.models import Segment, SegmentGoal, SegmentScheme
from segments.queries.framework import schemes_visible_to, segments_visible_to

from ..domain import policy
from ..models import (
    Consultation,
    ConsultationRemark,
    CouncilProposal,
    CouncilQuestion,
    Decision,
    LocalOrderLine,
    LocalTopic,
    Meeting,
    MeetingTheme,
    Motion,
    PlanAttachment,
    PlanSection,
    PolicyDocument,
    PolicyFramework,
    PolicyLink,
    ProposalChapter,
)
from ..queries import plans as seen
from ..rules.policy import REGION_PATHS, check_can_edit_policy, roles_for

SOURCE = {"source": "In welk document dit staat."}
Back = Callable[[Place, Any], str]


def _check(user: Any, region: Region, row: Any) -> None:
    check_can_edit_policy(user, region, row)


def page(name: str, attr: str = "pk") -> Back:
    """The page of the row, or of what it belongs to."""

    def back(place: Place, row: Any) -> str:
        pk = getattr(row, attr)
        return place.url(name, pk=pk) if pk else place.url(LISTS[name])

    return back


def of_list(name: str) -> Back:
    return lambda place, row: place.url(name)


# Where one goes from the page of a row that is not there (any more).
LISTS = {
    "plan": "plans",
    "proposal": "decisions",
    "consultation": "consultations",
    "meeting": "meetings",
}


def _of_its_table(form: Any) -> None:
    """An item may be about an issue of the table that meets; other meetings have none."""
    table, field = form.instance.meeting.table_id, form.fields["issue"]
    field.queryset = field.queryset.filter(table=table)
    if table is None:
        del form.fields["issue"]


def add(code: str, noun: str, model: Any, fields: str, **rest: Any) -> None:
    """Register a kind of this app: the rules and verbs are the same for all."""
    moving = model in policy.TABLES
    register_kind(
        Kind(
            code=code,
            noun=noun,
            model=model,
            fields=tuple(fields.split()),
            tenant_path=REGION_PATHS[model],
            check=_check,
            keep=policy.keep,
            remove=policy.remove,
            table=policy.TABLES.get(model),
            take=policy.take if moving else None,
            roles=roles_for if moving else None,
            **{"help": SOURCE, **rest},
        )
    )


add(
    "plan", "plan", PolicyDocument,
    "kind title version dated confidentiality valid_from valid_to municipality sub_region scheme "
    "based_on follows summary source",
    visible=seen.plans_visible_to, back=page("plan"), above="Plannen",
    help={
        **SOURCE,
        "confidentiality": "Een vertrouwelijk plan bestaat niet voor wie er geen recht op heeft.",
        "follows": "Kies de vorige versie; hoofdstukken met hetzelfde nummer zijn te vergelijken.",
    },
)  # fmt: skip
add(
    "hoofdstuk", "hoofdstuk", PlanSection, "number title text depth topic order source",
    visible=seen.sections_visible_to, parent="document", back=page("plan", "document_id"),
    above="Plan",
    help={
        **SOURCE,
        "depth": "1 is een hoofdstuk, 2 een paragraaf, 3 een onderdeel daarvan.",
        "text": "Een lege regel begint een nieuwe alinea, een streepje een punt, een ingesprongen "
        "streepje een punt daaronder en ## een tussenkop.",
    },
)  # fmt: skip
add(
    "onderwerp", "onderwerp van lokale plannen", LocalTopic, "title is_fixed order source",
    visible=seen.topics_visible_to, parent="framework", back=page("plan", "framework_id"),
    above="Plan",
)  # fmt: skip
add(
    "opdrachtregel", "regel van de inkoopopdracht", LocalOrderLine, "lot amount priority source",
    visible=seen.order_lines_visible_to, parent="plan", back=page("plan", "plan_id"), above="Plan",
)  # fmt: skip
add(
    "kader", "kader van hogerhand", PolicyFramework,
    "kind title version text url valid_from valid_to replaces source",
    visible=seen.frameworks_visible_to, back=of_list("frameworks"), above="Kaders",
)  # fmt: skip
add(
    "verband", "verband", PolicyLink,
    "section goal funding_choice procedure_choice kind upper_section upper_goal upper_framework "
    "note source",
    visible=seen.links_visible_to, back=of_list("line"), above="Van kader naar contract",
    help={
        **SOURCE,
        "section": "Kies een hoofdstuk of een doel dat ergens aan hangt.",
        "upper_section": "Kies één ding waaraan het hangt: hoofdstuk, doel of kader.",
    },
)  # fmt: skip
add(
    "raadsvoorstel", "raadsvoorstel", CouncilProposal,
    "municipality plan title sender dated portfolio_holder programme case_number decisions "
    "attachments signatories source",
    visible=seen.proposals_visible_to, back=page("proposal"), above="Raden en besluiten",
)  # fmt: skip
add(
    "voorstelonderdeel", "onderdeel van het voorstel", ProposalChapter,
    "kind number heading text order",
    visible=seen.chapters_visible_to, parent="proposal", back=page("proposal", "proposal_id"),
    above="Raadsvoorstel", help={},
)  # fmt: skip
add(
    "besluit", "besluit", Decision,
    "body proposal question asked_for decided_on votes_for votes_against note source",
    visible=seen.decisions_visible_to, parent="plan", back=page("plan", "plan_id"), above="Plan",
)  # fmt: skip
add(
    "motie", "motie of amendement", Motion,
    "kind municipality title submitted_by dated plan decision text follow_up source",
    visible=seen.motions_visible_to, back=of_list("decisions"), above="Raden en besluiten",
)  # fmt: skip
add(
    "raadsvraag", "vraag of wens van een raad", CouncilQuestion,
    "meeting number municipality speaker theme kind text asked_on answer answered_on follow_up "
    "follow_up_on processed_in source",
    visible=seen.questions_visible_to, back=of_list("council-questions"),
    above="Vragen en wensen van raden",
)  # fmt: skip
add(
    "bijeenkomst", "bijeenkomst", Meeting,
    "kind title held_on location purpose report report_version partners others plan table annex "
    "confidentiality source",
    visible=seen.meetings_visible_to, back=page("meeting"), above="Bijeenkomsten",
    help={
        **SOURCE,
        "others": "Organisaties, geen personen. Eén per regel.",
        "table": "Een bijeenkomst van een tafel ziet alleen wie aan die tafel zit.",
    },
)  # fmt: skip
add(
    "thema", "thema", MeetingTheme, "title issue questions text order source",
    visible=seen.themes_visible_to, narrow=_of_its_table, parent="meeting",
    back=page("meeting", "meeting_id"), above="Bijeenkomst",
)  # fmt: skip
add(
    "consultatie", "consultatie", Consultation,
    "title answered_by version opened_on closed_on invitation introduction closing annex "
    "source",
    visible=seen.consultations_visible_to, parent="plan", back=page("consultation"),
    above="Consultatie",
)  # fmt: skip
add(
    "opmerking", "opmerking", ConsultationRemark,
    "number partner section remark response disposition processed_in processed_plan "
    "processed_where source",
    visible=seen.remarks_visible_to, parent="consultation",
    back=page("consultation", "consultation_id"), above="Consultatie",
)  # fmt: skip

register_choices(
    Segment, lambda user, region: segments_visible_to(user).filter(scheme__region=region)
)
register_choices(
    PlanAttachment,
    lambda user, region: seen.attachments_visible_to(user).filter(plan__region=region),
)
register_choices(SegmentScheme, lambda user, region: schemes_visible_to(user).filter(region=region))
register_choices(
    SegmentGoal,
    lambda user, region: seen.goals_visible_to(user).filter(segment__scheme__region=region),
)
