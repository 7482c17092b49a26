"""From a pattern in the figures to a signal about a provider."""

from typing import Any

from django.db import transaction

from core.errors import DomainError
from providers.models import Provider
from regions.models import Region
from segments.models import Segment

from ...enums import Theme
from ...enums.cases import CaseTheme, SignalSource
from ...enums.patterns import Finding
from ...models import Case, CaseSignal, Pattern, PatternRun
from ...queries.patterns import Seen, asking, in_words, is_newest, newest_run
from ...rules.cases import check_can_manage_cases
from ..cases.opening import open_case
from ..cases.signals import open_case_of, record_signal

THEMES = {
    Theme.OUTCOME: CaseTheme.OUTCOME,
    Theme.TRANSFORMATION: CaseTheme.TRANSFORMATION,
    Theme.WAITING: CaseTheme.WAITING,
    Theme.QUALITY: CaseTheme.DATA,
    Theme.VOLUME: CaseTheme.TRANSFORMATION,
    Theme.MONEY: CaseTheme.LAWFULNESS,
    Theme.DELIVERED: CaseTheme.OUTCOME,
}


@transaction.atomic
def signal_of(*, pattern: Pattern, text: str, by: Any) -> CaseSignal:
    """Record a pattern as a signal, with the figures it rests on. It joins the open case on its
    theme. A pattern of a municipality is no signal about a provider."""
    check_can_manage_cases(by, pattern.run.region)
    return _recorded(pattern, text, by)


def _recorded(pattern: Pattern, text: str, by: Any) -> CaseSignal:
    run, provider = pattern.run, _provider_of(pattern)
    half_year = run.figure_set.half_year
    known = CaseSignal.objects.select_for_update().filter(
        provider=provider, indicator=pattern.code, half_year=half_year,
        segment__code=pattern.segment,
    )  # fmt: skip
    if known.exists():
        raise DomainError("Van dit patroon is al een signaal gemaakt.", code="signaal-bestaat")
    return record_signal(
        provider=provider,
        theme=_theme_of(pattern),
        text=text,
        source=SignalSource.FIGURES,
        by=by,
        segment=_segment_of(pattern),
        indicator=pattern.code,
        half_year=half_year,
        obliges_plan=is_worse_outcome(pattern),
        fictitious=run.region.is_demo,
        evidence={
            "pattern": pattern.pk,
            "rule": pattern.rule,
            "numerator": pattern.numerator,
            "denominator": pattern.denominator,
            "expected": pattern.expected,
            "low": pattern.low,
            "high": pattern.high,
            "p": pattern.p,
            "q": pattern.q,
        },
    )


def is_worse_outcome(pattern: Pattern) -> bool:
    """Whether it obliges an improvement plan, or a recorded reason why not (document 004, L981)."""
    return pattern.theme == Theme.OUTCOME and pattern.finding == Finding.CONVERSATION


@transaction.atomic
def record_obliged(run: PatternRun) -> int:
    """Record what obliges a plan as signals of the system, each once; a running case takes them.

    Only of registered providers, in the region's newest half-year. Returns how many were made.
    """
    if not is_newest(run):
        return 0
    rows = run.patterns.filter(
        theme=Theme.OUTCOME, finding=Finding.CONVERSATION,
        provider__in=Provider.objects.filter(region=run.region).values("agb_code"),
    )  # fmt: skip
    new = [seen for seen in in_words(rows, run) if not seen.signalled]
    for seen in new:
        _recorded(seen.row, seen.sentence, None)
    return len(new)


def record_obliged_again(*, region: Region, by: Any) -> int:
    """The same on request, of the newest search: for providers that were registered since."""
    check_can_manage_cases(by, region)
    run = newest_run(region)
    return record_obliged(run) if run is not None else 0


@transaction.atomic
def case_of(*, pattern: Pattern, by: Any) -> Case:
    """The case on all that stands out of this provider and theme in the run.

    Effects: signals of the patterns that have none yet; a case, unless one runs already.
    """
    check_can_manage_cases(by, pattern.run.region)
    provider, theme = _provider_of(pattern), _theme_of(pattern)
    rows = asking(pattern.run).filter(provider=pattern.provider, theme=pattern.theme)
    every = in_words(rows, pattern.run)
    for seen in every:
        if not seen.signalled:
            signal_of(pattern=seen.row, text=seen.sentence, by=by)
    return open_case_of(provider, theme) or open_case(
        provider=provider,
        theme=theme,
        title=_title(every or in_words([pattern], pattern.run)),
        by=by,
        segment=_segment_of(pattern),
    )


def _title(every: list[Seen]) -> str:
    """What stands out, at most as long as a title may be."""
    ways = {f"{seen.indicator.name} {seen.way} dan verwacht" for seen in every}
    return "; ".join(sorted(ways))[:160]


def _provider_of(pattern: Pattern) -> Provider:
    rows = Provider.objects.filter(region=pattern.run.region, agb_code=pattern.provider)
    provider = rows.first() if pattern.provider else None
    if provider is None:
        raise DomainError(
            "Deze aanbieder staat niet in het register. Leg de aanbieder eerst vast."
            if pattern.provider
            else "Dit patroon gaat over een gemeente. Een zaak gaat over een aanbieder.",
            code="aanbieder-onbekend",
        )
    return provider


def _theme_of(pattern: Pattern) -> str:
    return THEMES[Theme(pattern.theme)]


def _segment_of(pattern: Pattern) -> Segment | None:
    scheme = pattern.run.figure_set.scheme
    return Segment.objects.filter(scheme=scheme, code=pattern.segment).first()
