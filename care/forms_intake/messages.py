from core.intake.registry import IntakeForm

from ..domain.merge_messages import merge_messages
from ..domain.undo import undo_records
from ..ijw.reader import read_message
from ..ijw.records import RECORD_TYPES
from ..rules import can_deliver_for_region, can_deliver_messages

MESSAGES = IntakeForm(
    code="ijw",
    title="iJw-berichten",
    description=(
        "Berichten van iJw 3.2, los of in een zip. Toewijzingen (JW301), starts (JW305), stops "
        "(JW307), verzoeken om toewijzing (JW315), declaraties (JW323) en antwoorden daarop "
        "(JW325) veranderen de cijfers. Andere berichten worden herkend en niet gebruikt."
    ),
    record_types=RECORD_TYPES,
    open_reader=read_message(),
    merge=merge_messages,
    undo=undo_records,
    may_use=can_deliver_messages,
    sees_all=can_deliver_for_region,
)
