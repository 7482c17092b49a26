"""How meetings and consultations are written in the API."""

from core.api.rest import Choice, Day, Rows, Text, Texts, Whole, made, many, values_of
from core.documents.models import Confidentiality

from ..enums.policy import ConsultationState, Disposition, MeetingKind
from ..models import Meeting, MeetingTheme


class ThemeRows(Rows):
    titel = Text(source="title")
    vragen = Text(source="questions", allow_blank=True)
    besproken = Text(source="text", allow_blank=True)
    vraagstuk = Whole(source="issue_id", allow_null=True)

    class Meta:
        ref_name = "ThemaVanBijeenkomst"


class OwnThemeRows(Rows):
    id = Whole()
    regio = Text(source="meeting__region__slug")
    bijeenkomst = Whole(source="meeting_id")
    titel = Text(source="title")
    vragen = Text(source="questions", allow_blank=True)
    besproken = Text(source="text", allow_blank=True)
    vraagstuk = Whole(source="issue_id", allow_null=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Thema"


class MeetingRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    soort = Choice(MeetingKind, source="kind")
    titel = Text(source="title")
    datum = Day(source="held_on")
    plaats = Text(source="location", allow_blank=True)
    doel = Text(source="purpose", allow_blank=True)
    verslag = Text(source="report", allow_blank=True)
    versieVanHetVerslag = Text(source="report_version", allow_blank=True)
    plan = Whole(source="seen_plan_id", allow_null=True)
    tafel = Whole(source="table_id", allow_null=True, help_text="Ontwikkeltafel die bijeenkomt.")
    bijlage = Whole(source="seen_annex_id", allow_null=True)
    vertrouwelijkheid = Choice(Confidentiality, source="confidentiality")
    deelnemers = values_of(
        Texts(),
        model=Meeting.partners.through,
        by="meeting_id",
        column="chainpartner__name",
    )
    andereDeelnemers = made(Texts(), "others", by=list)
    themas = many(ThemeRows, model=MeetingTheme, by="meeting_id", order=("order", "pk"))
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Bijeenkomst"


class ConsultationRows(Rows):
    id = Whole()
    regio = Text(source="plan__region__slug")
    plan = Whole(source="plan_id")
    titel = Text(source="title")
    versie = Text(source="version", allow_blank=True)
    openVanaf = Day(source="opened_on", allow_null=True)
    openTotEnMet = Day(source="closed_on", allow_null=True)
    gevraagd = Text(source="invitation", allow_blank=True)
    kopVanHetAntwoord = Text(source="answered_by", allow_blank=True)
    inleiding = Text(source="introduction", allow_blank=True)
    slot = Text(source="closing", allow_blank=True)
    bijlage = Whole(source="seen_annex_id", allow_null=True)
    stand = Choice(ConsultationState, source="state")
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Consultatie"


class RemarkRows(Rows):
    id = Whole()
    regio = Text(source="consultation__plan__region__slug")
    consultatie = Whole(source="consultation_id")
    nummer = Whole(source="number")
    organisatie = Text(source="partner__name")
    overHoofdstuk = Whole(source="seen_section_id", allow_null=True)
    opmerking = Text(source="remark")
    reactie = Text(source="response", allow_blank=True)
    afhandeling = Choice(Disposition, source="disposition", allow_null=True)
    verwerktIn = Whole(source="seen_processed_in_id", allow_null=True)
    naarPlan = Whole(source="seen_processed_plan_id", allow_null=True)
    waarVerwerkt = Text(source="processed_where", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Opmerking"
