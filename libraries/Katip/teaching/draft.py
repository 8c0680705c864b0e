"""The draft of a portal's file: entries that differ from a shipped portal, each with where it was seen; nothing personal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from Katip.messages import msg
from Katip.portal import portal_data
from Katip.reading.controls import KIND_NAMES
from Katip.teaching.kept_out import Privacy
from Katip.teaching.marks import Marks
from Katip.teaching.portal_writer import Path, as_toml
from Katip.teaching.walk import FOUND_NAMES, Found, Press, TaughtWalk, WalkStage
from Katip.turkish import Vocabulary

BASES = ("today", "v9")


@dataclass(slots=True)
class Learned:
    """What a walk adds to a shipped portal.

    Attributes:
        tables: the portal's file, `extends` included.
        comments: when and where each entry was seen, by its path.
        left_out: what could not be written or found again, a sentence each.
    """

    tables: dict[str, Any]
    comments: dict[Path, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many entries it has: the fewer, the nearer the shipped portal."""
        return sum(len(value) if isinstance(value, Mapping) else 1 for value in self.tables.values())

    def text(self, head: Sequence[str] = ()) -> str:
        """Return the file.

        Args:
            head: lines before everything else.
        """
        return as_toml(self.tables, self.comments, head)


@cache
def shipped(base: str) -> Mapping[str, Any]:
    """Return what a shipped portal's file says; it is never changed.

    Args:
        base: the portal's name.
    """
    return portal_data(base)


def private_of(walk: TaughtWalk) -> Privacy:
    """Return what knows the personal texts of a walk.

    Args:
        walk: the walk.
    """
    return Privacy(walk.personal, _common_texts())


def _common_texts() -> Iterator[str]:
    def texts(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            for inner in value.values():
                yield from texts(inner)
        elif isinstance(value, (list, tuple)):
            for inner in value:
                yield from texts(inner)

    for base in BASES:
        yield from texts(shipped(base))


class Draft:
    """Collects the entries that a walk gives over one shipped portal.

    Args:
        walk: the walk.
        base: the shipped portal's name.
        name: the new portal's short name.
    """

    def __init__(self, walk: TaughtWalk, base: str, name: str) -> None:
        self._walk, self._base = walk, shipped(base)
        self._words = Vocabulary(self._base.get("abbreviations", {}))
        self._privacy = private_of(walk)
        self._found = Learned({"extends": base, "name": name})
        self._page_marks = Marks(self._words, self._privacy, walk.cells)
        self._unknown: list[str] = []

    def _set(self, path: Path, value: Any, seen: str = "") -> None:
        """Write an entry where the shipped portal says something else."""
        here: Any = self._base
        for part in path:
            here = here.get(part) if isinstance(here, Mapping) else None
        if here == value:
            return
        table = self._found.tables
        for part in path[:-1]:
            table = table.setdefault(part, {})
        table[path[-1]] = value
        if seen:
            self._found.comments[path] = seen

    def _may_write(self, text: str, what: str) -> bool:
        if not text:
            return False
        if self._privacy.is_personal(text):
            self._found.left_out.append(msg("{what}: its words look personal and are not written", what=what))
            return False
        return True

    def _base_names(self, section: str, key: str) -> list[str]:
        value = self._base.get(section, {}).get(key, [])
        return list(value["names"] if isinstance(value, Mapping) else value)

    def _knows(self, section: str, key: str, text: str) -> bool:
        return self._words.key(text) in self._words.keys(self._base_names(section, key))

    def _label(self, key: str, press: Press, *, any_one: bool = False) -> bool:
        """Write the words of a control that was pressed; False where they cannot be written."""
        where = f"{press.stage.clause} ({key})"
        if not self._may_write(press.name, where):
            return False
        if press.found is not Found.EXACTLY and not any_one:
            self._found.left_out.append(
                msg(
                    '{where}: "{name}" does not lead to exactly the control that was pressed ({how})',
                    where=where,
                    name=press.name,
                    how=msg(FOUND_NAMES[press.found]),
                )
            )
        if self._knows("labels", key, press.name) and (press.found is Found.EXACTLY and not press.near):
            return True
        value: Any = {"names": [press.name], "any": True} if any_one else [press.name]
        near = [word for word in press.near if not self._privacy.is_personal(word)]
        if near:
            value = {"names": [press.name], "near": near}
        self._set(("labels", key), value, self._seen(press))
        return True

    def _seen(self, press: Press) -> str:
        at = f" ({press.at.value})" if press.at is not None else ""
        return msg(
            "{clause}, {day}: pressed: {kind}{at}; found again: {found}",
            clause=press.stage.clause,
            day=self._walk.day.isoformat(),
            kind=msg(KIND_NAMES[press.kind]),
            at=at,
            found=msg(FOUND_NAMES[press.found]),
        )

    def _on(self, stage: WalkStage) -> str:
        return f"{stage.clause}, {self._walk.day.isoformat()}"
