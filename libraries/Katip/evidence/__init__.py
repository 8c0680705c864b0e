"""What an auditor gets: records, pictures, seal, verification, report. Imports neither Robot nor Browser."""

from Katip.evidence.claim import claim_folder
from Katip.evidence.layout import Stage, contract_tag
from Katip.evidence.record import (
    ContractEvidence,
    ContractRecord,
    DecisionTaken,
    RuleFinding,
    RunEvidence,
    RunInfo,
    Transition,
)
from Katip.evidence.seal import Ended, SealedBy, SealResult, is_sealed, seal_run

__all__ = [
    "ContractEvidence",
    "ContractRecord",
    "DecisionTaken",
    "Ended",
    "RuleFinding",
    "RunEvidence",
    "RunInfo",
    "SealResult",
    "SealedBy",
    "Stage",
    "Transition",
    "claim_folder",
    "contract_tag",
    "is_sealed",
    "seal_run",
]
