"""What Robot's output.xml says of the contracts' tasks, read without Robot and without holding the file in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

_CONTRACT_TAG: Final = re.compile(r"contract-(\d{3,})")


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
    """Give the tasks that carry a contract's tag.

    Args:
        stream: an output.xml.

    Returns:
        In the order in which they ran.

    Raises:
        ValueError: if this is no output.xml of Robot Framework.
    """
    try:
        return list(_tasks(stream))
    except (ParseError, DefusedXmlException) as error:
        raise ValueError(str(error)) from error


def _tasks(stream: IO[bytes]) -> Iterator[ContractTask]:
    depth: list[str] = []
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            depth.append(element.tag)
            if len(depth) == 1 and element.tag != "robot":
                raise ValueError(f"the outermost element is <{element.tag}>")
            continue
        depth.pop()
        if element.tag == "test":
            yield from _task(element)
        # A log can be hundreds of megabytes: what stands inside keywords is of no use here.
        if element.tag in {"test", "kw", "suite"}:
            element.clear()


def _task(test: Element) -> Iterator[ContractTask]:
    status = test.find("status")
    for tag in test.iter("tag"):
        found = _CONTRACT_TAG.fullmatch((tag.text or "").strip())
        if found and status is not None:
            yield ContractTask(
                int(found[1]), status.get("status", ""), status.get("start", status.get("starttime", ""))
            )
