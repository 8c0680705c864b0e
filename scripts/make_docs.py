"""Build the documentation as a site in `build/docs`: one tree in Turkish, one in English, the keyword documentation in both.

What the pages are made from stands in README, `docs/` and the libraries; nothing is fetched, and the site needs no network. Any warning of
Sphinx ends the build. Why Sphinx: decision 21.

Usage: python scripts/make_docs.py [FOLDER]
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from robot.libdoc import libdoc
from robot.libdocpkg import LibraryDocumentation

from Katip.evidence.clauses import CLAUSE_NUMBERS

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("tr", "en")
KEYWORDS = "keywords"
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
_CODE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_START = """<!doctype html><html lang="tr"><head><meta charset="utf-8"><title>robotframework-katip</title>
<meta http-equiv="refresh" content="0; url=tr/index.html"></head><body><a href="tr/index.html">Belgeler</a></body></html>
"""


@dataclass(frozen=True)
class Site:
    """What one language's tree holds.

    Attributes:
        pages: source file, from the project's root, to page of the site.
        menu: title of a part of the menu to its pages.
        title: what stands above the menu.
        libraries: name of a page of keyword documentation to what it is made from.
    """

    pages: Mapping[str, str]
    menu: Mapping[str, tuple[str, ...]]
    title: str
    libraries: Mapping[str, str]


def _names(pattern: str) -> list[str]:
    return sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob(pattern))


def _guides() -> dict[str, list[str]]:
    """Return the guides of each language; a Turkish one links to its English twin."""
    guides: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for name in _names("docs/guides/*.md"):
        guides["tr" if "*[English](" in (ROOT / name).read_text("utf-8") else "en"].append(name)
    return guides


def sites() -> dict[str, Site]:
    """Return what the site holds in each language; the pages for developers are in English only."""
    guides = _guides()
    resources = {Path(name).stem: str(ROOT / name) for name in _names("resources/*.resource")}
    turkish = {name: source for name, source in resources.items() if name == "onay"}
    english = {name: source for name, source in resources.items() if name != "onay"}
    inner = ["docs/architecture.md", *_names("docs/adr/*.md"), "docs/testing.md", "docs/dependencies.md"]
    developers = [*inner, "docs/keywords.md", "CONTRIBUTING.md", "CHANGELOG.md"]
    pages = {
        "tr": {
            "README.tr.md": "index.md",
            "results/README.tr.md": "results.md",
            "docs/portal-files.tr.md": "portal-files.md",
        },
        "en": {"README.md": "index.md", "results/README.md": "results.md", "docs/portal-files.md": "portal-files.md"},
    }
    for language in LANGUAGES:
        pages[language] |= {name: name.removeprefix("docs/") for name in guides[language]}
    pages["en"] |= {name: name.removeprefix("docs/") for name in developers}

    def of_guides(language: str) -> tuple[str, ...]:
        return tuple(pages[language][name] for name in guides[language])

    adr = sorted(name.removeprefix("docs/") for name in inner if name.startswith("docs/adr/0"))
    return {
        "tr": Site(
            pages["tr"],
            {"Rehberler": of_guides("tr"), "Başvuru": ("portal-files.md", "results.md", f"{KEYWORDS}.md")},
            "robotframework-katip",
            {"Katip": "Katip::language=tr", "PracticePortal": "PracticePortal", **turkish},
        ),
        "en": Site(
            pages["en"],
            {
                "Guides": of_guides("en"),
                "Reference": ("portal-files.md", "results.md", f"{KEYWORDS}.md"),
                "For developers": (
                    *("architecture.md", "adr/README.md", "testing.md", "dependencies.md"),
                    *("CONTRIBUTING.md", "CHANGELOG.md"),
                ),
                "Decisions": tuple(adr),
            },
            "robotframework-katip",
            {"Katip": "Katip", "PracticePortal": "PracticePortal", **english},
        ),
    }


_TURKISH_KEYWORDS = """`Library    Katip    language=tr` ile gelen anahtar sözcükler, DOK.10.01'in maddelerine göre. `robots/onayla.robot` takımı
bunlarla yazılmıştır ve `log.html` dosyasında her adım bu adlarla durur: bir adımın ne yaptığını burada bulursunuz."""


def _clause_titles() -> dict[str, str]:
    """Return what is done in each clause, as the Turkish suite names its tasks, and what the rest is for."""
    text = (ROOT / "robots/onayla.robot").read_text("utf-8")
    tasks = re.findall(r"^(5\.\d+) (\S.*)$", text, re.MULTILINE)
    titles = {clause: f"{clause} {words.strip()}" for clause, words in tasks}
    titles["5.9"] = '5.9 Form denetlenir, "Kayıt"a basılır'  # within the task of each contract, which the run adds
    return {clause: titles[clause] for clause in CLAUSE_NUMBERS} | {"": "Bütün çalıştırma için"}


def _clauses_of_keywords() -> dict[str, str]:
    """Return the first clause of each keyword, by the name of its method; empty for one that serves the whole run."""
    found = {}
    for keyword in LibraryDocumentation("Katip").keywords:
        clauses = [tag for tag in CLAUSE_NUMBERS if tag in keyword.tags]
        found[keyword.name.lower().replace(" ", "_")] = clauses[0] if clauses else ""
    return found


class _Tree:
    """Writes the sources of one language's tree, with links as they lead in the site."""

    def __init__(self, language: str, every: Mapping[str, Site], folder: Path) -> None:
        self._every, self._language, self._folder = every, language, folder
        self._site = every[language]

    def write(self) -> None:
        """Write all pages, and what they show and refer to."""
        for source, page in self._site.pages.items():
            text = (ROOT / source).read_text("utf-8")
            led = "".join(
                part if part.startswith("```") else self._led(part, source, page) for part in _CODE.split(text)
            )
            self._put(page, led + (self._menu() if page == "index.md" else ""))
        keywords = self._folder / f"{KEYWORDS}.md"
        known = keywords.read_text("utf-8") if keywords.exists() else self._turkish_keywords()
        title, _, rest = known.partition("\n")
        self._put(keywords.name, f"{title}\n\n{self._libraries()}\n{rest}\n")

    def _put(self, page: str, text: str) -> None:
        target = self._folder / page
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")

    def _menu(self) -> str:
        parts = (
            f"\n\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n" + "\n".join(pages) + "\n```\n"
            for caption, pages in self._site.menu.items()
        )
        return "".join(parts)

    def _libraries(self) -> str:
        words = "Argümanlar, örnekler" if self._language == "tr" else "Arguments, examples"
        links = (f'<a href="{KEYWORDS}/{name}.html">{name}</a>' for name in self._site.libraries)
        return f"{words}: " + " · ".join(links)

    @staticmethod
    def _turkish_keywords() -> str:
        entries = json.loads((ROOT / "libraries/Katip/locale/tr/keywords.json").read_text("utf-8"))
        rows: dict[str, list[str]] = {}
        for original, clause in _clauses_of_keywords().items():
            rows.setdefault(clause, []).append(f"| `{entries[original]['name']}` | {entries[original]['doc']} |")
        parts = (
            f"## {title}\n\n| anahtar sözcük | ne yapar |\n|---|---|\n" + "\n".join(rows[clause])
            for clause, title in _clause_titles().items()
        )
        return f"# Anahtar sözcükler\n\n{_TURKISH_KEYWORDS}\n\n" + "\n\n".join(parts)

    def _led(self, text: str, source: str, page: str) -> str:
        return _LINK.sub(lambda found: self._link(found[1], found[2], found[3], source, page), text)

    def _link(self, mark: str, words: str, target: str, source: str, page: str) -> str:
        if re.match(r"[a-z]+:|#", target):
            return f"{mark}[{words}]({target})"
        name, hash_, anchor = target.partition("#")
        wanted = os.path.relpath((ROOT / source).parent / name, ROOT)
        here = Path(page).parent
        if wanted in self._site.pages:
            return f"{mark}[{words}]({os.path.relpath(self._site.pages[wanted], here)}{hash_}{anchor})"
        for language, site in self._every.items():
            if wanted in site.pages:
                other = os.path.relpath(Path(language) / site.pages[wanted], Path(self._language) / here)
                return f'<a href="{other.removesuffix(".md")}.html{hash_}{anchor}">{words}</a>'
        return f"{mark}[{words}]({os.path.relpath(self._file(wanted), here)})"

    def _file(self, wanted: str) -> str:
        """Copy a file of the project into the tree; return its place there."""
        place = wanted.removeprefix("docs/")
        (self._folder / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / wanted, self._folder / place)
        return place


