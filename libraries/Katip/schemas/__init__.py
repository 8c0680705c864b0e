"""JSON Schemas of the files that people write: portal files and rules. Editors complete and check TOML by them.

A schema says in `x-must` (Turkish: `x-must-tr`) what a value must be; that becomes the sentence of the error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from math import isfinite
from typing import Any

from jsonschema import Draft202012Validator, TypeChecker, ValidationError
from jsonschema.validators import extend

from Katip.messages import TURKISH, language, msg
from Katip.package_files import json_schema

NAMES = ("portal", "rules")
_LONGEST = 60


def schema(name: str) -> dict[str, Any]:
    """Return a schema.

    Args:
        name: one of `NAMES`.

    Returns:
        The JSON Schema (draft 2020-12).
    """
    return json_schema(__name__, name)


def problems(name: str, value: Mapping[str, Any]) -> list[str]:
    """Return the problems of a file, each as a sentence that begins with the key's path.

    Args:
        name: one of `NAMES`.
        value: what the file holds.

    Returns:
        In the file's order of sections; nothing where it is as the schema says.

    Example:
        >>> problems("portal", {"pace": {"timeout_s": -1}})  # doctest: +SKIP
        ['[pace] timeout_s must be a number, 0 or more']
    """
    order = {key: place for place, key in enumerate(value)}
    errors = sorted(
        _validator(name).iter_errors(value), key=lambda error: order.get(str(next(iter(error.path), "")), -1)
    )
    return list(dict.fromkeys(sentence for error in errors for sentence in _sentences(error)))


def _is_finite(_checker: TypeChecker, value: object) -> bool:
    """Return True if a value is a number with which one can compare: TOML knows `inf` and `nan` too."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


_TYPES = Draft202012Validator.TYPE_CHECKER.redefine("number", _is_finite)
_Validator: type[Draft202012Validator] = extend(Draft202012Validator, type_checker=_TYPES)  # type: ignore[no-untyped-call]


@cache
def _validator(name: str) -> Draft202012Validator:
    return _Validator(schema(name))


def _sentences(error: ValidationError) -> Iterator[str]:
    path = list(error.absolute_path)
    part: Any = error.schema
    value: Any = error.validator_value
    instance: Any = error.instance
    if error.validator == "additionalProperties" and value is False:
        known = part.get("properties", {})
        for key in instance:
            if key not in known:
                yield msg("{key} is not known", key=toml_path([*path, key]))
    elif error.validator == "required":
        missing = [key for key in value if key not in instance]
        for key in missing:
            yield msg("{key} is missing", key=toml_path([*path, key], is_table=not path))
    else:
        wanted = part.get("x-must-tr" if language() == TURKISH else "x-must")
        seen = repr(instance)
        yield msg(
            "{key} must be {wanted}, not {seen}",
            key=toml_path(path),
            wanted=wanted or _kind_of(error),
            seen=seen if len(seen) <= _LONGEST else seen[:_LONGEST] + "…",
        )


def _kind_of(error: ValidationError) -> str:
    if error.validator == "type":
        return str(error.validator_value)
    return f"{error.validator} {error.validator_value}"


def toml_path(path: list[str | int], is_table: bool = False) -> str:
    """Return the path of a key as a TOML file writes it.

    Args:
        path: its parts; a number is the place in a list, from 0.
        is_table: True if the last part is a table.

    Example:
        >>> toml_path(["grids", "helpers", "columns", "name"]), toml_path(["labels", "save", 1])
        ('[grids.helpers.columns] name', '[labels] save, no. 2')
    """
    number = f", no. {int(path[-1]) + 1}" if path and isinstance(path[-1], int) else ""
    names = [str(part) if isinstance(part, str) else str(part + 1) for part in (path[:-1] if number else path)]
    if is_table or not names:
        return f"[{'.'.join(names)}]{number}"
    *tables, key = names
    return (f"[{'.'.join(tables)}] {key}" if tables else key) + number
