"""List the public keywords of both libraries with their arguments: what users' suites are written against.

Usage: python scripts/list_keywords.py [--approve]   (--approve writes the list to tests/approved/keywords.txt)
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from robot.libdocpkg import LibraryDocumentation
from robot.running.arguments import ArgInfo

ROOT = Path(__file__).resolve().parent.parent
APPROVED = ROOT / "tests" / "approved" / "keywords.txt"
LIBRARIES = ("Katip", "PracticePortal")


def signature(argument: ArgInfo) -> str:
    """Return an argument as `name`, `name=` with a default, `*names`, `**names`, or the `*` before named-only ones."""
    stars = {ArgInfo.VAR_POSITIONAL: "*", ArgInfo.NAMED_ONLY_MARKER: "*", ArgInfo.VAR_NAMED: "**"}
    if argument.kind in stars:
        return stars[argument.kind] + argument.name
    return argument.name if argument.required else f"{argument.name}="


def public_keywords() -> list[str]:
    """Return one line a keyword: library, name, and the names of its arguments, those with a default marked by `=`."""
    return sorted(
        f"{library}.{keyword.name}({', '.join(map(signature, keyword.args))})"
        for library in LIBRARIES
        for keyword in LibraryDocumentation(library).keywords
    )


def main(arguments: Sequence[str]) -> int:
    """Print the list, or write it to the approved file."""
    text = "\n".join(public_keywords()) + "\n"
    if "--approve" in arguments:
        APPROVED.parent.mkdir(parents=True, exist_ok=True)
        APPROVED.write_text(text, encoding="utf-8")
        print(f"Wrote {APPROVED.relative_to(ROOT)}. List what users must change in CHANGELOG.md.")
    else:
        print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
