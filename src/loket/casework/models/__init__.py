"""The tables of the counter. Where what is told of somebody stands, it is sealed with their own key."""

from __future__ import annotations

from loket.casework.models.attachment import Attachment, AttachmentBytes
from loket.casework.models.client import ApiClient, IdempotentAnswer
from loket.casework.models.consent import Ground
from loket.casework.models.duty import Task, TaskChange
from loket.casework.models.emergency import EmergencyLook
from loket.casework.models.encounter import Encounter, Person, Report, Representation
from loket.casework.models.erasure import Erasure
from loket.casework.models.intake import Intake, Kept
from loket.casework.models.merging import Merge, NotTheSame
from loket.casework.models.missing import Alert, AlertStep
from loket.casework.models.outbox import CalendarFeed, Message, Webhook
from loket.casework.models.referral import Referral, ReferralStep
from loket.casework.models.registration import Registration, Step
from loket.casework.models.rights import Correction, CorrectionStep
from loket.casework.models.shelter import Placement, PlacementAnswer, Places, Whereabouts

__all__ = [
    "Alert",
    "AlertStep",
    "ApiClient",
    "Attachment",
    "AttachmentBytes",
    "CalendarFeed",
    "Correction",
    "CorrectionStep",
    "EmergencyLook",
    "Encounter",
    "Erasure",
    "Ground",
    "IdempotentAnswer",
    "Intake",
    "Kept",
    "Merge",
    "Message",
    "NotTheSame",
    "Person",
    "Placement",
    "PlacementAnswer",
    "Places",
    "Referral",
    "ReferralStep",
    "Registration",
    "Report",
    "Representation",
    "Step",
    "Task",
    "TaskChange",
    "Webhook",
    "Whereabouts",
]