def build(target: Path, languages: tuple[str, ...] = LANGUAGES) -> Iterator[Path]:
    """Build the site.

    Args:
        target: its folder; what was there is replaced.
        languages: which trees are built.

    Yields:
        The first page of each tree.

    Raises:
        SystemExit: Something is wrong in a page, such as a link that leads nowhere; it was printed.
    """
    shutil.rmtree(target, ignore_errors=True)
    every = sites()
    for language in languages:
        with TemporaryDirectory() as folder:
            source, out = Path(folder) / "source", target / language
            _Tree(language, every, source).write()
            _run_sphinx(source, out, Path(folder) / "doctrees", language, every[language].title)
        (out / KEYWORDS).mkdir()
        for name, library in every[language].libraries.items():
            libdoc(library, str(out / KEYWORDS / f"{name}.html"), quiet=True)
        yield out / "index.html"
    (target / "index.html").write_text(_START, "utf-8")


def _run_sphinx(source: Path, out: Path, doctrees: Path, language: str, title: str) -> None:
    """Run Sphinx in a process of its own: it keeps the words of the first language for as long as the process lives."""
    settings = {
        "extensions": "myst_parser",
        "myst_heading_anchors": "6",
        "html_theme": "furo",
        "html_title": title,
        "html_copy_source": "0",
        "html_show_copyright": "0",
        "html_show_sphinx": "0",
        "smartquotes": "0",
        "language": language,
        "project": title,
    }
    given = [part for key, value in settings.items() for part in ("-D", f"{key}={value}")]
    strict = ("-C", "-q", "-n", "-W", "--keep-going")
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-b",
        "html",
        *strict,
        *given,
        "-d",
        str(doctrees),
        str(source),
        str(out),
    ]
    if subprocess.run(command, check=False).returncode:
        raise SystemExit(1)


def main(target: Path) -> int:
    """Build the site and print where it begins."""
    for page in build(target.resolve()):
        print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "build" / "docs"))
