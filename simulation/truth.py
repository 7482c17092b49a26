"""What really was, for tests: no estimator and no screen may read it."""

import csv
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from simulation.billing import Line
from simulation.days import half_of, month_label
from simulation.market import Providers
from simulation.profile import Worse
from simulation.trajectory import DROPOUTS, Trajectory

NO_OUTFLOW = frozenset(("20", "36", "37"))


class Truth:
    """Money by month of care once everything is declared and corrected, and counts of care."""

    def __init__(self, since: int) -> None:
        self.since = since
        self.money: Counter[tuple[int, str, str, str]] = Counter()
        self.counts: Counter[tuple[str, str, str, str, str]] = Counter()

    def spend(self, line: Line, month: int) -> None:
        found = line.trajectory
        self.money[month, found.municipality, found.product.segment, found.provider.agb] += (
            line.signed
        )

    def add(self, found: Trajectory) -> None:
        cell = (found.municipality, found.product.segment, found.provider.agb)
        if found.start is not None and found.start >= self.since:
            self.counts["inflow", half_of(found.start), *cell] += 1
            wait = max(0, found.start - found.granted)
            self.counts["wait_days", half_of(found.start), *cell] += wait
        if found.stop is not None and found.reason not in NO_OUTFLOW:
            self.counts["outflow", half_of(found.stop), *cell] += 1
            if found.reason in DROPOUTS.things:
                self.counts["dropout", half_of(found.stop), *cell] += 1

    def write(
        self, folder: Path, *, facts: dict[str, object], worse: tuple[Worse, ...],
        providers: Providers,
    ) -> list[Path]:  # fmt: skip
        folder.mkdir(parents=True, exist_ok=True)
        facts = facts | {
            "worse": [
                asdict(w) | {"agb": providers.all[w.provider].agb, "since": w.since.isoformat()}
                for w in worse
            ],
            "providers": [asdict(provider) for provider in providers.all.values()],
        }
        summary = folder / "truth.json"
        summary.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", "utf-8")
        return [summary, self._money(folder / "spend.csv"), self._counts(folder / "counts.csv")]

    def _money(self, path: Path) -> Path:
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, delimiter=";", lineterminator="\n")
            rows.writerow(("month", "municipality", "segment", "provider", "cents"))
            for (month, *cell), cents in sorted(self.money.items()):
                rows.writerow((month_label(int(month)), *cell, cents))
        return path

    def _counts(self, path: Path) -> Path:
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, delimiter=";", lineterminator="\n")
            rows.writerow(("what", "half_year", "municipality", "segment", "provider", "count"))
            rows.writerows((*cell, count) for cell, count in sorted(self.counts.items()))
        return path
