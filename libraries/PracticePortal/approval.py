"""The approval itself: what KATİP does with "Kayıt" (5.9), and what can go wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask.typing import ResponseReturnValue

from PracticePortal.faults import Fault, Step
from PracticePortal.incidents import approve_for_others
from PracticePortal.store import Row, Session
from PracticePortal.web import Portal, abort_with, dawdle, drop_connection, gate

_APPROVED_TEXT = "Sözleşme onaylandı."
_NOT_PENDING_TEXT = "Seçilen sözleşme onay beklemiyor. İşlem yapılamadı."


@dataclass(frozen=True)
class Submission:
    """What the form sends with "Kayıt".

    Attributes:
        note: Açıklama.
        auto_update: Otomatik Güncelleme Onay İzni.
        confirmed: The question that a box asked was answered "Evet".
    """

    note: str
    auto_update: bool
    confirmed: bool


def approve(portal: Portal, session: Session, row: Row, submission: Submission) -> ResponseReturnValue:
    """Take the employer's approval of a contract.

    Args:
        portal: What the sites share.
        session: Who approves.
        row: The contract of the form.
        submission: What the form sent.

    Returns:
        What the small window is to say, as JSON.
    """
    gorevlendirme_id = row.contract.gorevlendirme_id
    gate(portal, Step.SAVE, session, gorevlendirme_id)
    if not submission.confirmed and (question := _question(portal, session, gorevlendirme_id)):
        return question
    portal.store.count_approval(session.name)
    _fail_before(portal, session, gorevlendirme_id)
    if unrecorded := _answer_unrecorded(portal, session, gorevlendirme_id):
        return unrecorded
    recorded = _record(portal, session, row, submission)
    _fail_after(portal, session, gorevlendirme_id)
    alert = portal.faults.strike("native_alert", Step.SAVE, gorevlendirme_id) is not None
    text = _APPROVED_TEXT if recorded else _NOT_PENDING_TEXT
    return {"text": text, "accepted": recorded, "native": alert}


def _question(portal: Portal, session: Session, gorevlendirme_id: str) -> dict[str, Any] | None:
    """Return the question that stands between "Kayıt" and the approval, where a fault puts one there."""
    for name in ("native_confirm", "asking_box"):
        if fault := portal.faults.strike(name, Step.SAVE, gorevlendirme_id):
            portal.write("approval_asked", session, gorevlendirme_id=gorevlendirme_id)
            return {"question": fault.text, "native": name == "native_confirm"}
    return None


def _fail_before(portal: Portal, session: Session, gorevlendirme_id: str) -> None:
    for name in ("drop_before_approval", "error_before_approval"):
        if fault := portal.faults.strike(name, Step.SAVE, gorevlendirme_id):
            _log(portal, session, gorevlendirme_id, recorded=False, fault=fault.name)
            _fail(fault)


def _answer_unrecorded(portal: Portal, session: Session, gorevlendirme_id: str) -> dict[str, Any] | None:
    """Return an answer that records nothing: a refusal, or a success that is none."""
    for name in ("refusal", "success_but_pending"):
        if fault := portal.faults.strike(name, Step.SAVE, gorevlendirme_id):
            _log(portal, session, gorevlendirme_id, recorded=False, fault=name)
            return {"text": fault.text, "accepted": name != "refusal", "native": False}
    return None


def _record(portal: Portal, session: Session, row: Row, submission: Submission) -> bool:
    gorevlendirme_id = row.contract.gorevlendirme_id
    sgk = row.contract.sgk
    if other := approve_for_others(portal.store, portal.faults, sgk, Step.SAVE, row):
        portal.write("approved_by_other", gorevlendirme_id=other, workplace=sgk)
    recorded = _store(portal, session, row, submission)
    _log(portal, session, gorevlendirme_id, recorded=recorded, auto_update=submission.auto_update or None)
    if portal.faults.strike("duplicate_delivery", Step.SAVE, gorevlendirme_id):
        again = _store(portal, session, row, submission)
        _log(portal, session, gorevlendirme_id, recorded=again, duplicate=True)
    return recorded


def _store(portal: Portal, session: Session, row: Row, submission: Submission) -> bool:
    return portal.store.approve(row.row, session.name, submission.note, submission.auto_update)


def _fail_after(portal: Portal, session: Session, gorevlendirme_id: str) -> None:
    for name in ("drop_after_approval", "error_after_approval"):
        if fault := portal.faults.strike(name, Step.SAVE, gorevlendirme_id):
            _fail(fault)
    gate(portal, Step.AFTER_SAVE, session, gorevlendirme_id)
    if slow := portal.faults.strike("slow_ok", Step.SAVE, gorevlendirme_id):
        dawdle(slow.ms)


def _fail(fault: Fault) -> None:
    if fault.name.startswith("drop"):
        drop_connection()
    abort_with("error")


def _log(portal: Portal, session: Session, gorevlendirme_id: str, *, recorded: bool, **facts: object) -> None:
    portal.write("approval", session, gorevlendirme_id=gorevlendirme_id, recorded=recorded, **facts)
