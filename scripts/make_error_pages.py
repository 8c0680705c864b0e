"""Write the guide's pages of error codes from `Katip.error_guide`."""

from __future__ import annotations

from pathlib import Path

from Katip.error_guide import guide_page

GUIDES = Path(__file__).resolve().parents[1] / "docs" / "guides"
PAGES = {"tr": GUIDES / "7-hata-kodlari.md", "en": GUIDES / "7-errors-by-code.md"}


def main() -> None:
    """Write both pages."""
    GUIDES.mkdir(exist_ok=True)
    for language, path in PAGES.items():
        path.write_text(guide_page(language), encoding="utf-8")


if __name__ == "__main__":
    main()
