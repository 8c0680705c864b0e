"""Values of attributes: read alike by every spreadsheet program, or refused."""

from __future__ import annotations

import re
from typing import Final

from Katip.approvals.table_cells import TableUnreadable
from Katip.messages import msg

_ON: Final = frozenset({"1", "true", "on", "t"})
_OFF: Final = frozenset({"", "0", "false", "off", "f"})
_WHOLE: Final = re.compile(r"\+?[0-9]{1,15}")
_REAL: Final = re.compile(r"[+-]?(?:[0-9]{1,60}\.?[0-9]{0,60}|\.[0-9]{1,60})(?:[eE][+-]?[0-9]{1,2})?")


def truth(text: str) -> bool:
    """Return a boolean attribute's value.

    Args:
        text: the attribute; blanks around it do not count (XML Schema part 2, 4.3.6).

    Raises:
        TableUnreadable: it is none, so that programs differ about it.
    """
    found = text.strip().lower()
    if found not in _ON and found not in _OFF:
        raise _odd(text)
    return found in _ON


def whole(text: str | None, otherwise: int) -> int:
    """Return the value of an attribute that holds a number without sign and decimals.

    Args:
        text: the attribute, or None.
        otherwise: the value where it is missing or empty.

    Raises:
        TableUnreadable: it is no such number.
    """
    found = _matching(_WHOLE, text)
    return int(found) if found else otherwise


def real(text: str | None) -> float | None:
    """Return the value of an attribute that holds a number; None where it is missing or empty.

    Args:
        text: the attribute, or None.

    Raises:
        TableUnreadable: it is no number.
    """
    found = _matching(_REAL, text)
    return float(found) if found else None


def _matching(form: re.Pattern[str], text: str | None) -> str:
    found = (text or "").strip()
    if found and not form.fullmatch(found):
        raise _odd(found)
    return found


def _odd(text: str) -> TableUnreadable:
    return TableUnreadable(
        msg(
            "it is damaged: {text!r} is in the place of a number or of yes or no; save it again as XLSX",
            text=text[:40],
        )
    )
