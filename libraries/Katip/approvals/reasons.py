"""Why something was or was not done, as it is said in the language of the run."""

from __future__ import annotations

from Katip.errors import KatipError
from Katip.messages import Message


def joined(*reasons: str) -> str:
    """Return reasons one after the other, separated by semicolons.

    Args:
        reasons: clauses without a closing full stop.

    Example:
        >>> joined("not on the worklist", "row 3 has this name")
        'not on the worklist; row 3 has this name'
    """
    names = [f"reason{number}" for number, _ in enumerate(reasons)]
    return Message("; ".join(f"{{{name}}}" for name in names), dict(zip(names, reasons, strict=True)))


def of_error(error: BaseException) -> str:
    """Return an error as a reason.

    Args:
        error: any exception.

    Returns:
        The first line of its message, or its class where it has none.
    """
    words = str(error).strip() or type(error).__name__
    if isinstance(error, KatipError) and words == f"[{error.code}] {error.sentence}" and "\n" not in words:
        return Message("[{code}] {sentence}", {"code": error.code, "sentence": error.sentence})
    return words.splitlines()[0]
