"""Whether the XML of a part has one reading: no alternatives, no unwrapped foreign elements, a standard encoding."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError
from xml.etree.ElementTree import iterparse as plain_iterparse  # nosec B405 - only for parts without a DTD
from xml.parsers.expat import ExpatError, ParserCreate  # nosec B407

from defusedxml.common import DTDForbidden

from Katip.approvals.table_cells import TableUnreadable
from Katip.messages import msg

_COMPATIBILITY: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BRANCHES: Final = frozenset({f"{_COMPATIBILITY}Choice", f"{_COMPATIBILITY}Fallback"})
#: What spreadsheets themselves write in alternatives: form controls, embedded objects, the file's last folder.
_USUAL: Final = frozenset({"controls", "oleObjects", "absPath"})
#: Roots of parts whose content decides what a cell holds or looks like; drawings use alternatives for every second shape.
_DECIDING: Final = frozenset({"worksheet", "workbook", "styleSheet", "sst", "table", "theme"})
#: ECMA-376, part 2, 6.2.5.
_ENCODINGS: Final = frozenset({"", "utf-8", "utf8", "utf-16", "us-ascii", "ascii"})


def checked(xml: bytes) -> bytes:
    """Return a part's XML if it is well-formed and every program reads the same in it.

    Args:
        xml: the part's bytes.

    Raises:
        TableUnreadable: it offers alternatives, or is in an encoding that is not one of the standard's.
        ParseError: it is not well-formed.
        DTDForbidden: it has a document type declaration, the only place where entities can be declared.
    """
    declared: list[str] = []
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_dtd
    parser.XmlDeclHandler = lambda _, encoding, __: declared.append((encoding or "").lower())
    try:
        parser.Parse(xml, True)
    except ExpatError as error:
        raise ParseError(str(error)) from error
    if not _ENCODINGS.issuperset(declared):
        raise TableUnreadable(msg("it is in an old encoding ({encoding}); save it again as XLSX", encoding=declared[0]))
    text = xml.decode("utf-16", "replace").encode() if xml.startswith((b"\xff\xfe", b"\xfe\xff")) else xml
    if (b"AlternateContent" in text or b"ProcessContent" in text) and any(map(_deviates, _starts(xml))):
        raise TableUnreadable(
            msg("it holds alternatives of which each program takes another one; save it again as XLSX")
        )
    return xml


def _starts(xml: bytes) -> Iterator[tuple[Element | None, Element]]:
    """Yield each element of a part that decides, with its parent."""
    above: list[Element] = []
    for event, element in plain_iterparse(io.BytesIO(xml), ("start", "end")):  # noqa: S314  # nosec B314
        if event == "end":
            above.pop()
            continue
        if not above and _local(element) not in _DECIDING:
            return
        yield (above[-1] if above else None), element
        above.append(element)


def _deviates(step: tuple[Element | None, Element]) -> bool:
    parent, element = step
    if f"{_COMPATIBILITY}ProcessContent" in element.attrib:
        return True
    return parent is not None and parent.tag in _BRANCHES and _local(element) not in _USUAL


def _local(element: Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _refuse_dtd(name: str, system: str | None, public: str | None, _: bool) -> None:
    raise DTDForbidden(name, system, public)
