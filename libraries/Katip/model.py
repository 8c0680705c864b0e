"""The things the procedure is about, as plain values: no page, no browser, no Robot.

Words as in ``docs/architecture.md``; clause numbers are those of DOK.10.01 rev 05.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from Katip.turkish import fold, name_key, visible


class Outcome(StrEnum):
    """What became of a contract: what the portal shows afterwards, or why the robot held back."""

    APPROVED = "approved"
    ALREADY_APPROVED = "already_approved"
    PLANNED = "planned"
    SKIPPED = "skipped"
    HELD = "held"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    NOT_FOUND = "not_found"

    @property
    def is_good(self) -> bool:
        """True if the contract's task passes."""
        return self in (Outcome.APPROVED, Outcome.ALREADY_APPROVED, Outcome.PLANNED)


class Status(StrEnum):
    """What the grid's "Grv. Onay Durumu" says of a row, in the portal's own statuses."""

    PENDING = "pending"
    WAITING = "waiting"  # pending, and another party has to approve first, or it is not clear whose turn it is
    APPROVED = "approved"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn a row is.

    Attributes:
        status: the row's status.
        waits_for: who has to approve before the employer, where the status is `waiting`.
        doubt: why that is not clear, where it is not.
    """

    status: Status
    waits_for: str = ""
    doubt: str = ""


class Mode(StrEnum):
    """How far a run goes: up to the approval, or only up to the filled form."""

    APPROVE = "approve"
    REHEARSE = "rehearse"


class Hazard(StrEnum):
    """The hazard class (tehlike sınıfı) of a workplace, in the words of the law (6331, md. 9)."""

    LOW = "Az Tehlikeli"
    MEDIUM = "Tehlikeli"
    HIGH = "Çok Tehlikeli"


_SGK_LENGTH = 26
_DASH = re.compile(r"[\u2010-\u2015\u2212]")
_MONTHS = [fold(name) for name in ("oca", "şub", "mar", "nis", "may", "haz", "tem", "ağu", "eyl", "eki", "kas", "ara")]
_NOT_DIGIT = re.compile(r"\D+")
_SGK_GROUPS = (1, 4, 2, 2, 7, 3, 2, 2, 3)


def sgk_digits(text: str) -> str:
    """Return the digits of an SGK workplace number, however it is written.

    Args:
        text: for example ``2 4941 01 01 9999999 034 05 61 000`` or with dots or hyphens.

    Returns:
        The digits alone.

    Example:
        >>> sgk_digits("2 9999.01-01 9999999")
        '2999901019999999'
    """
    return _NOT_DIGIT.sub("", text)


def sgk_grouped(number: str) -> str:
    """Return an SGK number grouped by blanks, the way that spreadsheets leave alone.

    Args:
        number: 26 digits; anything else is given back unchanged.

    Returns:
        M, işkolu, eski ünite, yeni ünite, sıra, il, ilçe, kontrol, aracı, separated by blanks.

    Example:
        >>> sgk_grouped("29999010199999010999932000")
        '2 9999 01 01 9999901 099 99 32 000'
    """
    if len(number) != _SGK_LENGTH:
        return number
    parts, start = [], 0
    for length in _SGK_GROUPS:
        parts.append(number[start : start + length])
        start += length
    return " ".join(parts)


def parse_date(text: str) -> date | None:
    """Read a date as the portal and spreadsheets write it.

    Args:
        text: ``01.03.2021``, ``1/3/2021``, ``01-03-2021``, ``1 Mart 2021`` or ISO ``2021-03-01``, with or without a time behind it.

    Returns:
        The date, or None if there is none.

    Example:
        >>> parse_date("01.03.2021 00:00").isoformat()
        '2021-03-01'
    """
    plain = _DASH.sub("-", visible(text))
    found = re.search(r"(?<!\d)(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4})(?!\d)", plain)
    iso = re.search(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)", plain)
    worded = re.search(r"(?<!\d)(\d{1,2})\.? ([a-zçğıöşü]+) (\d{4})(?!\d)", fold(plain))
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        if worded and worded[2][:3] in _MONTHS:
            return date(int(worded[3]), _MONTHS.index(worded[2][:3]) + 1, int(worded[1]))
    except ValueError:
        return None
    return None


def parse_minutes(text: str) -> int | None:
    """Read a number of minutes as the portal writes it.

    Args:
        text: for example ``600``, ``1.200`` or ``600 dk``.

    Returns:
        The number, or None if there is none.
    """
    found = re.search(r"\d{1,3}(?:[.\s]\d{3})+(?!\d)|\d+", text)
    return int(_NOT_DIGIT.sub("", found[0])) if found else None


@dataclass(frozen=True, slots=True)
class Workplace:
    """A workplace that receives the service (hizmet alan işyeri), as clause 5.5 offers it.

    Attributes:
        sgk: the SGK number's digits (26 of them for a workplace; public bodies may have another number).
        title: the title as shown, possibly cut with "...".
    """

    sgk: str
    title: str

    def is_called(self, title: str) -> bool:
        """Return True if a title can be this workplace's: portals cut long ones off ("… LİMİ...").

        Args:
            title: another writing of the title.

        Returns:
            True if one begins as the other goes on, or one of them is empty.

        Example:
            >>> Workplace("29999010199999010999932000", "ÖRNEK GIDA SANAYİ VE TİCA...").is_called("Örnek Gıda Sanayi ve Ticaret A.Ş.")
            True
        """
        shown, other = (fold(re.sub(r"(\.{2,}|…)\s*$", "", text.replace("_", " "))) for text in (self.title, title))
        return shown.startswith(other) or other.startswith(shown)

    def __str__(self) -> str:
        return f"{self.title} ({self.sgk})"


def id_key(gorevlendirme_id: str | None) -> str:
    """Return the form in which two writings of one Görevlendirme ID are equal.

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


