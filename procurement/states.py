"""The tables of states of contracts and what belongs to them."""

from core.states import Move, StateTable, register_states
from regions.enums import Role

from .enums.contracts import (
    ContractStatus,
    ExtensionState,
    ObligationState,
    RevisionState,
    RunState,
    SanctionState,
)

MANAGERS = (Role.CONTRACT_MANAGER, Role.REGIONAL_ADMIN)
# A provider answers an offer to itself; the region may record an answer that came on paper.
ANSWERS = (*MANAGERS, Role.PROVIDER)

_C = ContractStatus
CONTRACT = register_states(
    StateTable(
        code="contract",
        subject="het contract",
        states=ContractStatus,
        initial=_C.DRAFT,
        moves=(
            Move("offer", "Aanbieden", (_C.DRAFT,), _C.OFFERED, MANAGERS),
            Move("take_back", "Terugnemen", (_C.OFFERED,), _C.DRAFT, MANAGERS, reason=True),
            Move("accept", "Akkoord vastleggen", (_C.OFFERED,), _C.ACTIVE, ANSWERS),
            Move(
                "decline", "Niet sluiten", (_C.DRAFT, _C.OFFERED), _C.DECLINED, MANAGERS,
                reason=True,
            ),
            Move("suspend", "Opschorten", (_C.ACTIVE,), _C.SUSPENDED, MANAGERS, reason=True),
            Move("resume", "Hervatten", (_C.SUSPENDED,), _C.ACTIVE, MANAGERS),
            Move(
                "give_notice", "Opzeggen", (_C.ACTIVE, _C.SUSPENDED), _C.NOTICE, MANAGERS,
                reason=True,
            ),
            Move(
                "withdraw_notice", "Opzegging intrekken", (_C.NOTICE,), _C.ACTIVE, MANAGERS,
                reason=True,
            ),
            Move(
                "dissolve", "Ontbinden", (_C.ACTIVE, _C.SUSPENDED, _C.NOTICE), _C.DISSOLVED,
                MANAGERS, reason=True,
            ),
            Move("end_notice", "Beëindigen", (_C.NOTICE,), _C.TERMINATED),
            Move("expire", "Aflopen", (_C.ACTIVE, _C.SUSPENDED), _C.EXPIRED),
        ),
    )
)  # fmt: skip

_R = RevisionState
REVISION = register_states(
    StateTable(
        code="revision",
        subject="de herziening",
        states=RevisionState,
        initial=_R.DRAFT,
        moves=(
            Move("offer", "Aanbieden", (_R.DRAFT,), _R.OFFERED, MANAGERS),
            Move("accept", "Accepteren", (_R.OFFERED,), _R.ACCEPTED, ANSWERS),
            Move("refuse", "Weigeren", (_R.OFFERED,), _R.REFUSED, ANSWERS, reason=True),
            Move(
                "withdraw", "Intrekken", (_R.DRAFT, _R.OFFERED), _R.WITHDRAWN, MANAGERS,
                reason=True,
            ),
        ),
    )
)  # fmt: skip

_E = ExtensionState
EXTENSION = register_states(
    StateTable(
        code="extension",
        subject="de verlenging",
        states=ExtensionState,
        initial=_E.PROPOSED,
        moves=(
            Move("agree", "Verlenging afspreken", (_E.PROPOSED,), _E.AGREED, MANAGERS),
            Move("reject", "Niet verlengen", (_E.PROPOSED,), _E.REJECTED, MANAGERS, reason=True),
        ),
    )
)

_O = ObligationState
_JUDGED = (_O.SCHEDULED, _O.PARTIALLY_MET, _O.NOT_MET)
OBLIGATION = register_states(
    StateTable(
        code="obligation",
        subject="de verplichting",
        states=ObligationState,
        initial=_O.SCHEDULED,
        moves=(
            Move("meet", "Nagekomen", _JUDGED, _O.MET, MANAGERS),
            Move("meet_partly", "Deels nagekomen", (_O.SCHEDULED, _O.NOT_MET), _O.PARTIALLY_MET,
                 MANAGERS),
            Move("miss", "Niet nagekomen", (_O.SCHEDULED, _O.PARTIALLY_MET), _O.NOT_MET, MANAGERS,
                 reason=True),
            Move("reopen", "Opnieuw beoordelen", (_O.MET, _O.PARTIALLY_MET, _O.NOT_MET),
                 _O.SCHEDULED, MANAGERS, reason=True),
        ),
    )
)  # fmt: skip

_S = SanctionState
SANCTION = register_states(
    StateTable(
        code="sanction",
        subject="de sanctie",
        states=SanctionState,
        initial=_S.INTENDED,
        moves=(
            Move("impose", "Opleggen", (_S.INTENDED,), _S.IMPOSED, MANAGERS, reason=True),
            Move("drop", "Niet opleggen", (_S.INTENDED,), _S.DROPPED, MANAGERS, reason=True),
            Move("lift", "Opheffen", (_S.IMPOSED,), _S.LIFTED, MANAGERS, reason=True),
        ),
    )
)

_I = RunState
# The moves of every round: many changes that are applied, and undone, as one.
_OF_A_ROUND = (
    Move("apply", "Toepassen", (_I.PREPARED,), _I.APPLIED, MANAGERS),
    Move("drop", "Laten vervallen", (_I.PREPARED,), _I.DROPPED, MANAGERS, reason=True),
    Move("confirm", "Bevestigen", (_I.APPLIED,), _I.CONFIRMED, MANAGERS),
    Move("undo", "Terugdraaien", (_I.APPLIED,), _I.UNDONE, MANAGERS, reason=True),
)
INDEXATION = register_states(
    StateTable("indexation", "de indexering", RunState, _I.PREPARED, _OF_A_ROUND)
)
CHANGE_ROUND = register_states(
    StateTable("change_round", "de wijziging", RunState, _I.PREPARED, _OF_A_ROUND)
)
