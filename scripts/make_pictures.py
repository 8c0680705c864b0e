"""Make the pictures of README and guides from real runs on the practice portal: one command renews them all.

A plan run, a list that is filled in as the guide says, and a run that applies it, in each language; then what a person sees of them: the pages of
the portal, the console, the list, log, report and the auditor's report. Nobody on them exists.

Usage: python scripts/make_pictures.py [FOLDER]
"""

import html
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from Katip.browsers import find_browser
from Katip.messages import TURKISH
from Katip.package_files import suite

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
LANGUAGES = ("tr", "en")
DECIDED = ("Onayla", "Onayla", "", "Onayla", "Beklet")
AGREED_MINUTES = {3: 500}  # the fourth contract: other minutes than its form shows
_COLOURS = 64
# What stays in its place while a page is scrolled would lie over what is pictured.
_WITHOUT_FLOATING = (
    "for (const each of document.querySelectorAll('body *'))"
    " if (['fixed', 'sticky'].includes(getComputedStyle(each).position)) each.style.display = 'none'"
)
_STYLE = "body{margin:0;background:#fff;font:13px sans-serif}"
_TABLE = (
    "table{border-collapse:collapse;width:1560px}td{border:1px solid #c8c8c8;padding:2px 4px;vertical-align:top}"
    "td.h{background:#eee;color:#555;text-align:center}tr.t{font-weight:bold}"
)
_TERMINAL = "pre{display:inline-block;margin:0;padding:14px 18px;background:#1b1f24;color:#e6e6e6;font:13px/1.45 monospace;border-radius:6px}"


@dataclass(frozen=True)
class Runs:
    """The runs that pictures are taken of.

    Attributes:
        plan: folder of the plan run.
        filled: the list as it was filled in.
        approve: folder of the run that applied it.
        said: what that run said on the console.
    """

    plan: Path
    filled: Path
    approve: Path
    said: str


def run_all(folder: Path, language: str) -> Runs:
    """Run the suites on the practice portal, as the guide tells it.

    Args:
        folder: where the runs are put.
        language: the language of console and results.
    """
    plan, approve, filled = folder / "plan", folder / "approve", folder / "worklist.xlsx"
    _robot(plan, "plan", LANGUAGE=language, DETAILS="yes")
    _fill_in(plan / "worklist.xlsx", filled)
    said = _robot(approve, "approve", LANGUAGE=language, WORKLIST=str(filled))
    return Runs(plan, filled, approve, said)


