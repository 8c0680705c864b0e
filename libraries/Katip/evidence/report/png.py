"""PNG pictures in a PDF, as they are printed: a PDF knows PNG's own compression, so nothing is encoded twice.

Formats: PNG (ISO/IEC 15948) chunks IHDR, PLTE, IDAT; PDF 32000-1:2008, 7.4.4.4 "LZW and Flate predictor functions".
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, Final

from PIL import Image
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, NameObject, NumberObject, StreamObject

from Katip.evidence.pictures import reduced
from Katip.evidence.source import MOST_BYTES_READ, UNREADABLE, RunSource

_MAGIC: Final = b"\x89PNG\r\n\x1a\n"
_GREY, _RGB, _PALETTE = 0, 2, 3
_COLORS: Final = {_GREY: 1, _RGB: 3, _PALETTE: 1}
_MOST_PIXELS: Final = 100_000_000


@dataclass(frozen=True, slots=True)
class PngHeader:
    """What a PNG's first chunk says.

    Attributes:
        width: pixels.
        height: pixels.
        depth: bits a sample.
        kind: the colour type.
        interlaced: whether its rows are interlaced.
    """

    width: int
    height: int
    depth: int
    kind: int
    interlaced: bool

    @property
    def fits_pdf(self) -> bool:
        """True if a PDF can show the picture's own bytes: no transparency in each pixel, no interlacing."""
        return self.kind in _COLORS and self.depth <= 8 and not self.interlaced


def read_header(run: RunSource, path: str) -> PngHeader | None:
    """Read what a picture says of itself.

    Args:
        run: the run.
        path: the picture's path in it.

    Returns:
        Its header, or None if there is no such picture or it is damaged so far that it cannot be shown.
    """
    try:
        with run.open(path) as stream:
            start = stream.read(33)
            if len(start) < 33 or start[:8] != _MAGIC or start[12:16] != b"IHDR":
                return None
            width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", start[16:29])
            whole = any(name == b"IEND" for name, _ in _chunks(stream, skip=True))
    except UNREADABLE:
        return None
    return (
        PngHeader(width, height, depth, kind, bool(interlaced))
        if whole and 0 < width * height <= _MOST_PIXELS
        else None
    )


def _chunks(stream: IO[bytes], *, skip: bool = False) -> Iterator[tuple[bytes, bytes]]:
    while True:
        head = stream.read(8)
        if len(head) < 8:
            return
        length, name = struct.unpack(">I4s", head)
        if length > MOST_BYTES_READ:
            return
        body = stream.read(length)
        if len(body) < length:
            return
        yield name, b"" if skip else body
        stream.read(4)


class PictureStream(StreamObject):
    """A picture as an object of a PDF, whose bytes are read when the file is written and let go again.

    Args:
        run: the run.
        path: the picture's path in it; `read_header` could read it.
        printed: the picture as it is printed, where it was made already.
    """

    def __init__(self, run: RunSource, path: str, printed: bytes | None = None) -> None:
        super().__init__()
        self._run = run
        self._path = path
        self._printed = printed

    def write_to_stream(self, stream: IO[Any], encryption_key: str | bytes | None = None) -> None:
        """Write the picture.

        Args:
            stream: the PDF.
            encryption_key: not used: the report is not encrypted.
        """
        entries, data = _pdf_picture(self._printed or reduced(self._run.read(self._path)))
        entries[NameObject("/Length")] = NumberObject(len(data))
        entries.write_to_stream(stream)
        stream.write(b"\nstream\n")
        stream.write(data)
        stream.write(b"\nendstream")


def _pdf_picture(png: bytes) -> tuple[DictionaryObject, bytes]:
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", png[16:29])
    if not PngHeader(width, height, depth, kind, bool(interlaced)).fits_pdf:
        png = _flattened(png)
        width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    body = io.BytesIO(png[8:])
    data, palette = [], b""
    for name, content in _chunks(body):
        if name == b"IDAT":
            data.append(content)
        elif name == b"PLTE":
            palette = content
    parameters = DictionaryObject(
        {
            NameObject("/Predictor"): NumberObject(15),
            NameObject("/Colors"): NumberObject(_COLORS[kind]),
            NameObject("/BitsPerComponent"): NumberObject(depth),
            NameObject("/Columns"): NumberObject(width),
        }
    )
    entries = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(width),
            NameObject("/Height"): NumberObject(height),
            NameObject("/BitsPerComponent"): NumberObject(depth),
            NameObject("/ColorSpace"): _color_space(kind, palette),
            NameObject("/Filter"): NameObject("/FlateDecode"),
            NameObject("/DecodeParms"): parameters,
        }
    )
    return entries, b"".join(data)


def _color_space(kind: int, palette: bytes) -> NameObject | ArrayObject:
    if kind != _PALETTE:
        return NameObject("/DeviceGray" if kind == _GREY else "/DeviceRGB")
    return ArrayObject(
        [
            NameObject("/Indexed"),
            NameObject("/DeviceRGB"),
            NumberObject(len(palette) // 3 - 1),
            ByteStringObject(palette),
        ]
    )


def _flattened(png: bytes) -> bytes:
    """Return a picture with transparency or interlacing as a plain one on white."""
    with Image.open(io.BytesIO(png)) as picture:
        shown = picture.convert("RGBA")
    ground = Image.new("RGB", shown.size, "white")
    ground.paste(shown, mask=shown.getchannel("A"))
    target = io.BytesIO()
    ground.save(target, "PNG", compress_level=1)
    return target.getvalue()
