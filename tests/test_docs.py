"""What is written agrees with what is there: links, variables, outcomes, commands, keywords, and both languages."""

import ast
import difflib
import re
import subprocess
import sys
import tomllib
from collections.abc import Collection, Iterator, Mapping
from contextlib import nullcontext
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.documents import CODE_BLOCK, FIRST_RUN, PAGES, READMES, ROOT, SUITES, suite_variables, text_of

GUIDES = ("docs/portal-files.md", "docs/portal-files.tr.md")
TUTORIALS = ("docs/guides/2-deciding-a-list.md", "docs/guides/2-listeye-karar-verme.md")
ERRORS = ("docs/guides/7-errors-by-code.md", "docs/guides/7-hata-kodlari.md")
MODULES = ("docs/guides/6-writing-a-module.md", "docs/guides/6-modul-yazma.md")
SIGNING_IN = ("docs/guides/3-signing-in.md", "docs/guides/3-oturum-acma.md")
TEACHING = ("docs/guides/4-teaching-a-portal.md", "docs/guides/4-portali-ogretme.md")
SETTINGS = ("docs/guides/8-settings.md", "docs/guides/8-ayarlar.md")
OUTCOMES = ("docs/guides/9-outcomes.md", "docs/guides/9-sonuclar.md")
TRANSLATIONS = (FIRST_RUN, READMES, GUIDES, TUTORIALS, ERRORS, MODULES, SIGNING_IN, TEACHING, SETTINGS, OUTCOMES)
# Pages whose Turkish one has a Turkish name; the others end in .tr.md.
ENGLISH_OF = {
    "1-ilk-calistirma.md": "1-first-run.md",
    "7-hata-kodlari.md": "7-errors-by-code.md",
    "6-modul-yazma.md": "6-writing-a-module.md",
    "3-oturum-acma.md": "3-signing-in.md",
    "4-portali-ogretme.md": "4-teaching-a-portal.md",
    "2-listeye-karar-verme.md": "2-deciding-a-list.md",
    "5-kaniti-okuma.md": "5-reading-the-evidence.md",
    "8-ayarlar.md": "8-settings.md",
    "9-sonuclar.md": "9-outcomes.md",
}

PICTURES = sorted(path.relative_to(ROOT / "docs/pictures").as_posix() for path in ROOT.glob("docs/pictures/**/*.png"))
LARGEST_PICTURE = 120 * 1024

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)


def prose_of(page: str) -> str:
    """Return a page without its code, where brackets are not links and # is not a heading."""
    return CODE_BLOCK.sub("", text_of(page))


