"""The worklist (onay listesi): what the responsible person decided, row by row; the only authority to approve."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from Katip.model import Hazard
from Katip.turkish import fold, name_key


class Karar(StrEnum):
    """What is in the column "Karar"."""

    APPROVE = "Onayla"
    WAIT = "Beklet"
    UNDECIDED = ""


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One row of a worklist.

    Attributes:
        number: the row's number as a spreadsheet shows it, the header being a row too.
        workplace: "SGK Sicil No", digits.
        name: "Adı Soyadı" as written.
        karar: "Karar".
        title: "İşyeri Unvanı" as written.
        category: "Personel Kategorisi" as written, empty where not given.
        start: "Grv. Başlama Trh.", or None if not given.
        gorevlendirme_id: "Görevlendirme ID", or None if not given.
        minutes: "Ayl. Çlş. Süresi (Dk)" per month, or None if not given.
        employees: "Çalışan Sayısı", or None if not given.
        hazard: "Tehlike Sınıfı", or None if not given.
        decided_by: "Karar Veren" as written.
        decided_on: "Karar Tarihi", or None if not given.
    """

    number: int
    workplace: str
    name: str
    karar: Karar
    title: str = ""
    category: str = ""
    start: date | None = None
    gorevlendirme_id: str | None = None
    minutes: int | None = None
    employees: int | None = None
    hazard: Hazard | None = None
    decided_by: str = ""
    decided_on: date | None = None

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """Workplace, name, category and start, comparable with the identity of a `Contract`."""
        start = self.start.isoformat() if self.start else ""
        return (self.workplace, name_key(self.name), fold(self.category), start)


@dataclass(frozen=True, slots=True)
class Worklist:
    """A worklist as read.

    Attributes:
        file: the file's name, without its folder.
        digest: SHA-256 of the file's bytes, hexadecimal.
        rows: its rows, in the file's order.
        content: the very bytes that were read; the evidence keeps these, whatever the file holds by then.
    """

    file: str
    digest: str
    rows: tuple[WorklistRow, ...]
    content: bytes = field(default=b"", repr=False, compare=False)

    @property
    def workplaces(self) -> tuple[str, ...]:
        """The SGK numbers on the list, each once, in the list's order."""
        return tuple(dict.fromkeys(row.workplace for row in self.rows))


def old_decisions(worklist: Worklist, days: int, today: date | None = None) -> list[WorklistRow]:
    """Return the rows that say "Onayla" and were decided longer ago than a number of days.

    Args:
        worklist: the list.
        days: how many days a decision may be old.
        today: the day from which is counted; not given: the day it is.

    Returns:
        The rows; a row without a date is none of them.
    """
    oldest = (today or date.today()) - timedelta(days=days)
    return [
        row
        for row in worklist.rows
        if row.karar is Karar.APPROVE and row.decided_on is not None and row.decided_on < oldest
    ]
