"""What is on KATİP's screens: menus, toolbar, columns and form fields with their labels.

Source: DOK.10.01 rev 05, pictures of 5.6 to 5.10. The source's own labels vary; the skins use that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from PracticePortal.examples import Contract


class Skin(StrEnum):
    """How the pages are built; what a person sees and can do is the same in all."""

    PLAIN = "plain"
    FRAMED = "framed"
    LEGACY = "legacy"
    TODAY = "today"


TOP_LINKS = {
    "kurum-bilgileri": "Kurum Bilgileri",
    "kullanici-bilgileri": "Kullanıcı Bilgileri",
    "kilavuz": "Kullanıcı Kılavuzu",
    "kep": "Kurum Kep Adresi",
}
CONTRACTS_MODULE = "sozlesmeler"
SUB_MENU = {
    CONTRACTS_MODULE: "Sözleşmeler",
    "silinen-sozlesmeler": "Silinen Sözleşmeler",
    "yardimci-c": "Yardımcı C Sözleşmeler",
    "stajyerler": "Stajyerler",
    "sorumlu-mudur": "Sorumlu Müdür İşlemleri",
    "yetki-belgesi": "Yetki Belgesi Başvuruları",
    "dosyalar": "Dosyalar",
    "gezici-arac": "Gezici İSG Araç Sözleşme",
    "ozel-statu": "Kurum Özel Statü İİ",
}
OTHER_MODULES = {"anket": "Anket", "isg-profesyonelleri": "İsg Profesyonelleri", "bilgi-guncelleme": "Bilgi Güncelleme"}
MODULES = TOP_LINKS | SUB_MENU | OTHER_MODULES


@dataclass(frozen=True)
class Tool:
    """A button of the contracts toolbar.

    Attributes:
        action: Its name in requests.
        label: What it says.
        needs: What must be selected before it becomes enabled: "pending", "row" or "" for nothing.
        forbidden: The robot must not press it.
    """

    action: str
    label: str
    needs: str = ""
    forbidden: bool = False


TOOLBAR = (
    Tool("yeni", "Yeni", forbidden=True),
    Tool("ise-grv", "İşe Grv.", forbidden=True),
    Tool("onayla", "Onayla", needs="pending"),
    Tool("iptal", "Sözleşme İptal", needs="row", forbidden=True),
    Tool("sil", "Sil", needs="row", forbidden=True),
    Tool("detay-yazdir", "Detay Yazdır", needs="row"),
    Tool("yazdir", "Sözleşme Yazdır", needs="row"),
    Tool("export", "Export"),
    Tool("tazele", "Tazele"),
    Tool("diger", "Sözleşmeleri Diğer İşyerlerim"),
)
FORBIDDEN = {tool.action: tool.label for tool in TOOLBAR if tool.forbidden}


@dataclass(frozen=True)
class Column:
    """A column of the contracts grid: name in the data, header, width in pixels."""

    key: str
    label: str
    width: int


_COLUMNS = (
    Column("name", "Adı Soyadı", 250),
    Column("type", "Grv. Türü", 80),
    Column("category", "Personel Kategorisi Adı", 190),
    Column("work_form", "Çalışma Şekli", 100),
    Column("start", "Grv. Başlama Trh.", 115),
    Column("working", "Çalışma Durumu", 110),
    Column("leave", "Grv. Ayrılış Trh.", 110),
    Column("status", "Grv. Onay Durumu", 125),
)
_LEGACY_COLUMNS = (
    Column("type", "Grv. Türü", 110),
    Column("category", "Personel Kategorisi", 240),
    Column("name", "Adı Soyadı", 330),
    Column("start", "Grv. Başlama Tarih", 150),
    Column("leave", "Grv. Ayrılış Tarih", 150),
    Column("work_form", "Çalışma Şekli", 130),
    Column("status", "Grv. Onay Durumu", 150),
    Column("working", "Çalışma Durumu", 140),
)


def columns(skin: Skin) -> tuple[Column, ...]:
    """Return the columns of the grid in the order in which a skin shows them."""
    return _LEGACY_COLUMNS if skin == Skin.LEGACY else _COLUMNS


FORM_FIELDS: dict[str, Callable[[Contract], str]] = {
    "Adı Soyadı": lambda contract: contract.name,
    "Görevlendirme ID": lambda contract: contract.gorevlendirme_id,
    "Ayl. Çlş. Süresi (Dk)": lambda contract: str(contract.minutes),
    "Ayl. Fzl. Mesai Süresi (Dk)": lambda contract: str(contract.overtime),
    "Kalan Max. Ayl. Çlş. Süresi (Dk)": lambda contract: str(contract.minutes_left),
    "Kalan Max. Ayl. Fzl. Mesai Süresi (Dk)": lambda contract: str(contract.overtime_left),
}


def turkish_date(day: date | None) -> str:
    """Return a date as the portal shows it, `01.03.2021`; empty for none."""
    return day.strftime("%d.%m.%Y") if day else ""


def cut_title(title: str, skin: Skin) -> str:
    """Return a workplace title as page 5.5 shows it: cut off, with "...".

    Args:
        title: The full title.
        skin: The legacy skin cuts earlier.
    """
    length = 38 if skin == Skin.LEGACY else 46
    return title if len(title) <= length else f"{title[:length].rstrip()}..."


def shown_sgk(sgk: str, skin: Skin) -> str:
    """Return an SGK number as a skin writes it; the legacy one groups it by blanks.

    Args:
        sgk: 26 digits.
        skin: The skin's name.
    """
    if skin != Skin.LEGACY:
        return sgk
    parts = (1, 5, 7, 9, 16, 19, 21, 23, 26)
    return " ".join(sgk[start:end] for start, end in zip((0, *parts), parts, strict=False))
