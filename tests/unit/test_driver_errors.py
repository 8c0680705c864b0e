"""What the browser's driver says becomes an error whose words say what happened."""

from __future__ import annotations

import pytest

from Katip.errors import CannotRecord, PortalUnreachable
from Katip.reading.driver_errors import meaning_of


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("net::ERR_NAME_NOT_RESOLVED", "is there an internet connection"),
        ("net::ERR_INTERNET_DISCONNECTED", "no internet connection"),
        ("net::ERR_CONNECTION_TIMED_OUT", "did not answer in time"),
        ("net::ERR_CERT_AUTHORITY_INVALID", "certificate is not trusted"),
    ],
)
def test_fault_of_the_network_is_said_in_plain_words(said: str, words: str) -> None:
    error = meaning_of(f"page.goto: {said} at https://www.example.com/", "goto")
    assert isinstance(error, PortalUnreachable)
    assert words in str(error)
    assert f"{said} at https://www.example.com/" in str(error)


def test_fault_without_plain_words_is_shown_as_it_was_said() -> None:
    said = "page.goto: net::ERR_QUIC_PROTOCOL_ERROR at https://www.example.com/"
    assert f"Seen: {said}" in str(meaning_of(said, "goto"))


def test_full_disk_is_no_fault_of_the_portal() -> None:
    error = meaning_of("ENOSPC: no space left on device, write (RESOURCE_EXHAUSTED)", "katipPicture")
    assert isinstance(error, CannotRecord)
    assert "the disk is full" in str(error)
