import shutil
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core import clock
from core.errors import DomainError
from core.intake.api import RUN_JOB, form, receive
from core.jobs.api import Job
from core.packs import load_pack
from finance.domain.looking_back import start_look_back
from finance.domain.projecting import start_projection
from finance.models import ProjectionRun, SavingsSeries
from monitoring.domain.requesting import request_figures
from regions.enums import Role
from regions.models import Region, RoleAssignment
from segments.models import SegmentScheme
from simulation import DeliveredFile, load_profile, write_region

from ...demo.accounts import PASSWORD, Account, make_accounts
from ...demo.agreeing import make_agreed
from ...demo.asking import make_rounds
from ...demo.background import choose_colours, has_national_figures, national_table
from ...demo.ceilings import make_ceilings
from ...demo.checks import make_checks
from ...demo.compliance import make_compliance
from ...demo.contract_files import fill_contracts
from ...demo.contracts import make_contracts
from ...demo.councils import make_council_work
from ...demo.deciding import make_deciding
from ...demo.files import make_files
from ...demo.indexing import make_indexation
from ...demo.judging import make_judgements
from ...demo.keys import make_keys
from ...demo.learning import make_learning
from ...demo.looks import make_looks
from ...demo.money import make_money
from ...demo.on_request import make_others
from ...demo.publishing import publish_editions
from ...demo.regions import COMING, DEMO_REGIONS, LIVE, PAPER_REGIONS, DemoRegion
from ...demo.scenarios import make_agreed_measure, make_plan, make_scenarios
from ...demo.steering import make_steering, people_of
from ...demo.tables import make_table
from ...demo.task_based import make_coming, make_places
from ...demo.waiting import wait_for
from ...demo.weighing import make_weighing
from ...domain.adopting import PRINT_JOB, publish_mirrors
from ...domain.requesting import request_editions
from ...enums import EditionKind
from ...models import Edition

# The forms of the generator and the intake forms that take them in. Products, and what the packs
# already say, are not delivered again.
FORMS = {
    "ijw": "ijw",
    "providers": "aanbieders",
    "tariffs": "tarieven",
    "youth": "jeugdigen",
    "budgets": "begrotingen",
    "outcomes": "uitkomsten",
    "placements": "verblijfplaatsen",
    "instalments": "termijnen",
    "deliveries": "aanleveringen",
}


