"""Name every function that branches more often than the limit, boolean operators and comprehensions counted as radon does.

In tests an `assert` is no branch. Web pages that strangers' toolkits serve are part of the count, vendored files are not.

Usage: python scripts/check_complexity.py [PATH…]
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from radon.complexity import cc_visit
from radon.visitors import Class, Function

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("libraries", "scripts", "tests")
LIMIT = 12


def functions_in(source: str, *, is_test: bool = False) -> Iterator[Function]:
    """Yield every function of a module, methods and functions in functions too, with its complexity.

    Args:
        source: the module's text.
        is_test: True not to count `assert`.
    """
    yield from _functions(cc_visit(source, no_assert=is_test))


def _functions(blocks: Sequence[Class | Function]) -> Iterator[Function]:
    seen: set[tuple[int, str]] = set()  # a method is listed both by itself and in its class
    for block in blocks:
        inner = [block, *_functions(block.closures)] if isinstance(block, Function) else _functions(block.methods)
        for function in inner:
            if (function.lineno, function.name) not in seen:
                seen.add((function.lineno, function.name))
                yield function


def too_complex(path: Path) -> Iterator[str]:
    """Yield a line for each function of a file that is above the limit.

    Args:
        path: the file.
    """
    shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    for function in functions_in(path.read_text("utf-8"), is_test="tests" in shown.parts):
        if function.complexity > LIMIT:
            yield f"{shown}:{function.lineno}: {function.fullname} has a complexity of {function.complexity} (at most {LIMIT})"


def main(paths: Sequence[str]) -> int:
    """Check the files of these paths, or all, and return 0 only if no function is above the limit."""
    given = [Path(path).resolve() for path in paths] or [ROOT / folder for folder in FOLDERS]
    files = [file for path in given for file in ([path] if path.is_file() else sorted(path.rglob("*.py")))]
    found = [line for file in files if "vendor" not in file.parts for line in too_complex(file)]
    print("\n".join(found) or f"No function of {len(files)} files has a complexity above {LIMIT}.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
