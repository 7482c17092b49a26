"""Plans, decisions, consultation and meetings, for who may see them."""

from typing import Any

import django_filters
from django.core.files.uploadedfile import UploadedFile

from core.api.rest import ChoiceOf, Filters
from core.documents.models import Document
from regions.api.choose import OfRegion, region_filter
from regions.api.files import FileView
from regions.api.kinds import GuardedView, KindMoveView, KindView

from .. import kinds  # noqa: F401 -- registers the kinds that the views name
from ..domain import papers, policy
from ..domain.attachments import keep_attachment
from ..enums.policy import (
    DecisionState,
    Disposition,
    FrameworkKind,
    MeetingKind,
    PlanKind,
    PlanState,
    QuestionState,
)
from ..models import Consultation, PlanAttachment
from ..queries import plans as seen
from . import council_rows, meeting_rows, plan_rows
from .line import EffectMixin, OrderMixin
from .papers import paper_action


class FrameworkFilters(OfRegion):
    soort = ChoiceOf(FrameworkKind, field_name="kind")


class FrameworkView(EffectMixin, KindView):
    about = "Wetten, visies, agenda's en normen die keuzes van een regio binden."
    kind_code = "kader"
    serializer_class = plan_rows.FrameworkRows
    filterset_class = FrameworkFilters


class PlanFilters(OfRegion):
    soort = ChoiceOf(PlanKind, field_name="kind")
    stand = ChoiceOf(PlanState, field_name="state")
    gemeente = django_filters.CharFilter(field_name="municipality__gm_code")


class PlanView(OrderMixin, KindMoveView):
    about = (
        "Van visie tot contracttekst, met versie en stand. Concepten en vertrouwelijke stukken "
        "ziet alleen een medewerker van de regionale organisatie."
    )
    kind_code = "plan"
    guarded = {"follows": seen.plans_visible_to}
    serializer_class = plan_rows.PlanRows
    filterset_class = PlanFilters
    many = {"werktUit": ("based_on", "pk")}
    paper = paper_action(
        "tekst",
        "De tekst als bestand",
        lambda plan, user: papers.plan_text(plan, plan.sections.all()),
    )


class SectionFilters(Filters):
    regio = region_filter("document__region__slug")
    plan = django_filters.NumberFilter(field_name="document_id")


class SectionView(KindView):
    about = "Hoofdstukken en bepalingen van plannen, met hun tekst."
    kind_code = "hoofdstuk"
    serializer_class = plan_rows.SectionRows
    filterset_class = SectionFilters


class OfPlan(Filters):
    regio = region_filter("plan__region__slug")
    plan = django_filters.NumberFilter(field_name="plan_id")


class AttachmentView(GuardedView, FileView):
    about = (
        "Bijlagen van plannen, met hun bestand als dat er is; een vertrouwelijke bijlage alleen "
        "voor wie haar mag zien."
    )
    visible = staticmethod(seen.attachments_visible_to)
    guarded = {"other_plan": seen.plans_visible_to}
    serializer_class = plan_rows.AttachmentRows
    filterset_class = OfPlan
    input_class = plan_rows.AttachmentInput
    places = ("plan",)

    def new_row(self, place: dict[str, Any]) -> PlanAttachment:
        return PlanAttachment(plan=place["plan"], confidentiality=place["plan"].confidentiality)

    def keep(self, row: PlanAttachment) -> PlanAttachment:
        return keep_attachment(row=row, file=None, by=self.request.user)

    def remove(self, row: PlanAttachment) -> None:
        policy.remove(row=row, by=self.request.user)

    def document_of(self, row: PlanAttachment) -> Document | None:
        return row.file

    def keep_file(self, row: PlanAttachment, file: UploadedFile) -> None:
        keep_attachment(row=row, file=file, by=self.request.user)


class LinkFilters(OfRegion):
    doel = django_filters.NumberFilter(field_name="goal_id")
    hoofdstuk = django_filters.NumberFilter(field_name="section_id")


class LinkView(KindView):
    about = "Wat aan wat hangt: van het kader van de raad tot de bepaling in het contract."
    kind_code = "verband"
    serializer_class = plan_rows.LinkRows
    filterset_class = LinkFilters


class OfMunicipality(OfRegion):
    gemeente = django_filters.CharFilter(field_name="municipality__gm_code")


class ProposalView(KindMoveView):
    about = "Raadsvoorstellen met hun vaste hoofdstukken."
    kind_code = "raadsvoorstel"
    serializer_class = council_rows.ProposalRows
    filterset_class = OfMunicipality
    paper = paper_action(
        "raadsvoorstel",
        "Het raadsvoorstel als bestand",
        lambda proposal, user: papers.council_proposal(proposal),
    )


