"""The QR code that carries the manifest's digest from paper back to the files."""

from __future__ import annotations

import segno


def code_text(run: str, digest: str) -> str:
    """Return what the code says.

    Args:
        run: the run's name.
        digest: the manifest's SHA-256.

    Returns:
        One line.
    """
    return f"katip {run} sha256:{digest}"


def svg(run: str, digest: str) -> str:
    """Return the code for a page.

    Args:
        run: the run's name.
        digest: the manifest's SHA-256.

    Returns:
        An inline SVG.
    """
    return segno.make(code_text(run, digest), error="m").svg_inline(scale=3, border=2, omitsize=True)


def matrix(run: str, digest: str) -> list[list[bool]]:
    """Return the code's modules for a drawing.

    Args:
        run: the run's name.
        digest: the manifest's SHA-256.

    Returns:
        Rows of dark (True) and light modules, without a border.
    """
    return [[bool(module) for module in row] for row in segno.make(code_text(run, digest), error="m").matrix]
