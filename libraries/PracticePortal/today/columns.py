"""What the list, the form and the export of the skin `today` say of a contract.

Source of the headers: the published header row of the portal's own Excel export, and the pages of OSGBs.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from PracticePortal.examples import (
    APPROVED,
    CANCELLED,
    LEFT,
    PENDING,
    REJECTED,
    WORKING,
    Contract,
    Workplace,
    professional_number,
)
from PracticePortal.request_log import mask_number
from PracticePortal.store import Row
from PracticePortal.today.look import Look

WAITING = "Sözleşme Onay Bekliyor"
DONE = "Sözleşme Onaylandı"
_OSGB = "KALİBRE ORTAK SAĞLIK VE GÜVENLİK BİRİMİ DENEME LİMİTED ŞİRKETİ"
_SGK_GROUPS = (1, 5, 7, 9, 16, 19, 21, 23, 26)


@dataclass(frozen=True)
class Shown:
    """A contract with what is shown of its workplace."""

    row: Row
    place: Workplace
    look: Look

    @property
    def contract(self) -> Contract:
        """The contract itself."""
        return self.row.contract

    @property
    def name(self) -> str:
        """The professional's name as the look shows it."""
        return masked_name(self.contract.name) if self.look.names == "masked" else self.contract.name

    @property
    def settled(self) -> bool:
        """True if the employer's approval is shown already."""
        approved_at = self.row.approved_at
        return self.contract.status == APPROVED and (
            approved_at is None or time.time() - approved_at >= self.look.lag / 1000
        )

    @property
    def professional(self) -> str:
        """The professional's side of the approval."""
        return DONE if self.contract.professional_approved else WAITING

    @property
    def employer(self) -> str:
        """The workplace's side of the approval."""
        if self.contract.status == REJECTED:
            return "Sözleşme Reddedildi"
        return WAITING if self.contract.status == PENDING or not self.settled else DONE

    @property
    def state(self) -> str:
        """The contract's own state."""
        if self.contract.status == PENDING or (self.contract.status == APPROVED and not self.settled):
            return "Tamamlanmadı"
        if self.contract.status == CANCELLED or self.contract.working == LEFT:
            return "Sonlandırıldı"
        return "Aktif" if self.contract.status == APPROVED else "Reddedildi"

    @property
    def turn(self) -> str:
        """Whose turn it is: `professional`, `employer`, or empty where nobody has to approve."""
        if self.contract.status != PENDING:
            return ""
        return "employer" if self.contract.professional_approved else "professional"


def masked_name(name: str) -> str:
    """Return a name with only the first letter of each word.

    Example:
        >>> masked_name("GÜL ÇINAR")
        'G** Ç****'
    """
    return re.sub(r"\S+", lambda word: word.group()[0] + "*" * (len(word.group()) - 1), name)


def contract_name(contract: Contract) -> str:
    """Return the contract's name, which tells the category."""
    kind = "İŞ GÜVENLİĞİ UZMANI" if "Uzmanı" in contract.category else contract.category
    upper = kind.replace("i", "İ").replace("ı", "I").upper()
    return f"OSGB İLE ÖZEL İŞYERİ ARASINDA {upper} HİZMET ALIMI SÖZLEŞMESİ"


def written_sgk(sgk: str, look: Look) -> str:
    """Return an SGK number as the look writes it."""
    if look.sgk == "dotted":
        return ".".join(sgk[start:end] for start, end in zip((0, *_SGK_GROUPS), _SGK_GROUPS, strict=False))
    return f"{sgk[:19]}…" if look.sgk == "cut" else sgk


def certificate(contract: Contract) -> str:
    """Return the kind of certificate, from which the list's reader takes the category."""
    return contract.category if "Sınıfı" in contract.category else f"{contract.category} Belgesi"


def _started(contract: Contract) -> str:
    return contract.start.strftime("%d.%m.%Y 00:00:00")


@dataclass(frozen=True)
class Column:
    """A column of the list or of the export.

    Attributes:
        label: The header.
        value: The cell's text.
        width: Pixels on the screen; 0 for a column of the export alone.
    """

    label: str
    value: Callable[[Shown], str]
    width: int = 0


_ID = Column("Sözleşme ID", lambda shown: shown.contract.gorevlendirme_id, 110)
_NAME = Column("Görevlendirilen Kişi Ad Soyad", lambda shown: shown.name, 260)
_TURNS = (
    Column("Görevlendirilen Kişi Onay Durumu", lambda shown: shown.professional, 210),
    Column("Hizmet Alan İşyeri Onay Durumu", lambda shown: shown.employer, 210),
)
_ONE_STATUS = (Column("Onay Durumu", lambda shown: shown.employer, 190),)
_FRONT = (
    Column("Sözleşme Adı", lambda shown: contract_name(shown.contract), 330),
    _NAME,
    Column("Sertifika Tipi", lambda shown: certificate(shown.contract), 190),
    Column("Sözleşme Tipi", lambda shown: "Hizmet Alımı", 120),
    Column("Çalışma Süresi", lambda shown: str(shown.contract.minutes), 110),
    Column("Çalışma Periyodu", lambda shown: "Aylık", 120),
    Column("Hizmet Veren İşyeri Unvanı", lambda shown: _OSGB, 300),
    Column("Hizmet Alan İşyeri Unvanı", lambda shown: shown.place.title, 320),
    Column("Hizmet Alan İşyeri SGK/DETSİS No", lambda shown: written_sgk(shown.place.sgk, shown.look), 230),
    Column("Çalışan Sayısı", lambda shown: str(shown.place.employees), 110),
    Column("Tehlike Sınıfı", lambda shown: shown.place.hazard, 120),
    Column("Nace Kodu", lambda shown: "13.92.01", 100),
    Column("Sözleşme Başlangıç Tarihi", lambda shown: _started(shown.contract), 190),
)
_STATE = Column("Sözleşme Statüsü", lambda shown: shown.state, 150)


