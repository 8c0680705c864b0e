"""What e-Devlet's page says after the sign-in was sent: new words, fields that ask for more, and the errors that follow."""

from __future__ import annotations

from Katip.errors import SecondFactorNeeded, SignInRefused
from Katip.messages import msg, msg_id
from Katip.reading.snapshot import Node, Piece, Snapshot
from Katip.turkish import fold

NOT_TWICE = msg_id(
    "The robot does not try again in this run. Check number and password by hand before the next one: e-Devlet locks accounts."
)


def only_field(snapshot: Snapshot) -> Node:
    """Return the one field that can be filled on the page that asks for a code."""
    fields = [node for node in snapshot.nodes if node.is_field and node.in_sight and not node.disabled]
    if len(fields) != 1:
        raise code_needed(msg("{number} fields", number=len(fields)))
    return fields[0]


def code_needed(seen: str) -> SecondFactorNeeded:
    """Return the error of a second factor that nobody answers."""
    return SecondFactorNeeded(
        msg("Signing in at e-Devlet"),
        msg("KATİP's main menu"),
        seen,
        msg(
            "Run on a terminal, where the code is asked for, or with a visible window (HEADLESS:false), "
            "where you type it yourself."
        ),
    )


def refused_with(words: str) -> SignInRefused:
    """Return the error of a refusal, with its words."""
    return SignInRefused(
        msg("Signing in at e-Devlet"), msg("to be let in"), msg('a refusal: "{words}"', words=words), msg(NOT_TWICE)
    )


def new_words(before: Snapshot, now: Snapshot) -> list[Piece]:
    """Return what the page says now and did not say before; the answer may be a page of its own, at an address of its own."""
    said = {piece.text for piece in before.pieces}
    return [piece for piece in now.pieces if piece.in_sight and not piece.is_value and piece.text not in said]


def says(text: str, words: tuple[str, ...]) -> bool:
    """True if a text holds one of these phrases."""
    folded = fold(text)
    return any(fold(word) in folded for word in words)


def has_open_field(snapshot: Snapshot) -> bool:
    """True if the page has a field that can be seen."""
    return any(node.is_field and node.in_sight for node in snapshot.nodes)


def is_emptied(snapshot: Snapshot) -> bool:
    """True if a password field is empty."""
    return any(node.input_type == "password" and not node.raw.get("pw") for node in snapshot.nodes)