class Command(BaseCommand):
    """The main job, end to end, with simulated care (docs/simulation.md)."""

    help = "Vult de site met twee demonstratieregio's, hun rapportages en prognoses."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--lines", type=int, help="aantal declaratieregels per regio")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if not Edition.objects.filter(region__slug=COMING.slug).exists():
                self._fill(options["lines"])
            if not Edition.objects.filter(kind__in=EditionKind.ON_REQUEST).exists():
                self._finish()
        except DomainError as error:
            raise CommandError(error.message) from error
        self._report()

    def _fill(self, lines: int | None) -> None:
        for name in (*PAPER_REGIONS.values(), *(p for demo in DEMO_REGIONS for p in demo.packs)):
            load_pack(path=settings.REGION_PACKS_DIR / name)
            self.stdout.write(f"  regiopakket {name} geladen")
        self._accounts()
        for demo in DEMO_REGIONS:
            self._fill_region(demo, lines)

    def _finish(self) -> None:
        """What needs the figures of both regions; each part is made once."""
        self._accounts()
        self._steer()
        for demo in DEMO_REGIONS:
            region = Region.objects.get(slug=demo.slug)
            make_learning(region, by=self._colleague(region, None))
        self._on_request()

    def _steer(self) -> None:
        """Cases, waits and places in the live region, by its manager and its first provider."""
        region = Region.objects.get(slug=LIVE.slug)
        people = people_of(region)
        if people:
            made = make_steering(region, manager=people[0], provider_user=people[1])
            self.stdout.write(f"  {region}: {made} zaken, wachttijden en plekken (fictief)")

    def _fill_region(self, demo: DemoRegion, lines: int | None) -> None:
        region = Region.objects.get(slug=demo.slug)
        if Edition.objects.filter(region=region).exists():
            return
        scheme = SegmentScheme.objects.get(region=region, code=demo.scheme)
        by = self._staff(region)
        for delivered in self._simulate(demo, lines):
            self._deliver(region, delivered, by)
        if demo is LIVE:
            self._manage(scheme, by)
        self._count_money(scheme, by, coming=demo is not LIVE)
        self.stdout.write(f"\r  {region}: berichten ingelezen{' ' * 50}")
        self._look_ahead(scheme, demo.seed, by)
        if demo is LIVE:
            self._judge(scheme, demo)
        self._background(region, by)
        half_year = demo.half_year(clock.today())
        self._wait(request_editions(region=region, half_year=half_year, by=by, scheme=scheme))
        if demo is LIVE:
            self._publish(region, demo)
        self.stdout.write(f"\r  {region}: prognose en rapportages gemaakt{' ' * 40}")

    def _manage(self, scheme: SegmentScheme, by: Any) -> None:
        """What a region that already buys has beside its messages."""
        region = scheme.region
        make_contracts(scheme)
        make_deciding(scheme, by=self._officer(region))
        make_table(region, by=self._officer(region))
        make_council_work(scheme, by=self._officer(region))
        make_weighing(scheme, by=self._officer(region))
        fill_contracts(scheme, by)
        make_indexation(region, by=by)
        make_files(region, by, self._colleague(region, by))
        make_rounds(region, by=by)
        make_places(scheme, self._controller(region))
        for job in Job.objects.filter(tenant_id=region.pk, kind=RUN_JOB):
            self._wait(job)

    def _count_money(self, scheme: SegmentScheme, by: Any, *, coming: bool) -> None:
        """Lines checked, money beside them; `coming`: contracts yet to start."""
        region, controller = scheme.region, self._controller(scheme.region)
        found = make_checks(region, by)
        self.stdout.write(f"\r  {region}: declaraties getoetst, {found} afwijkingen (fictief)")
        make_looks(region, controller)
        make_money(region, controller)
        if coming:
            make_coming(scheme, controller)
        else:
            make_ceilings(region, by)
            make_compliance(region, by)
        make_agreed_measure(region, by=controller)
        make_keys(region, first_year=clock.today().year + 1)

    def _look_ahead(self, scheme: SegmentScheme, seed: int, by: Any) -> None:
        savings = SavingsSeries.objects.filter(region=scheme.region).first()
        projection = start_projection(
            region=scheme.region, scheme=scheme, by=by, savings=savings, seed=seed
        )
        self._wait(projection.job)
        projection.refresh_from_db()
        self._wait(start_look_back(projection=projection, by=by).job)
        for scenario in make_scenarios(projection, by=by):
            self._wait(scenario.job)
        make_plan(projection, by=self._controller(scheme.region))

    def _officer(self, region: Region) -> Any:
        """Who writes down what the region decides."""
        found = RoleAssignment.objects.filter(region=region, role=Role.POLICY_OFFICER)
        return found.order_by("pk").select_related("user")[0].user

    def _judge(self, scheme: SegmentScheme, demo: DemoRegion) -> None:
        """Figures first, then what the parties think of them: the editions carry it."""
        region, half_year = scheme.region, demo.half_year(clock.today())
        leader = self._colleague(region, None)
        self._wait(request_figures(region=region, half_year=half_year, by=leader, scheme=scheme))
        make_agreed(scheme, half_year, by=leader)
        make_judgements(scheme, half_year, by=leader)

    def _background(self, region: Region, by: Any) -> None:
        """National figures come in by their form; a publisher chooses the colours."""
        if not has_national_figures(region):
            delivered = receive(
                form=form("landelijk"), tenant_id=region.pk, by=by, files=national_table()
            )
            self._wait(delivered.job)
        choose_colours(region, self._officer(region))

    def _publish(self, region: Region, demo: DemoRegion) -> None:
        """Through the colleges to the councils, and each provider its mirror; the printing is
        waited for."""
        half, publisher = demo.half_year(clock.today()), self._officer(region)
        publish_editions(region=region, half_year=half, staff=publisher)
        self._wait(request_editions(region=region, half_year=half, by=publisher, mirrors=True))
        publish_mirrors(region=region, half_year=half, by=publisher)
        for job in Job.objects.filter(tenant_id=region.pk, kind=PRINT_JOB):
            self._wait(job)

    def _on_request(self) -> None:
        """Programme and projection of the half-year, and the evaluation of the year before."""
        scheme = SegmentScheme.objects.get(region__slug=LIVE.slug, code=LIVE.scheme)
        half, by = LIVE.half_year(clock.today()), self._officer(scheme.region)
        manager = self._staff(scheme.region)
        make_others(scheme=scheme, half_year=half, by=by, manager=manager, wait=self._wait)

    def _simulate(self, demo: DemoRegion, lines: int | None) -> Iterator[DeliveredFile]:
        """Written to a folder of its own, which is removed once it has been delivered."""
        folder = Path(settings.MEDIA_ROOT).parent / "demo" / demo.slug
        shutil.rmtree(folder, ignore_errors=True)
        self.stdout.write(f"  {demo.slug}: berichten schrijven ...")
        summary = write_region(
            load_profile(demo.profile),
            seed=demo.seed,
            until=clock.today(),
            lines=lines,
            out=folder,
        )
        setup = [f for f in summary.files if f.form in ("providers", "tariffs", "youth", "budgets")]
        rest = [f for f in summary.files if f not in setup]
        yield from (*setup, *rest)
        shutil.rmtree(folder, ignore_errors=True)

    def _deliver(self, region: Region, delivered: DeliveredFile, by: Any) -> None:
        code = FORMS.get(delivered.form)
        if code is None:
            return
        with ExitStack() as stack:
            stream = stack.enter_context(delivered.path.open("rb"))
            run = receive(
                form=form(code),
                tenant_id=region.pk,
                by=by,
                files=[(delivered.path.name, stream)],
            )
        self._wait(run.job)

    def _wait(self, job: Job | None) -> None:
        if job is not None:
            wait_for(job.pk, self._tell)

    def _tell(self, text: str) -> None:
        self.stdout.write(f"\r  {text[:76]:<76}", ending="")
        self.stdout.flush()

    def _staff(self, region: Region) -> Any:
        assignment = RoleAssignment.objects.filter(region=region, role=Role.CONTRACT_MANAGER)
        return assignment.select_related("user").earliest("pk").user

    def _controller(self, region: Region) -> Any:
        assignment = RoleAssignment.objects.filter(region=region, role=Role.CONTROLLER)
        return assignment.select_related("user").earliest("pk").user

    def _colleague(self, region: Region, by: Any) -> Any:
        """Somebody else who judges, for four eyes."""
        roles = RoleAssignment.objects.filter(region=region, role=Role.POLICY_OFFICER)
        return roles.exclude(user=by).select_related("user").earliest("pk").user

    @transaction.atomic
    def _accounts(self) -> list[Account]:
        live = Region.objects.get(slug=LIVE.slug)
        others = Region.objects.filter(slug__in=(COMING.slug, *PAPER_REGIONS)).order_by("name")
        return make_accounts(live=live, others=list(others))

    def _report(self) -> None:
        self.stdout.write("\nRapportages (PDF):")
        mirrors = 0
        for edition, path in self._reports():
            if edition.kind == EditionKind.PROVIDER:
                mirrors += 1
            else:
                self.stdout.write(f"  {path}")
        if mirrors:
            self.stdout.write(f"  en {mirrors} spiegels van aanbieders in dezelfde map")
        runs = ProjectionRun.objects.filter(result__isnull=False).count()
        self.stdout.write(f"Prognoses: {runs} (op de site onder Geld)")
        self.stdout.write(f"\nDemo-accounts, wachtwoord voor alle: {PASSWORD}")
        for account in self._accounts():
            self.stdout.write(f"  {account.role:<24} {account.email:<50} {account.scope}")

    def _reports(self) -> Iterator[tuple[Edition, Path]]:
        """The PDFs under a readable name, beside the stored files."""
        folder = Path(settings.MEDIA_ROOT).parent / "rapportages"
        folder.mkdir(parents=True, exist_ok=True)
        for edition in Edition.objects.select_related("pdf", "region"):
            if edition.pdf is None:
                continue
            path = folder / edition.pdf.file_name
            if not path.exists() or path.stat().st_size != edition.pdf.size:
                try:
                    path.write_bytes(edition.pdf.file.read())
                except FileNotFoundError:
                    self._missing(edition.pdf.file_name)
                    continue
            yield edition, path

    def _missing(self, name: str) -> None:
        """The database came without its files: another MEDIA_ROOT, or half a back-up."""
        self.stdout.write(
            f"  {name}: het bestand staat niet in {settings.MEDIA_ROOT}. Zet met MEDIA_ROOT de map "
            "waarin het wel staat, of zet de back-up van die map terug."
        )
