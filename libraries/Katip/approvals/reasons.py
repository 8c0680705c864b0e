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


def code_of(reason: object) -> str:
    """Return the code of the error that a reason is about; empty where it is about none.

    Args:
        reason: a reason; only what this library made of an error has a code, never words of a portal.

    Example:
        >>> code_of(of_error(NothingToDo("Looking for the list")))  # doctest: +SKIP
        'KTP-002'
    """
    if not isinstance(reason, Message):
        return ""
    own = str(reason.values.get("code", ""))
    return own or next(filter(None, map(code_of, reason.values.values())), "")


def with_code(words: str, code: str) -> str:
    """Return a reason that knows the code of the error it is about.

    Args:
        words: the reason.
        code: the code, or empty.
    """
    return Message("{words}", {"words": words, "code": code})


def of_error(error: BaseException) -> str:
    """Return an error as a reason.

    Args:
        error: any exception.

    Returns:
        Its message in one line, with its code, if it is an error of this library; else the message's first line, or its class where it has none.
    """
    words = str(error).strip() or type(error).__name__
    if not isinstance(error, KatipError):
        return words.splitlines()[0]
    own = Message("[{code}] {sentence}", {"code": error.code, "sentence": error.sentence})
    line = " ".join(part.removeprefix("→ ").strip() for part in words.splitlines())
    return own if own == line else with_code(line, error.code)
