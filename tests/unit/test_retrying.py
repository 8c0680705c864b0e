"""What a step before "Kayıt" is tried again for, and how it ends."""

from __future__ import annotations

from typing import Any, cast

import pytest

from Katip.current_session import CurrentSession
from Katip.errors import WrongPage
from Katip.portal import load_portal
from Katip.procedure.retrying import Retrying
from Katip.reading.driver import Driver
from Katip.session import Session


def _wrong(doing: str, shown: str) -> WrongPage:
    error = WrongPage(doing, "the home page", "an unknown page")
    error.unknown = shown
    return error


def _retrying() -> Retrying:
    session = Session.of(load_portal("v9", {"katip_url": "http://127.0.0.1"}), Driver(cast(Any, None)))
    return Retrying(CurrentSession(session), lambda _: None, lambda: 2, lambda _: None)


def test_unknown_page_that_is_shown_again_ends_with_the_first_error() -> None:
    left = [_wrong("Choosing the workplace", "Hoş geldiniz"), _wrong("Opening KATİP", "Hoş geldiniz")]
    with pytest.raises(WrongPage, match="Choosing the workplace"):
        _retrying().carry_out("choose_next_workplace", lambda: (_ for _ in ()).throw(left.pop(0)))
    assert not left


@pytest.mark.parametrize("shown", [("", ""), ("Hoş geldiniz", "Bekleyiniz"), ("Hoş geldiniz", "")])
def test_other_pages_are_tried_again_to_the_end(shown: tuple[str, str]) -> None:
    left = [_wrong("Choosing the workplace", text) for text in shown]

    def step() -> str:
        if left:
            raise left.pop(0)
        return "there"

    assert _retrying().carry_out("choose_next_workplace", step) == "there"
