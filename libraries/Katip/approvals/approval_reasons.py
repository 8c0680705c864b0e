"""The reasons of outcomes after "Kayıt", as record, journal and log say them."""

from __future__ import annotations

from Katip.approvals.approval_result import Answer, AnswerMeaning
from Katip.approvals.journal_records import Tally
from Katip.approvals.reasons import joined
from Katip.messages import msg, msg_id
from Katip.turkish import visible

ABOUT_TO_SEND = msg_id('"Kayıt" was about to be clicked')
UNSEEN = msg_id('sent, but the row could not be read again afterwards; "Kayıt" is not clicked a second time')
STILL_PENDING = msg_id('sent, but the re-read row is still pending; "Kayıt" is not clicked a second time')
REFUSED = msg_id("the portal refused it and the row is still pending")
TWIN_UNCERTAIN = msg_id(
    "another contract of the same name, category and start is uncertain in this run; their approvals look alike"
)
_APPROVED = msg_id("the re-read row is approved")
_NATIVE = msg_id("it was the browser's own dialog, which shows in no picture")


def counts_disagree(before: Tally, now: Tally) -> str:
    """Return the reason where the rows before and after "Kayıt" do not show one approval.

    Args:
        before: the rows of that identity before.
        now: the rows of it now.
    """
    return msg(
        "sent, but the rows of this name, category and start do not show one approval: "
        "pending {pending_before} → {pending_now}, approved {approved_before} → {approved_now}",
        pending_before=before.pending,
        pending_now=now.pending,
        approved_before=before.approved,
        approved_now=now.approved,
    )


def with_words(reason: str, answer: Answer) -> str:
    """Return a reason with what the small window said, and whether it was answered.

    Args:
        reason: the reason.
        answer: what came of "Kayıt".
    """
    if answer.window is None:
        note = f" ({answer.note})" if answer.note else ""
        return joined(reason, msg("no window came{note}", note=note))
    left = "" if answer.answered else msg(", and was left unanswered")
    words = visible(answer.window.text)
    said = joined(reason, msg('the window said "{words}"{left}', words=words, left=left))
    if answer.wording is AnswerMeaning.ASKS and answer.note:
        said = joined(said, answer.note)
    return joined(said, msg(_NATIVE)) if answer.window.native else said


def approved_because(answer: Answer) -> str:
    """Return the reason of an approval; with the window's words where those alone would say something else.

    Args:
        answer: what came of "Kayıt".
    """
    if answer.window is None or answer.wording is AnswerMeaning.REFUSED or not answer.answered:
        return with_words(msg(_APPROVED), answer)
    return joined(msg(_APPROVED), msg(_NATIVE)) if answer.window.native else msg(_APPROVED)
