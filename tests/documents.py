"""The project's documents, and what stands in them."""

import re
from pathlib import Path

from robot.api import Token, get_tokens

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.tr.md")
FIRST_RUN = ("docs/guides/1-first-run.md", "docs/guides/1-ilk-calistirma.md")
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/**/*.md", "results/README.md")
    for path in ROOT.glob(pattern)
)
SUITES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("robots/**/*.robot"))
CODE_BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def suite_variables(suite: str) -> set[str]:
    tokens = get_tokens(str(ROOT / suite), data_only=True)
    return {token.value.strip("${}= ") for token in tokens if token.type == Token.VARIABLE}
