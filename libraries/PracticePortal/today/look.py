"""How the pages of the skin `today` are built: everything that is not known of the real portal, or differs between reports, is a choice here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace

# The first of each is the default.
CHOICES: dict[str, tuple[str, ...]] = {
    "table": ("native", "virtual"),
    "action": ("button", "icon", "link", "menu", "checked"),
    "form": ("dialog", "drawer", "page", "none"),
    "names": ("full", "masked"),
    "ids": ("list", "form"),
    "turn": ("columns", "colour", "cell"),
    "workplace": ("cards", "list", "select", "search"),
    "sgk": ("plain", "dotted", "cut"),
    "count": ("brackets", "badge", "none"),
    "answer": ("toast", "window", "red", "none"),
    "after": ("reload", "local", "page"),
    "approved_in": ("active", "all"),
    "question": ("no", "yes", "box"),
    "information": ("no", "yes"),
    "read_box": ("no", "yes"),
    "consent": ("off", "on"),
    "announcement": ("no", "yes"),
    "buttons_for": ("employer", "everybody"),
    "order": ("usual", "reversed"),
    "detail": ("no", "form", "fields"),
}
_WORD = "word:"
# Milliseconds.
TIMES = ("lag", "stale_form")


@dataclass(frozen=True)
class Look:
    """One way to build the pages.

    Attributes:
        table: `native`: a table with sticky columns; `virtual`: divs with roles whose columns exist only in sight.
        action: How a row is approved: a button in it, an icon with a tooltip, a link, an entry of a folded menu, or
            a check box with the button above the list.
        form: Where the approval's form opens; `none`: the press on the row is the approval.
        names: Names of people as they are, or masked with `*`.
        ids: Whether the list shows "Sözleşme ID", or the form alone.
        turn: Whether two columns, the row's colour or its status cell's colour tell who has to approve.
        workplace: How the firm is chosen.
        sgk: How SGK numbers are written.
        count: How the tab shows the number of pending contracts.
        answer: What tells the approval's result.
        after: What follows it: the list is loaded again, the page rewrites the row by itself, or another page.
        approved_in: The tab that shows approved contracts.
        question: Whether "Emin misiniz?" comes before the approval is sent, and whether a box has to be ticked in it.
        information: Whether a page of information comes before the form.
        read_box: Whether "Okudum, onaylıyorum" has to be ticked.
        consent: Whether "Otomatik Güncelleme Onay İzni" is on when the form opens.
        announcement: Whether an announcement and a cookie banner cover the pages.
        buttons_for: Whether rows that wait for the professional have a button too.
        order: The order of the list's columns.
        detail: What "Detay" of a row opens: nothing (the folded menu has the entry all the same), the approval's form, or its fields alone.
        words: Words of the pages, each with what is in their place.
        lag: Milliseconds until an approved contract is shown as approved.
        stale_form: Milliseconds for which a form shows the contract that was shown before.

    Example:
        >>> parse_look(["table=virtual", "lag=500"]).lag
        500
    """

    table: str = "native"
    action: str = "button"
    form: str = "dialog"
    names: str = "full"
    ids: str = "list"
    turn: str = "columns"
    workplace: str = "cards"
    sgk: str = "plain"
    count: str = "brackets"
    answer: str = "toast"
    after: str = "reload"
    approved_in: str = "active"
    question: str = "no"
    information: str = "no"
    read_box: str = "no"
    consent: str = "off"
    announcement: str = "no"
    buttons_for: str = "employer"
    order: str = "usual"
    detail: str = "no"
    words: tuple[tuple[str, str], ...] = ()
    lag: int = 0
    stale_form: int = 0

    def as_data(self) -> dict[str, object]:
        """Return the look as the pages get it."""
        return {**asdict(self), "words": dict(self.words)}


def parse_look(parts: Iterable[str]) -> Look:
    """Make a look from `NAME=VALUE` parts, as a person gives them.

    Args:
        parts: For example `table=virtual`, `lag=500` (milliseconds), or `word:Onayla=Kabul Et` (other words for a text).

    Returns:
        The look; what is not given is the default.

    Raises:
        ValueError: A name or a value is not known; the message says what is.
    """
    given: dict[str, str | int] = {}
    words: list[tuple[str, str]] = []
    for part in parts:
        name, _, value = part.partition("=")
        name, value = name.strip(), value.strip()
        if name.startswith(_WORD) and name != _WORD and value:
            words.append((name.removeprefix(_WORD), value))
        elif name in TIMES and value.isdigit():
            given[name] = int(value)
        elif value in CHOICES.get(name, ()):
            given[name] = value
        else:
            raise ValueError(f"There is no look '{part}'. {_known(name)}")
    return replace(Look(), words=tuple(words), **given)  # type: ignore[arg-type]


def describe_looks() -> str:
    """Return all choices, a line each, for a person at the console."""
    lines = [f"  {name:14}{' | '.join(values)}" for name, values in CHOICES.items()]
    return "\n".join(
        [*lines, *(f"  {name:14}milliseconds" for name in TIMES), f"  {_WORD + 'TEXT':14}other words for a text"]
    )


def _known(name: str) -> str:
    if name in TIMES:
        return f"'{name}' takes milliseconds, a whole number."
    if name in CHOICES:
        return f"'{name}' takes one of: {', '.join(CHOICES[name])}."
    return f"Choose of: {', '.join(field.name for field in fields(Look))}."
