"""The way from a council's framework to a clause, and back, for who may see its parts."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from regions.models import Region
from segments.models import SegmentGoal

from ..enums.policy import PlanKind
from ..models import FundingChoice, PlanSection, PolicyFramework, PolicyLink, ProcedureChoice
from .plans import links_visible_to

Thing = PlanSection | SegmentGoal | PolicyFramework | FundingChoice | ProcedureChoice
Key = tuple[str, int]
# A line of more steps than there are kinds of documents goes round in a circle.
DEEPEST = 12


def key_of(thing: Any) -> Key:
    return type(thing).__name__, thing.pk


@dataclass(frozen=True)
class Node:
    """A thing on the line with what hangs above or below it, and the link that led here."""

    thing: Thing
    link: PolicyLink | None = None
    more: tuple["Node", ...] = ()

    @property
    def kind(self) -> str:
        """'goal', 'framework', 'choice', 'clause' or 'section'."""
        match self.thing:
            case SegmentGoal():
                return "goal"
            case PolicyFramework():
                return "framework"
            case FundingChoice() | ProcedureChoice():
                return "choice"
            case PlanSection(document=document) if document.kind == PlanKind.CONTRACT:
                return "clause"
        return "section"

    def walk(self) -> Iterator["Node"]:
        yield self
        for node in self.more:
            yield from node.walk()


@dataclass
class Line:
    """All links of a region that one user sees; two queries whatever the question."""

    up: dict[Key, list[PolicyLink]] = field(default_factory=lambda: defaultdict(list))
    down: dict[Key, list[PolicyLink]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, region: Region, user: Any) -> "Line":
        line = cls()
        for link in links_visible_to(user).filter(region=region):
            if link.below is not None and link.above is not None:
                line.up[key_of(link.below)].append(link)
                line.down[key_of(link.above)].append(link)
        return line

    def above(self, thing: Thing) -> tuple[Node, ...]:
        """What this hangs on, each with what that hangs on."""
        return self._tree(thing, self.up, lambda link: link.above, (key_of(thing),))

    def below(self, thing: Thing) -> tuple[Node, ...]:
        """What hangs on this: what may change when this changes."""
        return self._tree(thing, self.down, lambda link: link.below, (key_of(thing),))

    def _tree(
        self,
        thing: Thing,
        ways: dict[Key, list[PolicyLink]],
        other: Callable[[PolicyLink], Any],
        seen: tuple[Key, ...],
    ) -> tuple[Node, ...]:
        if len(seen) > DEEPEST:
            return ()
        nodes = []
        for link in ways.get(key_of(thing), ()):
            next_one = other(link)
            if key_of(next_one) in seen:
                continue
            more = self._tree(next_one, ways, other, (*seen, key_of(next_one)))
            nodes.append(Node(next_one, link, more))
        return tuple(nodes)


def things_of(nodes: tuple[Node, ...], kind: str) -> list[Any]:
    """The things of one `Node.kind` among the nodes and all they lead to, each once, in order."""
    found = {
        key_of(one.thing): one.thing for node in nodes for one in node.walk() if one.kind == kind
    }
    return list(found.values())


def clauses_of(nodes: tuple[Node, ...]) -> list[PlanSection]:
    """The clauses of contract texts among the nodes."""
    return things_of(nodes, "clause")