class DecisionFilters(OfPlan):
    gemeente = django_filters.CharFilter(field_name="body__municipality__gm_code")
    uitslag = ChoiceOf(DecisionState, field_name="state")


class DecisionView(KindMoveView):
    about = "Wat een raad of college over een plan besloot, met de stemmen."
    kind_code = "besluit"
    serializer_class = council_rows.DecisionRows
    filterset_class = DecisionFilters


class MotionView(KindMoveView):
    about = "Moties en amendementen, met hun opvolging."
    kind_code = "motie"
    serializer_class = council_rows.MotionRows
    filterset_class = OfMunicipality


class QuestionFilters(OfMunicipality):
    thema = django_filters.CharFilter(field_name="theme")
    stand = ChoiceOf(QuestionState, field_name="state")
    bijeenkomst = django_filters.NumberFilter(field_name="meeting_id")


class QuestionView(KindMoveView):
    about = "Vragen en wensen van raden, met antwoord en opvolging."
    kind_code = "raadsvraag"
    guarded = {"processed_in": seen.sections_visible_to}
    serializer_class = council_rows.QuestionRows
    filterset_class = QuestionFilters


class MeetingFilters(OfRegion):
    soort = ChoiceOf(MeetingKind, field_name="kind")
    tafel = django_filters.NumberFilter(field_name="table_id")


class MeetingView(KindView):
    about = "Bijeenkomsten met raden, markt, onderwijs en adviesraden, met hun verslag."
    kind_code = "bijeenkomst"
    guarded = {"plan": seen.plans_visible_to, "annex": seen.attachments_visible_to}
    serializer_class = meeting_rows.MeetingRows
    filterset_class = MeetingFilters
    many = {"deelnemers": ("partners", "name")}


def response_note(consultation: Consultation, user: Any) -> Any:
    """With the remarks that this reader may see."""
    remarks = seen.remarks_visible_to(user).filter(consultation=consultation)
    return papers.response_note(consultation, remarks.order_by("number"))


class ConsultationView(KindMoveView):
    about = "Rondes waarin organisaties op een plan reageren."
    kind_code = "consultatie"
    guarded = {"annex": seen.attachments_visible_to}
    serializer_class = meeting_rows.ConsultationRows
    filterset_class = OfPlan
    paper = paper_action("reactienota", "De reactienota als bestand", response_note)


class RemarkFilters(Filters):
    regio = region_filter("consultation__plan__region__slug")
    consultatie = django_filters.NumberFilter(field_name="consultation_id")
    organisatie = django_filters.CharFilter(field_name="partner__name")
    afhandeling = ChoiceOf(Disposition, field_name="disposition")


class RemarkView(KindView):
    about = "Opmerkingen van organisaties, de reactie en wat ermee is gedaan."
    kind_code = "opmerking"
    guarded = {
        "section": seen.sections_visible_to,
        "processed_in": seen.sections_visible_to,
        "processed_plan": seen.plans_visible_to,
    }
    serializer_class = meeting_rows.RemarkRows
    filterset_class = RemarkFilters


class TopicFilters(Filters):
    regio = region_filter("framework__region__slug")
    plan = django_filters.NumberFilter(field_name="framework_id")


class ChapterFilters(Filters):
    regio = region_filter("proposal__region__slug")
    raadsvoorstel = django_filters.NumberFilter(field_name="proposal_id")


class ThemeFilters(Filters):
    regio = region_filter("meeting__region__slug")
    bijeenkomst = django_filters.NumberFilter(field_name="meeting_id")


class TopicView(KindView):
    about = "Onderwerpen die lokale plannen behandelen: in alle gemeenten, of naar keuze."
    kind_code = "onderwerp"
    serializer_class = plan_rows.OwnTopicRows
    filterset_class = TopicFilters


class OrderLineView(KindView):
    about = "Wat een lokaal plan per perceel bestelt."
    kind_code = "opdrachtregel"
    serializer_class = plan_rows.OwnOrderLineRows
    filterset_class = OfPlan


class ChapterView(KindView):
    about = "Onderdelen van raadsvoorstellen."
    kind_code = "voorstelonderdeel"
    serializer_class = council_rows.OwnChapterRows
    filterset_class = ChapterFilters


class ThemeView(KindView):
    about = "Thema's van bijeenkomsten."
    kind_code = "thema"
    serializer_class = meeting_rows.OwnThemeRows
    filterset_class = ThemeFilters