def anchors_of(path: Path) -> set[str]:
    """Return the anchors that the headings of a page get where it is shown."""
    headings = HEADING.findall(CODE_BLOCK.sub("", path.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for _, title in headings}


def broken_links(page: str) -> list[str]:
    broken = []
    for target in LINK.findall(prose_of(page)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (ROOT / page).parent / name if name else ROOT / page
        if not path.exists() or (anchor and anchor not in anchors_of(path)):
            broken.append(target)
    return broken


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    assert broken_links(page) == []


def table(page: str, first_value: str) -> list[list[str]]:
    """Return the rows of the table whose first row begins with this value, each as its cells."""
    for block in re.findall(r"(?:^\|.*\n)+", text_of(page), re.MULTILINE):
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()]
        if rows[2:] and rows[2][0] == f"`{first_value}`":
            return rows[2:]
    raise AssertionError(f"{page} has no table that begins with `{first_value}`.")


@pytest.mark.parametrize("page", SETTINGS)
def test_variables_of_the_guide_are_those_of_the_suite(page: str) -> None:
    documented = {row[0].strip("`") for row in table(page, "PORTAL")}
    assert documented == suite_variables("robots/approve.robot")


def test_plan_suite_knows_the_variables_that_the_guide_says() -> None:
    # It sets the others too, to nothing, because both suites share one resource file.
    assert suite_variables("robots/plan.robot") == suite_variables("robots/approve.robot")
    for page in SETTINGS:
        assert re.search(r"`robots/plan\.robot`[^\n]*\s*[^\n]*`APPROVE`, `WORKLIST`[^\n]*`MODE`", text_of(page))


@pytest.mark.parametrize("page", OUTCOMES)
def test_outcomes_of_the_guide_are_those_of_the_library(page: str) -> None:
    from Katip.model import Outcome

    assert [row[0].strip("`") for row in table(page, "approved")] == [outcome.value for outcome in Outcome]


@pytest.mark.parametrize("page", [page for page in PAGES if page != "CHANGELOG.md"])
def test_commands_name_targets_that_exist(page: str) -> None:
    targets = set(re.findall(r"^([a-z][\w-]*):", text_of("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z][\w-]*)", text_of(page), re.MULTILINE))
    assert named <= targets


@pytest.mark.parametrize("page", SETTINGS)
def test_commands_name_files_that_exist(page: str) -> None:
    named = re.findall(r"[\w\\/.-]+\.(?:robot|resource)\b|resources/[\w/]+(?:\.toml)?", text_of(page))
    assert named
    assert [name for name in named if not (ROOT / name.replace("\\", "/")).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_katip_commands_exist(page: str) -> None:
    from Katip.cli import katip

    named = re.findall(r"(?:^ {4}|^|`|/)katip ([a-z]+)", text_of(page), re.MULTILINE)
    assert [name for name in named if name not in katip.commands] == []


def test_first_guide_names_only_commands_that_are_accepted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each `katip` line of the guide is carried out, with the runs of suites and the walk through a portal played."""
    from click.testing import CliRunner

    from Katip import cli
    from Katip.doctor import command as doctor
    from Katip.run import commands
    from Katip.teaching import command as teaching

    ran: list[str] = []

    def run_suite(path: Path, arguments: object, results: object) -> int:
        ran.append(path.name)
        return 0

    def walk(given: Mapping[str, object]) -> Iterator[object]:
        ran.append(f"doctor {given['portal']}")
        return iter(())

    monkeypatch.setattr(commands, "run_suite", run_suite)
    monkeypatch.setattr(doctor, "examination", lambda *given: [])
    monkeypatch.setattr(cli, "_walk", walk)

    def teach(talk: object, learned: object, name: str, path: Path) -> bool:
        ran.append(f"teach {path}")
        return True

    monkeypatch.setattr(teaching, "has_screen", lambda: True)
    monkeypatch.setattr(teaching, "browser_library", nullcontext)
    monkeypatch.setattr(teaching, "walk_through", lambda *given: None)
    monkeypatch.setattr(teaching, "teach", teach)
    monkeypatch.setattr(cli, "asked_command", lambda: ran.append("asked"))
    monkeypatch.setattr(cli, "is_terminal", lambda: True)
    lines = re.findall(r"^katip\b.*$", "\n".join(CODE_BLOCK.findall(text_of(FIRST_RUN[0]))), re.MULTILINE)
    for line in lines:
        done = CliRunner().invoke(cli.katip, line.split()[1:])
        assert done.exit_code == 0, f"{line}: {done.output}"
    assert len(lines) >= 7
    assert {"approve.robot", "plan.robot", "doctor today", "teach own.toml", "asked"} == set(ran)


@pytest.mark.parametrize("picture", PICTURES)
def test_pictures_are_shown_and_small(picture: str) -> None:
    shown = [target.rpartition("pictures/")[2] for page in PAGES for target in LINK.findall(prose_of(page))]
    assert (ROOT / "docs/pictures" / picture).stat().st_size <= LARGEST_PICTURE
    assert picture in shown


def test_one_script_makes_every_picture() -> None:
    script = text_of("scripts/make_pictures.py")
    named = set(re.findall(r'(?:part|page)\("([\w-]+\.png)"', script))
    own = set(re.findall(r'f"\{language\}/([\w-]+\.png)"', script))
    assert set(PICTURES) == named | {f"{language}/{name}" for name in own for language in ("tr", "en")}


def test_index_of_decisions_is_complete() -> None:
    linked = [target for target in LINK.findall(text_of("docs/adr/README.md")) if re.match(r"\d{4}-", target)]
    assert linked == sorted(path.name for path in (ROOT / "docs/adr").glob("[0-9]*.md"))


def decisions() -> list[str]:
    return [page for page in PAGES if re.match(r"docs/adr/\d", page)]


@pytest.mark.parametrize("page", decisions())
def test_decisions_have_context_decision_and_consequences(page: str) -> None:
    titles = [title for _, title in HEADING.findall(prose_of(page))]
    assert titles[0].startswith(f"{int(Path(page).name[:4])}. ")
    assert [title for title in titles[1:] if title != "Considered options"] == ["Context", "Decision", "Consequences"]


@pytest.mark.parametrize("page", TUTORIALS)
def test_columns_of_the_tutorial_are_those_of_the_worklist(page: str) -> None:
    from Katip.approvals.worklist_columns import Column

    columns = {row[0].strip("`") for row in table(page, "Karar")}
    assert columns <= {column.value for column in Column}


def test_rooms_of_the_architecture_exist() -> None:
    drawn = re.findall(r"^ {10}[├└] (\w+(?:/|\.py))", text_of("docs/architecture.md"), re.MULTILINE)
    rooms = ROOT / "libraries/Katip"
    there = {f"{path.name}/" for path in rooms.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert len(drawn) > len(there)
    assert [name for name in drawn if not (rooms / name).exists()] == []
    assert there <= set(drawn)


LIBRARY_NAMES = ("library", "_library")
MODULES_WITH_DATA = {"schemas", "evidence/schemas"}  # each is one module with its data files beside it
# The table "What imports what" of docs/architecture.md: what each room never imports, also for type checking.
ABOVE_PORTAL = {"pages", "session", "current_session", "procedure", "run", "library"}
FORBIDDEN = {
    "approvals": {"robot", "Browser", "reading", "portal", "evidence", *ABOVE_PORTAL},
    "evidence": {"robot", "Browser", "reading", "portal", *ABOVE_PORTAL},
    "reading": {"robot", "approvals", "evidence", "portal", "portal_procedure", *ABOVE_PORTAL},
    "portal.py": {"robot", "Browser", "approvals", "evidence", *ABOVE_PORTAL},
    "portal_check.py": {"robot", "Browser", "approvals", "evidence", *ABOVE_PORTAL},
    "portal_procedure.py": {"robot", "Browser", "approvals", "evidence", *ABOVE_PORTAL},
    "portal_procedure_check.py": {"robot", "Browser", "approvals", "evidence", *ABOVE_PORTAL},
    "consent_words.py": {"robot", "Browser", "approvals", "evidence", "reading", "portal", *ABOVE_PORTAL},
    "session.py": {"Browser", "approvals", "evidence", "current_session", "procedure", "run", "library"},
    "current_session.py": {"robot", "Browser", "approvals", "evidence", "pages", "procedure", "run", "library"},
    "masking.py": {"robot", "Browser", "approvals", "evidence", "reading", "portal", *ABOVE_PORTAL},
    "pages": {"Browser", "evidence", "procedure", "run", "library"},
    "procedure": {"Browser", "approvals", "evidence", "run", "library"},
    "run": {"library"},
    "teaching": {"library", "evidence", "robot"},
    "doctor": {"robot", "Browser", *ABOVE_PORTAL},
}
KATIP = ROOT / "libraries/Katip"


def module_name(path: Path) -> str:
    """Return a module's name as it is imported; a package has that of its folder."""
    return ".".join(path.relative_to(KATIP.parent).with_suffix("").parts).removesuffix(".__init__")


def imported_names(path: Path) -> Iterator[str]:
    """Yield all that a module imports, by whole names; also for type checking, and within functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported_rooms(path: Path) -> set[str]:
    """Return the rooms and packages that a module imports."""
    return {name.split(".")[1] if name.startswith("Katip.") else name.split(".")[0] for name in imported_names(path)}


def imported_modules(path: Path, modules: Collection[str]) -> set[str]:
    """Return the modules of these that are loaded for a module: those it names, and the packages that they are in."""
    found = set()
    for name in imported_names(path):
        while name not in modules and "." in name:
            name = name.rpartition(".")[0]
        if name in modules:
            found.add(name)
    own = module_name(path)
    around = {outer for name in found for outer in modules if name.startswith(f"{outer}.")}
    return {name for name in found | around if name != own and not own.startswith(f"{name}.")} - {"Katip"}


def test_nothing_imports_in_a_circle() -> None:
    paths = {module_name(path): path for path in KATIP.rglob("*.py")}
    graph = {name: imported_modules(path, paths) for name, path in paths.items() if name != "Katip"}
    assert len(graph) > 100
    TopologicalSorter(graph).prepare()  # a CycleError names the circle


def test_nobody_uses_the_library_object() -> None:
    """The library object puts the components together; none of them reaches the others through it."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in KATIP.rglob("*.py")
        if path != KATIP / "library.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and (
            (isinstance(node.value, ast.Name) and node.value.id in LIBRARY_NAMES)
            or (isinstance(node.value, ast.Attribute) and node.value.attr in LIBRARY_NAMES)
        )
    ]
    assert found == []


def test_packages_only_say_what_they_hold() -> None:
    """What a package's `__init__` imported would be loaded with each of its modules, and hide where a name comes from."""
    found = {
        path.parent.relative_to(KATIP).as_posix()
        for path in KATIP.rglob("__init__.py")
        if path.parent != KATIP and len(ast.parse(path.read_text(encoding="utf-8")).body) > 1
    }
    assert found == MODULES_WITH_DATA


@pytest.mark.parametrize("room", FORBIDDEN)
def test_rooms_import_what_the_architecture_says(room: str) -> None:
    place = ROOT / "libraries/Katip" / room
    modules = [place] if place.is_file() else sorted(place.rglob("*.py"))
    assert modules
    assert {str(path): found for path in modules if (found := imported_rooms(path) & FORBIDDEN[room])} == {}


def test_practice_portal_and_katip_do_not_know_each_other() -> None:
    for one, other in (("Katip", "PracticePortal"), ("PracticePortal", "Katip")):
        for path in (ROOT / "libraries" / one).rglob("*.py"):
            assert not re.search(rf"^\s*(?:from|import) {other}\b", path.read_text(encoding="utf-8"), re.MULTILINE), (
                path
            )


def english_target(target: str) -> str:
    """Return where the English page leads that a link of either language means."""
    folder, slash, name = target.replace(".tr.md", ".md").replace("pictures/tr/", "pictures/en/").rpartition("/")
    return folder + slash + ENGLISH_OF.get(name, name)


def outline(page: str) -> list[str]:
    """Return what must be equal in both languages: levels of headings, code, links, first cells of tables."""
    parts = [f"heading {level}" for level, _ in HEADING.findall(prose_of(page))]
    parts += CODE_BLOCK.findall(text_of(page))
    parts += [f"link {english_target(target)}" for target in LINK.findall(prose_of(page))]
    parts += re.findall(r"^\| (`\w+`) \|", text_of(page), re.MULTILINE)
    return parts


@pytest.mark.parametrize("pages", TRANSLATIONS)
def test_both_languages_have_the_same_sections(pages: tuple[str, str]) -> None:
    english, turkish = (outline(page) for page in pages)
    assert "\n".join(difflib.unified_diff(english, turkish, *pages, lineterm="")) == ""


TOML_EXAMPLES = [
    pytest.param(block, id=f"{page}-{number}")
    for page in (*GUIDES, *MODULES)
    for number, block in enumerate(re.findall(r"^```toml\n(.*?)^```$", text_of(page), re.MULTILINE | re.DOTALL), 1)
]


@pytest.mark.parametrize("example", TOML_EXAMPLES)
def test_examples_of_portal_files_can_be_loaded(example: str, tmp_path: Path) -> None:
    from Katip.portal import load_portal

    (tmp_path / "own.toml").write_text(example, encoding="utf-8")
    load_portal(str(tmp_path / "own.toml"))


@pytest.mark.parametrize("page", GUIDES)
def test_sections_of_the_guide_are_those_of_the_portal_file(page: str) -> None:
    sections = tomllib.loads((ROOT / "resources/portals/v9.toml").read_text(encoding="utf-8"))
    assert [row[0].strip("`") for row in table(page, "addresses")] == [
        name for name, value in sections.items() if isinstance(value, dict)
    ]


def test_keywords_are_the_approved_ones() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "list_keywords.py"], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    approved = text_of("tests/approved/keywords.txt").splitlines()
    difference = difflib.unified_diff(approved, done.stdout.splitlines(), "approved", "now", lineterm="", n=0)
    changes = "\n".join(difference)
    assert changes == "", (
        "The public keywords have changed. Suites are written against them: if the change is meant, run "
        "'.venv/bin/python scripts/list_keywords.py --approve' and list it in CHANGELOG.md.\n" + changes
    )


def test_page_of_keywords_lists_all_of_them() -> None:
    approved = {
        line.partition("(")[0].partition(".")[2] for line in text_of("tests/approved/keywords.txt").splitlines()
    }
    listed = re.findall(r"^\| `([^`]+)` \|", text_of("docs/keywords.md"), re.MULTILINE)
    assert sorted(listed) == sorted(approved)


def test_there_is_a_suite_to_check() -> None:
    assert "robots/approve.robot" in SUITES


@pytest.mark.parametrize("suite", SUITES)
def test_dry_run_of_the_suite_passes(suite: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "robot", "--dryrun", "--outputdir", tmp_path, ROOT / suite],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
