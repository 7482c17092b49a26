from enum import nonmember

from django.db import models

from core.states import Move, StateTable, register_states
from regions.enums import Role


class EditionKind(models.TextChoices):
    COUNCIL_REGION = "council_region", "raad: regio"
    COUNCIL_MUNICIPALITY = "council_municipality", "raad: gemeente"
    CONTRACT_MANAGERS = "contract_managers", "contractmanagement"
    EXECUTIVE = "executive", "bestuur: één pagina"
    PROVIDER = "provider", "spiegel voor een aanbieder"
    EVALUATION = "evaluation", "jaarevaluatie"
    PROGRAMME = "programme", "voortgang van het programma"
    PROJECTION = "projection", "prognose voor de begroting"

    # What councils read, and what may say only what councils may be told.
    FOR_COUNCILS = nonmember(
        ("council_region", "council_municipality", "evaluation", "programme", "projection")
    )
    FOR_COLLEGES = nonmember((*FOR_COUNCILS, "executive"))  # type: ignore[misc]
    PROTECTED = nonmember((*FOR_COLLEGES, "provider"))  # type: ignore[misc]
    # Of these the public pages show the newest, and these lay background beside the figures.
    PUBLIC = nonmember(("council_region", "council_municipality"))
    WITH_BACKGROUND = nonmember(("council_region", "council_municipality"))
    # About the region as a whole, made when they are asked for.
    ON_REQUEST = nonmember(("evaluation", "programme", "projection"))
    # Kinds of which there is one of the region and one of each municipality.
    OF_BOTH = nonmember(("executive",))


class EditionState(models.TextChoices):
    """From figures to a report that a council has: seed 003, verantwoording (V1-V8)."""

    PREPARED = "prepared", "klaargezet"
    INTERPRETATION = "interpretation", "in duiding"
    DRAFT = "draft", "concept"
    REVIEW = "review", "ligt voor bij de colleges"
    ADOPTED = "adopted", "vastgesteld"
    PUBLISHED = "published", "gepubliceerd"
    CORRECTED = "corrected", "gecorrigeerd"
    WITHDRAWN = "withdrawn", "ingetrokken"

    # In these its text can be edited; later it stands fast.
    EDITABLE = nonmember(("prepared", "interpretation", "draft", "review"))
    # What a council may read (of what was withdrawn only the notice), and what a college may.
    FOR_COUNCIL = nonmember(("published", "corrected", "withdrawn"))
    FOR_COLLEGE = nonmember(("review", "adopted", "published", "corrected", "withdrawn"))

    @property
    def tone(self) -> str:
        return {
            "published": "good",
            "adopted": "good",
            "review": "busy",
            "withdrawn": "bad",
            "corrected": "attention",
        }.get(str(self.value), "neutral")


_AUTHORS = (Role.REGIONAL_ADMIN, Role.CONTRACT_MANAGER, Role.POLICY_OFFICER, Role.CONTROLLER)
_PUBLISHERS = (Role.REGIONAL_ADMIN, Role.POLICY_OFFICER)

EDITION = register_states(
    StateTable(
        code="edition",
        subject="De rapportage",
        states=EditionState,
        initial=EditionState.PREPARED,
        moves=(
            Move(
                "interpret", "Duiding starten",
                (EditionState.PREPARED,), EditionState.INTERPRETATION, who=_AUTHORS,
            ),
            Move(
                "draft", "Concept maken",
                (EditionState.PREPARED, EditionState.INTERPRETATION), EditionState.DRAFT,
                who=_AUTHORS,
            ),
            Move(
                "review", "Voorleggen aan de colleges",
                (EditionState.DRAFT,), EditionState.REVIEW, who=_AUTHORS,
            ),
            Move(
                "return", "Terug naar concept",
                (EditionState.REVIEW, EditionState.ADOPTED), EditionState.DRAFT,
                who=(*_AUTHORS, Role.EXECUTIVE), reason=True,
            ),
            Move(
                "adopt", "Vaststellen",
                (EditionState.REVIEW,), EditionState.ADOPTED, who=_PUBLISHERS,
            ),
            Move(
                "publish", "Publiceren",
                (EditionState.ADOPTED,), EditionState.PUBLISHED, who=_PUBLISHERS,
            ),
            Move("correct", "Vervangen door een correctie",
                 (EditionState.PUBLISHED,), EditionState.CORRECTED),
            Move(
                "withdraw", "Intrekken",
                (EditionState.PUBLISHED,), EditionState.WITHDRAWN, who=_PUBLISHERS, reason=True,
            ),
        ),
    )
)  # fmt: skip


class MilestoneKind(models.TextChoices):
    """The moments of a half-year's accountability, in order."""

    CUTOFF = "cutoff", "peildatum van de berichten"
    DELIVERY = "delivery", "aanlevering door aanbieders"
    SESSIONS = "sessions", "duidingsgesprekken"
    DRAFT = "draft", "concept klaar"
    REVIEW = "review", "reactie van de gemeenten"
    ADOPTION = "adoption", "vaststelling door de colleges"
    PUBLICATION = "publication", "publicatie"
    COUNCIL = "council", "behandeling in de raad"


class NationalMeasure(models.TextChoices):
    """What CBS counts for the whole of the Netherlands, as far as it stands beside our own."""

    YOUTHS = "jeugdigen", "jongeren met jeugdhulp"
    WITH_STAY = "met-verblijf", "jongeren met jeugdhulp met verblijf"
    INFLOW = "instroom", "trajecten die begonnen"
    OUTFLOW = "uitstroom", "trajecten die eindigden"


class NationalStatus(models.TextChoices):
    PROVISIONAL = "provisional", "voorlopig"
    DEFINITIVE = "definitive", "definitief"


class Medium(models.TextChoices):
    WEB = "web", "webpagina"
    PDF = "pdf", "PDF"
