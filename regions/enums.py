from enum import nonmember

from django.db import models


class OrganisationKind(models.TextChoices):
    REGIONAL = "regional", "regionale organisatie"
    MUNICIPALITY = "municipality", "gemeente"
    PROVIDER = "provider", "aanbieder"
    INSTITUTION = "institution", "instelling"


class Role(models.TextChoices):
    """What somebody does in a region; with some roles goes a municipality or a provider."""

    APPLICATION_ADMIN = "application_admin", "applicatiebeheerder"
    REGIONAL_ADMIN = "regional_admin", "regiobeheerder"
    CONTRACT_MANAGER = "contract_manager", "contractmanager"
    POLICY_OFFICER = "policy_officer", "beleidsmedewerker"
    CONTROLLER = "controller", "controller"
    ACCESS_TEAM = "access_team", "medewerker toegang"
    COUNCIL_CLERK = "council_clerk", "griffier"
    COUNCIL_MEMBER = "council_member", "raadslid"
    EXECUTIVE = "executive", "bestuurder"
    PROVIDER = "provider", "aanbieder"
    API_CLIENT = "api_client", "gekoppeld systeem"

    # Staff of the regional organisation: they see the region's figures unsuppressed.
    REGIONAL_STAFF = nonmember(
        ("regional_admin", "contract_manager", "policy_officer", "controller", "api_client")
    )
    OF_MUNICIPALITY = nonmember(("access_team", "council_clerk", "council_member", "executive"))
    SECOND_FACTOR = nonmember(
        ("application_admin", "regional_admin", "contract_manager", "policy_officer", "controller")
    )


class SourceStatus(models.TextChoices):
    """How firmly a fact stands."""

    STATED = "stated", "staat in het document"
    DERIVED = "derived", "afgeleid"
    FICTITIOUS = "fictitious", "fictief"


class PartnerKind(models.TextChoices):
    """What a party is to the region; it speaks at meetings and sends remarks."""

    PROVIDER = "provider", "aanbieder"
    EDUCATION = "education", "samenwerkingsverband onderwijs"
    CERTIFIED = "certified", "gecertificeerde instelling"
    ADVISORY = "advisory", "adviesraad"
    CLIENTS = "clients", "jongeren en ouders"
    NEIGHBOUR = "neighbour", "buurregio"
    REFERRER = "referrer", "verwijzer"
    OTHER = "other", "andere partij"


class BodyKind(models.TextChoices):
    """Who decides: per municipality a council and an executive; together a joint body."""

    COUNCIL = "council", "gemeenteraad"
    EXECUTIVE = "executive", "college van burgemeester en wethouders"
    JOINT = "joint", "bestuurlijk overleg"
    BOARD = "board", "algemeen of dagelijks bestuur"

    OF_MUNICIPALITY = nonmember(("council", "executive"))


class AgreementState(models.TextChoices):
    INTENDED = "intended", "voorgenomen"
    SIGNED = "signed", "gesloten"
    ENDED = "ended", "afgelopen"
