"""Writes a region to disk: messages per month, forms beside them, and apart from both the truth."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from simulation import messages
from simulation.billing import Answered, Declared
from simulation.days import iso, last_day, month_label
from simulation.market import planted
from simulation.output import DeliveredFile, FolderSink, Sink, ZipSink
from simulation.profile import Profile
from simulation.region import Item, Month, simulated
from simulation.tables import Tables
from simulation.traffic import Allocated, Request, Started, Stopped

KINDS: dict[type, str] = {
    Allocated: "301", Started: "305", Stopped: "307", Request: "315",
    Declared: "323", Answered: "325",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written.

    `files` stand in the order in which they would have been received; `messages` counts per kind
    (301 ... 325); `lines` are declaration lines; `submitted` their sum in cents, credits negative.
    `truth` may be read by tests only.
    """

    files: tuple[DeliveredFile, ...]
    messages: dict[str, int]
    lines: int
    submitted: int
    truth: tuple[Path, ...]


def write_region(
    profile: Profile, *, seed: int, until: date, out: Path, lines: int | None = None,
    plant: str = "profile", form: str = "zip", horizon: date | None = None,
) -> Summary:  # fmt: skip
    """Writes a region's care from its first day up to and including `until` below `out`.

    `lines` is the wished number of declaration lines (met within some percents), `plant` one of
    `simulation.market.PLANTS`, `form` zip or folder. With a `horizon` after `until` care goes on
    to that day in the truth only. Memory grows with the care that runs, not with the years.
    """
    region = simulated(
        profile, seed=seed, until=until, lines=lines or profile.lines, plant=plant, horizon=horizon
    )
    post, tables = Post(out / "berichten", form, until), Tables(region, out, until)
    for month in region.months():
        if month.items:
            post.send(month)
        tables.flush(month.month)
    forms = tables.finish()
    worse = planted(profile, plant=plant, until=until)
    facts = {"profile": profile.name, "seed": seed, "until": until.isoformat(), "plant": plant}
    truth = region.truth.write(
        out / "waarheid", facts=facts, worse=worse, providers=region.providers
    )
    files = sorted(forms + post.files, key=lambda file: (file.on, file.form, file.path.name))
    return Summary(
        files=tuple(files), messages=dict(sorted(post.counts.items())), lines=post.lines,
        submitted=post.submitted, truth=tuple(truth),
    )  # fmt: skip


class Post:
    """Renders and writes the messages of each month."""

    def __init__(self, folder: Path, form: str, until: date) -> None:
        self.folder, self.form, self.until = folder, form, until
        self.files: list[DeliveredFile] = []
        self.counts: Counter[str] = Counter()
        self.lines = self.submitted = 0

    def send(self, month: Month) -> None:
        label = month_label(month.month)
        sink: Sink = (
            FolderSink(self.folder, label) if self.form == "folder" else ZipSink(self.folder, label)
        )
        with sink:
            for place, item in enumerate(month.items, start=1):
                sender, text = self._rendered(item)
                kind = KINDS[type(item)]
                sink.add(f"{iso(item.on)}_{place:06d}_{sender}_JW{kind}.xml", text)
        on = min(date.fromordinal(last_day(month.month)), self.until)
        self.files.append(DeliveredFile(sink.path, "ijw", on, len(month.items)))

    def _rendered(self, item: Item) -> tuple[str, str]:
        self.counts[KINDS[type(item)]] += 1
        if isinstance(item, Declared):
            self.lines += len(item.lines)
            self.submitted += item.total
            return item.agb, messages.declared(item)
        identity = f"{sum(self.counts.values()):08d}"
        if isinstance(item, Answered):
            return item.declared.municipality, messages.answered(item, identity)
        if isinstance(item, Allocated):
            return item.trajectory.municipality, messages.allocated(item, identity)
        agb = item.trajectory.provider.agb
        if isinstance(item, Request):
            return agb, messages.request(item, identity)
        if isinstance(item, Started):
            return agb, messages.started(item, identity)
        return agb, messages.stopped(item, identity)
