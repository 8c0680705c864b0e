"""Ctrl+C at a question of `katip`."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from Katip.interrupts import ended_by_one_interrupt


@pytest.fixture(autouse=True)
def handler_as_before() -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def test_first_press_ends_and_no_later_one_breaks_into_the_end() -> None:
    with pytest.raises(KeyboardInterrupt), ended_by_one_interrupt():
        signal.raise_signal(signal.SIGINT)
    for _ in range(3):
        signal.raise_signal(signal.SIGINT)


def test_without_a_press_the_handler_is_as_before() -> None:
    before = signal.getsignal(signal.SIGINT)
    with ended_by_one_interrupt():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before
