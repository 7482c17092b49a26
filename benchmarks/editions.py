"""The editions of a half-year in one job, beside bare runs of WeasyPrint over the same pages.

    python -m benchmarks.editions <short name of a region> <half-year> [--most 10] [--runs 2]

Works on the region in DATABASE_URL, whose messages must be there; what it makes is rolled back. The
figures and what councils may see of them are worked out before the clock starts: all editions share
them. Both sides are measured in processor time of this process, turn by turn.

- the job (gather, compile, lay out, PDF/A and PDF/UA, store) to the bare runs: 1.3;
- the most memory of this process, bare runs and all: 500 MB.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

import django

LIMIT, MOST_MEGABYTES = 1.3, 500


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("region")
    options.add_argument("half_year")
    options.add_argument("--most", type=int, default=10)
    options.add_argument("--runs", type=int, default=2)
    wanted = options.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    from django.test import override_settings  # noqa: PLC0415 -- after setup

    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
        return measure(wanted.region, wanted.half_year, wanted.most, wanted.runs)


def measure(slug: str, label: str, most: int, runs: int) -> int:
    from django.db import transaction  # noqa: PLC0415

    from core.periods import HalfYear  # noqa: PLC0415
    from regions.models import Region  # noqa: PLC0415
    from reports.domain.freezing import freeze  # noqa: PLC0415

    with transaction.atomic():
        frozen = freeze(region=Region.objects.get(slug=slug), half=HalfYear.parse(label))
        pages = make(frozen, most)
        turns = [
            (timed(lambda: make(frozen, most)), timed(lambda: draw(pages))) for _ in range(runs)
        ]
        transaction.set_rollback(True)
    ours, bare = (min(times) for times in zip(*turns, strict=True))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(pages)} editions: job {ours:.1f} s, bare {bare:.1f} s of processor time")
    print(f"ratio {ours / bare:.2f} (limit {LIMIT}), {memory:.0f} MB (limit {MOST_MEGABYTES})")
    return 0 if ours <= LIMIT * bare and memory < MOST_MEGABYTES else 1


def make(frozen: Any, most: int) -> list[str]:
    """The work of the job for the council editions, undone again; gives their pages."""
    from django.db import transaction  # noqa: PLC0415

    from core.plain import from_plain  # noqa: PLC0415
    from reports.domain.content import EditionContent  # noqa: PLC0415
    from reports.domain.making import all_wanted, make_edition  # noqa: PLC0415
    from reports.domain.passages import Written  # noqa: PLC0415
    from reports.domain.render import pdf_html  # noqa: PLC0415
    from reports.enums import EditionKind  # noqa: PLC0415
    from reports.models import Edition  # noqa: PLC0415

    wanted = [w for w in all_wanted(frozen) if w.kind in EditionKind.PUBLIC][:most]
    frozen.books.clear()
    with transaction.atomic():
        rows = Edition.objects.filter(region=frozen.region, half_year=frozen.half.label)
        there = {row.pk for row in rows}
        made = [make_edition(frozen=frozen, wanted=one) for one in wanted]
        fresh = all(edition.pk not in there for edition in made)
        transaction.set_rollback(True)
    if not fresh:
        sys.exit("These editions are there already: take a half-year without.")
    return [pdf_html(Written(from_plain(EditionContent, e.content), {}), e) for e in made]


def draw(pages: list[str]) -> None:
    """Only the drawing, with the same fonts and style sheets."""
    from weasyprint import HTML  # noqa: PLC0415

    from core.pdf.fetcher import StaticOnlyFetcher  # noqa: PLC0415

    for page in pages:
        HTML(string=page, base_url="about:blank", url_fetcher=StaticOnlyFetcher()).write_pdf(
            pdf_variant="pdf/a-2a"
        )


def timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
