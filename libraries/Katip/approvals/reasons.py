"""Why something was or was not done, in the two languages in which the project is read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, said in English and in Turkish.

    Its text form is the English one: what `approvals.json` and Robot's messages carry. Reports for operators use the
    Turkish one.
    Both may hold words of the portal or of a worklist: whoever shows them treats them as data.

    Attributes:
        en: the reason as an English clause, without a closing full stop.
        tr: the same in Turkish.

    Example:
        >>> str(Reason("not on the worklist", "listede yok"))
        'not on the worklist'
    """

    en: str
    tr: str

    def __str__(self) -> str:
        return self.en

    def and_also(self, other: Reason) -> Reason:
        """Return this reason followed by another.

        Args:
            other: what else there is to say.

        Returns:
            Both, separated by a semicolon.
        """
        return Reason(f"{self.en}; {other.en}", f"{self.tr}; {other.tr}")


def of_error(error: BaseException) -> Reason:
    """Return an error as a reason.

    Args:
        error: any exception.

    Returns:
        The first line of its message, or its class where it has none.
    """
    words = str(error).strip() or type(error).__name__
    return Reason(words.splitlines()[0], words.splitlines()[0])
