"""Pictures in less space: the same pixels in a smaller PNG, and small ones for print; made in the background while a run goes on.

Measured on pictures of 1600 × 1000 pixels of the practice portal: as the browser gives them 130 KiB; PNG with zlib's level 6 and
adaptive filters 93 KiB in 37 ms; without filters 80 KiB in 22 ms; lossless WebP 63 to 72 KiB in 180 to 330 ms. Text on a plain ground
repeats whole rows, which filters break up. PNG keeps name and kind of what other programs read.
"""

from __future__ import annotations

import io
import queue
import struct
import threading
import zlib
from collections.abc import Mapping
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


class _Job:
    """One picture that is being made smaller.

    Args:
        path: the PNG file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.kept = threading.Event()
        self._done = threading.Event()
        self._printed = b""

    def run(self) -> None:
        """Make it smaller, then reduce it for print; only the first is waited for while the run goes on."""
        try:
            data = _made_small(self.path)
            self.kept.set()
            self._printed = reduced(data) if data else b""
        except Exception:  # a damaged picture is named by the report, which reads it again
            self._printed = b""
        finally:
            self.kept.set()
            self._done.set()

    def printed(self) -> bytes:
        """Wait until it is done and return the picture as it is printed; empty where it cannot be read."""
        self._done.wait()
        return self._printed


class PictureWorker:
    """Compresses pictures in a thread beside the run, one after the other; the encoders release the interpreter's lock.

    A picture that cannot be made smaller stays as it is. If no thread can be started because the process ends, the caller's thread
    compresses it.
    """

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._jobs_of: dict[Path, _Job] = {}

    def add(self, path: Path) -> None:
        """Have a picture made smaller that was just taken; it is replaced under its name.

        Args:
            path: the PNG file.
        """
        job = self._jobs_of[path] = _Job(path)
        if self._is_running():
            self._jobs.put(job)
        else:
            job.run()

    def _is_running(self) -> bool:
        if self._thread is None:
            thread = threading.Thread(target=self._work, name="katip-pictures", daemon=True)
            try:
                thread.start()
            except RuntimeError:
                return False
            self._thread = thread
        return True

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job.run()

    def finish(self, folder: Path) -> None:
        """Wait until no picture under a folder is at work any more: only then has it a digest that stays.

        Args:
            folder: the folder.
        """
        for path, job in self._jobs_of.items():
            if path.is_relative_to(folder):
                job.kept.wait()

    def close(self) -> None:
        """End the thread when all pictures are done."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()
            self._thread = None

    def printed(self, run_folder: Path) -> Mapping[str, bytes]:
        """Return the pictures as they are printed, by their paths in the run.

        Args:
            run_folder: the run's folder.
        """
        printed = {path.relative_to(run_folder).as_posix(): job.printed() for path, job in self._jobs_of.items()}
        return {path: data for path, data in printed.items() if data}


def _made_small(path: Path) -> bytes:
    """Replace a picture by a smaller one of the same pixels, and return its bytes; none where it cannot be read or replaced."""
    try:
        before = path.read_bytes()
        after = compacted(before)
        if after is not before:
            write_synced(path, after)
        return after
    except (
        Exception
    ):  # a disk that is full, a picture that is damaged: the picture stays, and the record names it as it is
        return b""
