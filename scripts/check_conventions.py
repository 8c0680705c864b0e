"""Check the conventions of this project that no general linter knows.

Each rule is a function that takes the project's root and yields findings; `RULES` lists them. Run as a script it checks
this project and exits with 1 if anything was found. What each rule is for stands in its docstring.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from robot.api import Token, get_resource_tokens, get_tokens
from robot.errors import DataError
from robot.libdocpkg import LibraryDocumentation

ROOT = Path(__file__).resolve().parent.parent
PACE_MARK = "# portal pace"


@dataclass(frozen=True, order=True)
class Finding:
    """A place that breaks a rule."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        """Return the finding in the form that editors make a link of."""
        return f"{self.path}:{self.line}: {self.message}"


Rule = Callable[[Path], Iterator[Finding]]


# ----------------------------------------------------------------------------------------------------- what is read


def project_files(root: Path) -> Iterator[Path]:
    """Yield the files that belong to the project: those of git, or of the folder where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0 and (root / ".git").exists():
        paths = [root / name for name in listed.stdout.decode().split("\0") if name]
    else:
        paths = [path for path in root.rglob("*") if ".git" not in path.parts]
    yield from (path for path in sorted(paths) if path.is_file())


def files(root: Path, folder: str, *suffixes: str) -> Iterator[Path]:
    """Yield the files under a folder of the project that have one of these suffixes."""
    yield from sorted(path for path in (root / folder).rglob("*") if path.suffix in suffixes and path.is_file())


def suite_files(root: Path) -> Iterator[Path]:
    """Yield what operators run: the suites and the resource files."""
    yield from files(root, "robots", ".robot", ".resource")
    yield from files(root, "resources", ".robot", ".resource")


def tokens_of(path: Path) -> list[Token]:
    """Return the tokens of a suite or a resource file."""
    read = get_resource_tokens if path.suffix == ".resource" else get_tokens
    return list(read(path))


