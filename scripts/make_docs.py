"""Write the keyword documentation of both libraries and of the resources as HTML to `build/docs`."""

import sys
from pathlib import Path

from robot.libdoc import libdoc

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = {"Katip": "Katip", "PracticePortal": "PracticePortal", "Katip-tr": "Katip::language=tr"}


def main(target: Path) -> int:
    """Write one HTML page a library and a resource file, and print where they are."""
    target.mkdir(parents=True, exist_ok=True)
    resources = {path.stem: str(path) for path in sorted((ROOT / "resources").rglob("*.resource"))}
    for name, source in (LIBRARIES | resources).items():
        page = target / f"{name}.html"
        libdoc(source, str(page), quiet=True)
        print(page.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main(ROOT / "build" / "docs"))
