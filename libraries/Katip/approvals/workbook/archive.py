"""The parts of an XLSX file: a ZIP archive, read with limits."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final
from xml.etree.ElementTree import Element, ParseError
from xml.etree.ElementTree import iterparse as plain_iterparse  # nosec B405 - only for parts without a DTD, see _events

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from Katip.approvals.table_cells import TableUnreadable
from Katip.approvals.workbook.attributes import truth
from Katip.approvals.workbook.container import part_key, refuse_two_readings
from Katip.approvals.workbook.markup import checked
from Katip.messages import msg, msg_id

_MOST_ENTRIES: Final = 2_000
_MOST_BYTES: Final = 150_000_000
_MOST_ELEMENTS: Final = 6_000_000
_ONCE_IN_A_CELL: Final = frozenset({"f", "v", "is"})
_CHUNK: Final = 1 << 20
_KINDS: Final = {
    "xl/workbook.bin": msg_id('it is an XLSB file; save it as "Excel Workbook (*.xlsx)"'),
    "Index/Document.iwa": msg_id("it is a Numbers file; export it as Excel (XLSX)"),
    "content.xml": msg_id("it is an OpenDocument file; save it as XLSX"),
    "word/document.xml": msg_id("it is a Word document; save the list as XLSX or CSV"),
    "ppt/presentation.xml": msg_id("it is a PowerPoint file; save the list as XLSX or CSV"),
}
# Transitional and Strict.
_SPREADSHEET: Final = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_STANDARD: Final = ("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/")
_MACROS: Final = "xl/vbaProject.bin"
HOLDS_MACROS: Final = msg_id("it holds macros, which can change what is seen; save it as XLSX without macros")


class Parts:
    """The parts of an XLSX file by their names.

    Args:
        content: the file's bytes.

    Raises:
        TableUnreadable: it is damaged, of another kind, too large, or holds a part twice.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            infos = self._archive.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
            raise _damaged(error) from error
        if len(infos) > _MOST_ENTRIES:
            raise TableUnreadable(
                msg("it holds {count} parts, more than any spreadsheet; save it again as XLSX", count=len(infos))
            )
        self._infos = {part_key(info.filename): info for info in infos}
        for name, reason in _KINDS.items():
            if self.has(name):
                raise TableUnreadable(msg(reason))
        if self.has(_MACROS):
            raise TableUnreadable(msg(HOLDS_MACROS))
        refuse_two_readings(content, self._archive)

    def has(self, name: str) -> bool:
        """Return True if there is such a part.

        Args:
            name: the part's name.
        """
        return part_key(name) in self._infos

    def read(self, name: str) -> bytes:
        """Return a part's bytes.

        Args:
            name: the part's name.

        Raises:
            TableUnreadable: there is no such part, it is damaged or too large.
        """
        if not self.has(name):
            raise TableUnreadable(msg("it is damaged: the part {name} is missing; save it again as XLSX", name=name))
        info = self._infos[part_key(name)]
        if info.flag_bits & 1:
            raise TableUnreadable(msg("it is protected by a password; save it without one"))
        found = bytearray()
        try:
            with self._archive.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    found += chunk
                    if len(found) > _MOST_BYTES:
                        raise TableUnreadable(
                            msg(
                                "its part {name} is larger than {most_bytes} MB; delete the empty rows and columns "
                                "beside the list, and save it again",
                                name=name,
                                most_bytes=_MOST_BYTES // 1_000_000,
                            )
                        )
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise _damaged(error) from error
        return bytes(found)

    def elements(self, name: str, *tags: str) -> Iterator[Element]:
        """Yield the elements of a part that have one of the given names, each when it is complete; then it is emptied.

        Args:
            name: the part's name.
            tags: names without namespace; Strict and Transitional OOXML differ in the namespace alone. One that begins
                with ``./`` is a path from the root: it is yielded there only, and is refused elsewhere.

        Yields:
            The elements in the order in which they end.

        Raises:
            TableUnreadable: the part is missing, damaged, too large, or no plain XML.
        """
        wanted = frozenset(tag for tag in tags if not tag.startswith("./"))
        paths = {tag.rsplit("/", 1)[-1]: tag.split("/")[1:-1] for tag in tags if tag.startswith("./")}
        depth: list[Element] = []
        count = 0
        try:
            for event, element in _events(self.read(name)):
                if event == "start":
                    count += 1
                    _refuse_too_many(count)
                    depth.append(element)
                    continue
                depth.pop()
                if not _is_wanted(element, depth, wanted, paths):
                    continue
                yield element
                element.clear()
                if depth:
                    depth[-1].remove(element)
        except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
            raise _damaged(error) from error

    def root(self, name: str) -> Element:
        """Return a whole part; for small ones.

        Args:
            name: the part's name.

        Raises:
            TableUnreadable: the part is missing, damaged or too large.
        """
        last: Element | None = None
        try:
            for _, element in iterparse(io.BytesIO(checked(self.read(name))), ("end",), forbid_dtd=True):
                last = element
        except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
            raise _damaged(error) from error
        if last is None:
            raise TableUnreadable(msg("it is damaged: the part {name} is empty; save it again as XLSX", name=name))
        return last

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Return what a part refers to.

        Args:
            name: the part's name.

        Returns:
            Id to kind (the last word of its type) and name of the part; those outside the file are left out.
        """
        folder, file = posixpath.split(name)
        rels = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        if not self.has(rels):
            return {}
        found: dict[str, tuple[str, str]] = {}
        for relation in self.root(rels):
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            ident = relation.get("Id", "")
            if ident in found:
                raise TableUnreadable(
                    msg(
                        "it can be read in two ways: {rels} names {ident} twice; save it again as XLSX",
                        rels=rels,
                        ident=ident,
                    )
                )
            found[ident] = (relation.get("Type", "").rsplit("/", 1)[-1], path)
        return found


def _events(xml: bytes) -> Iterator[tuple[str, Element]]:
    """Return the events of a large part's parser: that of defusedxml builds each element in Python, which takes four times as long.

    Raises:
        DefusedXmlException: the part has a document type declaration.
    """
    return iter(plain_iterparse(io.BytesIO(checked(xml)), ("start", "end")))  # noqa: S314  # nosec B314


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return _local(str(element.tag))


@lru_cache(maxsize=4096)
def _namespace(tag: str) -> str:
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def is_own(element: Element) -> bool:
    """Return True for an element of SpreadsheetML; a spreadsheet ignores those of a foreign namespace."""
    return _namespace(str(element.tag)) in _SPREADSHEET


def _all_own(elements: list[Element]) -> bool:
    return all(map(is_own, elements))


def _belongs(element: Element, parent: Element) -> bool:
    """Return True if an element is of its parent's namespace or of SpreadsheetML, which extensions use inside them."""
    return is_own(element) or _namespace(str(element.tag)) == _namespace(str(parent.tag))


