"""The report as a document: text by fpdf2; pypdf takes the reduced pictures over while the file is written."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final

from font_source_sans_pro import SourceSansPro, SourceSansProBold  # type: ignore[import-untyped]
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace
from fpdf.table import Table
from pypdf import PdfReader

from Katip.evidence.report.data import ContractReport, Picture, RunReport, local_time
from Katip.evidence.report.pdf_pictures import Placed, add_pictures
from Katip.evidence.report.png import read_header
from Katip.evidence.report.qr import matrix
from Katip.evidence.report.texts import CLAUSES, text

_FONT: Final = "SourceSansPro"
_MARGIN: Final = 15.0
_PAGE_WIDTH, _PAGE_HEIGHT = 210.0, 297.0
_WIDTH: Final = _PAGE_WIDTH - 2 * _MARGIN
_LABEL: Final = 46.0
_GAP: Final = 4.0
_PICTURE_WIDTH: Final = (_WIDTH - _GAP) / 2
_PICTURE_HEIGHT: Final = 56.0
_CAPTION: Final = 5.0
_POINTS: Final = 72 / 25.4
_BLUE: Final = (31, 78, 121)
_SOFT: Final = (238, 242, 246)
_LINE: Final = (184, 196, 207)
_TONES: Final = {"good": (29, 107, 58), "bad": (161, 38, 34), "quiet": (92, 102, 112)}
_LONGEST: Final = 1500


def write_pdf(reports: Sequence[RunReport], path: Path, language: str) -> None:
    """Write the document.

    Args:
        reports: the runs.
        path: where to.
        language: ``tr`` or ``en``.
    """
    for name in ("fpdf", "fontTools", "pypdf"):
        logging.getLogger(name).setLevel(
            logging.ERROR
        )  # a letter that the font lacks is drawn as a box; no need to say it each time
    document = _Document(language)
    for report in reports:
        document.add_run(report)
    with tempfile.TemporaryFile() as drawn:
        drawn.write(document.output())
        placed = document.placed
        del document
        add_pictures(PdfReader(drawn), placed, path)


class _Document(FPDF):
    """The text of the report and the places of its pictures."""

    def __init__(self, language: str) -> None:
        super().__init__(format="A4")
        self.language = language
        self.placed: list[Placed] = []
        self._title = ""
        self.add_font(_FONT, "", SourceSansPro)
        self.add_font(_FONT, "B", SourceSansProBold)
        self.set_margins(_MARGIN, _MARGIN, _MARGIN)
        self.set_auto_page_break(True, 18)
        self.alias_nb_pages("{nnb}")
        self.set_title(self._t("title"))
        self.set_lang("tr-TR" if language == "tr" else "en-GB")
        self.set_draw_color(*_LINE)

    def _t(self, key: str) -> str:
        return text(key, self.language)

    def footer(self) -> None:
        """Close every page with title, run and page number."""
        self.set_y(-12)
        self.set_font(_FONT, "", 8)
        self.set_text_color(*_TONES["quiet"])
        self.cell(_WIDTH * 0.75, 5, f"{self._t('title')} · {self._title}")
        self.cell(_WIDTH * 0.25, 5, f"{self._t('page')} {self.page_no()} / {{nnb}}", align="R")
        self.set_text_color(0)

    def add_run(self, report: RunReport) -> None:
        """Add one run: cover, clauses, findings, list, and a page a contract."""
        self._title = report.id
        self._cover(report)
        self._clauses(report)
        self._findings(report)
        self._list(report)
        for contract in report.contracts():
            self._contract(report, contract)

    def _cover(self, report: RunReport) -> None:
        self.add_page()
        top = self.get_y()
        self.set_text_color(*_BLUE)
        self.set_font(_FONT, "B", 19)
        self.multi_cell(_WIDTH - 36, 9, self._t("title"), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_text_color(0)
        self.set_font(_FONT, "", 10)
        self.multi_cell(_WIDTH - 36, 5, self._t("subtitle"), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(2)
        self.set_font(_FONT, "", 8.5)
        self.multi_cell(
            _WIDTH - 36,
            4.2,
            f"{self._t('manifest')}:\n{report.manifest_digest or self._t('no_manifest')}",
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )
        if report.manifest_digest:
            self._qr(report, _PAGE_WIDTH - _MARGIN - 30, top, 30)
        self.set_y(max(self.get_y(), top + 31) + 1)
        self._rule()
        self._alarm(report)
        if report.is_purged:
            self._sentence(self._t("purged"))
        self._facts(report.facts(self.language))
        self._heading(self._t("summary"))
        with self._table((80, 20), align=("L", "R")) as table:
            table.row((self._t("outcome"), self._t("count")))
            for outcome, count in report.outcomes():
                table.row((self._t(f"outcome.{outcome}"), str(count)))
            table.row((self._t("total"), str(report.count)))
        self.ln(4)
        self.set_fill_color(*_SOFT)
        self.set_font(_FONT, "", 8.5)
        self.multi_cell(
            _WIDTH, 4.4, self._t("law"), fill=True, padding=2, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )
        self._sign_off()

    def _alarm(self, report: RunReport) -> None:
        """Print at the top that the run does not verify, and why."""
        faults = report.faults(self.language)
        if not faults:
            return
        self.set_text_color(*_TONES["bad"])
        self.set_font(_FONT, "B", 11)
        self.multi_cell(_WIDTH, 5.5, self._t("not_verified"), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        for fault in faults:
            self._sentence(_short(fault))
        self.set_text_color(0)
        self.ln(2)

    def _sign_off(self) -> None:
        """Leave room for the signatures of those whom clause 3 of DOK.10.01 makes answerable."""
        if self.will_page_break(30):
            self.add_page()
        self.ln(6)
        self.set_font(_FONT, "B", 9)
        for number, key in enumerate(("sign.manager", "sign.employer")):
            self.cell(
                _WIDTH / 2,
                5.5,
                self._t(key),
                border=1,
                align="C",
                new_x=XPos.LMARGIN if number else XPos.RIGHT,
                new_y=YPos.NEXT if number else YPos.TOP,
            )
        self.set_font(_FONT, "", 8)
        self.set_text_color(*_TONES["quiet"])
        for number in range(2):
            self.cell(
                _WIDTH / 2,
                18,
                self._t("sign.what"),
                border=1,
                align="L",
                new_x=XPos.LMARGIN if number else XPos.RIGHT,
                new_y=YPos.NEXT if number else YPos.TOP,
            )
        self.set_text_color(0)

    def _clauses(self, report: RunReport) -> None:
        self.add_page()
        self._heading(self._t("clauses"))
        with self._table((12, 56, 112)) as table:
            table.row((self._t("clause"), "DOK.10.01", self._t("evidence")))
            for number, entries in report.clauses.items():
                table.row((number, CLAUSES[number][self.language != "tr"], self._clause_evidence(entries)))

    def _clause_evidence(self, entries: Sequence[dict[str, Any]]) -> str:
        lines = [
            " · ".join(
                str(part) for part in (entry["task"], entry["note"], local_time(entry["at"]), entry["picture"]) if part
            )
            for entry in entries
            if "task" in entry
        ]
        contracts = [entry["contract"] for entry in entries if "contract" in entry]
        if contracts:
            shown = ", ".join(f"{index:03d}" for index in contracts[:40]) + (" …" if len(contracts) > 40 else "")
            lines.append(f"{len(contracts)} × {self._t('contract')}: {shown}")
        return _short("\n".join(lines)) or self._t("no_evidence")

    def _findings(self, report: RunReport) -> None:
        self._heading(self._t("findings"))
        rows = [
            (f"{contract.values['index']:03d}", contract.name, finding)
            for contract in report.contracts()
            for finding in contract.findings(self.language)
        ]
        if not rows:
            self._sentence(self._t("no_findings"))
            return
        with self._table((12, 56, 112)) as table:
            table.row(("No", self._t("name"), self._t("findings")))
            for row in rows:
                table.row(tuple(map(_short, row)))

    def _list(self, report: RunReport) -> None:
        self.add_page()
        self._heading(self._t("contracts"))
        head = ("No", *map(self._t, ("name", "category", "gorevlendirme_id", "outcome")))
        widths = (14.0, 54.0, 52.0, 28.0, 32.0)
        self._list_row(head, widths, bold=True)
        for contract in report.contracts():
            if self.will_page_break(5.5):
                self.add_page()
                self._list_row(head, widths, bold=True)
            cells = (
                f"{contract.values['index']:03d}",
                contract.name,
                contract.values["category"],
                contract.values["gorevlendirme_id"] or "–",
                self._t(f"outcome.{contract.outcome}"),
            )
            self._list_row(cells, widths, tone=contract.tone)

    def _list_row(self, cells: Sequence[str], widths: Sequence[float], *, bold: bool = False, tone: str = "") -> None:
        """Draw one row of the long list, each cell one line; what is cut off is whole on the contract's page."""
        self.set_font(_FONT, "B" if bold else "", 8.5)
        self.set_fill_color(*_SOFT)
        for number, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            last = number == len(cells) - 1
            if last and tone:
                self.set_text_color(*_TONES[tone])
            self.cell(
                width,
                5.5,
                self._fitting(cell, width - 2),
                border=1,
                fill=bold,
                new_x=XPos.LMARGIN if last else XPos.RIGHT,
                new_y=YPos.NEXT if last else YPos.TOP,
            )
        self.set_text_color(0)

    def _fitting(self, words: str, width: float) -> str:
        line = _short(words).replace("\n", " ")
        if self.get_string_width(line) <= width:
            return line
        while line and self.get_string_width(line + "…") > width:
            line = line[: max(0, min(len(line) - 1, int(len(line) * 0.95)))]
        return line + "…"

    def _contract(self, report: RunReport, contract: ContractReport) -> None:
        self.add_page()
        self.set_font(_FONT, "B", 13)
        self.set_text_color(*_BLUE)
        self.cell(_WIDTH / 2, 8, f"{self._t('contract')} {contract.values['index']:03d} / {report.count:03d}")
        self.set_text_color(*_TONES[contract.tone])
        self.cell(_WIDTH / 2, 8, self._t(f"outcome.{contract.outcome}"), align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_text_color(0)
        self._rule()
        if contract.is_purged:
            self._sentence(self._t("purged"))
        self._facts(self._contract_facts(contract))
        self._pictures(report, contract.pictures)

    def _contract_facts(self, contract: ContractReport) -> list[tuple[str, str]]:
        values, language = contract.values, self.language
        minutes = values["minutes"]
        facts = [
            ("name", contract.name),
            ("category", values["category"]),
            ("workplace_title", contract.title),
            ("workplace", contract.sgk),
            ("gorevlendirme_id", values["gorevlendirme_id"] or "–"),
            ("start_date", contract.start_shown),
            ("minutes", "–" if minutes is None else str(minutes)),
            ("decision", contract.decision(language)),
            ("reason", contract.reason(language)),
            ("message", contract.message),
            ("status", contract.status),
            ("reread", contract.reread),
            ("recovered", values["recovered_from"] or ""),
            ("findings", "\n".join(contract.findings(language))),
            ("printout", "{path} · {sha256}".format(**values["printout"]) if values["printout"] else ""),
            ("steps", " → ".join(contract.steps)),
        ]
        return [(self._t(label), value) for label, value in facts if value]

    def _pictures(self, report: RunReport, pictures: Sequence[Picture]) -> None:
        self.ln(3)
        for number, picture in enumerate(pictures):
            column = number % 2
            if column == 0 and self.will_page_break(_PICTURE_HEIGHT + _CAPTION):
                self.add_page()
            if column == 0:
                top = self.get_y()
            self._picture(report, picture, _MARGIN + column * (_PICTURE_WIDTH + _GAP), top)
            self.set_xy(
                _MARGIN, top if column == 0 and number + 1 < len(pictures) else top + _PICTURE_HEIGHT + _CAPTION + 2
            )

    def _picture(self, report: RunReport, picture: Picture, x: float, y: float) -> None:
        header = read_header(report.source, picture.path) if picture.path else None
        if header and picture.path:
            scale = min(_PICTURE_WIDTH / header.width, _PICTURE_HEIGHT / header.height)
            width, height = header.width * scale, header.height * scale
            self.placed.append(
                Placed(
                    self.page_no() - 1,
                    report,
                    picture.path,
                    x * _POINTS,
                    (_PAGE_HEIGHT - y - height) * _POINTS,
                    width * _POINTS,
                    height * _POINTS,
                )
            )
        else:
            unreadable = picture.path and not report.is_purged
            self.rect(x, y, _PICTURE_WIDTH, _PICTURE_HEIGHT)
            self.set_font(_FONT, "", 8.5)
            self.set_xy(x + 2, y + _PICTURE_HEIGHT / 2 - 4)
            why = f": {_short(picture.why)}" if picture.why else ""
            self.multi_cell(
                _PICTURE_WIDTH - 4, 4, self._t("picture_unreadable" if unreadable else "picture_none") + why, align="C"
            )
        self.set_xy(x, y + _PICTURE_HEIGHT)
        self.set_font(_FONT, "", 8)
        self.set_text_color(*_TONES["quiet"])
        self.cell(_PICTURE_WIDTH, _CAPTION, self._t(f"picture.{picture.stage.value}"))
        self.set_text_color(0)

    def _facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Draw label and value, line by line."""
        self.set_fill_color(*_SOFT)
        for label, value in facts:
            self.set_font(_FONT, "", 9)
            words = _short(value)
            lines = self.multi_cell(_WIDTH - _LABEL, 4.6, words, dry_run=True, output="LINES")
            assert isinstance(lines, list)  # noqa: S101  (what output="LINES" gives)
            height = 4.6 * max(1, len(lines)) + 1
            if self.will_page_break(height):
                self.add_page()
            x, y = self.get_x(), self.get_y()
            self.set_font(_FONT, "B", 9)
            self.rect(x, y, _LABEL, height, style="DF")
            self.rect(x + _LABEL, y, _WIDTH - _LABEL, height)
            self.set_xy(x, y + 0.5)
            self.cell(_LABEL, 4.6, self._fitting(label, _LABEL - 2))
            self.set_font(_FONT, "", 9)
            self.set_xy(x + _LABEL, y + 0.5)
            self.multi_cell(_WIDTH - _LABEL, 4.6, words, align="L")
            self.set_xy(_MARGIN, y + height)

    def _heading(self, words: str) -> None:
        if self.will_page_break(30):
            self.add_page()
        self.ln(3)
        self.set_font(_FONT, "B", 13)
        self.set_text_color(*_BLUE)
        self.cell(_WIDTH, 8, words, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_text_color(0)

    def _sentence(self, words: str) -> None:
        self.set_font(_FONT, "", 9)
        self.multi_cell(_WIDTH, 5, words, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _rule(self) -> None:
        self.set_draw_color(*_BLUE)
        self.set_line_width(0.6)
        self.line(_MARGIN, self.get_y(), _PAGE_WIDTH - _MARGIN, self.get_y())
        self.set_line_width(0.2)
        self.set_draw_color(*_LINE)
        self.ln(3)

    def _table(self, widths: tuple[float, ...], align: tuple[str, ...] | str = "L") -> AbstractContextManager[Table]:
        self.set_font(_FONT, "", 9)
        self.set_fill_color(255)
        return self.table(
            col_widths=widths,
            width=sum(widths),
            align="L",
            text_align=align,
            line_height=4.6,
            padding=0.8,
            headings_style=FontFace(emphasis="BOLD", fill_color=_SOFT),
            cell_fill_mode="NONE",
        )

    def _qr(self, report: RunReport, x: float, y: float, size: float) -> None:
        modules = matrix(report.id, report.manifest_digest)
        side = size / len(modules)
        self.set_fill_color(0)
        for row, line in enumerate(modules):
            start = None
            for column, dark in enumerate([*line, False]):
                if dark and start is None:
                    start = column
                elif not dark and start is not None:
                    self.rect(x + start * side, y + row * side, (column - start) * side, side, style="F")
                    start = None


def _short(words: str) -> str:
    """Keep a hostile or broken text from filling the document; the record has it whole."""
    kept = "".join(letter if letter.isprintable() or letter == "\n" else "�" for letter in words)
    return kept if len(kept) <= _LONGEST else kept[:_LONGEST] + " …"
