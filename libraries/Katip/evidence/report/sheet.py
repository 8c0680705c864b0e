"""The workbook: one row a contract, every cell a text, so that no word of a portal becomes a formula."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from Katip.evidence.report.data import ContractReport, RunReport
from Katip.evidence.report.texts import text

_COLUMNS = (
    ("run", 24),
    ("workplace", 32),
    ("workplace_title", 36),
    ("name", 28),
    ("category", 28),
    ("start_date", 18),
    ("gorevlendirme_id", 18),
    ("minutes", 20),
    ("outcome", 22),
    ("reason", 60),
    ("message", 40),
    ("decision", 44),
    ("findings", 50),
    ("reread", 32),
)
#: The first column where a run does not verify; the others are not moved by it in a report that is sound.
_DOUBT = ("verification", 40)
_LONGEST = 32_000


def write_sheet(reports: Sequence[RunReport], path: Path, language: str) -> None:
    """Write the workbook.

    Args:
        reports: the runs.
        path: where to.
        language: ``tr`` or ``en``.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet(text("contracts", language))
        head = book.add_format({"bold": True, "bg_color": "#DDE6EE", "bottom": 1, "num_format": "@"})
        cell = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        sheet.freeze_panes(1, 0)
        is_doubtful = any(report.faults(language) for report in reports)
        columns = (_DOUBT, *_COLUMNS) if is_doubtful else _COLUMNS
        for column, (key, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, text(key, language), head)
        row = 0
        for report in reports:
            doubt = ((text("not_verified", language) if report.faults(language) else ""),) if is_doubtful else ()
            for contract in report.contracts():
                row += 1
                for column, value in enumerate((*doubt, *_cells(report, contract, language))):
                    sheet.write_string(row, column, value[:_LONGEST], cell)
        sheet.autofilter(0, 0, max(row, 1), len(columns) - 1)


def _cells(report: RunReport, contract: ContractReport, language: str) -> tuple[str, ...]:
    minutes = contract.values["minutes"]
    return (
        report.id,
        contract.sgk,
        contract.title,
        contract.name,
        contract.values["category"],
        contract.start_shown,
        contract.values["gorevlendirme_id"] or "",
        "" if minutes is None else str(minutes),
        text(f"outcome.{contract.outcome}", language),
        contract.reason(language),
        contract.message,
        contract.decision(language),
        "\n".join(contract.findings(language)),
        contract.reread,
    )