def child(element: Element, name: str) -> Element | None:
    """Return the child of a name, or None.

    Raises:
        TableUnreadable: there are two of them.
    """
    found = children(element, name)
    if len(found) > 1:
        raise TableUnreadable(
            msg("it can be read in two ways: {name} is stored twice; save it again as XLSX", name=name)
        )
    return found[0] if found else None


def only_children(element: Element) -> dict[str, Element]:
    """Return an element's children by their names, in one pass.

    Raises:
        TableUnreadable: there are two of a name.
    """
    found: dict[str, Element] = {}
    for each in element:
        if not _belongs(each, element):
            continue
        name = local(each)
        if name in found and name in _ONCE_IN_A_CELL:
            raise TableUnreadable(
                msg("it can be read in two ways: {name} is stored twice; save it again as XLSX", name=name)
            )
        found[name] = each
    return found


def children(element: Element, name: str) -> list[Element]:
    """Return the children of a name."""
    return [each for each in element if local(each) == name and _belongs(each, element)]


def leaf_text(element: Element | None) -> str:
    """Return an element's text; empty for None.

    Raises:
        TableUnreadable: it holds elements, which programs read with or without their texts.
    """
    if element is None:
        return ""
    if len(element):
        raise TableUnreadable(
            msg("it can be read in two ways: {name} holds other elements; save it again as XLSX", name=local(element))
        )
    return element.text or ""


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its name without the standard's namespaces; empty where it is not there."""
    for key, value in element.attrib.items():
        if _local(key) == name and (not key.startswith("{") or key[1:].startswith(_STANDARD)):
            return value
    return ""


def is_true(element: Element | None, name: str = "val") -> bool:
    """Return True if a boolean attribute is on; an element without it is on by being there.

    Args:
        element: the element, or None.
        name: the attribute.
    """
    return element is not None and truth(element.get(name, "1"))


def flag(element: Element, name: str) -> bool:
    """Return True if a boolean attribute is there and on.

    Args:
        element: the element.
        name: the attribute.
    """
    return truth(element.get(name, "0"))


def _damaged(error: Exception) -> TableUnreadable:
    return TableUnreadable(
        msg("it is damaged or no XLSX file ({kind}); save it again as XLSX", kind=type(error).__name__)
    )


def _refuse_too_many(count: int) -> None:
    if count > _MOST_ELEMENTS:
        raise TableUnreadable(
            msg(
                "it has millions of formatted cells; delete the empty rows and columns beside the list, "
                "and save it again"
            )
        )


def _is_wanted(
    element: Element, around: list[Element], wanted: Collection[str], paths: Mapping[str, Sequence[str]]
) -> bool:
    """Return True if an element has one of the names, and is at its path where it has one.

    Raises:
        TableUnreadable: it is somewhere else.
    """
    name = local(element)
    if name not in paths or not is_own(element):
        return name in wanted
    if [local(each) for each in around[1:] if is_own(each)] != paths[name] or not _all_own(around):
        raise TableUnreadable(
            msg("it holds {name_here} where no spreadsheet looks for it; save it again as XLSX", name_here=name)
        )
    return True
