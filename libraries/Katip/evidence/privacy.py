"""Personal values in records: only as HMAC, with a salt that is deleted with them.

A bare SHA-256 of a T.C. number can be undone by trying all of them.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any

from Katip.evidence.files import canonical_json


def new_salt() -> str:
    """Make the random salt of one record.

    Returns:
        64 hexadecimal digits.
    """
    return secrets.token_hex(32)


def salted_digest(salt: str, field: str, value: Any) -> str:
    """Return the digest that represents a personal value in a record.

    Args:
        salt: the record's salt, as `new_salt` made it.
        field: the field's name, so that two fields' values cannot be exchanged.
        value: the value as JSON.

    Returns:
        HMAC-SHA256 in 64 hexadecimal digits.
    """
    return hmac.new(bytes.fromhex(salt), field.encode() + b"\0" + canonical_json(value), hashlib.sha256).hexdigest()
