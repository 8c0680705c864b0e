"""What Robot's output.xml says of the contracts' tasks, read without Robot and in constant memory.

A log can be hundreds of megabytes, and a foreign one can be made to fill the memory: only the few elements that matter
are looked at, nothing of the rest is kept, and no DTD is taken (no entity can grow).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import IO, Final
from xml.parsers import expat

from Katip.messages import msg

_CONTRACT_TAG: Final = re.compile(r"contract-(\d{3,9})")
_BLOCK: Final = 1 << 16
_LONGEST_TOKEN: Final = 16 << 20
_DEEPEST: Final = 1000
_LONGEST_TAG: Final = 1000


@dataclass(frozen=True, slots=True)
class ContractTask:
    """A task of one contract.

    Attributes:
        index: the contract's place in approvals.json, from its tag.
        status: PASS, FAIL or SKIP.
        started: when, as Robot writes it (local time), or an empty text.
    """

    index: int
    status: str
    started: str


def contract_tasks(stream: IO[bytes]) -> list[ContractTask]:
    """Return the tasks that carry a contract's tag.

    Args:
        stream: an output.xml.

    Returns:
        In the order in which they ran.

    Raises:
        ValueError: if this is no output.xml of Robot Framework.
    """
    reading = _Reading()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    parser.StartDoctypeDeclHandler = reading.doctype
    fed = 0
    try:
        while block := stream.read(_BLOCK):
            parser.Parse(block, False)
            fed += len(block)
            if fed - parser.CurrentByteIndex > _LONGEST_TOKEN:
                raise ValueError(msg("an element or a text whose end is not found"))
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return reading.tasks


@dataclass(slots=True)
class _Reading:
    """Where in the file the parser is, and what was found so far."""

    tasks: list[ContractTask] = field(default_factory=list)
    _path: list[str] = field(default_factory=list)
    _test: int | None = None
    _tags: list[int] = field(default_factory=list)
    _tag: str | None = None
    _status: dict[str, str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Handle the start of an element."""
        self._require_plausible(name)
        self._path.append(name)
        if name == "test" and self._test is None:
            self._test, self._tags, self._status = len(self._path), [], None
        elif self._test is None:
            return
        elif name == "tag":
            self._tag = ""
        elif name == "status" and len(self._path) == self._test + 1 and self._status is None:
            self._status = {key: attributes[key][:100] for key in ("status", "start", "starttime") if key in attributes}

    def _require_plausible(self, name: str) -> None:
        """Raise `ValueError` for an element that Robot writes nowhere: another outermost one, or one far too deep."""
        if not self._path and name != "robot":
            raise ValueError(msg("the outermost element is <{name}>", name=name[:50]))
        if len(self._path) >= _DEEPEST:
            raise ValueError(msg("elements in elements, more than {deepest} deep", deepest=_DEEPEST))

    def end(self, name: str) -> None:
        """Handle the end of an element."""
        if self._tag is not None and name == "tag":
            found = _CONTRACT_TAG.fullmatch(self._tag.strip())
            if found:
                self._tags.append(int(found[1]))
            self._tag = None
        if self._test == len(self._path):
            if self._status is not None:
                started = self._status.get("start", self._status.get("starttime", ""))
                status = self._status.get("status", "")
                self.tasks += [ContractTask(index, status, started) for index in self._tags]
            self._test = None
        self._path.pop()

    def text(self, data: str) -> None:
        """Handle text; only that of tags is used."""
        if self._tag is not None and len(self._tag) <= _LONGEST_TAG:
            self._tag += data

    def doctype(self, *_: object) -> None:
        """Refuse a document type, in which entities would be declared."""
        raise ValueError(msg("it declares a document type, which no output.xml does"))
