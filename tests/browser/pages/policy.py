"""Pages of plans, decisions, consultation and who we are, and of every registered kind."""

from typing import Any

from core.documents.domain import store
from core.ui.kinds import Kind, kinds
from procurement.models import (
    DevelopmentTable,
    Meeting,
    PlanAttachment,
    PolicyDocument,
    Procedure,
)
from regions.enums import Role
from tests.browser.world import World
from tests.factories import Made
from tests.procurement.policy import a_plan, a_section, with_policy

from . import ADMINS, EVERYBODY, NOT_PROVIDER, STAFF, Row, Words
from .segments import EDITORS, first
from .steering import KINDS as STEERING

CLERK = frozenset({Role.COUNCIL_CLERK})
PROVIDER = frozenset({Role.PROVIDER})
DEALERS = EDITORS | {Role.CONTRACT_MANAGER}
INSIDERS = frozenset(
    {Role.REGIONAL_ADMIN, Role.CONTRACT_MANAGER, Role.POLICY_OFFICER, Role.CONTROLLER}
)
# Kinds that others than policy officers write.
BY_REGIONS = {
    "bestuursorgaan",
    "dvo",
    "herindeling",
    "inkooporganisatie",
    "ketenpartner",
    "subregio",
}
BY_CLERK = {"besluit", "motie", "raadsvraag"}


def fill(world: World) -> None:
    for made in (world.north, world.south):
        policy = with_policy(made)
        world.extra[f"policy-{made.region.slug}"] = policy
        annex = policy.plan.attachments.get()
        annex.file = store(
            title="Factsheet", content=b"a,b", file_name="factsheet.csv", content_type="text/csv"
        ).document
        annex.save()
        newer = a_plan(made, "Visie jeugd", kind="vision", version="2")
        newer.follows = PolicyDocument.objects.get(
            region=made.region, title="Visie jeugd", version="1.0"
        )
        newer.save()
        a_section(newer, title="Zo thuis mogelijk", text="Hulp is altijd zo thuis als mogelijk.")
        world.extra[f"newer-{made.region.slug}"] = newer


def of(name: str) -> Words:
    def words(made: Made, world: World) -> dict[str, Any]:
        return {"pk": getattr(world.extra[f"policy-{made.region.slug}"], name).pk}

    return words


def versions(made: Made, world: World) -> dict[str, Any]:
    newer = world.extra[f"newer-{made.region.slug}"]
    return {"pk": newer.pk, "other": newer.follows_id}


def vision(made: Made, world: World) -> dict[str, Any]:
    return {"pk": world.extra[f"newer-{made.region.slug}"].follows_id}


def as_pdf(words: Words) -> Words:
    return lambda made, world: {**words(made, world), "form": "docx"}


def under_plan(made: Made, world: World) -> dict[str, Any]:
    return {"plan": of("plan")(made, world)["pk"]}


def goal(made: Made, world: World) -> dict[str, Any]:
    return {"pk": made.goal.pk}


attachment = first(PlanAttachment, path="plan__region")


DEALING = {
    "procedure", "planstap", "ontwikkeltafel", "tafellid", "vraagstuk", "standpunt", "toezegging",
}  # fmt: skip
AT_A_TABLE = {"ontwikkeltafel", "tafellid", "vraagstuk", "standpunt", "toezegging", "opmerking"}


# Money: public to who works in the region; what is of single providers to the regional staff.
OF_MONEY = {
    "rijksinkomst", "volumeafspraak", "verschuivingsregel", "verschuiving", "budgetindicatie",
    "afrekening", "omslagverwachting",
}  # fmt: skip
OF_PROVIDERS = {"budgetindicatie", "afrekening"}


def _hidden(kind: Kind) -> frozenset[Role]:
    """Who does not see the rows of a kind."""
    if kind.code == "standpunt":
        return frozenset(Role) - INSIDERS - {Role.EXECUTIVE}
    if kind.code in AT_A_TABLE:
        return frozenset({Role.PROVIDER})
    if kind.code in OF_PROVIDERS:
        return frozenset(Role) - STAFF
    if kind.code in OF_MONEY:
        return frozenset({Role.PROVIDER, Role.APPLICATION_ADMIN})
    return frozenset()


def writers(kind: Kind) -> frozenset[Role]:
    if kind.code in OF_MONEY:
        return frozenset({Role.REGIONAL_ADMIN, Role.CONTROLLER})
    if kind.code in STEERING:
        return STEERING[kind.code][0]
    if kind.code in BY_REGIONS:
        return ADMINS
    if kind.code in DEALING:
        return EDITORS | {Role.CONTRACT_MANAGER}
    return EDITORS | CLERK if kind.code in BY_CLERK else EDITORS


