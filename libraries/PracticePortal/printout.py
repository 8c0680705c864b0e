"""The contract as "Sözleşme Yazdır" prints it: a PDF."""

from __future__ import annotations

from font_source_sans_pro import SourceSansPro, SourceSansProBold  # type: ignore[import-untyped]
from fpdf import FPDF

from PracticePortal.examples import Contract, Workplace
from PracticePortal.screens import turkish_date

_FONT = "SourceSansPro"


def print_out(contract: Contract, number: str, place: Workplace) -> bytes:
    """Print a contract.

    Args:
        contract: the contract.
        number: the professional's T.C. number.
        place: the workplace.

    Returns:
        A PDF of one page.

    Example:
        >>> print_out(contract, "11111111110", place)[:5]
        b'%PDF-'
    """
    lines = {
        "Hizmet Alan İşyeri": place.title,
        "SGK Sicil No": place.sgk,
        "Tehlike Sınıfı / Çalışan Sayısı": f"{place.hazard} / {place.employees}",
        "İSG Profesyoneli": contract.name,
        "T.C. Kimlik No": number,
        "Personel Kategorisi": contract.category,
        "Görevlendirme ID": contract.gorevlendirme_id,
        "Grv. Başlama Tarihi": turkish_date(contract.start),
        "Ayl. Çlş. Süresi (Dk)": str(contract.minutes),
        "Grv. Onay Durumu": contract.status,
    }
    pdf = FPDF(format="A4")
    pdf.set_title(f"Sözleşme {contract.gorevlendirme_id}")
    pdf.add_font(_FONT, "", SourceSansPro)
    pdf.add_font(_FONT, "B", SourceSansProBold)
    pdf.add_page()
    pdf.set_font(_FONT, "B", 14)
    pdf.cell(0, 16, "İŞ SAĞLIĞI VE GÜVENLİĞİ HİZMET SÖZLEŞMESİ", align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font(_FONT, "", 10)
    with pdf.table(first_row_as_headings=False, col_widths=(1, 2)) as table:
        for label, value in lines.items():
            row = table.row()
            row.cell(label)
            row.cell(value)
    pdf.ln(6)
    pdf.multi_cell(0, 6, "Deneme belgesidir; gerçek bir sözleşme değildir.")
    return bytes(pdf.output())
