"""Votes in the browser: the register, one vote, its proposal, what colleges said, the rules."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core import clock
from core.states import Move
from core.states.pages import MovePage
from core.ui.editing import RemovePage, RowPage
from providers.models import Provider
from regions.models import Region
from regions.queries.access import access_of
from segments.models import Product

from ..domain import voting as domain
from ..domain.contracts import keep_part, remove_part
from ..enums.voting import BALLOT, BallotState, EndingKind, VoteSubject
from ..forms import voting as forms
from ..models import Ballot, CollegeVote, VotingRule
from ..queries import voting as queries
from ..registers.voting import BALLOTS
from ..rules.contracts import (
    can_cast,
    can_manage_contracts,
    check_can_cast,
    check_can_manage_contracts,
    check_can_see_votes,
)


@BALLOTS.page
def ballot_list(request: HttpRequest, region: Region) -> HttpResponseBase:
    check_can_see_votes(request.user, region)
    asked = forms.BallotFilter(request.GET)
    rows = queries.ballots_visible_to(request.user).filter(region=region)
    if asked.is_valid():
        rows = queries.matching(rows, asked.cleaned_data["zoek"].strip())
        if asked.cleaned_data["stand"]:
            rows = rows.filter(state=asked.cleaned_data["stand"])
    context = {
        "filter": asked,
        "rules": queries.rules_visible_to(request.user).filter(region=region),
        "may_manage": can_manage_contracts(request.user, region),
    }
    return BALLOTS.answer(request, queries.with_counts(rows), "procurement/ballots.html", context)


def ballot_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    ballot = _ballot(request, region, pk)
    votes = queries.votes_visible_to(request.user).filter(ballot=ballot)
    user, tally = request.user, queries.tally_of(ballot)
    context = {
        "ballot": ballot,
        "tally": tally,
        "voters_note": f"van de {tally.voters} colleges",
        "votes": [(v, _may_cast(user, ballot, v)) for v in votes],
        "contracts": ballot.contracts.select_related("provider"),
        "table": BALLOT,
        "roles": access_of(user).roles_in(region.pk),
        "may_change": ballot.state == BallotState.DRAFT and can_manage_contracts(user, region),
        "sees_steps": access_of(user).is_staff_of(region.pk),
        "today": clock.today(),
        "rule": ballot.rule or queries.rule_on(region, ballot.subject, clock.today()),
    }
    return render(request, "procurement/ballot.html", context)


def _may_cast(user: Any, ballot: Ballot, vote: CollegeVote) -> bool:
    return ballot.state == BallotState.OPEN and can_cast(user, ballot.region, vote.municipality)


def _ballot(request: HttpRequest, region: Region, pk: int) -> Ballot:
    rows = queries.ballots_visible_to(request.user).filter(region=region)
    return get_object_or_404(rows, pk=pk)


class Base:
    request: Any
    region: Any
    kwargs: dict[str, Any]
    row: Any = None

    def check(self) -> None:
        check_can_manage_contracts(self.request.user, self.region)

    def url(self, name: str, *args: Any) -> str:
        return reverse(name, args=[self.region.slug, *args])

    def ballots(self) -> QuerySet[Ballot]:
        return queries.ballots_visible_to(self.request.user).filter(region=self.region)

    def back(self) -> str:
        kept = getattr(self, "saved", None) or self.row
        return self.url("ballot", kept.pk) if kept else self.url("ballots")

    def way_back(self) -> list[tuple[str, str]]:
        here = [(f"Stemming {self.row.number}", self.back())] if self.row else []
        return [("Stemmingen", self.url("ballots")), *here]


class KeepBallot(Base, RowPage):
    """A proposal; a new one is about what the address names."""

    noun = "voorstel"
    form_class = forms.BallotForm
    done = "Het voorstel is bewaard. Breng het in stemming als het klaar is."

    def rows(self) -> QuerySet[Ballot]:
        return self.ballots()

    def new_row(self) -> Ballot:
        provider = self._named(Provider, "aanbieder")
        product = self._named(Product, "product")
        subject = VoteSubject.PRODUCT if product else VoteSubject.PROVIDER
        ballot = Ballot(
            region=self.region, subject=subject, provider=provider, product=product,
            ending=EndingKind.REMOVE if product else EndingKind.NOTICE,
        )  # fmt: skip
        rule = queries.rule_on(self.region, subject, clock.today())
        if rule:
            ballot.vote_before = clock.today() + timedelta(days=rule.term_days)
        return ballot

    def _named(self, model: Any, name: str) -> Any:
        asked = self.request.GET.get(name, "")
        if not asked:
            return None
        rows = model.objects.filter(region=self.region)
        return get_object_or_404(rows, pk=int(asked) if asked.isdecimal() else 0)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        named = request.GET.get("aanbieder") or request.GET.get("product")
        if "pk" not in kwargs and not named:
            self.check()
            return self.choose_subject()
        return super().dispatch(request, *args, **kwargs)

    def choose_subject(self) -> HttpResponse:
        """First what the proposal is about; the answer stands in the address."""
        form = forms.SubjectForm(self.request.GET or None, region=self.region)
        status = 422 if form.is_bound and not form.is_valid() else 200
        found = {"form": form}
        return render(self.request, "procurement/ballot_subject.html", found, status=status)

    def form_arguments(self) -> dict[str, Any]:
        found = super().form_arguments()
        if self.row is None:
            found["initial"] = {"contracts": domain.concerned(found["instance"])}
        return found

    def extra(self) -> dict[str, Any]:
        row = self.row or self.new_row()
        return {"note": f"Het gaat over {row.about}."}

    def save(self, form: Any) -> Ballot:
        chosen = form.cleaned_data["contracts"]
        return domain.keep_ballot(ballot=form.instance, by=self.request.user, contracts=chosen)


class MoveBallot(Base, MovePage):
    table = BALLOT

    def prepare(self) -> None:
        self.row = get_object_or_404(self.ballots(), pk=self.kwargs["pk"])

    def roles(self) -> frozenset[str]:
        return access_of(self.request.user).roles_in(self.region.pk)

    def verb(self, move: Move, form: Any) -> Any:
        return domain.move_ballot(
            ballot=self.row, move=move.name, by=self.request.user,
            reason=form.cleaned_data["reason"],
        )  # fmt: skip

    def extra(self) -> dict[str, Any]:
        return {"note": WHAT_HAPPENS.get(self.kwargs["move"], "")}


WHAT_HAPPENS = {
    "open": "De stemregel en wie mag stemmen liggen daarna vast zoals zij vandaag zijn.",
    "carry_out": "De contracten volgen het besluit: zij eindigen, of het product gaat eruit, op de "
    "laatste dag waarover is gestemd. Dit kan alleen als de stemming is gewonnen.",
    "reject": "Er verandert niets aan de contracten.",
}


class CastVote(Base, RowPage):
    """What one college said."""

    noun = "stem"
    form_class = forms.VoteForm

    def check(self) -> None:
        """Asked of the vote itself, below."""

    def rows(self) -> QuerySet[CollegeVote]:
        return queries.votes_visible_to(self.request.user).filter(ballot__region=self.region)

    def prepare(self) -> None:
        super().prepare()
        check_can_cast(self.request.user, self.region, self.row.municipality)

    def title(self) -> str:
        return f"Stem van {self.row.municipality}"

    def save(self, form: Any) -> CollegeVote:
        return domain.cast_vote(vote=form.instance, by=self.request.user)

    def back(self) -> str:
        return self.url("ballot", self.row.ballot_id)

    def way_back(self) -> list[tuple[str, str]]:
        here = (f"Stemming {self.row.ballot.number}", self.back())
        return [("Stemmingen", self.url("ballots")), here]


class OfRules(Base):
    noun = "stemregel"

    def rows(self) -> QuerySet[VotingRule]:
        return queries.rules_visible_to(self.request.user).filter(region=self.region)

    def back(self) -> str:
        return self.url("ballots")

    def way_back(self) -> list[tuple[str, str]]:
        return [("Stemmingen", self.url("ballots"))]


class KeepRule(OfRules, RowPage):
    form_class = forms.RuleForm

    def new_row(self) -> VotingRule:
        return VotingRule(region=self.region)

    def save(self, form: Any) -> Any:
        return keep_part(part=form.instance, by=self.request.user)


class RemoveRule(OfRules, RemovePage):
    def remove(self) -> None:
        remove_part(part=self.row, by=self.request.user)
