"""The browser that a run uses is found where each system puts it, and a wrong choice is explained."""

import os
from pathlib import Path

import pytest

from Katip import browsers


@pytest.fixture(autouse=True)
def nothing_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No browser is installed: neither in the PATH, nor in a usual place, nor by Playwright."""
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA", "PLAYWRIGHT_BROWSERS_PATH"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    monkeypatch.setattr(browsers, "_program_roots", lambda system: iter([tmp_path / "root"]))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)


def install(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_auto_prefers_chrome_to_edge_to_chromium(tmp_path: Path) -> None:
    chromium = install(tmp_path / "bin/chromium")
    assert browsers.find_browser() == browsers.BrowserChoice("chromium", None, chromium)
    edge = install(tmp_path / "bin/microsoft-edge")
    assert browsers.find_browser("auto") == browsers.BrowserChoice("chromium", "msedge", edge)
    chrome = install(tmp_path / "bin/google-chrome")
    assert browsers.find_browser("AUTO") == browsers.BrowserChoice("chromium", "chrome", chrome)


def test_named_browser_is_not_replaced_by_another(tmp_path: Path) -> None:
    install(tmp_path / "bin/chromium")
    with pytest.raises(browsers.BrowserNotFoundError, match=r"the browser 'msedge'.*microsoft-edge-stable"):
        browsers.find_browser("msedge")


@pytest.mark.parametrize(
    ("system", "file", "channel"),
    [
        ("Windows", "Microsoft/Edge/Application/msedge.exe", "msedge"),
        ("Windows", "Google/Chrome/Application/chrome.exe", "chrome"),
        ("Darwin", "Google Chrome.app/Contents/MacOS/Google Chrome", "chrome"),
        ("Linux", "opt/microsoft/msedge/msedge", "msedge"),
        ("Linux", "snap/bin/chromium", None),
    ],
)
def test_usual_places_of_each_system(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, system: str, file: str, channel: str | None
) -> None:
    monkeypatch.setattr("platform.system", lambda: system)
    program = install(tmp_path / "root" / file)
    assert browsers.find_browser() == browsers.BrowserChoice("chromium", channel, program)


@pytest.mark.parametrize("layout", ["chrome-linux/chrome", "chrome-linux64/chrome", "chrome-win/chrome.exe"])
def test_newest_browser_of_playwright_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, layout: str) -> None:
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "pw"))
    install(tmp_path / "pw/chromium-999" / layout)
    newest = install(tmp_path / "pw/chromium-1243" / layout)
    assert browsers.find_browser("chromium").executable == newest


def test_path_is_taken_as_it_is(tmp_path: Path) -> None:
    program = install(tmp_path / "my browser")
    assert browsers.find_browser(str(program)) == browsers.BrowserChoice("chromium", None, program)


@pytest.mark.parametrize("choice", ["firefox", "", "crome"])
def test_unknown_name_is_explained(choice: str) -> None:
    with pytest.raises(browsers.UnknownBrowserError, match="Expected one of auto, chrome, msedge, chromium"):
        browsers.find_browser(choice)


def test_path_without_a_program_is_explained(tmp_path: Path) -> None:
    with pytest.raises(browsers.BrowserNotFoundError, match="no program is there"):
        browsers.find_browser(str(tmp_path / "missing"))
    with pytest.raises(browsers.BrowserNotFoundError, match="a folder is there"):
        browsers.find_browser(str(tmp_path))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permission")
def test_file_that_cannot_be_run_is_no_browser(tmp_path: Path) -> None:
    install(tmp_path / "bin/chromium").chmod(0o644)
    with pytest.raises(browsers.BrowserNotFoundError):
        browsers.find_browser()


def test_none_installed_lists_where_it_was_looked_for() -> None:
    with pytest.raises(browsers.BrowserNotFoundError) as error:
        browsers.find_browser()
    for part in ("google-chrome", "microsoft-edge", "chromium-browser", "ms-playwright", "rfbrowser install chromium"):
        assert part in str(error.value)
