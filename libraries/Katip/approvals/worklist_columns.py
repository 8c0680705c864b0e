"""The columns of a worklist, as people name them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from Katip.approvals.table_cells import Table
from Katip.messages import msg
from Katip.turkish import Vocabulary


class Column(StrEnum):
    """The columns of a worklist, by their headings, in the order in which they are written."""

    SGK = "SGK Sicil No"
    TITLE = "İşyeri Unvanı"
    NAME = "Adı Soyadı"
    CATEGORY = "Personel Kategorisi"
    WORK_TYPE = "Çalışma Şekli"
    START = "Grv. Başlama Trh."
    WAITING = "Bekleme (gün)"
    WAITS_FOR = "Kimi bekliyor"
    ID = "Görevlendirme ID"
    MINUTES = "Ayl. Çlş. Süresi (Dk)"
    EMPLOYEES = "Çalışan Sayısı"
    HAZARD = "Tehlike Sınıfı"
    FINDINGS = "Bulgular"
    KARAR = "Karar"
    DECIDED_BY = "Karar Veren"
    DECIDED_ON = "Karar Tarihi"


_WORDINGS: dict[Column, tuple[str, ...]] = {
    Column.SGK: (
        "SGK Sicil Numarası",
        "SGK İşyeri Sicil No",
        "SGK İşyeri Sicil Numarası",
        "İşyeri SGK Sicil No",
        "SGK No",
    ),
    Column.TITLE: ("İşyeri Ünvanı", "Unvan", "Ünvan", "İşyeri", "Kuruluş Unvanı"),
    Column.NAME: ("Ad Soyad", "Adı ve Soyadı", "Ad ve Soyad"),
    Column.CATEGORY: ("Personel Kategorisi Adı", "Personel Kategori", "Kategori"),
    Column.WORK_TYPE: ("Çalışma Biçimi",),
    Column.START: ("Görevlendirme Başlama Tarihi", "Başlama Tarihi", "Sözleşme Başlama Tarihi"),
    Column.WAITING: ("Bekleme", "Bekleme Süresi (gün)"),
    Column.WAITS_FOR: (),
    Column.ID: ("Görevlendirme No", "Görevlendirme Numarası", "Grv. ID", "Sözleşme ID"),
    Column.MINUTES: ("Aylık Çalışma Süresi (Dakika)", "Aylık Çalışma Süresi", "Süre (Dk)"),
    Column.EMPLOYEES: ("Çalışan Sayısı (kişi)", "İşçi Sayısı", "Personel Sayısı"),
    Column.HAZARD: ("Tehlike Sınıf",),
    Column.FINDINGS: ("Bulgu",),
    Column.KARAR: (),
    Column.DECIDED_BY: ("Kararı Veren", "Karar Verenin Adı Soyadı"),
    Column.DECIDED_ON: ("Karar Tarih",),
}
_REQUIRED = (Column.SGK, Column.NAME, Column.KARAR, Column.DECIDED_BY, Column.DECIDED_ON)
_WORDS = Vocabulary(
    {
        "trh": ["tarih", "tarihi"],
        "grv": ["görev"],
        "ayl": ["aylık"],
        "çlş": ["çalışma"],
        "dk": ["dakika"],
        "no": ["numarası", "numara"],
    }
)
COLUMN_KEYS = {_WORDS.key(wording): column for column in Column for wording in (column.value, *_WORDINGS[column])}
# What decides, or shows a person on what they decide; the others are the robot's own remarks.
USED_COLUMNS = frozenset(Column) - {Column.WAITING, Column.WAITS_FOR, Column.FINDINGS, Column.WORK_TYPE}
_HEADER_WITHIN = 20


def known_columns(texts: Sequence[str]) -> dict[Column, int]:
    """Return the places of the columns of a worklist in a heading row.

    Args:
        texts: the row's cells.

    Returns:
        Column to place, from 0; of two of one name the first.
    """
    found: dict[Column, int] = {}
    for place, text in enumerate(texts):
        column = COLUMN_KEYS.get(_WORDS.key(text))
        if column:
            found.setdefault(column, place)
    return found


def find_header(table: Table) -> tuple[int, list[Column | None]] | None:
    """Return the number and the columns of the heading row: the first that names at least two columns that are needed."""
    for number, cells in table.rows:
        headings = [COLUMN_KEYS.get(_WORDS.key(cell.text)) for cell in cells]
        if number > _HEADER_WITHIN:
            return None
        if len({column for column in headings if column in _REQUIRED}) > 1:
            return number, headings
    return None


def no_single_header(headed: Sequence[tuple[Table, object]], hidden: Sequence[str]) -> str:
    """Explain why no sheet, or more than one, is the worklist."""
    if headed:
        names = ", ".join(f'"{table.name}"' for table, _ in headed)
        return msg("several sheets have the headings of a worklist ({names}); keep one of them", names=names)
    if hidden:
        return msg(
            'only the hidden sheet "{hidden}" has the headings of a worklist; show it, so that its decisions are seen',
            hidden=hidden[0],
        )
    needed = ", ".join(f'"{column}"' for column in _REQUIRED)
    return msg(
        "within its first {header_within} rows no row has the headings {needed}",
        header_within=_HEADER_WITHIN,
        needed=needed,
    )


def column_problems(headings: Sequence[Column | None]) -> list[str]:
    """Return what is wrong with the headings: missing or twice."""
    found = Counter(column for column in headings if column)
    problems = [msg('the column "{column}" is missing', column=column) for column in _REQUIRED if not found[column]]
    if not found[Column.ID] and not (found[Column.CATEGORY] and found[Column.START]):
        problems.append(
            msg(
                'neither the column "{id}" nor both "{category}" and "{start}" are there: a row without '
                "them does not say which contract it means",
                id=Column.ID,
                category=Column.CATEGORY,
                start=Column.START,
            )
        )
    problems += [
        msg('{times} columns are called "{column}"', times=times, column=column)
        for column, times in found.items()
        if times > 1
    ]
    return problems
