"""Write the keyword documentation of both libraries and of the resources as HTML to `build/docs`."""

import sys
from pathlib import Path

from robot.libdoc import libdoc

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = ("Katip", "PracticePortal")


def main(target: Path) -> int:
    """Write one HTML page a library and a resource file, and print where they are."""
    target.mkdir(parents=True, exist_ok=True)
    sources = [*LIBRARIES, *map(str, sorted((ROOT / "resources").rglob("*.resource")))]
    for source in sources:
        page = target / f"{Path(source).stem}.html"
        libdoc(source, str(page), quiet=True)
        print(page.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main(ROOT / "build" / "docs"))