@dataclass(frozen=True, slots=True)
class Contract:
    """A row of the contracts grid (5.8).

    Attributes:
        workplace: the SGK number of the workplace, digits.
        name: "Adı Soyadı" as shown.
        category: "Personel Kategorisi (Adı)" as shown.
        start: "Grv. Başlama Trh.", or None if it could not be read.
        status: pending, waiting for another party, approved or other.
        status_text: "Grv. Onay Durumu" as shown.
        cells: every cell of the row by the header above it, as shown.
        twin: 0 for the first row of this identity in the grid's order, 1 for the second, ….
        gorevlendirme_id: the ID once the form was seen.
        minutes: "Ayl. Çlş. Süresi (Dk)" once the form was seen.
        waits_for: who has to approve before the employer, where the status is `waiting`; empty where that is not clear.
        turn_doubt: why it is not clear whose turn it is, where the status is `waiting`.
    """

    workplace: str
    name: str
    category: str
    start: date | None
    status: Status
    status_text: str
    cells: Mapping[str, str] = field(default_factory=dict)
    twin: int = 0
    gorevlendirme_id: str | None = None
    minutes: int | None = None
    waits_for: str = ""
    turn_doubt: str = ""

    def is_row_of(self, other: Contract) -> bool:
        """Return True if two readings can be of the same row: the same identity, and the same ID where both show one.

        Args:
            other: another reading.
        """
        both = (self.gorevlendirme_id, other.gorevlendirme_id)
        return self.identity == other.identity and (not all(both) or id_key(both[0]) == id_key(both[1]))

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """The key of this contract while its ID is unknown: workplace, name, category, start."""
        start = self.start.isoformat() if self.start else ""
        return (self.workplace, name_key(self.name), fold(self.category), start)

    @property
    def work_type(self) -> str:
        """The "Çalışma Şekli" as shown, or an empty text."""
        return self.cells.get("work_type", "")

    def __str__(self) -> str:
        start = f"{self.start:%d.%m.%Y}" if self.start else "?"
        return f"{visible(self.name)} · {visible(self.category)} · {start}"


class PictureStage(StrEnum):
    """The pictures of one approval, in the procedure's order."""

    BEFORE = "before"
    FORM = "form"
    OK = "ok"
    AFTER = "after"
    FAILURE = "failure"

    @property
    def file_name(self) -> str:
        """The picture's file name in the contract's folder, numbered in the procedure's order."""
        return f"{list(PictureStage).index(self) + 1}-{self.value}.png"


@dataclass(frozen=True, slots=True)
class ApprovalForm:
    """The form "SÖZLEŞME ONAY" (5.9) as read.

    Attributes:
        name: "Adı Soyadı".
        gorevlendirme_id: "Görevlendirme ID", or None if the form shows none.
        minutes: "Ayl. Çlş. Süresi (Dk)", or None.
        fields: every field by its label, as shown.
        start: the start date, or None where the form shows none.
        contract_name: "Sözleşme Adı", or an empty text.
    """

    name: str
    gorevlendirme_id: str | None
    minutes: int | None
    fields: Mapping[str, str] = field(default_factory=dict)
    start: date | None = None
    contract_name: str = ""


@dataclass(frozen=True, slots=True)
class MessageWindow:
    """The small window that answers "Kayıt" (5.9).

    Attributes:
        text: its words.
        buttons: the labels of its buttons.
        native: True if it was a dialog of the browser itself, which no picture can show.
    """

    text: str
    buttons: tuple[str, ...]
    native: bool = False

    @property
    def asks(self) -> bool:
        """True if it leaves a choice (two buttons or more), or says a question: its one button would agree to it."""
        return len(self.buttons) > 1 or self.text.rstrip().endswith("?")


@dataclass(frozen=True, slots=True)
class LoginRecord:
    """The text "Sisteme [Tarih] tarihinde, [TC] ve [IP] ile girişiniz kayıt altına alındı" (5.6), without the number.

    Attributes:
        when: the date and time as the portal shows them.
        ip: the IP address as the portal shows it.
    """

    when: str
    ip: str
