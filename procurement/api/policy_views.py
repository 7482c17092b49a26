"""Plans, decisions, consultation and meetings, for who may see them."""

import django_filters

from core.api.rest import ChoiceOf, Filters, RegisterView
from regions.api.choose import OfRegion, region_filter

from ..policy_enums import (
    DecisionState,
    Disposition,
    FrameworkKind,
    MeetingKind,
    PlanKind,
    PlanState,
    QuestionState,
)
from ..queries import plans as seen
from . import policy_rows as rows


class FrameworkFilters(OfRegion):
    soort = ChoiceOf(FrameworkKind, field_name="kind")


class FrameworkView(RegisterView):
    about = "Wetten, visies, agenda's en normen die keuzes van een regio binden."
    visible = staticmethod(seen.frameworks_visible_to)
    serializer_class = rows.FrameworkRows
    filterset_class = FrameworkFilters


class PlanFilters(OfRegion):
    soort = ChoiceOf(PlanKind, field_name="kind")
    stand = ChoiceOf(PlanState, field_name="state")
    gemeente = django_filters.CharFilter(field_name="municipality__gm_code")


class PlanView(RegisterView):
    about = (
        "Van visie tot contracttekst, met versie en stand. Concepten en vertrouwelijke stukken "
        "ziet alleen een medewerker van de regionale organisatie."
    )
    visible = staticmethod(seen.plans_visible_to)
    serializer_class = rows.PlanRows
    filterset_class = PlanFilters


class SectionFilters(Filters):
    regio = region_filter("document__region__slug")
    plan = django_filters.NumberFilter(field_name="document_id")


class SectionView(RegisterView):
    about = "Hoofdstukken en bepalingen van plannen, met hun tekst."
    visible = staticmethod(seen.sections_visible_to)
    serializer_class = rows.SectionRows
    filterset_class = SectionFilters


class OfPlan(Filters):
    regio = region_filter("plan__region__slug")
    plan = django_filters.NumberFilter(field_name="plan_id")


class AttachmentView(RegisterView):
    about = "Bijlagen van plannen; een vertrouwelijke bijlage alleen voor wie haar mag zien."
    visible = staticmethod(seen.attachments_visible_to)
    serializer_class = rows.AttachmentRows
    filterset_class = OfPlan


class LinkFilters(OfRegion):
    doel = django_filters.NumberFilter(field_name="goal_id")
    hoofdstuk = django_filters.NumberFilter(field_name="section_id")


class LinkView(RegisterView):
    about = "Wat aan wat hangt: van het kader van de raad tot de bepaling in het contract."
    visible = staticmethod(seen.links_visible_to)
    serializer_class = rows.LinkRows
    filterset_class = LinkFilters


class OfMunicipality(OfRegion):
    gemeente = django_filters.CharFilter(field_name="municipality__gm_code")


class ProposalView(RegisterView):
    about = "Raadsvoorstellen met hun vaste hoofdstukken."
    visible = staticmethod(seen.proposals_visible_to)
    serializer_class = rows.ProposalRows
    filterset_class = OfMunicipality


class DecisionFilters(OfPlan):
    gemeente = django_filters.CharFilter(field_name="body__municipality__gm_code")
    uitslag = ChoiceOf(DecisionState, field_name="state")


class DecisionView(RegisterView):
    about = "Wat een raad of college over een plan besloot, met de stemmen."
    visible = staticmethod(seen.decisions_visible_to)
    serializer_class = rows.DecisionRows
    filterset_class = DecisionFilters


class MotionView(RegisterView):
    about = "Moties en amendementen, met hun opvolging."
    visible = staticmethod(seen.motions_visible_to)
    serializer_class = rows.MotionRows
    filterset_class = OfMunicipality


class QuestionFilters(OfMunicipality):
    thema = django_filters.CharFilter(field_name="theme")
    stand = ChoiceOf(QuestionState, field_name="state")
    bijeenkomst = django_filters.NumberFilter(field_name="meeting_id")


class QuestionView(RegisterView):
    about = "Vragen en wensen van raden, met antwoord en opvolging."
    visible = staticmethod(seen.questions_visible_to)
    serializer_class = rows.QuestionRows
    filterset_class = QuestionFilters


class MeetingFilters(OfRegion):
    soort = ChoiceOf(MeetingKind, field_name="kind")


class MeetingView(RegisterView):
    about = "Bijeenkomsten met raden, markt, onderwijs en adviesraden, met hun verslag."
    visible = staticmethod(seen.meetings_visible_to)
    serializer_class = rows.MeetingRows
    filterset_class = MeetingFilters


class ConsultationView(RegisterView):
    about = "Rondes waarin organisaties op een plan reageren."
    visible = staticmethod(seen.consultations_visible_to)
    serializer_class = rows.ConsultationRows
    filterset_class = OfPlan


class RemarkFilters(Filters):
    regio = region_filter("consultation__plan__region__slug")
    consultatie = django_filters.NumberFilter(field_name="consultation_id")
    organisatie = django_filters.CharFilter(field_name="partner__name")
    afhandeling = ChoiceOf(Disposition, field_name="disposition")


class RemarkView(RegisterView):
    about = "Opmerkingen van organisaties, de reactie en wat ermee is gedaan."
    visible = staticmethod(seen.remarks_visible_to)
    serializer_class = rows.RemarkRows
    filterset_class = RemarkFilters
