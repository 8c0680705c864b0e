"""The report as one page, in both languages, made for print; written in pieces, so that its size needs no memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from Katip.evidence.report.data import ContractReport, Picture, RunReport, local_time
from Katip.evidence.report.qr import svg
from Katip.evidence.report.texts import CLAUSES, TEXTS

Address = Callable[[RunReport, ContractReport, Picture], str]


def write_html(reports: Sequence[RunReport], path: Path, language: str, address: Address, sources: str) -> None:
    """Write the page.

    Args:
        reports: the runs.
        path: where to.
        language: ``tr`` or ``en``: what it shows first.
        address: returns the address of a picture, or an empty text if it cannot be read.
        sources: where pictures may come from, as `img-src` of the Content Security Policy says it.
    """
    environment = Environment(
        loader=PackageLoader("Katip.evidence.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        t=_both, clause_title=_clause, picture=address, qr=_qr, both=_pair, local_time=local_time
    )
    parts = environment.get_template("rapor.html").generate(reports=reports, language=language, sources=sources)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for part in parts:
            file.write(part)


def _pair(turkish: str, english: str) -> Markup:
    if turkish == english:
        return escape(turkish)
    return Markup('<span lang="tr">{}</span><span lang="en">{}</span>').format(turkish, english)


def _both(key: str) -> Markup:
    return _pair(*TEXTS[key])


def _clause(number: str) -> Markup:
    return _pair(*CLAUSES[number])


def _qr(report: RunReport) -> Markup:
    # segno draws from the run's name and a digest, both of a closed alphabet; so it contains no foreign text.
    return Markup(svg(report.id, report.manifest_digest)) if report.manifest_digest else Markup()  # noqa: S704
