"""The read-only lists beside the contracts: deleted contracts, interns, helpers of class C. All people are synthetic."""

from __future__ import annotations

from datetime import timedelta

from PracticePortal.examples import make_contract, tc_number
from PracticePortal.screens import turkish_date

Table = tuple[list[str], list[list[str]]]
_ROWS = 12
_REASONS = ("Mükerrer kayıt", "OSGB talebi", "İşyeri talebi")
_STATES = ("Silindi", "Silindi", "Geri alındı")
_INTERN_STATES = ("Devam Ediyor", "Tamamlandı")


def other_list(module: str, sgk: str) -> Table | None:
    """Return the list of a module as headers and rows; None for a module without a list.

    Args:
        module: the module's name in addresses.
        sgk: the workplace.
    """
    makers = {"silinen-sozlesmeler": _deleted, "stajyerler": _interns, "yardimci-c": _helpers}
    maker = makers.get(module)
    return maker(sgk) if maker else None


def _deleted(sgk: str) -> Table:
    headers = ["Adı Soyadı", "Personel Kategorisi Adı", "Grv. Başlama Trh.", "Silinme Trh.", "Silme Nedeni", "Durum"]
    rows = []
    for number in range(_ROWS):
        contract = make_contract(sgk, 700 + number)
        deleted = turkish_date(contract.start + timedelta(days=9))
        rows.append(
            [
                contract.name,
                contract.category,
                turkish_date(contract.start),
                deleted,
                _REASONS[number % 3],
                _STATES[number % 3],
            ]
        )
    return headers, rows


def _interns(sgk: str) -> Table:
    headers = ["Adı Soyadı", "T.C. Kimlik No", "Staj Başlama Trh.", "Durum"]
    contracts = [make_contract(sgk, 800 + number) for number in range(_ROWS // 2)]
    return headers, [
        [each.name, tc_number(700_000_000 + number), turkish_date(each.start), _INTERN_STATES[number % 2]]
        for number, each in enumerate(contracts)
    ]


def _helpers(sgk: str) -> Table:
    headers = ["Adı Soyadı", "Belge No", "Sözleşme Başlama Trh.", "Durum"]
    contracts = [make_contract(sgk, 900 + number) for number in range(_ROWS // 4)]
    return headers, [
        [each.name, f"C-{40_000 + number}", turkish_date(each.start), "Onaylandı"]
        for number, each in enumerate(contracts)
    ]
