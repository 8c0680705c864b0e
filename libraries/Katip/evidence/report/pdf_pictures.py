"""Put the pictures into a PDF that was written without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

from Katip.evidence.report.data import RunReport
from Katip.evidence.report.png import PictureStream


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture and its place, in points from the page's lower left corner."""

    page: int
    run: RunReport
    path: str
    x: float
    y: float
    width: float
    height: float

    def drawn_as(self, name: str) -> str:
        """Return the PDF operators that draw the picture and a thin frame around it."""
        box = f"{self.x:.2f} {self.y:.2f} {self.width:.2f} {self.height:.2f}"
        return (
            f"q {self.width:.2f} 0 0 {self.height:.2f} {self.x:.2f} {self.y:.2f} cm {name} Do Q\n"
            f"q 0.72 0.77 0.81 RG 0.5 w {box} re S Q\n"
        )


def add_pictures(reader: PdfReader, placed: Sequence[Placed], path: Path) -> None:
    """Put pictures into a document and write it.

    Args:
        reader: the document without them.
        placed: the pictures with their places.
        path: the file to write.
    """
    writer = PdfWriter(clone_from=reader)
    for number, place in enumerate(placed):
        page = writer.pages[place.page]
        name = NameObject(f"/Picture{number}")
        resources = page["/Resources"].get_object()
        assert isinstance(resources, DictionaryObject)  # noqa: S101  (a page without resources is no page)
        # Every page gets resources of its own; fpdf2 lets all pages share one dictionary.
        own = DictionaryObject(resources)
        shown = DictionaryObject(own.get("/XObject", DictionaryObject()).get_object())
        shown[name] = writer._add_object(PictureStream(place.run.source, place.path, place.run.printed.get(place.path)))
        own[NameObject("/XObject")] = shown
        page[NameObject("/Resources")] = own
        drawing = DecodedStreamObject()
        drawing.set_data(place.drawn_as(name).encode())
        contents = page["/Contents"]
        listed = list(contents) if isinstance(contents, ArrayObject) else [page.raw_get("/Contents")]
        page[NameObject("/Contents")] = ArrayObject([*listed, writer._add_object(drawing)])
    with path.open("wb") as file:
        writer.write(file)
