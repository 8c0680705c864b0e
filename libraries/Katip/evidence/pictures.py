"""Pictures in less space: the same pixels in a smaller PNG, and small ones for print; made in the background while a run goes on.

Measured on pictures of 1600 × 1000 pixels of the practice portal: as the browser gives them 130 KiB; PNG with zlib's level 6 and
adaptive filters 93 KiB in 37 ms; without filters 80 KiB in 22 ms; lossless WebP 63 to 72 KiB in 180 to 330 ms. Text on a plain ground
repeats whole rows, which filters break up. PNG keeps name and kind of what other programs read.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

from PIL import Image

from Katip.disk import write_synced

_MAGIC: Final = b"\x89PNG\r\n\x1a\n"
_LEVEL: Final = 6
_PRINTED_WIDTH: Final = 800  # pixels; 88 mm of paper at 230 dpi
_COLOURS: Final = 32
_SMALL: Final = 16 << 10  # bytes; what is no larger is printed as it is


def compacted(png: bytes) -> bytes:
    """Return a picture of the very same pixels in fewer bytes.

    Args:
        png: a PNG file.

    Returns:
        A PNG whose rows are not filtered (ISO/IEC 15948, 9.2, filter type 0); `png` itself where it is no plain RGB, or not larger.

    Raises:
        OSError: if it is no picture.
    """
    with Image.open(io.BytesIO(png)) as picture:
        if picture.format != "PNG" or picture.mode != "RGB":
            return png
        width, height = picture.size
        pixels = picture.tobytes()
    length = width * 3
    rows = b"".join(b"\0" + pixels[start : start + length] for start in range(0, len(pixels), length))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, _LEVEL)), (b"IEND", b""))
    smaller = _MAGIC + b"".join(map(_chunk, parts))
    if len(smaller) >= len(png):
        return png
    with Image.open(io.BytesIO(smaller)) as again:  # evidence is replaced only by what was read back
        return smaller if again.size == (width, height) and again.tobytes() == pixels else png


def _chunk(part: tuple[bytes, bytes]) -> bytes:
    name, content = part
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def reduced(png: bytes) -> bytes:
    """Return a picture as it is printed: no wider than needed, in a few colours.

    Args:
        png: a PNG file.

    Returns:
        A PNG; `png` itself where it is small.

    Raises:
        OSError: if it is no picture.
    """
    if len(png) <= _SMALL:
        return png
    with Image.open(io.BytesIO(png)) as picture:
        shown = picture.convert("RGB").reduce(max(1, round(picture.width / _PRINTED_WIDTH)))
    target = io.BytesIO()
    shown.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        target, "PNG", compress_level=9
    )
    return target.getvalue()


class PictureWorker:
    """Makes pictures smaller beside the run, one after the other in a thread; the encoders let other threads go on.

    A picture that cannot be made smaller stays as it is.
    """

    def __init__(self) -> None:
        self._pool: ThreadPoolExecutor | None = None
        self._waiting: dict[Path, Future[bytes]] = {}
        self._printed: dict[Path, bytes] = {}

    def add(self, path: Path) -> None:
        """Have a picture made smaller that was just taken; it is replaced under its name.

        Args:
            path: the PNG file.
        """
        self._pool = self._pool or ThreadPoolExecutor(1, "katip-pictures")
        self._waiting[path] = self._pool.submit(_made_small, path)

    def finish(self, folder: Path) -> None:
        """Wait until no picture under a folder is at work any more: only then has it a digest that stays.

        Args:
            folder: the folder.
        """
        for path in [path for path in self._waiting if path.is_relative_to(folder)]:
            self._printed[path] = self._waiting.pop(path).result()

    def close(self) -> None:
        """Wait for all pictures and end the thread."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None

    def printed(self, run_folder: Path) -> Mapping[str, bytes]:
        """Return the pictures as they are printed, by their paths in the run.

        Args:
            run_folder: the run's folder.
        """
        self.finish(run_folder)
        return {path.relative_to(run_folder).as_posix(): data for path, data in self._printed.items() if data}


def _made_small(path: Path) -> bytes:
    """Replace a picture by a smaller one of the same pixels, and return it as it is printed; empty where it cannot be read."""
    try:
        before = path.read_bytes()
        after = compacted(before)
        if after is not before:
            write_synced(path, after)
        return reduced(after)
    except (
        Exception
    ):  # a disk that is full, a picture that is damaged: the picture stays, and the record names it as it is
        return b""
