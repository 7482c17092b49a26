"""How development tables are written in the API."""

from core.api.rest import Choice, Day, Rows, Text, Texts, Whole, made, values_of

from ..enums.choices import IssueState, MemberRole, Stance
from ..models import DevelopmentTable


class TableRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    naam = Text(source="name")
    doel = Text(source="purpose", allow_blank=True)
    spelregels = made(Texts(), "rules", by=list)
    segmenten = values_of(
        Texts(),
        model=DevelopmentTable.segments.through,
        by="developmenttable_id",
        column="segment__code",
    )
    plan = Whole(
        source="seen_plan_id", allow_null=True, help_text="Het plan dat uit de tafel komt."
    )
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Ontwikkeltafel"


class OfTable(Rows):
    id = Whole()
    regio = Text(source="table__region__slug")
    tafel = Whole(source="table_id")


class MemberRows(OfTable):
    organisatie = Text(source="partner__name")
    rol = Choice(MemberRole, source="role")

    class Meta:
        ref_name = "Tafellid"


class IssueRows(OfTable):
    titel = Text(source="title")
    tekst = Text(source="text", allow_blank=True)
    stand = Choice(IssueState, source="state")
    uitkomst = Text(source="outcome", allow_blank=True)
    hoofdstuk = Whole(
        source="seen_section_id", allow_null=True, help_text="Waar de uitkomst in het plan staat."
    )
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Vraagstuk"


class PositionRows(Rows):
    id = Whole()
    regio = Text(source="issue__table__region__slug")
    vraagstuk = Whole(source="issue_id")
    organisatie = Text(source="partner__name")
    standpunt = Choice(Stance, source="stance")
    toelichting = Text(source="text", allow_blank=True)

    class Meta:
        ref_name = "Standpunt"


class CommitmentRows(OfTable):
    organisatie = Text(source="owner__name")
    wat = Text(source="text")
    uiterlijkOp = Day(source="due_on")
    gedaanOp = Day(source="done_on", allow_null=True)
    bijeenkomst = Whole(
        source="seen_meeting_id", allow_null=True, help_text="Waar dit is toegezegd."
    )

    class Meta:
        ref_name = "Toezegging"
