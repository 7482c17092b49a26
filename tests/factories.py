"""A region to test with, made of real objects: `RegionFactory`, `a_region()`, `user_with(...)`."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from core.users.models import User
from procurement.enums.contracts import ContractKind
from procurement.models import (
    CompliancePoint,
    ComplianceStandard,
    Contract,
    ContractPhase,
    ContractProduct,
    SchemePhase,
    Tariff,
)
from providers.models import Provider
from regions.enums import OrganisationKind, Role
from regions.models import Municipality, Organisation, Region, RegionMembership, RoleAssignment
from segments.models import (
    CareCategory,
    IndicatorDefinition,
    Product,
    ProductPlacement,
    Segment,
    SegmentGoal,
    SegmentScheme,
)

PASSWORD = "een-lang-wachtwoord"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"gebruiker{n}@voorbeeld.nl")
    name = factory.Sequence(lambda n: f"Gebruiker {n}")
    password = factory.django.Password(PASSWORD)


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    kind = OrganisationKind.REGIONAL
    name = factory.Sequence(lambda n: f"Organisatie {n}")


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = Region

    slug = factory.Sequence(lambda n: f"regio-{n}")
    name = factory.Sequence(lambda n: f"Regio {n}")
    organisation = factory.SubFactory(OrganisationFactory)


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality

    gm_code = factory.Sequence(lambda n: f"{2000 + n:04d}")
    name = factory.Sequence(lambda n: f"Gemeente {n}")
    organisation = factory.SubFactory(
        OrganisationFactory,
        kind=OrganisationKind.MUNICIPALITY,
        name=factory.SelfAttribute("..name"),
    )


class RegionMembershipFactory(DjangoModelFactory):
    class Meta:
        model = RegionMembership

    region = factory.SubFactory(RegionFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    valid_from = date(2020, 1, 1)


class SegmentSchemeFactory(DjangoModelFactory):
    class Meta:
        model = SegmentScheme

    region = factory.SubFactory(RegionFactory)
    code = "indeling"
    name = "Segmentindeling"
    valid_from = date(2023, 1, 1)


class SegmentFactory(DjangoModelFactory):
    class Meta:
        model = Segment

    scheme = factory.SubFactory(SegmentSchemeFactory)
    code = factory.Sequence(lambda n: f"S{100 + n}")
    name = factory.LazyAttribute(lambda o: f"Segment {o.code}")


class SegmentGoalFactory(DjangoModelFactory):
    class Meta:
        model = SegmentGoal

    segment = factory.SubFactory(SegmentFactory)
    number = factory.Sequence(lambda n: f"{n}")
    text = "Jeugdigen krijgen eerder passende hulp"


class CareCategoryFactory(DjangoModelFactory):
    class Meta:
        model = CareCategory

    scheme = factory.SubFactory(SegmentSchemeFactory)
    direction = "herstel"
    is_stay = False
    name = "Herstelgericht ambulant"


class IndicatorDefinitionFactory(DjangoModelFactory):
    class Meta:
        model = IndicatorDefinition

    region = factory.SubFactory(RegionFactory)
    code = "uitval"
    name = "Uitval"
    polarity = -1


class ProductFactory(DjangoModelFactory):
    class Meta:
        model = Product

    region = factory.SubFactory(RegionFactory)
    # Not 45A01, which `a_region` gives out.
    code = factory.Sequence(lambda n: f"45B{n % 100:02d}")
    category = "45"
    name = factory.LazyAttribute(lambda o: f"Ambulante hulp {o.code}")


class ProductPlacementFactory(DjangoModelFactory):
    class Meta:
        model = ProductPlacement

    scheme = factory.SubFactory(SegmentSchemeFactory)
    segment = factory.SubFactory(SegmentFactory, scheme=factory.SelfAttribute("..scheme"))
    product_code = "45A01"
    valid_from = date(2023, 1, 1)


class ProviderFactory(DjangoModelFactory):
    class Meta:
        model = Provider

    region = factory.SubFactory(RegionFactory)
    name = factory.Sequence(lambda n: f"Aanbieder {n}")
    agb_code = factory.Sequence(lambda n: f"{22000000 + n}")
    organisation = factory.SubFactory(
        OrganisationFactory, kind=OrganisationKind.PROVIDER, name=factory.SelfAttribute("..name")
    )


class ContractFactory(DjangoModelFactory):
    class Meta:
        model = Contract

    region = factory.SubFactory(RegionFactory)
    provider = factory.SubFactory(ProviderFactory, region=factory.SelfAttribute("..region"))
    number = factory.Sequence(lambda n: f"C-{n:04d}")
    kind = ContractKind.DEVELOPMENT
    start_date = date(2023, 1, 1)
    end_date = date(2031, 1, 1)


class ContractPhaseFactory(DjangoModelFactory):
    class Meta:
        model = ContractPhase

    contract = factory.SubFactory(ContractFactory)
    number = 1
    start_date = date(2023, 1, 1)
    end_date = date(2026, 1, 1)


class SchemePhaseFactory(DjangoModelFactory):
    class Meta:
        model = SchemePhase

    scheme = factory.SubFactory(SegmentSchemeFactory)
    number = 1
    name = "Transformatiefase 1"
    start_date = date(2023, 1, 1)
    end_date = date(2031, 1, 1)


class TariffFactory(DjangoModelFactory):
    class Meta:
        model = Tariff

    region = factory.SubFactory(RegionFactory)
    product_code = "45A01"
    unit = "04"
    valid_from = date(2023, 1, 1)
    amount = Decimal("92.40")


def user_with(
    role: str,
    region: Region | None = None,
    municipality: Municipality | None = None,
    provider: Provider | None = None,
    **fields: object,
) -> User:
    """A user with one role; an application administrator needs no region."""
    user = UserFactory(is_staff=role == Role.APPLICATION_ADMIN, **fields)
    RoleAssignment.objects.create(
        user=user,
        role=role,
        region=None if role == Role.APPLICATION_ADMIN else region,
        municipality=municipality if role in Role.OF_MUNICIPALITY else None,
        provider_organisation=provider.organisation if role == Role.PROVIDER and provider else None,
    )
    return user


@dataclass
class Made:
    """A region with two municipalities, two segments with a goal, a provider and a contract."""

    region: Region
    municipalities: list[Municipality]
    scheme: SegmentScheme
    segments: list[Segment]
    goal: SegmentGoal
    product: Product
    provider: Provider
    contract: Contract
    tariff: Tariff
    users: dict[str, User] = field(default_factory=dict)


def a_region(*, slug: str = "noord", name: str = "Regio Noord") -> Made:
    """A small whole region; add users per role with `with_users`."""
    region = RegionFactory(slug=slug, name=name)
    members = [RegionMembershipFactory(region=region).municipality for _ in range(2)]
    scheme = SegmentSchemeFactory(region=region)
    segments = [SegmentFactory(scheme=scheme, code=code) for code in ("S1", "S2")]
    product = ProductFactory(region=region, code="45A01")
    ProductPlacementFactory(scheme=scheme, segment=segments[0], product_code=product.code)
    CareCategoryFactory(scheme=scheme)
    provider = ProviderFactory(region=region)
    contract = ContractFactory(region=region, provider=provider)
    contract.segments.set(segments[:1])
    ContractPhaseFactory(contract=contract)
    ContractProduct.objects.create(
        contract=contract, product=product, valid_from=contract.start_date
    )
    return Made(
        region=region,
        municipalities=members,
        scheme=scheme,
        segments=segments,
        goal=SegmentGoalFactory(segment=segments[0], number="1"),
        product=product,
        provider=provider,
        contract=contract,
        tariff=TariffFactory(region=region),
    )


def a_standard(region: Region, subject: str = "contract") -> ComplianceStandard:
    """Two points: one that the site looks up, one for people."""
    standard = ComplianceStandard.objects.create(
        region=region, code="CS", title="Contractstandaard", subject=subject,
        valid_from=date(2022, 1, 1), source="Ketenbureau",
    )  # fmt: skip
    for number, (article, probe) in enumerate((("art. 1.3", "extension"), ("art. 3.10", "")), 1):
        CompliancePoint.objects.create(
            standard=standard, number=number, article=article, text=f"Punt {number}", probe=probe
        )
    return standard


def with_users(made: Made) -> Made:
    """One user per role, under the role's value: `made.users["controller"]`."""
    for role in Role:
        made.users[role] = user_with(
            role,
            made.region,
            municipality=made.municipalities[0],
            provider=made.provider,
            email=f"{role}@{made.region.slug}.nl",
            name=str(role.label).capitalize(),
        )
    return made
