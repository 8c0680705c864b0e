"""The report as its readers get it: page, document, workbook; foreign text stays text."""

from __future__ import annotations

import base64
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from Katip import messages
from Katip.evidence import layout
from Katip.evidence.files import file_digest
from Katip.evidence.report.data import OUTCOMES
from Katip.evidence.report.png import read_header
from Katip.evidence.report.sealed_runs import write_report
from Katip.evidence.report.texts import CLAUSES, TEXTS
from Katip.evidence.run_evidence import RunEvidence
from Katip.evidence.seal import seal_run
from Katip.evidence.source import FolderSource

from .sample import NAMES, draw, make_run


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def pdf_text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def addresses(page: str) -> list[str]:
    parsed = Tags()
    parsed.feed(page)
    return [value or "" for name, value in parsed.attributes if name == "src"]


def test_page_runs_nothing_and_refers_only_to_pictures_of_its_run(unsealed: Path) -> None:
    page = (unsealed / layout.REPORT_HTML).read_text("utf-8")
    parsed = Tags()
    parsed.feed(page)
    assert "script" not in parsed.tags
    assert "b" not in parsed.tags, "a name with markup would have become markup"
    for name, value in parsed.attributes:
        assert not name.startswith("on")
        if name in ("src", "href"):
            assert value is not None
            assert value.startswith(("contracts/", "#")), value[:60]
    policies = [
        value or "" for name, value in parsed.attributes if name == "content" and "default-src" in (value or "")
    ]
    assert policies == ["default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'"]
    assert page.count("<img ") == page.count('<img loading="lazy"') == 8
    assert "&lt;b&gt;${{1}}&lt;/b&gt;" in page


def test_page_refers_to_every_picture_where_it_lies(unsealed: Path) -> None:
    folder = unsealed / layout.EVIDENCE
    shown = {folder / address for address in addresses((unsealed / layout.REPORT_HTML).read_text("utf-8"))}
    assert shown == set(unsealed.glob("evidence/contracts/*/*.png"))


def test_report_of_a_package_has_the_pictures_beside_it(sealed: Path, tmp_path: Path) -> None:
    package = next(sealed.parent.glob("*.zip"))
    other = sealed.parent / "run2"
    make_run(other, "20260301T093001Z-bbbb")
    seal_run(other)
    files = write_report([package, other], tmp_path / "out").files
    shown = addresses(files[0].read_text("utf-8"))
    assert len(shown) == len(set(shown)) == 16
    assert shown[0] == "pictures/1/001-1-before.png"
    for number, run in (("1", sealed), ("2", other)):
        kept = sorted(path.read_bytes() for path in run.glob("evidence/contracts/*/*.png"))
        copied = [(tmp_path / "out" / each).read_bytes() for each in shown if each.startswith(f"pictures/{number}/")]
        assert sorted(copied) == kept


def test_page_holds_every_picture_on_demand(sealed: Path, tmp_path: Path) -> None:
    files = write_report([sealed], tmp_path / "out", is_self_contained=True).files
    page = files[0].read_text("utf-8")
    shown = {base64.b64decode(data) for data in re.findall(r'src="data:image/png;base64,([^"]+)"', page)}
    assert shown == {path.read_bytes() for path in sealed.glob("evidence/contracts/*/*.png")}
    assert "img-src data:;" in page
    assert not (tmp_path / "out" / "pictures").exists()


def test_page_and_document_show_the_manifests_digest(unsealed: Path) -> None:
    digest = file_digest(unsealed / layout.MANIFEST)
    assert digest in (unsealed / layout.REPORT_HTML).read_text("utf-8")
    assert digest in pdf_text(unsealed / layout.REPORT_PDF)


def test_document_has_turkish_letters_clauses_and_contracts(unsealed: Path) -> None:
    text = pdf_text(unsealed / layout.REPORT_PDF)
    for words in (
        "İSG-KÂTİP Sözleşme Onay Raporu",
        "Şükrü Iğdır Çağlayangil",
        "5070 sayılı",
        "Madde çizelgesi",
        "Onaylandı",
        NAMES[0],
    ):
        assert words in text, words
    assert len(PdfReader(unsealed / layout.REPORT_PDF).pages) >= 3 + 3


