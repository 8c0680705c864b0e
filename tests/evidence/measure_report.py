"""Measures the evidence of many contracts: bytes, seconds and peak memory of pictures, report, seal and package.

    PYTHONPATH=libraries:. python tests/evidence/measure_report.py [CONTRACTS] [PICTURE-WIDTH PICTURE-HEIGHT]

To reach with 1 000 contracts: folder and package at most 1 MB a contract, rapor.html open within 3 s and below 200 MiB, rapor.pdf at
most 80 MB, sealing and packing below 0.05 s a contract, the end of the run (report, seal, package) at most a minute. `make bench-evidence`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import sync_playwright

from Katip.browsers import find_browser
from Katip.evidence.record import DecisionTaken, RecordedStep
from Katip.evidence.report.writing import HTML_NAME, PDF_NAME
from Katip.evidence.run_evidence import RunEvidence
from Katip.evidence.seal import Ended, seal_run
from Katip.model import Outcome, PictureStage
from tests.evidence.sample import WORKPLACE, contract_record, run_info

# As a grid of contracts holds them: the same few words again and again, and numbers.
_WORDS = [
    "Ayşe",
    "Örnek",
    "Şükrü",
    "Iğdır",
    "Onay",
    "Bekliyor",
    "Onaylandı",
    "İşyeri",
    "Hekimi",
    "Uzmanı",
    "01.03.2026",
    "600",
    "Diğer",
    "Sağlık",
    "90000123",
    "Tam",
    "Kısmi",
]


def say(what: str, value: float, unit: str, limit: float | None = None) -> None:
    """Print one figure and whether it is within its limit."""
    verdict = "" if limit is None else f"  (at most {limit:g}: {'yes' if value <= limit else 'NO'})"
    sys.stdout.write(f"{what:44} {value:9.2f} {unit}{verdict}\n")
    sys.stdout.flush()


def screenshots(size: tuple[int, int]) -> list[Image.Image]:
    """Return screens full of rows of text in a grid, as smooth as a browser draws them."""
    chance = random.Random(1)  # noqa: S311
    font = ImageFont.load_default(13)
    found = []
    for _ in PictureStage:
        picture = Image.new("RGB", size, "#f4f6f8")
        pen = ImageDraw.Draw(picture)
        for row, y in enumerate(range(120, size[1] - 40, 28)):
            pen.rectangle((20, y, size[0] - 20, y + 27), fill="white" if row % 2 else "#eef2f6", outline="#b8c4cf")
            for x in range(28, size[0] - 160, 320):
                pen.text((x, y + 6), " ".join(chance.choices(_WORDS, k=3)), fill="#1c2733", font=font)
        found.append(picture)
    return found


def make_many(folder: Path, count: int, size: tuple[int, int], connection: object) -> None:
    """Make, end and seal a run with as many contracts, each with four pictures of their own, and send the seconds."""
    grounds = screenshots(size)
    evidence = RunEvidence(folder, run_info("measured", datetime.now(UTC)))
    now = datetime.now(UTC)
    raw, waited = 0, 0.0
    for index in range(1, count + 1):
        contract = evidence.contract(index)
        for stage, ground in zip(
            (PictureStage.BEFORE, PictureStage.FORM, PictureStage.OK, PictureStage.AFTER), grounds, strict=False
        ):
            picture = ground.copy()
            ImageDraw.Draw(picture).text((300, 60), f"{index} {stage}", fill="red")
            path = contract.picture_path(stage)
            picture.save(path, compress_level=3)
            raw += path.stat().st_size
            evidence.picture_taken(path)
        started = time.perf_counter()
        contract.write(
            contract_record(
                workplace=WORKPLACE,
                category="İşyeri Hekimi",
                outcome=Outcome.APPROVED,
                gorevlendirme_id=str(index),
                minutes=600,
                decision=DecisionTaken("all"),
                transitions=[RecordedStep("selected", now), RecordedStep("reread", now)],
                status_before="Onay Bekliyor",
                status_after="Onaylandı",
                reread_at=now,
                name=f"Sentetik Kişi {index}",
                title="ÖRNEK SANAYİ VE TİCARET LİMİTED ŞİRKETİ",
                reason="Yeniden okundu",
                message="İşlem tamam",
            )
        )
        waited += time.perf_counter() - started
    started = time.process_time()
    evidence.finish()
    finished = time.process_time()
    seal_run(folder, robot_files=(), ended=Ended.FINISHED)
    sealed = time.process_time()
    connection.send((raw, waited, finished - started, sealed - finished, peak_mib()))  # type: ignore[attr-defined]


def peak_mib() -> float:
    """The most memory that this process has held."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return float("nan")


def opened(page_file: Path, shot: Path) -> tuple[float, float]:
    """Open the page in a browser; return the seconds until it is laid out, and the MiB that its renderer holds."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=find_browser("auto").executable)
        page = browser.new_page()
        page.goto("about:blank")
        before = time.perf_counter()
        page.goto(page_file.as_uri(), wait_until="load")
        page.evaluate("document.body.getBoundingClientRect().height")
        seconds = time.perf_counter() - before
        page.screenshot(path=str(shot))
        renderers = [each for each in psutil.Process(os.getpid()).children(recursive=True) if _is_renderer(each)]
        memory = max((each.memory_full_info().uss for each in renderers), default=0) / 2**20
        browser.close()
    return seconds, memory


def _is_renderer(process: psutil.Process) -> bool:
    try:
        return "--type=renderer" in process.cmdline()
    except psutil.Error:
        return False


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=1000)
    parser.add_argument("size", nargs="*", type=int, default=[1600, 1000])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        os.environ["KATIP_KEY_DIR"] = str(Path(place) / "key")
        folder = Path(place) / "results" / "run"
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        maker = spawn.Process(target=make_many, args=(folder, options.count, tuple(options.size), theirs))
        maker.start()
        raw, waited, finishing, sealing, memory = ours.recv()
        maker.join()
        count = options.count
        kept = sum(path.stat().st_size for path in folder.rglob("*.png"))
        whole = sum(path.stat().st_size for path in folder.parent.rglob("*") if path.is_file())
        say("pictures as taken, a contract", raw / count / 1e6, "MB")
        say("pictures as kept, a contract", kept / count / 1e6, "MB")
        say("folder and package, a contract", whole / count / 1e6, "MB", 1)
        say("writing records, a contract", waited / count, "s")
        say("report at the end", finishing, "s of processor")
        say("sealing and packing, a contract", sealing / count, "s of processor", 0.05)
        say("end of the run", finishing + sealing, "s of processor", 60)
        say("peak memory of the run's process", memory, "MiB")
        say(HTML_NAME, (folder / "evidence" / HTML_NAME).stat().st_size / 1e6, "MB")
        say(PDF_NAME, (folder / "evidence" / PDF_NAME).stat().st_size / 1e6, "MB", 80)
        seconds, renderer = opened(folder / "evidence" / HTML_NAME, Path(place) / "page.png")
        say(f"{HTML_NAME} opens", seconds, "s", 3)
        say("memory of the browser's renderer", renderer, "MiB", 200)


if __name__ == "__main__":
    main()
