"""The JSON Schemas of the evidence's files, and the check against them."""

from __future__ import annotations

from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from Katip.package_files import json_schema

NAMES = ("record", "personal", "run", "clauses", "manifest")


def record_schema(name: str) -> dict[str, Any]:
    """Return a schema.

    Args:
        name: one of `NAMES`.

    Returns:
        The JSON Schema (draft 2020-12).
    """
    return json_schema(__name__, name)


def first_error(name: str, value: Any) -> str:
    """Return the first schema violation of a file's content.

    Args:
        name: one of `NAMES`.
        value: what the file holds.

    Returns:
        The first difference as a sentence, or an empty text.
    """
    for error in _validator(name).iter_errors(value):
        place = "/".join(map(str, error.absolute_path))
        return f"{place}: {error.message}"[:300] if place else error.message[:300]
    return ""


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(record_schema(name))
