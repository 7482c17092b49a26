"""How frameworks, plans, their chapters and what ties them together are written in the API."""

from rest_framework import serializers

from core.api.rest import (
    Choice,
    Day,
    Euros,
    Input,
    KeyOf,
    LastDay,
    Rows,
    Text,
    Whole,
    YesNo,
    made,
    many,
)
from core.documents.models import Confidentiality

from ..enums.policy import FrameworkKind, LinkKind, PlanKind, PlanState
from ..models import LocalOrderLine, LocalTopic
from ..queries.plans import plans_visible_to

OPEN_END = "Leeg: loopt door of niet vermeld."


class FrameworkRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    soort = Choice(FrameworkKind, source="kind")
    titel = Text(source="title")
    versie = Text(source="version", allow_blank=True)
    tekst = Text(source="text", allow_blank=True)
    vindplaats = Text(source="url", allow_blank=True)
    vanaf = Day(source="valid_from", allow_null=True)
    totEnMet = LastDay(source="valid_to", allow_null=True, help_text=OPEN_END)
    inPlaatsVan = Whole(source="replaces_id", allow_null=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Kader"


class TopicRows(Rows):
    onderwerp = Text(source="title")
    inAlleGemeenten = YesNo(source="is_fixed")

    class Meta:
        ref_name = "OnderwerpVanLokalePlannen"


class OwnTopicRows(Rows):
    id = Whole()
    regio = Text(source="framework__region__slug")
    plan = Whole(source="framework_id")
    onderwerp = Text(source="title")
    inAlleGemeenten = YesNo(source="is_fixed")
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "LokaalOnderwerp"


class OrderLineRows(Rows):
    perceel = Text(source="lot__code")
    bedrag = Euros(source="amount", allow_null=True)
    prioriteit = Text(source="priority", allow_blank=True)

    class Meta:
        ref_name = "Opdrachtregel"


class OwnOrderLineRows(Rows):
    id = Whole()
    regio = Text(source="plan__region__slug")
    plan = Whole(source="plan_id")
    perceel = Whole(source="lot_id", help_text="Id van het segment.")
    bedrag = Euros(source="amount", allow_null=True)
    prioriteit = Text(source="priority", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "RegelVanOpdracht"


class PlanRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    soort = Choice(PlanKind, source="kind")
    titel = Text(source="title")
    versie = Text(source="version")
    datum = Day(source="dated", allow_null=True)
    stand = Choice(PlanState, source="state")
    vertrouwelijkheid = Choice(Confidentiality, source="confidentiality")
    vanaf = Day(source="valid_from", allow_null=True)
    totEnMet = LastDay(source="valid_to", allow_null=True, help_text=OPEN_END)
    gemeente = Text(source="municipality__gm_code", allow_null=True)
    subregio = Text(source="sub_region__name", allow_null=True)
    indeling = Text(source="scheme__code", allow_null=True)
    vorigeVersie = Whole(source="seen_follows_id", allow_null=True)
    samenvatting = Text(source="summary", allow_blank=True)
    onderwerpen = many(TopicRows, model=LocalTopic, by="framework_id", order=("order", "pk"))
    opdracht = many(OrderLineRows, model=LocalOrderLine, by="plan_id", order=("lot__order", "pk"))
    fictief = YesNo(source="fictitious")
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Plan"


class SectionRows(Rows):
    id = Whole()
    regio = Text(source="document__region__slug")
    plan = Whole(source="document_id")
    nummer = Text(source="number")
    titel = Text(source="title")
    niveau = Whole(source="depth")
    onderwerp = Whole(source="topic_id", allow_null=True)
    volgorde = Whole(source="order")
    tekst = Text(source="text", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Hoofdstuk"


class AttachmentRows(Rows):
    id = Whole()
    regio = Text(source="plan__region__slug")
    plan = Whole(source="plan_id")
    nummer = Text(source="number", allow_blank=True)
    titel = Text(source="title")
    vertrouwelijkheid = Choice(Confidentiality, source="confidentiality")
    metBestand = made(YesNo(), "file_id", by=lambda key: key is not None)
    staatHierAlsPlan = Whole(source="seen_other_plan_id", allow_null=True)
    toelichting = Text(source="note", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Bijlage"


class AttachmentInput(Input):
    plan = KeyOf(plans_visible_to, noun="plan")
    nummer = serializers.CharField(source="number", max_length=20, required=False, allow_blank=True)
    titel = serializers.CharField(source="title", max_length=200)
    vertrouwelijkheid = Choice(Confidentiality, source="confidentiality", required=False)
    staatHierAlsPlan = KeyOf(
        plans_visible_to, noun="plan", source="other_plan", required=False, allow_null=True
    )
    toelichting = serializers.CharField(
        source="note", max_length=300, required=False, allow_blank=True
    )
    bron = serializers.CharField(source="source", max_length=200, required=False, allow_blank=True)

    class Meta:
        ref_name = "BijlageInvoer"


class LinkRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    soort = Choice(LinkKind, source="kind")
    hoofdstuk = Whole(source="section_id", allow_null=True)
    doel = Whole(source="goal_id", allow_null=True)
    bekostigingskeuze = Whole(source="funding_choice_id", allow_null=True)
    procedurekeuze = Whole(source="procedure_choice_id", allow_null=True)
    onderHoofdstuk = Whole(source="upper_section_id", allow_null=True)
    onderDoel = Whole(source="upper_goal_id", allow_null=True)
    onderKader = Whole(source="upper_framework_id", allow_null=True)
    toelichting = Text(source="note", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Verband"
