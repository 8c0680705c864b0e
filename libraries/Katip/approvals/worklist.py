"""The worklist (onay listesi): what the responsible person decided, row by row; the only authority to approve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from Katip.model import Hazard
from Katip.turkish import fold


class Karar(StrEnum):
    """What stands in the column "Karar"."""

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
        start: "Grv. Başlama Trh.", or None where not given.
        gorevlendirme_id: "Görevlendirme ID", or None where not given.
        minutes: "Ayl. Çlş. Süresi (Dk)" per month, or None where not given.
        employees: "Çalışan Sayısı", or None where not given.
        hazard: "Tehlike Sınıfı", or None where not given.
        decided_by: "Karar Veren" as written.
        decided_on: "Karar Tarihi", or None where not given.
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
        return (self.workplace, fold(self.name), fold(self.category), start)


@dataclass(frozen=True, slots=True)
class Worklist:
    """A worklist as read.

    Attributes:
        file: the file's name, without its folder.
        digest: SHA-256 of the file's bytes, hexadecimal.
        rows: its rows, in the file's order.
    """

    file: str
    digest: str
    rows: tuple[WorklistRow, ...]

    @property
    def workplaces(self) -> tuple[str, ...]:
        """The SGK numbers on the list, each once, in the list's order."""
        return tuple(dict.fromkeys(row.workplace for row in self.rows))


def id_key(gorevlendirme_id: str | None) -> str:
    """Give the form in which two writings of one Görevlendirme ID are equal.

    Args:
        gorevlendirme_id: the ID as written, or None.

    Returns:
        The ID without blanks, and without the leading zeros that spreadsheets drop; empty where there is none.

    Example:
        >>> id_key("00 123") == id_key("123")
        True
    """
    bare = "".join((gorevlendirme_id or "").split())
    return bare.lstrip("0") or bare[-1:] if bare.isdigit() else bare
