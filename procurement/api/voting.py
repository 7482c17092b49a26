"""Votes of the colleges for programs: proposals, what each college said, and the rules."""

from typing import Any

import django_filters
from rest_framework import serializers

from core.api.rest import (
    Choice,
    ChoiceOf,
    Day,
    Filters,
    Input,
    KeepView,
    LastDay,
    MoveView,
    Rows,
    Text,
    Whole,
    YesNo,
    many,
    values_of,
)
from providers.api.inputs import ProviderChoice
from regions.api.choose import OfRegion, RegionChoice, region_filter
from segments.models import Product

from ..domain import voting as domain
from ..domain.contracts import keep_part, remove_part
from ..enums import voting as enums
from ..models import Ballot, CollegeVote, VotingRule
from ..queries import voting as queries

BLANK: dict[str, Any] = {"required": False, "allow_blank": True}


class VoteRows(Rows):
    id = Whole()
    regio = Text(source="ballot__region__slug")
    stemming = Whole(source="ballot_id")
    gemeente = Text(source="municipality__gm_code", help_text="CBS-code.")
    gemeenteNaam = Text(source="municipality__name")
    stem = Choice(enums.VoteChoice, source="choice", allow_null=True)
    besluitVan = Day(source="decided_on", allow_null=True)
    waarom = Text(source="reason", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "StemVanCollege"


class CountedVoteRows(Rows):
    gemeente = Text(source="municipality__gm_code", help_text="CBS-code.")
    stem = Choice(enums.VoteChoice, source="choice", allow_null=True)
    besluitVan = Day(source="decided_on", allow_null=True)

    class Meta:
        ref_name = "StemInStemming"


class BallotRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    nummer = Whole(source="number")
    onderwerp = Choice(enums.VoteSubject, source="subject")
    aanbieder = Whole(source="provider_id", allow_null=True)
    agbCode = Text(source="provider__agb_code", allow_null=True)
    product = Text(source="product__code", allow_null=True)
    gevolg = Choice(enums.EndingKind, source="ending")
    contracten = values_of(
        serializers.ListField(child=serializers.CharField()),
        model=Ballot.contracts.through,
        by="ballot_id",
        column="contract__number",
        order=("contract__number",),
    )
    laatsteDag = Day(source="last_day")
    waarom = Text(source="motivation")
    aanleiding = Text(source="origin", allow_blank=True)
    stemmenUiterlijk = Day(source="vote_before", allow_null=True)
    meerderheid = Choice(enums.Majority, source="rule__majority", allow_null=True)
    inStemmingSinds = Day(source="opened_on", allow_null=True)
    stemmen = many(
        CountedVoteRows, model=CollegeVote, by="ballot_id", order=("municipality__gm_code",)
    )
    beslotenOp = Day(source="decided_on", allow_null=True)
    stand = Choice(enums.BallotState, source="state")
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Stemming"


class BallotInput(Input):
    regio = RegionChoice(source="region")
    aanbieder = ProviderChoice(source="provider", required=False)
    product = serializers.CharField(max_length=5, required=False)
    gevolg = Choice(enums.EndingKind, source="ending", required=False)
    laatsteDag = Day(source="last_day")
    waarom = serializers.CharField(source="motivation", max_length=20_000)
    stemmenUiterlijk = Day(source="vote_before", required=False, allow_null=True)

    class Meta:
        ref_name = "StemmingInvoer"


class BallotFilters(OfRegion):
    agbCode = django_filters.CharFilter(field_name="provider__agb_code")
    product = django_filters.CharFilter(field_name="product__code")
    contract = django_filters.CharFilter(field_name="contracts__number", distinct=True)
    stand = ChoiceOf(enums.BallotState, field_name="state")


class BallotView(KeepView, MoveView):
    about = (
        "Stemmingen van de colleges over wat uit het aanbod gaat: aanbieder of product. "
        "`besluit-uitvoeren` beëindigt de contracten en kan alleen als de stemming is gewonnen. "
        "Een nieuw voorstel gaat over alle lopende contracten van de aanbieder of met het product."
    )
    table = enums.BALLOT
    visible = staticmethod(queries.ballots_visible_to)
    serializer_class = BallotRows
    filterset_class = BallotFilters
    input_class = BallotInput
    places = ("region", "provider", "product")
    http_method_names = ("get", "head", "options", "post", "patch")

    def new_row(self, place: dict[str, Any]) -> Ballot:
        product, region = None, place["region"]
        if place["product"]:
            product = Product.objects.filter(region=region, code=place["product"]).first()
            if product is None:
                raise serializers.ValidationError({"product": "De regio kent dit product niet."})
        subject = enums.VoteSubject.PRODUCT if product else enums.VoteSubject.PROVIDER
        provider = place["provider"]
        if provider is not None and provider.region_id != region.pk:
            raise serializers.ValidationError({"aanbieder": "Deze aanbieder is van elders."})
        return Ballot(
            region=region, provider=provider, product=product, subject=subject,
            ending=enums.EndingKind.REMOVE if product else enums.EndingKind.NOTICE,
        )  # fmt: skip

    def keep(self, row: Any) -> Any:
        return domain.keep_ballot(ballot=row, by=self.request.user)

    def make_move(self, row: Any, move: str, reason: str, more: dict[str, Any]) -> None:
        domain.move_ballot(ballot=row, move=move, by=self.request.user, reason=reason)


class VoteInput(Input):
    stem = Choice(enums.VoteChoice, source="choice", required=False)
    besluitVan = Day(source="decided_on", required=False, allow_null=True)
    waarom = serializers.CharField(source="reason", max_length=4000, **BLANK)
    bron = serializers.CharField(source="source", max_length=200, **BLANK)

    class Meta:
        ref_name = "StemInvoer"


class VoteFilters(Filters):
    regio = region_filter("ballot__region__slug")
    stemming = django_filters.NumberFilter(field_name="ballot")
    gemeente = django_filters.CharFilter(field_name="municipality__gm_code")


class VoteView(KeepView):
    about = (
        "Wat elk college in een stemming besloot. De rijen ontstaan als de stemming begint; met "
        "PATCH legt u een stem vast."
    )
    visible = staticmethod(queries.votes_visible_to)
    serializer_class = VoteRows
    filterset_class = VoteFilters
    input_class = VoteInput
    http_method_names = ("get", "head", "options", "patch")

    def keep(self, row: Any) -> Any:
        return domain.cast_vote(vote=row, by=self.request.user)


class RuleRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    onderwerp = Choice(enums.VoteSubject, source="subject")
    wieStemt = Choice(enums.Electorate, source="electorate")
    meerderheid = Choice(enums.Majority, source="majority")
    dagen = Whole(source="term_days")
    vanaf = Day(source="valid_from")
    totEnMet = LastDay(source="valid_to", allow_null=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Stemregel"


class RuleInput(Input):
    regio = RegionChoice(source="region")
    onderwerp = Choice(enums.VoteSubject, source="subject")
    wieStemt = Choice(enums.Electorate, source="electorate")
    meerderheid = Choice(enums.Majority, source="majority", required=False)
    dagen = serializers.IntegerField(
        source="term_days", min_value=1, max_value=3650, required=False
    )
    vanaf = Day(source="valid_from")
    totEnMet = LastDay(source="valid_to", required=False, allow_null=True)
    bron = serializers.CharField(source="source", max_length=200, **BLANK)

    class Meta:
        ref_name = "StemregelInvoer"


class RuleView(KeepView):
    about = "Wie ermee moet instemmen dat een aanbieder of product uit het aanbod gaat."
    visible = staticmethod(queries.rules_visible_to)
    serializer_class = RuleRows
    filterset_class = OfRegion
    input_class = RuleInput
    places = ("region",)

    def new_row(self, place: dict[str, Any]) -> VotingRule:
        return VotingRule(region=place["region"])

    def keep(self, row: Any) -> Any:
        return keep_part(part=row, by=self.request.user)

    def remove(self, row: Any) -> None:
        remove_part(part=row, by=self.request.user)


VIEWS = (
    ("stemmingen", BallotView, "stemming"),
    ("stemmen", VoteView, "stem"),
    ("stemregels", RuleView, "stemregel"),
)
