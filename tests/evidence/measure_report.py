"""Measures the report of many contracts: seconds and peak memory of page, document and workbook.

    PYTHONPATH=libraries:. python tests/evidence/measure_report.py [CONTRACTS] [PICTURE-WIDTH PICTURE-HEIGHT]

To reach with 1 000 contracts: the page within 60 s, the document within 180 s, each below 500 MiB.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image, ImageDraw

from Katip.evidence import ContractRecord, DecisionTaken, RunEvidence, Stage, Transition
from Katip.evidence.completion import clause_table, manifest_of
from Katip.evidence.files import write_json
from Katip.evidence.layout import CLAUSES, MANIFEST
from Katip.evidence.report.data import RunReport
from Katip.evidence.report.html import write_html
from Katip.evidence.report.pdf import write_pdf
from Katip.evidence.report.sheet import write_sheet
from Katip.evidence.source import open_run
from Katip.model import Outcome
from tests.evidence.sample import WORKPLACE, run_info


def make_many(folder: Path, count: int, size: tuple[int, int]) -> None:
    """Make a run with as many contracts, each with four pictures of their own, as dense as a screen full of text."""
    chance = random.Random(1)  # noqa: S311
    ground = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(ground)
    for y in range(0, size[1], 14):
        words = "".join(chance.choices("abcçdefgğhıijklmnoöprsştuüvyz 0123456789", k=size[0] // 6))
        pen.text((4, y), words, fill="black")
    evidence = RunEvidence(folder, run_info("measured", datetime.now(UTC)))
    now = datetime.now(UTC)
    for index in range(1, count + 1):
        contract = evidence.contract(index)
        for stage in (Stage.BEFORE, Stage.FORM, Stage.OK, Stage.AFTER):
            picture = ground.copy()
            ImageDraw.Draw(picture).text((300, 200), f"{index} {stage}", fill="red")
            picture.save(contract.picture_path(stage), compress_level=3)
        contract.write(
            ContractRecord(
                workplace=WORKPLACE,
                category="İşyeri Hekimi",
                outcome=Outcome.APPROVED,
                gorevlendirme_id=str(index),
                minutes=600,
                decision=DecisionTaken("all"),
                transitions=[Transition("selected", now), Transition("reread", now)],
                status_before="Onay Bekliyor",
                status_after="Onaylandı",
                reread_at=now,
                name=f"Sentetik Kişi {index}",
                title="ÖRNEK SANAYİ VE TİCARET LİMİTED ŞİRKETİ",
                reason="Yeniden okundu",
                message="İşlem tamam",
            )
        )
    with open_run(folder) as run:
        write_json(folder / CLAUSES, clause_table(run))
        write_json(folder / MANIFEST, manifest_of(run))


def measured(write: Callable[..., None], folder: Path, target: Path) -> None:
    """Write one of the three in a process of its own, so that its peak memory is its own."""
    started = time.perf_counter()
    with open_run(folder) as run:
        write([RunReport(run)], target, "tr")
    seconds = time.perf_counter() - started
    size = target.stat().st_size / 2**20
    sys.stdout.write(f"{target.name:16} {seconds:7.1f} s  {peak_mib():6.0f} MiB of memory, {size:7.1f} MiB of file\n")


def peak_mib() -> float:
    """The most memory that this process has held."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return float("nan")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=1000)
    parser.add_argument("size", nargs="*", type=int, default=[1280, 800])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "run"
        spawn = multiprocessing.get_context("spawn")
        maker = spawn.Process(target=make_many, args=(folder, options.count, tuple(options.size)))
        maker.start()
        maker.join()
        total = sum(path.stat().st_size for path in folder.rglob("*.png"))
        sys.stdout.write(f"{options.count} contracts, {total / 2**20:.0f} MiB of pictures\n")
        sys.stdout.flush()
        for write, name in ((write_html, "rapor.html"), (write_pdf, "rapor.pdf"), (write_sheet, "approvals.xlsx")):
            process = spawn.Process(target=measured, args=(write, folder, Path(place) / name))
            process.start()
            process.join()


if __name__ == "__main__":
    main()
