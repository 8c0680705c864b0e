"""Every public keyword says what its arguments are, what it returns, which errors it raises, and how it is called."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from Katip import errors

ROOT = Path(__file__).parents[1]
_ENTRY = re.compile(r"^    (\**\w+): ", re.MULTILINE)
_NO_ERROR = "Never fails."


def keywords(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Yield the methods that are keywords."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            decorators = [getattr(each, "func", each) for each in node.decorator_list]
            if any(getattr(each, "id", "") == "keyword" for each in decorators):
                yield node


def sections(text: str) -> dict[str, str]:
    """Return the parts of a docstring by their heads; what stands before the first has the head ``""``."""
    parts = re.split(r"^(Args|Returns|Raises|Example):$", text, flags=re.MULTILINE)
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}


def arguments(function: ast.FunctionDef) -> list[str]:
    """Return the names of a keyword's arguments."""
    given = function.args
    more = [each for each in (given.vararg, given.kwarg) if each is not None]
    return [each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs, *more) if each.arg != "self"]


def gaps(function: ast.FunctionDef) -> Iterator[str]:
    """Yield what the docstring of a keyword lacks."""
    said = sections(ast.get_docstring(function) or "")
    if not said[""].strip():
        yield "what it does"
    named = _ENTRY.findall(said.get("Args", ""))
    if named != arguments(function):
        yield f"Args: {', '.join(arguments(function))}"
    if ast.unparse(function.returns or ast.Constant(None)) != "None" and not said.get("Returns", "").strip():
        yield "Returns"
    yield from gaps_of_errors(function, said)
    words = function.name.replace("_", " ").title()
    if not re.search(rf"^\| .*\b{words}\b", said.get("Example", ""), re.MULTILINE):
        yield f"Example: a line that calls `{words}`"


def gaps_of_errors(function: ast.FunctionDef, said: dict[str, str]) -> Iterator[str]:
    """Yield what a docstring lacks about errors: each by its class and its code, those raised in the keyword itself at least."""
    entries = re.split(_ENTRY, said.get("Raises", ""))
    texts = dict(zip(entries[1::2], entries[2::2], strict=True))
    if not texts and _NO_ERROR not in said[""]:
        yield f"Raises, or the words {_NO_ERROR!r}"
    for name, text in texts.items():
        code = getattr(getattr(errors, name, None), "code", "")
        if code and not text.rstrip().endswith(f"({code})."):
            yield f"Raises: {name} with ({code}) at its end"
    raised = (node.exc for node in ast.walk(function) if isinstance(node, ast.Raise))
    called = {getattr(each.func, "id", "") for each in raised if isinstance(each, ast.Call)}
    yield from (f"Raises: {name}" for name in sorted(called - set(texts)) if name[:1].isupper())


PLACES = [
    pytest.param(function, id=f"{path.relative_to(ROOT / 'libraries').as_posix()}:{function.name}")
    for path in sorted((ROOT / "libraries").rglob("*.py"))
    if "@keyword" in (text := path.read_text("utf-8"))  # every worker does this when it collects
    for function in keywords(ast.parse(text))
]


def test_all_keywords_are_looked_at() -> None:
    approved = (ROOT / "tests" / "approved" / "keywords.txt").read_text("utf-8").splitlines()
    assert len(PLACES) == len(approved)


@pytest.mark.parametrize("function", PLACES)
def test_keyword_says_all_that_its_caller_needs(function: ast.FunctionDef) -> None:
    assert list(gaps(function)) == []


WHOLE = '''
@keyword(tags=["5.8"])
def read_row(self, index: int, *, wait: str = "") -> str:
    """Read a row.

    Args:
        index: its place, from 1.
        wait: how long, as a Robot time.

    Returns:
        Its text.

    Raises:
        GridUnreadable: It is not there (KTP-114).

    Example:
    | ${text} =    Read Row    1
    """
    raise GridUnreadable("x")
'''


@pytest.mark.parametrize(
    ("cut", "lacks"),
    [
        ("Read a row.\n", ["what it does"]),
        ("        wait: how long, as a Robot time.\n", ["Args: index, wait"]),
        ("    Returns:\n        Its text.\n", ["Returns"]),
        (" (KTP-114)", ["Raises: GridUnreadable with (KTP-114) at its end"]),
        (
            "    Raises:\n        GridUnreadable: It is not there (KTP-114).\n",
            ["Raises, or the words 'Never fails.'", "Raises: GridUnreadable"],
        ),
        ("    | ${text} =    Read Row    1\n", ["Example: a line that calls `Read Row`"]),
        ("nothing at all", []),
    ],
)
def test_what_is_missing_is_named(cut: str, lacks: list[str]) -> None:
    (function,) = keywords(ast.parse(WHOLE.replace(cut, "")))
    assert list(gaps(function)) == lacks
