"""Write a portal's file as TOML, with comments that say when and where each entry was seen."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from Katip.turkish import for_terminal, visible

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LONGEST = 110

Path = tuple[str, ...]


def as_toml(tables: Mapping[str, Any], comments: Mapping[Path, str], head: Sequence[str] = ()) -> str:
    """Return a portal's file.

    Args:
        tables: what it says; texts, numbers, truth values, lists of these or of tables, and tables.
        comments: a remark for a table or a key, by its path; the empty path's is before everything.
        head: lines before everything else, without their ``#``.

    Returns:
        TOML 1.0, ending in a line feed.

    Example:
        >>> print(as_toml({"extends": "today", "labels": {"save": ["Kaydet"]}}, {("labels", "save"): "5.9"}), end="")
        extends = "today"
        <BLANKLINE>
        [labels]
        # 5.9
        save = ["Kaydet"]
    """
    lines = [*map(_comment, head), *([""] if head else [])]
    lines += _table((), tables, comments)
    return "\n".join(lines).strip("\n") + "\n"


def _table(path: Path, table: Mapping[str, Any], comments: Mapping[Path, str]) -> Iterator[str]:
    for key, value in table.items():
        if not _is_table(value, path):
            yield from _remark((*path, key), comments)
            yield f"{_key(key)} = {_value(value)}"
    for key, value in table.items():
        if _is_table(value, path):
            here = (*path, key)
            if any(not _is_table(inner, here) for inner in value.values()) or not value:
                yield ""
                yield from _remark(here, comments)
                yield f"[{'.'.join(map(_key, here))}]"
            yield from _table(here, value, comments)


def _is_table(value: Any, path: Path) -> bool:
    """A label with `names` is written in one line, everything else of its kind as a table."""
    return isinstance(value, Mapping) and not (path and "names" in value)


def _remark(path: Path, comments: Mapping[Path, str]) -> Iterator[str]:
    if path in comments:
        yield _comment(comments[path])


def _comment(text: str) -> str:
    return f"# {for_terminal(visible(text))}".rstrip()


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(inner)}" for key, inner in value.items()) + " }"
    parts = [_value(each) for each in value]
    line = "[" + ", ".join(parts) + "]"
    return line if len(line) <= _LONGEST else "[\n" + "".join(f"  {part},\n" for part in parts) + "]"


def _text(text: str) -> str:
    """A basic string of TOML: JSON's escapes are its own, but for the sign DEL; what cannot be seen is left out."""
    return json.dumps(for_terminal(visible(text)), ensure_ascii=False).replace("\x7f", "\\u007F")
