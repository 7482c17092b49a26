from .base import ReceivedRun
from .delivered import IndicatorDelivery, Instalment, OutcomeMeasurement, StayPlacement
from .messages import AllocationRecord, CareRecord, Message, ReferralRequest
from .money import DeclarationLine, LineAnswer, SpendMovement, SpendTotal
from .trajectory import Trajectory

__all__ = [
    "AllocationRecord",
    "CareRecord",
    "DeclarationLine",
    "IndicatorDelivery",
    "Instalment",
    "LineAnswer",
    "Message",
    "OutcomeMeasurement",
    "ReceivedRun",
    "ReferralRequest",
    "SpendMovement",
    "SpendTotal",
    "StayPlacement",
    "Trajectory",
]