def list_columns(look: Look) -> tuple[Column, ...]:
    """Return the columns of the list in their order on the screen."""
    ids = (_ID,) if look.ids == "list" else ()
    columns = (*ids, *_FRONT, *(_TURNS if look.turn == "columns" else _ONE_STATUS), _STATE)
    return columns if look.order == "usual" else columns[::-1]


def form_fields(shown: Shown) -> list[list[str]]:
    """Return the form's fields as pairs of label and value."""
    contract = shown.contract
    return [
        ["Sözleşme ID", contract.gorevlendirme_id],
        ["Sözleşme Adı", contract_name(contract)],
        ["Görevlendirilen Kişi Ad Soyad", shown.name],
        ["Sertifika Tipi", certificate(contract)],
        ["Çalışma Süresi (Dk/Ay)", str(contract.minutes)],
        ["Sözleşme Başlangıç Tarihi", contract.start.strftime("%d.%m.%Y")],
        ["Hizmet Alan İşyeri", shown.place.title],
    ]


EXPORT_COLUMNS = (
    Column("Sözleşme Süreç ID", lambda shown: str(4_400_000 + shown.row.row)),
    Column("Sözleşme Adı", lambda shown: contract_name(shown.contract)),
    _ID,
    Column("Otomatik Güncelleme Onay İzni Var Mı", lambda shown: "Hayır"),
    Column("Görevlendirilen Kişi TC Kimlik No", lambda shown: mask_number(professional_number(shown.contract))),
    _NAME,
    Column("Görevlendirilen Kişi Sertifika Tipi", lambda shown: certificate(shown.contract)),
    Column("Görevlendirilen Kişi Sertifika No", lambda shown: str(100_000 + shown.row.row)),
    Column("Sözleşme Tipi", lambda shown: "Hizmet Alımı"),
    Column("Çalışma Süresi", lambda shown: str(shown.contract.minutes)),
    Column("Çalışma Periyodu", lambda shown: "Aylık"),
    Column("Hizmet Veren İşyeri ID", lambda shown: "77001"),
    Column("Hizmet Veren İşyeri Unvanı", lambda shown: _OSGB),
    Column("Hizmet Veren İşyeri SGK/DETSİS No", lambda shown: "29999010199999990999910000"),
    Column("Hizmet Veren İşyeri İli", lambda shown: "DENEME"),
    Column("Hizmet Veren İşyeri Yetki Belgesi Tipi", lambda shown: "OSGB"),
    Column("Hizmet Veren İşyeri Yetki Belgesi No", lambda shown: "D-0001"),
    Column("Hizmet Alan İşyeri ID", lambda shown: str(int(shown.place.sgk[9:16]))),
    Column("Hizmet Alan İşyeri Unvanı", lambda shown: shown.place.title),
    Column("Hizmet Alan İşyeri SGK/DETSİS No", lambda shown: shown.place.sgk),
    Column("Hizmet Alan İşyeri İli", lambda shown: "DENEME"),
    Column("Hizmet Alan İşyeri Çalışan Sayısı", lambda shown: str(shown.place.employees)),
    Column("Hizmet Alan İşyeri Tehlike Sınıfı", lambda shown: shown.place.hazard),
    Column("Hizmet Alan İşyeri Nace Kodu", lambda shown: "13.92.01"),
    Column("Sözleşme Başlangıç Tarihi", lambda shown: _started(shown.contract)),
    Column(
        "Sözleşme Bitiş Tarihi", lambda shown: shown.contract.leave.strftime("%d.%m.%Y") if shown.contract.leave else ""
    ),
    Column("Sözleşme Statü", lambda shown: shown.state),
    Column("Süre Güncelleme Kaydı Var Mı", lambda shown: "Hayır"),
    Column("Sözleşme Onay Durumu", lambda shown: shown.employer),
    Column("Sözleşme Onay Tarihi", lambda shown: ""),
    Column("Hizmet Alan İşyeri Onay Statüsü", lambda shown: shown.employer),
    Column("Görevlendirilen Kişi Onay Statüsü", lambda shown: shown.professional),
    Column("Sözleşme Tanımlanma Tarihi", lambda shown: _started(shown.contract)),
    Column("Sözleşme Mevzuata Uygun Mu", lambda shown: "Evet"),
)


def in_tab(shown: Shown, tab: str) -> bool:
    """Return True if a tab of the list shows a contract."""
    pending = shown.contract.status == PENDING
    return {
        "bekleyen": pending,
        "devam": pending,
        "aktif": shown.look.approved_in == "active" and shown.state == "Aktif" and shown.contract.working == WORKING,
        "tum": True,
    }[tab]
