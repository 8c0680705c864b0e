"""Pictures in less space: the same pixels, under the same name, with digests that hold."""

from __future__ import annotations

import io
import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from Katip.evidence.files import file_digest
from Katip.evidence.pictures import PictureWorker, compacted, reduced
from Katip.evidence.run_evidence import RunEvidence
from Katip.model import PictureStage
from tests.evidence.sample import contract_record

from .sample import WORKPLACE, run_info


def screen(mode: str = "RGB", size: tuple[int, int] = (1600, 1000)) -> bytes:
    picture = Image.new("RGB", size, "#f4f6f8")
    pen = ImageDraw.Draw(picture)
    for y in range(0, size[1], 28):
        pen.rectangle((20, y, size[0] - 20, y + 27), fill="white", outline="#b8c4cf")
        pen.text((30, y + 6), f"Ayse Ornek {y} Onay Bekliyor " * 6, fill="#1c2733")
    target = io.BytesIO()
    picture.convert(mode).save(target, "PNG", compress_level=1)
    return target.getvalue()


def pixels(png: bytes) -> tuple[tuple[int, int], bytes]:
    with Image.open(io.BytesIO(png)) as picture:
        return picture.size, picture.convert("RGBA").tobytes()


def test_every_pixel_stays_in_fewer_bytes() -> None:
    before = screen()
    after = compacted(before)
    assert len(after) < 0.8 * len(before)
    assert pixels(after) == pixels(before)


@pytest.mark.parametrize("mode", ["RGBA", "L", "P", "1"])
def test_other_kinds_stay_as_they_are(mode: str) -> None:
    assert compacted(screen(mode)) == screen(mode)


def test_what_is_small_already_stays_as_it_is() -> None:
    once = compacted(screen())
    assert compacted(once) is once


def test_printed_picture_is_small_and_can_still_be_read() -> None:
    png = reduced(compacted(screen()))
    assert len(png) < 20_000
    size, _ = pixels(png)
    assert size == (800, 500)


def test_record_has_the_digest_of_the_picture_that_stays(tmp_path: Path) -> None:
    evidence = RunEvidence(tmp_path / "run", run_info("r1", datetime.now(UTC)))
    contract = evidence.contract(1)
    taken = {stage: screen(size=(800 + 20 * number, 600)) for number, stage in enumerate(PictureStage)}
    for stage, png in taken.items():
        contract.picture_path(stage).write_bytes(png)
        evidence.picture_taken(contract.picture_path(stage))
    contract.write(contract_record(workplace=WORKPLACE))
    record = json.loads((tmp_path / "run/evidence/contracts/001/record.json").read_text("utf-8"))
    for stage, png in taken.items():
        path = tmp_path / "run" / record["pictures"][stage.value]["path"]
        assert path.suffix == ".png"
        assert file_digest(path) == record["pictures"][stage.value]["sha256"]
        assert len(path.read_bytes()) < len(png)
        assert pixels(path.read_bytes()) == pixels(png)


def test_damaged_or_missing_picture_stays_as_it_is(tmp_path: Path) -> None:
    worker = PictureWorker()
    damaged, missing = tmp_path / "damaged.png", tmp_path / "missing.png"
    damaged.write_bytes(screen()[:-500])
    before = damaged.read_bytes()
    for path in (damaged, missing):
        worker.add(path)
    worker.finish(tmp_path)
    worker.close()
    assert damaged.read_bytes() == before
    assert not missing.exists()
    assert worker.printed(tmp_path) == {}


def test_picture_of_a_process_that_ends_is_made_smaller_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread at interpreter shutdown")

    monkeypatch.setattr(threading.Thread, "start", refused)
    path = tmp_path / "taken.png"
    path.write_bytes(screen())
    worker = PictureWorker()
    worker.add(path)
    assert len(path.read_bytes()) < len(screen())
    assert set(worker.printed(tmp_path)) == {"taken.png"}
    worker.close()
