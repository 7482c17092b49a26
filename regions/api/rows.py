"""How regions, municipalities, users and roles are written in the API."""

from core.api.rest import (
    Choice,
    Day,
    LastDay,
    Rows,
    Text,
    Texts,
    Whole,
    YesNo,
    made,
    many,
    values_of,
)

from ..enums import Role, SourceStatus
from ..models import MunicipalityGroup, RegionMembership, SubRegion

KEY = "Sleutel binnen deze omgeving."


def notes(values: list[dict[str, str]]) -> list[str]:
    """The texts of what a document leaves open or contradicts."""
    return [note["text"] if isinstance(note, dict) else str(note) for note in values]


class SubRegionRows(Rows):
    naam = Text(source="name")
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Subregio"


class RegionRows(Rows):
    id = Whole(help_text=KEY)
    korteNaam = Text(source="slug", help_text="Waarmee andere adressen naar de regio verwijzen.")
    naam = Text(source="name")
    organisatie = Text(source="organisation__name")
    jeugdregio = Text(source="youth_region", allow_blank=True, help_text="Jeugdregio volgens CBS.")
    omschrijving = Text(source="description", allow_blank=True)
    demonstratie = YesNo(source="is_demo", help_text="Gegevens van deze regio zijn verzonnen.")
    kleinsteAantal = Whole(source="min_cases", help_text="Kleinere aantallen zijn afgeschermd.")
    kleinsteAantalAanbieders = Whole(source="min_providers")
    subregios = many(SubRegionRows, model=SubRegion, by="region_id", order=("name",))
    kanttekeningen = made(Texts(), "notes", by=notes)

    class Meta:
        ref_name = "Regio"


class MunicipalityRows(Rows):
    id = Whole(help_text=KEY)
    gemeentecode = Text(source="gm_code", help_text="Code van het CBS, vier cijfers.")
    naam = Text(source="name")
    andereNamen = made(Texts(), "aliases", by=list)
    regios = values_of(
        Texts(help_text="Korte namen van regio's waarvan de gemeente lid is of was."),
        model=RegionMembership,
        by="municipality_id",
        column="region__slug",
        order=("region__slug", "valid_from"),
    )

    class Meta:
        ref_name = "Gemeente"


class MembershipRows(Rows):
    id = Whole(help_text=KEY)
    regio = Text(source="region__slug")
    gemeente = Text(source="municipality__gm_code")
    gemeenteNaam = Text(source="municipality__name")
    vanaf = Day(source="valid_from")
    totEnMet = LastDay(source="valid_to", allow_null=True, help_text="Leeg: loopt door.")
    bron = Text(source="source", allow_blank=True)
    zekerheid = Choice(SourceStatus, source="source_status")

    class Meta:
        ref_name = "Lidmaatschap"


class GroupRows(Rows):
    id = Whole(help_text=KEY)
    regio = Text(source="region__slug")
    code = Text()
    naam = Text(source="name", allow_blank=True)
    gemeenten = values_of(
        Texts(help_text="Gemeentecodes."),
        model=MunicipalityGroup.municipalities.through,
        by="municipalitygroup_id",
        column="municipality__gm_code",
        order=("municipality__gm_code",),
    )
    bron = Text(source="source", allow_blank=True)
    kanttekening = Text(source="note", allow_blank=True)

    class Meta:
        ref_name = "Samenwerkingsgroep"


class YouthRows(Rows):
    id = Whole(help_text=KEY)
    regio = Text(source="region__slug")
    gemeente = Text(source="municipality")
    peildatum = Day(source="counted_on")
    aantal = Whole(source="count", help_text="Jeugdigen van 0 tot en met 17 jaar.")
    aanlevering = Whole(source="intake_run", allow_null=True, help_text="Nummer in de regio.")
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "JeugdigenAantal"


class RoleRows(Rows):
    id = Whole(help_text=KEY)
    regio = Text(source="region__slug")
    gebruiker = Whole(source="user_id", help_text="Sleutel van de gebruiker.")
    rol = Choice(Role, source="role")
    gemeente = Text(source="municipality__gm_code", allow_null=True)
    aanbieder = Text(source="provider_organisation__name", allow_null=True)

    class Meta:
        ref_name = "Rol"


class UserRows(Rows):
    id = Whole(help_text=KEY)
    naam = Text(source="name")
    email = Text()
    actief = YesNo(source="is_active")

    class Meta:
        ref_name = "Gebruiker"