def _robot(folder: Path, name: str, **variables: str) -> str:
    options = [part for key, value in variables.items() for part in ("-v", f"{key}:{value}")]
    command = [
        sys.executable,
        "-m",
        "robot",
        "--consolewidth",
        "100",
        "-d",
        str(folder),
        *options,
        str(suite(name, in_turkish=variables["LANGUAGE"] == TURKISH)),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if (name == "approve" and not (folder / "approvals.json").exists()) or done.returncode > 249:
        raise SystemExit(f"{name} did not end as it should:\n{done.stdout}{done.stderr}")
    return done.stdout


def _fill_in(written: Path, filled: Path) -> None:
    book = load_workbook(written)
    sheet = book.worksheets[0]
    column = {cell.value: number for number, cell in enumerate(sheet[1], 1)}
    for number, decision in enumerate(DECIDED):
        row = number + 2
        values: dict[str, Any] = {"Karar": decision, "Çalışan Sayısı": 30, "Tehlike Sınıfı": "Tehlikeli"}
        if decision:
            values |= {"Karar Veren": "Ayşe Örnek", "Karar Tarihi": "22.11.2026"}
        if number in AGREED_MINUTES:
            values |= {"Ayl. Çlş. Süresi (Dk)": AGREED_MINUTES[number]}
        for name, value in values.items():
            sheet.cell(row, column[name]).value = value or None
    book.save(filled)


# ---------------------------------------------------------------------------------------------------------------- pictures


class Camera:
    """Takes pictures of pages.

    Args:
        page: a page of the browser.
        folder: where the pictures are put.
    """

    def __init__(self, page: Page, folder: Path) -> None:
        self._page, self._folder = page, folder

    def page(self, name: str, content: str, what: str) -> None:
        """Take a picture of an element of a page that is made here."""
        self._page.set_content(
            f"<!doctype html><meta charset=utf-8><style>{_STYLE}{_TABLE}{_TERMINAL}</style>{content}"
        )
        self._take(name, what)

    def file(self, name: str, path: Path, what: str, place: str = "", script: str = "", height: int = 1400) -> None:
        """Take a picture of an element of a file of a run, cut off below a height."""
        self._page.goto("about:blank")
        self._page.goto(path.as_uri() + place)
        self._page.wait_for_load_state("load")
        self._page.locator(what).first.wait_for()
        if script:
            self._page.evaluate(script)
        self._take(name, what, height)

    def part(self, name: str, picture: Path, box: tuple[float, float, float, float]) -> None:
        """Keep a part of a picture that a run has taken; the box in parts of its width and height."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with Image.open(picture) as image:
            width, height = image.size
            edges = (int(box[0] * width), int(box[1] * height), int(box[2] * width), int(box[3] * height))
            _small(image.crop(edges)).save(self._folder / name, optimize=True)

    def _take(self, name: str, what: str, height: int = 1400) -> None:
        target = self._folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        self._page.evaluate(_WITHOUT_FLOATING)
        element = self._page.locator(what).first
        element.scroll_into_view_if_needed()
        element.screenshot(path=target)
        with Image.open(target) as image:
            _small(image.crop((0, 0, image.width, min(image.height, height)))).save(target, optimize=True)


def _small(image: Image.Image) -> Image.Image:
    """Return a picture of few colours and, where it is wide, of less width."""
    if image.width > 1600:
        image = image.resize((1600, round(image.height * 1600 / image.width)), Image.Resampling.LANCZOS)
    return image.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)


def sheet_page(path: Path) -> str:
    """Return a worklist as a spreadsheet shows it.

    Args:
        path: the list.
    """
    sheet = load_workbook(path).worksheets[0]
    letters = [get_column_letter(number) for number, cell in enumerate(sheet[1], 1) if cell.value]
    used = [letter for letter in letters if not sheet.column_dimensions[letter].hidden]
    rows = [f"<tr><td class=h></td>{''.join(f'<td class=h>{letter}</td>' for letter in used)}</tr>"]
    for number in range(1, sheet.max_row + 1):
        cells = "".join(f"<td>{html.escape(_shown(sheet[f'{letter}{number}'].value))}</td>" for letter in used)
        rows.append(f"<tr class={'t' if number == 1 else 'r'}><td class=h>{number}</td>{cells}</tr>")
    return f"<table>{''.join(rows)}</table>"


def _shown(value: object) -> str:
    return "" if value is None else value.strftime("%d.%m.%Y") if hasattr(value, "strftime") else str(value)


def terminal_page(said: str) -> str:
    """Return what a console said, as a terminal shows it.

    Args:
        said: its text.
    """
    shown = re.sub(r"(?:file://)?/\S+/(approve|plan)/", r"results/\1/", said)
    return f"<pre>{html.escape(shown)}</pre>"


def guided(language: str) -> str:
    """Return what `katip` alone asks on a terminal."""
    script = (
        "import pty, sys, os, threading, time\n"
        "pid, end = pty.fork()\n"
        "if pid == 0: os.execv(sys.executable, [sys.executable, '-m', 'Katip'])\n"
        "threading.Timer(8, lambda: os.write(end, b'\\x03')).start()\n"
        "try:\n"
        "    while part := os.read(end, 4096): sys.stdout.buffer.write(part); sys.stdout.flush()\n"
        "except OSError: pass\n"
    )
    environment = {**os.environ, "KATIP_LANGUAGE": language, "PYTHONPATH": str(ROOT / "libraries"), "COLUMNS": "100"}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, encoding="utf-8", check=False
    )
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", done.stdout).replace("\r", "").partition("^C")[0]
    return f"$ katip\n{text.rstrip()}"


def take_all(camera: Camera, runs: Runs, language: str) -> None:
    """Take the pictures of one language; those of the portal and of the list are the same in both."""
    contract = runs.approve / "evidence" / "contracts" / "001"
    if language == "tr":
        camera.part("portal-list.png", contract / "1-before.png", (0, 0, 1, 0.42))
        camera.part("portal-form.png", contract / "2-form.png", (0, 0, 1, 0.5))
        camera.page("worklist.png", sheet_page(runs.plan / "worklist.xlsx"), "table")
        camera.page("worklist-filled.png", sheet_page(runs.filled), "table")
    camera.page(f"{language}/katip.png", terminal_page(guided(language)), "pre")
    tail = runs.said.rstrip().splitlines()
    camera.page(f"{language}/console.png", terminal_page("\n".join(tail[-26:])), "pre")
    camera.file(f"{language}/report.png", runs.approve / "report.html", "#test-details-container", "#tags?contract")
    camera.file(f"{language}/log.png", runs.approve / "log.html", "#s1-t10", "#s1-t10", "expandAll('s1-t10')", 1300)
    camera.file(f"{language}/rapor.png", runs.approve / "evidence" / "rapor.html", "[id^=c-]", height=835)


@contextmanager
def camera_to(folder: Path) -> Iterator[Camera]:
    """Open a browser without a window that takes pictures into a folder."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(find_browser("auto").executable), args=["--no-sandbox"])
        yield Camera(browser.new_page(viewport={"width": 1400, "height": 900}), folder)
        browser.close()


def main(folder: Path) -> int:
    """Make all pictures and print their names and sizes."""
    with TemporaryDirectory() as place, camera_to(folder) as camera:
        for language in LANGUAGES:
            take_all(camera, run_all(Path(place) / language, language), language)
    for path in sorted(folder.rglob("*.png")):
        print(f"{path.stat().st_size // 1024:4d} KiB  {path.relative_to(folder)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else PICTURES))