def row_of(kind: Kind) -> Words:
    def words(made: Made, world: World) -> dict[str, Any]:
        rows = kind.model._default_manager.filter(**{kind.tenant_path: made.region})
        return {"kind": kind.code, "pk": rows.order_by("pk").first().pk}  # type: ignore[union-attr]

    return words


def add_words(kind: Kind) -> Words:
    def words(made: Made, world: World) -> dict[str, Any]:
        if not kind.parent:
            return {"kind": kind.code}
        return {"kind": kind.code, "under": getattr(_first(kind, made), f"{kind.parent}_id")}

    return words


def _first(kind: Kind, made: Made) -> Any:
    rows = kind.model._default_manager.filter(**{kind.tenant_path: made.region})
    return rows.order_by("pk").first()


def in_scheme(made: Made, world: World) -> dict[str, Any]:
    return {"pk": made.scheme.pk}


def a_move(made: Made, world: World) -> dict[str, Any]:
    plan = world.extra[f"policy-{made.region.slug}"].plan
    return {"kind": "plan", "pk": plan.pk, "move": "return"}


def _under(kind: Kind) -> frozenset[Role]:
    """Who does not see the row below which one adds."""
    return frozenset({Role.PROVIDER} if kind.parent in ("table", "issue") else ())


# For whom the row above does not exist, by the name of what it is to the row below.
ABOVE = {
    "session": STEERING["duiding"][1],
    "risk": STEERING["risico"][1],
    "assessment": STEERING["zelfbeoordeling"][1],
    "inquiry": STEERING["verkenning"][1],
    "agreed_set": STEERING["afgesprokenset"][1],
    "version": STEERING["afgesprokenversie"][1],
    "agreed": STEERING["afgesprokenindicator"][1],
}


def kind_rows() -> list[Row]:
    """Each kind is changed in the browser; adding and removing are the same page and only tried."""
    found = []
    for kind in kinds():
        who = writers(kind)
        name = "row-add-under" if kind.parent else "row-add"
        hidden = _hidden(kind)
        above = _under(kind)
        if kind.code in STEERING:
            hidden = STEERING[kind.code][1]
            above = ABOVE.get(kind.parent, frozenset())
        found += [
            Row("row-change", who, row_of(kind), unseen=hidden),
            Row(name, who, add_words(kind), unseen=above, file=True),
            Row("row-remove", who, row_of(kind), unseen=hidden, file=True),
        ]
    return found


PAGES = [
    Row("who-we-are"),
    Row("plans"),
    Row("plan", EVERYBODY, of("plan"), 404),
    Row("plan", INSIDERS | {Role.EXECUTIVE}, of("secret"), 404),
    Row("plan", INSIDERS, of("draft"), 404),
    Row("plan-file", EVERYBODY, as_pdf(of("plan")), 404, file=True),
    Row("plan-compare", EVERYBODY, versions, 404),
    Row("regional-order", EVERYBODY, vision, 404),
    Row("attachment-add", EDITORS, under_plan),
    Row("attachment-change", EDITORS, attachment),
    Row("attachment-remove", EDITORS, attachment),
    Row("attachment-file", EVERYBODY, attachment, 404, file=True),
    Row("line"),
    Row("goal-line", EVERYBODY, goal, 404),
    Row("frameworks"),
    Row("framework", EVERYBODY, of("framework"), 404),
    Row("framework-change", EDITORS, of("framework")),
    Row("decisions"),
    Row("proposal", EVERYBODY, of("proposal"), 404),
    Row("proposal-file", EVERYBODY, as_pdf(of("proposal")), 404, file=True),
    Row("council-questions"),
    Row("council-questions-csv", file=True),
    Row("consultations"),
    Row("consultation", EVERYBODY, of("consultation"), 404),
    Row("response-note", EVERYBODY, as_pdf(of("consultation")), 404, file=True),
    Row("meetings"),
    Row("meeting", EVERYBODY, first(Meeting, path="region"), 404),
    Row("choices", EVERYBODY, in_scheme, 404),
    Row("justification", EVERYBODY, as_pdf(in_scheme), 404, file=True),
    Row("procedures"),
    Row("procedure", EVERYBODY, first(Procedure, path="region"), 404),
    Row("tables"),
    Row("table", NOT_PROVIDER, first(DevelopmentTable, path="region"), 404),
    Row("commitments"),
    Row("table-meeting-add", DEALERS, first(DevelopmentTable, path="region"), unseen=PROVIDER),
    Row("table-plan", EDITORS, first(DevelopmentTable, path="region"), unseen=PROVIDER, post=True),
    Row("row-move", EDITORS, a_move),
    *kind_rows(),
]
