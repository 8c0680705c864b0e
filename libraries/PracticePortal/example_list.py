"""The worklist that comes with the practice portal: what a responsible person might have decided."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

_HEADINGS = (
    "SGK Sicil No",
    "Adı Soyadı",
    "Personel Kategorisi",
    "Grv. Başlama Trh.",
    "Görevlendirme ID",
    "Karar",
    "Karar Veren",
    "Karar Tarihi",
)


def write_example_list(path: Path, contracts: Iterable[Mapping[str, Any]], categories: bool = True) -> None:
    """Write a worklist that says "Onayla" to every contract that is the employer's turn.

    Args:
        path: The CSV file to write: semicolons, with a byte order mark, as Turkish spreadsheets write it.
        contracts: The portal's contracts.
        categories: False to leave the category empty, for pages that word it otherwise.
    """
    today = f"{date.today():%d.%m.%Y}"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(_HEADINGS)
        for contract in contracts:
            if contract["status"] == "Onay Bekliyor" and contract.get("professional_approved", True):
                start = f"{date.fromisoformat(contract['start']):%d.%m.%Y}"
                writer.writerow(
                    [
                        _grouped(contract["sgk"]),
                        contract["name"],
                        contract["category"] if categories else "",
                        start,
                        contract["gorevlendirme_id"],
                        "Onayla",
                        "ÖRNEK SORUMLU KİŞİ",
                        today,
                    ]
                )


def _grouped(number: str) -> str:
    """An SGK number in groups, so that no spreadsheet takes it for a quantity."""
    ends = (1, 5, 7, 9, 16, 19, 21, 23, 26)
    return " ".join(number[start:end] for start, end in zip((0, *ends), ends, strict=False))