def python_tree(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file; an empty one where the file is broken, for ruff says that better."""
    try:
        return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    except SyntaxError:
        return ast.Module(body=[], type_ignores=[])


def docstrings(tree: ast.Module) -> set[int]:
    """Return the identities of the constants that are docstrings."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.add(id(first.value))
    return found


def strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and text of every string that is not a docstring."""
    described = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield node.lineno, node.value


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of everything imported; a relative import keeps its leading dots."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            if node.module:
                yield node.lineno, module
            else:
                yield from ((node.lineno, module + alias.name) for alias in node.names)


def finding(root: Path, path: Path, line: int, message: str) -> Finding:
    """Return a finding whose path is written as seen from the root."""
    return Finding(path.relative_to(root).as_posix(), line, message)


# ------------------------------------------------------------------------------------------------------------ rules

LOCATOR = re.compile(
    r"""^(?:css|xpath|id|data-testid|role)[=:]   # a prefixed selector
      | ^\(*\.{0,2}//                            # XPath
      | ^[#.][A-Za-z][\w-]*(?:$|[\s>:.\[])       # an id or a class of its own
      | >>                                       # a chain of selectors
      | ^(?![\w-]+\.(?:png|csv|json|html)$)   # a tag with more, but no file name
        (?:div|span|button|input|select|table|tr|td|ul|li|iframe|form|label)[#.>\[:]\w
      | ^a[#>\[]
      | \[\s*[\w-]+\s*[~|^$*]?=\s*["'][^]]*\]    # an attribute
      | \b(?:nth-child|nth-of-type|:has-text)\b
    """,
    re.VERBOSE,
)
DATA_TOKENS = (Token.ARGUMENT, Token.NAME)


def no_locators(root: Path) -> Iterator[Finding]:
    """Suites, resource files and portal files name things by what a person reads, never by a locator."""
    for path in suite_files(root):
        for token in tokens_of(path):
            if token.type in DATA_TOKENS and token.value and LOCATOR.search(token.value.removeprefix("\\")):
                yield finding(root, path, token.lineno, f"'{token.value}' is a locator; name what a person sees.")
    for path in files(root, "resources", ".toml"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for text in re.findall(r'"([^"]*)"|\'([^\']*)\'', line.split("#", 1)[0]):
                value = text[0] or text[1]
                if "//" not in value and LOCATOR.search(value):
                    yield finding(root, path, number, f"'{value}' is a locator; give the label that is shown.")


def no_fixed_waits(root: Path) -> Iterator[Finding]:
    """Nothing waits for a time: waits are for states. The one exception is the pace that a portal asks for."""
    for path in suite_files(root):
        for token in tokens_of(path):
            if token.type in (Token.KEYWORD, Token.ARGUMENT) and _is_sleep_keyword(token.value):
                yield finding(root, path, token.lineno, "'Sleep' waits for a time; wait for what should appear.")
    paces = 0
    for path in files(root, "libraries", ".py", ".js"):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number in _waits(path, lines):
            paces += PACE_MARK in lines[number - 1]
            if PACE_MARK not in lines[number - 1]:
                yield finding(root, path, number, "a fixed wait; wait for a state instead.")
            elif paces > 1:
                yield finding(root, path, number, "there may be only one place that keeps a portal's pace.")


def _waits(path: Path, lines: list[str]) -> Iterator[int]:
    if path.suffix == ".py":
        yield from _python_waits(python_tree(path))
    else:
        yield from (number for number, line in enumerate(lines, 1) if "waitForTimeout" in line)


def _is_sleep_keyword(value: str) -> bool:
    return re.sub(r"[ _]", "", value).casefold() in ("sleep", "builtin.sleep")


def _python_waits(tree: ast.Module) -> Iterator[int]:
    """Yield the lines that call a sleep, under whatever name it was imported, or Robot's keyword of that name."""
    names = {"wait_for_timeout", "sleep", *_imported_sleeps(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (_called(node) in names or _runs_sleep_keyword(node)):
            yield node.lineno


def _imported_sleeps(tree: ast.Module) -> Iterator[str]:
    """Yield the names under which a module imports a sleep."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in ("time", "asyncio"):
            yield from (alias.asname or alias.name for alias in node.names if alias.name == "sleep")


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _runs_sleep_keyword(node: ast.Call) -> bool:
    first = node.args[0] if node.args else None
    return _called(node) == "run_keyword" and isinstance(first, ast.Constant) and _is_sleep_keyword(str(first.value))


TOOLKIT = re.compile(
    r"""\b(?:
        x-(?:grid|btn|tab|panel|menu|form|window|tree|mask|toolbar)\w*   # ExtJS
      | ext-(?:gen|comp|el)\w*
      | ui-(?:dialog|button|widget|datatable|tabs|menu|state|datepicker|jqgrid)[\w-]*  # jQuery UI
      | p-(?:datatable|dialog|button|component)[\w-]*                    # PrimeNG
      | mat-(?:[a-z]+)[\w-]* | cdk-[a-z][\w-]* | ng-(?:star|tns|reflect)[\w-]*
      | Mui[A-Z]\w* | ant-[a-z][\w-]* | el-(?:table|button|dialog|message)[\w-]*
      | ag-(?:grid|row|cell|header|root|body|center|theme)[\w-]*
      | q-(?:table|btn|dialog|tab|item|field|page)[\w-]*
      | v-(?:btn|data-table|dialog|card|list|tab)[\w-]*
      | k-(?:grid|button|window|master)[\w-]* | dx-(?:datagrid|button|popup|row)[\w-]*
      | dataTables_\w+ | tabulator-\w+ | slick-(?:row|cell|header)[\w-]* | select2-[\w-]+ | w2ui-[\w-]+
      | swal2?-[\w-]+ | toast-(?:message|success|error)[\w-]* | btn-(?:primary|secondary|default|success|danger)
    )""",
    re.VERBOSE,
)


def no_toolkit_names(root: Path) -> Iterator[Finding]:
    """The library knows no toolkit: a class name of one in its code is a portal that it alone can read."""
    for path in files(root, "libraries/Katip", ".py"):
        for line, text in strings(python_tree(path)):
            if match := TOOLKIT.search(text):
                yield finding(
                    root, path, line, f"'{match.group()}' is a toolkit's name; go by role, label or position."
                )
    for path in files(root, "libraries/Katip", ".js"):
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if match := TOOLKIT.search(text):
                yield finding(
                    root, path, number, f"'{match.group()}' is a toolkit's name; go by role, label or position."
                )


TCKN = re.compile(r"(?<![\w.])[1-9]\d{10}(?![\w.]*\w)")
SGK_GROUPS = (
    1,
    4,
    2,
    2,
    7,
    3,
    2,
    2,
)  # M, işkolu, eski ünite, yeni ünite, sıra, il, ilçe, kontrol; aracı may be missing
SGK = re.compile(
    r"(?<![\w.])(?:\d{26}|" + "[ .-]".join(rf"\d{{{length}}}" for length in SGK_GROUPS) + r"(?:[ .-]\d{3})?)(?!\w)"
)
# The number that textbooks use to show how the check digits are computed.
TEXTBOOK_TCKN = "10000000146"
SYNTHETIC_PROVINCE = "099"


def synthetic_numbers_only(root: Path) -> Iterator[Finding]:
    """No number of a real person or workplace: T.C. numbers repeat one digit, SGK numbers lie in the province 099."""
    for path in project_files(root):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            for match in TCKN.finditer(line):
                if is_valid_tckn(match.group()) and not is_synthetic_tckn(match.group()):
                    yield finding(
                        root, path, number, "a valid T.C. number that is not a synthetic one (11111111110 …)."
                    )
            for match in SGK.finditer(line):
                digits = re.sub(r"\D", "", match.group())
                if not is_synthetic_sgk(digits):
                    yield finding(root, path, number, "an SGK number outside of the synthetic province 099.")


def is_valid_tckn(number: str) -> bool:
    """Return whether the two check digits of an 11-digit T.C. number are right."""
    digits = [int(digit) for digit in number]
    tenth = (7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10
    return digits[9] == tenth and digits[10] == sum(digits[:10]) % 10


def is_synthetic_tckn(number: str) -> bool:
    """Return whether the number is one that no person has: nine equal digits, or the textbooks' example."""
    return len(set(number[:9])) == 1 or number == TEXTBOOK_TCKN


def is_synthetic_sgk(digits: str) -> bool:
    """Return whether the number lies in a province that does not exist, or has the sequence number 9999999."""
    return digits[16:19] == SYNTHETIC_PROVINCE or digits[9:16] == "9999999" or len(set(digits)) == 1


PURE = ("approvals", "model", "turkish", "masking")
OUTSIDE_OF_PURE = ("robot", "Browser", "robotlibcore", "BrowserBatteries", "grpc")
PAGE_SIDE = ("pages", "reading")


def clean_imports(root: Path) -> Iterator[Finding]:
    """Katip does not know the practice portal, nor it Katip; what decides imports neither Robot nor a page."""
    for path in files(root, "libraries/Katip", ".py"):
        tree = python_tree(path)
        names = [*imported(tree), *((line, text) for line, text in strings(tree) if text == "PracticePortal")]
        for line, name in names:
            if name.lstrip(".").split(".")[0] == "PracticePortal":
                yield finding(root, path, line, "Katip must not know PracticePortal: the portal is only data to it.")
            if _is_pure(root, path) and _leads_outside(name):
                yield finding(root, path, line, f"'{name}' is imported where decisions are taken on plain values only.")
    for path in files(root, "libraries/PracticePortal", ".py"):
        for line, name in imported(python_tree(path)):
            if name.split(".")[0] == "Katip":
                yield finding(root, path, line, "the practice portal must not use the library that is judged by it.")


def _is_pure(root: Path, path: Path) -> bool:
    return path.relative_to(root / "libraries" / "Katip").parts[0].removesuffix(".py") in PURE


def _leads_outside(name: str) -> bool:
    parts = name.lstrip(".").removeprefix("Katip.").split(".")
    is_own = name.startswith((".", "Katip."))
    return parts[0] in (PAGE_SIDE if is_own else OUTSIDE_OF_PURE)


FILE_NAME = re.compile(r"[^/\\\s]+\.(?:png|json|html|pdf|xlsx|csv|zip|sqlite|sig|pem|tsr|xml|toml)$")


def ascii_file_names(root: Path) -> Iterator[Finding]:
    """File names are ASCII, those of the project and those that the library writes: an archive keeps no others."""
    for path in project_files(root):
        name = path.relative_to(root).as_posix()
        if not name.isascii():
            yield finding(root, path, 1, "the file's name is not ASCII.")
    for path in files(root, "libraries/Katip", ".py"):
        for line, text in strings(python_tree(path)):
            if not text.isascii() and FILE_NAME.fullmatch(text):
                yield finding(root, path, line, f"'{text}' names a file and is not ASCII.")


LEAKING_OPTIONS = {"tracing", "recordhar", "recordvideo", "httpcredentials"}
DEBUG_OPTION = "enableplaywrightdebug"


def nothing_that_leaks(root: Path) -> Iterator[Finding]:
    """Tracing, HAR, video, credentials in a context and the Playwright log stay off: each writes what was typed."""
    for path in suite_files(root):
        yield from _leaks_in_suite(root, path)
    for path in files(root, "libraries", ".py"):
        for node in ast.walk(python_tree(path)):
            if isinstance(node, ast.keyword) and node.arg and _leaks(node.arg, ast.unparse(node.value)):
                yield finding(root, path, node.value.lineno, f"'{node.arg}' writes what was typed; keep it off.")


def _leaks_in_suite(root: Path, path: Path) -> Iterator[Finding]:
    tokens = tokens_of(path)
    for token in tokens:
        name, separator, value = token.value.partition("=")
        if token.type == Token.ARGUMENT and separator and _leaks(name, value):
            yield finding(root, path, token.lineno, f"'{token.value}' writes what was typed; keep it off.")
    for statement in _library_imports(tokens):
        is_browser = any(token.type == Token.NAME and token.value == "Browser" for token in statement)
        if is_browser and not any(_option(token.value) == (DEBUG_OPTION, "disabled") for token in statement):
            message = "import Browser with 'enable_playwright_debug=disabled': its log would be one more place to leak."
            yield finding(root, path, statement[0].lineno, message)


def _library_imports(tokens: list[Token]) -> Iterator[list[Token]]:
    statement: list[Token] = []
    for token in tokens:
        if token.type == Token.EOS:
            if any(one.type == Token.LIBRARY for one in statement):
                yield [one for one in statement if one.type not in (Token.SEPARATOR, Token.EOL)]
            statement = []
        else:
            statement.append(token)


def _option(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return re.sub(r"[ _]", "", name).casefold(), value.strip().casefold()


def _leaks(name: str, value: str) -> bool:
    option, setting = _option(f"{name}={value}")
    setting = setting.strip("'\"").rpartition(".")[2]
    if option == DEBUG_OPTION:
        return setting != "disabled"
    return option in LEAKING_OPTIONS and setting not in ("none", "${none}", "false", "${false}", "off", "no")


LONGEST_FILE = 450


def short_files(root: Path) -> Iterator[Finding]:
    """No file of the libraries is longer than a reader can take in; vendored ones do not count."""
    for path in files(root, "libraries", ".py", ".js"):
        length = len(path.read_text(encoding="utf-8").splitlines())
        if "vendor" not in path.parts and length > LONGEST_FILE:
            yield finding(
                root, path, LONGEST_FILE + 1, f"{length} lines, more than {LONGEST_FILE}: split it by concern."
            )


# Each room has its commands; a module of that name means the same everywhere.
SAME_IN_EACH_ROOM = {"__init__", "command", "commands", "writing"}


def one_meaning(root: Path) -> Iterator[Finding]:
    """No public class and no module of Katip has the name of another one."""
    first: dict[str, Path] = {}
    for path in files(root, "libraries/Katip", ".py"):
        classes = [node for node in python_tree(path).body if isinstance(node, ast.ClassDef)]
        names = [(f"class {node.name}", node.lineno) for node in classes if not node.name.startswith("_")]
        names += [] if path.stem in SAME_IN_EACH_ROOM else [(f"module {path.stem}", 1)]
        for name, line in names:
            if first.setdefault(name, path) != path:
                other = first[name].relative_to(root).as_posix()
                yield finding(root, path, line, f"{name} is in {other} too: a name has one meaning.")


def tests_stand_alone(root: Path) -> Iterator[Finding]:
    """No test module imports another one: what tests share is in a module of its own, which pytest does not collect."""
    for path in files(root, "tests", ".py"):
        tree = python_tree(path)
        taken = (
            (node.lineno, each.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for each in node.names
        )
        for line, name in (*imported(tree), *taken):
            if any(part.startswith("test_") for part in name.split(".")):
                yield finding(
                    root, path, line, f"'{name}' is of a test module: move what is shared into one of helpers."
                )


def readable_suites(root: Path) -> Iterator[Finding]:
    """Every suite and resource file can be read by Robot without an error."""
    for path in suite_files(root):
        for token in tokens_of(path):
            if token.type in (Token.ERROR, Token.FATAL_ERROR, Token.INVALID_HEADER):
                yield finding(root, path, token.lineno, f"Robot cannot read this: {token.error}")


def keywords_documented(root: Path) -> Iterator[Finding]:
    """Every keyword of the libraries says what it does, with an example; those of resource files say what they do."""
    packages = [root / "libraries" / name / "__init__.py" for name in ("Katip", "PracticePortal")]
    for source in (*(package for package in packages if package.exists()), *files(root, "resources", ".resource")):
        is_library = source.suffix == ".py"
        try:
            keywords = LibraryDocumentation(str(source.parent if is_library else source)).keywords
        except DataError as error:
            yield finding(root, source, 1, f"Robot cannot import this: {str(error).splitlines()[0]}")
            continue
        for keyword in keywords:
            path = Path(keyword.source or source)
            for message in _gaps(keyword.name, keyword.doc, needs_example=is_library):
                yield finding(root, path, max(keyword.lineno, 1), message)


def _gaps(name: str, doc: str, *, needs_example: bool) -> Iterator[str]:
    if not doc.strip():
        yield f"the keyword '{name}' has no documentation."
    elif needs_example and not re.search(r"\bExamples?\b", doc):
        yield f"the documentation of the keyword '{name}' has no example."


RULES: tuple[Rule, ...] = (
    no_locators,
    no_fixed_waits,
    no_toolkit_names,
    synthetic_numbers_only,
    clean_imports,
    ascii_file_names,
    nothing_that_leaks,
    short_files,
    one_meaning,
    tests_stand_alone,
    readable_suites,
    keywords_documented,
)


def findings(root: Path) -> list[Finding]:
    """Return everything that breaks a rule, in the order of the files."""
    return sorted({found for rule in RULES for found in rule(root)})


def main(root: Path) -> int:
    """Print what breaks a rule in this project, or in the one whose root is given, and return 1 if anything does."""
    found = findings(root)
    for one in found:
        print(one)
    print(f"Conventions: {len(found)} findings." if found else f"Conventions: {len(RULES)} rules, nothing found.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(Path(*sys.argv[1:2]).resolve() if sys.argv[1:] else ROOT))