def test_document_shows_the_pictures_unchanged(unsealed: Path) -> None:
    reader = PdfReader(unsealed / layout.REPORT_PDF)
    images = [image for page in reader.pages for image in page.images]
    pictures = sorted(unsealed.glob("evidence/contracts/*/*.png"))
    assert len(images) == len(pictures) == 8
    with Image.open(pictures[0]) as expected:
        assert images[0].image.convert("RGB").tobytes() == expected.convert("RGB").tobytes()  # type: ignore[union-attr]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "LA", "1"])
def test_any_kind_of_png_reaches_the_document(tmp_path: Path, mode: str) -> None:
    folder = tmp_path / "run"
    evidence = make_run(folder, finish=False, robot=False)
    Image.new(mode, (40, 20)).save(folder / "evidence/contracts/001/2-form.png")
    evidence.finish()
    reader = PdfReader(folder / layout.REPORT_PDF)
    assert sum(len(page.images) for page in reader.pages) == 8
    assert reader.pages[-3].images[1].image.size == (40, 20)  # type: ignore[union-attr]


def test_damaged_picture_is_said_not_hidden(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    messages.set_language("tr")
    evidence = make_run(folder, finish=False, robot=False)
    path = folder / "evidence/contracts/001/2-form.png"
    path.write_bytes(path.read_bytes()[:-20])
    assert read_header(FolderSource(folder), "evidence/contracts/001/2-form.png") is None
    evidence.finish()
    assert "Resim okunamadı" in pdf_text(folder / layout.REPORT_PDF)


def test_workbook_cells_are_texts(unsealed: Path) -> None:
    with zipfile.ZipFile(unsealed / layout.REPORT_SHEET) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert set(re.findall(r'<c [^>]*t="(\w+)"', sheet)) <= {"s", "inlineStr"}
    assert not re.findall(r"<c (?![^>]*t=)[^>]*><v>", sheet), "a number would lose digits of an SGK number"
    assert "=HYPERLINK" in sheet


def test_english_report(sealed: Path, tmp_path: Path) -> None:
    files = write_report([sealed], tmp_path / "en", language="en").files
    assert [path.name for path in files] == ["rapor.html", "rapor.pdf", "approvals.xlsx"]
    assert "İSG-KÂTİP Contract Approval Report" in pdf_text(files[1])
    assert 'id="show-en" checked' in files[0].read_text("utf-8")


def test_several_runs_in_one_report(sealed: Path, tmp_path: Path) -> None:
    make_run(tmp_path / "other" / "run2", "20260302T093000Z-bbbb", robot=False)
    seal_run(tmp_path / "other" / "run2")
    package = next(sealed.parent.glob("*.zip"))
    files = write_report([package, tmp_path / "other" / "run2"], tmp_path / "out").files
    text = pdf_text(files[1])
    assert "20260301T093000Z-aaaa" in text
    assert "20260302T093000Z-bbbb" in text
    ids = re.findall(r'id="(c-[^"]+)"', files[0].read_text("utf-8"))
    assert len(ids) == len(set(ids)) == 6


def test_hostile_lengths_stay_on_paper(tmp_path: Path) -> None:
    from tests.evidence.sample import contract_record

    from .sample import run_info

    evidence = RunEvidence(tmp_path / "run", run_info("r1", __import__("datetime").datetime.now().astimezone()))
    contract = evidence.contract(1)
    draw(contract.picture_path("form"), "x", (2000, 10))
    draw(contract.picture_path("before"), "x", (10, 2000))
    contract.write(
        contract_record(
            workplace="1", name="Ü" * 400, title="uzun " * 2000, reason="\x00\u202e" + "\n" * 200,
            message="漢字 😀 " * 50,
            form={"x" * 300: "y" * 9000},
        )
    )  # fmt: skip
    evidence.finish()
    assert len(PdfReader(tmp_path / "run" / layout.REPORT_PDF).pages) < 12


def test_every_word_is_there_in_both_languages() -> None:
    assert all(turkish and english for turkish, english in (*TEXTS.values(), *CLAUSES.values()))
    assert {f"outcome.{outcome}" for outcome in OUTCOMES} <= set(TEXTS)
