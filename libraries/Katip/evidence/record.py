"""What is recorded of a run and of each contract, as values.

Names and everything else about persons are written to `personal.json` beside each record; the record holds their salted
digests. It proves them while they are kept and still verifies after they were deleted (KVKK 6698 md. 7).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Final

from Katip.evidence.versions import machine, operator, versions
from Katip.model import Outcome, PictureStage


@dataclass(frozen=True, slots=True)
class RunDescription:
    """What is known of a run when it begins.

    Attributes:
        id: the run's name, ASCII, for example ``20260301T093000Z-4f2a``.
        started: when, with a time zone.
        mode: ``approve``, ``rehearse`` or ``plan``.
        portal: the portal's name, for example ``practice``.
        origins: its addresses by role (``site``, ``edevlet``, ``katip``).
        arguments: the command line or the variables given; values of secrets are removed here once more.
        versions: name to version; by default those of Python, the system and the packages.
        operator: the account that the robot runs under.
        machine: the machine's name.
        secrets: exact texts that may stand nowhere (number, password); kept in memory only.
    """

    id: str
    started: datetime
    mode: str
    portal: str
    origins: Mapping[str, str]
    arguments: Sequence[str] = ()
    versions: Mapping[str, str] = field(default_factory=versions)
    operator: str = field(default_factory=operator)
    machine: str = field(default_factory=machine)
    secrets: Sequence[str] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class DecisionTaken:
    """On whose decision a contract was dealt with.

    Attributes:
        source: ``worklist``, ``all`` (APPROVE:all), ``none`` (not on the list) or ``nobody`` (a plan run).
        choice: "Karar" as written, for example ``Onayla``.
        by: "Karar Veren".
        on: "Karar Tarihi".
        row: the row in the worklist's file, as a spreadsheet counts.
        digest: SHA-256 of the worklist's file.
    """

    source: str
    choice: str = ""
    by: str = ""
    on: date | None = None
    row: int | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class RuleFinding:
    """What a rule says of a contract.

    Attributes:
        rule: the rule's name, for example ``statutory_minutes``.
        level: ``hold``, ``warn`` or ``info``.
        text: the finding as a sentence.
    """

    rule: str
    level: str
    text: str


@dataclass(frozen=True, slots=True)
class RecordedStep:
    """A step of one approval.

    Attributes:
        state: for example ``selected``, ``form_open``, ``about_to_submit``, ``submitted``, ``reread``.
        at: when, with a time zone.
    """

    state: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRecord:
    """Everything that is written down about one contract; written again as more becomes known. Every field has to be given.

    Attributes:
        workplace: the SGK number, digits.
        category: "Personel Kategorisi" as shown.
        start: "Grv. Başlama Trh.".
        gorevlendirme_id: "Görevlendirme ID" where the form was seen.
        minutes: "Ayl. Çlş. Süresi (Dk)" where the form was seen.
        outcome: the outcome.
        code: the code of the error that stopped it, for example ``KTP-520``.
        decision: on whose decision.
        findings: what the rules say.
        transitions: every step so far.
        status_before: "Grv. Onay Durumu" of the row before, as shown.
        status_after: the same of the row as it was read again; empty if it was not.
        saved_on: the origin of the page and frame in which "Kayıt" was pressed; empty if it was not.
        reread_at: when the row was read again.
        missing_pictures: stage to the reason why it has no picture (for example that the window was the browser's own).
        recovered_from: the run that had left this contract open.
        name: "Adı Soyadı" [personal].
        title: the workplace's title, which can be a person's name [personal].
        reason: why this outcome, in the language of the run [personal].
        reason_tr: the same in Turkish [personal].
        reason_en: the same in English [personal].
        message: the small window's words [personal].
        row_before: every cell of the row before, by header [personal].
        form: every field of the form, by label [personal].
        row_after: every cell of the row as it was read again [personal].
    """

    workplace: str
    category: str
    start: date | None
    gorevlendirme_id: str | None
    minutes: int | None
    outcome: Outcome
    code: str
    decision: DecisionTaken
    findings: Sequence[RuleFinding]
    transitions: Sequence[RecordedStep]
    status_before: str
    status_after: str
    saved_on: str
    reread_at: datetime | None
    missing_pictures: Mapping[PictureStage, str]
    recovered_from: str | None
    name: str
    title: str
    reason: str
    reason_tr: str
    reason_en: str
    message: str | None
    row_before: Mapping[str, str]
    form: Mapping[str, str]
    row_after: Mapping[str, str]


#: The fields of a `ContractRecord` that go into `personal.json`; their salted digests go into `record.json`.
PERSONAL_FIELDS: Final = (
    "name",
    "title",
    "reason",
    "reason_tr",
    "reason_en",
    "message",
    "row_before",
    "form",
    "row_after",
)


def moment(when: datetime) -> dict[str, str]:
    """Return a time as records hold it.

    Args:
        when: a time with a time zone.

    Returns:
        ``utc`` and ``local``, both ISO 8601 to the millisecond.
    """
    return {
        "utc": when.astimezone(UTC).isoformat(timespec="milliseconds"),
        "local": when.astimezone().isoformat(timespec="milliseconds"),
    }
